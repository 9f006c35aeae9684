package chart

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	"gonum.org/v1/gonum/mat"
)

const many = 100_000

// manyFigures draws each kind of figure that shows single flows, or a curve
// through their scores, for as many flows as a small network sees in an hour.
func manyFigures() map[string]func() (Figure, error) {
	r := rand.New(rand.NewPCG(1, 2))
	bytes, durations, scores, times, labels, flags := make([]float64, many), make([]float64, many), make([]float64, many), make([]float64, many), make([]bool, many), make([]int, many)
	x := mat.NewDense(many, 4, nil)
	for i := range many {
		times[i], bytes[i], durations[i] = float64(i), math.Exp(3*r.NormFloat64()+8), math.Exp(2*r.NormFloat64())
		scores[i] = 0.4 + 0.05*math.Abs(r.NormFloat64())
		if i%500 == 0 {
			labels[i], flags[i], scores[i] = true, 1, scores[i]+0.2
		}
		x.SetRow(i, []float64{r.NormFloat64(), r.NormFloat64(), 2 * r.NormFloat64(), math.Log(bytes[i])})
	}
	flows := dataframe.New(series.New(bytes, series.Float, "bytes_per_second"), series.New(durations, series.Float, "duration"), series.New(flags, series.Int, "label"))
	return map[string]func() (Figure, error){
		"Scatter":        func() (Figure, error) { return Scatter(flows, "duration", "bytes_per_second", "") },
		"Projection":     func() (Figure, error) { return Projection(x, scores, labels, "") },
		"Timeline":       func() (Figure, error) { return Timeline(times, scores, labels, 0.6, "") },
		"Gaps":           func() (Figure, error) { return Gaps(times, "") },
		"HostTimeline":   func() (Figure, error) { return HostTimeline(times, []Span{{"a", 1, 2}}, "") },
		"Scores":         func() (Figure, error) { return Scores(scores, labels, 0.6, "") },
		"ThresholdSweep": func() (Figure, error) { return ThresholdSweep(scores, labels, 0.6, "") },
		"ROC":            func() (Figure, error) { return ROC(labels, Series{Name: "a", Scores: scores}) },
		"ECDF":           func() (Figure, error) { return ECDF(flows, "bytes_per_second", "duration") },
		"LogHistograms":  func() (Figure, error) { return LogHistograms(flows, "bytes_per_second", "duration") },
		"Correlation":    func() (Figure, error) { return Correlation(flows, "bytes_per_second", "duration") },
		"Neighbors":      func() (Figure, error) { return Neighbors(x, 0, 10, labels, "") },
	}
}

// The picture of 100,000 flows is a file of less than a megabyte, and so is its
// interactive twin, which says that it shows a sample.
func TestManyFlowsMakeSmallFiles(t *testing.T) {
	for _, name := range []string{"Projection", "Timeline"} { // the most colours, the most data
		fig, err := manyFigures()[name]()
		if err != nil {
			t.Fatal(err)
		}
		img, err := fig.PNG()
		if err != nil || len(img) > 1_000_000 {
			t.Errorf("%s: %d bytes of PNG, error %v: want at most a million", name, len(img), err)
		}
		twin, err := fig.vegaLite()
		if err != nil {
			t.Fatal(err)
		}
		encoded, err := json.Marshal(twin)
		if err != nil || len(encoded) > 300_000 || !strings.Contains(string(encoded), " of 100,000 flows") {
			t.Errorf("%s: %d bytes of twin, error %v: want at most 300,000, and a note about the sample", name, len(encoded), err)
		}
	}
}

// BenchmarkManyFlows measures a figure of 100,000 flows from data to PNG.
func BenchmarkManyFlows(b *testing.B) {
	for name, figure := range manyFigures() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				fig, err := figure()
				if err != nil {
					b.Fatal(err)
				}
				img, err := fig.PNG()
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(img)), "bytes")
			}
		})
	}
}

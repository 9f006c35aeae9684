package chart

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
)

// sums is a model that scores a row by the sum of its values.
type sums struct{}

func (sums) Score(x *mat.Dense) ([]float64, error) {
	rows, _ := x.Dims()
	scores := make([]float64, rows)
	for i := range scores {
		scores[i] = mat.Sum(x.RowView(i))
	}
	return scores, nil
}

func (sums) TrainScores() []float64 { return nil }

var odd = map[string][]float64{
	"empty":    {},
	"one":      {3},
	"NaN":      {1, math.NaN(), 2, 3},
	"infinite": {1, math.Inf(-1), 2, 3},
	"equal":    {5, 5, 5, 5},
	"zero":     {0, 0, 0},
	"negative": {-3e6, -20, -1, 0, 1, 1e6},
	"huge":     {-1e300, 1e300, 1, 2},
	"beyond":   {-1e308, 1e308, 1, 2},
	"tiny":     {5e-324, 1e-323, 1e-320, 2e-322},
	"far":      {7e8, 7e8, 7e8, 7e8 + 1e-6},
}

// figures holds every figure of numbers, made of values alone: the labels, times
// and other columns that it needs are made up.
func figures() map[string]func(values []float64) (Figure, error) {
	train := mat.NewDense(20, 2, nil)
	train.Apply(func(i, j int, _ float64) float64 { return float64(i*i%7) + float64(j*i) }, train)
	forest := labkit.Must(labkit.IsolationForest{Trees: 3}.Fit(train))
	const title = "a title"
	return map[string]func([]float64) (Figure, error){
		"Histograms":    func(v []float64) (Figure, error) { return Histograms(frame(v), "x", "y") },
		"LogHistograms": func(v []float64) (Figure, error) { return LogHistograms(frame(v), "x", "y") },
		"ECDF":          func(v []float64) (Figure, error) { return ECDF(frame(v), "x", "y") },
		"Correlation":   func(v []float64) (Figure, error) { return Correlation(frame(v), "x", "y", "label") },
		"Scatter":       func(v []float64) (Figure, error) { return Scatter(frame(v), "x", "y", title) },
		"Bars":          func(v []float64) (Figure, error) { return Bars(frame(v).Select([]string{"name", "x"}), title) },
		"ConfusionMatrix": func(v []float64) (Figure, error) {
			return ConfusionMatrix(labkit.Confusion{TP: len(v), FP: int(int32(len(v))) - 3}, title)
		},
		"Scores":         func(v []float64) (Figure, error) { return Scores(v, alternate(v), first(v), title) },
		"ThresholdSweep": func(v []float64) (Figure, error) { return ThresholdSweep(v, alternate(v), first(v), title) },
		"ROC": func(v []float64) (Figure, error) {
			return ROC(alternate(v), Series{Name: "a", Scores: v, Flagged: labkit.Predict(v, 2)})
		},
		"PrecisionRecall": func(v []float64) (Figure, error) {
			return PrecisionRecall(alternate(v), Series{Name: "a", Scores: v, Flagged: labkit.Predict(v, -5)})
		},
		"Timeline": func(v []float64) (Figure, error) {
			return Timeline(slices.Sorted(slices.Values(v)), v, alternate(v), first(v), title)
		},
		"Timeline without labels": func(v []float64) (Figure, error) { return Timeline(v, v, nil, 1, title) },
		"Contours": func(v []float64) (Figure, error) {
			return Contours(sums{}, 1, pairs(v), alternate(v), [2]string{"x", "y"}, title)
		},
		"Projection":    func(v []float64) (Figure, error) { return Projection(pairs(v), v, alternate(v), title) },
		"IsolationPath": func(v []float64) (Figure, error) { return IsolationPath(forest, pairs(v), 0, title) },
		"Neighbors":     func(v []float64) (Figure, error) { return Neighbors(pairs(v), 0, 2, alternate(v), title) },
		"Reasons": func(v []float64) (Figure, error) {
			return Reasons(labkit.Explanation{Contributions: v}, slices.Repeat([]string{"a_column"}, len(v)), v, title)
		},
	}
}

// Odd data give a picture or an error that says what is wrong, never a panic;
// so does the interactive twin, and no sentence speaks of NaN.
func TestOddDataInEveryFigure(t *testing.T) {
	wantError := map[string]bool{"empty": true, "NaN": true, "infinite": true, "beyond": true}
	for name, figure := range figures() {
		for data, values := range odd {
			fig, err := figure(values)
			if err != nil {
				if !strings.HasPrefix(err.Error(), "chart: ") || len(err.Error()) < 30 {
					t.Errorf("%s, %s: error %q: want one of chart that says what is wrong", name, data, err)
				}
				continue
			}
			if wantError[data] && name != "ConfusionMatrix" && !(name == "Bars" && data == "NaN") {
				t.Errorf("%s, %s: want an error", name, data)
			}
			if fig.Alt == "" || strings.Contains(fig.Alt, "NaN") || strings.Contains(fig.Alt, "Inf") {
				t.Errorf("%s, %s: Alt is %q: want words", name, data, fig.Alt)
			}
			if img, err := fig.png(24); err != nil || len(img) < 200 {
				t.Errorf("%s, %s: %d bytes of picture, error %v", name, data, len(img), err)
			}
			if fig.twin == nil {
				continue
			}
			if _, err := fig.vegaLite(); err != nil {
				t.Errorf("%s, %s: twin: %v", name, data, err)
			}
		}
	}
}

// frame returns values as column x, in reverse as y, with names and labels.
func frame(values []float64) dataframe.DataFrame {
	labels := make([]int, len(values))
	for i, anomaly := range alternate(values) {
		if anomaly {
			labels[i] = 1
		}
	}
	reversed := slices.Clone(values)
	slices.Reverse(reversed)
	return dataframe.New(series.New(slices.Repeat([]string{"a name"}, len(values)), series.String, "name"),
		series.New(values, series.Float, "x"), series.New(reversed, series.Float, "y"), series.New(labels, series.Int, "label"))
}

func pairs(values []float64) *mat.Dense {
	if len(values) == 0 {
		return &mat.Dense{}
	}
	x := mat.NewDense(len(values), 2, nil)
	x.SetCol(0, values)
	x.SetCol(1, values)
	return x
}

func alternate(values []float64) []bool {
	labels := make([]bool, len(values))
	for i := range labels {
		labels[i] = i%2 == 0
	}
	return labels
}

func first(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	return values[0]
}

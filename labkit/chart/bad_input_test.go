package chart

import (
	"fmt"
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

// An input is what a figure of numbers is made of; whatever else it needs is
// made up.
type input struct {
	values    []float64
	labels    []bool
	threshold float64
	name      string // of everything that has one
}

// ordinary returns the input of values that is odd in nothing else.
func ordinary(values []float64) input {
	in := input{values: values, labels: alternate(values), name: "a name"}
	if len(values) > 0 {
		in.threshold = values[0]
	}
	return in
}

// figures holds every figure of numbers.
func figures() map[string]func(in input) (Figure, error) {
	train := mat.NewDense(20, 2, nil)
	train.Apply(func(i, j int, _ float64) float64 { return float64(i*i%7) + float64(j*i) }, train)
	forest := labkit.Must(labkit.IsolationForest{Trees: 3}.Fit(train))
	series := func(in input) Series {
		return Series{Name: in.name, Scores: in.values, Flagged: labkit.Predict(in.values, in.threshold)}
	}
	return map[string]func(input) (Figure, error){
		"Histograms":      func(in input) (Figure, error) { return Histograms(frame(in), in.name, "y") },
		"LogHistograms":   func(in input) (Figure, error) { return LogHistograms(frame(in), in.name, "y", "y") },
		"ECDF":            func(in input) (Figure, error) { return ECDF(frame(in), in.name, "y") },
		"Correlation":     func(in input) (Figure, error) { return Correlation(frame(in), "y", in.name, in.name) },
		"Scatter":         func(in input) (Figure, error) { return Scatter(frame(in), in.name, "y", in.name) },
		"Bars":            func(in input) (Figure, error) { return Bars(frame(in).Select([]string{"names", in.name}), in.name) },
		"ConfusionMatrix": func(in input) (Figure, error) { return ConfusionMatrix(confusion(in), in.name) },
		"Scores":          func(in input) (Figure, error) { return Scores(in.values, in.labels, in.threshold, in.name) },
		"ThresholdSweep":  func(in input) (Figure, error) { return ThresholdSweep(in.values, in.labels, in.threshold, in.name) },
		"ROC":             func(in input) (Figure, error) { return ROC(in.labels, series(in), series(in)) },
		"PrecisionRecall": func(in input) (Figure, error) { return PrecisionRecall(in.labels, series(in), series(in)) },
		"Timeline": func(in input) (Figure, error) {
			return Timeline(slices.Sorted(slices.Values(in.values)), in.values, in.labels, in.threshold, in.name)
		},
		"Activity": func(in input) (Figure, error) {
			return Activity(slices.Repeat([]string{in.name}, len(in.values)), in.values, in.name)
		},
		"Gaps": func(in input) (Figure, error) {
			return Gaps(append(in.values[:len(in.values):len(in.values)], in.values...), in.name)
		},
		"HostTimeline": func(in input) (Figure, error) {
			return HostTimeline(in.values, []Span{{in.name, in.threshold, in.threshold}, {in.name, in.threshold, in.threshold + 1}}, in.name)
		},
		"Contours": func(in input) (Figure, error) {
			return Contours(sums{}, in.threshold, pairs(in.values), in.labels, [2]string{in.name, in.name}, in.name)
		},
		"Projection":    func(in input) (Figure, error) { return Projection(pairs(in.values), in.values, in.labels, in.name) },
		"IsolationPath": func(in input) (Figure, error) { return IsolationPath(forest, pairs(in.values), 0, in.name) },
		"Neighbors":     func(in input) (Figure, error) { return Neighbors(pairs(in.values), 0, 2, in.labels, in.name) },
		"Reasons": func(in input) (Figure, error) {
			return Reasons(labkit.Explanation{Contributions: in.values}, slices.Repeat([]string{in.name}, len(in.values)), in.values, in.name)
		},
	}
}

// confusion counts as many flows as there are values, and without any a count
// below 0.
func confusion(in input) labkit.Confusion {
	if len(in.values) == 0 {
		return labkit.Confusion{FP: -3}
	}
	c, err := labkit.NewConfusion(labkit.Predict(in.values, in.threshold), in.labels)
	if err != nil {
		return labkit.Confusion{}
	}
	return c
}

// Odd data give a picture or an error that says what is wrong, never a panic;
// so does the interactive twin, and no sentence speaks of NaN.
func TestOddDataInEveryFigure(t *testing.T) {
	wantError := map[string]bool{"empty": true, "NaN": true, "infinite": true, "beyond": true}
	for name, figure := range figures() {
		for data, values := range odd {
			_, err := figure(ordinary(values))
			if err == nil && wantError[data] && name != "ConfusionMatrix" && !(name == "Bars" && data == "NaN") {
				t.Errorf("%s, %s: want an error", name, data)
			}
			checkOdd(t, name+", "+data, func() (Figure, error) { return figure(ordinary(values)) })
		}
	}
}

// checkOdd draws a figure of odd data in both its forms.
func checkOdd(t *testing.T, what string, figure func() (Figure, error)) {
	t.Helper()
	fig, err := figure()
	if err != nil {
		if !strings.HasPrefix(err.Error(), "chart: ") || strings.Contains(err.Error(), "labkit: ") || len(err.Error()) < 30 {
			t.Errorf("%s: error %q: want one of chart that says what is wrong", what, err)
		}
		return
	}
	if fig.Alt == "" || strings.Contains(fig.Alt, "NaN") || strings.Contains(fig.Alt, "Inf") {
		t.Errorf("%s: Alt is %q: want words", what, fig.Alt)
	}
	if img, err := fig.png(24); err != nil || len(img) < 200 {
		t.Errorf("%s: %d bytes of picture, error %v", what, len(img), err)
	}
	if fig.twin == nil {
		return
	}
	if _, err := fig.vegaLite(); err != nil {
		t.Errorf("%s: twin: %v", what, err)
	}
}

var oddLabels = map[string]func(n int) []bool{
	"normal only":    func(n int) []bool { return make([]bool, n) },
	"anomalies only": func(n int) []bool { return slices.Repeat([]bool{true}, n) },
	"no labels":      func(int) []bool { return nil },
	"one too many":   func(n int) []bool { return make([]bool, n+1) },
}

// One class, no labels, one row and equal rows, with thresholds that flag
// nothing, something and all.
func TestOddLabelsAndThresholds(t *testing.T) {
	optional := map[string]bool{"Timeline": true, "Contours": true, "Projection": true, "IsolationPath": true, "Neighbors": true, "Reasons": true, "Scatter": true, "Correlation": true, "Activity": true, "Gaps": true, "HostTimeline": true}
	for name, figure := range figures() {
		for data, values := range map[string][]float64{"one row": {2}, "two equal rows": {2, 2}, "six rows": {1, 2, 3, 5, 8, 0.5}} {
			for labels, of := range oddLabels {
				for _, threshold := range []float64{-1, 2, 99} {
					in := input{values, of(len(values)), threshold, "x"}
					checkOdd(t, fmt.Sprintf("%s, %s, %s, threshold %v", name, data, labels, threshold), func() (Figure, error) { return figure(in) })
					if _, err := figure(in); err != nil && data == "six rows" && labels == "no labels" && optional[name] {
						t.Errorf("%s without labels: %v", name, err)
					}
				}
			}
		}
	}
}

// A model that flags nothing operates nowhere, which is no fault of its scores.
func TestNoAlerts(t *testing.T) {
	in := input{[]float64{1, 2, 3, 5, 8, 0.5}, []bool{false, true, false, true, true, false}, 99, "a model"}
	for name, figure := range figures() {
		fig, err := figure(in)
		if err != nil && name != "Bars" { // which are numbers up to 1
			t.Errorf("%s: %v", name, err)
		}
		if (name == "ROC" || name == "PrecisionRecall") && !strings.Contains(fig.Alt, "without alerts") {
			t.Errorf("%s: Alt is %q: want it to say that there are no alerts", name, fig.Alt)
		}
	}
}

// Names of any length and script get a picture.
func TestOddNames(t *testing.T) {
	for _, name := range []string{"x", " ", strings.Repeat("a very long name ", 30), strings.Repeat("x", 500), "größe [µs] — 流量 🚨", `"quoted", <b>'s`, "two\nlines"} {
		in := input{[]float64{0.1, 0.2, 0.3, 0.9, 0.8, 0.5}, []bool{false, true, false, true, true, false}, 0.4, name}
		for figureName, figure := range figures() {
			checkOdd(t, fmt.Sprintf("%s, name %.20q", figureName, name), func() (Figure, error) { return figure(in) })
			if _, err := figure(in); err != nil {
				t.Errorf("%s, name %.20q: %v", figureName, name, err)
			}
		}
	}
}

func TestNilModels(t *testing.T) {
	x := pairs([]float64{1, 2, 3})
	for name, figure := range map[string]func() (Figure, error){
		"Contours":      func() (Figure, error) { return Contours(nil, 1, x, nil, [2]string{"x", "y"}, "") },
		"Contours, x":   func() (Figure, error) { return Contours(sums{}, 1, nil, nil, [2]string{"x", "y"}, "") },
		"IsolationPath": func() (Figure, error) { return IsolationPath(nil, x, 0, "") },
		"Projection":    func() (Figure, error) { return Projection(nil, nil, nil, "") },
		"Neighbors":     func() (Figure, error) { return Neighbors(nil, 0, 1, nil, "") },
		"Reasons":       func() (Figure, error) { return Reasons(labkit.Explanation{}, nil, nil, "") },
		"Timeline":      func() (Figure, error) { return Timeline(nil, nil, nil, 0, "") },
		"Activity":      func() (Figure, error) { return Activity(nil, nil, "") },
		"Gaps":          func() (Figure, error) { return Gaps(nil, "") },
		"HostTimeline":  func() (Figure, error) { return HostTimeline(nil, nil, "") },
	} {
		if _, err := figure(); err == nil {
			t.Errorf("%s of nil: want an error", name)
		}
		checkOdd(t, name+" of nil", figure)
	}
}

// frame returns the values as a column of the input's name, in reverse as y, with
// names, and with the labels unless they are nil.
func frame(in input) dataframe.DataFrame {
	reversed := slices.Clone(in.values)
	slices.Reverse(reversed)
	columns := []series.Series{
		series.New(slices.Repeat([]string{in.name}, len(in.values)), series.String, "names"),
		series.New(in.values, series.Float, in.name), series.New(reversed, series.Float, "y"),
	}
	if in.labels != nil {
		flags := make([]int, len(in.labels))
		for i, anomaly := range in.labels {
			if anomaly {
				flags[i] = 1
			}
		}
		columns = append(columns, series.New(flags, series.Int, "label"))
	}
	return dataframe.New(columns...)
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

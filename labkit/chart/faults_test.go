package chart_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	"gonum.org/v1/plot"

	"flowlab/labkit"
	"flowlab/labkit/chart"
)

// one returns the frame of a single column of numbers with labels.
func one(values []float64, labels ...int) dataframe.DataFrame {
	return dataframe.New(series.New(values, series.Float, "x"), series.New(labels, series.Int, "label"))
}

// bars returns the frame of a single metric of n models.
func bars(n int, value float64) dataframe.DataFrame {
	return dataframe.New(
		series.New(slices.Repeat([]string{"a model with a name of many words"}, n), series.String, "Model"),
		series.New(slices.Repeat([]float64{value}, n), series.Float, "F1"))
}

// A fault in the data is an error that says what is wrong and where.
func TestFaults(t *testing.T) {
	both := []bool{false, true}
	text := dataframe.New(series.New([]string{"TCP"}, series.String, "x"), series.New([]int{0}, series.Int, "label"))
	inf, nan := math.Inf(1), math.NaN()
	figures := func(f chart.Figure, err error) error { return err }
	for _, c := range []struct {
		want string
		err  error
	}{
		{"no columns", figures(chart.Histograms(one([]float64{1}, 0)))},
		{`no column "y"`, figures(chart.Histograms(one([]float64{1}, 0), "y"))},
		{`no column "label"`, figures(chart.Histograms(one([]float64{1}, 0).Drop("label"), "x"))},
		{"is 2: want 0", figures(chart.Histograms(one([]float64{1}, 2), "x"))},
		{`column "x" holds`, figures(chart.Histograms(text, "x"))},
		{`column "x" is NaN in row 1`, figures(chart.Histograms(one([]float64{1, nan}, 0, 1), "x"))},
		{`column "x" is +Inf in row 0`, figures(chart.LogHistograms(one([]float64{inf, 1}, 0, 1), "x"))},
		{`column "x": no values`, figures(chart.Histograms(one([]float64{1}, 0).Subset([]int{}), "x"))},
		{"frame", figures(chart.Histograms(dataframe.DataFrame{Err: errors.New("broken")}, "x"))},
		{`column "x" has 1 of 3 values at or below 0`, figures(chart.LogHistograms(one([]float64{0, 1, 1e6}, 0, 0, 1), "x"))},

		{"no flows", figures(chart.ConfusionMatrix(labkit.Confusion{}, ""))},
		{"below 0", figures(chart.ConfusionMatrix(labkit.Confusion{TP: -1, TN: 2}, ""))},

		{"bars of 0 rows", figures(chart.Bars(bars(1, 0.5).Subset([]int{}), ""))},
		{"bars of 13 rows", figures(chart.Bars(bars(13, 0.5), ""))},
		{`columns ["Model"]`, figures(chart.Bars(bars(1, 0.5).Select("Model"), ""))},
		{`column "F1" is 1.5 in row 0`, figures(chart.Bars(bars(1, 1.5), ""))},
		{`column "Model" holds`, figures(chart.Bars(bars(1, 0.5).Select([]string{"F1", "Model"}), ""))},
		{"broken", figures(chart.Bars(dataframe.DataFrame{Err: errors.New("broken")}, ""))},

		{"scores: no values", figures(chart.Scores(nil, nil, 0, ""))},
		{"scores has 1 values for 2 labels", figures(chart.Scores([]float64{1}, both, 0, ""))},
		{"scores is NaN in row 1", figures(chart.Scores([]float64{1, nan}, both, 0, ""))},
		{"threshold is NaN", figures(chart.Scores([]float64{1, 2}, both, nan, ""))},
		{"threshold is -Inf", figures(chart.Scores([]float64{1, 2}, both, -inf, ""))},
		{"threshold is 1.7e+308", figures(chart.Scores([]float64{1, 2}, both, 1.7e308, ""))},

		{"0 series", figures(chart.ROC(both))},
		{"7 series", figures(chart.ROC(both, make([]chart.Series, 7)...))},
		{`series "a" has 1 values for 2 labels`, figures(chart.ROC(both, chart.Series{Name: "a", Scores: []float64{1}}))},
		{`series "a" is NaN in row 0`, figures(chart.PrecisionRecall(both, chart.Series{Name: "a", Scores: []float64{nan, 1}}))},
		{`series "a"`, figures(chart.ROC([]bool{true, true}, chart.Series{Name: "a", Scores: []float64{1, 2}}))},
		{`series "a"`, figures(chart.PrecisionRecall([]bool{false, false}, chart.Series{Name: "a", Scores: []float64{1, 2}}))},
		{`series "a": no values`, figures(chart.PrecisionRecall(nil, chart.Series{Name: "a"}))},

		{"want both above 0", pngError(chart.Figure{})},
		{"no plot", pngError(chart.Figure{Width: 10, Height: 10})},
		{"row 1 of the figure has 2 plots", pngError(chart.Figure{Width: 10, Height: 10, Plots: [][]*plot.Plot{{nil}, {nil, nil}}})},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) || !strings.HasPrefix(c.err.Error(), "chart: ") || strings.Contains(c.err.Error(), "labkit: ") {
			t.Errorf("error is %v: want one from chart that says %q", c.err, c.want)
		}
	}
}

func pngError(f chart.Figure) error {
	_, err := f.PNG()
	return err
}

// What is odd but no fault gets a picture.
func TestOddData(t *testing.T) {
	both := []bool{false, true}
	for i, c := range []func() (chart.Figure, error){
		func() (chart.Figure, error) { return chart.Histograms(one([]float64{5}, 0), "x") },
		func() (chart.Figure, error) { return chart.LogHistograms(one([]float64{5}, 1), "x", "x", "x") },
		func() (chart.Figure, error) { return chart.Histograms(one([]float64{0, 0}, 0, 1), "x", "label") },
		func() (chart.Figure, error) { return chart.Histograms(one([]float64{-1e300, 1e300}, 0, 1), "x") },
		func() (chart.Figure, error) { return chart.LogHistograms(one([]float64{1e-300, 1e300}, 0, 1), "x") },
		func() (chart.Figure, error) { return chart.LogHistograms(one([]float64{5e-324, 1e-323}, 0, 1), "x") },
		func() (chart.Figure, error) { return chart.LogHistograms(one([]float64{7e8, 7e8}, 0, 1), "x") },
		func() (chart.Figure, error) { return chart.ConfusionMatrix(labkit.Confusion{TN: 1}, "") },
		func() (chart.Figure, error) { return chart.ConfusionMatrix(labkit.Confusion{TP: math.MaxInt32}, "") },
		func() (chart.Figure, error) { return chart.Bars(bars(1, math.NaN()), "") },
		func() (chart.Figure, error) { return chart.Bars(bars(12, 1), "") },
		func() (chart.Figure, error) { return chart.Scores([]float64{1}, []bool{true}, 1, "") },
		func() (chart.Figure, error) { return chart.Scores([]float64{1, 1}, both, 1e300, "") },
		func() (chart.Figure, error) { return chart.Scores([]float64{1, 2}, both, -5, "") },
		func() (chart.Figure, error) { return chart.Scores([]float64{1, 1e6}, both, 0, "") },
		func() (chart.Figure, error) { return chart.Scores([]float64{1, 1e6}, both, 1e-9, "") },
		func() (chart.Figure, error) { return chart.ROC(both, chart.Series{Scores: []float64{1, 1}}) },
		func() (chart.Figure, error) { return chart.PrecisionRecall(both, models(6)...) },
	} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			fig, err := c()
			if err != nil {
				t.Fatal(err)
			}
			if fig.Alt == "" || strings.Contains(fig.Alt, "NaN") {
				t.Errorf("Alt is %q: want words", fig.Alt)
			}
			for _, row := range fig.Plots {
				for _, p := range row {
					if p != nil && !(p.X.Min < p.X.Max && p.X.Max-p.X.Min < math.MaxFloat64 && p.Y.Min < p.Y.Max && p.Y.Max < math.MaxFloat64) {
						t.Errorf("axes from %v to %v and from %v to %v: want finite ranges", p.X.Min, p.X.Max, p.Y.Min, p.Y.Max)
					}
				}
			}
			checkPNG(t, fig)
		})
	}
}

func models(n int) []chart.Series {
	return slices.Repeat([]chart.Series{{Name: "a model", Scores: []float64{1, 2}}}, n)
}

// checkPNG decodes the picture and looks for its size, its opaque ground and
// something drawn on it.
func checkPNG(t *testing.T, fig chart.Figure) {
	file, err := fig.SmallPNG()
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	const pixels = chart.SmallDPI / 72.0
	if got, want := float64(img.Bounds().Dx()), float64(fig.Width)*pixels; math.Abs(got-want) > 1 {
		t.Errorf("image is %v pixels wide: want %v", got, want)
	}
	palette := img.(*image.Paletted).Palette
	for _, c := range palette {
		if _, _, _, a := c.RGBA(); a != 0xFFFF {
			t.Errorf("colour %v is not opaque", c)
		}
	}
	if len(palette) < 20 {
		t.Errorf("the image has %d colours: nothing is drawn", len(palette))
	}
}

func TestShowPanicsOnAnError(t *testing.T) {
	defer func() {
		if err, ok := recover().(error); !ok || err.Error() != "chart: no data" {
			t.Errorf("Show panicked with %v: want the error it was given", err)
		}
	}()
	chart.Show(chart.Figure{}, errors.New("chart: no data"))
}

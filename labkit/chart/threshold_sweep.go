package chart

import (
	"fmt"
	"slices"
	"sort"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"

	"flowlab/labkit"
	"flowlab/labkit/internal/plural"
)

// ThresholdSweep draws what each threshold would do: precision, recall and F1
// above, the number of alerts below, both over the threshold. The threshold in
// use is a dashed line. Positive scores with a heavy tail have a logarithmic
// axis, as in [Scores].
//
// The interactive twin ([Explore]) has one picture of both. It tells counts and
// rates of the threshold next to the pointer, and can be zoomed and moved.
//
// It returns an error if there are no scores, one is not finite, the threshold
// is not finite, if scores and labels differ in length, or no label is true.
func ThresholdSweep(scores []float64, labels []bool, threshold float64, title string) (_ Figure, err error) {
	defer prefix(&err)
	if err := checkLabels("scores", scores, labels); err != nil {
		return Figure{}, err
	}
	if err := checkThreshold(threshold); err != nil {
		return Figure{}, err
	}
	precision, recall, cuts, err := labkit.PRCurve(scores, labels)
	if err != nil {
		return Figure{}, err
	}
	s := scaleOf(append(slices.Clone(cuts), threshold))
	f1, alerts := f1AndAlerts(scores, precision, recall, cuts)
	best := slices.Index(f1, slices.Max(f1))
	sweep := sweep{s.all(cuts), precision, recall, f1, alerts, best}

	fig := Figure{Title: title, Width: 480, Height: 400}
	rates := newPlot("", "rate")
	rates.Y.Min, rates.Y.Max = 0, 1.04
	rates.Y.Tick.Marker = unitTicks
	for k, metric := range [][]float64{precision, recall, f1} {
		style := draw.LineStyle{Color: seriesColors[k], Width: 1.75, Dashes: seriesDashes[k]}
		rates.Add(&plotter.Line{XYs: sweep.line(metric), LineStyle: style})
		fig.key = append(fig.key, keyEntry{[]string{"precision", "recall", "F1"}[k], lineThumb{color: seriesColors[k], dashes: style.Dashes}})
	}
	counts := newPlot(s.label("threshold: flows with a higher score are flagged"), "alerts")
	counts.Add(&plotter.Line{XYs: sweep.line(logs(alerts)), LineStyle: draw.LineStyle{Color: ink, Width: 1.75}})
	counts.Y.Tick.Marker = decades{}
	counts.Y.Min, counts.Y.Max = 0, max(1, counts.Y.Max)

	at := s.at(threshold)
	lo, hi := widened(min(sweep.cuts[len(cuts)-1], at), max(sweep.cuts[0], at))
	for _, p := range []*plot.Plot{rates, counts} {
		p.X.Min, p.X.Max = lo, hi
		s.mark(&p.X)
		p.Add(thresholdLine{at: at, value: threshold, bare: p == rates})
	}
	fig.Plots = [][]*plot.Plot{{rates}, {counts}}
	fig.twin = func() spec { return sweep.twin(s, threshold, lo, hi, labkit.CountTrue(labels)) }
	fig.Alt = withTitle(title, fmt.Sprintf("F1 is highest, %.3f, with %s, just below a threshold of %s.", f1[best], plural.Of(int(alerts[best]), "alert"), inWords(cuts[best])))
	c, err := labkit.NewConfusion(labkit.Predict(scores, threshold), labels)
	if err != nil {
		return Figure{}, err
	}
	fig.Alt += fmt.Sprintf(" At %.4g: %s, %d of them right; %s missed.", threshold, plural.Of(c.TP+c.FP, "alert"), c.TP, plural.Of(c.FN, "anomaly"))
	return fig, nil
}

// f1AndAlerts returns F1 and the number of flows flagged at each cut.
func f1AndAlerts(scores, precision, recall, cuts []float64) (f1, alerts []float64) {
	sorted := slices.Sorted(slices.Values(scores))
	f1, alerts = make([]float64, len(cuts)), make([]float64, len(cuts))
	for i, r := range recall {
		if r > 0 { // else precision is 0 and so is F1
			f1[i] = 2 * precision[i] * r / (precision[i] + r)
		}
		alerts[i] = float64(len(sorted) - sort.SearchFloat64s(sorted, cuts[i]))
	}
	return f1, alerts
}

// A sweep holds the distinct scores from high to low, as they lie along the axis,
// and what a threshold just below each does.
type sweep struct {
	cuts, precision, recall, f1, alerts []float64
	best                                int // where F1 is highest
}

// line returns values[i] as a level line over the thresholds that flag exactly
// the scores down to the i-th: from the next lower score up to it. Of many
// steps it takes a thousand.
func (s sweep) line(values []float64) plotter.XYs {
	stride := max(1, len(values)/1000)
	var xys plotter.XYs
	for i := 0; i < len(values); i += stride {
		xys = append(xys, plotter.XY{X: s.cuts[i], Y: values[i]})
		if i+stride < len(values) {
			xys = append(xys, plotter.XY{X: s.cuts[i+stride], Y: values[i]})
		}
	}
	return xys
}

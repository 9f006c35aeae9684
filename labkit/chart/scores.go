package chart

import (
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"flowlab/labkit"
)

// Scores draws how anomaly scores are distributed, for normal flows and for
// anomalies (true in labels), in 30 bins that both share, and the threshold as
// a dashed line: a flow to its right is flagged. The area below each outline
// is 1. Positive scores with a heavy tail, such as local outlier factors, have
// a logarithmic axis, as in [LogHistograms].
//
// The interactive twin ([Explore]) has a slider for the threshold. Confusion
// matrix, precision, recall and F1 follow it. The histogram can be zoomed and moved.
//
// It returns an error if there are no scores, one is not finite, the threshold
// is not finite, or scores and labels differ in length.
func Scores(scores []float64, labels []bool, threshold float64, title string) (_ Figure, err error) {
	defer prefix(&err)
	if err := checkLabels("scores", scores, labels); err != nil {
		return Figure{}, err
	}
	if err := checkThreshold(threshold); err != nil {
		return Figure{}, err
	}
	normal, anomaly := split(scores, labels)
	sc := scaleOf(scores)
	if threshold <= 0 {
		sc.log = false
	}
	s, at := linearSample(normal, anomaly), sc.at(threshold)
	if sc.log {
		s = logSample(normal, anomaly)
	}
	p := histogram(s, scoreLabel)
	p.Add(thresholdLine{at: at, value: threshold})
	p.X.Min, p.X.Max = min(p.X.Min, at), max(p.X.Max, at)
	p.Y.Max *= 1.1 // the line's label stands above the bars

	fig := single(title, p)
	fig.twin = func() spec { return scoresTwin(scores, labels, s, sc, threshold) }
	fig.key = classKey(len(normal), len(anomaly))
	c, err := labkit.NewConfusion(labkit.Predict(scores, threshold), labels)
	if err != nil {
		return Figure{}, err
	}
	fig.Alt = withTitle(title, fmt.Sprintf("Histogram of %d anomaly scores: the median is %s for normal flows and %s for anomalies. Above the threshold of %.4g lie %d of %d anomalies and %d of %d normal flows.",
		len(scores), median(normal), median(anomaly), threshold, c.TP, len(anomaly), c.FP, len(normal)))
	return fig, nil
}

// scoreLabel stands along an axis of scores.
const scoreLabel = "anomaly score (higher is more anomalous)"

// A thresholdLine is a dashed vertical line with its value beside its top.
type thresholdLine struct {
	at    float64 // where it stands on the axis, which may be logarithmic
	value float64
	bare  bool // without its value
}

// Plot implements [plot.Plotter].
func (t thresholdLine) Plot(c draw.Canvas, p *plot.Plot) {
	trX, _ := p.Transforms(&c)
	x := trX(t.at)
	c.StrokeLine2(draw.LineStyle{Color: ink, Width: 1.5, Dashes: []vg.Length{5, 3}}, x, c.Min.Y, x, c.Max.Y)
	if t.bare {
		return
	}
	label := fmt.Sprintf("threshold %.4g", t.value)
	style := textStyle(labelSize, ink)
	style.YAlign = draw.YTop
	pen := vg.Point{X: x + 5, Y: c.Max.Y}
	if pen.X+style.Width(label) > c.Max.X { // no room on the right
		style.XAlign = draw.XRight
		pen.X = x - 5
	}
	c.FillText(style, pen, label)
}

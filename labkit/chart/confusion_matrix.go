package chart

import (
	"errors"
	"fmt"
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"flowlab/labkit"
	"flowlab/labkit/internal/plural"
)

// ConfusionMatrix draws the four counts of c as a heat map: a row for what the
// flows are, a column for what was predicted. A cell is the darker the larger
// its share of its row is, so that few anomalies are judged like many normal
// flows; right predictions are blue, wrong ones vermilion.
//
// It returns an error if a count is negative or all are 0.
func ConfusionMatrix(c labkit.Confusion, title string) (_ Figure, err error) {
	defer prefix(&err)
	if c.TP < 0 || c.FP < 0 || c.FN < 0 || c.TN < 0 {
		return Figure{}, fmt.Errorf("confusion matrix: TP %d, FP %d, FN %d, TN %d: want no count below 0", c.TP, c.FP, c.FN, c.TN)
	}
	normal, anomalies := c.TN+c.FP, c.FN+c.TP
	if normal+anomalies == 0 {
		return Figure{}, errors.New("confusion matrix of no flows: want at least one")
	}
	p := barePlot("Predicted", "Actual")
	p.Add(
		matrixCell{x: 0, y: 1, count: c.TN, of: normal, name: "left alone", row: "normal", color: normalColor},
		matrixCell{x: 1, y: 1, count: c.FP, of: normal, name: "false alarms", row: "normal", color: anomalyColor},
		matrixCell{x: 0, y: 0, count: c.FN, of: anomalies, name: "missed", row: "anomalies", color: anomalyColor},
		matrixCell{x: 1, y: 0, count: c.TP, of: anomalies, name: "found", row: "anomalies", color: normalColor},
	)
	categoryAxis(&p.X, "Normal", "Anomaly")
	categoryAxis(&p.Y, "Anomaly", "Normal") // from the bottom: normal flows are the upper row
	fig := single(title, p)
	fig.Width, fig.Height = 360, 310
	fig.shaded = true
	fig.Alt = withTitle(title, fmt.Sprintf("Confusion matrix of %d flows: %d of %d anomalies found, %d missed; %d false alarms among %d normal flows.",
		normal+anomalies, c.TP, anomalies, c.FN, c.FP, normal))
	return fig, nil
}

// categoryAxis makes a an axis of names, centred on 0, 1, 2, …
func categoryAxis(a *plot.Axis, names ...string) {
	marks := make(plot.ConstantTicks, len(names))
	for i, name := range names {
		marks[i] = plot.Tick{Value: float64(i), Label: name}
	}
	a.Min, a.Max = -0.5, float64(len(names))-0.5
	a.Tick.Marker = marks
	a.Tick.Label.Color = ink
	a.LineStyle.Width, a.Tick.Width = 0, 0
	a.Padding = 4
}

// A matrixCell is one square of a confusion matrix.
type matrixCell struct {
	x, y      float64 // its centre
	count, of int     // its flows, and those of its row
	name, row string
	color     color.NRGBA
}

// Plot implements [plot.Plotter].
func (m matrixCell) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	const gap = 1.5 // between cells
	square := vg.Rectangle{
		Min: vg.Point{X: x(m.x-0.5) + gap, Y: y(m.y-0.5) + gap},
		Max: vg.Point{X: x(m.x+0.5) - gap, Y: y(m.y+0.5) - gap},
	}
	share := 0.0
	rate := "no " + m.row
	if m.of > 0 {
		share = float64(m.count) / float64(m.of)
		rate = fmt.Sprintf("%.1f %% of %s", 100*share, m.row)
	}
	c.SetColor(background)
	c.Fill(square.Path())
	c.SetColor(faded(m.color, 0.07+0.9*share))
	c.Fill(square.Path())

	letters := ink
	if share > 0.85 { // below, dark letters have the better contrast
		letters = background
	}
	line := func(style text.Style, dy vg.Length, s string) {
		style.XAlign, style.YAlign = draw.XCenter, draw.YCenter
		c.FillText(style, vg.Point{X: x(m.x), Y: y(m.y) + dy}, s)
	}
	line(boldStyle(22, letters), 14, plural.Number(m.count))
	line(textStyle(labelSize, letters), -8, m.name)
	line(textStyle(tickSize, letters), -22, rate)
}

package chart

import (
	"image/color"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// steps draws a histogram as areas with an outline, so that a bar too narrow
// for a fill still shows as a line. Where bars are 0 it draws nothing.
type steps struct {
	edges, bars []float64 // len(edges) = len(bars) + 1
	color       color.NRGBA
	dashes      []vg.Length // of the outline
}

var (
	_ plot.Plotter    = steps{}
	_ plot.DataRanger = steps{}
)

// Plot implements [plot.Plotter].
func (s steps) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	style := draw.LineStyle{Color: s.color, Width: 1.25, Dashes: s.dashes}
	for i := 0; i < len(s.bars); i++ {
		if s.bars[i] == 0 {
			continue
		}
		outline := []vg.Point{{X: x(s.edges[i]), Y: y(0)}}
		for ; i < len(s.bars) && s.bars[i] > 0; i++ {
			outline = append(outline,
				vg.Point{X: x(s.edges[i]), Y: y(s.bars[i])},
				vg.Point{X: x(s.edges[i+1]), Y: y(s.bars[i])})
		}
		outline = append(outline, vg.Point{X: x(s.edges[i]), Y: y(0)})
		c.FillPolygon(faded(s.color, 0.3), outline)
		c.StrokeLines(style, outline)
	}
}

// DataRange implements [plot.DataRanger]. It leaves room above the highest bar.
func (s steps) DataRange() (xmin, xmax, ymin, ymax float64) {
	return s.edges[0], s.edges[len(s.bars)], 0, 1.06 * slices.Max(s.bars)
}

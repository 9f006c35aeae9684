package bench

import (
	"image/color"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"flowlab/labkit/chart"
)

// drawn are the libraries in the picture, with the colours of Okabe and Ito.
var drawn = []struct {
	name  string
	color color.NRGBA
	shape draw.GlyphDrawer
	dash  []vg.Length
}{
	{labkit, color.NRGBA{0xD5, 0x5E, 0x00, 0xFF}, draw.CircleGlyph{}, nil},
	{sklearn, color.NRGBA{0x00, 0x72, 0xB2, 0xFF}, draw.BoxGlyph{}, []vg.Length{6, 2}},
	{pyod, color.NRGBA{0x00, 0x9E, 0x73, 0xFF}, draw.PyramidGlyph{}, []vg.Length{2, 2}},
	{isotree, color.NRGBA{0xCC, 0x79, 0xA7, 0xFF}, draw.CrossGlyph{}, []vg.Length{8, 2, 2, 2}},
}

// Picture returns a PNG image of median time against rows, both on logarithmic
// axes: a panel for each task that was measured at several sizes, and in it a
// line for each library, with the setting that is its fastest.
func Picture(measured []Result) ([]byte, error) {
	all := results(measured)
	var panels []*plot.Plot
	for _, task := range []Task{ForestFitPredict, LOFFitPredict, SVMFitPredict, ForestScore, SVMScore} {
		p, err := panel(all, task)
		if err != nil {
			return nil, err
		}
		panels = append(panels, p)
	}
	panels = slices.Insert(panels, 4, nil) // nothing is scored below LOF
	const inARow = 3
	fig := chart.Figure{Title: "Time by rows on two cores, each library at its fastest setting", Width: 720, Height: 460}
	fig.Plots = slices.Collect(slices.Chunk(panels, inARow))
	return fig.PNG()
}

// panel draws the times of one task.
func panel(all results, task Task) (*plot.Plot, error) {
	p := plot.New()
	p.Title.Text = string(task)
	p.X.Label.Text, p.Y.Label.Text = "rows", "seconds"
	p.X.Scale, p.Y.Scale = plot.LogScale{}, plot.LogScale{}
	p.X.Tick.Marker, p.Y.Tick.Marker = powers{}, powers{}
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 500, 2_000_000, 5e-4, 50
	p.Legend.Top, p.Legend.Left = true, true
	p.Legend.ThumbnailWidth = 24
	p.Add(plotter.NewGrid())
	for _, d := range drawn {
		var xys plotter.XYs
		for _, rows := range all.sizes(task) {
			if r, ok := all.at(task, rows).best(d.name); ok {
				xys = append(xys, plotter.XY{X: float64(rows), Y: r.Median()})
			}
		}
		if len(xys) == 0 {
			continue
		}
		line, points, err := plotter.NewLinePoints(xys)
		if err != nil {
			return nil, err
		}
		line.LineStyle = draw.LineStyle{Color: d.color, Width: 1.5, Dashes: d.dash}
		points.GlyphStyle = draw.GlyphStyle{Color: d.color, Radius: 2.5, Shape: d.shape}
		p.Add(line, points)
		p.Legend.Add(d.name, line, points)
	}
	return p, nil
}

// powers marks the powers of ten.
type powers struct{}

// Ticks implements [plot.Ticker].
func (powers) Ticks(least, most float64) []plot.Tick {
	var marks []plot.Tick
	for e := math.Ceil(math.Log10(least)); e <= math.Log10(most); e++ {
		v := math.Pow(10, e)
		label := strconv.FormatFloat(v, 'f', -1, 64)
		if v >= 1000 {
			label = thousands(int(v))
		}
		marks = append(marks, plot.Tick{Value: v, Label: label})
	}
	return marks
}

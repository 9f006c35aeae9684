package bench

import (
	"image/color"
	"math"
	"slices"
	"strconv"

	"golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"flowlab/labkit/chart"
	"flowlab/labkit/internal/plural"
)

// A library is drawn as a line of its own.
type library struct {
	name  string
	color color.NRGBA
	shape draw.GlyphDrawer
	dash  []vg.Length
}

// drawn are the libraries in the picture, with the colours of Okabe and Ito.
var drawn = []library{
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
	panels = slices.Insert(panels, 4, key()) // LOF scores no new rows here
	const inARow = 3
	fig := chart.Figure{Title: "Time by rows on two cores, each library at its fastest setting", Width: 720, Height: 460}
	fig.Plots = slices.Collect(slices.Chunk(panels, inARow))
	return fig.PNG()
}

// panel draws the times of one task.
func panel(all results, task Task) (*plot.Plot, error) {
	p := styled(string(task))
	p.X.Label.Text, p.Y.Label.Text = "rows", "seconds"
	p.X.Scale, p.Y.Scale = plot.LogScale{}, plot.LogScale{}
	p.X.Tick.Marker, p.Y.Tick.Marker = powers{}, powers{}
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 700, 1_500_000, 3e-4, 50
	grid := draw.LineStyle{Color: color.Gray{0xE2}, Width: 0.75}
	p.Add(&plotter.Grid{Horizontal: grid, Vertical: grid})
	for _, l := range drawn {
		var xys plotter.XYs
		for _, rows := range all.sizes(task) {
			if r, ok := all.at(task, rows).best(l.name); ok {
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
		line.LineStyle, points.GlyphStyle = l.styles()
		p.Add(line, points)
	}
	return p, nil
}

// key returns a plot that has only the names of the lines.
func key() *plot.Plot {
	p := styled("")
	p.HideAxes()
	p.Legend.Left, p.Legend.YOffs = true, 40
	p.Legend.TextStyle = sans(10)
	p.Legend.ThumbnailWidth, p.Legend.Padding = 34, 5
	for _, l := range drawn {
		line, points := &plotter.Line{}, &plotter.Scatter{}
		line.LineStyle, points.GlyphStyle = l.styles()
		p.Legend.Add(l.name, line, points)
	}
	return p
}

// styles returns the style of a library's line and that of its points.
func (l library) styles() (draw.LineStyle, draw.GlyphStyle) {
	return draw.LineStyle{Color: l.color, Width: 1.5, Dashes: l.dash},
		draw.GlyphStyle{Color: l.color, Radius: 2.5, Shape: l.shape}
}

// styled returns an empty plot in the manner of the course's pictures.
func styled(title string) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	p.Title.Text, p.Title.TextStyle = title, sans(10)
	p.Title.TextStyle.Font.Weight = font.WeightBold
	p.Title.TextStyle.XAlign, p.Title.TextStyle.YAlign = draw.XCenter, draw.YTop
	p.Title.Padding = 4
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		align := axis.Tick.Label
		axis.Tick.Label = sans(8)
		axis.Tick.Label.XAlign, axis.Tick.Label.YAlign = align.XAlign, align.YAlign
		align = axis.Label.TextStyle
		axis.Label.TextStyle = sans(9)
		axis.Label.TextStyle.XAlign, axis.Label.TextStyle.YAlign = align.XAlign, align.YAlign
		axis.Tick.Length, axis.Padding = 3, 0
	}
	return p
}

// sans returns the style of a sans-serif text.
func sans(size vg.Length) text.Style {
	f := plot.DefaultFont
	f.Variant, f.Size = "Sans", size
	return text.Style{Color: color.Gray{0x22}, Font: f, Handler: plot.DefaultTextHandler}
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
			label = plural.Number(int(v))
		}
		marks = append(marks, plot.Tick{Value: v, Label: label})
	}
	return marks
}

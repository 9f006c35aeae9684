package chart

import (
	"image/color"

	"golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The palette is that of Okabe and Ito, "Color Universal Design" (2008): its
// colours stay apart for the colour-blind. Its yellow, orange and sky blue are
// too pale for a line on white and are left out; wine is of P. Tol, "Colour
// Schemes" (SRON, 2021). Where a picture shows normal traffic and anomalies,
// they are blue and vermilion.
var (
	normalColor  = color.NRGBA{0x00, 0x72, 0xB2, 0xFF} // blue
	anomalyColor = color.NRGBA{0xD5, 0x5E, 0x00, 0xFF} // vermilion

	seriesColors = []color.NRGBA{
		{0x00, 0x72, 0xB2, 0xFF}, // blue
		{0xD5, 0x5E, 0x00, 0xFF}, // vermilion
		{0x00, 0x9E, 0x73, 0xFF}, // bluish green
		{0xCC, 0x79, 0xA7, 0xFF}, // reddish purple
		{0x22, 0x22, 0x22, 0xFF}, // black, nearly
		{0x88, 0x22, 0x55, 0xFF}, // wine
	}
	// seriesDashes tell lines apart that a grey print makes alike.
	seriesDashes = [][]vg.Length{nil, {7, 3}, {2, 2}, {7, 2, 2, 2}, {12, 3}, {4, 4}}

	// scoreRamp goes from ordinary to anomalous and darkens all the way, so
	// that it reads in grey and with any colour vision.
	scoreRamp = []color.NRGBA{
		{0xD9, 0xE8, 0xF2, 0xFF}, {0xBC, 0xCF, 0xE0, 0xFF}, {0xC9, 0xAF, 0xB6, 0xFF}, {0xD6, 0x8F, 0x7F, 0xFF},
		{0xD5, 0x69, 0x3F, 0xFF}, {0xA8, 0x43, 0x0A, 0xFF}, {0x6B, 0x2A, 0x04, 0xFF},
	}

	// background is opaque: the page behind it may be white or nearly black.
	background = color.NRGBA{0xFD, 0xFD, 0xFC, 0xFF}
	ink        = color.NRGBA{0x22, 0x22, 0x22, 0xFF}
	quietInk   = color.NRGBA{0x59, 0x59, 0x59, 0xFF}
	gridColor  = color.NRGBA{0xE2, 0xE2, 0xE2, 0xFF}
)

// Sizes in points. A point is 4/3 of a CSS pixel.
const (
	titleSize = 12
	labelSize = 10
	tickSize  = 9
)

// longestName is how wide the name of a column may be where it decides the width
// of a picture.
const longestName = vg.Length(180)

// textStyle returns the style of a sans-serif text.
func textStyle(size vg.Length, c color.Color) text.Style {
	f := plot.DefaultFont
	f.Variant, f.Size = "Sans", size
	return text.Style{Color: c, Font: f, Handler: plot.DefaultTextHandler}
}

// boldStyle returns the style of a bold sans-serif text.
func boldStyle(size vg.Length, c color.Color) text.Style {
	s := textStyle(size, c)
	s.Font.Weight = font.WeightBold
	return s
}

// newPlot returns an empty plot in the house style, with a quiet grid.
func newPlot(x, y string) *plot.Plot {
	p := barePlot(x, y)
	line := draw.LineStyle{Color: gridColor, Width: 0.75}
	p.Add(&plotter.Grid{Horizontal: line, Vertical: line})
	return p
}

// barePlot returns an empty plot in the house style, without a grid.
func barePlot(x, y string) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = background
	styleAxis(&p.X, x, draw.XCenter, draw.YTop)
	styleAxis(&p.Y, y, draw.XRight, draw.YCenter)
	return p
}

func styleAxis(a *plot.Axis, label string, x text.XAlignment, y text.YAlignment) {
	a.Label.Text = label
	a.Label.TextStyle = textStyle(labelSize, ink)
	a.Label.TextStyle.XAlign, a.Label.TextStyle.YAlign = draw.XCenter, draw.YBottom
	a.Label.Padding = 4
	a.Tick.Label = textStyle(tickSize, quietInk)
	a.Tick.Label.XAlign, a.Tick.Label.YAlign = x, y
	a.Tick.Length = 3
	a.Tick.LineStyle = draw.LineStyle{Color: quietInk, Width: 0.75}
	a.Tick.Marker = ticks{}
	a.LineStyle = a.Tick.LineStyle
	a.Padding = 0 // a bar stands on its axis
}

// titled gives p a title above its data.
func titled(p *plot.Plot, title string) *plot.Plot {
	p.Title.Text = title
	p.Title.TextStyle = boldStyle(labelSize, ink)
	p.Title.TextStyle.XAlign, p.Title.TextStyle.YAlign = draw.XCenter, draw.YTop
	p.Title.Padding = 4
	return p
}

// mixed returns the colour at a share of the way from a to b.
func mixed(a, b color.NRGBA, share float64) color.NRGBA {
	mix := func(x, y uint8) uint8 { return uint8(float64(x) + share*(float64(y)-float64(x)) + 0.5) }
	return color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 0xFF}
}

// faded returns c at the given opacity, for areas that may overlap.
func faded(c color.NRGBA, opacity float64) color.NRGBA {
	c.A = uint8(255 * opacity)
	return c
}

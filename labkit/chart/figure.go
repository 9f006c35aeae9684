package chart

import (
	"bytes"
	"errors"
	"fmt"
	"image/color"
	"image/png"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"

	"flowlab/labkit/internal/show"
)

// A Figure is a picture: a title, a key to its colours and, below them, one
// plot or a grid of them.
type Figure struct {
	// Title stands above the picture. It may be empty.
	Title string

	// Plots holds the rows of the grid, all of one length; nil leaves a
	// tile empty.
	Plots [][]*plot.Plot

	// Width and Height are the size of the whole picture in points, of
	// which 72 are an inch and 96 CSS pixels.
	Width, Height vg.Length

	// Alt is the sentence that stands for the picture where it cannot be
	// seen. It says the finding, computed from the data.
	Alt string

	key     []keyEntry
	twin    func() spec // the interactive form, or nil
	heights []float64   // of the rows, relative to each other; nil for all alike
}

// A keyEntry explains one colour above the plots, where it covers no data.
type keyEntry struct {
	name   string
	color  color.NRGBA
	line   bool          // a line, not an area
	dashes []vg.Length   // of the line
	mark   bool          // a point, not an area
	shape  shape         // of the point
	ramp   []color.NRGBA // a scale of colours, not an area of one
}

const (
	dpi    = 192 // two image pixels to a CSS pixel: sharp on dense screens
	margin = vg.Length(10)
)

// Show draws the figure below the cell of a notebook; outside a notebook it
// prints the figure's Alt. It takes the two results of a chart function:
//
//	chart.Show(chart.ConfusionMatrix(confusion, "Isolation Forest"))
//
// In the manner of [text/template.Must] it panics if err is not nil.
func Show(fig Figure, err error) {
	orPanic(err, fig.Show)
}

// orPanic shows a figure that was made without an error, and panics otherwise.
func orPanic(err error, show func() error) {
	if err == nil {
		err = show()
	}
	if err != nil {
		panic(err)
	}
}

// Show draws the figure below the cell of a notebook; outside a notebook it
// prints f.Alt.
func (f Figure) Show() error {
	return f.display(func(img []byte) (show.Bundle, error) {
		return show.Picture(img, f.cssWidth(), f.Alt), nil
	})
}

// display shows what bundle makes of the picture; where only text can be
// shown, it shows that and spares the drawing.
func (f Figure) display(bundle func(img []byte) (show.Bundle, error)) error {
	if err := f.check(); err != nil {
		return err
	}
	if show.PrintsOnly() {
		show.Display(show.Bundle{Text: f.Alt})
		return nil
	}
	img, err := f.PNG()
	if err != nil {
		return err
	}
	b, err := bundle(img)
	if err != nil {
		return err
	}
	show.Display(b)
	return nil
}

// cssWidth returns the width in CSS pixels.
func (f Figure) cssWidth() int {
	const cssPixels = 96.0 / 72
	return int(f.Width.Points()*cssPixels + 0.5)
}

// PNG returns the figure as a PNG image of two pixels to a CSS pixel, on an
// opaque, nearly white ground. It returns an error if the figure has no plot
// or no size, or if its rows differ in length.
func (f Figure) PNG() ([]byte, error) { return f.png(dpi) }

func (f Figure) png(dpi int) ([]byte, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	canvas := vgimg.NewWith(vgimg.UseWH(f.Width, f.Height), vgimg.UseDPI(dpi), vgimg.UseBackgroundColor(background))
	f.draw(draw.New(canvas))
	var buf bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	if err := encoder.Encode(&buf, paletted(canvas.Image())); err != nil {
		return nil, fmt.Errorf("chart: cannot encode the figure: %w", err)
	}
	return buf.Bytes(), nil
}

// check returns an error if there is nothing to draw.
func (f Figure) check() error {
	if f.Width <= 0 || f.Height <= 0 {
		return fmt.Errorf("chart: figure is %v by %v points: want both above 0", f.Width.Points(), f.Height.Points())
	}
	for i, row := range f.Plots {
		if len(row) != len(f.Plots[0]) {
			return fmt.Errorf("chart: row %d of the figure has %d plots: row 0 has %d", i, len(row), len(f.Plots[0]))
		}
	}
	if !slices.ContainsFunc(f.Plots, func(row []*plot.Plot) bool {
		return slices.ContainsFunc(row, func(p *plot.Plot) bool { return p != nil })
	}) {
		return errors.New("chart: figure has no plot")
	}
	return nil
}

// draw lays the figure out from top to bottom: title, key, plots.
func (f Figure) draw(c draw.Canvas) {
	c = draw.Crop(c, margin, -margin, margin, -margin)
	if f.Title != "" {
		style := boldStyle(titleSize, ink)
		style.YAlign = draw.YTop
		c.FillText(style, vg.Point{X: c.Min.X, Y: c.Max.Y}, shorten(f.Title, style, c.Max.X-c.Min.X))
		c.Max.Y -= style.Height(f.Title) + 6
	}
	if len(f.key) > 0 {
		c.Max.Y -= f.drawKey(c) + 4
	}
	const padX, padY = 18, 14
	tiles := draw.Tiles{Rows: len(f.Plots), Cols: len(f.Plots[0]), PadX: padX, PadY: padY}
	plots := make([][]*plot.Plot, len(f.Plots))
	for i, row := range f.Plots {
		plots[i] = make([]*plot.Plot, len(row))
		for j, p := range row {
			if p != nil {
				plots[i][j] = fitted(p, f.stretched(tiles.At(c, j, i), i, c))
			}
		}
	}
	aligned := plot.Align(plots, tiles, c)
	for i, row := range aligned {
		for j, tile := range row {
			if p := plots[i][j]; p != nil {
				p.Draw(f.stretched(tile, i, c))
			}
		}
	}
}

// fitted returns a copy of a plot, which is the caller's, with what stands along
// its sides shortened to their length.
func fitted(whole *plot.Plot, tile draw.Canvas) *plot.Plot {
	p := *whole
	width, height := tile.Max.X-tile.Min.X, tile.Max.Y-tile.Min.Y
	p.Title.Text = shorten(p.Title.Text, p.Title.TextStyle, width)
	p.X.Label.Text = shorten(p.X.Label.Text, p.X.Label.TextStyle, width)
	p.Y.Label.Text = shorten(p.Y.Label.Text, p.Y.Label.TextStyle, height)
	return &p
}

// stretched returns the tile of row i with its share of the height of c, as
// wide as it was.
func (f Figure) stretched(tile draw.Canvas, i int, c draw.Canvas) draw.Canvas {
	if f.heights == nil {
		return tile
	}
	const padY = 14
	above, total := 0.0, 0.0
	for k, h := range f.heights {
		total += h
		if k < i {
			above += h
		}
	}
	room := c.Max.Y - c.Min.Y - padY*vg.Length(len(f.heights)-1)
	tile.Max.Y = c.Max.Y - padY*vg.Length(i) - room*vg.Length(above/total)
	tile.Min.Y = tile.Max.Y - room*vg.Length(f.heights[i]/total)
	return tile
}

// drawKey writes the key along the top of c, in as many lines as it needs, and
// returns its height.
func (f Figure) drawKey(c draw.Canvas) vg.Length {
	const gap, between = vg.Length(5), vg.Length(18)
	style := textStyle(labelSize, ink)
	style.YAlign = draw.YCenter
	height := style.Height("x") + 5
	pen := vg.Point{X: c.Min.X, Y: c.Max.Y - height/2}
	for i, e := range f.key {
		swatch := e.width()
		name := shorten(e.name, style, c.Max.X-c.Min.X-swatch-gap)
		width := swatch + gap + style.Width(name)
		if i > 0 && pen.X+width > c.Max.X {
			pen.X = c.Min.X
			pen.Y -= height
		}
		e.draw(&c, vg.Rectangle{
			Min: vg.Point{X: pen.X, Y: pen.Y - 4.5},
			Max: vg.Point{X: pen.X + swatch, Y: pen.Y + 4.5},
		})
		c.FillText(style, vg.Point{X: pen.X + swatch + gap, Y: pen.Y + 1.5}, name)
		pen.X += width + between
	}
	return c.Max.Y - pen.Y + height/2
}

// draw draws the entry's sample into r.
func (e keyEntry) draw(c *draw.Canvas, r vg.Rectangle) {
	middle := vg.Point{X: (r.Min.X + r.Max.X) / 2, Y: (r.Min.Y + r.Max.Y) / 2}
	switch {
	case e.line:
		c.StrokeLine2(draw.LineStyle{Color: e.color, Width: 2, Dashes: e.dashes}, r.Min.X, middle.Y, r.Max.X, middle.Y)
	case e.mark:
		drawMark(c, middle, 4, e.color, e.shape)
	case e.ramp != nil:
		width := (r.Max.X - r.Min.X) / vg.Length(len(e.ramp))
		for i, col := range e.ramp {
			step := vg.Rectangle{Min: vg.Point{X: r.Min.X + vg.Length(i)*width, Y: r.Min.Y}}
			step.Max = vg.Point{X: step.Min.X + width, Y: r.Max.Y}
			c.SetColor(col)
			c.Fill(step.Path())
		}
	default:
		c.SetColor(e.color)
		c.Fill(r.Path())
	}
}

// width returns the room that the entry's sample takes.
func (e keyEntry) width() vg.Length {
	switch {
	case e.mark:
		return 9
	case e.ramp != nil:
		return vg.Length(9 * len(e.ramp))
	}
	return 18
}

// withTitle returns a sentence that begins with the title of its picture.
func withTitle(title, sentence string) string {
	if title == "" {
		return sentence
	}
	return title + ". " + sentence
}

// single returns the usual figure of one plot.
func single(title string, p *plot.Plot) Figure {
	return Figure{Title: title, Plots: [][]*plot.Plot{{p}}, Width: 480, Height: 320}
}

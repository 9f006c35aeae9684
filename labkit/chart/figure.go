package chart

import (
	"bytes"
	"errors"
	"fmt"
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
	shaded  bool        // the darker a place, the more of something: never turned round
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
func (f Figure) Show() (err error) {
	defer prefix(&err)
	return f.display(func(img []byte) (show.Bundle, error) {
		return show.Picture(img, f.cssWidth(), f.Alt, f.shaded), nil
	})
}

// display shows what bundle makes of the picture; where only text can be
// shown, it shows that and spares the drawing.
func (f Figure) display(bundle func(img []byte) (show.Bundle, error)) error {
	return f.displayBy(show.Display, bundle)
}

// displayBy is display by another way than [show.Display].
func (f Figure) displayBy(by func(show.Bundle), bundle func(img []byte) (show.Bundle, error)) error {
	if err := f.check(); err != nil {
		return err
	}
	if show.PrintsOnly() {
		by(show.Bundle{Text: f.Alt})
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
	by(b)
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
func (f Figure) PNG() (_ []byte, err error) {
	defer prefix(&err)
	return f.png(dpi)
}

func (f Figure) png(dpi int) ([]byte, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	canvas := vgimg.NewWith(vgimg.UseWH(f.Width, f.Height), vgimg.UseDPI(dpi), vgimg.UseBackgroundColor(background))
	f.draw(draw.New(canvas))
	var buf bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	if err := encoder.Encode(&buf, paletted(canvas.Image())); err != nil {
		return nil, fmt.Errorf("cannot encode the figure: %w", err)
	}
	return buf.Bytes(), nil
}

// check returns an error if there is nothing to draw.
func (f Figure) check() error {
	if f.Width <= 0 || f.Height <= 0 {
		return fmt.Errorf("figure is %v by %v points: want both above 0", f.Width.Points(), f.Height.Points())
	}
	for i, row := range f.Plots {
		if len(row) != len(f.Plots[0]) {
			return fmt.Errorf("row %d of the figure has %d plots: row 0 has %d", i, len(row), len(f.Plots[0]))
		}
	}
	if !slices.ContainsFunc(f.Plots, func(row []*plot.Plot) bool {
		return slices.ContainsFunc(row, func(p *plot.Plot) bool { return p != nil })
	}) {
		return errors.New("figure has no plot")
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

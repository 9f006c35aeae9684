package chart

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A keyEntry explains one colour above the plots, where it covers no data.
type keyEntry struct {
	name  string
	thumb thumbnail
}

// A thumbnail is the sample of a keyEntry.
type thumbnail interface {
	plot.Thumbnailer
	width() vg.Length // the room that it takes
}

// An areaThumb stands for an area.
type areaThumb struct{ color color.NRGBA }

func (areaThumb) width() vg.Length { return 18 }

// Thumbnail implements [plot.Thumbnailer].
func (t areaThumb) Thumbnail(c *draw.Canvas) {
	c.SetColor(t.color)
	c.Fill(c.Rectangle.Path())
}

// A lineThumb stands for a line.
type lineThumb struct {
	color  color.NRGBA
	dashes []vg.Length
}

func (lineThumb) width() vg.Length { return 18 }

// Thumbnail implements [plot.Thumbnailer].
func (t lineThumb) Thumbnail(c *draw.Canvas) {
	style := draw.LineStyle{Color: t.color, Width: 2, Dashes: t.dashes}
	middle := c.Center().Y
	c.StrokeLine2(style, c.Min.X, middle, c.Max.X, middle)
}

// A markThumb stands for a point.
type markThumb struct {
	color color.NRGBA
	shape shape
}

func (markThumb) width() vg.Length { return 9 }

// Thumbnail implements [plot.Thumbnailer].
func (t markThumb) Thumbnail(c *draw.Canvas) { drawMark(c, c.Center(), 4, t.color, t.shape) }

// A rampThumb stands for a scale of colours.
type rampThumb []color.NRGBA

func (t rampThumb) width() vg.Length { return vg.Length(9 * len(t)) }

// Thumbnail implements [plot.Thumbnailer].
func (t rampThumb) Thumbnail(c *draw.Canvas) {
	width := (c.Max.X - c.Min.X) / vg.Length(len(t))
	for i, col := range t {
		step := vg.Rectangle{Min: vg.Point{X: c.Min.X + vg.Length(i)*width, Y: c.Min.Y}}
		step.Max = vg.Point{X: step.Min.X + width, Y: c.Max.Y}
		c.SetColor(col)
		c.Fill(step.Path())
	}
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
		swatch := e.thumb.width()
		name := shorten(e.name, style, c.Max.X-c.Min.X-swatch-gap)
		width := swatch + gap + style.Width(name)
		if i > 0 && pen.X+width > c.Max.X {
			pen.X = c.Min.X
			pen.Y -= height
		}
		e.thumb.Thumbnail(&draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{
			Min: vg.Point{X: pen.X, Y: pen.Y - 4.5},
			Max: vg.Point{X: pen.X + swatch, Y: pen.Y + 4.5},
		}})
		c.FillText(style, vg.Point{X: pen.X + swatch + gap, Y: pen.Y + 1.5}, name)
		pen.X += width + between
	}
	return c.Max.Y - pen.Y + height/2
}

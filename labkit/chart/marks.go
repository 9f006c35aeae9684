package chart

import (
	"image"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A mark is a point of a scatter plot.
type mark struct {
	x, y  float64
	color color.NRGBA
	shape shape
}

// A shape tells marks apart where colour does not.
type shape int

const (
	disc     shape = iota // a normal flow
	triangle              // an anomaly
	diamond               // the flow that a picture is about
)

// marks draws points as one image with a stamp for each shape and colour: a
// hundred thousand of them take as long as a few letters. The last lie on top.
// What is outside the axes is not drawn.
type marks struct {
	points []mark
	radius vg.Length // 0 chooses one that suits the number of points
}

var (
	_ plot.Plotter    = marks{}
	_ plot.DataRanger = marks{}
)

// Plot implements [plot.Plotter].
func (m marks) Plot(c draw.Canvas, p *plot.Plot) {
	area := pixelsOf(c)
	img := image.NewRGBA(image.Rect(0, 0, area.Dx(), area.Dy()))

	x, y := p.Transforms(&c)
	radius, opacity := m.look()
	stamps := map[mark]*image.RGBA{}
	for _, point := range m.points {
		if point.x < p.X.Min || point.x > p.X.Max || point.y < p.Y.Min || point.y > p.Y.Max {
			continue
		}
		kind := mark{color: point.color, shape: point.shape}
		s, ok := stamps[kind]
		if !ok {
			s = stamp(kind, float64(radius/pixel), opacity)
			stamps[kind] = s
		}
		over(img, s, int(x(point.x)/pixel)-area.Min.X, area.Max.Y-int(y(point.y)/pixel))
	}
	c.DrawImage(onPaper(area), img)
}

// pixel is the size of an image pixel on paper.
const pixel = vg.Length(72.0 / dpi)

// pixelsOf returns the least area of whole pixels that holds c, y upwards.
func pixelsOf(c draw.Canvas) image.Rectangle {
	whole := func(l vg.Length, round func(float64) float64) int { return int(round(float64(l / pixel))) }
	return image.Rect(whole(c.Min.X, math.Floor), whole(c.Min.Y, math.Floor), whole(c.Max.X, math.Ceil), whole(c.Max.Y, math.Ceil))
}

// onPaper is the inverse of pixelsOf.
func onPaper(area image.Rectangle) vg.Rectangle {
	point := func(p image.Point) vg.Point { return vg.Point{X: vg.Length(p.X) * pixel, Y: vg.Length(p.Y) * pixel} }
	return vg.Rectangle{Min: point(area.Min), Max: point(area.Max)}
}

// look returns radius and opacity: many points are small and faint, so that
// their density shows.
func (m marks) look() (radius vg.Length, opacity float64) {
	n := max(1, float64(len(m.points)))
	radius = m.radius
	if radius == 0 {
		radius = vg.Length(min(max(3.4-0.6*math.Log10(n/100), 1.3), 3.4))
	}
	return radius, min(max(0.85-0.2*math.Log10(n/1000), 0.35), 0.85)
}

// DataRange implements [plot.DataRanger]. It leaves room at the edges, so that
// no mark is cut.
func (m marks) DataRange() (xmin, xmax, ymin, ymax float64) {
	xmin, ymin = math.Inf(1), math.Inf(1)
	xmax, ymax = math.Inf(-1), math.Inf(-1)
	for _, point := range m.points {
		xmin, xmax = min(xmin, point.x), max(xmax, point.x)
		ymin, ymax = min(ymin, point.y), max(ymax, point.y)
	}
	xmin, xmax = widened(xmin, xmax)
	ymin, ymax = widened(ymin, ymax)
	return xmin, xmax, ymin, ymax
}

// widened returns a range with a little room on both sides, and one unit wide
// if it was empty.
func widened(lo, hi float64) (float64, float64) {
	room := 0.03 * (hi - lo)
	if !(room > 1e-12*max(math.Abs(lo), math.Abs(hi))) {
		room = max(0.5, 1e-6*math.Abs(hi))
	}
	return lo - room, hi + room
}

// stamp returns the picture of a mark, darker at its edge, in premultiplied
// colours. Its smooth edge comes from 4 by 4 samples in each pixel.
func stamp(m mark, radius, opacity float64) *image.RGBA {
	const samples = 4
	half := int(math.Ceil(1.4 * radius))
	img := image.NewRGBA(image.Rect(-half, -half, half+1, half+1))
	edge := max(1, 0.22*radius)
	rim := mixed(m.color, color.NRGBA{0, 0, 0, 0xFF}, 0.35)
	for py := -half; py <= half; py++ {
		for px := -half; px <= half; px++ {
			inside, within := 0, 0
			for s := range samples * samples {
				dx := float64(px) + (float64(s%samples)+0.5)/samples - 0.5
				dy := float64(py) + (float64(s/samples)+0.5)/samples - 0.5
				if d := m.shape.outside(dx, dy, radius); d < 0 {
					inside++
					if d < -edge {
						within++
					}
				}
			}
			if inside > 0 {
				c := mixed(rim, m.color, float64(within)/float64(inside))
				c.A = uint8(255 * opacity * float64(inside) / (samples * samples))
				img.Set(px, py, c)
			}
		}
	}
	return img
}

// outside returns how far a place, given from the centre with y downwards, lies
// outside the outline, below 0 inside. All shapes have about the same area.
func (s shape) outside(dx, dy, radius float64) float64 {
	switch s {
	case triangle:
		r := 0.78 * radius // of the inscribed circle
		side := 0.866*math.Abs(dx) - 0.5*dy
		return max(side, dy) - r
	case diamond:
		return (math.Abs(dx) + math.Abs(dy) - 1.3*radius) / math.Sqrt2
	}
	return math.Hypot(dx, dy) - radius
}

// over paints a stamp onto img, with its middle at (x, y). The sum for each
// channel is Porter and Duff's "over".
func over(img, stamp *image.RGBA, x, y int) {
	r := stamp.Rect.Add(image.Pt(x, y)).Intersect(img.Rect)
	for py := r.Min.Y; py < r.Max.Y; py++ {
		from := stamp.Pix[stamp.PixOffset(r.Min.X-x, py-y):]
		to := img.Pix[img.PixOffset(r.Min.X, py):]
		for i := 0; i < 4*r.Dx(); i += 4 {
			rest := 255 - uint32(from[i+3])
			for k := i; k < i+4; k++ {
				to[k] = from[k] + uint8((uint32(to[k])*rest+127)/255)
			}
		}
	}
}

// drawMark draws a single mark, for a key.
func drawMark(c *draw.Canvas, at vg.Point, radius vg.Length, col color.NRGBA, s shape) {
	one := marks{points: []mark{{x: 0, y: 0, color: col, shape: s}}, radius: radius}
	place := plot.New()
	place.X.Min, place.X.Max, place.Y.Min, place.Y.Max = -1, 1, -1, 1
	half := 2 * radius
	one.Plot(draw.Crop(*c, at.X-half-c.Min.X, at.X+half-c.Max.X, at.Y-half-c.Min.Y, at.Y+half-c.Max.Y), place)
}

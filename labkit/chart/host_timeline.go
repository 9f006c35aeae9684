package chart

import (
	"fmt"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"flowlab/labkit/internal/plural"
)

// maxSpans is how many findings a picture has room for.
const maxSpans = 12

// A Span is something that was found of a host, with its first and last time.
type Span struct {
	Name        string
	First, Last float64 // seconds, on the same clock as the flows
}

// HostTimeline draws a host's day: above, the flows that it began in each of 60
// equal intervals; below, a bar for each finding, from its first to its last
// time, with its name on it. Times are in seconds, from any beginning; those that
// look like seconds since 1970 (above 10⁸) are said to begin at a date, in UTC.
// Of more than 12 findings the first 12 are drawn.
//
// The interactive twin ([Explore]) says name and times of the finding under the
// pointer, and the flows of an interval. It can be zoomed and moved.
//
// It returns an error if there are no times, if one is not finite, or if a
// finding ends before it begins.
func HostTimeline(times []float64, findings []Span, title string) (_ Figure, err error) {
	defer prefix(&err)
	if err := checkNumbers("times", times); err != nil {
		return Figure{}, err
	}
	all := slices.Clone(times)
	for i, f := range findings {
		if err := checkNumbers(fmt.Sprintf("finding %d", i), []float64{f.First, f.Last}); err != nil {
			return Figure{}, err
		}
		if f.Last < f.First {
			return Figure{}, fmt.Errorf("finding %d lasts from %v to %v: want it to end after it begins", i, f.First, f.Last)
		}
		all = append(all, f.First, f.Last)
	}
	clock := newClock(all)
	whole := clock.all(all)
	if err := checkNumbers("times on one axis", whole); err != nil {
		return Figure{}, err
	}
	edges := intervals(slices.Min(whole), slices.Max(whole))
	h := hostTimeline{clock: clock, edges: edges, perInterval: counts(clock.all(times), edges)}
	for _, f := range findings[:min(len(findings), maxSpans)] {
		ends := clock.all([]float64{f.First, f.Last})
		h.spans = append(h.spans, Span{f.Name, ends[0], ends[1]})
	}
	return h.figure(title, len(times), len(findings)), nil
}

// A hostTimeline has its times as they lie along the axis.
type hostTimeline struct {
	clock              clock
	edges, perInterval []float64
	spans              []Span
}

func (h hostTimeline) figure(title string, flows, findings int) Figure {
	above := newPlot("", "flows")
	above.Add(steps{edges: h.edges, bars: h.perInterval, color: normalColor})
	above.Y.Max = max(above.Y.Max, 1)
	above.Y.Tick.Marker = wholeTicks{}
	below := barePlot(h.clock.label(), "")
	below.Add(h)
	rows := max(1, len(h.spans))
	below.Y.Min, below.Y.Max = -float64(rows), 0
	below.Y.Tick.Marker, below.Y.LineStyle.Width = plot.ConstantTicks{}, 0
	lo, hi := widened(h.edges[0], h.edges[len(h.edges)-1])
	above.X.Min, above.X.Max, below.X.Min, below.X.Max = lo, hi, lo, hi

	const top, row, axis = 130.0, 30.0, 45.0
	lower := row*float64(rows) + axis
	fig := Figure{Title: title, Plots: [][]*plot.Plot{{above}, {below}}, Width: 520, Height: vg.Length(top+lower) + 2*margin + 50}
	fig.heights = []float64{top, lower}
	fig.key = []keyEntry{{"flows begun", areaThumb{faded(normalColor, 0.3)}}, {"finding", areaThumb{anomalyColor}}}
	fig.Alt = withTitle(title, h.alt(flows, findings))
	fig.twin = h.twin
	return fig
}

func (h hostTimeline) alt(flows, findings int) string {
	alt := fmt.Sprintf("%s over %s %s, and %s.", plural.Of(flows, "flow"),
		inWords(h.edges[len(h.edges)-1]-h.edges[0]), h.clock.unit, plural.Of(findings, "finding"))
	for i, s := range h.spans {
		from, to := inWords(s.First), inWords(s.Last)
		when := fmt.Sprintf("from %s to %s %s", from, to, h.clock.unit)
		if from == to {
			when = fmt.Sprintf("at %s %s", from, h.clock.unit)
		}
		alt += fmt.Sprintf(" %d: %s, %s.", i+1, s.Name, when)
	}
	if more := findings - len(h.spans); more > 0 {
		alt += fmt.Sprintf(" %d more are not drawn.", more)
	}
	return alt
}

// Plot implements [plot.Plotter]. A name stands above its bar, from the left edge
// on, since a bar may be short and at the end.
func (h hostTimeline) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	style := textStyle(tickSize, ink)
	style.YAlign = draw.YBottom
	for i, s := range h.spans {
		bar := vg.Rectangle{
			Min: vg.Point{X: x(s.First) - 1.5, Y: y(-float64(i)-1) + 3},
			Max: vg.Point{X: x(s.Last) + 1.5, Y: y(-float64(i)-1) + 11},
		}
		c.SetColor(gridColor)
		c.Fill(vg.Rectangle{Min: vg.Point{X: c.Min.X, Y: bar.Min.Y + 3.5}, Max: vg.Point{X: c.Max.X, Y: bar.Max.Y - 3.5}}.Path())
		c.SetColor(anomalyColor)
		c.Fill(bar.Path())
		c.FillText(style, vg.Point{X: c.Min.X, Y: bar.Max.Y + 3}, shorten(s.Name, style, c.Max.X-c.Min.X))
	}
	if len(h.spans) == 0 {
		c.FillText(style, vg.Point{X: c.Min.X, Y: y(-0.5)}, "no findings")
	}
}

package chart

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"

	"flowlab/labkit/internal/plural"
	"flowlab/labkit/window"
)

// Gaps draws how regularly something happens, such as the flows between two
// hosts: above, the gap between each event and the one before it, in seconds, at
// the time of the event, with the median as a dashed line; below, how often there
// is a gap of each length. A beacon is a band with few gaps outside, a person is
// a cloud. Times are in seconds, in any order; those that look like seconds since
// 1970 (above 10⁸) are said to begin at a date, in UTC. Gaps that differ much
// have a logarithmic axis. The regularity is that of [window.Regularity].
//
// The interactive twin ([Explore]) says time and gap under the pointer. It draws
// 2,000 gaps at most, and says so.
//
// It returns an error if there are fewer than two times or one is not finite.
func Gaps(times []float64, title string) (_ Figure, err error) {
	defer prefix(&err)
	if err := checkNumbers("times", times); err != nil {
		return Figure{}, err
	}
	if len(times) < 2 {
		return Figure{}, errors.New("gaps of one time: want at least two")
	}
	times = slices.Sorted(slices.Values(times))
	gaps := make([]float64, len(times)-1)
	for i := range gaps {
		gaps[i] = times[i+1] - times[i]
	}
	if err := checkNumbers("gaps", gaps); err != nil {
		return Figure{}, err
	}
	regularity, median := window.Regularity(slices.Clone(gaps))
	clock, s := newClock(times), scaleOf(gaps)
	at := clock.all(times)[1:]

	above := newPlot(clock.label(), s.label("gap (s)"))
	points := make([]mark, len(gaps))
	for i, gap := range gaps {
		points[i] = mark{x: at[i], y: s.at(gap), color: normalColor}
	}
	above.Add(marks{points: points}, horizontalLine{s.at(median)})
	s.mark(&above.Y)
	if !s.log {
		above.Y.Min = 0 // a clock's gaps are a line, and not the noise on it
	}
	below := newPlot(s.label("gap (s)"), "how often")
	edges := binEdges(s.all(gaps))
	below.Add(steps{edges: edges, bars: counts(s.all(gaps), edges), color: normalColor})
	s.mark(&below.X)

	fig := Figure{Title: title, Plots: [][]*plot.Plot{{above}, {below}}, Width: 480, Height: 400}
	fig.heights = []float64{3, 2}
	fig.key = []keyEntry{{fmt.Sprintf("median gap %s s", inWords(median)), lineThumb{ink, seriesDashes[1]}}}
	fig.Alt = withTitle(title, gapsAlt(gaps, median, regularity, clock, times[len(times)-1]-times[0]))
	fig.twin = func() spec { return gapsTwin(at, gaps, s, median, clock.label()) }
	return fig, nil
}

func gapsAlt(gaps []float64, median, regularity float64, clock clock, span float64) string {
	alt := fmt.Sprintf("%s over %s %s, from %s to %s s with a median of %s s.", plural.Of(len(gaps), "gap"),
		inWords(span/clock.seconds), clock.unit, inWords(slices.Min(gaps)), inWords(slices.Max(gaps)), inWords(median))
	if math.IsNaN(regularity) {
		return alt + " They have no rhythm to speak of."
	}
	return alt + fmt.Sprintf(" Half of them lie within %s s of it: a regularity of %.3f, where a clock has 1.", inWords((1-regularity)*median), regularity)
}

// gapsTwin returns the interactive twin of [Gaps], of which at holds the times
// as they lie along the axis.
func gapsTwin(at, gaps []float64, s scale, median float64, clock string) spec {
	drawn := samplePoints(len(gaps), nil, "")
	points := dataset{name: "gaps"}
	heights := s.all(gaps)
	digits := axisDigits(slices.Min(heights), slices.Max(heights))
	for _, i := range drawn.rows {
		points.rows = append(points.rows, spec{"time": short(at[i]), "level": rounded(heights[i], digits), "gap": short(gaps[i])})
	}
	tooltip := list{field{name: "time", title: clock}.tooltip(), field{name: "gap", title: "gap (s)"}.tooltip()}
	lowest := 0.0
	if s.log {
		lowest = slices.Min(heights)
	}
	layers := list{spec{"mark": spec{"type": "point", "filled": true, "size": 30, "color": css(normalColor), "opacity": 0.7},
		"encoding": spec{
			"x":       scale{}.vegaEncoding("time", clock, slices.Min(at), slices.Max(at)),
			"y":       s.vegaEncoding("level", "gap (s)", lowest, slices.Max(heights)),
			"tooltip": tooltip,
		}}, spec{"data": spec{"values": list{spec{}}},
		"mark":     spec{"type": "rule", "strokeDash": list{6, 4}, "strokeWidth": 2, "color": css(ink)},
		"encoding": spec{"y": spec{"datum": rounded(s.at(median), digits), "type": "quantitative"}}}}
	whole := spec{"width": twinWidth, "params": list{cellWidth(60)}, "height": twinHeight, "data": points.data(), "layer": layers,
		"title": help(drawn.note, "Hover to read a gap. The dashed line is the median.")}
	points.put(whole)
	return whole
}

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
// The interactive twin ([Explore]) says time and gap under the pointer, and can be
// zoomed and moved. It draws 2,000 gaps at most, and says so.
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

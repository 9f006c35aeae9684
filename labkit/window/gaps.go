package window

import (
	"math"
	"slices"
)

// MinGaps is from how many gaps on there is a [Regularity].
const MinGaps = 3

// Median returns the middle of values, or the mean of the two in the middle, and
// NaN of none. It sorts them.
func Median(values []float64) float64 {
	n := len(values)
	if n == 0 {
		return math.NaN()
	}
	slices.Sort(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}

// Regularity says how much a rhythm is like that of a clock, by the gaps between
// events in seconds: 1 − MAD/median, where MAD is the median of the gaps'
// distances from their median. It lies in [0, 1]: 1 if more than half of the gaps
// are equal, near 0.3 if events come by chance. It is NaN of fewer than [MinGaps]
// gaps, and if the median is 0: flows at the same time have no rhythm.
//
// It returns the median, too, NaN if there is no gap. It changes the order of
// gaps, and their values.
func Regularity(gaps []float64) (regularity, median float64) {
	median = Median(gaps)
	if len(gaps) < MinGaps || median == 0 {
		return math.NaN(), median
	}
	for i, gap := range gaps {
		gaps[i] = math.Abs(gap - median)
	}
	return 1 - Median(gaps)/median, median
}

// gaps are the event times of flows, from which the gaps between them follow.
type gaps struct {
	Times   []micros
	seconds []float64 // scratch
}

var _ aggregate[gaps] = (*gaps)(nil)

func (g *gaps) add(e *event) {
	if !e.countsOnly {
		g.Times = append(g.Times, e.at)
	}
}

func (g *gaps) merge(other *gaps) { g.Times = append(g.Times, other.Times...) }

func (g *gaps) reset() { g.Times = g.Times[:0] }

func (g *gaps) fill(row *Row, _ Key) {
	slices.Sort(g.Times)
	g.seconds = g.seconds[:0]
	for i := 1; i < len(g.Times); i++ {
		g.seconds = append(g.seconds, seconds(g.Times[i]-g.Times[i-1]))
	}
	row.Regularity, row.MedianGap = Regularity(g.seconds)
}

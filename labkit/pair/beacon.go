package pair

import (
	"math"
	"slices"
)

// A Beacon says how much the flows between two hosts are like the calls of
// malware to its master: four scores in [0, 1], and their mean, as RITA 5
// computes them (https://github.com/activecm/rita, analysis/beacons.go, defaults),
// before its modifiers. Times are cut to whole seconds. All are rounded to three
// digits, and 0 if the flows began in fewer than [MinTimes] different seconds.
//
// Weak points: gaps that differ by less than 10 s are symmetric by rule, and in a
// capture of minutes the bars are some seconds wide.
type Beacon struct {
	Score float64 // mean of the others

	Timing    float64 // gaps: symmetric about their median, and near to it
	Sizes     float64 // the same of what was sent
	Histogram float64 // bars of 24 parts of the input: equally high, or of two heights
	Duration  float64 // how much of the input, or how many bars in a row
}

// MinTimes is from how many different seconds on there is a [Beacon].
const MinTimes = 4

// NewBeacon returns the scores of flows that began at these times, in order, and
// sent these sizes; first and last are the starts of the first and of the last
// flow of the whole input. Times are in seconds.
func NewBeacon(times, sizes []float64, first, last float64) Beacon {
	whole := make([]float64, len(times))
	for i, t := range times {
		whole[i] = math.Floor(t)
	}
	different := slices.Compact(slices.Clone(whole))
	first, last = math.Floor(first), math.Floor(last)
	if len(different) < MinTimes {
		return Beacon{}
	}
	bars := newHistogram(whole, first, last)
	b := Beacon{
		Timing:    steadiness(gaps(different), 1),
		Sizes:     steadiness(slices.Clone(sizes), 0),
		Histogram: max(bars.evenness(), bars.twoHeights()),
		Duration:  bars.duration(different[len(different)-1]-different[0], last-first),
	}
	b.Score = round3((b.Timing + b.Sizes + b.Histogram + b.Duration) / 4)
	return b
}

// steadiness is the mean of two scores of values, of which there are at least
// three: of symmetry, 1 − |Bowley's skewness|, and of concentration, 1 −
// MAD/median. Of a median below 1 the latter is ofNothing. It sorts the values.
func steadiness(values []float64, ofNothing float64) float64 {
	slices.Sort(values)
	n := len(values)
	median := middle(values)
	low, high := middle(values[:n/2]), middle(values[(n+1)/2:])
	skewness := 0.
	if high-low >= 10 && median != low && median != high {
		skewness = (low + high - 2*median) / (high - low)
	}
	concentration := ofNothing
	if median >= 1 {
		for i, v := range values {
			values[i] = math.Abs(v - median)
		}
		slices.Sort(values)
		concentration = max(0, (median-middle(values))/median)
	}
	return round3((1 - math.Abs(skewness) + concentration) / 2)
}

// middle returns the median of sorted values.
func middle(sorted []float64) float64 {
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

func round3(v float64) float64 { return math.Round(v*1000) / 1000 }

func ceil3(v float64) float64 { return math.Ceil(v*1000) / 1000 }

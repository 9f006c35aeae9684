package pair

import (
	"math"
	"slices"
)

const (
	bars           = 24   // of a day, an hour each
	heightClass    = 0.05 // width of a class of heights, as a share of the highest bar
	modalBars      = 11   // with flows, from which on two heights are looked for
	outlierBars    = 1    // may have another height
	durationBars   = 6    // with flows, from which on there is a duration
	consistentBars = 12   // in a row are as good as the whole input
)

// A histogram counts flows in equal parts of the input.
type histogram [bars]int

// newHistogram counts times from first to last.
func newHistogram(times []float64, first, last float64) *histogram {
	var h histogram
	step := (last - first) / bars
	for _, t := range times {
		i := 0
		for i < bars-1 && t >= first+float64(i+1)*step { // the edges that RITA has
			i++
		}
		h[i]++
	}
	return &h
}

func (h *histogram) filled() int {
	n := 0
	for _, height := range h {
		if height > 0 {
			n++
		}
	}
	return n
}

// evenness is 1 − standard deviation/mean of the heights, not below 0.
func (h *histogram) evenness() float64 {
	sum, squares := 0., 0.
	for _, height := range h {
		sum += float64(height)
	}
	mean := sum / bars
	for _, height := range h {
		squares += (float64(height) - mean) * (float64(height) - mean)
	}
	return round3(max(0, 1-math.Sqrt(squares/bars)/mean))
}

// twoHeights is the share of filled bars that have one of the two most common
// heights, where one bar is let off.
func (h *histogram) twoHeights() float64 {
	filled := h.filled()
	if filled < modalBars {
		return 0
	}
	width := math.Ceil(heightClass * float64(slices.Max(h[:])))
	classes := map[float64]int{}
	for _, height := range h {
		if height > 0 {
			classes[math.Floor(float64(height)/width)]++
		}
	}
	most, second := 0, 0
	for _, n := range classes {
		most, second = max(most, n), max(second, min(most, n))
	}
	return min(1, round3(float64(most+second)/float64(filled-outlierBars)))
}

// duration is the larger of two shares: that of the input which lies between the
// first and the last flow, and that of the longest row of filled bars, round the
// clock, of [consistentBars].
func (h *histogram) duration(lasted, input float64) float64 {
	if h.filled() < durationBars {
		return 0
	}
	longest, run := 0, 0
	for i := range 2 * bars {
		if run++; h[i%bars] == 0 {
			run = 0
		}
		longest = max(longest, run)
	}
	return min(1, max(ceil3(lasted/input), ceil3(float64(min(longest, bars))/consistentBars)))
}

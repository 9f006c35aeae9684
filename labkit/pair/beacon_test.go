package pair

import (
	"testing"
)

// times returns times with these gaps between them, from a first one on.
func times(first float64, gaps ...float64) []float64 {
	times := []float64{first}
	for _, gap := range gaps {
		first += gap
		times = append(times, first)
	}
	return times
}

func repeated(n int, v float64) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = v
	}
	return values
}

// A flow a minute, of equal sizes, all day long: the perfect beacon.
func TestBeaconOfAClock(t *testing.T) {
	minutes := times(0, repeated(1439, 60)...)
	if got, want := NewBeacon(minutes, repeated(1440, 100), 0, 86399), (Beacon{1, 1, 1, 1, 1}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	// Cut to seconds, it is no less of a clock for a jitter below one.
	for i := range minutes {
		minutes[i] += float64(i%7) / 10
	}
	if got := NewBeacon(minutes, repeated(1440, 100), 0, 86399); got.Timing != 1 {
		t.Errorf("%+v", got)
	}
}

func TestSteadiness(t *testing.T) {
	for _, c := range []struct {
		values    []float64
		ofNothing float64
		want      float64
	}{
		// Quartiles 15 25 65: skewness (15+65−50)/50 = 0.6. Distances from 25 in
		// order 5 5 15 75, MAD 10: (25−10)/25 = 0.6. (0.4 + 0.6)/2.
		{[]float64{10, 20, 30, 100}, 1, 0.5},
		// The middle value is in no half: quartiles 1.5 3 75, skewness
		// 70.5/73.5 = 0.9592. Distances 0 1 2 47 97, MAD 2: 1/3.
		{[]float64{100, 2, 1, 3, 50}, 1, 0.187},
		// Quartiles 1 2 9 spread by 8, below 10. Distances 0 1 7, MAD 1: 1/2.
		{[]float64{1, 2, 9}, 1, 0.75},
		// Here by 10: skewness (10+20−26)/10 = 0.4. Distances 0 3 7: 10/13.
		{[]float64{10, 13, 20}, 1, 0.685},
		// The median is the upper quartile: no skewness. Distances 0 0 0 90 90 from
		// 100, MAD 0 of five.
		{[]float64{10, 10, 100, 100, 100}, 1, 1},
		// The median is 0, of sizes and of what has no other value.
		{[]float64{0, 0, 0, 7}, 0, 0.5},
		{[]float64{0.5, 0.5, 0.5}, 1, 1},
		// Symmetric, and far from the median: distances 49 0 49, MAD 49: 1/50.
		{[]float64{1, 50, 99}, 1, 0.51},
	} {
		given := append([]float64(nil), c.values...)
		if got := steadiness(given, c.ofNothing); got != c.want {
			t.Errorf("%v: %v, want %v", c.values, got, c.want)
		}
	}
}

func TestHistogramBars(t *testing.T) {
	// A bar holds its first second; the last bar its last one, too.
	h := newHistogram([]float64{100, 109, 110, 339, 340}, 100, 340)
	want := histogram{0: 2, 1: 1, 23: 2}
	if *h != want {
		t.Errorf("%v, want %v", *h, want)
	}
}

func TestHistogramScores(t *testing.T) {
	var half, full, wide, many, few, enough, ragged histogram
	for i := range bars {
		full[i] = 7
		if i < 12 {
			half[i] = 2
		}
		// Classes of 40·5 % = 2: 38 and 39 are in one, 40 in another.
		wide[i] = 38 + i%3
		ragged[i] = 1 + i*i
	}
	for i := range 6 {
		many[i], many[6+i] = 1, 5
	}
	many[11] = 9 // the bar that is let off: 6 + 5 of 12 − 1
	for i := range 10 {
		few[i], enough[i] = 1, 1
	}
	enough[20] = 1
	for name, c := range map[string]struct {
		h                    histogram
		evenness, twoHeights float64
	}{
		// Mean 1, deviation 1.
		"half": {half, 0, 1},
		"full": {full, 1, 1},
		// Mean 39, variance 2/3: 1 − 0.8165/39.
		"wide": {wide, 0.979, 1},
		"many": {many, 0, 1},
		// Ten bars are too few.
		"few":    {few, 0, 0},
		"enough": {enough, 0, 1},
		// 24 heights 1 + i², the highest 530, classes of 27: i = 0…5 are in the first
		// (1 to 26), 6 and 7 (37, 50) in the second, and never more later: 8/23.
		// Mean 181.17, deviation 164.85.
		"ragged": {ragged, 0.09, 0.348},
	} {
		if got := c.h.twoHeights(); got != c.twoHeights {
			t.Errorf("%s: two heights %v, want %v", name, got, c.twoHeights)
		}
		if got := c.h.evenness(); got != c.evenness {
			t.Errorf("%s: evenness %v, want %v", name, got, c.evenness)
		}
	}
}

func TestHistogramDuration(t *testing.T) {
	for name, c := range map[string]struct {
		filled        []int
		lasted, input float64
		want          float64
	}{
		"five bars":       {[]int{0, 1, 2, 3, 4}, 100, 100, 0},
		"a third":         {[]int{0, 2, 4, 6, 8, 10}, 100, 300, 0.334}, // rounded up
		"six in a row":    {[]int{3, 4, 5, 6, 7, 8}, 10, 100, 0.5},
		"round the clock": {[]int{22, 23, 0, 1, 2, 3, 10}, 1, 100, 0.5},
		"half a day":      {[]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 1, 100, 1},
		"seven of twelve": {[]int{0, 1, 2, 3, 4, 5, 6}, 1, 100, 0.584},
	} {
		var h histogram
		for _, i := range c.filled {
			h[i] = 1
		}
		if got := h.duration(c.lasted, c.input); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// Four flows at 0, 10, 30 and 60 s of an input of 60 s, of sizes 1 2 9 9. Gaps 10
// 20 30: symmetric, MAD 10 of 20, (1 + 0.5)/2. Sizes: quartiles 1.5 5.5 9 spread by
// 7.5; distances 3.5 3.5 3.5 4.5, 2/5.5. Bars at 0, 4, 12 and 23: mean 1/6,
// deviation √(4/24 − 1/36) = 0.373, so no evenness, and too few for more.
func TestBeaconOfFourFlows(t *testing.T) {
	got := NewBeacon([]float64{0, 10, 30, 60}, []float64{1, 2, 9, 9}, 0, 60)
	if want := (Beacon{Score: 0.358, Timing: 0.75, Sizes: 0.682}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	// Five flows in three seconds are too few.
	if got := NewBeacon([]float64{0, 0.5, 10, 10.1, 20}, repeated(5, 1), 0, 60); got != (Beacon{}) {
		t.Errorf("%+v, want nothing", got)
	}
	// A second flow in a second is no gap, and counts as a size.
	if got := NewBeacon([]float64{0, 10, 10.9, 20, 30}, []float64{1, 1, 50, 1, 1}, 0, 30); got.Timing != 1 || got.Sizes != 1 {
		t.Errorf("%+v", got)
	}
}

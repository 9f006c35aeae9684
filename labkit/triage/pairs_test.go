package triage

import (
	"math"
	"testing"
)

// every returns times that are gaps apart.
func every(gaps ...float64) []float64 {
	times := []float64{0}
	for _, g := range gaps {
		times = append(times, times[len(times)-1]+g)
	}
	return times
}

func TestRhythm(t *testing.T) {
	q := math.Exp2(-0.75) - math.Exp2(-1.25) // 0.174
	for _, c := range []struct {
		name string
		ends []float64
		want float64
	}{
		{"a clock: all gaps are steady", every(60, 60, 60, 60, 60, 60, 60, 60), 8 * math.Log2(1/q)},
		{"jitter within a quarter", every(60, 70, 50, 75, 45, 60, 60, 60), 8 * math.Log2(1/q)},
		// The median of 10, 40, 60, 60, 60, 100 is 60; three of six are within 15 s.
		{"half are steady", every(60, 10, 60, 100, 60, 40), 6 * (0.5*math.Log2(0.5/q) + 0.5*math.Log2(0.5/(1-q)))},
		{"a burst", every(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5), 0},
		// The median of 1, 2, 4, …, 128 is 12; none is within 3 s.
		{"none is steady", every(1, 2, 4, 8, 16, 32, 64, 128), 0},
	} {
		if got := rhythm(c.ends); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %v bits, want %v", c.name, got, c.want)
		}
	}
}

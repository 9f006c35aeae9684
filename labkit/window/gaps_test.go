package window

import (
	"math"
	"testing"
)

func TestRegularity(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		gaps               []float64
		regularity, median float64
	}{
		{nil, nan, nan},
		{[]float64{5}, nan, 5},
		{[]float64{5, 7}, nan, 6},
		{[]float64{60, 60, 60}, 1, 60},
		{[]float64{0, 0, 0, 1}, nan, 0},
		// Distances from 4: 3 2 0 2 3, in order 0 2 2 3 3.
		{[]float64{1, 2, 4, 6, 7}, 0.5, 4},
		// The median is (50+70)/2 = 60; distances 50 10 10 50, median 30.
		{[]float64{10, 50, 70, 110}, 0.5, 60},
		// As irregular as can be: distances 1 1 0 99, median 1.
		{[]float64{0, 0, 1, 100}, 0, 0.5},
	} {
		want := c.gaps
		regularity, median := Regularity(append([]float64(nil), c.gaps...))
		if !equal(regularity, c.regularity) || !equal(median, c.median) {
			t.Errorf("%v: %v, median %v, want %v, median %v", want, regularity, median, c.regularity, c.median)
		}
	}
}

func equal(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }

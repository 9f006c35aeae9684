package smo

import (
	"math"
	"testing"
)

// TestSelectPairByHand puts rows at 0, 1, 10 and 11 on a line, all free. Row 0
// has the smallest gradient. Rows 1 and 2 exceed it by the same 1, and K with
// row 0 is 1/2 and 0: the curvature is 1 and 2, so row 1 promises 1, row 2 1/2.
func TestSelectPairByHand(t *testing.T) {
	for _, test := range []struct {
		name   string
		alpha  []float64
		grad   []float64
		i, j   int
		wantOK bool
	}{
		{"less curvature wins", []float64{.5, .5, .5, .5}, []float64{1, 2, 2, 1.1}, 0, 1, true},
		{"larger difference wins", []float64{.5, .5, .5, .5}, []float64{1, 2, 3, 1.1}, 0, 2, true},
		{"a full row does not grow", []float64{1, .5, .5, .5}, []float64{1, 2, 3, 2}, 3, 2, true},
		{"an empty row does not shrink", []float64{.5, 0, .5, .5}, []float64{1, 9, 2, 1.1}, 0, 2, true},
		{"the last of equals", []float64{.5, .5, .5, .5}, []float64{1, 1, 2, 2}, 1, 3, true},
		{"within the tolerance", []float64{.5, .5, .5, .5}, []float64{1, 1.0009, 1, 1}, 0, 0, false},
		{"all full", []float64{1, 1, 1, 1}, []float64{1, 2, 3, 4}, 0, 0, false},
	} {
		p := Problem{Points: []float64{0, 1, 10, 11}, Cols: 1, Gamma: math.Ln2, Nu: 0.5}
		s := newSolver(t.Context(), p, cacheBytes)
		copy(s.alpha, test.alpha)
		copy(s.grad, test.grad)
		i, j, ok := s.selectPair()
		if ok != test.wantOK || ok && (i != test.i || j != test.j) {
			t.Errorf("%s: got %d, %d, %v, want %d, %d, %v", test.name, i, j, ok, test.i, test.j, test.wantOK)
		}
	}
}

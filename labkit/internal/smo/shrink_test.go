package smo

import (
	"math"
	"testing"
)

// TestReconstruct stops searches whenever rows are set aside and computes the
// gradient of those rows from all weights.
func TestReconstruct(t *testing.T) {
	for name, p := range problems() {
		t.Run(name, func(t *testing.T) {
			n := len(p.Points) / p.Cols
			s := newSolver(t.Context(), p, 4*3*n)
			var most int
			for range 400 {
				i, j, ok := s.selectPair()
				if !ok {
					break
				}
				s.move(i, j)
				before := s.active
				s.shrink()
				if s.active == before {
					continue
				}
				most = max(most, n-s.active)
				s.reconstruct()
				for i := s.active; i < n; i++ {
					want := storedGradient(s, i)
					if got := s.grad[i]; math.Abs(got-want) > 1e-9 {
						t.Fatalf("gradient of row %d, set aside: got %v, want %v", s.id[i], got, want)
					}
				}
			}
			if most == 0 {
				t.Error("no row was ever set aside")
			}
		})
	}
}

// storedGradient returns Σ_j α_j K(i, j) with the kernel values of the solver.
func storedGradient(s *solver, i int) float64 {
	sum := 0.0
	for j, k := range s.kernel.row(i, len(s.alpha)) {
		sum += s.alpha[j] * float64(k)
	}
	return sum
}

// TestShrinkByHand has six rows: two that may move, two that stay at a bound,
// two at a bound where the gradient pulls them away from it.
func TestShrinkByHand(t *testing.T) {
	p := Problem{Points: []float64{0, 1, 2, 3, 4, 5}, Cols: 1, Gamma: 1, Nu: 0.5}
	s := newSolver(t.Context(), p, cacheBytes)
	s.restored = true
	copy(s.alpha, []float64{1, 0, 0.5, 0.5, 0, 1})
	copy(s.grad, []float64{0.1, 0.9, 0.4, 0.6, 0.3, 0.7})
	// May grow: rows 1 to 4, lowest gradient 0.3. May shrink: 0, 2, 3, 5, highest
	// 0.7. So row 0 (at 1, below 0.3) and row 1 (at 0, above 0.7) are settled.
	s.shrink()
	if s.active != 4 {
		t.Fatalf("%d rows are active, want 4", s.active)
	}
	want := []int{5, 4, 2, 3, 1, 0} // 0 trades places with the last row, then 1 with the last but one
	for i, id := range s.id {
		if id != want[i] {
			t.Fatalf("rows stand in the order %v, want %v", s.id, want)
		}
	}
	if s.kernel.points[0][5] != 0 || s.alpha[5] != 1 || s.grad[5] != 0.1 {
		t.Errorf("row 0 did not move as a whole: point %v, weight %v, gradient %v",
			s.kernel.points[0][5], s.alpha[5], s.grad[5])
	}
}

package smo

import (
	"math"
	"slices"
)

// ahead is the number of kernel rows computed together when one is missing. Of
// 16 nearly all are used later; with fewer, goroutines cost more than they save.
const ahead = 16

// selectPair returns the positions of the two active rows whose weights are to
// be moved next: α_i up and α_j down. It returns ok = false if the gradients
// of all active rows agree within the tolerance.
//
// Row i has the smallest gradient of those whose weight may grow. Of those
// whose weight may shrink and whose gradient is larger, row j promises the
// largest decrease of the objective, difference²/curvature (Fan, Chen and Lin,
// 2005, WSS 2). Among equals the last one is taken, as LIBSVM does: on data
// with repeated rows another choice leads to other weights.
func (s *solver) selectPair() (i, j int, ok bool) {
	i = s.lowest()
	if i < 0 {
		return 0, 0, false
	}
	grad, alpha := s.grad[:s.active], s.alpha[:s.active]
	row := s.growing(i)
	start := grad[i]

	j, best, highest := -1, math.Inf(-1), math.Inf(-1)
	for t, g := range grad {
		if alpha[t] <= 0 {
			continue
		}
		if g > highest {
			highest = g
		}
		if difference := g - start; difference > 0 {
			if decrease := difference * difference / curvature(row[t]); decrease >= best {
				j, best = t, decrease
			}
		}
	}
	return i, j, j >= 0 && highest-start >= tolerance
}

// lowest returns the last position of the smallest gradient among the active
// rows whose weight may grow, or -1 if there is none.
func (s *solver) lowest() int {
	at, least := -1, math.Inf(1)
	alpha := s.alpha[:s.active]
	for t, g := range s.grad[:s.active] {
		if alpha[t] < 1 && g <= least {
			at, least = t, g
		}
	}
	return at
}

// growing returns the kernel row of position i, which [solver.lowest] has
// chosen. If it must be computed, so are those of the rows that are likely to
// be chosen next: one row is too little work to share among processors.
func (s *solver) growing(i int) []float32 {
	if !s.kernel.holds(i, s.active) {
		s.kernel.fetch(s.candidates(), s.active)
	}
	return s.kernel.row(i, s.active)
}

// candidates returns the positions of active rows whose weight may grow and
// whose kernel row is missing, by ascending gradient. They are at most ahead,
// and no more than the cache holds. The last of equals comes first, as in lowest.
func (s *solver) candidates() []int {
	limit := min(ahead, s.kernel.size)
	next := make([]int, 0, limit+1)
	for t, g := range s.grad[:s.active] {
		if len(next) == limit && g > s.grad[next[limit-1]] || s.atUpper(t) || s.kernel.holds(t, s.active) {
			continue
		}
		rank := len(next)
		for rank > 0 && g <= s.grad[next[rank-1]] {
			rank--
		}
		next = slices.Insert(next, rank, t)
		next = next[:min(len(next), limit)]
	}
	return next
}

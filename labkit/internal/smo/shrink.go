package smo

import "math"

// shrink sets aside the active rows whose weight lies at a bound and whose
// gradient says that it will stay there: the search then runs over fewer rows.
// The guess may be wrong, so all rows are asked again before the search ends,
// and once when the optimum has come near.
func (s *solver) shrink() {
	lowest, highest := s.extremes()
	if !s.restored && highest-lowest <= 10*tolerance {
		s.restored = true
		s.restore()
	}
	settled := func(i int) bool {
		return s.atUpper(i) && s.grad[i] < lowest || s.atLower(i) && s.grad[i] > highest
	}
	for i := 0; i < s.active; i++ {
		if !settled(i) {
			continue
		}
		// Row i trades places with the last active row that stays.
		s.active--
		for s.active > i && settled(s.active) {
			s.active--
		}
		if s.active > i {
			s.swap(i, s.active)
		}
	}
}

// extremes returns the smallest gradient of the active rows whose weight may
// grow and the largest of those whose weight may shrink.
func (s *solver) extremes() (lowest, highest float64) {
	lowest, highest = math.Inf(1), math.Inf(-1)
	for i, g := range s.grad[:s.active] {
		if !s.atUpper(i) {
			lowest = min(lowest, g)
		}
		if !s.atLower(i) {
			highest = max(highest, g)
		}
	}
	return lowest, highest
}

// swap exchanges all that is known about the rows at positions i < j.
func (s *solver) swap(i, j int) {
	s.kernel.swap(i, j)
	s.id[i], s.id[j] = s.id[j], s.id[i]
	s.alpha[i], s.alpha[j] = s.alpha[j], s.alpha[i]
	s.grad[i], s.grad[j] = s.grad[j], s.grad[i]
	s.full[i], s.full[j] = s.full[j], s.full[i]
}

// restore makes all rows active again.
func (s *solver) restore() {
	s.reconstruct()
	s.active = len(s.alpha)
}

// reconstruct computes the gradient of the rows that were set aside. Only free
// rows contribute to it beyond full, and all free rows are active.
func (s *solver) reconstruct() {
	n, active := len(s.alpha), s.active
	if active == n {
		return
	}
	copy(s.grad[active:], s.full[active:])

	var free []int
	for i := range active {
		if s.free(i) {
			free = append(free, i)
		}
	}
	// Either way adds the same products in the same order. The first asks for
	// the rows set aside, the second for the free rows: take what is cheaper.
	if len(free)*n > 2*active*(n-active) {
		aside := make([]int, n-active)
		for t := range aside {
			aside[t] = active + t
		}
		for batch, rows := range s.kernel.batches(aside, active) {
			for t, i := range batch {
				for _, j := range free {
					s.grad[i] += float64(s.alpha[j] * float64(rows[t][j]))
				}
			}
		}
		return
	}
	s.addRows(s.grad, free, active)
}

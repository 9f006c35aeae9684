package randomstate

import "math/bits"

// Intn returns an integer in [0, n), as randint(n). n must be in [1, 1<<32).
//
// A draw is masked to the smallest power of two that covers n and thrown away
// if it is too large: one 32-bit output per try, none at all for n = 1.
func (r *RandomState) Intn(n int) int {
	if n < 1 || uint64(n) >= 1<<32 {
		panic("randomstate: Intn needs 1 <= n < 1<<32")
	}
	limit := uint32(n - 1)
	if limit == 0 {
		return 0
	}
	mask := uint32(1)<<bits.Len32(limit) - 1
	for {
		if v := r.Uint32() & mask; v <= limit {
			return int(v)
		}
	}
}

// Permutation returns the integers 0 to n-1 in random order, as permutation(n).
func (r *RandomState) Permutation(n int) []int {
	p := make([]int, n)
	for i := range p {
		p[i] = i
	}
	for i := n - 1; i > 0; i-- {
		j := r.Intn(i + 1)
		p[i], p[j] = p[j], p[i]
	}
	return p
}

// Weighted returns n indices into p, index i with probability p[i], as
// choice(len(p), n, p=p).
func (r *RandomState) Weighted(n int, p []float64) []int {
	cumulative := make([]float64, len(p))
	sum := 0.0
	for i, w := range p {
		sum += w
		cumulative[i] = sum
	}
	for i := range cumulative {
		cumulative[i] /= sum
	}
	indices := make([]int, n)
	for k := range indices {
		u := r.Float64()
		i := 0
		for i < len(p)-1 && cumulative[i] <= u {
			i++
		}
		indices[k] = i
	}
	return indices
}

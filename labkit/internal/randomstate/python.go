package randomstate

import (
	"math/bits"
	"slices"
	"sort"
)

// NewPython returns a generator seeded as Python's random.Random(seed) is:
// Float64 then is random(), and Uniform is uniform(low, high).
func NewPython(seed uint32) *RandomState {
	r := new(RandomState)
	r.twister.SeedFromKeys([]uint32{seed})
	return r
}

// Choice returns an index into weights, drawn with a probability in proportion
// to its weight, as Python's choices(range(n), weights)[0].
func (r *RandomState) Choice(weights []float64) int {
	cumulative := make([]float64, len(weights))
	sum := 0.0
	for i, w := range weights {
		sum += w
		cumulative[i] = sum
	}
	u := float64(r.Float64() * sum)
	last := len(weights) - 1
	return sort.Search(last, func(i int) bool { return cumulative[i] > u })
}

// Sample appends k different integers of [0, n) to dst, as Python's
// sample(range(n), k). k must be in [0, n], n below 1<<32.
func (r *RandomState) Sample(dst []int, n, k int) []int {
	first := len(dst)
	if n > poolSize(k) {
		for len(dst) < first+k {
			if v := r.below(n); !slices.Contains(dst[first:], v) {
				dst = append(dst, v)
			}
		}
		return dst
	}
	pool := make([]int, n)
	for i := range pool {
		pool[i] = i
	}
	for last := n - 1; last >= n-k; last-- {
		j := r.below(last + 1)
		dst = append(dst, pool[j])
		pool[j] = pool[last]
	}
	return dst
}

// poolSize returns up to how many integers CPython draws k of from a list of
// them; beyond, it draws anew what it has already.
func poolSize(k int) int {
	size := 21
	if k > 5 {
		fours := 1
		for fours < 3*k {
			fours *= 4
		}
		size += fours
	}
	return size
}

// below returns an integer in [0, n), as Python's randrange(n): as many of the
// highest bits as n has, drawn again while they are too large.
func (r *RandomState) below(n int) int {
	shift := 32 - bits.Len32(uint32(n))
	for {
		if v := int(r.Uint32() >> shift); v < n {
			return v
		}
	}
}

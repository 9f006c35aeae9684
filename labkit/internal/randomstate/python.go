package randomstate

import "sort"

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

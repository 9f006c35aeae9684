// Package randomstate is numpy's legacy random generator, RandomState: the one
// behind np.random.seed and behind every random_state of scikit-learn.
//
// It exists because "the same seed" means nothing unless the stream is the
// same too: with it GenerateFlows makes the Python lab's flows, and the
// isolation forest draws scikit-learn's trees. math/rand cannot give either.
// The order in which each distribution consumes the stream is part of the
// contract, so methods here are not to be reordered or "simplified".
//
// Products that are summed are wrapped in a conversion, float64(x*y) + z,
// which forbids the compiler to fuse them into one rounding on architectures
// with a fused multiply-add: numpy's build does not fuse them either.
//
// Sources: M. Matsumoto and T. Nishimura, Mersenne Twister, ACM TOMACS 8(1),
// 1998; numpy.random.RandomState, https://numpy.org/doc/stable/reference/random/legacy.html.
package randomstate

const (
	stateSize = 624
	middle    = 397
	matrixA   = 0x9908b0df
	upperMask = 0x80000000
	lowerMask = 0x7fffffff
)

// A RandomState is a Mersenne Twister (MT19937) with numpy's distributions.
// It is not safe for use by several goroutines at once.
type RandomState struct {
	state [stateSize]uint32
	next  int // position in state of the next output

	// The polar method makes normal variates in pairs. The second of a pair
	// waits here, across calls of other distributions.
	spare    float64
	hasSpare bool
}

// New returns a generator seeded as np.random.RandomState(seed) is.
func New(seed uint32) *RandomState {
	r := &RandomState{next: stateSize}
	r.state[0] = seed
	for i := uint32(1); i < stateSize; i++ {
		prev := r.state[i-1]
		r.state[i] = 1812433253*(prev^prev>>30) + i
	}
	return r
}

// Uint32 returns the next 32 random bits.
func (r *RandomState) Uint32() uint32 {
	if r.next == stateSize {
		r.twist()
	}
	y := r.state[r.next]
	r.next++
	y ^= y >> 11
	y ^= y << 7 & 0x9d2c5680
	y ^= y << 15 & 0xefc60000
	return y ^ y>>18
}

// twist replaces the whole state by the next block of the recurrence.
func (r *RandomState) twist() {
	for i := range r.state {
		y := r.state[i]&upperMask | r.state[(i+1)%stateSize]&lowerMask
		next := r.state[(i+middle)%stateSize] ^ y>>1
		if y&1 != 0 {
			next ^= matrixA
		}
		r.state[i] = next
	}
	r.next = 0
}

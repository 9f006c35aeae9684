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
// 1998, as gonum's mathext/prng has it; numpy.random.RandomState,
// https://numpy.org/doc/stable/reference/random/legacy.html.
package randomstate

import "gonum.org/v1/gonum/mathext/prng"

// A RandomState is a Mersenne Twister (MT19937) with numpy's distributions.
// It is not safe for use by several goroutines at once.
type RandomState struct {
	twister prng.MT19937

	// The polar method makes normal variates in pairs. The second of a pair
	// waits here, across calls of other distributions.
	spare    float64
	hasSpare bool
}

// New returns a generator seeded as np.random.RandomState(seed) is.
func New(seed uint32) *RandomState {
	r := new(RandomState)
	r.twister.Seed(uint64(seed))
	return r
}

// Uint32 returns the next 32 random bits.
func (r *RandomState) Uint32() uint32 { return r.twister.Uint32() }

package triage

import (
	"cmp"
	"math"
	"slices"
)

// An observation is a value of one host in a list.
type observation struct {
	host  int32
	value float64
	row   int // where the list has it
}

// highestFirst sorts observations; of equal values that of the earlier row comes
// first.
func highestFirst(o []observation) {
	slices.SortFunc(o, func(a, b observation) int {
		return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.row, b.row))
	})
}

// chance estimates how likely it is that one of the others has a value of at
// least x, in [0, 1]: from their highest values, taken for the tail of a Pareto
// distribution, whose slope they give themselves (B. M. Hill, A Simple General
// Approach to Inference About the Tail of a Distribution, 1975).
//
// The tail begins at u, the (⌈√n⌉+1)-th highest of the n values of others, or
// the floor if that is higher. With k values above u,
//
//	g = (1 + Σ ln(v/u)) / (k+1)
//	T = (k+1)/(n+1) · (u/x)^(1/g)
//
// where the 1 in g is a pseudo-observation: with few values above u the tail is
// taken for one of slope 1. Below u, T is the share of the values that are at
// least x.
//
// sorted has the highest values first, those of the host itself among them, and
// all that are at least the floor; x is at least the floor. own is how many
// there are of the host's that are at least x.
func chance(x float64, host int32, own int, sorted []observation, n int, floor float64) float64 {
	t := tailOf(host, sorted, n, floor)
	return t.chance(x, own, sorted)
}

// A tail is the upper tail of the values of others.
type tail struct {
	n, k int
	u, g float64
}

// tailOf returns the tail of all but one host.
func tailOf(host int32, sorted []observation, n int, floor float64) tail {
	t := tail{n: n, u: tailBegin(host, sorted, n, floor)}
	logs := 0.0
	for _, o := range sorted {
		if o.value <= t.u {
			break
		}
		if o.host != host {
			t.k++
			logs += math.Log(o.value / t.u)
		}
	}
	t.g = (1 + logs) / float64(t.k+1)
	return t
}

// chance is that of x in the tail, or below it by the share of sorted.
func (t *tail) chance(x float64, own int, sorted []observation) float64 {
	if x >= t.u {
		return float64(t.k+1) / float64(t.n+1) * math.Pow(t.u/x, 1/t.g)
	}
	above, _ := slices.BinarySearchFunc(sorted, x, func(o observation, x float64) int {
		if o.value >= x {
			return -1
		}
		return 1
	})
	return float64(above-own) / float64(t.n)
}

// tailBegin returns from which value on the tail of the others begins.
func tailBegin(host int32, sorted []observation, n int, floor float64) float64 {
	rank := int(math.Ceil(math.Sqrt(float64(n)))) + 1
	for _, o := range sorted {
		if o.host == host {
			continue
		}
		if rank--; rank == 0 {
			return max(o.value, floor)
		}
	}
	return floor
}

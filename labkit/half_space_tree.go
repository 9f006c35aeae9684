package labkit

import (
	"slices"

	"flowlab/labkit/internal/randomstate"
)

// A halfSpaceTree is a perfect binary tree laid out level by level: the
// children of node i are 2i + 1 and 2i + 2. Its splits are drawn before any row
// is seen.
type halfSpaceTree struct {
	splits            []halfSpaceSplit // of the inner nodes
	reference, latest []int            // rows counted in each node: in the last full window, and since
}

// A halfSpaceSplit sends a row left if its value in a column is below at.
type halfSpaceSplit struct {
	column int
	at     float64
}

// halfSpacePadding keeps a split away from the ends of what is left of a
// column's range, as a share of it: River's, in place of the paper's work range.
const halfSpacePadding = 0.15

// newHalfSpaceTree draws the splits of columns scaled to [0, 1]; one whose
// width is 0 is left out.
func newHalfSpaceTree(width []float64, height int, r *randomstate.RandomState) halfSpaceTree {
	inner := 1<<height - 1
	t := halfSpaceTree{make([]halfSpaceSplit, inner), make([]int, 2*inner+1), make([]int, 2*inner+1)}
	low, high := make([]float64, len(width)), slices.Clone(width)
	for j := range high {
		if width[j] > 0 {
			high[j] = 1
		}
	}
	t.draw(0, low, high, r)
	return t
}

// draw draws the split of a node and of all below it, left before right. A
// column is drawn in proportion to what is left of its range, from low to high;
// both are the same after draw as before.
func (t halfSpaceTree) draw(node int, low, high []float64, r *randomstate.RandomState) {
	if node >= len(t.splits) {
		return
	}
	left := make([]float64, len(low))
	for j := range left {
		left[j] = high[j] - low[j]
	}
	column := r.Choice(left)
	a, b := low[column], high[column]
	padding := float64(halfSpacePadding * (b - a))
	at := r.Uniform(a+padding, b-padding)
	t.splits[node] = halfSpaceSplit{column, at}

	high[column] = at
	t.draw(2*node+1, low, high, r)
	low[column], high[column] = at, b
	t.draw(2*node+2, low, high, r)
	low[column] = a
}

// child returns the node that a row reaches next.
func (t halfSpaceTree) child(node int, row []float64) int {
	if s := t.splits[node]; row[s.column] < s.at {
		return 2*node + 1
	}
	return 2*node + 2
}

// count counts a row in the nodes on its way down.
func (t halfSpaceTree) count(row []float64, height int) {
	node := 0
	for range height {
		t.latest[node]++
		node = t.child(node, row)
	}
	t.latest[node]++
}

// mass returns the sum of r·2^depth over the nodes on a row's way down, up to
// and with the first that has counted r below limit.
func (t halfSpaceTree) mass(row []float64, height int, limit float64) float64 {
	node, sum := 0, 0.0
	for depth := range height {
		r := float64(t.reference[node])
		sum += r * float64(int(1)<<depth)
		if r < limit {
			return sum
		}
		node = t.child(node, row)
	}
	return sum + float64(t.reference[node]*(1<<height))
}

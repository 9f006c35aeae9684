package isolation

import "flowlab/labkit/internal/randomstate"

// scikit-learn grows its isolation trees with the machinery of its regression
// trees: every row is given a random target, a node's impurity is the variance
// of the targets, and a node stops when that variance, or the reduction of it
// by the split, is nothing. With random targets this almost never decides; but
// a forest that is to be equal node for node has to ask the same question,
// with sums taken in the same order. To understand isolation forests, skip
// this file.

// epsilon is the distance from 1 to the next larger float64.
const epsilon = 0x1p-52

// RandomTargets returns a target in [0, 1) for each of n rows, which
// [GrowTree] asks for.
func RandomTargets(n int, seed uint32) []float64 {
	r := randomstate.New(seed)
	targets := make([]float64, n)
	for i := range targets {
		targets[i] = r.Float64()
	}
	return targets
}

// sampleTargets are the targets of the rows of a tree's sample.
type sampleTargets []float64

// impurity returns the variance of the targets of a node. Here and below, rows
// are those of the whole sample in the splitter's order.
func (t sampleTargets) impurity(rows []int, n nodeRows) float64 {
	sum, squares := t.sums(rows, n)
	return variance(sum, squares, n.count())
}

// judge sets the impurity of the children of a node and tells whether the
// split is worth keeping.
func (t sampleTargets) judge(rows []int, n nodeRows, left, right *nodeRows) bool {
	sum, squares := t.sums(rows, n)
	leftSum, leftSquares := t.sums(rows, *left)
	if left.count() > right.count() {
		// The shorter side is added up, or taken off from the end.
		leftSum = sum
		for p := n.end - 1; p >= left.end; p-- {
			leftSum -= t[rows[p]]
		}
	}
	left.impurity = variance(leftSum, leftSquares, left.count())
	right.impurity = variance(sum-leftSum, squares-leftSquares, right.count())

	w, wl, wr := float64(n.count()), float64(left.count()), float64(right.count())
	reduction := n.impurity - float64(wr/w*right.impurity) - float64(wl/w*left.impurity)
	return float64(w/float64(len(rows))*reduction)+epsilon >= 0
}

// sums returns the sum of a node's targets and of their squares, in row order.
func (t sampleTargets) sums(rows []int, n nodeRows) (sum, squares float64) {
	for _, row := range rows[n.start:n.end] {
		y := t[row]
		sum += y
		squares += float64(y * y)
	}
	return sum, squares
}

func variance(sum, squares float64, n int) float64 {
	mean := sum / float64(n)
	return squares/float64(n) - float64(mean*mean)
}

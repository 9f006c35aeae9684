package kdtree

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/internal/parallel"
)

// This file walks the tree. The walk enters the nearer child first, the left
// one if both are equally near, and reads a leaf in the order in which the
// split left it: the order in which scikit-learn meets the rows.

// block is how many queries a goroutine takes at a time: enough to make taking
// them cheap, few enough for all to end together.
const block = 32

// Nearest returns the k nearest rows of the tree for every row of queries,
// nearest first: those of query i are at [i*k : (i+1)*k]. A query that is
// itself a row of the tree finds itself. Nearest panics if k is not from 1 to
// the number of rows, or if queries differs from the tree in columns.
//
// The queries are shared out among the cores. A search writes only its own part
// of the result, which therefore does not depend on how many there are.
func (t *Tree) Nearest(queries *mat.Dense, k int) []Neighbor {
	if k < 1 || k > len(t.rows) {
		panic("kdtree: k is not between 1 and the number of rows")
	}
	count, cols := queries.Dims()
	if cols != t.dim {
		panic("kdtree: queries and tree differ in columns")
	}
	nearest := make([]Neighbor, count*k)
	parallel.Blocks(count, block, func(first, end int) {
		for i := first; i < end; i++ {
			t.search(queries.RawRowView(i), nearest[i*k:(i+1)*k])
		}
	})
	return nearest
}

// search fills nearest with the rows nearest to the query, nearest first.
func (t *Tree) search(query []float64, nearest []Neighbor) {
	for i := range nearest {
		nearest[i] = Neighbor{Distance: math.Inf(1)}
	}
	// While the search lasts, distances stay squared: they have the same order.
	t.visit(0, 0, query, nearest)
	sortByDistance(nearest)
	for i := range nearest {
		nearest[i].Distance = math.Sqrt(nearest[i].Distance)
	}
}

// visit offers the rows of a node to the heap of nearest rows, unless the node
// is no nearer to the query than the farthest of them.
func (t *Tree) visit(node int, distance float64, query []float64, nearest []Neighbor) {
	switch {
	case distance >= nearest[0].Distance:
	case t.isLeaf(node):
		t.scan(t.nodes[node], query, nearest)
	default:
		near, far := 2*node+1, 2*node+2
		toNear, toFar := t.toBox(near, query), t.toBox(far, query)
		if toFar < toNear {
			near, far, toNear, toFar = far, near, toFar, toNear
		}
		t.visit(near, toNear, query, nearest)
		t.visit(far, toFar, query, nearest)
	}
}

// scan offers each row of a leaf to the heap of nearest rows.
func (t *Tree) scan(leaf span, query []float64, nearest []Neighbor) {
	for i := leaf.start; i < leaf.end; i++ {
		point := t.points[i*t.dim : (i+1)*t.dim]
		offer(nearest, Neighbor{t.rows[i], squaredDistance(query, point)})
	}
}

// toBox returns the squared distance from the query to the nearest point of a
// node's box, which is 0 inside it.
func (t *Tree) toBox(node int, query []float64) float64 {
	low, high := t.box(node)
	sum := 0.0
	for j, q := range query {
		if d := max(low[j]-q, q-high[j]); d > 0 {
			sum += float64(d * d)
		}
	}
	return sum
}

// squaredDistance adds the squares from left to right. The conversion keeps the
// compiler from fusing the multiplication with the addition on processors that
// can, which would change the last bit and break ties that are ties elsewhere.
func squaredDistance(a, b []float64) float64 {
	sum := 0.0
	for j, v := range a {
		d := v - b[j]
		sum += float64(d * d)
	}
	return sum
}

package kdtree

import (
	"context"
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
	t.checkCount(k)
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

// NearestOwn returns what [Tree.Nearest] returns for the matrix that the tree was
// made of. It asks for the rows leaf by leaf: one after the other they walk
// through the same nodes, which are then at hand. Its only error is that of ctx,
// if ctx is done before the search.
func (t *Tree) NearestOwn(ctx context.Context, k int) ([]Neighbor, error) {
	t.checkCount(k)
	nearest := make([]Neighbor, len(t.rows)*k)
	err := parallel.BlocksContext(ctx, len(t.rows), block, func(first, end int) {
		for i := first; i < end; i++ {
			row := t.rows[i]
			t.search(t.points[i*t.dim:(i+1)*t.dim], nearest[row*k:(row+1)*k])
		}
	})
	return nearest, err
}

// checkCount panics unless there are k rows to be found.
func (t *Tree) checkCount(k int) {
	if k < 1 || k > len(t.rows) {
		panic("kdtree: k is not between 1 and the number of rows")
	}
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

// scan offers each row of a leaf to the heap of nearest rows. It measures four
// distances at a time: within one, each sum has to wait for the last.
func (t *Tree) scan(leaf span, query []float64, nearest []Neighbor) {
	dim, worst := t.dim, nearest[0].Distance
	i := leaf.start
	for ; i+4 <= leaf.end; i += 4 {
		d0, d1, d2, d3 := squaredDistances(query, t.points[i*dim:(i+4)*dim])
		if d0 < worst {
			worst = replaceFarthest(nearest, Neighbor{t.rows[i], d0})
		}
		if d1 < worst {
			worst = replaceFarthest(nearest, Neighbor{t.rows[i+1], d1})
		}
		if d2 < worst {
			worst = replaceFarthest(nearest, Neighbor{t.rows[i+2], d2})
		}
		if d3 < worst {
			worst = replaceFarthest(nearest, Neighbor{t.rows[i+3], d3})
		}
	}
	for ; i < leaf.end; i++ {
		if d := squaredDistance(query, t.points[i*dim:(i+1)*dim]); d < worst {
			worst = replaceFarthest(nearest, Neighbor{t.rows[i], d})
		}
	}
}

// squaredDistances returns the squared distances to four points that lie one
// behind the other.
func squaredDistances(query, points []float64) (s0, s1, s2, s3 float64) {
	n := len(query)
	a, b, c, d := points[:n], points[n:2*n], points[2*n:3*n], points[3*n:4*n]
	for j, v := range query {
		d0, d1, d2, d3 := v-a[j], v-b[j], v-c[j], v-d[j]
		s0 += float64(d0 * d0)
		s1 += float64(d1 * d1)
		s2 += float64(d2 * d2)
		s3 += float64(d3 * d3)
	}
	return s0, s1, s2, s3
}

// toBox returns the squared distance from the query to the nearest point of a
// node's box, which is 0 inside it. At most one of below and above is positive,
// and v + |v| is 2v or 0: no branch, for none could be foretold.
func (t *Tree) toBox(node int, query []float64) float64 {
	low, high := t.box(node)
	low, high = low[:len(query)], high[:len(query)]
	sum := 0.0
	for j, q := range query {
		below, above := low[j]-q, q-high[j]
		d := ((below + math.Abs(below)) + (above + math.Abs(above))) * 0.5
		sum += float64(d * d)
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

package labkit

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// Scoring walks every row down every tree, and walking as the tree is drawn,
// with a branch at each node, makes the processor guess wrongly every other
// time. Here trees are laid out so that a step is arithmetic: all leaves lie at
// the same depth, and the children of node i are 2i and 2i+1. So many rows can
// go down side by side. Path lengths are the same to the last bit.

// An isolationWalk is a tree with all leaves at one depth. The root is node 1.
type isolationWalk struct {
	nodes   []walkNode
	lengths []float64 // the path length at each leaf, from left to right
}

// A walkNode sends a row to the right if its value in the column is above the
// threshold. A 32-bit value is above a 64-bit threshold if and only if it is
// above the next 32-bit number at or below that.
type walkNode struct {
	threshold float32
	column    uint32
}

func newIsolationWalks(trees []isolationTree, height int) []isolationWalk {
	walks := make([]isolationWalk, len(trees))
	for t, tree := range trees {
		walks[t] = isolationWalk{make([]walkNode, 1<<height), make([]float64, 1<<height)}
		walks[t].lay(tree, 0, 1)
	}
	return walks
}

// lay puts a node of the tree, and all below it, at place i.
func (w *isolationWalk) lay(tree isolationTree, node, i int) {
	n := tree[node]
	if n.left != 0 {
		w.nodes[i] = walkNode{floor32(n.threshold), uint32(n.column)}
		w.lay(tree, n.left, 2*i)
		w.lay(tree, n.right, 2*i+1)
		return
	}
	// From a leaf that lies higher all rows go on to the left.
	for ; i < len(w.nodes); i *= 2 {
		w.nodes[i].threshold = float32(math.Inf(1))
	}
	w.lengths[i-len(w.nodes)] = n.pathLength
}

// floor32 returns the largest 32-bit number that is not above v.
func floor32(v float64) float32 {
	f := float32(v)
	if float64(f) > v {
		f = math.Nextafter32(f, float32(math.Inf(-1)))
	}
	return f
}

const (
	lanes    = 8   // rows that walk side by side
	walkRows = 256 // rows that walk down a tree before the next is taken: they stay in the cache
)

// A walker holds the rows of a block, ready for walking: in groups, and within
// a group column by column.
type walker struct {
	values [][lanes]float32
	totals [walkRows / lanes][lanes]float64
}

// pathLengths sets totals to the sums of the path lengths of the rows of x from
// first on. It adds in the order of the trees: with floating point, another
// order is another number.
func (w *walker) pathLengths(totals []float64, walks []isolationWalk, x *mat.Dense, first int) {
	_, cols := x.Dims()
	groups := (len(totals) + lanes - 1) / lanes
	w.load(x, first, len(totals))
	for _, walk := range walks {
		for g := range groups {
			walk.add(&w.totals[g], w.values[g*cols:(g+1)*cols])
		}
	}
	for i := range totals {
		totals[i] = w.totals[i/lanes][i%lanes]
	}
}

// load takes n rows of x from first on. In the last group there may be lanes
// that no row walks in.
func (w *walker) load(x *mat.Dense, first, n int) {
	_, cols := x.Dims()
	if w.values == nil {
		w.values = make([][lanes]float32, walkRows/lanes*cols)
	}
	clear(w.totals[:])
	for i := range n {
		group := w.values[i/lanes*cols:]
		for j, v := range x.RawRowView(first + i) {
			group[j][i%lanes] = float32(v)
		}
	}
}

// add walks the rows of a group and adds their path lengths to the totals.
func (w *isolationWalk) add(totals *[lanes]float64, values [][lanes]float32) {
	nodes := w.nodes
	var a, b, c, d, e, f, g, h uint32 = 1, 1, 1, 1, 1, 1, 1, 1
	for depth := 1; depth < len(nodes); depth *= 2 {
		a = next(nodes, a, values, 0)
		b = next(nodes, b, values, 1)
		c = next(nodes, c, values, 2)
		d = next(nodes, d, values, 3)
		e = next(nodes, e, values, 4)
		f = next(nodes, f, values, 5)
		g = next(nodes, g, values, 6)
		h = next(nodes, h, values, 7)
	}
	for lane, leaf := range [lanes]uint32{a, b, c, d, e, f, g, h} {
		totals[lane] += w.lengths[leaf-uint32(len(nodes))]
	}
}

// next returns the child of node i that the row in a lane goes to.
func next(nodes []walkNode, i uint32, values [][lanes]float32, lane int) uint32 {
	n := &nodes[i]
	right := uint32(0)
	if values[n.column][lane] > n.threshold { // compiled without a branch
		right = 1
	}
	return 2*i + right
}

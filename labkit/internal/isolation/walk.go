package isolation

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/internal/parallel"
)

// Scoring walks every row down every tree, and walking as the tree is drawn,
// with a branch at each node, makes the processor guess wrongly every other
// time. Here trees are laid out so that a step is arithmetic: all leaves lie at
// the same depth, and the children of node i are 2i and 2i+1. So many rows can
// go down side by side. Path lengths are the same to the last bit.

// Walks are trees that are laid out for scoring.
type Walks []walk

// A walk is a tree with all leaves at one depth. The root is node 1.
type walk struct {
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

// WalkBytes returns how much memory [NewWalks] takes for a tree of a sample.
func WalkBytes(sampleSize int) int { return 16 << heightLimit(sampleSize) }

// NewWalks lays out trees. Each takes memory for its sample, rounded up to a
// power of two.
func NewWalks(trees []Tree) Walks {
	walks := make(Walks, len(trees))
	for t, tree := range trees {
		leaves := 1 << heightLimit(tree[0].Rows)
		walks[t] = walk{make([]walkNode, leaves), make([]float64, leaves)}
		walks[t].lay(tree, 0, 1)
	}
	return walks
}

// PathLengths returns, for each row of x, the sum of its path lengths in the
// trees.
func (w Walks) PathLengths(x *mat.Dense) []float64 {
	rows, _ := x.Dims()
	totals := make([]float64, rows)
	parallel.Blocks(rows, blockRows, func(first, end int) {
		var b block
		for ; first < end; first += blockRows {
			b.pathLengths(totals[first:min(first+blockRows, end)], w, x, first)
		}
	})
	return totals
}

// lay puts a node of the tree, and all below it, at place i.
func (w *walk) lay(tree Tree, node, i int) {
	n := tree[node]
	if n.Left != 0 {
		w.nodes[i] = walkNode{floor32(n.Threshold), uint32(n.Column)}
		w.lay(tree, n.Left, 2*i)
		w.lay(tree, n.Right, 2*i+1)
		return
	}
	// From a leaf that lies higher all rows go on to the left.
	for ; i < len(w.nodes); i *= 2 {
		w.nodes[i].threshold = float32(math.Inf(1))
	}
	w.lengths[i-len(w.nodes)] = n.PathLength
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
	lanes     = 8   // rows that walk side by side
	blockRows = 256 // rows that walk down a tree before the next is taken: they stay in the cache
)

// A block holds rows ready for walking: in groups, and within a group column by
// column.
type block struct {
	values [][lanes]float32
	totals [blockRows / lanes][lanes]float64
}

// pathLengths sets totals to the sums of the path lengths of the rows of x from
// first on. It adds in the order of the trees: with floating point, another
// order is another number.
func (b *block) pathLengths(totals []float64, walks Walks, x *mat.Dense, first int) {
	_, cols := x.Dims()
	groups := (len(totals) + lanes - 1) / lanes
	b.load(x, first, len(totals))
	for _, w := range walks {
		for g := range groups {
			w.add(&b.totals[g], b.values[g*cols:(g+1)*cols])
		}
	}
	for i := range totals {
		totals[i] = b.totals[i/lanes][i%lanes]
	}
}

// load takes n rows of x from first on. In the last group there may be lanes
// that no row walks in.
func (b *block) load(x *mat.Dense, first, n int) {
	_, cols := x.Dims()
	if b.values == nil {
		b.values = make([][lanes]float32, blockRows/lanes*cols)
	}
	clear(b.totals[:])
	for i := range n {
		group := b.values[i/lanes*cols:]
		for j, v := range x.RawRowView(first + i) {
			group[j][i%lanes] = float32(v)
		}
	}
}

// add walks the rows of a group and adds their path lengths to the totals.
func (w *walk) add(totals *[lanes]float64, values [][lanes]float32) {
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

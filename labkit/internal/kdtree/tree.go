// Package kdtree finds the nearest rows of a matrix by Euclidean distance.
//
// A k-d tree (J. L. Bentley, "Multidimensional binary search trees used for
// associative searching", Communications of the ACM 18, 1975) halves the rows
// at the median of their widest column, then each half, and so on; a search
// visits the halves nearest to the query first and skips every box that is
// farther away than the neighbours already found.
//
// Any correct search finds the same distances. Which rows it returns when
// several lie equally far away depends on the order in which it meets them,
// and the local outlier factor, whose scores are promised to be those of
// scikit-learn, depends on the rows. Therefore each step here that could break
// a tie breaks it as scikit-learn's KDTree does: the split (this file), the
// order that the split leaves inside the halves (select.go), the order of the
// search (search.go), the heap of the best so far (heap.go) and the sort of the
// result (sort.go). On data without ties all this care changes nothing.
package kdtree

import "gonum.org/v1/gonum/mat"

// A Tree holds the rows of a matrix ready for searching. It does not change
// after [New], so several goroutines may search it at once.
//
// All memory is flat. The rows are stored leaf by leaf, so that a visit to a
// leaf reads one stretch of memory. The nodes form a complete binary tree
// without pointers: the children of node i are nodes 2i+1 and 2i+2.
type Tree struct {
	dim    int
	points []float64 // the rows in leaf order, dim numbers each
	rows   []int     // rows[i] is the row of the matrix that is i-th in leaf order
	nodes  []span
	low    []float64 // the least value of each column in each node, dim numbers a node
	high   []float64 // the greatest
}

// span is a run of rows in leaf order: from start up to but not including end.
type span struct{ start, end int }

// New builds a tree over the rows of x, which must hold finite numbers, and
// keeps no reference to x. A leaf holds about leafSize to 2*leafSize rows; with
// leafSize at least the number of rows the tree is one leaf, and a search is
// brute force. New panics if leafSize is not positive.
//
// Building takes time in the order of cols * rows * log rows.
func New(x *mat.Dense, leafSize int) *Tree {
	if leafSize < 1 {
		panic("kdtree: leafSize is not positive")
	}
	rows, cols := x.Dims()
	nodes := 1<<levels(rows, leafSize) - 1
	t := &Tree{
		dim:    cols,
		points: make([]float64, 0, rows*cols),
		rows:   make([]int, rows),
		nodes:  make([]span, nodes),
		low:    make([]float64, nodes*cols),
		high:   make([]float64, nodes*cols),
	}
	for i := range t.rows {
		t.rows[i] = i
	}
	t.split(x, make([]key, rows), 0, span{0, rows})
	for _, row := range t.rows {
		t.points = append(t.points, x.RawRowView(row)...)
	}
	return t
}

// Rows returns a copy of the matrix that the tree was made of.
func (t *Tree) Rows() *mat.Dense {
	x := mat.NewDense(len(t.rows), t.dim, nil)
	for i, row := range t.rows {
		x.SetRow(row, t.points[i*t.dim:(i+1)*t.dim])
	}
	return x
}

// levels returns the height of the tree: one level, and one more for each time
// that the rows can be halved with leafSize of them left.
func levels(rows, leafSize int) int {
	n := 1
	for leafSize<<n < rows {
		n++
	}
	return n
}

// split measures the box around the rows of a node and, unless the node is a
// leaf, divides them between its two children at the median of the widest
// column. keys is scratch space for as many rows as x has.
func (t *Tree) split(x *mat.Dense, keys []key, node int, s span) {
	t.nodes[node] = s
	rows := t.rows[s.start:s.end]
	low, high := t.box(node)
	measure(x, rows, low, high)
	if t.isLeaf(node) {
		return
	}
	column := widest(low, high)
	keys = keys[:len(rows)]
	for i, row := range rows {
		keys[i] = key{x.At(row, column), row}
	}
	half := len(rows) / 2
	nthElement(keys, half)
	for i, k := range keys {
		rows[i] = k.row
	}
	t.split(x, keys, 2*node+1, span{s.start, s.start + half})
	t.split(x, keys, 2*node+2, span{s.start + half, s.end})
}

// measure sets low and high to the least and greatest values of each column.
func measure(x *mat.Dense, rows []int, low, high []float64) {
	copy(low, x.RawRowView(rows[0]))
	copy(high, low)
	for _, row := range rows[1:] {
		for j, v := range x.RawRowView(row) {
			low[j] = min(low[j], v)
			high[j] = max(high[j], v)
		}
	}
}

// widest returns the column in which the box extends farthest, the first of
// several.
func widest(low, high []float64) int {
	column, most := 0, 0.0
	for j := range low {
		if width := high[j] - low[j]; width > most {
			column, most = j, width
		}
	}
	return column
}

// box returns the least and greatest values of each column in a node.
func (t *Tree) box(node int) (low, high []float64) {
	start, end := node*t.dim, (node+1)*t.dim
	return t.low[start:end], t.high[start:end]
}

func (t *Tree) isLeaf(node int) bool {
	return 2*node+1 >= len(t.nodes)
}

package isolation

import (
	"errors"

	"flowlab/labkit/internal/state"
)

// Write writes the tree: of a leaf the number of rows and the path length, of
// any other node the column, counted down from -1, and the threshold. The order
// says which node is whose child.
func (t Tree) Write(w *state.Writer) {
	for _, n := range t {
		if n.Left == 0 {
			w.Int(n.Rows)
			w.Float(n.PathLength)
		} else {
			w.Int(-1 - n.Column)
			w.Float(n.Threshold)
		}
	}
}

// ReadTree reads a tree of a sample of so many rows, whose columns are below
// cols and whose leaves lie no deeper than [GrowTree] lets them.
func ReadTree(r *state.Reader, cols, sampleSize int) Tree {
	t := treeReader{r: r, cols: cols, sampleSize: sampleSize}
	t.read(heightLimit(sampleSize))
	if r.Err() == nil && t.tree[0].Rows != sampleSize {
		r.Fail(errors.New("a tree does not have the rows of its sample"))
	}
	return t.tree
}

type treeReader struct {
	r                *state.Reader
	cols, sampleSize int
	tree             Tree
}

// read reads a node and all below it, at most so many levels, and returns its
// index.
func (t *treeReader) read(levels int) int {
	index := len(t.tree)
	rowsOrColumn, value := t.r.Int(-t.cols, t.sampleSize), t.r.Float()
	if rowsOrColumn > 0 {
		t.tree = append(t.tree, Node{Rows: rowsOrColumn, PathLength: value})
		if value < 0 {
			t.r.Fail(errors.New("a path length is below 0"))
		}
		return index
	}
	t.tree = append(t.tree, Node{Column: -1 - rowsOrColumn, Threshold: value})
	if rowsOrColumn == 0 || levels == 0 {
		t.r.Fail(errors.New("a tree has a leaf without rows, or too deep"))
	}
	if t.r.Err() != nil {
		return index
	}
	left := t.read(levels - 1)
	right := t.read(levels - 1)
	if t.r.Err() == nil {
		t.tree[index].Left, t.tree[index].Right = left, right
		t.tree[index].Rows = t.tree[left].Rows + t.tree[right].Rows
	}
	return index
}

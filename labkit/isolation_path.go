package labkit

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// An IsolationPath tells how an [IsolationForest] cuts one row off from the
// rest, as the mean over its trees.
type IsolationPath struct {
	// Length is E(h) of the paper, the mean path length: the splits down to
	// the leaf of the row, plus those that the leaf would still need.
	Length float64

	// Together has the mean number of training rows in the node of the row
	// after 0, 1, 2, … splits. It begins with the size of the sample and falls
	// towards 1, where the row stands alone.
	Together []float64
}

// IsolationPaths returns the path of each row of x through the trees of an
// isolation forest. It returns an error if model is not what
// [IsolationForest.Fit] returns, and those of its Score.
func IsolationPaths(model Model, x *mat.Dense) ([]IsolationPath, error) {
	f, ok := model.(*forest)
	if !ok {
		return nil, fmt.Errorf("labkit: IsolationPaths: the model is %T: want that of an IsolationForest", model)
	}
	if err := checkScore("IsolationPaths", x, f.cols); err != nil {
		return nil, err
	}
	rows, err := singlePrecision(x)
	if err != nil {
		return nil, err
	}
	paths := make([]IsolationPath, rows.n)
	for i := range paths {
		paths[i] = f.path(rows.row(i))
	}
	return paths, nil
}

func (f *forest) path(row []float32) IsolationPath {
	counts := make([][]int, len(f.trees))
	deepest := 0
	length := 0.0
	for t, tree := range f.trees {
		counts[t] = tree.rowsAlong(row)
		deepest = max(deepest, len(counts[t]))
		length += tree.pathLength(row)
	}
	p := IsolationPath{Length: length / float64(len(f.trees)), Together: make([]float64, deepest)}
	for depth := range p.Together {
		total := 0
		for _, c := range counts {
			total += c[min(depth, len(c)-1)]
		}
		p.Together[depth] = float64(total) / float64(len(f.trees))
	}
	return p
}

// rowsAlong returns how many training rows are in each node from the root to
// the leaf of the row.
func (t isolationTree) rowsAlong(row []float32) []int {
	node := &t[0]
	counts := []int{node.rows}
	for node.left != 0 {
		if float64(row[node.column]) <= node.threshold {
			node = &t[node.left]
		} else {
			node = &t[node.right]
		}
		counts = append(counts, node.rows)
	}
	return counts
}

package labkit

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/internal/isolation"
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
func IsolationPaths(model Model, x *mat.Dense) (_ []IsolationPath, err error) {
	defer prefix(&err, "IsolationPaths")
	f, ok := model.(*forest)
	if !ok {
		return nil, fmt.Errorf("the model is %T: want that of an IsolationForest", model)
	}
	if _, err := f.Score(x); err != nil {
		return nil, err
	}
	rows, _ := x.Dims()
	paths := make([]IsolationPath, rows)
	for i := range paths {
		paths[i] = f.path(x.RawRowView(i))
	}
	return paths, nil
}

func (f *forest) path(row []float64) IsolationPath {
	counts := make([][]int, len(f.trees))
	deepest := 0
	length := 0.0
	for t, tree := range f.trees {
		var leaf isolation.Node
		for leaf = range tree.Path(row) {
			counts[t] = append(counts[t], leaf.Rows)
		}
		deepest = max(deepest, len(counts[t]))
		length += leaf.PathLength
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

package labkit

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/internal/columnwise"
	"flowlab/labkit/internal/isolation"
	"flowlab/labkit/internal/kdtree"
	"flowlab/labkit/internal/state"
)

// This file has the numbers of each detector's model, for [Save] and [Load].

func (f *forest) kind() string { return "IsolationForest" }
func (f *forest) columns() int { return f.cols }

func (f *forest) write(w *state.Writer) {
	w.Int(f.trees[0][0].Rows)
	w.Int(len(f.trees))
	for _, tree := range f.trees {
		tree.Write(w)
	}
	w.Floats(f.trainScores)
}

func readForest(r *state.Reader, cols, _ int) savedModel {
	sampleSize := r.Int(2, maxSampledRows)
	trees := make([]isolation.Tree, r.Count(9))
	if len(trees) == 0 || len(trees) > maxSampledRows/max(1, sampleSize) {
		r.Fail(fmt.Errorf("the forest has %d trees of %d rows: want 1 to %d rows in all", len(trees), sampleSize, maxSampledRows))
		return nil
	}
	if !r.Spend(len(trees) * isolation.WalkBytes(sampleSize)) {
		return nil
	}
	for t := range trees {
		if trees[t] = isolation.ReadTree(r, cols, sampleSize); r.Err() != nil {
			return nil
		}
	}
	f := newForest(trees, sampleSize, cols)
	f.trainScores = r.Floats()
	return f
}

func (m *localOutlierModel) kind() string { return "LocalOutlierFactor" }
func (m *localOutlierModel) columns() int { return m.cols }

func (m *localOutlierModel) write(w *state.Writer) {
	w.Int(m.k)
	w.Floats(m.tree.Rows().RawMatrix().Data)
	w.Floats(m.kDistance)
	w.Floats(m.density)
	w.Floats(m.factor)
}

func readLocalOutlierModel(r *state.Reader, cols, _ int) savedModel {
	m := &localOutlierModel{k: r.Int(1, maxDistances), cols: cols}
	data := r.Floats()
	m.kDistance, m.density, m.factor = r.Floats(), r.Floats(), r.Floats()
	rows := len(m.factor)
	if r.Err() != nil || m.k >= rows || len(data) != rows*m.cols || len(m.kDistance) != rows || len(m.density) != rows {
		r.Fail(errors.New("the numbers of neighbours, rows and factors do not fit together"))
		return nil
	}
	// With others a score could be infinite: see checkDistances, and the density
	// among copies of one row.
	if slices.Min(m.kDistance) < 0 || slices.Max(m.kDistance) > math.Sqrt(math.MaxFloat64) {
		r.Fail(errors.New("a distance to a neighbour is below 0, or its square is no number"))
	}
	if slices.Min(m.density) <= 0 || slices.Max(m.density) > 1.001e10 {
		r.Fail(errors.New("a density is not above 0, or above 1e10"))
	}
	if r.Err() != nil {
		return nil
	}
	m.tree = kdtree.New(mat.NewDense(rows, m.cols, data), leafSize(rows, m.cols, m.k))
	return m
}

func (m *oneClassModel) kind() string { return "OneClassSVM" }
func (m *oneClassModel) columns() int { return len(m.support) }

func (m *oneClassModel) write(w *state.Writer) {
	w.Float(m.gamma)
	w.Float(m.rho)
	w.Floats(m.alpha)
	w.Int(len(m.support))
	for _, column := range m.support {
		w.Floats(column)
	}
	w.Floats(m.train())
}

func readOneClassModel(r *state.Reader, _, _ int) savedModel {
	m := &oneClassModel{gamma: r.Float(), rho: r.Float(), alpha: r.Floats()}
	m.support = make(columnwise.Points, r.Count(1))
	for j := range m.support {
		if m.support[j] = r.Floats(); len(m.support[j]) != len(m.alpha) {
			r.Fail(errors.New("the support vectors and their weights differ in number"))
			return nil
		}
	}
	if m.gamma <= 0 || len(m.alpha) == 0 || slices.Min(m.alpha) < 0 || slices.Max(m.alpha) > 1 {
		r.Fail(errors.New("a support vector machine wants a Gamma above 0, and a weight of at most 1 for each support vector"))
		return nil
	}
	train := r.Floats()
	m.train = func() []float64 { return train }
	return m
}

func (b *baseline) kind() string { return b.method }
func (b *baseline) columns() int { return len(b.scale) }

func (b *baseline) write(w *state.Writer) {
	w.Floats(b.low)
	w.Floats(b.high)
	w.Floats(b.scale)
	w.Floats(b.trainScores)
}

func readBaseline(method string, r *state.Reader) savedModel {
	b := &baseline{method: method, low: r.Floats(), high: r.Floats(), scale: r.Floats(), trainScores: r.Floats()}
	if len(b.scale) == 0 || len(b.low) != len(b.scale) || len(b.high) != len(b.scale) || slices.Min(b.scale) <= 0 {
		r.Fail(errors.New("a baseline wants two limits and a scale above 0 for each column"))
	}
	return b
}

func (f *halfSpaceForest) kind() string { return "HalfSpaceTrees" }
func (f *halfSpaceForest) columns() int { return len(f.low) }

func (f *halfSpaceForest) write(w *state.Writer) {
	w.Floats(f.low)
	w.Floats(f.width)
	w.Int(f.height)
	w.Int(f.window)
	w.Int(f.seen)
	ready := 0
	if f.ready {
		ready = 1
	}
	w.Int(ready)
	w.Int(len(f.trees))
	for _, t := range f.trees {
		for _, s := range t.splits {
			w.Int(s.column)
			w.Float(s.at)
		}
		for _, counts := range [][]int{t.reference, t.latest} {
			for _, n := range counts {
				w.Int(n)
			}
		}
	}
	w.Floats(f.trainScores)
}

func readHalfSpaceForest(r *state.Reader, _, _ int) savedModel {
	f := &halfSpaceForest{low: r.Floats(), width: r.Floats(), height: r.Int(1, maxHalfSpaceHeight), window: r.Int(1, maxHalfSpaceWindow)}
	f.seen = r.Int(0, f.window-1)
	f.ready = r.Int(0, 1) == 1
	inner := 1<<f.height - 1
	f.trees = make([]halfSpaceTree, r.Count(13*inner)) // a split takes 9 bytes at least, and 4 counts
	if len(f.low) == 0 || len(f.low) != len(f.width) || len(f.trees) == 0 || len(f.trees) > maxHalfSpaceLeaves>>f.height {
		r.Fail(fmt.Errorf("half-space trees: %d of height %d, for %d columns of %d widths", len(f.trees), f.height, len(f.low), len(f.width)))
		return nil
	}
	for t := range f.trees {
		tree := halfSpaceTree{make([]halfSpaceSplit, inner), make([]int, 2*inner+1), make([]int, 2*inner+1)}
		for i := range tree.splits {
			tree.splits[i] = halfSpaceSplit{r.Int(0, len(f.low)-1), r.Float()}
		}
		for i := range tree.reference {
			tree.reference[i] = r.Int(0, f.window)
		}
		for i := range tree.latest {
			tree.latest[i] = r.Int(0, f.seen)
		}
		f.trees[t] = tree
	}
	f.trainScores = r.Floats()
	return f
}

package labkit

import (
	"fmt"
	"math"
	"slices"
	"sync"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/internal/parallel"
	"flowlab/labkit/internal/randomstate"
)

// IsolationForest finds anomalies by how easily they are cut off from the
// rest: it splits the rows at random columns and random values until each
// stands alone. A row in a sparse region is alone after few splits.
//
// The score is Liu, Ting and Zhou's s = 2^(-E(h)/c(n)), in (0, 1), where E(h)
// is the mean path length of the row over the trees and c(n) the mean path
// length of an unsuccessful search in a binary search tree of n rows. Near 1 is
// an anomaly, well under 0.5 a normal row; 0.5 everywhere says that there are
// no anomalies to be seen.
//
// It works where anomalies are few and different, without scaling (splits do
// not care for units) and in many columns. It does not see an anomaly inside a
// cluster of its like, nor one that differs only in how columns relate, since
// each split looks at one column. Fit costs Trees · SampleSize · log(SampleSize),
// whatever the number of rows; a score Trees · log(SampleSize).
//
// On the 1,000 flows of GenerateFlows(42), robustly scaled, with seed 42, the
// 100 highest scores hold 60 of the 100 anomalies; the area under the ROC curve
// is 0.961.
//
// With the same seed the trees are scikit-learn's, node for node. Like it, the
// forest rounds values to 32 bits, so a value beyond 3.4e38 is an error.
//
// Source: F. T. Liu, K. M. Ting and Z.-H. Zhou, Isolation Forest, ICDM 2008.
type IsolationForest struct {
	Trees      int    // how many trees, at least 1 (n_estimators). 0 means 100.
	SampleSize int    // rows drawn for each tree, at least 2; all rows if there are fewer (max_samples). 0 means 256.
	Seed       uint32 // of every random choice (random_state).
}

var _ Detector = IsolationForest{}

// The paper's values, in its section 5.
const (
	defaultTrees      = 100
	defaultSampleSize = 256
)

// Fit grows the trees. Beyond the errors of every [Detector] it returns one if
// Trees or SampleSize is out of range, or a value is beyond what 32 bits hold.
func (f IsolationForest) Fit(x *mat.Dense) (Model, error) {
	if f.Trees < 0 {
		return nil, fmt.Errorf("labkit: IsolationForest: Trees is %d: want at least 1, or 0 for %d", f.Trees, defaultTrees)
	}
	if f.SampleSize < 0 || f.SampleSize == 1 {
		return nil, fmt.Errorf("labkit: IsolationForest: SampleSize is %d: want at least 2, or 0 for %d", f.SampleSize, defaultSampleSize)
	}
	if err := checkTrain("IsolationForest", x); err != nil {
		return nil, err
	}
	if err := checkSinglePrecision(x); err != nil {
		return nil, err
	}
	rows, cols := x.Dims()
	if f.Trees == 0 {
		f.Trees = defaultTrees
	}
	if f.SampleSize == 0 {
		f.SampleSize = defaultSampleSize
	}
	f.SampleSize = min(f.SampleSize, rows)

	model := &forest{cols: cols, trees: f.grow(x), expected: averagePathLength(f.SampleSize)}
	model.walks = newIsolationWalks(model.trees, heightLimit(f.SampleSize))
	model.trainScores = model.score(x)
	return model, nil
}

// grow returns the trees. Each has a seed of its own, so they could be grown
// in any order.
func (f IsolationForest) grow(x *mat.Dense) []isolationTree {
	rows, _ := x.Dims()
	targets := randomTargets(rows, f.Seed)
	r := randomstate.New(f.Seed)
	seeds := make([]uint32, f.Trees)
	for t := range seeds {
		seeds[t] = uint32(r.Intn(math.MaxInt32))
	}
	trees := make([]isolationTree, f.Trees)
	parallel.Blocks(f.Trees, 1, func(first, end int) {
		for t := first; t < end; t++ {
			trees[t] = growIsolationTree(x, targets, f.SampleSize, seeds[t])
		}
	})
	return trees
}

// A forest is what IsolationForest has learned.
type forest struct {
	cols        int
	trees       []isolationTree
	walks       []isolationWalk // the trees, laid out for scoring
	expected    float64         // c(n), n being the rows that each tree was grown on
	trainScores []float64
}

// Score returns the anomaly score of each row of x, in (0, 1).
func (f *forest) Score(x *mat.Dense) ([]float64, error) {
	if err := checkScore("IsolationForest", x, f.cols); err != nil {
		return nil, err
	}
	if err := checkSinglePrecision(x); err != nil {
		return nil, err
	}
	return f.score(x), nil
}

// TrainScores returns the scores of the rows given to Fit. A row is scored by
// every tree, also by those it was drawn for.
func (f *forest) TrainScores() []float64 { return slices.Clone(f.trainScores) }

// score turns the mean path length of each row into its score.
func (f *forest) score(x *mat.Dense) []float64 {
	rows, _ := x.Dims()
	scores := make([]float64, rows)
	walkers := sync.Pool{New: func() any { return new(walker) }}
	parallel.Blocks(rows, walkRows, func(first, end int) {
		w := walkers.Get().(*walker)
		defer walkers.Put(w)
		for ; first < end; first += walkRows {
			block := scores[first:min(first+walkRows, end)]
			w.pathLengths(block, f.walks, x, first)
			for i, total := range block {
				block[i] = math.Exp2(-(total / (float64(len(f.trees)) * f.expected)))
			}
		}
	})
	return scores
}

// averagePathLength is c(n): how many edges a search that finds nothing walks,
// on average, in a binary search tree of n rows. It stands for the splits that
// a leaf of n rows would still need.
func averagePathLength(n int) float64 {
	switch {
	case n <= 1:
		return 0
	case n == 2:
		return 1
	}
	const euler = 0.5772156649015329
	m := float64(n - 1)
	return 2*(math.Log(m)+euler) - 2*m/float64(n)
}

// points are rows in single precision, one after the other.
type points struct {
	n, cols int
	values  []float32
}

func (p points) row(i int) []float32 { return p.values[i*p.cols : (i+1)*p.cols] }

// singlePrecision returns all rows of a matrix, or an error if 32 bits cannot
// hold a value.
func singlePrecision(x *mat.Dense) (points, error) {
	rows, _ := x.Dims()
	return pick(x, upTo(rows)), checkSinglePrecision(x)
}

// pick returns some rows of a matrix.
func pick(x *mat.Dense, rows []int) points {
	_, cols := x.Dims()
	p := points{len(rows), cols, make([]float32, 0, len(rows)*cols)}
	for _, i := range rows {
		for _, v := range x.RawRowView(i) {
			p.values = append(p.values, float32(v))
		}
	}
	return p
}

// checkSinglePrecision returns an error if 32 bits cannot hold a value.
func checkSinglePrecision(x *mat.Dense) error {
	const overflow = math.MaxFloat32 + 0x1p103 // half a step more is rounded to infinity
	rows, _ := x.Dims()
	for i := range rows {
		for j, v := range x.RawRowView(i) {
			if math.Abs(v) >= overflow {
				return fmt.Errorf("labkit: IsolationForest: row %d, column %d is %v: want a number within ±%.2g, as 32 bits hold", i, j, v, math.MaxFloat32)
			}
		}
	}
	return nil
}

package bench

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"time"

	"gonum.org/v1/gonum/mat"

	lab "flowlab/labkit"
)

// writeUnit writes the lab's features, each in the range from 0 to 1, as River's
// half-space trees take them.
func writeUnit(w *bufio.Writer, rows int) error {
	x, err := features(trainSeed, rows)
	if err != nil {
		return err
	}
	_, cols := x.Dims()
	for j := range cols {
		column := mat.Col(nil, j, x)
		low, high := slices.Min(column), slices.Max(column)
		for i, v := range column {
			column[i] = (v - low) / max(high-low, math.SmallestNonzeroFloat64)
		}
		x.SetCol(j, column)
	}
	return writeMatrix(w, x)
}

// seriesPart is after how many numbers a series changes, in writeSeries.
const seriesPart = 4000

// writeSeries writes numbers whose mean goes up and down, as a matrix of eight
// columns: what is left of a row is not used.
func writeSeries(w *bufio.Writer, rows int) error {
	r := rand.New(rand.NewPCG(1, 2))
	values := make([]float64, (rows+7)/8*8)
	for i := range values {
		values[i] = r.NormFloat64() + float64(i/seriesPart%2)
	}
	return writeMatrix(w, mat.NewDense(len(values)/8, 8, values))
}

// trees times half-space trees on a stream: each row is scored, then learned. The
// sums are the scores.
func (g *goSide) trees(r request) (reply, error) {
	if err := load(&g.train, r.Train); err != nil {
		return reply{}, err
	}
	_, cols := g.train.Dims()
	detector := lab.HalfSpaceTrees{Seed: seed, Low: make([]float64, cols), High: slices.Repeat([]float64{1}, cols)}
	runtime.GC()

	begin := time.Now()
	model, err := detector.Fit(g.train)
	took := time.Since(begin)
	if err != nil {
		return reply{}, err
	}
	scores := model.TrainScores()
	return reply{Seconds: took.Seconds(), Rows: len(scores), Sums: scores, Digest: digest(scores)}, nil
}

// drift times a drift detector on a series. The labels say where it sees a
// change.
func (g *goSide) drift(r request) (reply, error) {
	if err := load(&g.train, r.Train); err != nil {
		return reply{}, err
	}
	var d lab.DriftDetector
	switch r.Task {
	case DriftADWIN:
		d = &lab.ADWIN{}
	case DriftPageHinkley:
		d = &lab.PageHinkley{}
	case DriftKSWIN:
		d = &lab.KSWIN{Alpha: 0.0001, Seed: seed}
	}
	values := g.train.RawMatrix().Data
	changed := make([]bool, len(values))
	runtime.GC()

	begin := time.Now()
	for i, v := range values {
		changed[i] = d.Update(v)
	}
	took := time.Since(begin)
	labels := asBytes(changed)
	sum := sha256.Sum256(labels)
	return reply{Seconds: took.Seconds(), Rows: len(values), Labels: labels, Digest: hex.EncodeToString(sum[:8])}, nil
}

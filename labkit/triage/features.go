package triage

import (
	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
	"flowlab/labkit/flow"
	"flowlab/labkit/internal/parallel"
)

// blockFlows is how many flows have their features computed at once. What
// stands between a flow and its row in the matrix is kept for a block only.
const blockFlows = 1 << 12

// inputs returns the fields that features are made of, of some flows.
func (t *Traffic) inputs(rows []int32) *flow.Columns {
	fields := flow.Required()
	c := flow.NewColumns(fields, len(rows))
	for _, i := range rows {
		f := t.filledIn(int(i))
		for _, field := range fields {
			c.Number[field] = append(c.Number[field], f.Number(field))
		}
		c.Len++
	}
	return c
}

// featuresOf returns the features of some flows that are complete.
func featuresOf(inputs *flow.Columns) (*mat.Dense, error) {
	table := flow.Table{Fields: flow.Required()}
	table.Add(inputs)
	return labkit.TableFeatures(&table)
}

// logFeatures returns the features of flows in logarithms.
func (t *Traffic) logFeatures(rows []int32) (*mat.Dense, error) {
	x := mat.NewDense(len(rows), len(labkit.FeatureColumns), nil)
	return x, inBlocks(x, func(first, end int) (*mat.Dense, error) {
		features, err := featuresOf(t.inputs(rows[first:end]))
		if err != nil {
			return nil, err
		}
		return labkit.InLogs(features)
	})
}

// scaleInPlace scales a matrix without another of its size.
func scaleInPlace(x *mat.Dense, s labkit.Scaler) error {
	return inBlocks(x, func(first, end int) (*mat.Dense, error) {
		return s.Transform(x.Slice(first, end, 0, x.RawMatrix().Cols).(*mat.Dense))
	})
}

// inBlocks fills blocks of rows with what rows returns for them.
func inBlocks(x *mat.Dense, rows func(first, end int) (*mat.Dense, error)) error {
	n, cols := x.Dims()
	errs := make([]error, (n+blockFlows-1)/blockFlows)
	parallel.Blocks(n, blockFlows, func(first, end int) {
		block, err := rows(first, end)
		if err != nil {
			errs[first/blockFlows] = err
			return
		}
		x.Slice(first, end, 0, cols).(*mat.Dense).Copy(block)
	})
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// mostCompared is by how many flows the usual is told: of more, every k-th. The
// median of a hundred thousand lies within 0.5 % of the ranks of all.
const mostCompared = 100_000

// everyKth returns numbers below n, all of them or every k-th, at most
// mostCompared.
func everyKth(n int) []int {
	k := max(1, (n+mostCompared-1)/mostCompared)
	chosen := make([]int, 0, n/k+1)
	for i := 0; i < n; i += k {
		chosen = append(chosen, i)
	}
	return chosen
}

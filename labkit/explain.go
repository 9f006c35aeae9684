package labkit

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/internal/errprefix"
	"flowlab/labkit/internal/shapley"
)

// An Explanation says how much each column adds to the score of one row,
// compared with ordinary rows that resemble it.
type Explanation struct {
	Score    float64 // of the row, as Model.Score gives it
	Ordinary float64 // the mean score of the ordinary rows it was compared with

	// Contributions has one number per column, in the unit of the score:
	// above 0 where the row's value makes it more anomalous. Their sum is
	// Score - Ordinary.
	Contributions []float64
}

// Ranking returns the columns from the largest contribution to the smallest;
// equal ones in the order of columns.
func (e Explanation) Ranking() []int {
	order := make([]int, len(e.Contributions))
	for j := range order {
		order[j] = j
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(e.Contributions[b], e.Contributions[a])
	})
	return order
}

const (
	references = 16 // ordinary rows that a row is compared with
	farthest   = 3  // interquartile ranges that count in the search for near rows
)

// An Explainer divides the scores of a model among the columns. Make one with
// [NewExplainer].
//
// It asks: what does the model say of an ordinary row if some of its values are
// replaced by those of the row in question? The contribution of a column is its
// Shapley value, the mean rise of the score when that column is replaced too,
// over all orders in which columns can be replaced: the one division in which
// the parts add up, columns that never matter get 0, and columns that always
// matter alike get the same.
//
// The method asks the model for scores and nothing else, so it is the same for
// a forest, a support vector machine, a local outlier factor, or a combination.
// The ordinary rows are the 16 that are nearest to the row among the better
// half of the training rows: what the flow would have looked like, had it been
// one of those. A row in which a single column was tampered with is thus
// compared with rows that are like it in the others. Distances are taken column
// by column in interquartile ranges, and capped, so that one column that is far
// out does not decide which rows are near. (Among 11 rows that had one value of
// another cluster, this comparison put that column first for all; with 16 random
// ordinary rows 6 to 11 were right, depending on the detector, and with the
// median of each column 6.)
//
// What it does not do: columns that say the same share the credit, and a
// replaced value can make a combination that no real flow has, which the model
// may call anomalous for that reason alone.
//
// Sources: L. S. Shapley, A Value for n-Person Games, 1953; S. M. Lundberg and
// S.-I. Lee, A Unified Approach to Interpreting Model Predictions, NIPS 2017;
// comparing with actual rows: M. Sundararajan and A. Najmi, The Many Shapley
// Values for Model Explanation, ICML 2020.
type Explainer struct {
	model    Model
	ordinary *mat.Dense // the training rows with the lower scores, the lowest first
	spread   []float64  // the interquartile range of each column of the training rows
}

// NewExplainer finds the ordinary rows among those that the model was fitted on,
// and keeps a copy of them, which takes the time to sort the training scores. It
// returns an error if the model is nil, or if train is empty, holds NaN or an
// infinity, or has another number of rows than the model was fitted on.
func NewExplainer(model Model, train *mat.Dense) (_ *Explainer, err error) {
	defer prefix(&err, "NewExplainer")
	if model == nil {
		return nil, errors.New("the model is nil: want what Fit returned")
	}
	if err := checkMatrix(train); err != nil {
		return nil, err
	}
	n, cols := train.Dims()
	scores := model.TrainScores()
	if len(scores) != n {
		return nil, fmt.Errorf("train has %d rows: the model was fitted on %d", n, len(scores))
	}
	order := byScore(scores)
	slices.Reverse(order)
	e := &Explainer{model, mat.NewDense((n+1)/2, cols, nil), make([]float64, cols)}
	for k := range (n + 1) / 2 {
		e.ordinary.SetRow(k, train.RawRowView(order[k]))
	}
	for j := range e.spread {
		e.spread[j] = 1
		if s := spread(mat.Col(nil, j, train)); s >= negligible {
			e.spread[j] = s
		}
	}
	return e, nil
}

// spread returns the interquartile range of values, which it reorders, or 0 if
// that is too large for a number.
func spread(values []float64) float64 {
	q1, err := percentile(values, 25)
	if err != nil {
		return 0
	}
	q3, err := percentile(values, 75)
	if err != nil || isNotFinite(q3-q1) {
		return 0
	}
	return q3 - q1
}

// Explain returns an explanation of the score of each row of x.
//
// Up to 10 columns the contributions are exact and cost 16·2^columns scores a
// row; with more columns they are estimated from 16 orders of the columns for
// each ordinary row, always the same, at 16·16·(columns+1) scores. Errors are
// those of Model.Score.
func (e *Explainer) Explain(x *mat.Dense) (_ []Explanation, err error) {
	defer prefix(&err, "Explain")
	if err := checkScore(x, len(e.spread)); err != nil {
		return nil, err
	}
	rows, _ := x.Dims()
	explanations := make([]Explanation, rows)
	for i := range explanations {
		row := x.RawRowView(i)
		d, err := shapley.Divide(e.model.Score, row, e.nearest(row))
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", i, errprefix.Bare(err))
		}
		explanations[i] = Explanation{Score: d.Score, Ordinary: d.Base, Contributions: d.Values}
	}
	return explanations, nil
}

// nearest returns the ordinary rows that are most like the row, the nearest
// first; of equally near ones those with lower scores.
func (e *Explainer) nearest(row []float64) [][]float64 {
	type candidate struct {
		row      []float64
		distance float64
	}
	n, _ := e.ordinary.Dims()
	found := make([]candidate, 0, references+1)
	for i := range n {
		c := candidate{row: e.ordinary.RawRowView(i)}
		for j, v := range c.row {
			c.distance += min(math.Abs(v-row[j])/e.spread[j], farthest)
		}
		at := len(found)
		for at > 0 && cmp.Less(c.distance, found[at-1].distance) {
			at--
		}
		if at < references {
			found = slices.Insert(found, at, c)
			found = found[:min(len(found), references)]
		}
	}
	nearest := make([][]float64, len(found))
	for k, c := range found {
		nearest[k] = c.row
	}
	return nearest
}

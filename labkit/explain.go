package labkit

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
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
	references   = 16 // ordinary rows that a row is compared with
	exactColumns = 10 // up to here all sets of columns are tried, 1,024 at most
	permutations = 16 // and above so many random orders of the columns for each of those
	farthest     = 3  // interquartile ranges that count in the search for near rows
)

// Explain divides the score of each row of x among its columns. It asks: what
// does the model say of an ordinary row if some of its values are replaced by
// those of the row in question? The contribution of a column is its Shapley
// value, the mean rise of the score when that column is replaced too, over all
// orders in which columns can be replaced: the one division in which the parts
// add up, columns that never matter get 0, and columns that always matter
// alike get the same.
//
// The method asks the model for scores and nothing else, so it is the same for
// a forest, a support vector machine, a local outlier factor, or a combination.
// The ordinary rows are the 16 that are nearest to the row among the better
// half of train, the rows that the model was fitted on: what the flow would
// have looked like, had it been one of those. A row in which a single column
// was tampered with is thus compared with rows that are like it in the others.
// Distances are taken column by column in interquartile ranges, and capped, so
// that one column that is far out does not decide which rows are near. (Among
// 11 rows that had one value of another cluster, this comparison put that
// column first for all; with 16 random ordinary rows 6 to 11 were right,
// depending on the detector, and with the median of each column 6.)
//
// What it does not do: columns that say the same share the credit, and a
// replaced value can make a combination that no real flow has, which the model
// may call anomalous for that reason alone.
//
// Up to 10 columns the values are exact and cost 16·2^columns scores a row; with
// more columns they are estimated from 16 random orders for each ordinary row,
// always the same, at 16·16·(columns+1) scores. Errors are those of Model.Score,
// and one if train is not of the size that the model was fitted on.
//
// Sources: L. S. Shapley, A Value for n-Person Games, 1953; S. M. Lundberg and
// S.-I. Lee, A Unified Approach to Interpreting Model Predictions, NIPS 2017;
// comparing with actual rows: M. Sundararajan and A. Najmi, The Many Shapley
// Values for Model Explanation, ICML 2020; sampling orders: J. Castro, D. Gómez
// and J. Tejada, Polynomial Calculation of the Shapley Value Based on Sampling,
// Computers & Operations Research 36(5), 2009.
func Explain(model Model, train, x *mat.Dense) ([]Explanation, error) {
	if model == nil {
		return nil, errors.New("labkit: Explain: the model is nil: want what Fit returned")
	}
	if err := checkMatrix("Explain", train); err != nil {
		return nil, err
	}
	_, cols := train.Dims()
	if err := checkScore("Explain", x, cols); err != nil {
		return nil, err
	}
	ordinary, err := newOrdinaryRows(model.TrainScores(), train)
	if err != nil {
		return nil, err
	}
	rows, _ := x.Dims()
	explanations := make([]Explanation, rows)
	for i := range explanations {
		row := x.RawRowView(i)
		explain := explainExactly
		if cols > exactColumns {
			explain = explainBySampling
		}
		if explanations[i], err = explain(model, row, ordinary.nearest(row)); err != nil {
			return nil, fmt.Errorf("labkit: Explain: row %d: %w", i, err)
		}
	}
	return explanations, nil
}

// ordinaryRows are the rows that a model finds ordinary.
type ordinaryRows struct {
	rows  [][]float64
	scale []float64 // the interquartile range of each column
}

// newOrdinaryRows returns the half of the rows with the lower scores.
func newOrdinaryRows(scores []float64, train *mat.Dense) (ordinaryRows, error) {
	n, cols := train.Dims()
	if len(scores) != n {
		return ordinaryRows{}, fmt.Errorf("labkit: Explain: train has %d rows: the model was fitted on %d", n, len(scores))
	}
	order := byScore(scores)
	slices.Reverse(order)
	o := ordinaryRows{scale: make([]float64, cols)}
	for _, i := range order[:(n+1)/2] {
		o.rows = append(o.rows, train.RawRowView(i))
	}
	for j := range cols {
		sorted := mat.Col(nil, j, train)
		slices.Sort(sorted)
		if o.scale[j] = percentileOfSorted(sorted, 75) - percentileOfSorted(sorted, 25); o.scale[j] < negligible {
			o.scale[j] = 1
		}
	}
	return o, nil
}

// nearest returns the ordinary rows that are most like the row.
func (o ordinaryRows) nearest(row []float64) [][]float64 {
	distance := make([]float64, len(o.rows))
	order := make([]int, len(o.rows))
	for i, r := range o.rows {
		order[i] = i
		for j := range r {
			distance[i] += min(math.Abs(r[j]-row[j])/o.scale[j], farthest)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(distance[a], distance[b]) })
	nearest := make([][]float64, min(references, len(order)))
	for k := range nearest {
		nearest[k] = o.rows[order[k]]
	}
	return nearest
}

// Package shapley divides the score of a row among its columns.
//
// It asks what the score of a reference row becomes if some of its values are
// replaced by those of the row in question. The value of a column is the mean
// rise of the score when that column is replaced too, over all orders in which
// columns can be replaced, and over the references.
//
// Sources: L. S. Shapley, A Value for n-Person Games, 1953; sampling orders:
// J. Castro, D. Gómez and J. Tejada, Polynomial Calculation of the Shapley Value
// Based on Sampling, Computers & Operations Research 36(5), 2009.
package shapley

import (
	"slices"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/internal/randomstate"
)

// ExactColumns is the number of columns up to which [Divide] is exact.
const ExactColumns = 10

// permutations is how many orders of the columns each reference goes through if
// there are more than ExactColumns: half of them random, the others their
// reverses, which evens out much of the chance.
const permutations = 16

// A Division says how the score of a row came about: Score is Base plus the sum
// of Values, one of which belongs to each column.
type Division struct {
	Score  float64
	Base   float64 // the mean score of the references
	Values []float64
}

// A Score function returns one number for each row of a matrix.
type Score func(x *mat.Dense) ([]float64, error)

// Divide divides the score of a row, compared with the references. With up to
// [ExactColumns] columns all sets of columns are tried, which costs 2^columns
// scores for each reference; with more the values are estimated from 16 orders
// for each reference, always the same, at 16·(columns+1) scores. The only errors
// are those of the score.
func Divide(score Score, row []float64, references [][]float64) (Division, error) {
	if len(row) > ExactColumns {
		return bySampling(score, row, references)
	}
	return exactly(score, row, references)
}

// exactly tries every set of columns: bit j of a set says that column j is the
// row's, otherwise it is the reference's.
func exactly(score Score, row []float64, references [][]float64) (Division, error) {
	sets := 1 << len(row)
	scores, err := score(allMixtures(row, references))
	if err != nil {
		return Division{}, err
	}
	value := make([]float64, sets) // the mean over the references
	for i, s := range scores {
		value[i/len(references)] += s / float64(len(references))
	}
	weight := weights(len(row))
	size := make([]int, sets) // of each set
	for set := 1; set < sets; set++ {
		size[set] = size[set>>1] + set&1
	}
	d := Division{Score: value[sets-1], Base: value[0], Values: make([]float64, len(row))}
	for j := range row {
		for set := range sets {
			if set>>j&1 == 0 {
				d.Values[j] += weight[size[set]] * (value[set|1<<j] - value[set])
			}
		}
	}
	return d, nil
}

// allMixtures has a row for each set of columns and, within a set, for each
// reference.
func allMixtures(row []float64, references [][]float64) *mat.Dense {
	sets := 1 << len(row)
	mixed := mat.NewDense(sets*len(references), len(row), nil)
	for set := range sets {
		for r, reference := range references {
			mix := mixed.RawRowView(set*len(references) + r)
			copy(mix, reference)
			for j, v := range row {
				if set>>j&1 == 1 {
					mix[j] = v
				}
			}
		}
	}
	return mixed
}

// weights returns, by the size of a set without a column, the share of the
// orders of n columns that put exactly that set before the column:
// size!·(n-1-size)!/n!.
func weights(n int) []float64 {
	weight := make([]float64, n)
	weight[0] = 1 / float64(n)
	for size := 1; size < n; size++ {
		weight[size] = weight[size-1] * float64(size) / float64(n-size)
	}
	return weight
}

// bySampling replaces the columns of each reference one after the other, in
// random orders.
func bySampling(score Score, row []float64, references [][]float64) (Division, error) {
	cols := len(row)
	orders := randomOrders(cols, permutations*len(references))
	mixed := mat.NewDense(len(orders)*(cols+1), cols, nil)
	for o, order := range orders {
		mix := slices.Clone(references[o/2%len(references)])
		mixed.SetRow(o*(cols+1), mix)
		for step, j := range order {
			mix[j] = row[j]
			mixed.SetRow(o*(cols+1)+step+1, mix)
		}
	}
	scores, err := score(mixed)
	if err != nil {
		return Division{}, err
	}
	d := Division{Score: scores[cols], Values: make([]float64, cols)}
	for o, order := range orders {
		steps := scores[o*(cols+1):]
		d.Base += steps[0] / float64(len(orders))
		for step, j := range order {
			d.Values[j] += (steps[step+1] - steps[step]) / float64(len(orders))
		}
	}
	return d, nil
}

// randomOrders returns n orders of the columns, an even number, always the same:
// random ones, each followed by its reverse.
func randomOrders(cols, n int) [][]int {
	r := randomstate.New(0)
	var orders [][]int
	for len(orders) < n {
		order := r.Permutation(cols)
		backwards := slices.Clone(order)
		slices.Reverse(backwards)
		orders = append(orders, order, backwards)
	}
	return orders
}

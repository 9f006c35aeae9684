package labkit

import (
	"slices"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/internal/randomstate"
)

// explainExactly tries every set of columns: bit j of a set says that column j
// is the row's, otherwise it is the reference's.
func explainExactly(model Model, row []float64, refs [][]float64) (Explanation, error) {
	cols := len(row)
	sets := 1 << cols
	mixed := mat.NewDense(sets*len(refs), cols, nil)
	for set := range sets {
		for r, ref := range refs {
			mix := mixed.RawRowView(set*len(refs) + r)
			copy(mix, ref)
			for j := range cols {
				if set>>j&1 == 1 {
					mix[j] = row[j]
				}
			}
		}
	}
	scores, err := model.Score(mixed)
	if err != nil {
		return Explanation{}, err
	}
	value := make([]float64, sets) // the mean over the references
	for i, s := range scores {
		value[i/len(refs)] += s / float64(len(refs))
	}
	weight := shapleyWeights(cols)
	size := make([]int, sets) // of each set
	for set := 1; set < sets; set++ {
		size[set] = size[set>>1] + set&1
	}
	e := Explanation{Score: value[sets-1], Ordinary: value[0], Contributions: make([]float64, cols)}
	for j := range cols {
		for set := range sets {
			if set>>j&1 == 0 {
				e.Contributions[j] += weight[size[set]] * (value[set|1<<j] - value[set])
			}
		}
	}
	return e, nil
}

// shapleyWeights returns, by the size of a set without a column, the share of
// the orders of n columns that put exactly that set before the column:
// size!·(n-1-size)!/n!.
func shapleyWeights(n int) []float64 {
	weight := make([]float64, n)
	weight[0] = 1 / float64(n)
	for size := 1; size < n; size++ {
		weight[size] = weight[size-1] * float64(size) / float64(n-size)
	}
	return weight
}

// explainBySampling replaces the columns of each reference one after the other,
// in random orders that are the same in each call; each order is also gone
// through backwards, which evens out much of the chance.
func explainBySampling(model Model, row []float64, refs [][]float64) (Explanation, error) {
	cols := len(row)
	r := randomstate.New(0)
	var orders [][]int
	for len(orders) < permutations*len(refs) {
		order := r.Permutation(cols)
		backwards := slices.Clone(order)
		slices.Reverse(backwards)
		orders = append(orders, order, backwards)
	}
	mixed := mat.NewDense(len(orders)*(cols+1), cols, nil)
	for o, order := range orders {
		mix := slices.Clone(refs[o/2%len(refs)])
		mixed.SetRow(o*(cols+1), mix)
		for step, j := range order {
			mix[j] = row[j]
			mixed.SetRow(o*(cols+1)+step+1, mix)
		}
	}
	scores, err := model.Score(mixed)
	if err != nil {
		return Explanation{}, err
	}
	e := Explanation{Score: scores[cols], Contributions: make([]float64, cols)}
	for o, order := range orders {
		steps := scores[o*(cols+1):]
		e.Ordinary += steps[0] / float64(len(orders))
		for step, j := range order {
			e.Contributions[j] += (steps[step+1] - steps[step]) / float64(len(orders))
		}
	}
	return e, nil
}

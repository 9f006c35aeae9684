package shapley

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// formula scores each row by a formula, so that its Shapley values are known.
func formula(f func(row []float64) float64) Score {
	return func(x *mat.Dense) ([]float64, error) {
		rows, _ := x.Dims()
		scores := make([]float64, rows)
		for i := range scores {
			scores[i] = f(x.RawRowView(i))
		}
		return scores, nil
	}
}

func almostEqual(a, b []float64, tolerance float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Abs(x-y) <= tolerance })
}

// By hand: with the references at 0, the score a + 2b + 6cd has the parts a, 2b,
// and half of 6cd for either of c and d; e does not matter. A product of two
// columns comes out exactly by sampling, too, as each order is gone through in
// both directions.
func TestDivideByHand(t *testing.T) {
	score := formula(func(v []float64) float64 { return v[0] + 2*v[1] + 6*v[2]*v[3] })
	for _, cols := range []int{5, ExactColumns, ExactColumns + 1, 40} {
		row, want := make([]float64, cols), make([]float64, cols)
		copy(row, []float64{3, -1, 1, 1, 9})
		copy(want, []float64{3, -2, 3, 3, 0})
		zero := make([]float64, cols)
		d, err := Divide(score, row, [][]float64{zero, zero, zero})
		if err != nil || d.Score != 7 || d.Base != 0 || !almostEqual(d.Values, want, 1e-12) {
			t.Errorf("%d columns: %+v, error %v: want score 7, base 0, values %v", cols, d, err, want)
		}
	}
}

// Sampling comes close to trying all sets, for a score that is no product.
func TestSamplingComesClose(t *testing.T) {
	score := formula(func(v []float64) float64 {
		sum := 0.0
		for j, a := range v {
			sum += a * a * float64(j+1)
			for _, b := range v[:j] {
				sum += math.Abs(a - b)
			}
		}
		return math.Log1p(sum)
	})
	r := rand.New(rand.NewPCG(3, 4))
	references := make([][]float64, 16)
	for k := range references {
		for range 8 {
			references[k] = append(references[k], r.NormFloat64())
		}
	}
	row := []float64{4, 0, 3, 0, 0, 2, 0, 1}
	exact, err := exactly(score, row, references)
	if err != nil {
		t.Fatal(err)
	}
	sampled, err := bySampling(score, row, references)
	if err != nil {
		t.Fatal(err)
	}
	tolerance := 0.05 * (exact.Score - exact.Base)
	if !almostEqual(exact.Values, sampled.Values, tolerance) || math.Abs(exact.Base-sampled.Base) > 1e-12 || math.Abs(exact.Score-sampled.Score) > 1e-12 {
		t.Errorf("sampled %+v\nexact   %+v", sampled, exact)
	}
}

func TestDivideReturnsTheErrorOfTheScore(t *testing.T) {
	want := errors.New("no score")
	for _, cols := range []int{2, 12} {
		_, err := Divide(func(*mat.Dense) ([]float64, error) { return nil, want }, make([]float64, cols), [][]float64{make([]float64, cols)})
		if !errors.Is(err, want) {
			t.Errorf("%d columns: error is %v, want %v", cols, err, want)
		}
	}
}

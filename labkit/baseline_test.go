package labkit

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// Mean 4 and deviation 2 in the first column; the second is constant.
func TestZScoreByHand(t *testing.T) {
	x := mat.NewDense(8, 2, []float64{1, 9, 3, 9, 3, 9, 3, 9, 4, 9, 4, 9, 6, 9, 8, 9})
	model := Must(ZScore{}.Fit(x))
	want := []float64{1.5, 0.5, 0.5, 0.5, 0, 0, 1, 2}
	for i, s := range model.TrainScores() {
		if math.Abs(s-want[i]) > 1e-15 {
			t.Errorf("row %d: %v, want %v", i, s, want[i])
		}
	}
	if s := Must(model.Score(mat.NewDense(1, 2, []float64{4, 16})))[0]; s != 7 {
		t.Errorf("7 away in the constant column: %v, want 7", s)
	}
}

// Quartiles 2 and 4: the interquartile range is 2.
func TestIQRByHand(t *testing.T) {
	x := mat.NewDense(5, 1, []float64{1, 2, 3, 4, 10})
	want := []float64{0.5, 0, -0.5, 0, 3}
	for i, s := range Must(IQR{}.Fit(x)).TrainScores() {
		if s != want[i] {
			t.Errorf("row %d: %v, want %v", i, s, want[i])
		}
	}
}

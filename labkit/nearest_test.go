package labkit

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// Four points on a line, of which two are as far as each other.
func TestNearestByHand(t *testing.T) {
	x := mat.NewDense(4, 2, []float64{0, 0, 3, 4, 0, 1, 0, -1})
	got := Must(Nearest(x, 0, 3))
	if want := []Neighbor{{2, 1}, {3, 1}, {1, 5}}; !slices.Equal(got, want) {
		t.Errorf("nearest to the origin are %v: want %v", got, want)
	}
	if got, want := Must(Nearest(x, 1, 1)), []Neighbor{{2, math.Sqrt(18)}}; !slices.Equal(got, want) {
		t.Errorf("nearest to (3, 4) is %v: want %v", got, want)
	}
}

func TestNearestFaults(t *testing.T) {
	x := mat.NewDense(2, 1, []float64{0, 1})
	for _, c := range []struct {
		x      *mat.Dense
		row, k int
		want   string
	}{
		{&mat.Dense{}, 0, 1, "matrix is empty"},
		{mat.NewDense(2, 1, []float64{0, math.NaN()}), 0, 1, "row 1, column 0 is NaN"},
		{x, 2, 1, "row is 2: want 0 to 1"},
		{x, -1, 1, "row is -1: want 0 to 1"},
		{x, 0, 2, "k is 2: want 1 to 1 for 2 rows"},
		{x, 0, 0, "k is 0: want 1 to 1 for 2 rows"},
	} {
		_, err := Nearest(c.x, c.row, c.k)
		wantError(t, c.want, err, c.want)
	}
}

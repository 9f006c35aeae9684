package labkit

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// Points on the line y = x but for a little across it: the first direction is
// (1, 1)/√2 and holds 100/101 of the variance.
func TestPrincipalComponentsByHand(t *testing.T) {
	x := mat.NewDense(4, 2, []float64{
		10, 10,
		-10, -10,
		1, -1,
		-1, 1,
	})
	for i := range 4 { // the place does not matter
		x.Set(i, 0, x.At(i, 0)+5)
	}
	projected, shares, err := PrincipalComponents(x)
	if err != nil {
		t.Fatal(err)
	}
	want := mat.NewDense(4, 2, []float64{10 * math.Sqrt2, 0, -10 * math.Sqrt2, 0, 0, -math.Sqrt2, 0, math.Sqrt2})
	if mat.EqualApprox(projected, want, 1e-9) == mat.EqualApprox(projected, flipped(want), 1e-9) {
		t.Errorf("projected to %.4v: want %.4v or its mirror image", mat.Formatted(projected), mat.Formatted(want))
	}
	if math.Abs(shares[0]-100.0/101) > 1e-12 || math.Abs(shares[0]+shares[1]-1) > 1e-12 {
		t.Errorf("shares are %v: want 100/101 and 1/101", shares)
	}
}

// flipped returns x with its second column negated.
func flipped(x *mat.Dense) *mat.Dense {
	y := mat.DenseCopyOf(x)
	y.Apply(func(_, j int, v float64) float64 { return v * float64(1-2*j) }, y)
	return y
}

func TestPrincipalComponentsFaults(t *testing.T) {
	for want, x := range map[string]*mat.Dense{
		"matrix is empty":           {},
		"matrix has 1 column":       mat.NewDense(2, 1, []float64{1, 2}),
		"row 1, column 1 is NaN":    mat.NewDense(2, 2, []float64{1, 2, 3, math.NaN()}),
		"every column of the":       mat.NewDense(2, 2, []float64{1, 2, 1, 2}),
		"cannot learn from one row": mat.NewDense(1, 2, []float64{1, 2}),
		"the variances add up":      mat.NewDense(2, 2, []float64{1e200, 2, -1e200, 2}),
	} {
		_, _, err := PrincipalComponents(x)
		wantError(t, want, err, want)
	}
}

package labkit

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// PrincipalComponents returns the rows of x as seen along the two directions in
// which they vary most, as a matrix of two columns centred on 0, and the share
// of the whole variance that each of the two holds. The sign of a direction is
// such that its largest weight is positive. Columns count by their variance:
// scale them first.
//
// It returns an error if x has fewer than two columns, and those of a
// [Detector]'s Fit.
//
// Source: K. Pearson, On Lines and Planes of Closest Fit to Systems of Points
// in Space, Philosophical Magazine 2(11), 1901.
func PrincipalComponents(x *mat.Dense) (projected *mat.Dense, shares [2]float64, err error) {
	if err := checkTrain("PrincipalComponents", x); err != nil {
		return nil, shares, err
	}
	rows, cols := x.Dims()
	if cols < 2 {
		return nil, shares, fmt.Errorf("labkit: PrincipalComponents: matrix has %d column: want at least 2", cols)
	}
	var covariance mat.SymDense
	stat.CovarianceMatrix(&covariance, x, nil)
	var eigen mat.EigenSym
	if total := mat.Trace(&covariance); isNotFinite(total) || total == 0 || !eigen.Factorize(&covariance, true) {
		return nil, shares, fmt.Errorf("labkit: PrincipalComponents: the variances add up to %v: want a finite number above 0; scale the columns", total)
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	values := eigen.Values(nil) // in ascending order
	directions := mat.NewDense(cols, 2, nil)
	for k := range 2 {
		direction := mat.Col(nil, cols-1-k, &vectors)
		largest := 0.0
		for _, w := range direction {
			if math.Abs(w) > math.Abs(largest)*(1+1e-9) {
				largest = w
			}
		}
		for j, w := range direction {
			directions.Set(j, k, w*math.Copysign(1, largest))
		}
		shares[k] = values[cols-1-k] / mat.Trace(&covariance)
	}
	centred := mat.NewDense(rows, cols, nil)
	for j := range cols {
		column := mat.Col(nil, j, x)
		mean := stat.Mean(column, nil)
		for i, v := range column {
			centred.Set(i, j, v-mean)
		}
	}
	projected = mat.NewDense(rows, 2, nil)
	projected.Mul(centred, directions)
	return projected, shares, nil
}

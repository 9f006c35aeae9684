package labkit

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
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
	defer prefix(&err, "PrincipalComponents")
	if err := checkTrain(x); err != nil {
		return nil, shares, err
	}
	rows, cols := x.Dims()
	if cols < 2 {
		return nil, shares, fmt.Errorf("matrix has %d column: want at least 2", cols)
	}
	if total := totalVariance(x); isNotFinite(total) || total == 0 {
		return nil, shares, fmt.Errorf("the variances add up to %v: want a finite number above 0; scale the columns", total)
	}
	var components stat.PC
	if !components.PrincipalComponents(x, nil) {
		return nil, shares, errors.New("the search for the directions does not end: scale the columns")
	}
	var directions mat.Dense
	components.VectorsTo(&directions)
	variances := components.VarsTo(nil)
	for k := range shares {
		shares[k] = variances[k] / floats.Sum(variances)
	}
	projected = mat.NewDense(rows, 2, nil)
	projected.Mul(centred(x), oriented(directions.Slice(0, cols, 0, 2)))
	return projected, shares, nil
}

// totalVariance returns the sum of the columns' variances.
func totalVariance(x *mat.Dense) float64 {
	total := 0.0
	_, cols := x.Dims()
	for j := range cols {
		total += stat.Variance(mat.Col(nil, j, x), nil)
	}
	return total
}

// oriented returns the directions with the largest weight of each positive. Of
// weights that are equal but for rounding the first is the largest.
func oriented(directions mat.Matrix) *mat.Dense {
	d := mat.DenseCopyOf(directions)
	_, count := d.Dims()
	for k := range count {
		direction, largest := mat.Col(nil, k, d), 0.0
		for _, w := range direction {
			if math.Abs(w) > math.Abs(largest)*(1+1e-9) {
				largest = w
			}
		}
		floats.Scale(math.Copysign(1, largest), direction)
		d.SetCol(k, direction)
	}
	return d
}

// centred returns x less the mean of each column.
func centred(x *mat.Dense) *mat.Dense {
	c := mat.DenseCopyOf(x)
	_, cols := x.Dims()
	for j := range cols {
		column := mat.Col(nil, j, x)
		floats.AddConst(-stat.Mean(column, nil), column)
		c.SetCol(j, column)
	}
	return c
}

package labkit

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// RobustScaler centres each column on its median and divides it by its
// interquartile range, which a few extreme flows cannot move. A column whose
// interquartile range is 0, such as a flag that is rarely set, is divided by 1.
// It is scikit-learn's RobustScaler with its defaults
// (https://scikit-learn.org/stable/modules/preprocessing.html).
type RobustScaler struct{}

// Fit learns median and interquartile range of each column of x. It returns an
// error if x is empty, holds NaN or an infinity, has only constant columns, or
// values so large that their spread is not a number.
func (RobustScaler) Fit(x *mat.Dense) (_ Scaler, err error) {
	defer prefix(&err, "RobustScaler")
	return fitScaler("RobustScaler", x, func(column []float64) (centre, scale float64) {
		scale = percentileBySelection(column, 75) - percentileBySelection(column, 25)
		if scale < negligible {
			scale = 1
		}
		return median(column), scale
	})
}

// StandardScaler centres each column on its mean and divides it by its
// standard deviation (of the population). A constant column is divided by 1.
// It is scikit-learn's StandardScaler with its defaults
// (https://scikit-learn.org/stable/modules/preprocessing.html).
type StandardScaler struct{}

// Fit learns mean and standard deviation of each column of x. It returns an
// error if x is empty, holds NaN or an infinity, has only constant columns, or
// values so large that their spread is not a number.
func (StandardScaler) Fit(x *mat.Dense) (_ Scaler, err error) {
	defer prefix(&err, "StandardScaler")
	return fitScaler("StandardScaler", x, meanAndDeviation)
}

// A Scaler is what [RobustScaler] or [StandardScaler] has learned: a centre
// and a scale for each column, in its unit. Make one with Fit.
type Scaler struct {
	Centre []float64 // one per column
	Scale  []float64 // one per column, never 0
	method string
}

// Transform returns (x - Centre) / Scale, column by column, in a new matrix.
// It returns an error if x is empty, holds NaN or an infinity, or has another
// number of columns than the matrix given to Fit.
func (s Scaler) Transform(x *mat.Dense) (_ *mat.Dense, err error) {
	defer prefix(&err, cmp.Or(s.method, "Scaler"))
	if len(s.Centre) == 0 || len(s.Scale) != len(s.Centre) {
		return nil, fmt.Errorf("%d centres and %d scales: make a Scaler with Fit of RobustScaler or StandardScaler", len(s.Centre), len(s.Scale))
	}
	if err := checkScore(x, len(s.Centre)); err != nil {
		return nil, err
	}
	scaled := mat.DenseCopyOf(x)
	scaled.Apply(func(_, j int, v float64) float64 { return (v - s.Centre[j]) / s.Scale[j] }, scaled)
	return scaled, nil
}

func fitScaler(method string, x *mat.Dense, measure func(column []float64) (centre, scale float64)) (Scaler, error) {
	if err := checkTrain(x); err != nil {
		return Scaler{}, err
	}
	_, cols := x.Dims()
	s := Scaler{Centre: make([]float64, cols), Scale: make([]float64, cols), method: method}
	for j := range cols {
		s.Centre[j], s.Scale[j] = measure(mat.Col(nil, j, x))
		if isNotFinite(s.Centre[j]) || isNotFinite(s.Scale[j]) {
			return Scaler{}, fmt.Errorf("column %d has values too large to measure their spread: centre %v, scale %v", j, s.Centre[j], s.Scale[j])
		}
	}
	return s, nil
}

// negligible is the interquartile range below which scikit-learn takes a
// column for constant.
const negligible = 10 * 0x1p-52

// median reorders the values.
func median(values []float64) float64 {
	middle := len(values) / 2
	selectNth(values, middle)
	if len(values)%2 == 1 {
		return values[middle]
	}
	return (slices.Max(values[:middle]) + values[middle]) / 2
}

// meanAndDeviation computes the variance with a correction for the rounding of
// the mean. A deviation that rounding alone explains counts as constant: 1.
//
// Source: T. Chan, G. Golub and R. LeVeque, Algorithms for Computing the Sample
// Variance, The American Statistician 37(3), 1983, equation 1.7.
func meanAndDeviation(column []float64) (mean, deviation float64) {
	n := float64(len(column))
	for _, v := range column {
		mean += v
	}
	mean /= n
	var squares, correction float64
	for _, v := range column {
		d := v - mean
		squares += float64(d * d)
		correction += d
	}
	variance := (squares - correction*correction/n) / n
	if isNotFinite(variance) {
		return mean, variance
	}
	const eps = 0x1p-52
	if bound := n * mean * eps; variance <= float64(n*eps*variance)+float64(bound*bound) {
		return mean, 1
	}
	return mean, math.Sqrt(variance)
}

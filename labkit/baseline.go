package labkit

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// ZScore flags a row by its most extreme column: the score is the largest
// distance from a column's mean, in standard deviations, 0 or above. 3 is the
// customary cut. A constant column is divided by 1.
//
// It is the baseline that a detector has to beat. It sees a value that is
// extreme in its own column and nothing else; the outliers it looks for widen
// the deviation it measures with. Fit and Score cost one pass over the matrix.
//
// Source: F. E. Grubbs, Procedures for Detecting Outlying Observations in
// Samples, Technometrics 11(1), 1969.
type ZScore struct{}

var _ Detector = ZScore{}

// Fit measures mean and standard deviation of each column. Beyond the errors of
// every [Detector] it returns one if values are so large that their spread is
// not a number.
func (ZScore) Fit(x *mat.Dense) (_ Model, err error) {
	defer prefix(&err, "ZScore")
	scaler, err := fitScaler("ZScore", x, meanAndDeviation)
	if err != nil {
		return nil, err
	}
	return fitBaseline(&baseline{method: "ZScore", low: scaler.Centre, high: scaler.Centre, scale: scaler.Scale}, x)
}

// IQR flags a row by its most extreme column: the score is the largest
// distance beyond a column's quartiles, in interquartile ranges, negative if
// the row lies between the quartiles of every column. 1.5 is Tukey's fence. A
// column whose interquartile range is 0 is divided by 1.
//
// As a baseline it has the blind spots of [ZScore], but a quarter of the rows
// can be outliers before they move its fences. Fit sorts each column.
//
// Source: J. W. Tukey, Exploratory Data Analysis, Addison-Wesley, 1977.
type IQR struct{}

var _ Detector = IQR{}

// Fit measures the quartiles of each column. Beyond the errors of every
// [Detector] it returns one if values are so large that their spread is not a
// number.
func (IQR) Fit(x *mat.Dense) (_ Model, err error) {
	defer prefix(&err, "IQR")
	if err := checkTrain(x); err != nil {
		return nil, err
	}
	_, cols := x.Dims()
	q1, q3, iqr := make([]float64, cols), make([]float64, cols), make([]float64, cols)
	for j := range cols {
		sorted := mat.Col(nil, j, x)
		slices.Sort(sorted)
		q1[j], q3[j] = percentileOfSorted(sorted, 25), percentileOfSorted(sorted, 75)
		if iqr[j] = q3[j] - q1[j]; iqr[j] < negligible {
			iqr[j] = 1
		}
		if isNotFinite(q1[j]) || isNotFinite(q3[j]) || isNotFinite(iqr[j]) {
			return nil, fmt.Errorf("column %d has values too large to measure their spread: quartiles %v and %v", j, q1[j], q3[j])
		}
	}
	return fitBaseline(&baseline{method: "IQR", low: q1, high: q3, scale: iqr}, x)
}

// A baseline scores a row by the most extreme of its columns: how far it lies
// below low or above high, in multiples of scale.
type baseline struct {
	method           string
	low, high, scale []float64 // one per column
	trainScores      []float64
}

func fitBaseline(b *baseline, x *mat.Dense) (_ Model, err error) {
	if b.trainScores, err = b.score(x); err != nil {
		return nil, err
	}
	return b, nil
}

// Score returns the score of each row of x. Besides the errors of every Model
// it returns one if a row is so far out that its score is no number.
func (b *baseline) Score(x *mat.Dense) (_ []float64, err error) {
	defer prefix(&err, b.method)
	if err := checkScore(x, len(b.scale)); err != nil {
		return nil, err
	}
	return b.score(x)
}

// TrainScores returns the scores of the rows given to Fit.
func (b *baseline) TrainScores() []float64 { return slices.Clone(b.trainScores) }

func (b *baseline) score(x *mat.Dense) ([]float64, error) {
	rows, _ := x.Dims()
	scores := make([]float64, rows)
	for i := range scores {
		scores[i] = math.Inf(-1)
		for j, v := range x.RawRowView(i) {
			scores[i] = max(scores[i], max(b.low[j]-v, v-b.high[j])/b.scale[j])
		}
		if isNotFinite(scores[i]) {
			return nil, fmt.Errorf("row %d has score %v: want values that 64 bits can compare; scale the columns", i, scores[i])
		}
	}
	return scores, nil
}

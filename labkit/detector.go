package labkit

import (
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// A Detector is an anomaly-detection method with its hyperparameters set and
// nothing learned yet. Its zero value is ready to use; combinations of
// detectors need members.
//
// Fit learns from the rows of x, one flow a row and one feature a column, and
// keeps no reference to x. It returns an error if x is empty or holds NaN or
// an infinity, if every column of x is constant, or if a hyperparameter is
// outside its range; the error names the row and column or the parameter.
type Detector interface {
	Fit(x *mat.Dense) (Model, error)
}

// A Model is what a [Detector] has learned. Higher scores are more anomalous;
// what a score means beyond that is said by each detector.
type Model interface {
	// Score judges rows that the Model has not seen: one score per row of x,
	// which must have as many columns as the matrix given to Fit. It returns an
	// error if it has not, is empty, or holds NaN or an infinity.
	Score(x *mat.Dense) ([]float64, error)

	// TrainScores returns a copy of the scores of the rows given to Fit, in
	// their order, as scikit-learn's fit_predict judges them: the local
	// outlier factor leaves the row itself out of its neighbourhood.
	TrainScores() []float64
}

// checkTrain returns an error unless x can be learned from.
func checkTrain(x *mat.Dense) error {
	if err := checkMatrix(x); err != nil {
		return err
	}
	rows, cols := x.Dims()
	for j := range cols {
		first := x.At(0, j)
		for i := 1; i < rows; i++ {
			if x.At(i, j) != first {
				return nil
			}
		}
	}
	if rows == 1 {
		return errors.New("cannot learn from one row: want at least 2")
	}
	return fmt.Errorf("every column of the %d rows is constant: nothing tells the rows apart", rows)
}

// checkScore returns an error unless x can be scored by a model of cols columns.
func checkScore(x *mat.Dense, cols int) error {
	if err := checkMatrix(x); err != nil {
		return err
	}
	if _, got := x.Dims(); got != cols {
		return fmt.Errorf("matrix has %d columns: the model was fitted on %d", got, cols)
	}
	return nil
}

// checkMatrix returns an error if x is empty or holds a value that is not finite.
func checkMatrix(x *mat.Dense) error {
	if x == nil || x.IsEmpty() {
		return errors.New("matrix is empty: want at least one row and one column")
	}
	rows, _ := x.Dims()
	for i := range rows {
		for j, v := range x.RawRowView(i) {
			if isNotFinite(v) {
				return fmt.Errorf("row %d, column %d is %v: want a finite number", i, j, v)
			}
		}
	}
	return nil
}

// outOfRange returns the error of a hyperparameter, by the name of its field.
func outOfRange(field string, value any, want string, args ...any) error {
	return fmt.Errorf("%s is %v: want "+want, append([]any{field, value}, args...)...)
}

// isNotFinite tells NaN and the infinities: no other number has a difference
// to itself.
func isNotFinite(v float64) bool { return v-v != 0 }

// count returns for how many values a condition holds.
func count(values []float64, is func(float64) bool) int {
	n := 0
	for _, v := range values {
		if is(v) {
			n++
		}
	}
	return n
}

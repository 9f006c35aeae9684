package labkit

import "gonum.org/v1/gonum/mat"

// A Learner is a [Model] that goes on learning after Fit, from a stream of rows
// whose order matters.
//
// Its TrainScores are the scores that the rows given to Fit had before each of
// them was learned, so that no row vouches for itself. Learning in portions
// equals learning at once: after Learn(a) and Learn(b) a Learner is as after
// Learn of a and b in one matrix, and has returned the same scores.
//
// A Learner's memory does not grow with the rows it learns. It is not safe for
// use by several goroutines while one of them calls Learn.
type Learner interface {
	Model

	// Learn scores each row of x, then learns it before it looks at the next,
	// and returns the scores. It returns an error and learns nothing where
	// Score would return one.
	Learn(x *mat.Dense) ([]float64, error)
}

package labkit

import (
	"context"
	"errors"

	"gonum.org/v1/gonum/mat"
)

// A ContextFitter is a [Detector] that may need minutes, and can be told to give
// up.
type ContextFitter interface {
	Detector

	// FitContext is Fit, but once ctx is done it returns the error of ctx. It
	// computes the training scores, too, so that TrainScores of the Model takes
	// no time.
	FitContext(ctx context.Context, x *mat.Dense) (Model, error)
}

// FitContext fits a detector to the rows of x and gives up once ctx is done, if
// the detector is a [ContextFitter]; any other it lets finish. An error of ctx
// is found by [errors.Is].
func FitContext(ctx context.Context, d Detector, x *mat.Dense) (Model, error) {
	if d == nil {
		return nil, errors.New("labkit: FitContext: the detector is nil: want one, such as IsolationForest{}")
	}
	if f, ok := d.(ContextFitter); ok {
		return f.FitContext(ctx, x)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return d.Fit(x)
}

// scoreBlock is how many rows are scored between two looks at a context.
const scoreBlock = 4096

// ScoreContext returns what model.Score returns for x. It scores some thousand
// rows at a time, which need the less memory, and returns the error of ctx once
// ctx is done.
func ScoreContext(ctx context.Context, model Model, x *mat.Dense) ([]float64, error) {
	if x == nil || x.IsEmpty() {
		return model.Score(x)
	}
	rows, cols := x.Dims()
	scores := make([]float64, 0, rows)
	for first := 0; first < rows; first += scoreBlock {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		part, err := model.Score(x.Slice(first, min(first+scoreBlock, rows), 0, cols).(*mat.Dense))
		if err != nil {
			return model.Score(x) // whose error counts rows from the first
		}
		scores = append(scores, part...)
	}
	return scores, nil
}

package labkit_test

import (
	"context"
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
)

// sevenFlows have durations in seconds and kilobytes. The fifth is long, the
// last is large.
var sevenFlows = mat.NewDense(7, 2, []float64{
	1.0, 11,
	1.2, 12,
	0.9, 9,
	1.1, 12,
	9.5, 10,
	0.8, 8,
	1.3, 60,
})

// The quartiles do not move with the odd flow, as the mean of [ZScore] does:
// beyond Tukey's fence of 1.5 lie the long flow and the large one.
func ExampleIQR() {
	scores := labkit.Must(labkit.IQR{}.Fit(sevenFlows)).TrainScores()
	for i, flagged := range labkit.Predict(scores, 1.5) {
		if flagged {
			fmt.Printf("flow %d: %.1f interquartile ranges out\n", i, scores[i])
		}
	}
	// Output:
	// flow 4: 27.5 interquartile ranges out
	// flow 6: 19.2 interquartile ranges out
}

// Scores of 27.5 interquartile ranges and of 0.7 cannot be averaged, the ranks of
// a flow can.
func ExampleRankAverage() {
	both := labkit.RankAverage{Detectors: []labkit.Detector{labkit.IQR{}, labkit.IsolationForest{Seed: 42}}}
	for i, score := range labkit.Must(both.Fit(sevenFlows)).TrainScores() {
		fmt.Printf("flow %d: above %.0f %% of the flows\n", i, 100*score)
	}
	// Output:
	// flow 0: above 7 % of the flows
	// flow 1: above 39 % of the flows
	// flow 2: above 43 % of the flows
	// flow 3: above 25 % of the flows
	// flow 4: above 86 % of the flows
	// flow 5: above 64 % of the flows
	// flow 6: above 86 % of the flows
}

// Three members vote. Each flags the two of the seven flows that score highest
// with it, and they agree.
func ExampleMajorityVote() {
	vote := labkit.MajorityVote{
		Detectors:     []labkit.Detector{labkit.ZScore{}, labkit.IQR{}, labkit.IsolationForest{Seed: 42}},
		Contamination: 0.3,
	}
	scores := labkit.Must(vote.Fit(sevenFlows)).TrainScores()
	for i, score := range scores {
		if score > 0 {
			fmt.Printf("flow %d has %.0f of 3 votes\n", i, 3*scores[i])
		}
	}
	// Output:
	// flow 4 has 3 of 3 votes
	// flow 6 has 3 of 3 votes
}

// A command that is told to stop does not wait for the detector.
func ExampleFitContext() {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	_, err := labkit.FitContext(ctx, labkit.OneClassSVM{}, sevenFlows)
	fmt.Println(err)
	fmt.Println(errors.Is(err, context.Canceled))
	// Output:
	// labkit: OneClassSVM: context canceled
	// true
}

// The rows that are compared with the long flow by a local outlier factor of
// two neighbours.
func ExampleNearest() {
	for _, n := range labkit.Must(labkit.Nearest(sevenFlows, 4, 2)) {
		fmt.Printf("flow %d at %.2f\n", n.Row, n.Distance)
	}
	// Output:
	// flow 1 at 8.54
	// flow 0 at 8.56
}

// Both columns rise together. Seen along that direction, the first, the rows keep
// 99.9 % of what tells them apart.
func ExamplePrincipalComponents() {
	x := mat.NewDense(4, 2, []float64{
		1, 2,
		2, 4.2,
		3, 5.8,
		4, 8,
	})
	projected, shares, err := labkit.PrincipalComponents(x)
	if err != nil {
		panic(err)
	}
	fmt.Printf("shares %.3f\n", shares)
	fmt.Printf("%.2f\n", mat.Formatted(projected))
	// Output:
	// shares [0.999 0.001]
	// ⎡-3.35   0.02⎤
	// ⎢-0.94  -0.08⎥
	// ⎢ 0.94   0.08⎥
	// ⎣ 3.35  -0.02⎦
}

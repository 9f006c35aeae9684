package check

import (
	"fmt"

	"github.com/go-gota/gota/dataframe"
	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var lofNeighbors = &exam.Exercise{
	ID:       "lof-neighbors",
	Notebook: "06_local_outlier_factor",
	Section:  "Who are the neighbours of an attack?",
	Title:    "A large enough neighbourhood",
	Hints: []string{
		"How many other attacks can an attack have for neighbours? How many neighbours does it take until some must be normal flows?",
		"With 100 attacks in the data each has 99 others. k has to be clearly larger, and needs not be larger than it takes.",
	},
	Answer: func() int { return 200 },
	Cases:  exam.NoInput,
	Judge:  func(_ exam.Input, got []any) string { return judgeNeighbors(got[0].(int)) },
}

// LOFNeighbors checks a function that returns a number of neighbours with which
// the local outlier factor reaches an F1 of 0.850 on the flows of seed 42, cut
// at contamination 0.1. Every number that does is right:
//
//	func() int
func LOFNeighbors(function any) { exam.Mark(lofNeighbors, function) }

func judgeNeighbors(k int) string {
	flows := storyFlows(storySeeds[0])
	if k < 1 || k >= flows.Nrow() {
		return fmt.Sprintf("A flow can have from 1 to %d neighbours among %d flows.", flows.Nrow()-1, flows.Nrow())
	}
	q, _ := qualityOfTenth(lofScores(scaledBy(flows, flows), k), flows)
	if q.f1 >= 0.85 {
		return ""
	}
	says := fmt.Sprintf("With k = %d %v: want an F1 of at least 0.850. ", k, q)
	if k < 200 {
		return says + "An attack has 99 other attacks to hide among. Only in a neighbourhood that is clearly larger does it have to compare itself with normal flows."
	}
	return says + "That is more than it takes: in so wide a neighbourhood everybody is compared with nearly the same crowd, and the factor is no longer local."
}

// lofScores returns the factors of the rows of x.
func lofScores(x *mat.Dense, k int) []float64 {
	return labkit.Must(labkit.LocalOutlierFactor{Neighbors: k}.Fit(x)).TrainScores()
}

// qualityOfTenth measures scores of flows that are cut at contamination 0.1.
func qualityOfTenth(scores []float64, flows dataframe.DataFrame) (q quality, fault string) {
	threshold, err := labkit.Threshold(scores, 0.1)
	if err != nil {
		threshold = 0 // qualityOf finds the same fault in the scores
	}
	return qualityOf(scores, threshold, labkit.Must(labkit.Labels(flows)))
}

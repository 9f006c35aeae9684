package check

import (
	"slices"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var quickstartTests = []exerciseTest{
	{
		exercise: alertCount,
		check:    AlertCount,
		byHand: []example{
			{exam.Input{[]float64{1, 2, 3}, 2.0}, 1},
			{exam.Input{[]float64{1, 2, 3}, 0.0}, 3},
			{exam.Input{[]float64{}, 0.0}, 0},
		},
		right: []any{
			func(scores []float64, threshold float64) int {
				return labkit.CountTrue(labkit.Predict(scores, threshold))
			},
			func(scores []float64, threshold float64) int {
				return len(slices.DeleteFunc(slices.Clone(scores), func(s float64) bool { return s <= threshold }))
			},
		},
		wrong: []wrongAnswer{
			{func(scores []float64, threshold float64) int {
				n := 0
				for _, s := range scores {
					if !(s < threshold) {
						n++
					}
				}
				return n
			}, "strictly above"},
			{func(scores []float64, threshold float64) int {
				for _, s := range scores {
					if s > threshold {
						return 1
					}
				}
				return 0
			}, "stops at the first alert"},
			{func(scores []float64, threshold float64) int { return len(scores) }, "Every score is counted"},
			{func(scores []float64, threshold float64) float64 { return 0 }, "want int"},
			{func(scores []float64, threshold float64) int {
				return labkit.CountTrue(labkit.Predict(scores, threshold)) + 1
			}, "too large by one"},
		},
	},
}

package check

import "flowlab/labkit/internal/exam"

var quickstart = []*exam.Exercise{alertCount}

var alertCount = &exam.Exercise{
	ID:       "alert-count",
	Notebook: "00_quickstart",
	Section:  "Where is the cut?",
	Title:    "Number of alerts",
	Hints: []string{
		"Go through the scores one by one, and count those above the threshold.",
		"Begin with n := 0. In the loop for _, score := range scores { … } an if decides whether n++ is carried out.",
		"if score > threshold { n++ } inside the loop, and return n after it",
	},
	Answer: func(scores []float64, threshold float64) int {
		return countScores(scores, func(s float64) bool { return s > threshold })
	},
	Params: []string{"scores", "threshold"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]float64{0.4, 0.7, 0.5, 0.9}, 0.6},
			{[]float64{0.3, 0.5, 0.5, 0.8}, 0.5}, // at the threshold is not above
			{[]float64{-2, -1, -3, 4, 0}, -1.5},
			{[]float64{0.1, 0.2, 0.3}, 0.9},
			{[]float64{7, 8, 9}, 1.0},
			{[]float64{}, 0.5},
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(scores []float64, threshold float64) int {
			return countScores(scores, func(s float64) bool { return s >= threshold })
		}, Says: "A score that equals the threshold is counted. An alert lies strictly above: >."},
		{Answer: func(scores []float64, threshold float64) int {
			return countScores(scores, func(s float64) bool { return s < threshold })
		}, Says: "This counts the scores below the threshold. Higher is stranger: count those above."},
		{Answer: func(scores []float64, threshold float64) int {
			return countScores(scores, func(s float64) bool { return s <= threshold })
		}, Says: "This counts the scores that are no alerts. Count those above the threshold."},
		{Answer: func(scores []float64, _ float64) int { return len(scores) },
			Says: "Every score is counted. An if decides which of them lie above the threshold."},
		{Answer: func(scores []float64, threshold float64) int {
			n := 0
			for i := range scores {
				if float64(i) > threshold {
					n++
				}
			}
			return n
		}, Says: "This compares the number of the element with the threshold. With one variable, range hands out the index: write for _, score := range scores."},
		{Answer: func(scores []float64, threshold float64) int {
			return min(1, countScores(scores, func(s float64) bool { return s > threshold }))
		}, Says: "This stops at the first alert. Does a return, or a break, stand inside the loop?"},
		{Answer: func(scores []float64, threshold float64) int {
			sum := 0.0
			for _, s := range scores {
				if s > threshold {
					sum += s
				}
			}
			return int(sum)
		}, Says: "This adds up the scores above the threshold. Count them: n++ for each."},
		{Answer: func(scores []float64, _ float64) int {
			return countScores(scores, func(s float64) bool { return s > 0.5 })
		}, Says: "The threshold is always 0.5. Compare with the parameter threshold."},
		{Answer: func([]float64, float64) int { return 0 },
			Says: "It counts none. Is n++ carried out, and the same n returned?"},
	},
}

func countScores(scores []float64, is func(float64) bool) int {
	n := 0
	for _, s := range scores {
		if is(s) {
			n++
		}
	}
	return n
}

// AlertCount checks a function that returns how many of the scores lie above a
// threshold, strictly:
//
//	func(scores []float64, threshold float64) int
func AlertCount(function any) { exam.Mark(alertCount, function) }

package check

import (
	"math"
	"slices"

	"flowlab/labkit/internal/exam"
)

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
			{[]float64{0.9, 0.9, 0.3, 0.9}, 0.8},      // equal scores are several alerts
			{[]float64{0.6001, 0.64, 0.59, 0.6}, 0.6}, // by little is above
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
		}, Says: "This gives 1 however many alerts there are. Does a return, or a break, stand inside the loop, which stops at the first alert? Or n = 1 in the place of n++?"},
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
		}, Says: "The threshold is a number of its own, whatever is handed over. Compare with the parameter threshold."},
		{Answer: func([]float64, float64) int { return 0 },
			Says: "It counts none. Is n++ carried out, and the same n returned?"},
		{Answer: func(scores []float64, threshold float64) int {
			last := 0
			for i, s := range scores {
				if s > threshold {
					last = i
				}
			}
			return last
		}, Says: "This is the number of the last alert's element, not how many there are. Count with n++."},
		{Answer: func(scores []float64, threshold float64) int {
			sum := 0
			for i, s := range scores {
				if s > threshold {
					sum += i
				}
			}
			return sum
		}, Says: "This adds up the numbers of the elements. Add one for each alert: n++."},
		{Answer: func(scores []float64, threshold float64) int {
			return countScores(scores, func(s float64) bool { return math.Abs(s) > threshold })
		}, Says: "The scores lose their sign before they are compared, so that -3 counts as 3. Compare them as they are."},
		{Answer: func(scores []float64, threshold float64) int {
			return countScores(scores, func(s float64) bool { return int(s) > int(threshold) })
		}, Says: "The digits after the point are cut off before the comparison. Compare the float64s as they are."},
		{Answer: func(scores []float64, threshold float64) int {
			return countScores(scores, func(s float64) bool { return s == threshold })
		}, Says: "This counts the scores that equal the threshold. Count those above it: >."},
		{Answer: func(scores []float64, threshold float64) int {
			return 2*countScores(scores, func(s float64) bool { return s > threshold }) - len(scores)
		}, Says: "Each score that is no alert takes one away again. It changes nothing: leave the else out."},
		{Answer: func(scores []float64, threshold float64) int {
			return countScores(scores, func(s float64) bool { return s != threshold })
		},
			Says: "This counts the scores that differ from the threshold, on either side. Count those above it: >."},
		{Answer: func(scores []float64, threshold float64) int {
			if i := slices.IndexFunc(scores, func(s float64) bool { return s <= threshold }); i >= 0 {
				return i
			}
			return len(scores)
		},
			Says: "The loop ends at the first score that is no alert. Go on to the last."},
		{Answer: func(scores []float64, threshold float64) int {
			return countScores(scores[:min(1, len(scores))], func(s float64) bool { return s > threshold })
		},
			Says: "Only the first score counts. Does a return stand inside the loop?"},
		{Answer: func(scores []float64, threshold float64) int {
			return countScores(slices.Compact(slices.Sorted(slices.Values(scores))), func(s float64) bool { return s > threshold })
		},
			Says: "Equal scores are counted once. Each of them is an alert."},
		{Answer: func(scores []float64, threshold float64) int {
			return slices.IndexFunc(scores, func(s float64) bool { return s > threshold })
		}, Says: "This is the number of the first alert's element, and -1 where there is none. Count the alerts: n++ for each."},
		{Answer: func(scores []float64, threshold float64) int {
			return 100 * countScores(scores, func(s float64) bool { return s > threshold }) / max(len(scores), 1)
		}, Says: "This is the share of alerts in percent. Return how many there are."},
		{Answer: func(scores []float64, threshold float64) int {
			return countScores(scores, func(s float64) bool { return s-threshold > 0.01 })
		}, Says: withTolerance},
		{Answer: func(scores []float64, threshold float64) int {
			return countScores(scores, func(s float64) bool { return s-threshold > 0.001 })
		}, Says: withTolerance},
		{Answer: func(scores []float64, threshold float64) int {
			return countScores(scores, func(s float64) bool { return math.Round(10*s)/10 > threshold })
		}, Says: "The scores are rounded to one decimal before they are compared. Compare them as they are."},
		{Answer: func(scores []float64, threshold float64) int {
			return countScores(scores[max(len(scores)-1, 0):], func(s float64) bool { return s > threshold })
		}, Says: "Only the last score counts. Is n set to 0 within the loop? n := 0 stands before it."},
	},
}

const withTolerance = "A score that lies above the threshold by little is not counted. Every score above it is an alert: compare without a tolerance."

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

package check

import (
	"fmt"
	"math"
	"slices"
	"sync"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var alertBudget = &exam.Exercise{
	ID:       "alert-budget",
	Notebook: "08_score_analysis",
	Section:  "A threshold for a budget",
	Title:    "Threshold for a budget",
	Hints: []string{
		"Sort a copy from high to low. Which flow is the first that is not to be flagged any more?",
		"That flow's score is the threshold: nothing equal to it is flagged, so that ties solve themselves. If all flows may be flagged there is no such flow, and the threshold has to lie below every score.",
		"slices.Sort(sorted); slices.Reverse(sorted); return sorted[budget], or math.Inf(-1) if budget >= len(sorted)",
	},
	Answer: func(scores []float64, budget int) float64 {
		if budget >= len(scores) {
			return math.Inf(-1)
		}
		return inOrderOf(scores)[len(scores)-1-budget]
	},
	Params: []string{"scores", "budget"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]float64{0.9, 0.4, 0.5, 0.3, 0.7}, 2},
			{[]float64{0.8, 0.6, 0.4, 0.6, 0.6, 0.9}, 3}, // a tie that does not fit
			{[]float64{0.6, 0.9, 0.6, 0.2}, 3},           // a tie that does
			{[]float64{0.2, 0.8, 0.5}, 0},
			{[]float64{-3, 1.5, -0.2}, 3},
			{[]float64{0.3, 0.6}, 20},
			{slices.Clone(labScores()), 50},
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: withinBudget(func(scores []float64, budget int) float64 { return inOrderOf(scores)[budget] }),
			Says: "The scores are sorted from low to high, and counted from the low end. Strange scores are high: count from the other end."},
		{Answer: withinBudget(func(scores []float64, budget int) float64 { return scores[budget] }),
			Says: "The scores are taken in the order in which they came. Sort a copy first."},
		{Answer: func(scores []float64, budget int) float64 {
			sorted := slices.Compact(inOrderOf(scores))
			if budget >= len(sorted) {
				return math.Inf(-1)
			}
			return sorted[len(sorted)-1-budget]
		}, Says: "Equal scores are counted once here, but each of them is an alert. Leave them all in, and a tie that does not fit is left out as a whole."},
		{Answer: withinBudget(func(scores []float64, budget int) float64 {
			sorted := inOrderOf(scores)
			return sorted[max(len(scores)-2-budget, 0)]
		}), Says: oneAlertMore},
		{Answer: func(scores []float64, budget int) float64 {
			if budget+1 >= len(scores) {
				return math.Inf(-1)
			}
			return inOrderOf(scores)[len(scores)-2-budget]
		}, Says: oneAlertMore},
		{Answer: func(scores []float64, budget int) float64 {
			return inOrderOf(scores)[max(len(scores)-1-budget, 0)]
		}, Says: "Where the budget is enough for all flows this is the lowest score, which is not above itself. There the threshold has to lie below the lowest score: math.Inf(-1)."},
		{Answer: withinBudget(func(scores []float64, budget int) float64 {
			sorted := inOrderOf(scores)
			higher := slices.DeleteFunc(slices.Clone(sorted), func(s float64) bool { return s <= sorted[len(sorted)-1-budget] })
			return append(higher, slices.Max(scores))[0]
		}), Says: "This goes on to the next higher score. The first flow that is not to be flagged has the threshold itself: Predict flags what lies strictly above, so that ties need nothing of their own."},
		{Answer: withinBudget(func(scores []float64, _ int) float64 { return slices.Max(scores) }),
			Says: "This is the highest score, above which nothing lies, whatever the budget is. If it divides budget by len(scores): dividing two ints cuts off the digits after the point, which leaves 0."},
		{Answer: withinBudget(func(scores []float64, budget int) float64 {
			return scores[slices.IndexFunc(scores, func(s float64) bool { return above(scores, s) <= budget })]
		}), Says: "This returns the first score that keeps the budget, and it may be a high one. As many as the budget allows are flagged by the lowest that keeps it."},
		{Answer: withinBudget(exactly(math.Inf(-1))), Says: "Where no threshold flags exactly as many as the budget, this flags everything. Equal scores are flagged together: take the lowest score above which there are at most budget."},
		{Answer: withinBudget(exactly(math.Inf(1))), Says: "Where no threshold flags exactly as many as the budget, this flags nothing. Equal scores are flagged together: take the lowest score above which there are at most budget."},
		{Answer: shareFlagged(func(n int) float64 { return float64(n) }), Says: "Threshold is asked for a share of the flows, of which it takes a half at most: a larger budget is not used up. Sort the scores, and count."},
		{Answer: shareFlagged(func(int) float64 { return 1000 }), Says: "The budget is divided by 1000, the number of flows in the course. There are len(scores) here; and Threshold takes a share of a half at most. Sort the scores, and count."},
	},
	Judge: func(in exam.Input, got []any) string {
		scores, budget, threshold := in[0].([]float64), in[1].(int), got[0].(float64)
		if math.IsNaN(threshold) {
			return "NaN is not a number, and nothing lies above it."
		}
		flagged, want := above(scores, threshold), mostAlerts(scores, budget)
		says := fmt.Sprintf("%d of %d scores lie above this threshold. The budget is %d: want %d. ", flagged, len(scores), budget, want)
		switch {
		case flagged == want:
			return ""
		case budget == 0:
			return says + "A budget of 0 allows no alert at all. Nothing lies above the highest score."
		case want < min(budget, len(scores)):
			return says + "Equal scores are flagged together or not at all."
		case want == len(scores):
			return says + "The budget is enough for all flows, so the threshold has to lie below the lowest score, whatever that is."
		case flagged > want:
			return says + "The threshold is too low."
		case slices.Contains(scores, threshold) && above(scores, math.Nextafter(threshold, math.Inf(-1))) == want:
			return says + "This is the score of the last flow that should be flagged, and Predict flags what lies strictly above."
		}
		return says + "The threshold is too high."
	},
}

var labScores = sync.OnceValue(func() []float64 {
	x := labkit.Must(labkit.Features(labkit.Must(labkit.AddFeatures(labkit.GenerateFlows(42)))))
	scaled := labkit.Must(labkit.Must(labkit.RobustScaler{}.Fit(x)).Transform(x))
	return labkit.Must(labkit.IsolationForest{Seed: 42}.Fit(scaled)).TrainScores()
})

// above counts the scores strictly above a threshold.
func above(scores []float64, threshold float64) int {
	return labkit.CountTrue(labkit.Predict(scores, threshold))
}

const oneAlertMore = "This flags one flow too many. Sorted from high to low, the first that is not to be flagged has the index budget."

// withinBudget returns a function that takes a threshold if not all may be flagged.
func withinBudget(take func(scores []float64, budget int) float64) func(scores []float64, budget int) float64 {
	return func(scores []float64, budget int) float64 {
		if budget >= len(scores) {
			return math.Inf(-1)
		}
		return take(scores, budget)
	}
}

// exactly returns a function that takes the score above which lie exactly budget
// others, or else a threshold of its own.
func exactly(otherwise float64) func(scores []float64, budget int) float64 {
	return func(scores []float64, budget int) float64 {
		for _, s := range scores {
			if above(scores, s) == budget {
				return s
			}
		}
		return otherwise
	}
}

// shareFlagged returns a function that takes the quantile at the budget's share of
// so many, of a half at most.
func shareFlagged(of func(flows int) float64) func(scores []float64, budget int) float64 {
	return func(scores []float64, budget int) float64 {
		return pctOf(scores, 100*(1-min(float64(budget)/of(len(scores)), 0.5)))
	}
}

// mostAlerts returns how many scores a threshold can flag within the budget.
func mostAlerts(scores []float64, budget int) int {
	if budget >= len(scores) {
		return len(scores)
	}
	most := 0
	for _, s := range scores {
		if n := above(scores, s); n <= budget {
			most = max(most, n)
		}
	}
	return most
}

// AlertBudget checks a function that returns a threshold above which, strictly,
// lie at most budget of the scores, and as many as the budget allows. There is
// at least one score, and the budget is not negative:
//
//	func(scores []float64, budget int) float64
func AlertBudget(function any) { exam.Mark(alertBudget, function) }

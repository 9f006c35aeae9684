package check

import (
	"fmt"
	"math"
	"sync"

	"flowlab/labkit"
	"flowlab/labkit/internal/plural"
)

var compareModels = []*Exercise{fOne, accuracyTrap, majorityVote}

var fOne = &Exercise{
	ID:       "f-one",
	Notebook: "07_compare_models",
	Section:  "The comparison of the Python lab",
	Title:    "Harmonic mean F1",
	Hints: []string{
		"Try your formula on 0.5 and 0.5: the mean of two equal numbers is that number. Then on 0 and 0.",
		"1/F1 is the mean of 1/precision and 1/recall. Put the two fractions over one denominator and turn the result upside down.",
		"return 2 * precision * recall / (precision + recall), after an if that returns 0 where the denominator is 0",
	},
	answer: func(precision, recall float64) float64 {
		if precision+recall == 0 {
			return 0
		}
		return 2 * precision * recall / (precision + recall)
	},
	params: []string{"precision", "recall"},
	cases: func() []input {
		return []input{{0.5, 1.0}, {0.6, 0.6}, {0.9, 0.1}, {0.102, 0.29}, {1.0, 0.0}, {0.0, 0.0}}
	},
	mistakes: []mistake{
		{func(p, r float64) float64 { return (p + r) / 2 },
			"This is the arithmetic mean, with which flagging everything looks good: precision 0.1 and recall 1 have 0.55. Their harmonic mean is 0.18, near the smaller of the two."},
		{func(p, r float64) float64 { return math.Sqrt(p * r) },
			"This is the geometric mean. For the harmonic mean average 1/precision and 1/recall, and turn the result upside down."},
		{func(p, r float64) float64 { return 2 * p * r / (p + r) },
			"The formula is right, but with precision 0 and recall 0 it is 0/0. A detector that finds nothing has an F1 of 0: return that before you divide."},
		{func(p, r float64) float64 { return p * r / (p + r) },
			"The factor 2 is missing: two equal numbers should have themselves as their mean, and 0.6 and 0.6 give 0.3 here."},
		{func(p, r float64) float64 { return 2*p*r/p + r },
			"Division binds more strongly than addition: put the sum below the fraction bar into parentheses."},
		{func(p, r float64) float64 { return p * r },
			"This is the product alone. Of 0.6 and 0.6 it makes 0.36, and a mean of two equal numbers is that number."},
		{func(p, r float64) float64 { return min(p, r) },
			"This is the smaller of the two. F1 lies near it, but the larger one counts as well: 0.5 and 1 have 0.667."},
	},
}

// FOne checks a function that returns the harmonic mean of precision and
// recall, all three in [0, 1]; 0 if both are 0:
//
//	func(precision, recall float64) float64
func FOne(function any) { mark(fOne, function) }

// lofAccuracy is the accuracy of the local outlier factor with the Python lab's
// settings, on the flows of seed 42: 41 attacks and 841 normal flows are judged
// rightly.
const lofAccuracy = 0.882

var accuracyTrap = &Exercise{
	ID:       "accuracy-trap",
	Notebook: "07_compare_models",
	Section:  "The measure: accuracy's trap",
	Title:    "Accuracy without looking",
	Hints: []string{
		"Nine flows in ten are normal. What should be said about a flow of which nothing is known, to be right most of the time?",
		"Each flag that is raised blindly hits a normal flow nine times in ten. How many flags should be raised?",
		"return make([]bool, flows)",
	},
	answer: func(flows int) []bool { return make([]bool, flows) },
	params: []string{"flows"},
	cases:  func() []input { return []input{{1000}, {3000}} },
	judge: func(in input, got []any) string {
		flows, flags := in[0].(int), got[0].([]bool)
		if len(flags) != flows {
			return fmt.Sprintf("There are %d flows and %s: want one for each flow.", flows, plural.Of(len(flags), "flag"))
		}
		c := labkit.Must(labkit.NewConfusion(flags, repeatedLabels(flows)))
		accuracy := float64(c.TP+c.TN) / float64(flows)
		if accuracy > lofAccuracy {
			return ""
		}
		says := fmt.Sprintf("The accuracy is %.3f: want more than %.3f. ", accuracy, lofAccuracy)
		if c.TN+c.FN == 0 {
			return says + "Flagging everything finds every attack and is wrong about every normal flow, and nine in ten are normal."
		}
		return says + fmt.Sprintf("Of your %d flags %d are false alarms. A flag raised blindly is wrong nine times in ten.", c.TP+c.FP, c.FP)
	},
}

var labLabels = sync.OnceValue(func() []bool {
	return labkit.Must(labkit.Labels(labkit.GenerateFlows(42)))
})

// repeatedLabels returns labels of n flows: those of seed 42, again and again.
func repeatedLabels(n int) []bool {
	labels := make([]bool, n)
	for i := range labels {
		labels[i] = labLabels()[i%len(labLabels())]
	}
	return labels
}

// AccuracyTrap checks a function that is told a number of flows and nothing
// about them, and returns a flag for each, true for an attack. Its accuracy is
// to exceed that of the local outlier factor, 0.882, where a tenth of the flows
// are attacks:
//
//	func(flows int) []bool
func AccuracyTrap(function any) { mark(accuracyTrap, function) }

var majorityVote = &Exercise{
	ID:       "majority-vote",
	Notebook: "07_compare_models",
	Section:  "Combining detectors",
	Title:    "Vote of the majority",
	Hints: []string{
		"Count the votes that are true. With how many of 3 is it a majority, with how many of 4, and of 5?",
		"More than half of n means that twice the count is more than n. That needs no fraction, and it is right for no votes at all.",
		"for _, vote := range votes { if vote { yes++ } }, and then return 2*yes > len(votes)",
	},
	answer: func(votes []bool) bool { return 2*labkit.CountTrue(votes) > len(votes) },
	params: []string{"votes"},
	cases: func() []input {
		return []input{
			{[]bool{true, true, false}}, {[]bool{false, true, false}}, {[]bool{true}},
			{[]bool{true, false, true, false}}, {[]bool{false, false, true, true, true}},
			{[]bool{true, true, false, false, false}}, {[]bool{false, false, false}}, {[]bool{}},
		}
	},
	mistakes: []mistake{
		{func(votes []bool) bool { return 2*labkit.CountTrue(votes) >= len(votes) },
			"Half is not more than half: two votes of four are no majority, and none of none is not one either."},
		{func(votes []bool) bool { return len(votes) > 0 && 2*labkit.CountTrue(votes) >= len(votes) },
			"Half is not more than half: two votes of four are a tie, and a tie flags nothing."},
		{func(votes []bool) bool { return labkit.CountTrue(votes) >= len(votes)/2 },
			"Dividing two ints cuts off the digits after the point: 3/2 is 1, so that one vote of three is enough here."},
		{func(votes []bool) bool { return labkit.CountTrue(votes) > 0 },
			"One vote is enough here. That is the union: it finds most, and has the false alarms of all members together."},
		{func(votes []bool) bool { return labkit.CountTrue(votes) == len(votes) },
			"All votes are needed here, so that a single member can veto. That is the intersection, and no majority."},
		{func(votes []bool) bool { return len(votes) > 0 && labkit.CountTrue(votes) == len(votes) },
			"All votes are needed here, so that a single member can prevent an alert. That is the intersection, and no majority."},
		{func(votes []bool) bool { return labkit.CountTrue(votes) >= 2 },
			"Two votes are a majority of three members, not of four or five: compare with the number of votes."},
	},
}

// MajorityVote checks a function that tells whether more than half of the
// votes of detectors on one flow are true, that is for anomaly; false on a tie
// and without votes:
//
//	func(votes []bool) bool
func MajorityVote(function any) { mark(majorityVote, function) }

package check

import (
	"fmt"
	"math"
	"slices"
	"sync"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
	"flowlab/labkit/internal/plural"
)

var compareModels = []*exam.Exercise{fOne, accuracyTrap, majorityVote}

var fOne = &exam.Exercise{
	ID:       "f-one",
	Notebook: "07_compare_models",
	Section:  "The comparison of the Python lab",
	Title:    "Harmonic mean F1",
	Hints: []string{
		"Try your formula on 0.5 and 0.5: the mean of two equal numbers is that number. Then on 0 and 0.",
		"1/F1 is the mean of 1/precision and 1/recall. Put the two fractions over one denominator and turn the result upside down.",
		"return 2 * precision * recall / (precision + recall), after an if that returns 0 where the denominator is 0",
	},
	Answer: func(precision, recall float64) float64 {
		if precision+recall == 0 {
			return 0
		}
		return 2 * precision * recall / (precision + recall)
	},
	Params: []string{"precision", "recall"},
	Cases: func() []exam.Input {
		return []exam.Input{{0.5, 1.0}, {0.6, 0.6}, {0.9, 0.1}, {0.102, 0.29}, {1.0, 0.0}, {0.0, 0.0}, {0.005, 0.5}}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(p, r float64) float64 { return (p + r) / 2 },
			Says: "This is the arithmetic mean, with which flagging everything looks good: precision 0.1 and recall 1 have 0.55. Their harmonic mean is 0.18, near the smaller of the two."},
		{Answer: func(p, r float64) float64 { return math.Sqrt(p * r) },
			Says: "This is the geometric mean. For the harmonic mean average 1/precision and 1/recall, and turn the result upside down."},
		{Answer: func(p, r float64) float64 { return 2 * p * r / (p + r) },
			Says: "The formula is right, but with precision 0 and recall 0 it is 0/0. A detector that finds nothing has an F1 of 0: return that before you divide."},
		{Answer: func(p, r float64) float64 { return p * r / (p + r) },
			Says: "The factor 2 is missing: two equal numbers should have themselves as their mean, and 0.6 and 0.6 give 0.3 here."},
		{Answer: func(p, r float64) float64 { return 2*p*r/p + r },
			Says: "Division binds more strongly than addition: put the sum below the fraction bar into parentheses."},
		{Answer: func(p, r float64) float64 { return 2 * (p + r) / (p * r) },
			Says: "The fraction is upside down: the product stands above the bar, the sum below it."},
		{Answer: func(p, r float64) float64 { return 2 * p * r },
			Says: "The division is missing: 2 · precision · recall is divided by their sum."},
		{Answer: func(p, r float64) float64 { return max(p, r) },
			Says: "This is the larger of the two. F1 lies near the smaller one."},
		{Answer: func(p, r float64) float64 { return 2 * p * r / (p + r + 1) },
			Says: "The plus one below the bar changes every result. Guard the one case in which the sum is 0 by an if."},
		{Answer: func(p, r float64) float64 { return p * r },
			Says: "This is the product alone. Of 0.6 and 0.6 it makes 0.36, and a mean of two equal numbers is that number."},
		{Answer: func(p, r float64) float64 { return min(p, r) },
			Says: "This is the smaller of the two. F1 lies near it, but the larger one counts as well: 0.5 and 1 have 0.667."},
		{Answer: func(p, r float64) float64 { return p * r / 2 },
			Says: "This halves the product. Of 0.6 and 0.6 it makes 0.18, and a mean of two equal numbers is that number."},
		{Answer: func(p, r float64) float64 { return p + r },
			Says: "This is the sum. A mean lies between its numbers."},
		{Answer: func(p, r float64) float64 { return p - r },
			Says: "This is the difference. F1 is a mean: it lies between the two, near the smaller."},
		{Answer: func(p, r float64) float64 {
			if p == 0 || r == 0 {
				return 0
			}
			return (1/p + 1/r) / 2
		}, Says: "This is the mean of 1/precision and 1/recall. Turn the result upside down."},
		{Answer: func(p, r float64) float64 {
			if p == 0 || r == 0 {
				return 0
			}
			return 2 / (p + r)
		}, Says: "This is the arithmetic mean upside down. Average 1/precision and 1/recall, and turn that upside down."},
		{Answer: func(p, r float64) float64 {
			if p+r == 0 {
				return 1
			}
			return 2 * p * r / (p + r)
		}, Says: "With precision 0 and recall 0 the result is 1, the best there is. A detector that finds nothing has an F1 of 0."},
		{Answer: func(p, r float64) float64 {
			if p+r == 0 {
				return 0
			}
			return 2 * (p*p + r*r) / (p + r)
		}, Says: "The squares are added above the bar. There the two are multiplied with each other."},
		{Answer: func(p, r float64) float64 { return 2 * p * r / (p*r + 1) },
			Says: "Below the bar stands the product plus one. There the two are added, without a plus one."},
		{Answer: func(p, r float64) float64 {
			if p+r == 0 {
				return 0
			}
			return 2*p + r/(p+r)
		}, Says: "There is a plus above the bar: multiply precision and recall, 2 * precision * recall."},
		{Answer: func(p, r float64) float64 { return 1/p + 1/r },
			Says: "This is the sum of 1/precision and 1/recall. Take their mean, and turn it upside down."},
		{Answer: func(p, r float64) float64 { return weightedF(p, r, 2) },
			Says: "This is F2, in which recall weighs more. F1 weighs both alike: 2 · precision · recall by their sum."},
		{Answer: func(p, r float64) float64 { return weightedF(p, r, 0.5) },
			Says: "This is F0.5, in which precision weighs more. F1 weighs both alike: 2 · precision · recall by their sum."},
		{Answer: unlessNone(func(p, r float64) float64 { return 1 / (1/p + 1/r/2) }),
			Says: "Only 1/recall is halved, for division binds more strongly than addition: put 1/precision + 1/recall into parentheses."},
		{Answer: func(p, r float64) float64 { return 2 * p * r / (p + r + 0.0001) },
			Says: "Something small is added below the bar, which changes every result a little. Guard the one case in which the sum is 0 by an if."},
		{Answer: func(p, r float64) float64 {
			if p == r {
				return 0
			}
			return weightedF(p, r, 1)
		}, Says: "Where both are equal the result is 0. The mean of two equal numbers is that number: only a sum of 0 needs a guard."},
		{Answer: unlessNone(func(p, r float64) float64 { return (p*p + r*r) / (p + r) }),
			Says: "The squares are added above the bar. There the two are multiplied with each other, and doubled."},
		{Answer: func(p, r float64) float64 {
			if p+r == 0 {
				return 0
			}
			return (p*p + r*r) / (p + r)
		}, Says: "The squares are added above the bar. There the two are multiplied with each other, and doubled."},
		{Answer: func(p, r float64) float64 {
			if p == r {
				return p
			}
			return 2 * p * r / (p - r)
		}, Says: "What stands below the bar is the difference. It is the sum of the two."},
		{Answer: func(p, r float64) float64 {
			if p+r == 0 {
				return 0
			}
			return 2 * p * p / (p + r)
		}, Says: "Above the bar precision stands twice: one of them has to be recall."},
		{Answer: func(p, r float64) float64 { return math.Sqrt((p*p + r*r) / 2) },
			Says: "This is the root of the mean square, which lies near the larger of the two. The harmonic mean lies near the smaller."},
		{Answer: func(p, r float64) float64 {
			if p == 0 || r == 0 {
				return max(p, r)
			}
			return weightedF(p, r, 1)
		}, Says: "Where one of the two is 0 the other is returned. F1 is 0 then: a detector needs both."},
		{Answer: unlessNone(func(p, r float64) float64 { return 1 / (1/p + 1/r - 1) }),
			Says: "This is the Jaccard index, tp by all that are flagged or attacks. F1 is 2 by the sum of 1/precision and 1/recall."},
		{Answer: unlessNone(func(p, r float64) float64 { return (p + r) / 2 }),
			Says: "This is the arithmetic mean, with an exception for 0. The harmonic mean lies near the smaller of the two for all numbers."},
		{Answer: func(p, r float64) float64 {
			if p == 1 || r == 1 {
				return 1
			}
			return weightedF(p, r, 1)
		}, Says: "Where one of the two is 1 the result is 1. The other one counts as well: 0.5 and 1 have 0.667."},
		{Answer: func(p, r float64) float64 {
			if p+r == 0 {
				return 0
			}
			return 2 / (p + r)
		}, Says: "This is the arithmetic mean upside down. Average 1/precision and 1/recall, and turn that upside down."},
		{Answer: func(p, r float64) float64 {
			if min(p, r) < 0.01 {
				return 0
			}
			return weightedF(p, r, 1)
		}, Says: "Numbers below a hundredth count as 0. They are small, and still have a mean: guard the sum of 0 alone."},
	},
}

// unlessNone returns a mean that is 0 where one of the two is.
func unlessNone(mean func(p, r float64) float64) func(p, r float64) float64 {
	return func(p, r float64) float64 {
		if p == 0 || r == 0 {
			return 0
		}
		return mean(p, r)
	}
}

// weightedF is the measure in which recall weighs beta times as much as precision
// (C. J. van Rijsbergen, Information Retrieval, 1979, chapter 7).
func weightedF(p, r, beta float64) float64 {
	if p+r == 0 {
		return 0
	}
	return (1 + beta*beta) * p * r / (beta*beta*p + r)
}

// FOne checks a function that returns the harmonic mean of precision and
// recall, all three in [0, 1]; 0 if both are 0:
//
//	func(precision, recall float64) float64
func FOne(function any) { exam.Mark(fOne, function) }

// lofAccuracy is the accuracy of the local outlier factor with the Python lab's
// settings, on the flows of seed 42: 41 attacks and 841 normal flows are judged
// rightly.
const lofAccuracy = 0.882

var accuracyTrap = &exam.Exercise{
	ID:       "accuracy-trap",
	Notebook: "07_compare_models",
	Section:  "The measure: accuracy's trap",
	Title:    "Accuracy without looking",
	Hints: []string{
		"Nine flows in ten are normal. What should be said about a flow of which nothing is known, to be right most of the time?",
		"Each flag that is raised blindly hits a normal flow nine times in ten. How many flags should be raised?",
		"return make([]bool, flows)",
	},
	Answer: func(flows int) []bool { return make([]bool, flows) },
	Params: []string{"flows"},
	Cases:  func() []exam.Input { return []exam.Input{{1000}, {3000}} },
	Judge: func(in exam.Input, got []any) string {
		flows, flags := in[0].(int), got[0].([]bool)
		if len(flags) != flows {
			return fmt.Sprintf("There are %s and %s: want one for each flow.", plural.Of(flows, "flow"), plural.Of(len(flags), "flag"))
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
func AccuracyTrap(function any) { exam.Mark(accuracyTrap, function) }

var majorityVote = &exam.Exercise{
	ID:       "majority-vote",
	Notebook: "07_compare_models",
	Section:  "Combining detectors",
	Title:    "Vote of the majority",
	Hints: []string{
		"Count the votes that are true. With how many of 3 is it a majority, with how many of 4, and of 5?",
		"More than half of n means that twice the count is more than n. That needs no fraction, and it is right for no votes at all.",
		"for _, vote := range votes { if vote { yes++ } }, and then return 2*yes > len(votes)",
	},
	Answer: func(votes []bool) bool { return 2*labkit.CountTrue(votes) > len(votes) },
	Params: []string{"votes"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]bool{true, true, false}}, {[]bool{false, true, false}}, {[]bool{true}},
			{[]bool{true, false, true, false}}, {[]bool{false, false, true, true, true}},
			{[]bool{true, true, false, false, false}}, {[]bool{false, false, false}}, {[]bool{}},
			{[]bool{true, false, false, true, true}}, {[]bool{true, true, true, false, true}},
			{[]bool{true, true, true}}, {[]bool{false, true, true}},
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(votes []bool) bool { return 2*labkit.CountTrue(votes) >= len(votes) },
			Says: "Half is not more than half: two votes of four are no majority, and none of none is not one either."},
		{Answer: func(votes []bool) bool { return len(votes) > 0 && 2*labkit.CountTrue(votes) >= len(votes) },
			Says: "Half is not more than half: two votes of four are a tie, and a tie flags nothing."},
		{Answer: func(votes []bool) bool { return labkit.CountTrue(votes) >= len(votes)/2 },
			Says: "Dividing two ints cuts off the digits after the point: 3/2 is 1, so that one vote of three is enough here."},
		{Answer: func(votes []bool) bool { return labkit.CountTrue(votes) > 0 },
			Says: "One vote is enough here. That is the union: it finds most, and has the false alarms of all members together."},
		{Answer: func(votes []bool) bool { return labkit.CountTrue(votes) == len(votes) },
			Says: "All votes are needed here, so that a single member can veto. That is the intersection, and no majority. (Of two ints yes/len(votes) is 1 then alone.)"},
		{Answer: func(votes []bool) bool { return len(votes) > 0 && labkit.CountTrue(votes) == len(votes) },
			Says: "All votes are needed here, so that a single member can prevent an alert. That is the intersection, and no majority. (Of two ints yes/len(votes) is 1 then alone.)"},
		{Answer: func(votes []bool) bool { return labkit.CountTrue(votes) >= 2 },
			Says: "Two votes are a majority of three members, not of four or five: compare with the number of votes."},
		{Answer: func(votes []bool) bool { return len(votes) > 0 && votes[0] },
			Says: "The first vote decides. Count all of them: does a return stand inside the loop?"},
		{Answer: func(votes []bool) bool { return len(votes) > 0 && votes[len(votes)-1] },
			Says: "The last vote decides. Count all of them."},
		{Answer: func(votes []bool) bool { return labkit.CountTrue(votes) == 2 },
			Says: "Exactly two votes are wanted here. A majority is more than half, however many there are."},
		{Answer: func(votes []bool) bool { return labkit.CountTrue(votes) > len(votes)/2+1 },
			Says: "One vote too many is wanted: more than half of five is three, and here it takes four."},
		{Answer: func(votes []bool) bool { return len(votes) > 0 && 2*labkit.CountTrue(votes) == len(votes) },
			Says: "This is true for a tie. More than half is wanted: >."},
		{Answer: func(votes []bool) bool { return labkit.CountTrue(votes)%2 == 1 },
			Says: "This asks whether the number of votes that are true is odd. Is it more than half?"},
		{Answer: func(votes []bool) bool { return 2*labkit.CountTrue(votes[:min(3, len(votes))]) > min(3, len(votes)) },
			Says: "Only the first three votes count. There may be any number of members: count all of them."},
		{Answer: func(votes []bool) bool { return 2*labkit.CountTrue(votes) < len(votes) },
			Says: "This is true if most votes are false. Are those counted, or does < stand in the place of >?"},
		{Answer: func(votes []bool) bool { return len(votes) > 0 },
			Says: "Every vote is counted, whether it is true or false. An if decides: if vote { yes++ }."},
		{Answer: func(votes []bool) bool { return 2*labkit.CountTrue(votes[:max(len(votes)-1, 0)]) > len(votes) },
			Says: "The last vote is left out. A loop over all goes on while i < len(votes)."},
		{Answer: func(votes []bool) bool { return 2*labkit.CountTrue(votes[min(1, len(votes)):]) > len(votes) },
			Says: "The first vote is left out. Elements are numbered from 0: does the loop begin at 1?"},
		{Answer: func(votes []bool) bool { return 2*min(1, labkit.CountTrue(votes)) > len(votes) },
			Says: "One vote counts at most, however many are true. Does a return stand inside the loop? Or n = 1 in the place of n++?"},
		{Answer: func(votes []bool) bool {
			return slices.ContainsFunc(prefixes(votes), func(p []bool) bool { return 2*labkit.CountTrue(p) > len(p) })
		}, Says: "The decision is made within the loop, by the votes seen so far. Count all of them first, and compare behind the loop."},
		{Answer: func(votes []bool) bool { return len(votes) == 0 || 2*labkit.CountTrue(votes) > len(votes) },
			Says: "Without any votes the result is true. None of none is not more than half: false."},
		{Answer: func(votes []bool) bool { return labkit.CountTrue(votes) == len(votes)/2+1 },
			Says: "The smallest majority is asked for, exactly. More votes than that are one, too: >= in the place of ==."},
		{Answer: func(votes []bool) bool {
			return slices.ContainsFunc(prefixes(votes), func(p []bool) bool { n := len(p); return n > 1 && p[n-1] && p[n-2] })
		}, Says: "This asks for two votes side by side that are true. Where they stand does not matter: count them."},
		{Answer: func(votes []bool) bool { return len(votes) > 0 && votes[len(votes)/2] },
			Says: "The vote in the middle of the list decides. It is the majority's in a sorted list alone: count them."},
		{Answer: func(votes []bool) bool { return len(votes) > 0 && 3*labkit.CountTrue(votes) >= 2*len(votes) },
			Says: "Two thirds are wanted here. A majority is more than half: three of five."},
		{Answer: func(votes []bool) bool { return 2*slices.Index(append(slices.Clone(votes), false), false) > len(votes) },
			Says: "The count ends at the first vote that is false. Go on to the last: leave the break out."},
	},
}

// prefixes returns the votes up to the first, up to the second, and so on.
func prefixes(votes []bool) [][]bool {
	var all [][]bool
	for i := range votes {
		all = append(all, votes[:i+1])
	}
	return all
}

// MajorityVote checks a function that tells whether more than half of the
// votes of detectors on one flow are true, that is for anomaly; false on a tie
// and without votes:
//
//	func(votes []bool) bool
func MajorityVote(function any) { exam.Mark(majorityVote, function) }

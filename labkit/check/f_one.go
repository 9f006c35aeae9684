package check

import (
	"math"

	"flowlab/labkit/internal/exam"
)

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

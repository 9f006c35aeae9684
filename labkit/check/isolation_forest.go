package check

import (
	"math"
	"slices"

	"flowlab/labkit/internal/exam"
)

var isolationForest = []*exam.Exercise{isolationSplit, averagePath, precisionRecall, scoreDirection}

var isolationSplit = &exam.Exercise{
	ID:       "isolation-split",
	Notebook: "04_isolation_forest",
	Section:  "The idea on eight points",
	Title:    "One cut",
	Hints: []string{
		"Walk over the values with for _, v := range values, and decide for each on which side it belongs.",
		"Both results are slices that begin empty: below = append(below, v) puts a value at the end.",
		"if v <= cut { below = append(below, v) } else { above = append(above, v) }",
	},
	Answer: func(values []float64, cut float64) (below, above []float64) {
		return halfWhere(values, func(v float64) bool { return v <= cut }),
			halfWhere(values, func(v float64) bool { return v > cut })
	},
	Params: []string{"values", "cut"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]float64{11, 40, 12.5, 16, 13}, 20.0},
			{[]float64{15, 12, 14, 11}, 14.0}, // a value at the cut
			{[]float64{5, 7, 5, 9, 5, 4}, 5.0},
			{[]float64{3, 1, 2}, 3.0}, // the largest value at the cut
			{[]float64{8, -3, 0, 8, -1}, -1.5},
			{[]float64{7}, 2.0},
			{[]float64{}, 1.0},
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			return halfWhere(values, func(v float64) bool { return v < cut }),
				halfWhere(values, func(v float64) bool { return v >= cut })
		}, Says: "A value equal to the cut belongs below: v <= cut. You put it above."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			return halfWhere(values, func(v float64) bool { return v < cut }),
				halfWhere(values, func(v float64) bool { return v > cut })
		}, Says: "A value equal to the cut is in neither half, and would vanish from the tree. It belongs below."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			return halfWhere(values, func(v float64) bool { return v <= cut }),
				halfWhere(values, func(v float64) bool { return v >= cut })
		}, Says: "A value equal to the cut is in both halves. It belongs below alone."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			values = slices.Sorted(slices.Values(values))
			return halfWhere(values, func(v float64) bool { return v <= cut }),
				halfWhere(values, func(v float64) bool { return v > cut })
		}, Says: "The halves are right, but sorted. Leave the values in the order in which they came: a cut needs no sorting, which would be the most expensive part of it."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			for i, v := range values {
				if v <= cut {
					below = append(below, float64(i))
				} else {
					above = append(above, float64(i))
				}
			}
			return below, above
		}, Says: "These are the numbers of the elements. In for i, v := range values the value is v; write for _, v if you do not need i."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			values = slices.Clone(values)
			slices.Reverse(values)
			return halfWhere(values, func(v float64) bool { return v <= cut }),
				halfWhere(values, func(v float64) bool { return v > cut })
		}, Says: "The halves are right, and in reversed order: each value is put before the ones that came earlier. below = append(below, v) puts it behind them."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			for _, v := range values {
				if v <= cut {
					below = append(below, v-cut)
				} else {
					above = append(above, v-cut)
				}
			}
			return below, above
		}, Says: "These are the distances from the cut. Put the values themselves into the halves."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			i := min(max(int(cut), 0), len(values))
			return values[:i], values[i:]
		}, Says: "The cut is taken for an index. It is a value: compare each v with it."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			for i, v := range values {
				if v > cut {
					return values[:i], values[i:]
				}
			}
			return values, nil
		}, Says: "The list is cut in two at the first value above the cut. Values behind it may be below again, as the list is not sorted: decide for each."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			i := slices.Index(values, cut)
			return values[:i+1], values[i+1:]
		}, Says: "The list is cut in two where the cut stands in it. It need not stand there, and the list is not sorted: compare each value with it."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			return halfWhere(values, func(v float64) bool { return v <= cut }), values
		}, Says: "below is right, and above has all values. An else is missing: only what is not below goes above."},
		{Answer: func(values []float64, _ float64) (below, above []float64) { return values, nil },
			Says: "All values are below, whatever the cut is. Those above it go to above: does its append name below?"},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			for _, v := range values {
				if v <= cut {
					below = append(below, v)
				} else {
					above = append(below, v)
				}
			}
			return below, above
		}, Says: "above = append(below, v) continues the other slice. Write above = append(above, v)."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			for _, v := range values {
				if v <= cut {
					below = append(below, v)
				} else {
					below = append(above, v)
				}
			}
			return below, above
		}, Says: "below = append(above, v) puts the result into the other slice. Write above = append(above, v)."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			first := values[:min(1, len(values))]
			return halfWhere(first, func(v float64) bool { return v <= cut }), halfWhere(first, func(v float64) bool { return v > cut })
		}, Says: "Only the first value is looked at. Does the return stand inside the loop? Put it behind the brace that closes it."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			zeros := make([]float64, len(values))
			return append(slices.Clone(zeros), halfWhere(values, func(v float64) bool { return v <= cut })...),
				append(zeros, halfWhere(values, func(v float64) bool { return v > cut })...)
		}, Says: "Both halves begin with zeros: make with a length fills them in, and append goes on behind. Begin with empty slices, var below []float64."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			below, above = make([]float64, len(values)), make([]float64, len(values))
			for i, v := range values {
				if v <= cut {
					below[i] = v
				} else {
					above[i] = v
				}
			}
			return below, above
		}, Says: "Both halves are as long as values, with a 0 where a value went to the other. Begin with empty slices, and append."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			return append([]float64{cut}, halfWhere(values, func(v float64) bool { return v < cut })...),
				halfWhere(values, func(v float64) bool { return v > cut })
		}, Says: "The cut is put among the values below. It is where the values are parted: only they go into the halves."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			return once(halfWhere(values, func(v float64) bool { return v <= cut })),
				once(halfWhere(values, func(v float64) bool { return v > cut }))
		}, Says: "Equal values are kept once. Each is a point of its own: keep all of them."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			for _, v := range values {
				if v <= cut {
					below = []float64{v}
				} else {
					above = []float64{v}
				}
			}
			return below, above
		}, Says: "Only the last value of each half is left, as the slice is made anew for each. below = append(below, v) keeps the earlier ones."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			return halfWhere(values, func(v float64) bool { return int(v) <= int(cut) }),
				halfWhere(values, func(v float64) bool { return int(v) > int(cut) })
		}, Says: "The digits after the point are cut off before the comparison. Compare the float64s as they are."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			if i := slices.Index(values, cut); i >= 0 {
				values = values[:i+1]
			}
			return halfWhere(values, func(v float64) bool { return v <= cut }),
				halfWhere(values, func(v float64) bool { return v > cut })
		}, Says: "The loop ends at a value that equals the cut. It belongs below, and the loop goes on: leave the break out."},
		{Answer: func(values []float64, cut float64) (below, above []float64) {
			if len(values) == 0 {
				return nil, nil
			}
			low, high := slices.Min(values), slices.Max(values)
			at := low + cut*(high-low)
			return halfWhere(values, func(v float64) bool { return v <= at }), halfWhere(values, func(v float64) bool { return v > at })
		}, Says: "The cut is taken for a share of the range of the values. It is a value itself: compare v with cut."},
	},
}

// halfWhere returns the values for which the condition holds, in their order.
func halfWhere(values []float64, holds func(float64) bool) []float64 {
	return slices.DeleteFunc(slices.Clone(values), func(v float64) bool { return !holds(v) })
}

// once returns the values in their order, equal ones once.
func once(values []float64) []float64 {
	var kept []float64
	for _, v := range values {
		if !slices.Contains(kept, v) {
			kept = append(kept, v)
		}
	}
	return kept
}

// IsolationSplit checks a function that divides values at a cut: those up to
// and including it are below, the others above, each in the order in which they
// came. Either side may be empty:
//
//	func(values []float64, cut float64) (below, above []float64)
func IsolationSplit(function any) { exam.Mark(isolationSplit, function) }

const euler = 0.5772156649015329

var averagePath = &exam.Exercise{
	ID:       "average-path",
	Notebook: "04_isolation_forest",
	Section:  "The idea on eight points",
	Title:    "Mean path length",
	Hints: []string{
		"First let the small n return, with an if each or a switch. What is left is the formula.",
		"Make a float64 of n - 1 before you compute with it: m := float64(n - 1). math.Log is the natural logarithm.",
		"return 2*(math.Log(m)+0.5772156649) - 2*m/float64(n), after n <= 1 has returned 0 and n == 2 has returned 1",
	},
	Answer: smallBeside(pathFormula),
	Params: []string{"n"},
	Cases: func() []exam.Input {
		return []exam.Input{{256}, {8}, {3}, {2}, {1}, {0}, {1000}}
	},
	Mistakes: []exam.Mistake{
		{Answer: pathFormula, Says: "The formula is for n above 2. One point alone needs no cut, so c(1) and c(0) are 0, and two points need one, so c(2) is 1."},
		{Answer: func(n int) float64 {
			if n <= 1 {
				return 0
			}
			return pathFormula(n)
		}, Says: "Two points are apart after one cut, so c(2) is 1. The formula approximates a sum, badly for so small an n: it gives 0.15."},
		{Answer: func(n int) float64 {
			if n <= 2 {
				return 0
			}
			return pathFormula(n)
		}, Says: "Two points still have to be parted, by one cut: c(2) is 1."},
		{Answer: func(n int) float64 {
			if n <= 2 {
				return 1
			}
			return pathFormula(n)
		}, Says: "A point alone needs no cut: c(1) is 0, and so is c(0)."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n-1))+0.5772) - 2*float64(n-1)/float64(n)
		}), Says: "Four digits of Euler's constant are too few: take 0.5772156649."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n))+euler) - 2*float64(n-1)/float64(n)
		}), Says: "This takes the logarithm of n: want that of n - 1."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log2(float64(n-1))+euler) - 2*float64(n-1)/float64(n)
		}), Says: "This takes the logarithm to base 2. In the formula it is the natural one, math.Log."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log10(float64(n-1))+euler) - 2*float64(n-1)/float64(n)
		}), Says: "This takes the logarithm to base 10. In the formula it is the natural one, math.Log."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*math.Log(float64(n-1)) + euler - 2*float64(n-1)/float64(n)
		}), Says: "The 2 belongs to the logarithm and to Euler's constant: put their sum into parentheses."},
		{Answer: smallBeside(func(n int) float64 {
			return 2 * (math.Log(float64(n-1)) + euler)
		}), Says: "The second term, 2(n-1)/n, counts as 0. Is it there? (n-1)/n with whole numbers is 0: convert before you divide."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n-1))+euler) - float64(2*(n-1)/n)
		}), Says: "The second term, 2(n-1)/n, counts as 1, because two whole numbers are divided and the digits after the point are cut off. Convert both with float64(…) before dividing."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n-1))+euler) - float64(n-1)/float64(n)
		}), Says: "The second term is 2(n-1)/n: its 2 is missing."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*math.Log(float64(n-1)) - 2*float64(n-1)/float64(n)
		}), Says: "Euler's constant, 0.5772156649, is missing: add it to the logarithm before doubling."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n-1))+euler) + 2*float64(n-1)/float64(n)
		}), Says: "The second term, 2(n-1)/n, is added. Subtract it."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n-1))-euler) - 2*float64(n-1)/float64(n)
		}), Says: "Euler's constant is subtracted. Add it to the logarithm."},
		{Answer: smallBeside(func(n int) float64 {
			return math.Log(float64(n-1)) + euler - 2*float64(n-1)/float64(n)
		}), Says: "The factor 2 before the logarithm is missing."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n-1))+euler) - 2*float64(n)/float64(n-1)
		}), Says: "The fraction of the second term is upside down: want 2(n-1)/n."},
		{Answer: smallBeside(func(n int) float64 {
			return math.Log(float64(n-1)) + euler
		}), Says: "This approximates a sum of 1/i up to n-1. c(n) is twice that, minus 2(n-1)/n."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*harmonic(n-1) - 2*float64(n-1)/float64(n)
		}), Says: "This adds up 1 + 1/2 + 1/3 + …, which is exact. The paper, and every forest since, has ln(n-1) + 0.5772156649 in its place, which saves the loop."},
		{Answer: func(n int) float64 { return float64(n) / 2 },
			Says: "This is half of n. A tree halves the points with each cut, so that the path grows with the logarithm of n: take the formula."},
		{Answer: smallBeside(func(n int) float64 { return 2*(math.Log(float64(n-1))+euler) - 2*float64(n)/float64(n) }),
			Says: "The second term is 2 here, as n stands above and below the bar: want 2(n-1)/n."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*math.Log(float64(n-1)+euler) - 2*float64(n-1)/float64(n)
		}), Says: "Euler's constant stands inside the logarithm: its parenthesis closes too late. Add the constant to the logarithm."},
		{Answer: smallBeside(func(n int) float64 {
			return (2*(math.Log(float64(n-1))+euler) - 2*float64(n-1)) / float64(n)
		}), Says: "The whole formula is divided by n. Only 2(n-1) is: leave the parenthesis around both terms out."},
		{Answer: smallBeside(func(n int) float64 {
			return 2 * (math.Log(float64(n-1)) + euler - 2*float64(n-1)) / float64(n)
		}), Says: "The whole formula is divided by n. Only 2(n-1) is: check where the parentheses close."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n-1))+0.577) - 2*float64(n-1)/float64(n)
		}), Says: "Three digits of Euler's constant are too few: take 0.5772156649."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n-1))+0.57) - 2*float64(n-1)/float64(n)
		}), Says: "Two digits of Euler's constant are too few: take 0.5772156649."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n-1))+math.E) - 2*float64(n-1)/float64(n)
		}), Says: "math.E is Euler's number, 2.718…. Wanted is the other constant that has his name, 0.5772156649."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n+1))+euler) - 2*float64(n-1)/float64(n)
		}), Says: "This takes the logarithm of n + 1: want that of n - 1."},
		{Answer: smallBeside(func(n int) float64 {
			return 2*(math.Log(float64(n-1))+euler) - 2*(float64(n)-1/float64(n))
		}), Says: "Division binds more strongly than subtraction: put n - 1 above the bar into parentheses."},
		{Answer: func(n int) float64 {
			if n == 2 {
				return 2
			}
			return meanPath(n, 0.5772156649)
		},
			Says: "Two points are parted by one cut: c(2) is 1."},
		{Answer: func(n int) float64 { return meanPath(n, math.Pi) },
			Says: "math.Pi stands in the place of Euler's constant, 0.5772156649, which has the sign γ."},
		{Answer: func(n int) float64 { return meanPath(n, 0.5) },
			Says: "0.5 is too coarse for Euler's constant, 0.5772156649."},
		{Answer: func(n int) float64 {
			if n < 2 {
				return 0
			}
			return math.Log2(float64(n))
		}, Says: "This is the height of a balanced tree, log2 of n. The trees of the forest are cut at random and are deeper: take the formula."},
		{Answer: func(n int) float64 { return meanPath(n, 0.58) },
			Says: "Two digits of Euler's constant are too few: take 0.5772156649."},
		{Answer: func(n int) float64 {
			if n == 3 {
				return 1
			}
			return meanPath(n, euler)
		}, Says: "c(3) is 1 here, like c(2). The formula holds for every n above 2: does the condition say n <= 3?"},
		{Answer: func(n int) float64 {
			if n == 1 || n == 2 {
				return float64(2 - n)
			}
			return meanPath(n, euler)
		}, Says: "The results for 1 and 2 have changed places: one point alone needs no cut, two points need one."},
		{Answer: func(n int) float64 {
			if n <= 2 {
				return float64(n - 1)
			}
			return pathFormula(n)
		}, Says: "n - 1 is -1 where there is no point. c(0) is 0, like c(1)."},
		{Answer: func(n int) float64 {
			if n == 1 {
				return 1
			}
			return meanPath(n, euler)
		}, Says: "A point alone takes one cut here. It needs none: c(1) is 0."},
		{Answer: func(n int) float64 {
			if n == 1 || n == 2 {
				return float64(n - 1)
			}
			return pathFormula(n)
		}, Says: "n = 0 falls into the formula, where the logarithm of -1 is NaN. c(0) is 0: write n <= 1."},
	},
}

// smallBeside returns c(n) where a formula gives it for n above 2.
func smallBeside(formula func(n int) float64) func(n int) float64 {
	return func(n int) float64 {
		if n <= 2 {
			return float64(max(n-1, 0))
		}
		return formula(n)
	}
}

func pathFormula(n int) float64 {
	return 2*(math.Log(float64(n-1))+euler) - 2*float64(n-1)/float64(n)
}

// harmonic returns 1 + 1/2 + … + 1/n.
func harmonic(n int) float64 {
	sum := 0.0
	for i := range n {
		sum += 1 / float64(i+1)
	}
	return sum
}

// meanPath is c(n) with another constant in the place of Euler's.
func meanPath(n int, constant float64) float64 {
	if n < 3 {
		return float64(max(n-1, 0))
	}
	return 2*(math.Log(float64(n-1))+constant) - 2*float64(n-1)/float64(n)
}

// AveragePath checks a function that returns c(n), the mean number of cuts that
// a search in a random binary tree of n points takes: 0 for n up to 1, 1 for 2,
// and above that what section 2 of Liu, Ting and Zhou, Isolation Forest, gives:
//
//	func(n int) float64
func AveragePath(function any) { exam.Mark(averagePath, function) }

var precisionRecall = &exam.Exercise{
	ID:       "precision-recall",
	Notebook: "04_isolation_forest",
	Section:  "The forest of the Python lab",
	Title:    "Precision and recall",
	Hints: []string{
		"Both are fractions with tp above the bar. Which flows were flagged, and which are attacks?",
		"Flagged are tp + fp flows, attacks are tp + fn. Convert to float64 before you divide.",
		"return float64(tp) / float64(tp+fp), and, after the comma, the same with fn in the place of fp",
	},
	Answer: func(tp, fp, fn int) (precision, recall float64) {
		return fraction(tp, tp+fp), fraction(tp, tp+fn)
	},
	Params: []string{"tp", "fp", "fn"},
	Cases: func() []exam.Input {
		return []exam.Input{{30, 10, 70}, {60, 40, 40}, {97, 0, 3}, {1, 2, 0}, {0, 5, 10}, {8, 0, 0}, {200, 100, 400}}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, tp+fn), fraction(tp, tp+fp)
		}, Says: "Precision and recall have changed places, in the return or by fp and fn. Precision, the first result, divides by tp + fp, recall by tp + fn."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, tp+fp+fn), fraction(tp, tp+fp+fn)
		}, Says: "Both are divided by all flows that are flagged or attacks. Precision looks at the flagged ones alone, recall at the attacks alone."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, tp+fp), fraction(tp, tp+fp)
		}, Says: "The precision is right, and the recall is the precision once more: recall divides by the attacks, tp + fn."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, tp+fn), fraction(tp, tp+fn)
		}, Says: "The recall is right, and the precision is the recall once more: precision divides by what was flagged, tp + fp."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, fp), fraction(tp, fn)
		}, Says: "The found attacks are missing below the bar: they were flagged too, and they are attacks too."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, tp) + float64(fp), fraction(tp, tp) + float64(fn)
		}, Says: "Division binds more strongly than addition: put the sums below the bar into parentheses."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, tp-fp), fraction(tp, tp-fn)
		}, Says: "This subtracts below the bar. Flagged are tp + fp flows, attacks are tp + fn."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, fp+fn), fraction(tp, fp+fn)
		}, Says: "Both are divided by the two kinds of error together. Precision divides by what was flagged, tp + fp, recall by the attacks, tp + fn."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, tp+fp), fraction(tp, fn)
		}, Says: "The precision is right. Below the bar of the recall the found attacks are missing: tp + fn."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, fp), fraction(tp, tp+fn)
		}, Says: "The recall is right. Below the bar of the precision the found attacks are missing, which were flagged as well: tp + fp."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, tp*fp), fraction(tp, tp*fn)
		}, Says: "This multiplies below the bar. Flagged are tp + fp flows, attacks are tp + fn."},
		{Answer: precisionWith(func(tp, fp, fn int) float64 { return fraction(tp, fp+fn) }),
			Says: "The recall is right. The precision is divided by the two kinds of error together: it divides by what was flagged, tp + fp."},
		{Answer: precisionWith(func(tp, fp, fn int) float64 { return fraction(tp-fp, tp+fp) }),
			Says: "The recall is right. Above the bar of the precision the false alarms are subtracted: there stand the found attacks alone, tp."},
		{Answer: precisionWith(func(tp, fp, _ int) float64 {
			if tp == 0 {
				return 1
			}
			return fraction(tp, tp+fp)
		}), Says: "With no attack found the precision is 1 here. All that was flagged was wrong, so it is 0, as the formula says."},
		{Answer: recallWith(func(tp, _, _ int) float64 { return fraction(tp, 100) }),
			Says: "The precision is right. The recall is divided by 100, the attacks of the notebook: in general they are tp + fn."},
		{Answer: recallWith(func(tp, _, _ int) float64 { return fraction(tp, 1000) }),
			Says: "The precision is right. The recall is divided by 1,000, all flows of the notebook: divide by the attacks alone, tp + fn."},
		{Answer: recallWith(func(tp, fp, fn int) float64 { return fraction(2*tp, 2*tp+fp+fn) }),
			Says: "The precision is right. The second result is F1, which comes in a later notebook: recall is tp by the attacks, tp + fn."},
		{Answer: recallWith(func(tp, fp, fn int) float64 { return fraction(tp, tp+fp) / float64(tp+fn) }),
			Says: "The precision is right. In the recall it stands above the bar: there tp belongs, the found attacks."},
		{Answer: recallWith(func(tp, fp, _ int) float64 { return 1 - fraction(tp, tp+fp) }),
			Says: "The precision is right. The recall is not what is left of it up to 1: it is another question, tp by tp + fn."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, tp+fp+1), fraction(tp, tp+fn+1)
		}, Says: "The plus one below the bars changes both results. At least one flow was flagged and one is an attack, so that nothing is divided by 0."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			if fp > 0 {
				precision = fraction(tp, tp+fp)
			}
			if fn > 0 {
				recall = fraction(tp, tp+fn)
			}
			return precision, recall
		}, Says: "Without a false alarm the precision is 0 here, and without a missed attack the recall. Both are 1 then, the best there is: leave the conditions out."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			found := max(tp, 1)
			return 1 - fraction(fp, found), 1 - fraction(fn, found)
		}, Says: "The errors are divided by the found attacks alone, and subtracted from 1. Below the bar stand all that were flagged, tp + fp, and all attacks, tp + fn."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			t := float64(int8(tp))
			return t / (t + float64(int8(fp))), t / (t + float64(int8(fn)))
		}, Says: "An int8 ends at 127, and larger counts come out wrong. Convert to float64."},
	},
}

func fraction(a, b int) float64 { return float64(a) / float64(b) }

// precisionWith returns another first result with the recall.
func precisionWith(first func(tp, fp, fn int) float64) func(tp, fp, fn int) (precision, recall float64) {
	return func(tp, fp, fn int) (precision, recall float64) { return first(tp, fp, fn), fraction(tp, tp+fn) }
}

// recallWith returns another second result with the precision.
func recallWith(second func(tp, fp, fn int) float64) func(tp, fp, fn int) (precision, recall float64) {
	return func(tp, fp, fn int) (precision, recall float64) { return fraction(tp, tp+fp), second(tp, fp, fn) }
}

// PrecisionRecall checks a function that returns precision and recall, both in
// [0, 1], of a detector that found tp attacks, flagged fp normal flows and
// missed fn attacks. At least one flow was flagged, and one is an attack:
//
//	func(tp, fp, fn int) (precision, recall float64)
func PrecisionRecall(function any) { exam.Mark(precisionRecall, function) }

var scoreDirection = &exam.Exercise{
	ID:       "score-direction",
	Notebook: "04_isolation_forest",
	Section:  "A good ranking, a poor cut",
	Title:    "Direction of scores",
	Hints: []string{
		"Compute 1 - 0.961.",
		"In how many of 100 pairs does the attack have the higher of these scores? And in how many the lower one?",
	},
	Answer: func() string { return "C" },
	Cases:  exam.NoInput,
	Judge: exam.Options("C", map[string]string{
		"A": "A forest that has learned nothing would be at 0.5. At 0.039 the attack has the lower score in 96 of 100 pairs: so much order is knowledge.",
		"B": "There is no cut in ROC AUC. It compares the scores of pairs, whatever the contamination.",
		"D": "ROC AUC asks which of two scores is higher. If all grow by 1 the answer is the same for every pair, and the area stays 0.039.",
	}),
}

// ScoreDirection checks a function that answers why a colleague's ROC AUC is
// 0.039, with the letter of an option, "A" to "D":
//
//	func() string
func ScoreDirection(function any) { exam.Mark(scoreDirection, function) }

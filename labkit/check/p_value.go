package check

import (
	"math"
	"slices"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var pValue = &exam.Exercise{
	ID:       "p-value",
	Notebook: "13_operations",
	Section:  "A score gets a meaning",
	Title:    "P-value of a score",
	Hints: []string{
		"Count how many of the ordinary scores are as high as this one or higher. Then ask: among how many flows is that, if the new one is counted in?",
		"The new flow is one more that is as high as itself: 1 above the line, and 1 below it.",
		"for _, s := range ordinary { if s >= score { as++ } }, and at the end return float64(1+as) / float64(len(ordinary)+1)",
	},
	Answer: func(ordinary []float64, score float64) float64 {
		if len(ordinary) == 0 {
			return 1
		}
		return labkit.Must(labkit.Calibrate(ordinary)).PValue(score)
	},
	Params: []string{"ordinary", "score"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]float64{0.3, 0.1, 0.2, 0.2, 0.5}, 0.9},
			{[]float64{0.3, 0.1, 0.2, 0.2, 0.5}, 0.4},
			{[]float64{0.3, 0.1, 0.2, 0.2, 0.5}, 0.2}, // two are equal to it
			{[]float64{0.3, 0.1, 0.2, 0.2, 0.5}, 0.05},
			{[]float64{0.6, 0.4, 0.7, 0.7, 0.8, 0.5, 0.3, 0.9, 0.7}, 0.7},
			{[]float64{0.4}, 0.9},
			{[]float64{-0.5, -0.2, 0.1, -0.305, 0.05}, -0.3}, // below 0, and one is only just lower
			{[]float64{}, 0.9},
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(ordinary []float64, score float64) float64 {
			return float64(asHigh(ordinary, score)) / float64(len(ordinary))
		}, Says: notCountedIn},
		{Answer: func(ordinary []float64, score float64) float64 {
			return float64(asHigh(ordinary, score)) / float64(max(1, len(ordinary)))
		}, Says: notCountedIn},
		{Answer: func(ordinary []float64, score float64) float64 {
			if len(ordinary) == 0 {
				return 1
			}
			return float64(asHigh(ordinary, score)) / float64(len(ordinary))
		}, Says: notCountedIn},
		{Answer: func(ordinary []float64, score float64) float64 {
			return float64(above(ordinary, score)) / float64(len(ordinary))
		},
			Says: "Equal scores are left out, and the new flow is not counted in. Count what is as high or higher, with >=, and the new one above the line and below."},
		{Answer: func(ordinary []float64, score float64) float64 {
			return float64(asHigh(ordinary, score)) / float64(len(ordinary)+1)
		},
			Says: "The new flow is counted below the line and not above it. It is as high as itself."},
		{Answer: func(ordinary []float64, score float64) float64 {
			return float64(asHigh(ordinary, score)+1) / float64(len(ordinary))
		},
			Says: "The new flow is counted above the line and not below it. The result can then be above 1."},
		{Answer: func(ordinary []float64, score float64) float64 {
			return float64(above(ordinary, score)+1) / float64(len(ordinary)+1)
		},
			Says: "Equal scores are left out. Chance brought them as high as this one: count what is as high or higher, with >=."},
		{Answer: func(ordinary []float64, score float64) float64 {
			return float64(1+len(ordinary)-above(ordinary, score)) / float64(len(ordinary)+1)
		},
			Says: "This counts the scores that are as low or lower. Strange is what few are as high as: count from above."},
		{Answer: func(ordinary []float64, score float64) float64 {
			return float64(1+len(ordinary)-asHigh(ordinary, score)) / float64(len(ordinary)+1)
		},
			Says: "This counts the scores that are lower. Strange is what few are as high as: count from above."},
		{Answer: func(ordinary []float64, score float64) float64 {
			return float64(len(ordinary)-asHigh(ordinary, score)) / float64(len(ordinary))
		},
			Says: "This is the share of the scores that are lower. Strange is what few are as high as: count from above, and the new one in."},
		{Answer: func(_ []float64, score float64) float64 { return score },
			Says: "This is the score itself. Its p-value says how it compares with the ordinary ones."},
		{Answer: func(ordinary []float64, score float64) float64 { return float64(asHigh(ordinary, score)) },
			Says: "This is how many are as high. The p-value is a share: that number and 1, divided by how many there are and 1."},
		{Answer: func(ordinary []float64, score float64) float64 {
			return float64(asHigh(ordinary, score) + 1)
		},
			Says: "This is how many are as high. The p-value is that number divided by how many there are, the new one among them."},
		{Answer: func(ordinary []float64, score float64) float64 {
			r := float64(asHigh(ordinary, score))
			return 1 + r/float64(len(ordinary)) + 1
		},
			Says: brackets},
		{Answer: func(ordinary []float64, score float64) float64 {
			return (1 + float64(countScores(ordinary, func(v float64) bool { return v == score }))) / (float64(len(ordinary)) + 1)
		},
			Says: "Only equal scores are counted. Count what is as high or higher: >=."},
		{Answer: func(ordinary []float64, score float64) float64 {
			return (1 + float64(countScores(ordinary, func(v float64) bool { return v > score })) + float64(countScores(ordinary, func(v float64) bool { return v == score }))/2) / (float64(len(ordinary)) + 1)
		},
			Says: "An equal score counts by half. Here it counts in full: it is as high."},
		{Answer: func(ordinary []float64, score float64) float64 {
			return (1 + float64(asHigh(ordinary, score))) / (float64(len(ordinary)) + 2)
		},
			Says: "Two are added below the bar. The new flow is one: n + 1."},
		{Answer: func(ordinary []float64, score float64) float64 {
			if len(ordinary) == 0 {
				return 0
			}
			return (1 + float64(asHigh(ordinary, score))) / (float64(len(ordinary)) + 1)
		},
			Says: "Without ordinary scores the result is 0 here. The formula gives 1, and needs no guard: nothing is known, so nothing is strange."},
		{Answer: func(ordinary []float64, score float64) float64 {
			ordinary = slices.Compact(slices.Sorted(slices.Values(ordinary)))
			return (1 + float64(asHigh(ordinary, score))) / (float64(len(ordinary)) + 1)
		},
			Says: "Equal scores are counted once. Each of them is a flow."},
		{Answer: rank(func(r, n float64) float64 { return 1 + r/(n+1) }),
			Says: brackets},
		{Answer: rank(func(r, n float64) float64 { return (1+r)/n + 1 }),
			Says: brackets},
		{Answer: rank(func(r, n float64) float64 { return (2 + r) / (n + 2) }),
			Says: "The new flow is counted twice, above the line and below: it was added to the scores, and the formula adds it again."},
		{Answer: rank(func(r, n float64) float64 { return (2 + r) / (n + 1) }),
			Says: "The new flow is counted twice above the line. Begin to count at 0, or leave out the 1 of the formula."},
		{Answer: rank(func(r, n float64) float64 { return (1 + r) / (n - 1) }),
			Says: oneBelow},
		{Answer: rank(func(r, n float64) float64 {
			if n < 2 {
				return 1
			}
			return min(1, (1+r)/(n-1))
		}), Says: oneBelow},
		{Answer: rank(func(r, n float64) float64 {
			if r == 0 {
				return 0
			}
			return (1 + r) / (n + 1)
		}), Says: "Above all scores the p-value is 0 here. It never is: as the new flow is counted in, it is 1 / (n + 1)."},
		{Answer: rank(func(r, n float64) float64 { return (1 + min(r, 1)) / (n + 1) }),
			Says: "This returns at the first score that is as high. Go through all of them, and return behind the loop."},
		{Answer: func(ordinary []float64, score float64) float64 {
			return calibrated(searched(ordinary, score), ordinary)
		}, Says: binarySearch},
		{Answer: func(ordinary []float64, score float64) float64 {
			downwards := slices.Sorted(slices.Values(ordinary))
			slices.Reverse(downwards)
			return calibrated(len(ordinary)-searched(downwards, score), ordinary)
		}, Says: binarySearch},
		{Answer: func(ordinary []float64, score float64) float64 {
			return calibrated(asHigh(ordinary[min(1, len(ordinary)):], score), ordinary)
		}, Says: "The first score is never looked at. Elements are numbered from 0."},
		{Answer: func(ordinary []float64, score float64) float64 {
			return calibrated(asHigh(ordinary[:max(0, len(ordinary)-1)], score), ordinary)
		}, Says: "The last score is never looked at. Go on while i < len(ordinary)."},
		{Answer: func(ordinary []float64, score float64) float64 {
			return calibrated(above(ordinary, score-0.01), ordinary)
		}, Says: "A score that is a little lower counts as equal. Compare as it is: >=."},
		{Answer: func(ordinary []float64, score float64) float64 {
			return calibrated(countScores(ordinary, func(v float64) bool { return math.Abs(v) >= math.Abs(score) }), ordinary)
		}, Says: "The signs of the scores are lost. A score far below 0 is a low one: compare without math.Abs."},
		{Answer: func(ordinary []float64, score float64) float64 {
			low := countScores(ordinary, func(v float64) bool { return v <= score })
			return min(1, 2*calibrated(min(low, asHigh(ordinary, score)), ordinary))
		}, Says: "This is twice the smaller end, as in a test of two sides. Only high scores are strange: take the upper end alone."},
		{Answer: func(ordinary []float64, score float64) float64 {
			if len(ordinary) < 2 {
				return 1
			}
			return math.Erfc((score-meanOf(ordinary))/deviationOf(ordinary)/math.Sqrt2) / 2
		}, Says: "This is the tail of a normal distribution. Scores are not distributed normally: count those that are as high or higher."},
		{Answer: func(ordinary []float64, score float64) float64 {
			sum := 0.0
			for _, v := range ordinary {
				if v >= score {
					sum += v
				}
			}
			return (1 + sum) / float64(len(ordinary)+1)
		}, Says: "The scores are added up. Count them: r++ for each that is as high or higher."},
	},
}

const notCountedIn = "The new flow is not counted in. A score above all others would have the p-value 0: impossible by chance, which five scores cannot prove. Count it above the line and below."

// asHigh counts the scores that are as high as a score or higher.
func asHigh(scores []float64, score float64) int {
	return above(scores, math.Nextafter(score, math.Inf(-1)))
}

const (
	brackets     = "Division binds more strongly than addition: put both sums into parentheses, (1 + r) / (n + 1)."
	oneBelow     = "One is subtracted below the line, as for the variance of a sample. The new flow is one more: n + 1."
	binarySearch = "A binary search finds nothing in scores that are not sorted from low to high. Sort a copy, or count in a loop."
)

// rank returns a function of how many of the n ordinary scores are as high.
func rank(of func(r, n float64) float64) func(ordinary []float64, score float64) float64 {
	return func(ordinary []float64, score float64) float64 {
		return of(float64(asHigh(ordinary, score)), float64(len(ordinary)))
	}
}

// calibrated is the p-value of a score that so many others are as high as.
func calibrated(r int, ordinary []float64) float64 { return float64(1+r) / float64(len(ordinary)+1) }

// searched returns how many scores a binary search leaves behind it, in whatever
// order they are.
func searched(scores []float64, score float64) int {
	i, _ := slices.BinarySearch(scores, score)
	return len(scores) - i
}

// PValue checks a function that returns the conformal p-value of a score: how
// many of the ordinary scores, in any order, are as high or higher, the new one
// counted in. Without ordinary scores it is 1:
//
//	func(ordinary []float64, score float64) float64
func PValue(function any) { exam.Mark(pValue, function) }

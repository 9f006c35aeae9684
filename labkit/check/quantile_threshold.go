package check

import (
	"math"
	"slices"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var quantileThreshold = &exam.Exercise{
	ID:       "quantile-threshold",
	Notebook: "08_score_analysis",
	Section:  "The forest and its scores",
	Title:    "Threshold by quantile",
	Hints: []string{
		"Sort a copy: slices.Clone makes one, slices.Sort sorts it. Its n scores have n-1 steps between them.",
		"The threshold stands 1-contamination of the way along the steps, at position (1-contamination)·(n-1). The whole part of the position names the score below; the rest says how far it is to the next.",
		"position := (1 - contamination) * float64(len(sorted)-1); low := int(position); the threshold is sorted[low] + (position-float64(low))*(sorted[low+1]-sorted[low]), unless there is only one score",
	},
	Answer: func(scores []float64, contamination float64) float64 {
		return labkit.Must(labkit.Threshold(scores, contamination))
	},
	Params: []string{"scores", "contamination"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]float64{0.9, 0.4, 0.5, 0.3, 0.7}, 0.1},
			{[]float64{0.3, 0.8, 0.1, 0.6, 0.2}, 0.25}, // on a score
			{[]float64{12, 3, 7, 1, 45, 9, 2, 18, 5, 30}, 0.197},
			{[]float64{-3.5, -1, 0.5, -2}, 0.5},
			{[]float64{0.5, 0.5, 0.9, 0.5, 0.5, 0.5}, 0.3}, // between equals
			{[]float64{0.4}, 0.1},
			{[]float64{0.6, 0.2}, 0.1},
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: onSorted(func(sorted []float64, c float64) float64 { return sorted[int((1-c)*steps(sorted))] }),
			Says: "This takes the score below the position, as if the digits after the point were not there. " + sixTenths},
		{Answer: onSorted(func(sorted []float64, c float64) float64 { return sorted[int(math.Ceil((1-c)*steps(sorted)))] }),
			Says: "This takes the score above the position. " + sixTenths},
		{Answer: onSorted(func(sorted []float64, c float64) float64 { return sorted[int(math.Round((1-c)*steps(sorted)))] }),
			Says: "This takes the score nearest to the position. " + sixTenths},
		{Answer: onSorted(func(sorted []float64, c float64) float64 {
			low, high, rest := around(sorted, (1-c)*steps(sorted))
			return rest*low + (1-rest)*high
		}),
			Says: "The weights are swapped. " + sixTenths},
		{Answer: onSorted(func(sorted []float64, c float64) float64 { return sorted[len(sorted)-1-int(c*float64(len(sorted)))] }),
			Says: "This counts flows from the top and takes a score as it is. The threshold asked for lies between two scores as a rule. " + sixTenths},
		{Answer: func(scores []float64, c float64) float64 { return at(scores, (1-c)*steps(scores)) },
			Says: "The scores are taken in the order in which they came. A position in a slice says how high a score is only once the slice is sorted."},
		{Answer: onSorted(func(sorted []float64, c float64) float64 { return at(sorted, c*steps(sorted)) }),
			Says: "This cuts at the wrong end: contamination is the share above the threshold, and 1-contamination lies below, if the scores are sorted from low to high."},
		{Answer: onSorted(func(sorted []float64, c float64) float64 { return at(sorted, 0.9*steps(sorted)) }),
			Says: "This always takes the 90th percentile. The share to be flagged is the parameter contamination: a tenth only where it is 0.1."},
		{Answer: onSorted(func(sorted []float64, c float64) float64 { return at(sorted, 0.5*steps(sorted)) }),
			Says: "This is the median, whatever contamination is."},
		{Answer: func(scores []float64, c float64) float64 { return (1 - c) * slices.Max(scores) },
			Says: "This is a share of the largest score. Wanted is the score above which a share of the flows lies: sort them, and go by their number."},
		{Answer: func(scores []float64, c float64) float64 {
			return slices.Min(scores) + (1-c)*(slices.Max(scores)-slices.Min(scores))
		}, Says: "This goes a share of the way from the smallest score to the largest. Wanted is the score above which a share of the flows lies: sort them, and go by their number."},
		{Answer: onSorted(func(sorted []float64, c float64) float64 { return at(sorted, (1-c)*float64(len(sorted))) }),
			Says: "The position is a fraction of n here. From the first to the last of n scores there are n-1 steps."},
		{Answer: onSorted(func(sorted []float64, c float64) float64 { return at(sorted, max(0, (1-c)*float64(len(sorted))-1)) }),
			Says: "This interpolates by another rule, that of gonum's stat.Quantile: it counts n steps, the first of them before the first score. Here there are n-1 steps, from the first score to the last."},
		{Answer: func(scores []float64, c float64) float64 { return c * slices.Max(scores) },
			Says: "This is a share of the largest score. Wanted is the score above which a share of the flows lies: sort them, and go by their number."},
		{Answer: func(scores []float64, c float64) float64 { return slices.Max(scores) - c },
			Says: "This subtracts contamination, which is a share of the flows, from a score. Sort the scores, and go by their number."},
		{Answer: func(_ []float64, c float64) float64 { return 1 - c },
			Says: "This is the share of the flows below the threshold. The threshold is the score at that place: sort the scores, and go by their number."},
		{Answer: onSorted(func(sorted []float64, c float64) float64 { return (1 - c) * steps(sorted) }),
			Says: "This is the position. The threshold is the score that stands there, between two as a rule. " + sixTenths},
		{Answer: onSorted(func(sorted []float64, c float64) float64 { return sorted[int(c*float64(len(sorted)))] }),
			Says: "This cuts at the wrong end: contamination is the share above the threshold, and 1-contamination lies below. And it takes a score as it is, where the threshold lies between two as a rule."},
		{Answer: onSorted(func(sorted []float64, c float64) float64 {
			low, high, _ := around(sorted, (1-c)*steps(sorted))
			return (low + high) / 2
		}), Says: "This is the middle between the two scores beside the position. " + sixTenths},
		{Answer: onSorted(func(sorted []float64, c float64) float64 {
			low, high, rest := around(sorted, (1-c)*steps(sorted))
			return low + rest*high
		}), Says: "The rest is taken of the upper score. It is a share of the step between the two: low + rest*(high-low)."},
		{Answer: onSorted(func(sorted []float64, c float64) float64 { return at(sorted, max(0, (1-c)*float64(len(sorted)+1)-1)) }),
			Says: "This interpolates by another rule, which counts n+1 steps. Here there are n-1, from the first score to the last."},
		{Answer: func(scores []float64, c float64) float64 { return labkit.Must(labkit.Percentile(scores, 1-c)) },
			Says: "labkit.Percentile counts in percent: 100*(1-contamination), and not the share."},
		{Answer: func(scores []float64, c float64) float64 { return labkit.Must(labkit.Percentile(scores, 100-c)) },
			Says: "contamination is a share, and is subtracted from 100 percent. In percent it is 100*contamination."},
		{Answer: onSorted(func(sorted []float64, c float64) float64 { return at(sorted, max(0, (1-c)*steps(sorted)-1)) }),
			Says: onePlaceLow},
		{Answer: onSorted(func(sorted []float64, c float64) float64 {
			_, _, rest := around(sorted, (1-c)*steps(sorted))
			return at(sorted, max(0, math.Floor((1-c)*steps(sorted))-1)+rest)
		}), Says: onePlaceLow},
		{Answer: onSorted(func(sorted []float64, c float64) float64 {
			low, high, rest := around(sorted, (1-c)*steps(sorted))
			return low - rest*(high-low)
		}), Says: "The share of the step is subtracted, so that the threshold moves away from the score above. Add it. " + sixTenths},
		{Answer: onSorted(func(sorted []float64, c float64) float64 {
			distinct := slices.Compact(sorted)
			return at(distinct, (1-c)*steps(distinct))
		}), Says: "Equal scores are counted once. Each of them is a flow: leave them all in."},
		{Answer: onSorted(func(sorted []float64, c float64) float64 {
			if len(sorted) == 1 {
				return 0
			}
			return at(sorted, (1-c)*steps(sorted))
		}), Says: "For a single score the threshold is 0 here. It is that score."},
		{Answer: onSorted(func(sorted []float64, c float64) float64 {
			if len(sorted) == 2 {
				return sorted[1]
			}
			return at(sorted, (1-c)*steps(sorted))
		}), Says: "For two scores this returns the higher one. There is one step between them, and the threshold lies on it: only a single score needs a case of its own."},
		{Answer: func(scores []float64, c float64) float64 {
			return meanOf(scores) + math.Sqrt2*math.Erfinv(1-2*c)*deviationOf(scores)
		}, Says: ofDeviations},
		{Answer: func(scores []float64, _ float64) float64 { return meanOf(scores) + 2*deviationOf(scores) }, Says: ofDeviations},
		{Answer: func(scores []float64, _ float64) float64 { return meanOf(scores) + 3*deviationOf(scores) }, Says: ofDeviations},
	},
}

const sixTenths = "At position 3.6 the threshold lies six tenths of the way from sorted[3] to sorted[4]."

const onePlaceLow = "The two scores are one place too low. The whole part of the position is the index of the score below: sorted[low] and sorted[low+1]."

const ofDeviations = "This is the mean and a number of standard deviations. Scores are not distributed normally: sort them, and go by their number."

// onSorted returns a function that sorts the scores before it takes the
// threshold.
func onSorted(take func(sorted []float64, contamination float64) float64) func(scores []float64, contamination float64) float64 {
	return func(scores []float64, contamination float64) float64 {
		return take(inOrderOf(scores), contamination)
	}
}

func inOrderOf(values []float64) []float64 { return slices.Sorted(slices.Values(values)) }

func pctOf(values []float64, q float64) float64 { return labkit.Must(labkit.Percentile(values, q)) }

// deviationOf returns the standard deviation of the values themselves.
func deviationOf(values []float64) float64 {
	m, sum := meanOf(values), 0.0
	for _, v := range values {
		sum += (v - m) * (v - m)
	}
	return math.Sqrt(sum / float64(len(values)))
}

// steps returns how many steps lead from the first value to the last.
func steps(values []float64) float64 { return float64(len(values) - 1) }

// at returns what stands at a position, interpolated linearly.
func at(values []float64, position float64) float64 {
	low, high, rest := around(values, position)
	return (1-rest)*low + rest*high
}

// around returns the values on both sides of a position, at the end twice the
// last, and how far the position is from the lower to the upper one, in [0, 1).
func around(values []float64, position float64) (low, high, rest float64) {
	i, last := int(position), len(values)-1
	return values[min(i, last)], values[min(i+1, last)], position - float64(i)
}

// QuantileThreshold checks a function that returns the score above which the
// fraction contamination, in (0, 0.5], of the scores lies: the quantile at
// 1-contamination, interpolated linearly as by [labkit.Threshold]. There is at
// least one score:
//
//	func(scores []float64, contamination float64) float64
func QuantileThreshold(function any) { exam.Mark(quantileThreshold, function) }

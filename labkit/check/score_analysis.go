package check

import (
	"fmt"
	"math"
	"slices"
	"sync"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var scoreAnalysis = []*exam.Exercise{quantileThreshold, precisionAtK, alertBudget, contaminationOrThreshold, falseDiscoveries}

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

var precisionAtK = &exam.Exercise{
	ID:       "precision-at-k",
	Notebook: "08_score_analysis",
	Section:  "The first k alerts",
	Title:    "Precision at k",
	Hints: []string{
		"A flow is among the first k if fewer than k flows have a higher score.",
		"Go through the flows. For each attack, count the scores above its own; if they are fewer than k, it is one of the k. Divide the number of these attacks by k.",
		"for i, attack := range labels { if attack && labkit.CountTrue(labkit.Predict(scores, scores[i])) < k { found++ } }, and then return float64(found) / float64(k)",
	},
	Answer: func(scores []float64, labels []bool, k int) float64 {
		return labkit.Must(labkit.PrecisionAtK(scores, labels, k))
	},
	Params: []string{"scores", "labels", "k"},
	Cases: func() []exam.Input {
		var inputs []exam.Input
		for _, k := range []int{3, 1, 2, 5, 6} {
			inputs = append(inputs, exam.Input{[]float64{0.2, 0.9, 0.4, 0.8, 0.6, 0.7}, []bool{false, true, false, false, true, true}, k})
		}
		return append(inputs,
			exam.Input{[]float64{5, 1, 3, 2}, []bool{false, true, false, true}, 2},
			exam.Input{[]float64{-0.5, -4, 1, -2}, []bool{false, true, true, true}, 3},
			thirtyFlows(20),
		)
	},
	Mistakes: []exam.Mistake{
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			return foundIn(labels, fromTop(scores)[:k]) / float64(labkit.CountTrue(labels))
		},
			Says: "This divides by the number of attacks. That is recall at k, the share of the attacks that were found; precision divides by the number of alerts."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			return foundIn(labels, fromTop(scores)[:k]) / float64(len(labels))
		},
			Says: "This divides by the number of all flows. Only k of them are looked at."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			bottom := fromTop(scores)
			slices.Reverse(bottom)
			return foundIn(labels, bottom[:k]) / float64(k)
		},
			Says: "These are the k lowest scores. Higher is stranger: sort from high to low, or take the last k."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			return float64(labkit.CountTrue(labels[:k])) / float64(k)
		},
			Says: "These are the labels of the first k flows in the order in which they came: if you sort the scores alone, the labels stay where they were. Wanted are those of the k highest scores."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			return foundIn(labels, fromTop(scores)[:k-1]) / float64(k)
		},
			Says: "The k-th flow itself is missing: only k-1 were looked at. If you compare with the k-th score, > leaves it out and >= takes it in."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			return foundIn(labels, fromTop(scores)[:min(k+1, len(scores))]) / float64(k)
		},
			Says: "One flow too many was looked at: k+1 of them, and the result was divided by k."},
		{Answer: func(scores []float64, labels []bool, k int) float64 { return foundIn(labels, fromTop(scores)[:k]) },
			Says: "This is how many of the k are attacks. Precision is that number divided by k."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			return foundIn(labels, fromTop(scores)[:k]) / float64(k+1)
		}, Says: "This divides by k+1. Divide by k, the number of flows that are looked at."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			return foundIn(labels, fromTop(scores)[k-1:k])
		}, Says: "Only the k-th flow is looked at. Count the attacks among all k."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			found := 0.0
			for i, s := range scores {
				if s > 0.5 && labels[i] {
					found++
				}
			}
			return found / float64(k)
		}, Says: "The attacks above 0.5 are counted. Which flows are looked at is for k to say: those with the k highest scores."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			return float64(labkit.CountTrue(labels[len(labels)-k:])) / float64(k)
		}, Says: "These are the labels of the last k flows, as they came. If you sort the scores alone, the labels stay where they were."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			return foundIn(labels, fromTop(scores)[:k]) / float64(labkit.CountTrue(labels)+k)
		}, Says: "This divides by the attacks and k together. Precision divides by k alone."},
		{Answer: func(_ []float64, labels []bool, k int) float64 {
			return float64(labkit.CountTrue(labels)) / float64(k)
		}, Says: "All attacks are counted, wherever they are ranked. Count those among the k highest scores."},
		{Answer: func(_ []float64, labels []bool, _ int) float64 {
			return float64(labkit.CountTrue(labels)) / float64(len(labels))
		}, Says: "This is the share of attacks in all flows, which any blind choice reaches. Look at the k highest scores."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			return foundIn(labels, fromTop(scores)[1:k]) / float64(k)
		}, Says: "The highest score of all is left out. Elements are numbered from 0."},
		{Answer: func(scores []float64, _ []bool, k int) float64 {
			sum := 0.0
			for _, i := range fromTop(scores)[:k] {
				sum += scores[i]
			}
			return sum / float64(k)
		}, Says: "This is the mean of the k highest scores. Count the attacks among them: their labels are true."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			return foundIn(labels, fromTop(scores)[k:]) / float64(k)
		}, Says: "These are the attacks below the k highest scores. A flow is among the k if fewer than k scores are above its own."},
		{Answer: func(scores []float64, _ []bool, k int) float64 { return float64(k) / float64(len(scores)) },
			Says: "This is the share of the flows that are looked at. How many of these are attacks? The labels say it."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			return foundIn(labels, fromTop(scores)[:k]) / float64(k-1)
		}, Says: "This divides by k-1. Divide by k, the number of flows that are looked at."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			return foundIn(labels, fromTop(scores)[:k-1]) / float64(max(k-1, 1))
		}, Says: "The k-th flow itself is missing, above the line and below: only k-1 were looked at. Above the k-th score, strictly, there are k-1."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			found := foundIn(labels, fromTop(scores)[:k])
			return (2*found + float64(len(scores)-k-labkit.CountTrue(labels))) / float64(len(scores))
		}, Says: "This is the accuracy: attacks among the k and others below count as right. Precision looks at the k alone."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			found := 0.0
			for _, i := range fromTop(scores)[:k] {
				if !labels[i] {
					break
				}
				found++
			}
			return found / float64(k)
		}, Says: "This stops at the first of the k that is no attack. Go on to the k-th."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			sum := 0.0
			for n := 1; n <= k; n++ {
				sum += foundIn(labels, fromTop(scores)[:n]) / float64(n)
			}
			return sum / float64(k)
		}, Says: "This is the mean of the precisions at 1, 2 … k. Return that at k alone."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			return precisionAbove(scores, labels, math.Nextafter(pctOf(scores, max(0, 100-float64(k))), math.Inf(-1)))
		}, Says: "k is taken for a percentage of the flows. It is a number of flows."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			return precisionAbove(scores, labels, pctOf(scores, 100-100*float64(k)/float64(len(scores))))
		}, Says: "The threshold is a quantile, above which there are not always k flows: from the first to the last of n scores there are n-1 steps. Sort, and take k."},
		{Answer: func(_ []float64, labels []bool, k int) float64 {
			return float64(min(labkit.CountTrue(labels), k)) / float64(k)
		}, Says: "This takes the k highest scores of the attacks alone. Take the k highest of all flows, and count the attacks among them."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			return foundIn(labels, picked(scores, k, 0)) / float64(k)
		}, Says: "A flow that was taken gets the score 0, and is taken again where the others are below 0. Give it math.Inf(-1), or sort."},
		{Answer: func(scores []float64, labels []bool, k int) float64 { return foundIn(labels, fromTop(scores)[:1]) },
			Says: "Only the highest score is looked at: it is found again each time. Leave out what was taken before, or sort."},
		{Answer: func(scores []float64, labels []bool, k int) float64 {
			return (1 + foundIn(labels, fromTop(scores)[:k])) / float64(k+1)
		}, Says: "One is added above the line and below, as in the p-value. Precision is the number of attacks among the k, divided by k."},
	},
}

// thirtyFlows are enough for k to differ from k percent.
func thirtyFlows(k int) exam.Input {
	scores, labels := make([]float64, 30), make([]bool, 30)
	for i := range scores {
		scores[i], labels[i] = float64(i*7%30), i%3 == 1
	}
	return exam.Input{scores, labels, k}
}

// precisionAbove returns which fraction of the flows above a threshold are attacks.
func precisionAbove(scores []float64, labels []bool, threshold float64) float64 {
	c := labkit.Must(labkit.NewConfusion(labkit.Predict(scores, threshold), labels))
	return float64(c.TP) / float64(c.TP+c.FP)
}

// picked returns the rows that are highest one after the other, if each that is
// taken gets another score.
func picked(scores []float64, k int, taken float64) []int {
	scores = slices.Clone(scores)
	var rows []int
	for range k {
		rows = append(rows, fromTop(scores)[0])
		scores[fromTop(scores)[0]] = taken
	}
	return rows
}

// fromTop returns the numbers of the rows from the highest score to the lowest.
func fromTop(scores []float64) []int {
	rows := make([]int, len(scores))
	for i := range rows {
		rows[i] = i
	}
	slices.SortStableFunc(rows, func(a, b int) int {
		if scores[a] > scores[b] {
			return -1
		}
		return 1
	})
	return rows
}

// foundIn counts the attacks among rows.
func foundIn(labels []bool, rows []int) float64 {
	found := 0.0
	for _, i := range rows {
		if labels[i] {
			found++
		}
	}
	return found
}

// PrecisionAtK checks a function that returns which fraction, in [0, 1], of the
// k flows with the highest scores are attacks. A label is true for an attack,
// no two scores are equal, and k is 1 to their number:
//
//	func(scores []float64, labels []bool, k int) float64
func PrecisionAtK(function any) { exam.Mark(precisionAtK, function) }

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

var contaminationOrThreshold = &exam.Exercise{
	ID:       "contamination-or-threshold",
	Notebook: "08_score_analysis",
	Section:  "A threshold for a budget",
	Title:    "Contamination or threshold",
	Hints: []string{
		"One of the cuts is a number that stays. The other is made anew, so that a fixed share of each day's flows lies above it.",
		"How many flows are 2 % of 1,000? Does that depend on what the flows are?",
	},
	Answer: func() string { return "B" },
	Cases:  exam.NoInput,
	Judge: exam.Options("B", map[string]string{
		"A": "True of the cut that is made anew: 2 % of 1,000 flows are 20, attacks or not. The old threshold does not know how many flows it is to flag; it compares each with a number that stayed where it was.",
		"C": "The other way round. Which of the two flags a fixed share of the day, whatever the day was like?",
		"D": "One of the two cannot give more: a threshold that is chosen so that 2 % of the day's 1,000 flows lie above it has 20 flows above it, always.",
	}),
}

// ContaminationOrThreshold checks a function that returns the letter of an
// option, A to D: how many alerts the two cuts give on the day of an outbreak:
//
//	func() string
func ContaminationOrThreshold(function any) { exam.Mark(contaminationOrThreshold, function) }

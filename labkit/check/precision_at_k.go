package check

import (
	"math"
	"slices"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

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

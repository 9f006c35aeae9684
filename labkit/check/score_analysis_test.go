package check

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var scoreAnalysisTests = []exerciseTest{
	{
		exercise: quantileThreshold,
		check:    QuantileThreshold,
		byHand: []example{
			{exam.Input{[]float64{0.9, 0.4, 0.5, 0.3, 0.7}, 0.1}, 0.82},      // position 3.6: 0.7 + 0.6·0.2
			{exam.Input{[]float64{0.3, 0.8, 0.1, 0.6, 0.2}, 0.25}, 0.6},      // position 3
			{exam.Input{[]float64{-3.5, -1, 0.5, -2}, 0.5}, -1.5},            // position 1.5: between -2 and -1
			{exam.Input{[]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0.1}, 9.1}, // position 8.1
			{exam.Input{[]float64{0.4}, 0.1}, 0.4},
		},
		right: []any{
			func(scores []float64, contamination float64) float64 {
				return labkit.Must(labkit.Percentile(scores, 100*(1-contamination)))
			},
			func(scores []float64, contamination float64) float64 { // from the top
				sorted := slices.Clone(scores)
				slices.Sort(sorted)
				slices.Reverse(sorted)
				position := contamination * float64(len(sorted)-1)
				high := int(position)
				if high+1 == len(sorted) {
					return sorted[high]
				}
				return sorted[high] - (position-float64(high))*(sorted[high]-sorted[high+1])
			},
		},
		wrong: []wrongAnswer{
			{func(scores []float64, contamination float64) float64 {
				return stat.Quantile(1-contamination, stat.LinInterp, slices.Sorted(slices.Values(scores)), nil)
			}, "gonum's stat.Quantile"},
			{func(scores []float64, contamination float64) float64 {
				return labkit.Must(labkit.Percentile(scores, 100*contamination))
			}, "wrong end"},
			{func(scores []float64, contamination float64) float64 { // sorted the wrong way
				sorted := slices.SortedFunc(slices.Values(scores), func(a, b float64) int { return cmp.Compare(b, a) })
				return at(sorted, (1-contamination)*float64(len(sorted)-1))
			}, "wrong end"},
			{func(scores []float64, contamination float64) float64 {
				slices.Sort(scores)
				return at(scores, (1-contamination)*float64(len(scores)-1))
			}, "changed its argument scores"},
			{func(scores []float64, contamination float64) float64 {
				sorted := slices.Sorted(slices.Values(scores))
				return sorted[int((1-contamination)*float64(len(sorted)))-1]
			}, "index out of range [-1]"},
			{func(scores []float64, contamination float64) float64 {
				sorted := slices.Sorted(slices.Values(scores))
				position := (1 - contamination) * float64(len(sorted)-1)
				low := int(position)
				return sorted[low] + (position-float64(low))*(sorted[low+1]-sorted[low])
			}, "scores = [0.4], contamination = 0.1) panicked: index out of range [1] with length 1"},
			{func(scores []float64, contamination float64) float64 {
				sorted := slices.Sorted(slices.Values(scores))
				return sorted[len(sorted)*9/10]
			}, "want 0.82"},
			{func(scores []float64, contamination float64) float64 {
				return -labkit.Must(labkit.Threshold(scores, contamination))
			}, "sign is wrong"},
			{func(scores []float64, contamination float64) float64 {
				sorted := slices.Sorted(slices.Values(scores))
				slices.Reverse(sorted)
				return sorted[int(contamination*float64(len(sorted)))]
			}, "counts flows from the top"},
		},
	},
	{
		exercise: precisionAtK,
		check:    PrecisionAtK,
		byHand: []example{
			{exam.Input{[]float64{0.2, 0.9, 0.4, 0.8}, []bool{false, true, true, false}, 2}, 0.5},     // 0.9 is an attack, 0.8 is not
			{exam.Input{[]float64{0.2, 0.9, 0.4, 0.8}, []bool{false, true, true, false}, 3}, 2.0 / 3}, // 0.4 is one, too
			{exam.Input{[]float64{7}, []bool{false}, 1}, 0.0},
		},
		right: []any{
			func(scores []float64, labels []bool, k int) float64 {
				found := 0
				for i, attack := range labels {
					if attack && labkit.CountTrue(labkit.Predict(scores, scores[i])) < k {
						found++
					}
				}
				return float64(found) / float64(k)
			},
			func(scores []float64, labels []bool, k int) float64 {
				order := make([]int, len(scores))
				for i := range order {
					order[i] = i
				}
				slices.SortFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
				found := 0.0
				for _, i := range order[:k] {
					if labels[i] {
						found++
					}
				}
				return found / float64(k)
			},
		},
		wrong: []wrongAnswer{
			{atLeastKth(func(found, _, k int) float64 { return float64(found / k) }), "Dividing two ints"},
			{atLeastKth(func(found, attacks, _ int) float64 { return float64(found) / float64(attacks) }), "recall at k"},
			{atLeastKth(func(found, _, _ int) float64 { return float64(found) / 6 }), "want 0.6666667"},
			{atLeastKth(func(found, _, k int) float64 { return 1 - float64(found)/float64(k) }), "1 minus the one wanted"},
			{func(scores []float64, labels []bool, k int) float64 { // sorted ascending, the first k
				slices.Sort(scores)
				return 0
			}, "changed its argument scores"},
			{func(scores []float64, labels []bool, k int) float64 {
				kth := slices.Sorted(slices.Values(scores))[len(scores)-k]
				found := 0.0
				for i, s := range scores {
					if s > kth && labels[i] {
						found++
					}
				}
				return found / float64(k)
			}, ">= takes it in"},
			{func(scores []float64, labels []bool, k int) float64 {
				kth := slices.Sorted(slices.Values(scores))[k-1]
				found := 0.0
				for i, s := range scores {
					if s <= kth && labels[i] {
						found++
					}
				}
				return found / float64(k)
			}, "k lowest scores"},
			{func(scores []float64, labels []bool, k int) float64 {
				c := labkit.Must(labkit.NewConfusion(labkit.Predict(scores, slices.Sorted(slices.Values(scores))[len(scores)-k-1]), labels))
				return labkit.Must(c.Precision())
			}, "index out of range [-1]"}, // for k = n nothing is left below
		},
	},
	{
		exercise: alertBudget,
		check:    AlertBudget,
		byHand: []example{
			{exam.Input{[]float64{0.9, 0.4, 0.5, 0.3, 0.7}, 2}, 0.5},      // 0.9 and 0.7 lie above
			{exam.Input{[]float64{0.8, 0.6, 0.4, 0.6, 0.6, 0.9}, 3}, 0.6}, // 0.9 and 0.8; a third would bring five
			{exam.Input{[]float64{0.3, 0.6}, 2}, math.Inf(-1)},
		},
		right: []any{
			func(scores []float64, budget int) float64 {
				lowest := math.Inf(1)
				for _, s := range append([]float64{math.Inf(-1)}, scores...) {
					if s < lowest && labkit.CountTrue(labkit.Predict(scores, s)) <= budget {
						lowest = s
					}
				}
				return lowest
			},
			func(scores []float64, budget int) float64 { // midway, as far as there is one
				sorted := slices.Sorted(slices.Values(scores))
				cut := len(sorted) - budget
				switch {
				case cut <= 0:
					return sorted[0] - 1
				case cut == len(sorted):
					return sorted[cut-1]
				}
				return (sorted[cut-1] + sorted[cut]) / 2
			},
		},
		wrong: []wrongAnswer{
			{fromHigh(func(sorted []float64, budget int) float64 { return sorted[max(budget-1, 0)] }), "score of the last flow that should be flagged"},
			{fromHigh(func(sorted []float64, budget int) float64 { return sorted[min(budget, len(sorted)-1)] }), "lie below the lowest score"},
			{fromHigh(func(sorted []float64, budget int) float64 { return sorted[min(budget+1, len(sorted)-1)] }), "too low"},
			{fromHigh(func(sorted []float64, budget int) float64 { // as if equal scores could be told apart
				if budget >= len(sorted) {
					return math.Inf(-1)
				}
				return math.Nextafter(sorted[max(budget-1, 0)], 0)
			}), "Equal scores are flagged together"},
			{fromHigh(func(sorted []float64, budget int) float64 {
				if budget >= len(sorted) {
					return 0
				}
				return sorted[budget]
			}), "1 of 3 scores lie above"},
			{fromHigh(func(sorted []float64, budget int) float64 { return sorted[budget] }), "index out of range [3] with length 3"},
			{func(scores []float64, budget int) float64 {
				return labkit.Must(labkit.Threshold(scores, float64(budget)/float64(len(scores))))
			}, "want a fraction in (0, 0.5]"},
			{func(scores []float64, budget int) float64 {
				slices.Sort(scores)
				return scores[max(0, len(scores)-1-budget)]
			}, "changed its argument scores"},
			{func(scores []float64, budget int) float64 { return math.NaN() }, "nothing lies above it"},
			{func(scores []float64, budget int) float64 { return slices.Max(scores) }, "0 of 5 scores lie above this threshold. The budget is 2: want 2. The threshold is too high"},
			{func(scores []float64, budget int) int { return budget }, "Result 1 is of type int"},
		},
	},
	{
		exercise: contaminationOrThreshold,
		check:    ContaminationOrThreshold,
		byHand:   []example{{exam.Input{}, "B"}},
		right:    []any{func() string { return "ABCD"[1:2] }},
		wrong: []wrongAnswer{
			{func() string { return "A" }, "does not know how many flows"},
			{func() string { return "C" }, "other way round"},
			{func() string { return "D" }, "cannot give more"},
			{func() string { return "b" }, `"b" is not one of the options ["A" "B" "C" "D"]`},
			{func() string { return "" }, "is not one of the options"},
		},
	},
	falseDiscoveriesTest,
}

// atLeastKth counts the attacks that score as high as the k-th flow or higher,
// and has a fraction made of them, of all attacks and of k.
func atLeastKth(fraction func(found, attacks, k int) float64) any {
	return func(scores []float64, labels []bool, k int) float64 {
		kth := slices.Sorted(slices.Values(scores))[len(scores)-k]
		found := 0
		for i, s := range scores {
			if s >= kth && labels[i] {
				found++
			}
		}
		return fraction(found, labkit.CountTrue(labels), k)
	}
}

// fromHigh has a threshold taken from a copy of the scores that is sorted from
// high to low.
func fromHigh(take func(sorted []float64, budget int) float64) any {
	return func(scores []float64, budget int) float64 {
		sorted := slices.Clone(scores)
		slices.Sort(sorted)
		slices.Reverse(sorted)
		return take(sorted, budget)
	}
}

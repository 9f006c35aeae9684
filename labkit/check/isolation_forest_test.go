package check

import (
	"math"
	"slices"
	"testing"

	"flowlab/labkit/internal/exam"
)

var isolationForestTests = []exerciseTest{
	{
		exercise: isolationSplit,
		check:    IsolationSplit,
		right: []any{
			func(values []float64, cut float64) (below, above []float64) {
				for _, v := range values {
					if v <= cut {
						below = append(below, v)
					} else {
						above = append(above, v)
					}
				}
				return below, above
			},
			func(values []float64, cut float64) (below, above []float64) {
				below = slices.DeleteFunc(slices.Clone(values), func(v float64) bool { return v > cut })
				above = slices.DeleteFunc(slices.Clone(values), func(v float64) bool { return v <= cut })
				return below, above
			},
		},
		wrong: []wrongAnswer{
			{func(values []float64, cut float64) (below, above []float64) {
				below = slices.DeleteFunc(values, func(v float64) bool { return v > cut })
				return below, slices.DeleteFunc(values, func(v float64) bool { return v <= cut })
			}, "changed its argument values"},
			{func(values []float64, cut float64) (below, above []float64) {
				below = values[:0]
				for _, v := range values {
					if v <= cut {
						below = append(below, v)
					} else {
						above = append(above, v)
					}
				}
				return below, above
			}, "changed its argument values"},
			{func(values []float64, cut float64) (below, above []float64) {
				for _, v := range values {
					if v > cut {
						below = append(below, v)
					} else {
						above = append(above, v)
					}
				}
				return below, above
			}, "in the wrong order"},
			{func(values []float64, cut float64) (below, above []float64) {
				for _, v := range values {
					if v < cut {
						below = append(below, v)
						continue
					}
					above = append(above, v)
				}
				return below, above
			}, "equal to the cut belongs below"},
			{func(values []float64, cut float64) (below, above []float64) {
				sorted := slices.Clone(values)
				slices.Sort(sorted)
				for i, v := range sorted {
					if v > cut {
						return sorted[:i], sorted[i:]
					}
				}
				return sorted, nil
			}, "The halves are right, but sorted"},
			{func(values []float64, cut float64) (below, above []float64) {
				for i := range values {
					if values[i] <= cut {
						below = append(below, float64(i))
					} else {
						above = append(above, float64(i))
					}
				}
				return below, above
			}, "the numbers of the elements"},
		},
	},
	{
		exercise: averagePath,
		check:    AveragePath,
		byHand: []example{
			{exam.Input{0}, 0.0},
			{exam.Input{1}, 0.0},
			{exam.Input{2}, 1.0},
			{exam.Input{3}, 1.2073923576}, // 2 · (0.6931471806 + 0.5772156649) - 4/3
			{exam.Input{8}, 3.2962516279}, // 2 · (1.9459101491 + 0.5772156649) - 7/4
		},
		right: []any{
			func(n int) float64 {
				switch {
				case n <= 1:
					return 0
				case n == 2:
					return 1
				}
				m := float64(n - 1)
				return 2*(math.Log(m)+0.5772156649) - 2*m/float64(n)
			},
			func(n int) float64 {
				if n <= 2 {
					return float64(max(n-1, 0))
				}
				return 2*(math.Log(float64(n-1))-0.4227843351) + 2/float64(n)
			},
		},
		wrong: []wrongAnswer{
			{func(n int) float64 {
				m := float64(n - 1)
				return 2*math.Log(m) + 2*0.5772156649 - 2*m/float64(n)
			}, "The formula is for n above 2"},
			{func(n int) float64 {
				if n < 2 {
					return 0
				}
				m := float64(n) - 1
				return 2*math.Log(m) + 2*0.5772156649 - 2*m/(m+1)
			}, "Two points are apart after one cut"},
			{func(n int) float64 {
				switch n {
				case 0, 1:
					return 0
				case 2:
					return 1
				}
				return 2*(math.Log(float64(n-1))+0.5772) - 2*float64(n-1)/float64(n)
			}, "Four digits"},
			{func(n int) float64 {
				switch n {
				case 0, 1:
					return 0
				case 2:
					return 1
				}
				return 2*(math.Log(float64(n-1))+0.5772156649) - 2*float64((n-1)/n)
			}, "counts as 0"},
			{func(n int) float64 {
				if n <= 1 {
					return 0
				}
				sum := -float64(n-1) / float64(n)
				for i := 1; i < n; i++ {
					sum += 1 / float64(i)
				}
				return 2 * sum
			}, "which is exact"},
			{func(n int) float64 { return 2 * float64((n-1)/n) }, "integer divide by zero"},
		},
	},
	{
		exercise: precisionRecall,
		check:    PrecisionRecall,
		right: []any{
			func(tp, fp, fn int) (precision, recall float64) {
				return float64(tp) / float64(tp+fp), float64(tp) / float64(tp+fn)
			},
			func(tp, fp, fn int) (precision, recall float64) {
				found := float64(tp)
				precision = found / (found + float64(fp))
				recall = found / (found + float64(fn))
				return precision, recall
			},
		},
		wrong: []wrongAnswer{
			{func(tp, fp, fn int) (precision, recall float64) {
				return float64(tp / (tp + fp)), float64(tp / (tp + fn))
			}, "Dividing two ints"},
			{func(tp, fp, fn int) (precision, recall float64) {
				return float64(tp) / float64(tp+fn), float64(tp) / float64(tp+fp)
			}, "Precision and recall have changed places"},
			{func(tp, fp, fn int) (precision, recall float64) {
				return float64(fp) / float64(tp+fp), float64(fn) / float64(tp+fn)
			}, "1 minus the one wanted"},
			{func(tp, fp, fn int) (precision, recall float64) {
				precision = float64(tp) / float64(tp+fp)
				recall = precision
				return precision, recall
			}, "the recall is the precision once more"},
			{func(tp, fp, fn int) (precision, recall float64) {
				return 100 * float64(tp) / float64(tp+fp), 100 * float64(tp) / float64(tp+fn)
			}, "percentages"},
			{func(tp, fp, fn int) (precision, recall float64) {
				return float64(tp)/float64(tp) + float64(fp), float64(tp)/float64(tp) + float64(fn)
			}, "into parentheses"},
			{func(precision, recall float64) float64 { return 0 }, "It has 2 parameters: want 3"},
		},
	},
	{
		exercise: scoreDirection,
		check:    ScoreDirection,
		byHand:   []example{{exam.NoInput()[0], "C"}},
		right:    []any{func() string { return "ABCD"[2:3] }},
		wrong: []wrongAnswer{
			{func() string { return "A" }, "so much order is knowledge"},
			{func() string { return "B" }, "There is no cut in ROC AUC"},
			{func() string { return "D" }, "the area stays 0.039"},
			{func() string { return "c" }, `"c" is not one of the options`},
		},
	},
}

// The answers with two results, worked out by hand.
func TestIsolationForestPairs(t *testing.T) {
	for _, test := range []struct {
		exercise *exam.Exercise
		in       exam.Input
		want     []any
	}{
		{isolationSplit, exam.Input{[]float64{15, 12, 14, 11}, 14.0}, []any{[]float64{12, 14, 11}, []float64{15}}},
		{isolationSplit, exam.Input{[]float64{3, 1, 2}, 3.0}, []any{[]float64{3, 1, 2}, []float64{}}},
		{precisionRecall, exam.Input{30, 10, 70}, []any{0.75, 0.3}}, // 30 of 40 flagged, 30 of 100 attacks
		{precisionRecall, exam.Input{0, 5, 10}, []any{0.0, 0.0}},
	} {
		got := exam.Results(test.exercise.Answer, func() []exam.Input { return []exam.Input{test.in} })[0]
		if !exam.AllEqual(got, test.want) {
			t.Errorf("%s: the answer for %v is %v: by hand %v", test.exercise.ID, test.in, got, test.want)
		}
	}
}

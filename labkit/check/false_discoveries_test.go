package check

import (
	"slices"

	"flowlab/labkit/internal/exam"
)

var falseDiscoveriesTest = exerciseTest{
	exercise: falseDiscoveries,
	check:    FalseDiscoveries,
	byHand: []example{
		// Lines 0.02, 0.04, 0.06 …: the second p-value, 0.04, is on its line.
		{exam.Input{[]float64{0.3, 0.01, 0.8, 0.04, 0.6}, 0.1}, 2},
		// The third, 0.19, is below 0.2.
		{exam.Input{[]float64{0.19, 0.1, 0.12}, 0.2}, 3},
		{exam.Input{[]float64{}, 0.1}, 0},
	},
	right: []any{
		func(p []float64, rate float64) int { // from the highest down
			sorted := slices.Sorted(slices.Values(p))
			for k := len(sorted); k > 0; k-- {
				if sorted[k-1] <= rate*float64(k)/float64(len(sorted)) {
					return k
				}
			}
			return 0
		},
	},
	wrong: []wrongAnswer{
		{func(p []float64, rate float64) int {
			n := 0
			for _, v := range p {
				if v <= rate {
					n++
				}
			}
			return n
		}, "depend on how many are looked at"},
		{func(p []float64, rate float64) int {
			n := 0
			for _, v := range p {
				if v <= rate/float64(len(p)) {
					n++
				}
			}
			return n
		}, "Bonferroni"},
		{func(p []float64, rate float64) int {
			slices.Sort(p)
			return lastBelow(p, func(i int, v float64) bool { return v <= bhLine(rate, i+1, len(p)) })
		}, "changed its argument p"},
		{func(p []float64, rate float64) int { return len(p) }, "want 2"},
	},
}

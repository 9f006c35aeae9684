package check

import (
	"math"
	"slices"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var operationsTests = []exerciseTest{
	{
		exercise: pValue,
		check:    PValue,
		byHand: []example{
			{exam.Input{[]float64{0.3, 0.1, 0.2, 0.2, 0.5}, 0.9}, 1.0 / 6}, // none of five, and itself
			{exam.Input{[]float64{0.3, 0.1, 0.2, 0.2, 0.5}, 0.2}, 5.0 / 6}, // all but 0.1, and itself
			{exam.Input{[]float64{}, 0.9}, 1.0},
		},
		right: []any{
			func(ordinary []float64, score float64) float64 { // from a sorted copy
				sorted := slices.Sorted(slices.Values(ordinary))
				lower, _ := slices.BinarySearch(sorted, score)
				return float64(len(sorted)-lower+1) / float64(len(sorted)+1)
			},
		},
		wrong: []wrongAnswer{
			{func(ordinary []float64, score float64) float64 { // with a guard
				if len(ordinary) == 0 {
					return 1
				}
				return float64(asHigh(ordinary, score)) / float64(len(ordinary))
			}, "want 0.1666"},
			{func(ordinary []float64, score float64) float64 {
				return float64(asHigh(ordinary, score)) / float64(len(ordinary))
			}, "not counted in"},
			{func(ordinary []float64, score float64) float64 {
				return float64(above(ordinary, score)+1) / float64(len(ordinary)+1)
			}, "Equal scores are left out"},
			{func(ordinary []float64, score float64) float64 {
				return float64((asHigh(ordinary, score) + 1) / (len(ordinary) + 1))
			}, "digits after the point are cut off"},
			{func(ordinary []float64, score float64) float64 {
				slices.Sort(ordinary)
				lower, _ := slices.BinarySearch(ordinary, score)
				return float64(len(ordinary)-lower+1) / float64(len(ordinary)+1)
			}, "changed its argument ordinary"},
		},
	},
	{
		exercise: stabilityIndex,
		check:    StabilityIndex,
		byHand: []example{
			{exam.Input{[]float64{0.5, 0.5}, []float64{0.9, 0.1}}, 0.4*math.Log(1.8) + 0.4*math.Log(5)},
			{exam.Input{[]float64{0.2, 0.8}, []float64{0.2, 0.8}}, 0.0},
			{exam.Input{[]float64{1, 0}, []float64{0, 1}}, 2 * 0.9999 * math.Log(1e4)},
		},
		right: []any{
			func(then, now []float64) float64 { // the two relative entropies together
				sum := 0.0
				for i := range then {
					p, q := max(now[i], 1e-4), max(then[i], 1e-4)
					sum += p*math.Log(p/q) + q*math.Log(q/p)
				}
				return sum
			},
		},
		wrong: []wrongAnswer{
			{func(then, now []float64) float64 {
				sum := 0.0
				for i := range then {
					sum += (now[i] - then[i]) * math.Log(now[i]/then[i])
				}
				return sum
			}, "An empty bin has no logarithm"},
			{func(then, now []float64) float64 {
				return eachBin(then, now, func(p, q float64) float64 { return p * math.Log(p/q) })
			}, "weighted with the new share"},
			{func(then, now []float64) float64 {
				return eachBin(then, now, func(p, q float64) float64 { return (p - q) * math.Log10(p/q) })
			}, "base 10"},
			{func(then, now []float64) float64 {
				return labkit.StabilityBaseline{Shares: then}.Index(now)
			}, "want 0."},
		},
	},
	{
		exercise: thursday,
		check:    Thursday,
		byHand:   []example{{exam.Input{}, "C"}},
		right:    []any{func() string { return "ABCD"[2:3] }},
		wrong: []wrongAnswer{
			{func() string { return "A" }, "by luck"},
			{func() string { return "B" }, "stricter limit"},
			{func() string { return "D" }, "Nobody has attacked"},
		},
	},
}

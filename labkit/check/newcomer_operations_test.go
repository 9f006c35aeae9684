package check

import (
	"math"
	"slices"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

// newcomersOperations are of notebook 13, and of the rate in notebook 08.
var newcomersOperations = map[*exam.Exercise][]wrongAnswer{
	pValue: {
		{func(ordinary []float64, score float64) float64 {
			return float64(asHigh(ordinary, score)) / float64(len(ordinary))
		}, "The new flow is not counted in."},
		{func(ordinary []float64, score float64) float64 {
			if len(ordinary) == 0 {
				return 1
			}
			return float64(asHigh(ordinary, score)) / float64(len(ordinary))
		}, "The new flow is not counted in."},
		{func(ordinary []float64, score float64) float64 {
			return float64(asHigh(ordinary, score)) / float64(max(1, len(ordinary)))
		}, "The new flow is not counted in."},
		{func(ordinary []float64, score float64) float64 {
			return float64(1+asHigh(ordinary, score)) / float64(len(ordinary))
		}, "counted above the line and not below it"},
		{func(ordinary []float64, score float64) float64 {
			return float64(1+above(ordinary, score)) / float64(len(ordinary)+1)
		}, "Equal scores are left out"},
		{func(ordinary []float64, score float64) float64 {
			return float64(above(ordinary, score)) / float64(len(ordinary))
		}, "Equal scores are left out, and the new flow"},
		{func(ordinary []float64, score float64) float64 { return float64(asHigh(ordinary, score)) }, "This is how many are as high"},
		{func(ordinary []float64, score float64) float64 { return float64(1 + asHigh(ordinary, score)) }, "This is how many are as high"},
		{func(ordinary []float64, score float64) float64 {
			return 1 - fraction(1+asHigh(ordinary, score), len(ordinary)+1)
		}, "1 minus the one wanted"},
		{func(ordinary []float64, score float64) float64 {
			return 100 * fraction(1+asHigh(ordinary, score), len(ordinary)+1)
		}, "percentages"},
		{func(ordinary []float64, score float64) float64 { return score }, "This is the score itself"},
		{func(ordinary []float64, score float64) float64 {
			return fraction(len(ordinary)-asHigh(ordinary, score), len(ordinary)+1)
		}, "1 minus the one wanted"},
		{func(ordinary []float64, score float64) float64 {
			return fraction(len(ordinary)-asHigh(ordinary, score), len(ordinary))
		}, "share of the scores that are lower"},
		{func(ordinary []float64, score float64) float64 {
			return math.Round(100*fraction(1+asHigh(ordinary, score), len(ordinary)+1)) / 100
		}, "rounded to two decimals"},
	},
	stabilityIndex: {
		{func(then, now []float64) float64 { return stability(then, now, 0, 0) }, "An empty bin has no logarithm"},
		{func(then, now []float64) float64 { return stability(now, then, 1e-4, 0) }, "A share that was 0 then is taken as it is"},
		{func(then, now []float64) float64 {
			sum := 0.0
			for i := range then {
				if then[i] > 0 && now[i] > 0 {
					sum += (now[i] - then[i]) * math.Log(now[i]/then[i])
				}
			}
			return sum
		}, "Empty bins are left out"},
		{func(then, now []float64) float64 {
			sum := 0.0
			for i := range then {
				p, q := now[i]+1e-4, then[i]+1e-4
				sum += (p - q) * math.Log(p/q)
			}
			return sum
		}, "0.0001 is added to each share"},
		{func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return p * math.Log(p/q) })
		}, "weighted with the new share"},
		{func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return (p - q) * math.Log2(p/q) })
		}, "base 2"},
		{func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return (q - p) * math.Log(p/q) })
		}, "The sign is turned round"},
		{func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return (p - q) * (p - q) })
		}, "squares of the differences"},
		{func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return (p - q) * (p - q) / q })
		}, "chi-square"},
		{func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return math.Abs(p - q) })
		}, "adds up the differences alone"},
		{func(then, now []float64) float64 {
			return eachBin(then, now, func(p, q float64) float64 { return math.Abs(math.Log(p / q)) })
		}, "adds up the logarithms alone"},
		{func(then, now []float64) float64 { return stability(then, now, 1e-4, 1e-4) / float64(len(then)) }, "the mean over the bins"},
		{func(then, now []float64) float64 { return stability(then, now, 1e-3, 1e-3) }, "counts as 0.001"},
	},
	falseDiscoveries: {
		{func(p []float64, rate float64) int { return upTo(p, func(int, int) float64 { return rate }) }, "depend on how many are looked at"},
		{func(p []float64, rate float64) int { return int(rate * float64(len(p))) }, "a share of all flows"},
		{func(p []float64, rate float64) int {
			return upTo(p, func(_, m int) float64 { return rate / float64(m) })
		}, "Bonferroni"},
		{func(p []float64, rate float64) int {
			for i, v := range slices.Sorted(slices.Values(p)) {
				if v > bhLine(rate, i+1, len(p)) {
					return i
				}
			}
			return len(p)
		}, "This stops at the first"},
		{func(p []float64, rate float64) int {
			n := 0
			for i, v := range slices.Sorted(slices.Values(p)) {
				if v <= bhLine(rate, i+1, len(p)) {
					n++
				}
			}
			return n
		}, "This counts the p-values that are not above their own lines"},
		{func(p []float64, rate float64) int {
			k := 0
			for i, v := range p {
				if v <= bhLine(rate, i+1, len(p)) {
					k = i + 1
				}
			}
			return k
		}, "in the order in which they came"},
		{func(p []float64, rate float64) int {
			return lastBelow(slices.Sorted(slices.Values(p)), func(i int, v float64) bool { return v < bhLine(rate, i+1, len(p)) })
		}, "on its line is left out"},
		{func(p []float64, rate float64) int {
			return lastBelow(slices.Sorted(slices.Values(p)), func(i int, v float64) bool { return v <= bhLine(rate, i, len(p)) })
		}, "one step too low"},
		{func(p []float64, rate float64) int {
			return lastBelow(slices.Sorted(slices.Values(p)), func(i int, v float64) bool { return v <= rate/float64(len(p)-i) })
		}, "rate/(m-k+1)"},
		{func(p []float64, rate float64) int {
			return len(p) - labkit.CountTrue(labkit.Must(labkit.BenjaminiHochberg(p, rate)))
		}, "how many are not flagged"},
		{func(p []float64, rate float64) int { return len(p) }, "makes no difference"},
		{func(p []float64, rate float64) int { return 0 }, ""},
	},
	thursday: {
		{func() string { return "A" }, "by luck"},
		{func() string { return "B" }, "stricter limit"},
		{func() string { return "D" }, "Nobody has attacked"},
		{func() string { return "E" }, "is not one of the options"},
		{func() string { return "fit anew" }, "is not one of the options"},
	},
}

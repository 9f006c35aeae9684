package check

import (
	"math"
	"slices"
	"sort"

	"flowlab/labkit/internal/exam"
)

// blindOperations are wrong answers about operations.
var blindOperations = map[*exam.Exercise][]wrongAnswer{
	pValue: {
		// The brackets are missing: 1 + r/(n+1)
		{func(ordinary []float64, score float64) float64 {
			r := 0.0
			for _, s := range ordinary {
				if s >= score {
					r++
				}
			}
			return 1 + r/float64(len(ordinary)+1)
		}, "Division binds more strongly than addition: put"},
		// The brackets are missing: (1+r)/n + 1
		{func(ordinary []float64, score float64) float64 {
			if len(ordinary) == 0 {
				return 1
			}
			r := 0.0
			for _, s := range ordinary {
				if s >= score {
					r++
				}
			}
			return (1+r)/float64(len(ordinary)) + 1
		}, "Division binds more strongly than addition: put"},
		// A binary search in scores that are not sorted
		{func(ordinary []float64, score float64) float64 {
			i, _ := slices.BinarySearch(ordinary, score)
			r := len(ordinary) - i
			return float64(1+r) / float64(len(ordinary)+1)
		}, "A binary search finds nothing in scores that are"},
		// SearchFloat64s on a descending order finds nothing sensible
		{func(ordinary []float64, score float64) float64 {
			s := slices.Clone(ordinary)
			slices.Sort(s)
			slices.Reverse(s)
			r := sort.SearchFloat64s(s, score)
			return float64(1+r) / float64(len(s)+1)
		}, "A binary search finds nothing in scores that are"},
		// The new score is appended and counts itself, and then the one is added once more
		{func(ordinary []float64, score float64) float64 {
			all := append(slices.Clone(ordinary), score)
			r := 0
			for _, s := range all {
				if s >= score {
					r++
				}
			}
			return float64(1+r) / float64(len(all)+1)
		}, "The new flow is counted twice, above the line and"},
		// The counter starts at 1, and the formula adds another 1
		{func(ordinary []float64, score float64) float64 {
			r := 1
			for _, s := range ordinary {
				if s >= score {
					r++
				}
			}
			return float64(1+r) / float64(len(ordinary)+1)
		}, "The new flow is counted twice above the line. Begin"},
		// The loop leaves out the first score
		{func(ordinary []float64, score float64) float64 {
			r := 0
			for i := 1; i < len(ordinary); i++ {
				if ordinary[i] >= score {
					r++
				}
			}
			return float64(1+r) / float64(len(ordinary)+1)
		}, "The first score is never looked at. Elements are"},
		// A score above all others gives 0
		{func(ordinary []float64, score float64) float64 {
			r := 0
			for _, s := range ordinary {
				if s >= score {
					r++
				}
			}
			if r == 0 {
				return 0
			}
			return float64(1+r) / float64(len(ordinary)+1)
		}, "Above all scores the p-value is 0 here. It never"},
		// The difference is compared with a tolerance, so slightly lower scores count
		{func(ordinary []float64, score float64) float64 {
			r := 0
			for _, s := range ordinary {
				if s > score || math.Abs(s-score) < 0.01 {
					r++
				}
			}
			return float64(1+r) / float64(len(ordinary)+1)
		}, "A score that is a little lower counts as equal."},
		// Absolute values are compared, as in a two-sided test
		{func(ordinary []float64, score float64) float64 {
			r := 0
			for _, s := range ordinary {
				if math.Abs(s) >= math.Abs(score) {
					r++
				}
			}
			return float64(1+r) / float64(len(ordinary)+1)
		}, "The signs of the scores are lost. A score far below"},
		// Two-sided: twice the smaller tail
		{func(ordinary []float64, score float64) float64 {
			high, low := 0, 0
			for _, s := range ordinary {
				if s >= score {
					high++
				}
				if s <= score {
					low++
				}
			}
			n := float64(len(ordinary) + 1)
			return min(1, 2*min(float64(1+high)/n, float64(1+low)/n))
		}, "This is twice the smaller end, as in a test of two"},
		// A normal distribution is assumed: the tail beyond the z-score
		{func(ordinary []float64, score float64) float64 {
			n := float64(len(ordinary))
			if n < 2 {
				return 1
			}
			mean, sq := 0.0, 0.0
			for _, s := range ordinary {
				mean += s / n
			}
			for _, s := range ordinary {
				sq += (s - mean) * (s - mean)
			}
			sd := math.Sqrt(sq / n)
			if sd == 0 {
				return 1
			}
			return 0.5 * math.Erfc((score-mean)/sd/math.Sqrt2)
		}, "This is the tail of a normal distribution. Scores"},
		// n - 1 below, as for a sample
		{func(ordinary []float64, score float64) float64 {
			r := 0
			for _, s := range ordinary {
				if s >= score {
					r++
				}
			}
			if len(ordinary) < 2 {
				return 1
			}
			return min(1, float64(1+r)/float64(len(ordinary)-1))
		}, "One is subtracted below the line, as for the"},
		// The scores are added up instead of counted
		{func(ordinary []float64, score float64) float64 {
			r := 0.0
			for _, s := range ordinary {
				if s >= score {
					r += s
				}
			}
			return (1 + r) / float64(len(ordinary)+1)
		}, "The scores are added up. Count them: r++ for each"},
		// Returns inside the loop, after the first score that is as high
		{func(ordinary []float64, score float64) float64 {
			r := 0
			for _, s := range ordinary {
				if s >= score {
					r++
					return float64(1+r) / float64(len(ordinary)+1)
				}
			}
			return 1 / float64(len(ordinary)+1)
		}, "This returns at the first score that is as high. Go"},
	},
	stabilityIndex: {
		// Bins with an empty share are skipped
		{func(then, now []float64) float64 {
			sum := 0.0
			for i, q := range then {
				p := now[i]
				if p == 0 || q == 0 {
					continue
				}
				p, q = max(p, 0.0001), max(q, 0.0001)
				sum += (p - q) * math.Log(p/q)
			}
			return sum
		}, "Empty bins are left out. A bin that became empty,"},
		// min instead of max: every share becomes at most 0.0001
		{func(then, now []float64) float64 {
			sum := 0.0
			for i := range then {
				p, q := min(now[i], 0.0001), min(then[i], 0.0001)
				if p == 0 || q == 0 {
					continue
				}
				sum += (p - q) * math.Log(p/q)
			}
			return sum
		}, "No share is above 0.0001 here: min takes the"},
		// Raised in the logarithm only, not in the difference
		{func(then, now []float64) float64 {
			sum := 0.0
			for i := range then {
				sum += (now[i] - then[i]) * math.Log(max(now[i], 0.0001)/max(then[i], 0.0001))
			}
			return sum
		}, "The shares are raised in the logarithm, and not in"},
		// The sum is overwritten: only the last bin counts
		{func(then, now []float64) float64 {
			sum := 0.0
			for i := range then {
				p, q := max(now[i], 0.0001), max(then[i], 0.0001)
				sum = (p - q) * math.Log(p/q)
			}
			return sum
		}, "Only the last bin counts: each overwrites the sum."},
		// The difference of the logarithm's arguments: (p-q)·ln(p-q), with the absolute value
		{func(then, now []float64) float64 {
			sum := 0.0
			for i := range then {
				p, q := max(now[i], 0.0001), max(then[i], 0.0001)
				if p != q {
					sum += (p - q) * math.Log(math.Abs(p-q))
				}
			}
			return sum
		}, "This takes the logarithm of the difference. Take"},
		// ln p / ln q instead of ln(p/q)
		{func(then, now []float64) float64 {
			sum := 0.0
			for i := range then {
				p, q := max(now[i], 0.0001), max(then[i], 0.0001)
				if q == 1 {
					continue
				}
				sum += (p - q) * math.Log(p) / math.Log(q)
			}
			return sum
		}, "Two logarithms are divided. Take the logarithm of"},
		// Shares are made to add up to 1 again after raising
		{func(then, now []float64) float64 {
			norm := func(x []float64) []float64 {
				out := make([]float64, len(x))
				total := 0.0
				for i, v := range x {
					out[i] = max(v, 0.0001)
					total += out[i]
				}
				for i := range out {
					out[i] /= total
				}
				return out
			}
			p, q := norm(now), norm(then)
			sum := 0.0
			for i := range p {
				sum += (p[i] - q[i]) * math.Log(p[i]/q[i])
			}
			return sum
		}, "After they were raised the shares are divided by"},
		// Only bins that grew are added
		{func(then, now []float64) float64 {
			sum := 0.0
			for i := range then {
				p, q := max(now[i], 0.0001), max(then[i], 0.0001)
				if p > q {
					sum += (p - q) * math.Log(p/q)
				}
			}
			return sum
		}, "Only the bins that have grown are added. One that"},
		// An empty bin ends the loop
		{func(then, now []float64) float64 {
			sum := 0.0
			for i := range then {
				if now[i] == 0 || then[i] == 0 {
					return sum
				}
				p, q := max(now[i], 0.0001), max(then[i], 0.0001)
				sum += (p - q) * math.Log(p/q)
			}
			return sum
		}, "An empty bin ends the sum. Take 0.0001 for its"},
		// The bound is put on the quotient, not on the shares
		{func(then, now []float64) float64 {
			sum := 0.0
			for i := range then {
				if then[i] == 0 {
					sum += now[i] * math.Log(max(now[i], 0.0001)/0.0001)
					continue
				}
				sum += (now[i] - then[i]) * math.Log(max(now[i]/then[i], 0.0001))
			}
			return sum
		}, "It is the quotient that is raised. Raise both"},
		// The absolute difference is used, so bins that shrink count negatively
		{func(then, now []float64) float64 {
			sum := 0.0
			for i := range then {
				p, q := max(now[i], 0.0001), max(then[i], 0.0001)
				sum += math.Abs(p-q) * math.Log(p/q)
			}
			return sum
		}, "The difference has lost its sign, so that bins"},
	},
}

package check

import (
	"slices"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var falseDiscoveries = &exam.Exercise{
	ID:       "false-discoveries",
	Notebook: "08_score_analysis",
	Section:  "A rate of false discoveries",
	Title:    "How many to flag at a rate",
	Hints: []string{
		"Sort a copy of the p-values from low to high: slices.Sorted(slices.Values(p)). The k-th of m has a line of its own, rate·k/m.",
		"Go through all of them, and remember the last k whose p-value is not above its line. Those before it are flagged as well, even if they are above their own lines.",
		"for i, v := range sorted { if v <= rate*float64(i+1)/float64(len(sorted)) { k = i + 1 } }, and return k",
	},
	Answer: func(p []float64, rate float64) int {
		return bhCount(p, rate)
	},
	Params: []string{"p", "rate"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]float64{0.3, 0.01, 0.8, 0.04, 0.6}, 0.1},
			// The p-values of section 3.2 of Benjamini and Hochberg, 1995.
			{[]float64{0.0459, 0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1}, 0.05},
			{[]float64{0.19, 0.1, 0.12}, 0.2}, // the first two are above their lines
			{[]float64{0.9, 0.01, 0.01, 0.01}, 0.015},
			{[]float64{0.5, 0.9, 0.2}, 0.1},
			{[]float64{0.25}, 0.25}, // on the line
			{[]float64{0.001, 0.5, 0.9}, 0.1},
			{[]float64{0.02, 0.2, 0.03, 0.9}, 0.1}, // above Bonferroni's limit
			{[]float64{0.8, 0.7, 0.9, 0.6, 0.95, 0.99}, 0.4},
			{[]float64{0.14, 0.19, 0.04, 0.12}, 0.2}, // the second is above its line, two after it are not
			{[]float64{}, 0.1},
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(p []float64, rate float64) int { return upTo(p, func(int, int) float64 { return rate }) },
			Says: "Every p-value up to the rate is flagged. Of m ordinary flows about rate·m have such a small one: the limit has to depend on how many are looked at."},
		{Answer: func(p []float64, rate float64) int {
			return upTo(p, func(_, m int) float64 { return rate / float64(m) })
		},
			Says: "Each p-value is held to rate/m, which is Bonferroni's limit: that not even one is false. A rate allows more, the more are flagged: the k-th is held to rate·k/m."},
		{Answer: func(p []float64, rate float64) int {
			for i, v := range slices.Sorted(slices.Values(p)) {
				if v > bhLine(rate, i+1, len(p)) {
					return i
				}
			}
			return len(p)
		},
			Says: "This stops at the first p-value above its line. A later one may be below: look for the last, and flag all before it."},
		{Answer: func(p []float64, rate float64) int {
			return upTo(p, func(k, m int) float64 { return bhLine(rate, k, m) })
		},
			Says: "This counts the p-values that are not above their own lines. All before the last of them are flagged as well."},
		{Answer: func(p []float64, rate float64) int {
			return lastBelow(p, func(i int, v float64) bool { return v <= bhLine(rate, i+1, len(p)) })
		},
			Says: "The p-values are taken in the order in which they came. The k-th smallest is wanted: sort a copy first."},
		{Answer: func(p []float64, rate float64) int {
			return lastBelow(slices.Sorted(slices.Values(p)), func(i int, v float64) bool { return v < bhLine(rate, i+1, len(p)) })
		},
			Says: "A p-value on its line is left out. It is not above: compare with <=."},
		{Answer: func(p []float64, rate float64) int {
			return lastBelow(slices.Sorted(slices.Values(p)), func(i int, v float64) bool { return v <= bhLine(rate, i, len(p)) })
		},
			Says: "The lines are one step too low: the smallest p-value is held to 0. Counting begins at 1, and i at 0: the line of sorted[i] is rate·(i+1)/m."},
		{Answer: func(p []float64, rate float64) int { return int(rate * float64(len(p))) },
			Says: "This is a share of all flows, whatever their p-values: contamination by another name. Each p-value is compared with a line that has the rate in it."},
		{Answer: func(p []float64, rate float64) int {
			return lastBelow(slices.Sorted(slices.Values(p)), func(i int, v float64) bool { return v <= rate/float64(len(p)-i) })
		},
			Says: "The k-th is held to rate/(m-k+1), as Hochberg did in 1988 so that not even one is false. For a rate of false discoveries it is rate·k/m."},
		{Answer: func(p []float64, rate float64) int {
			return len(p) - bhCount(p, rate)
		},
			Says: "This is how many are not flagged."},
		{Answer: func(p []float64, rate float64) int {
			return bhCount(p, rate) - 1
		},
			Says: indexOfLast},
		{Answer: func(p []float64, rate float64) int {
			for i, v := range slices.Sorted(slices.Values(p)) {
				if v > rate/float64(len(p)-i) {
					return i
				}
			}
			return len(p)
		},
			Says: "These are the limits of Holm, which hold off even one false discovery. A rate allows more: the k-th smallest may be up to rate·k/m."},
		{Answer: func(p []float64, rate float64) int { return 0 },
			Says: "It flags none, whatever the p-values are."},
		{Answer: func(p []float64, rate float64) int {
			for i, v := range slices.Sorted(slices.Values(p)) {
				if v <= rate*float64(i+1)/float64(len(p)) {
					return i + 1
				}
			}
			return 0
		},
			Says: "This stops at the first p-value that is on or below its line. The largest k is wanted: go on to the last."},
		{Answer: func(p []float64, rate float64) int {
			return lastBelow(slices.Sorted(slices.Values(p)), func(i int, v float64) bool { return v <= rate*float64(i+1) })
		},
			Says: "The line of the k-th is rate·k here. It is divided by m, how many p-values there are."},
		{Answer: func(p []float64, rate float64) int {
			return lastBelow(slices.Sorted(slices.Values(p)), func(i int, v float64) bool { return v <= bhLine(rate, i+1, len(p)+1) })
		},
			Says: "This divides by one more than there are p-values. m is len(p)."},
		{Answer: func(p []float64, rate float64) int {
			return lastBelow(slices.Sorted(slices.Values(p)), func(i int, v float64) bool { return v <= rate*float64((i+1)/len(p)) })
		},
			Says: "Two ints are divided, k by m, which is 0 but for the last. Convert both with float64(…) first."},
		{Answer: func(p []float64, rate float64) int {
			return lastBelow(slices.Sorted(slices.Values(p)), func(i int, v float64) bool { return v >= bhLine(rate, i+1, len(p)) })
		},
			Says: "This looks for p-values above their lines. Those on or below them are strange: <=."},
		{Answer: func(p []float64, rate float64) int {
			sorted := slices.Sorted(slices.Values(p))
			slices.Reverse(sorted)
			return lastBelow(sorted, func(i int, v float64) bool { return v <= bhLine(rate, i+1, len(p)) })
		},
			Says: "The p-values are sorted from the largest down. The k-th smallest is wanted."},
		{Answer: func(p []float64, rate float64) int { return max(0, bhCount(p, rate)-1) },
			Says: indexOfLast},
		{Answer: func(p []float64, rate float64) int {
			return lastBelow(slices.Sorted(slices.Values(p)), func(i int, v float64) bool { return i < len(p)-1 && v <= bhLine(rate, i+1, len(p)) })
		},
			Says: "The largest p-value is never looked at. If it is at most the rate all are flagged: go on to the last."},
		{Answer: func(p []float64, rate float64) int {
			if k := bhCount(p, rate); k > 1 {
				return k
			}
			return 0
		},
			Says: "The smallest p-value is never looked at: k may be 1. Elements are numbered from 0."},
		{Answer: func(p []float64, rate float64) int {
			if k := bhCount(p, rate); k > 0 {
				return k
			}
			return -1
		},
			Says: "Where none is below its line -1 is returned. It is a number of p-values: return 0."},
		{Answer: func(p []float64, rate float64) int {
			distinct := slices.Compact(slices.Sorted(slices.Values(p)))
			return lastBelow(distinct, func(i int, v float64) bool { return v <= bhLine(rate, i+1, len(distinct)) })
		},
			Says: "Equal p-values are counted once. Each of them is a flow: leave them all in."},
		{Answer: func(p []float64, rate float64) int {
			k := bhCount(p, rate)
			if k == 0 {
				return 0
			}
			limit := slices.Sorted(slices.Values(p))[k-1]
			return countScores(p, func(v float64) bool { return v < limit })
		},
			Says: "The k-th p-value itself is not counted. It is on or below its line: the answer is k."},
		{Answer: func(p []float64, rate float64) int {
			run, longest := 0, 0
			for i, v := range slices.Sorted(slices.Values(p)) {
				run++
				if v > bhLine(rate, i+1, len(p)) {
					run = 0
				}
				longest = max(longest, run)
			}
			return longest
		},
			Says: "This is the longest run of p-values below their lines. All before the last of them are flagged, also those above their own lines."},
		{Answer: func(p []float64, rate float64) int {
			harmonic := 0.0
			for i := range p {
				harmonic += 1 / float64(i+1)
			}
			return bhCount(p, rate/max(harmonic, 1))
		},
			Says: "The lines are divided by 1 + 1/2 + … + 1/m, too, as Benjamini and Yekutieli did in 2001 for p-values that depend on each other. Here the line is rate·k/m."},
	},
}

const indexOfLast = "This is one less than k, the index of the last one instead of its place. The p-value at index i is the (i+1)-th."

// bhCount returns how many p-values Benjamini and Hochberg flag.
func bhCount(p []float64, rate float64) int {
	return labkit.CountTrue(labkit.Must(labkit.BenjaminiHochberg(p, rate)))
}

// bhLine is what the k-th smallest of m p-values is held to.
func bhLine(rate float64, k, m int) float64 { return rate * float64(k) / float64(m) }

// upTo counts the p-values that are not above the line of their place.
func upTo(p []float64, line func(k, m int) float64) int {
	n := 0
	for i, v := range slices.Sorted(slices.Values(p)) {
		if v <= line(i+1, len(p)) {
			n++
		}
	}
	return n
}

// lastBelow returns the place, from 1, of the last value that is below, 0 if none is.
func lastBelow(values []float64, below func(i int, v float64) bool) int {
	last := 0
	for i, v := range values {
		if below(i, v) {
			last = i + 1
		}
	}
	return last
}

// FalseDiscoveries checks a function that returns how many of m p-values, in any
// order, Benjamini and Hochberg flag at a rate of false discoveries: the largest k
// for which the k-th smallest is at most rate·k/m, or 0:
//
//	func(p []float64, rate float64) int
func FalseDiscoveries(function any) { exam.Mark(falseDiscoveries, function) }

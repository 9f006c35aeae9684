package check

import (
	"math"
	"slices"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

// newcomersScores are of the notebooks 08, 12 and 14.
var newcomersScores = map[*exam.Exercise][]wrongAnswer{
	quantileThreshold: {
		{func(scores []float64, c float64) float64 { return meanOf(scores) }, "The parameter contamination makes no difference to the"},
		{func(scores []float64, c float64) float64 { return slices.Max(scores) * c }, "This is a share of the largest score. Wanted is the score"},
		{func(scores []float64, c float64) float64 { return slices.Max(scores) - c }, "This subtracts contamination, which is a share of the"},
		{func(scores []float64, c float64) float64 { return 1 - c }, "This is the share of the flows below the threshold. The"},
		{onSorted(func(sorted []float64, c float64) float64 { return sorted[int((1-c)*float64(len(sorted)))] }), "This takes the score above the position. At position 3.6"},
		{onSorted(func(sorted []float64, c float64) float64 { return sorted[int(c*float64(len(sorted)))] }), "This cuts at the wrong end: contamination is the share"},
		{onSorted(func(sorted []float64, c float64) float64 {
			low, high, _ := around(sorted, (1-c)*steps(sorted))
			return (low + high) / 2
		}), "This is the middle between the two scores beside the"},
		{onSorted(func(sorted []float64, c float64) float64 {
			low, high, rest := around(sorted, (1-c)*steps(sorted))
			return low + rest*high
		}), "The rest is taken of the upper score. It is a share of the"},
		{onSorted(func(sorted []float64, c float64) float64 { return at(sorted, (1-c)*float64(len(sorted)+1)-1) }), "This interpolates by another rule, which counts n+1 steps."},
		{func(scores []float64, c float64) float64 { return labkit.Must(labkit.Percentile(scores, 1-c)) }, "labkit.Percentile counts in percent: 100*(1-contamination),"},
		{func(scores []float64, c float64) float64 { return labkit.Must(labkit.Percentile(scores, 95)) }, "The parameter contamination makes no difference to the"},
		{onSorted(func(sorted []float64, c float64) float64 { return sorted[len(sorted)-1] }), "The parameter contamination makes no difference to the"},
		{func(scores []float64, c float64) float64 {
			return math.Round(100*labkit.Must(labkit.Threshold(scores, c))) / 100
		}, "The results are rounded to two decimals. Return them as"},
		{onSorted(func(sorted []float64, c float64) float64 { return math.Round((1-c)*steps(sorted)*1000) / 1000 }), "This is the position. The threshold is the score that"},
	},
	precisionAtK: {
		{func(scores []float64, labels []bool, k int) float64 { return foundIn(labels, fromTop(scores)[:k]) }, "This is how many of the k are attacks. Precision is that"},
		{func(scores []float64, labels []bool, k int) float64 {
			return foundIn(labels, fromTop(scores)[len(scores)-k:]) / float64(k)
		}, "These are the k lowest scores. Higher is stranger: sort"},
		{func(scores []float64, labels []bool, k int) float64 {
			return (float64(k) - foundIn(labels, fromTop(scores)[:k])) / float64(k)
		}, "Every result is 1 minus the one wanted."},
		{func(scores []float64, labels []bool, k int) float64 {
			return foundIn(labels, fromTop(scores)[:k]) / float64(k+1)
		}, "This divides by k+1. Divide by k, the number of flows that"},
		{func(scores []float64, labels []bool, k int) float64 {
			if labels[fromTop(scores)[k-1]] {
				return 1
			}
			return 0
		}, "Only the k-th flow is looked at. Count the attacks among"},
		{func(scores []float64, labels []bool, k int) float64 {
			n := 0.0
			for i, s := range scores {
				if s > 0.5 && labels[i] {
					n++
				}
			}
			return n / float64(k)
		}, "The attacks above 0.5 are counted. Which flows are looked"},
		{func(scores []float64, labels []bool, k int) float64 { // sorts the scores, not the labels with them
			n := 0.0
			for _, attack := range labels[len(labels)-k:] {
				if attack {
					n++
				}
			}
			return n / float64(k)
		}, "These are the labels of the last k flows, as they came. If"},
		{func(scores []float64, labels []bool, k int) float64 {
			return foundIn(labels, fromTop(scores)[:k]) / float64(labkit.CountTrue(labels)+k)
		}, "This divides by the attacks and k together. Precision"},
		{func(scores []float64, labels []bool, k int) float64 {
			return float64(labkit.CountTrue(labels)) / float64(k)
		}, "All attacks are counted, wherever they are ranked. Count"},
		{func(scores []float64, labels []bool, k int) float64 {
			return float64(labkit.CountTrue(labels)) / float64(len(labels))
		}, "This is the share of attacks in all flows, which any blind"},
		{func(scores []float64, labels []bool, k int) float64 {
			return foundIn(labels, fromTop(scores)[1:k]) / float64(k)
		}, "The highest score of all is left out. Elements are numbered"},
		{func(scores []float64, labels []bool, k int) float64 { // sums the scores
			sum := 0.0
			for _, i := range fromTop(scores)[:k] {
				sum += scores[i]
			}
			return sum / float64(k)
		}, "This is the mean of the k highest scores. Count the attacks"},
	},
	alertBudget: {
		{func(scores []float64, budget int) float64 { return 0.5 }, "5 of 6 scores lie above this threshold. The budget is 3:"},
		{func(scores []float64, budget int) float64 { return 0 }, "5 of 5 scores lie above this threshold. The budget is 2:"},
		{func(scores []float64, budget int) float64 { return slices.Min(scores) }, "4 of 5 scores lie above this threshold. The budget is 2:"},
		{func(scores []float64, budget int) float64 { return meanOf(scores) }, "1 of 3 scores lie above this threshold. The budget is 0:"},
		{func(scores []float64, budget int) float64 { return math.Inf(-1) }, "5 of 5 scores lie above this threshold. The budget is 2:"},
		{func(scores []float64, budget int) float64 { return math.Inf(1) }, "0 of 5 scores lie above this threshold. The budget is 2:"},
		{func(scores []float64, budget int) float64 {
			return slices.Sorted(slices.Values(scores))[min(budget, len(scores)-1)]
		}, "0 of 4 scores lie above this threshold. The budget is 3:"},
		{func(scores []float64, budget int) float64 {
			return labkit.Must(labkit.Percentile(scores, 100*(1-min(1, float64(budget)/float64(len(scores))))))
		}, "2 of 3 scores lie above this threshold. The budget is 3:"},
		{func(scores []float64, budget int) float64 { return slices.Max(scores) - 0.1 }, "1 of 5 scores lie above this threshold. The budget is 2:"},
		{func(scores []float64, budget int) float64 { return float64(budget) }, "0 of 5 scores lie above this threshold. The budget is 2:"},
		{fromHigh(func(sorted []float64, budget int) float64 {
			if budget >= len(sorted) {
				return sorted[len(sorted)-1]
			}
			return sorted[budget]
		}), "Where the budget is enough for all flows this is the"},
		{fromHigh(func(sorted []float64, budget int) float64 {
			if budget >= len(sorted) {
				return -1
			}
			return sorted[budget]
		}), "2 of 3 scores lie above this threshold. The budget is 3:"},
	},
	contaminationOrThreshold: {
		{func() string { return "B." }, `"B." is not one of the options ["A" "B" "C" "D"]. Return`}, {func() string { return "E" }, `"E" is not one of the options ["A" "B" "C" "D"].`}, {func() string { return "20" }, `"20" is not one of the options ["A" "B" "C" "D"].`},
		{func() string { return "a" }, `"a" is not one of the options ["A" "B" "C" "D"]. Return the`}, {func() string { return " B" }, `" B" is not one of the options ["A" "B" "C" "D"]. Return`},
	},
	failedShare: {
		{func(states []string) float64 { return stateShare(states, among("REJ")) }, "These failed and are not counted: S0, RSTOS0, SH, SHR,"},
		{func(states []string) float64 { return stateShare(states, among("S0", "REJ", "RSTO", "RSTR")) }, "These failed and are not counted: RSTOS0, SH, SHR, RSTRH."},
		{func(states []string) float64 {
			return stateShare(states, among("s0", "rej", "rstos0", "sh", "shr", "rstrh"))
		}, "It returns 0 whatever the input is."},
		{func(states []string) float64 {
			return stateShare(states, among("S0", "S1", "S2", "S3", "REJ", "RSTOS0", "SH", "SHR", "RSTRH"))
		}, "These are counted and did not fail: S1, S2, S3."},
		{func(states []string) float64 { return stateShare(states, among("S0", "REJ", "SH", "SHR", "RSTRH")) }, "These failed and are not counted: RSTOS0."},
		{func(states []string) float64 { return stateShare(states, among("S0", "REJ", "RSTOS0", "SHR", "RSTRH")) }, "These failed and are not counted: SH."},
		{func(states []string) float64 { return stateShare(states, among("S0", "REJ", "RSTOS0", "SH", "RSTRH")) }, "These failed and are not counted: SHR."},
		{func(states []string) float64 { return stateShare(states, among("S0", "REJ", "RSTOS0", "SH", "SHR")) }, "These failed and are not counted: RSTRH."},
		{func(states []string) float64 { return stateShare(states, among("S0", "RSTOS0", "RSTRH")) }, "These failed and are not counted: REJ, SH, SHR."},
		{func(states []string) float64 {
			if len(states) == 0 {
				return 1
			}
			return stateShare(states, isFailed)
		}, "For no states at all the share is 1 here. Without attempts"},
		{func(states []string) float64 {
			return stateShare(states, among("S0", "REJ", "RSTOS0", "SH", "SHR", "RSTRH", "S1"))
		}, "These are counted and did not fail: S1."},
		{func(states []string) float64 {
			n := 0.0
			for _, s := range states {
				if isFailed(s) {
					n++
				}
			}
			return n / (float64(len(states)) + 1)
		}, "This divides by one more than there are states. Guard the"},
		{func(states []string) float64 {
			return stateShare(states, func(s string) bool { return s != "SF" && s != "OTH" })
		}, "These are counted and did not fail: S1, S2, S3, RSTO, RSTR."},
		{func(states []string) float64 { // distinct states
			seen := map[string]bool{}
			n := 0.0
			for _, s := range states {
				if isFailed(s) && !seen[s] {
					n++
				}
				seen[s] = true
			}
			return n / float64(max(len(states), 1))
		}, "A state that comes twice is counted once. Count attempts,"},
	},
	distinctPeers: {
		{func(keys, values []string) map[string]int { return map[string]int{} }, "It returns map[] whatever the input is."},
		{func(keys, values []string) map[string]int {
			counts := map[string]int{}
			for _, k := range keys {
				counts[k] = 1
			}
			return counts
		}, "Every key has 1: its set or its count begins anew"},
		{func(keys, values []string) map[string]int {
			counts := map[string]int{}
			for _, v := range values {
				counts[v]++
			}
			return counts
		}, "It looks as if keys and values were swapped. Besides: This"},
		{func(keys, values []string) map[string]int {
			counts := map[string]int{}
			for i, k := range keys {
				counts[k+" "+values[i]]++
			}
			return counts
		}, "The map has an entry for each pair. Its keys are to be"},
		{func(keys, values []string) map[string]int {
			counts := map[string]int{}
			for i := 1; i < len(keys); i++ {
				counts[keys[i]]++
			}
			return counts
		}, "The first row is left out, and what is counted are rows."},
		{func(keys, values []string) map[string]int { // the whole number of distinct values
			seen := map[string]bool{}
			for _, v := range values {
				seen[v] = true
			}
			return map[string]int{"": len(seen)}
		}, ""},
		{func(keys, values []string) map[string]int { // one too many
			counts := map[string]int{}
			for k, n := range distinctCounts(keys, values) {
				counts[k] = n + 1
			}
			return counts
		}, "Every count is one too many. A key begins at 0, and the"},
		{func(keys, values []string) map[string]int { // one too few
			counts := map[string]int{}
			for k, n := range distinctCounts(keys, values) {
				counts[k] = n - 1
			}
			return counts
		}, "Every count is one too few: the first value of a key counts"},
		{func(keys, values []string) map[string]int { // neighbours in the list alone
			counts := map[string]int{}
			for i, k := range keys {
				if i == 0 || values[i] != values[i-1] {
					counts[k]++
				}
			}
			return counts
		}, "A value is compared with that of the row before, whatever"},
		{func(keys, values []string) map[string]int { // without the last row
			return distinctCounts(keys[:len(keys)-1], values)
		}, "The last element of keys is left out. A loop over all goes"},
		{func(keys, values []string) map[string]int { // values seen once
			times, counts := map[[2]string]int{}, map[string]int{}
			for i, k := range keys {
				times[[2]string{k, values[i]}]++
			}
			for pair, n := range times {
				if n == 1 {
					counts[pair[0]]++
				}
			}
			return counts
		}, "Only values that come once are counted. One that comes"},
		{func(keys, values []string) map[string]int { // the length of the value
			counts := map[string]int{}
			for i, k := range keys {
				counts[k] = len(values[i])
			}
			return counts
		}, "This is the length of a text. Count the values that a key"},
	},
	floodTechnique: {
		{func() string { return "b" }, `"b" is not one of the options ["A" "B" "C" "D"]. Return the`}, {func() string { return "T1499" }, `"T1499" is not one of the options ["A" "B" "C" "D"].`}, {func() string { return "E" }, `"E" is not one of the options ["A" "B" "C" "D"].`},
		{func() string { return "" }, `"" is not one of the options ["A" "B" "C" "D"].`}, {func() string { return "B)" }, `"B)" is not one of the options ["A" "B" "C" "D"]. Return`},
	},
	highestShare: {
		{func(failed, kept, lost int) float64 { return worstShare(failed+lost, kept-lost) }, "The lost rows are subtracted below the bar. They are rows"},
		{func(failed, kept, lost int) float64 { return worstShare(failed*lost, kept+lost) }, "This multiplies above the bar. Add the lost rows to the"},
		{func(failed, kept, lost int) float64 { return worstShare(failed, kept) + worstShare(lost, kept) }, "The lost rows are counted as failures, but not as rows. The"},
		{func(failed, kept, lost int) float64 { return worstShare(failed, lost) }, "It looks as if kept and lost were swapped. Besides: This is"},
		{func(failed, kept, lost int) float64 { return worstShare(lost, kept) }, "It looks as if failed and lost were swapped. Besides: This"},
		{func(failed, kept, lost int) float64 { return worstShare(failed+lost, failed+kept+lost) }, "The failed rows are counted twice below the bar: kept holds"},
		{func(failed, kept, lost int) float64 {
			if kept+lost == 0 {
				return 1
			}
			return worstShare(failed+lost, kept+lost)
		}, "Without any rows the share is 1 here. Of no rows none"},
		{func(failed, kept, lost int) float64 {
			return max(worstShare(failed, kept), worstShare(lost, kept+lost))
		}, "This is the larger of two shares. Add the counts first, and"},
		{func(failed, kept, lost int) float64 {
			if kept == 0 {
				return 0
			}
			return worstShare(failed+lost, kept+lost)
		}, "If no row was kept the share is 0 here. All of them may"},
		{func(failed, kept, lost int) float64 { return 100 * worstShare(failed+lost, kept+lost) }, "The results are percentages: want fractions, from 0 to 1."},
		{func(failed, kept, lost int) float64 { return 1 - worstShare(failed, kept+lost) }, "Every result is 1 minus the one wanted. Besides: This is"},
		{func(failed, kept, lost int) float64 { return worstShare(failed, kept-lost) }, "The lost rows are subtracted below the bar. kept does not"},
		{func(failed, kept, lost int) float64 { return float64(failed + lost) }, "The parameter kept makes no difference to the result. Does"},
	},
	defaultCapstone: {
		{named("scan", "10.0.0.1"), "0 of 8 points: 0 of the 4 attackers are named, 0 with what"}, {named("", ""), "0 of 8 points: 0 of the 4 attackers are named, 0 with what"}, {named("beacon", ""), "0 of 8 points: 0 of the 4 attackers are named, 0 with what"},
		{named("Beacon", CapstoneAnswers(42)[0].Host), "1 of 8 points: 1 of the 4 attackers are named, 0 with what"}, {named(CapstoneAnswers(42)[0].Host, CapstoneAnswers(42)[0].Kind), "0 of 8 points: 0 of the 4 attackers are named, 0 with what"},
		{named(CapstoneAnswers(42)[0].Kind, CapstoneAnswers(42)[1].Host), "1 of 8 points: 1 of the 4 attackers are named, 0 with what"},
		{named(CapstoneAnswers(42)[0].Kind, "the scanner"), "0 of 8 points: 0 of the 4 attackers are named, 0 with what"},
		{named(append(flat(CapstoneAnswers(42)), "x", "10.1.1.1")...), "7 of 8 points: 4 of the 4 attackers are named, 4 with what"},
		{named(flat(CapstoneAnswers(42)[1:])...), "6 of 8 points: 3 of the 4 attackers are named, 3 with what"}, {named(flat(CapstoneAnswers(1))...), "0 of 8 points: 0 of the 4 attackers are named, 0 with what"},
	},
}

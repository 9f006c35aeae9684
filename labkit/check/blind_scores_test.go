package check

import (
	"cmp"
	"math"
	"slices"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

// blindScores are wrong answers about scores and thresholds.
var blindScores = map[*exam.Exercise][]wrongAnswer{
	quantileThreshold: {
		// The position is counted from the low end: contamination instead of 1 - contamination
		{func(scores []float64, contamination float64) float64 {
			sorted := slices.Clone(scores)
			slices.Sort(sorted)
			if len(sorted) == 1 {
				return sorted[0]
			}
			position := contamination * float64(len(sorted)-1)
			i := int(position)
			return sorted[i] + (position-float64(i))*(sorted[i+1]-sorted[i])
		}, "This cuts at the wrong end: contamination is the"},
		// A single score gives 0 instead of itself
		{func(scores []float64, contamination float64) float64 {
			if len(scores) < 2 {
				return 0
			}
			s := slices.Clone(scores)
			slices.Sort(s)
			position := (1 - contamination) * float64(len(s)-1)
			i := int(position)
			return s[i] + (position-float64(i))*(s[i+1]-s[i])
		}, "For a single score the threshold is 0 here. It is"},
		// Sorted in descending order, but the position still counts from the lowest
		{func(scores []float64, contamination float64) float64 {
			s := slices.Clone(scores)
			slices.SortFunc(s, func(a, b float64) int { return cmp.Compare(b, a) })
			if len(s) == 1 {
				return s[0]
			}
			position := (1 - contamination) * float64(len(s)-1)
			i := int(position)
			return s[i] + (position-float64(i))*(s[i+1]-s[i])
		}, "This cuts at the wrong end: contamination is the"},
		// The contamination is taken as a percentage already
		{func(scores []float64, contamination float64) float64 {
			return labkit.Must(labkit.Percentile(scores, 100-contamination))
		}, "contamination is a share, and is subtracted from"},
		// Interpolated between the wrong pair: one place too low
		{func(scores []float64, contamination float64) float64 {
			s := slices.Clone(scores)
			slices.Sort(s)
			if len(s) == 1 {
				return s[0]
			}
			position := (1 - contamination) * float64(len(s)-1)
			i := int(position)
			if i == 0 {
				i = 1
			}
			return s[i-1] + (position-math.Floor(position))*(s[i]-s[i-1])
		}, "The two scores are one place too low. The whole"},
		// The fraction is subtracted, moving away from the upper score
		{func(scores []float64, contamination float64) float64 {
			s := slices.Clone(scores)
			slices.Sort(s)
			if len(s) == 1 {
				return s[0]
			}
			position := (1 - contamination) * float64(len(s)-1)
			i := int(position)
			return s[i] - (position-float64(i))*(s[i+1]-s[i])
		}, "The share of the step is subtracted, so that the"},
		// With two scores or fewer the highest is returned, a guard that reaches too far
		{func(scores []float64, contamination float64) float64 {
			s := slices.Clone(scores)
			slices.Sort(s)
			if len(s) <= 2 {
				return s[len(s)-1]
			}
			position := (1 - contamination) * float64(len(s)-1)
			i := int(position)
			return s[i] + (position-float64(i))*(s[i+1]-s[i])
		}, "For two scores this returns the higher one. There"},
		// Equal scores are dropped before the quantile is taken
		{func(scores []float64, contamination float64) float64 {
			s := slices.Clone(scores)
			slices.Sort(s)
			s = slices.Compact(s)
			if len(s) == 1 {
				return s[0]
			}
			position := (1 - contamination) * float64(len(s)-1)
			i := int(position)
			return s[i] + (position-float64(i))*(s[i+1]-s[i])
		}, "Equal scores are counted once. Each of them is a"},
		// Mean plus a multiple of the deviation, a threshold remembered from z-scores
		{func(scores []float64, contamination float64) float64 {
			mean, sq := 0.0, 0.0
			for _, s := range scores {
				mean += s / float64(len(scores))
			}
			for _, s := range scores {
				sq += (s - mean) * (s - mean)
			}
			return mean + math.Sqrt2*math.Erfinv(1-2*contamination)*math.Sqrt(sq/float64(len(scores)))
		}, "This is the mean and a number of standard"},
	},
	precisionAtK: {
		// The first k rows are taken, not the k highest scores
		{func(scores []float64, labels []bool, k int) float64 {
			hits := 0
			for i := 0; i < k; i++ {
				if labels[i] {
					hits++
				}
			}
			return float64(hits) / float64(k)
		}, "These are the labels of the first k flows in the"},
		// Only the scores are sorted, so the labels belong to other rows
		{func(scores []float64, labels []bool, k int) float64 {
			sorted := slices.Clone(scores)
			slices.Sort(sorted)
			slices.Reverse(sorted)
			hits := 0
			for i := range sorted[:k] {
				if labels[i] {
					hits++
				}
			}
			return float64(hits) / float64(k)
		}, "These are the labels of the first k flows in the"},
		// The comparison is turned round: scores with at least k above them
		{func(scores []float64, labels []bool, k int) float64 {
			hits := 0
			for i, s := range scores {
				if labkit.CountTrue(labkit.Predict(scores, s)) >= k && labels[i] {
					hits++
				}
			}
			return float64(hits) / float64(k)
		}, "These are the attacks below the k highest scores. A"},
		// The labels are ignored: the share of flows above the k-th score is counted
		{func(scores []float64, labels []bool, k int) float64 {
			hits := 0
			for _, s := range scores {
				if labkit.CountTrue(labkit.Predict(scores, s)) < k {
					hits++
				}
			}
			return float64(hits) / float64(len(scores))
		}, "This is the share of the flows that are looked at."},
		// k - 1 in the divisor, as for a sample's variance
		{func(scores []float64, labels []bool, k int) float64 {
			hits := 0
			for i, s := range scores {
				if labkit.CountTrue(labkit.Predict(scores, s)) < k && labels[i] {
					hits++
				}
			}
			if k == 1 {
				return float64(hits)
			}
			return float64(hits) / float64(k-1)
		}, "This divides by k-1. Divide by k, the number of"},
		// The threshold is the k-th highest score, and strictly above it lie only k-1
		{func(scores []float64, labels []bool, k int) float64 {
			sorted := slices.Clone(scores)
			slices.Sort(sorted)
			threshold := sorted[len(sorted)-k]
			hits, n := 0, 0
			for i, flag := range labkit.Predict(scores, threshold) {
				if flag {
					n++
					if labels[i] {
						hits++
					}
				}
			}
			if n == 0 {
				return 0
			}
			return float64(hits) / float64(n)
		}, "The k-th flow itself is missing, above the line and"},
		// The agreement of prediction and label is counted: this is accuracy
		{func(scores []float64, labels []bool, k int) float64 {
			right := 0
			for i, s := range scores {
				predicted := labkit.CountTrue(labkit.Predict(scores, s)) < k
				if predicted == labels[i] {
					right++
				}
			}
			return float64(right) / float64(len(scores))
		}, "This is the accuracy: attacks among the k and"},
		// Among the highest scores the loop ends at the first one that is no attack
		{func(scores []float64, labels []bool, k int) float64 {
			order := make([]int, len(scores))
			for i := range order {
				order[i] = i
			}
			slices.SortFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
			hits := 0
			for _, i := range order[:k] {
				if !labels[i] {
					break
				}
				hits++
			}
			return float64(hits) / float64(k)
		}, "This stops at the first of the k that is no attack."},
		// The precision is averaged over 1 to k, as in average precision
		{func(scores []float64, labels []bool, k int) float64 {
			order := make([]int, len(scores))
			for i := range order {
				order[i] = i
			}
			slices.SortFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
			hits, sum := 0, 0.0
			for n, i := range order[:k] {
				if labels[i] {
					hits++
				}
				sum += float64(hits) / float64(n+1)
			}
			return sum / float64(k)
		}, "This is the mean of the precisions at 1, 2 … k."},
		// k is taken for a percentage of the scores
		{func(scores []float64, labels []bool, k int) float64 {
			threshold := labkit.Must(labkit.Percentile(scores, max(0, 100-float64(k))))
			hits, n := 0, 0
			for i, s := range scores {
				if s >= threshold {
					n++
					if labels[i] {
						hits++
					}
				}
			}
			return float64(hits) / float64(n)
		}, "k is taken for a percentage of the flows. It is a"},
		// The k highest of the attacks are looked for, so the result is the share of k that are attacks at all
		{func(scores []float64, labels []bool, k int) float64 {
			var attacks []float64
			for i, s := range scores {
				if labels[i] {
					attacks = append(attacks, s)
				}
			}
			slices.Sort(attacks)
			return float64(min(len(attacks), k)) / float64(k)
		}, "This takes the k highest scores of the attacks"},
		// The largest score is found again and again, but is marked with 0, which is above negative scores
		{func(scores []float64, labels []bool, k int) float64 {
			s := slices.Clone(scores)
			hits := 0
			for range k {
				best := 0
				for i := range s {
					if s[i] > s[best] {
						best = i
					}
				}
				if labels[best] {
					hits++
				}
				s[best] = 0
			}
			return float64(hits) / float64(k)
		}, "A flow that was taken gets the score 0, and is"},
		// The highest score is not removed, so the same row is counted k times
		{func(scores []float64, labels []bool, k int) float64 {
			hits := 0
			for range k {
				best := 0
				for i, s := range scores {
					if s > scores[best] {
						best = i
					}
				}
				if labels[best] {
					hits++
				}
			}
			return float64(hits) / float64(k)
		}, "Only the highest score is looked at: it is found"},
		// The threshold is the interpolated quantile of k/n, as for a contamination, which fails at small k or large
		{func(scores []float64, labels []bool, k int) float64 {
			threshold := labkit.Must(labkit.Percentile(scores, 100-100*float64(k)/float64(len(scores))))
			hits, n := 0, 0
			for i, s := range scores {
				if s > threshold {
					n++
					if labels[i] {
						hits++
					}
				}
			}
			return float64(hits) / float64(n)
		}, "The threshold is a quantile, above which there are"},
		// Starts counting at one, as in the p-value
		{func(scores []float64, labels []bool, k int) float64 {
			hits := 1
			for i, s := range scores {
				if labkit.CountTrue(labkit.Predict(scores, s)) < k && labels[i] {
					hits++
				}
			}
			return float64(hits) / float64(k+1)
		}, "One is added above the line and below, as in the"},
	},
	alertBudget: {
		// The budget as large as the number of scores is not covered
		{func(scores []float64, budget int) float64 {
			s := slices.Clone(scores)
			slices.Sort(s)
			return s[len(s)-1-min(budget, len(s)-1)]
		}, "Where the budget is enough for all flows this is the"},
		// Ties are avoided by going on upward to a different score
		{func(scores []float64, budget int) float64 {
			if budget >= len(scores) {
				return math.Inf(-1)
			}
			s := slices.Clone(scores)
			slices.Sort(s)
			i := len(s) - 1 - budget
			for i+1 < len(s) && s[i+1] == s[i] {
				i++
			}
			return s[min(i+1, len(s)-1)]
		}, "This goes on to the next higher score. The first flow"},
		// Sorted ascending, but indexed from the low end
		{func(scores []float64, budget int) float64 {
			s := slices.Clone(scores)
			slices.Sort(s)
			if budget >= len(s) {
				return math.Inf(-1)
			}
			return s[budget]
		}, "The scores are sorted from low to high, and counted"},
		// The scores are not sorted at all
		{func(scores []float64, budget int) float64 {
			if budget >= len(scores) {
				return math.Inf(-1)
			}
			return scores[budget]
		}, "The scores are taken in the order in which they"},
		// Half way between the budget-th score and the next one: with equal scores there is no room, and a budget of 0 is put in the middle of the highest two
		{func(scores []float64, budget int) float64 {
			s := slices.Clone(scores)
			slices.Sort(s)
			slices.Reverse(s)
			if budget >= len(s) {
				return math.Inf(-1)
			}
			if budget == 0 {
				budget = 1
			}
			if budget >= len(s) {
				return s[len(s)-1]
			}
			return (s[budget-1] + s[budget]) / 2
		}, "A budget of 0 allows no alert at all. Nothing lies"},
		// Equal scores are counted once, so too many alerts come of ties
		{func(scores []float64, budget int) float64 {
			s := slices.Clone(scores)
			slices.Sort(s)
			s = slices.Compact(s)
			if budget >= len(s) {
				return math.Inf(-1)
			}
			return s[len(s)-1-budget]
		}, "Equal scores are counted once here, but each of"},
		// The interpolated quantile of budget/n, capped at the half that Threshold allows
		{func(scores []float64, budget int) float64 {
			share := float64(budget) / float64(len(scores))
			if share == 0 {
				return slices.Max(scores)
			}
			return labkit.Must(labkit.Threshold(scores, min(share, 0.5)))
		}, "Threshold is asked for a share of the flows, of"},
		// Threshold is called with budget/1000, as in the cell above
		{func(scores []float64, budget int) float64 {
			if budget == 0 {
				return slices.Max(scores)
			}
			if budget > 500 {
				return math.Inf(-1)
			}
			return labkit.Must(labkit.Threshold(scores, float64(budget)/1000))
		}, "The budget is divided by 1000, the number of flows"},
		// The share is an integer division, so it is always 0 below the full budget
		{func(scores []float64, budget int) float64 {
			if budget >= len(scores) {
				return math.Inf(-1)
			}
			share := float64(budget / len(scores))
			return labkit.Must(labkit.Percentile(scores, 100-100*share))
		}, "This is the highest score, above which nothing"},
		// The first score that keeps the budget is returned, not the lowest
		{func(scores []float64, budget int) float64 {
			if budget >= len(scores) {
				return math.Inf(-1)
			}
			for _, t := range scores {
				if labkit.CountTrue(labkit.Predict(scores, t)) <= budget {
					return t
				}
			}
			return math.Inf(1)
		}, "This returns the first score that keeps the budget,"},
		// Only thresholds that hit the budget exactly are accepted; with ties there may be none
		{func(scores []float64, budget int) float64 {
			for _, t := range scores {
				if labkit.CountTrue(labkit.Predict(scores, t)) == budget {
					return t
				}
			}
			return math.Inf(-1)
		}, "Where no threshold flags exactly as many as the"},
		// If no threshold hits the budget exactly, nothing is flagged
		{func(scores []float64, budget int) float64 {
			if budget >= len(scores) {
				return math.Inf(-1)
			}
			for _, t := range scores {
				if labkit.CountTrue(labkit.Predict(scores, t)) == budget {
					return t
				}
			}
			return math.Inf(1)
		}, "Where no threshold flags exactly as many as the"},
		// A budget of 0 is taken to mean no limit
		{func(scores []float64, budget int) float64 {
			if budget <= 0 || budget >= len(scores) {
				return math.Inf(-1)
			}
			s := slices.Clone(scores)
			slices.Sort(s)
			return s[len(s)-1-budget]
		}, "A budget of 0 allows no alert at all. Nothing lies"},
		// A budget of 0 gives the threshold 0
		{func(scores []float64, budget int) float64 {
			if budget == 0 {
				return 0
			}
			s := slices.Clone(scores)
			slices.Sort(s)
			if budget >= len(s) {
				return math.Inf(-1)
			}
			return s[len(s)-1-budget]
		}, "A budget of 0 allows no alert at all. Nothing lies"},
		// One score further down: one alert more than the budget
		{func(scores []float64, budget int) float64 {
			s := slices.Clone(scores)
			slices.Sort(s)
			if budget+1 >= len(s) {
				return math.Inf(-1)
			}
			return s[len(s)-2-budget]
		}, "This flags one flow too many. Sorted from high to"},
		// At a large budget the lowest score minus a fixed 0.01 is fine, but for budget 0 the highest minus it is used as well
		{func(scores []float64, budget int) float64 {
			s := slices.Clone(scores)
			slices.Sort(s)
			slices.Reverse(s)
			if budget >= len(s) {
				return s[len(s)-1] - 0.01
			}
			if budget == 0 {
				return s[0] - 0.01
			}
			return s[budget]
		}, "A budget of 0 allows no alert at all. Nothing lies"},
	},
	falseDiscoveries: {
		// The index is returned, one less than the number
		{func(p []float64, rate float64) int {
			s := slices.Clone(p)
			slices.Sort(s)
			for i := len(s) - 1; i >= 0; i-- {
				if s[i] <= rate*float64(i+1)/float64(len(s)) {
					return i
				}
			}
			return 0
		}, "This is one less than k, the index of the last one"},
		// The last p-value is never looked at
		{func(p []float64, rate float64) int {
			s := slices.Clone(p)
			slices.Sort(s)
			k := 0
			for i := 0; i < len(s)-1; i++ {
				if s[i] <= rate*float64(i+1)/float64(len(s)) {
					k = i + 1
				}
			}
			return k
		}, "The largest p-value is never looked at. If it is at"},
		// The smallest p-value is left out: the backward loop stops before 0
		{func(p []float64, rate float64) int {
			s := slices.Clone(p)
			slices.Sort(s)
			for i := len(s) - 1; i > 0; i-- {
				if s[i] <= rate*float64(i+1)/float64(len(s)) {
					return i + 1
				}
			}
			return 0
		}, "The smallest p-value is never looked at: k may be"},
		// -1 is returned when there is none
		{func(p []float64, rate float64) int {
			s := slices.Clone(p)
			slices.Sort(s)
			for k := len(s); k >= 1; k-- {
				if s[k-1] <= rate*float64(k)/float64(len(s)) {
					return k
				}
			}
			return -1
		}, "Where none is below its line -1 is returned. It is"},
		// The p-values are held against k/m, without the rate, and then the rate is applied to the number
		{func(p []float64, rate float64) int {
			s := slices.Clone(p)
			slices.Sort(s)
			k := 0
			for i, v := range s {
				if v <= float64(i+1)/float64(len(s)) {
					k = i + 1
				}
			}
			return int(float64(k) * rate)
		}, "This is a share of all flows, whatever their"},
		// Equal p-values are merged before counting
		{func(p []float64, rate float64) int {
			s := slices.Clone(p)
			slices.Sort(s)
			s = slices.Compact(s)
			k := 0
			for i, v := range s {
				if v <= rate*float64(i+1)/float64(len(s)) {
					k = i + 1
				}
			}
			return k
		}, "Equal p-values are counted once. Each of them is a"},
		// After the largest k only strictly smaller p-values are counted, so those on the cut are lost
		{func(p []float64, rate float64) int {
			s := slices.Clone(p)
			slices.Sort(s)
			cut := 0.0
			for i, v := range s {
				if v <= rate*float64(i+1)/float64(len(s)) {
					cut = v
				}
			}
			n := 0
			for _, v := range p {
				if v < cut {
					n++
				}
			}
			return n
		}, "The k-th p-value itself is not counted. It is on or"},
		// The longest run below the line is returned, the counter is reset by each that is above
		{func(p []float64, rate float64) int {
			s := slices.Clone(p)
			slices.Sort(s)
			run, best := 0, 0
			for i, v := range s {
				if v <= rate*float64(i+1)/float64(len(s)) {
					run++
				} else {
					run = 0
				}
				best = max(best, run)
			}
			return best
		}, "This is the longest run of p-values below their"},
		// Benjamini-Yekutieli: the sum of 1/i is divided by as well
		{func(p []float64, rate float64) int {
			s := slices.Clone(p)
			slices.Sort(s)
			harmonic := 0.0
			for i := range s {
				harmonic += 1 / float64(i+1)
			}
			k := 0
			for i, v := range s {
				if v <= rate*float64(i+1)/(float64(len(s))*harmonic) {
					k = i + 1
				}
			}
			return k
		}, "The lines are divided by 1 + 1/2 + … + 1/m, too, as"},
	},
}

package check

import (
	"math"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

// newcomersNeighbors are of the notebooks 06 and 07.
var newcomersNeighbors = map[*exam.Exercise][]wrongAnswer{
	reachDistance: {
		{func(points []float64, i, j, k int) float64 { return max(points[i]-points[j], points[j]-points[k]) }, ""},
		{func(points []float64, i, j, k int) float64 { return math.Abs(points[i] - points[k]) }, "It looks as if j and k were swapped. Besides: This is the"},
		{func(points []float64, i, j, k int) float64 {
			return max(math.Abs(float64(i-j)), sortedDistances(points, j)[k])
		}, "This subtracts the indices. The distance is that of the"},
		{func(points []float64, i, j, k int) float64 {
			return max(math.Abs(points[i]-points[j]), sortedDistances(points, k)[j])
		}, ""},
		{func(points []float64, i, j, k int) float64 {
			far := sortedDistances(points, j)
			return max(math.Abs(points[i]-points[j]), far[len(far)-k])
		}, "The distances are counted from the farthest: sort them from"},
		{func(points []float64, i, j, k int) float64 { return sortedDistances(points, i)[k] }, "It looks as if i and j were swapped. Besides: This is the"},
		{func(points []float64, i, j, k int) float64 {
			return math.Abs(points[i]-points[j]) / sortedDistances(points, j)[k]
		}, "NaN is not a number: it comes from 0/0, from the logarithm"},
		{func(points []float64, i, j, k int) float64 {
			return (math.Abs(points[i]-points[j]) + sortedDistances(points, j)[k]) / 2
		}, "This is the mean of the two distances. The result is the"},
		{func(points []float64, i, j, k int) float64 {
			return max(sortedDistances(points, i)[k], sortedDistances(points, j)[k])
		}, "This is the larger of the two k-distances. The distance"},
		{func(points []float64, i, j, k int) float64 {
			return max(math.Abs(points[i]-points[j]), sortedDistances(points, i)[k], sortedDistances(points, j)[k])
		}, "The k-distance of i is asked, too. Only that of j counts,"},
		{func(points []float64, i, j, k int) float64 { // the values sorted, then the k-th of them
			sorted := slices.Sorted(slices.Values(points))
			return max(math.Abs(points[i]-points[j]), math.Abs(sorted[k]-points[j]))
		}, "The points are sorted, and the one with index k is taken."},
		{func(points []float64, i, j, k int) float64 { // i and j in the sorted points
			sorted := slices.Sorted(slices.Values(points))
			return max(math.Abs(sorted[i]-sorted[j]), sortedDistances(sorted, j)[k])
		}, "The points are sorted first, so that i and j are other"},
		{func(points []float64, i, j, k int) float64 { // sorted from the highest
			far := sortedDistances(points, j)
			slices.Reverse(far)
			return max(math.Abs(points[i]-points[j]), far[k])
		}, "The distances are counted from the farthest: sort them from"},
	},
	lofNeighbors: {
		{func() int { return 1 }, "With k = 1 F1 is 0.190 and ROC AUC 0.516: want an F1 of at"}, {func() int { return 10 }, "With k = 10 F1 is 0.290 and ROC AUC 0.634: want an F1 of at"}, {func() int { return 50 }, "With k = 50 F1 is 0.690 and ROC AUC 0.954: want an F1 of at"},
		{func() int { return 99 }, "With k = 99 F1 is 0.830 and ROC AUC 0.989: want an F1 of at"}, {func() int { return 101 }, "With k = 101 F1 is 0.830 and ROC AUC 0.990: want an F1 of"}, {func() int { return 110 }, "With k = 110 F1 is 0.840 and ROC AUC 0.991: want an F1 of"},
		{func() int { return 999 }, "With k = 999 F1 is 0.790 and ROC AUC 0.966: want an F1 of"}, {func() int { return -5 }, "A flow can have from 1 to 999 neighbours among 1000 flows."}, {func() int { return 5000 }, "A flow can have from 1 to 999 neighbours among 1000 flows."},
		{func() int { return 900 }, "With k = 900 F1 is 0.840 and ROC AUC 0.991: want an F1 of"}, {func() int { return 5 }, "With k = 5 F1 is 0.240 and ROC AUC 0.601: want an F1 of at"},
	},
	lofLogs: {
		{func(flows dataframe.DataFrame) []float64 { return lofOnLogs(flows, 99) }, "The flows are ranked in another order already: compare what"},
		{func(flows dataframe.DataFrame) []float64 { return lofOnLogs(flows, 10) }, "The flows are ranked in another order already: compare what"},
		{func(flows dataframe.DataFrame) []float64 { return lofScores(scaledBy(flows, flows), 20) }, "The flows are ranked in another order already: compare what"},
		{func(flows dataframe.DataFrame) []float64 { return lofOnLogs(flows, 900) }, "The flows are ranked in another order already: compare what"},
		{func(flows dataframe.DataFrame) []float64 {
			tamed := labkit.Must(labkit.Log(flows, "duration"))
			return lofScores(scaledBy(tamed, tamed), 200)
		}, "The flows are ranked in another order already: compare what"},
		{func(flows dataframe.DataFrame) []float64 {
			tamed := labkit.Must(labkit.Log1p(flows, "bytes_per_second", "packets_per_second"))
			return lofScores(scaledBy(tamed, tamed), 200)
		}, "The flows are ranked as they should be, so the scores will"},
		{func(flows dataframe.DataFrame) []float64 {
			return lofScores(labkit.Must(labkit.Features(flows)), 200)
		}, "The flows are ranked in another order already: compare what"},
		{func(flows dataframe.DataFrame) []float64 {
			x := scaledBy(inLogs(flows), inLogs(flows))
			return labkit.Must(labkit.Must(labkit.LocalOutlierFactor{Neighbors: 20}.Fit(x)).Score(x))
		}, "The flows are ranked in another order already: compare what"},
		{func(flows dataframe.DataFrame) []float64 {
			return labkit.Must(labkit.IsolationForest{Seed: 42}.Fit(scaledBy(inLogs(flows), inLogs(flows)))).TrainScores()
		}, "The flows are ranked in another order already: compare what"},
		{func(flows dataframe.DataFrame) []float64 {
			flags := make([]float64, flows.Nrow())
			for i, s := range lofOnLogs(flows, 200) {
				if s > 1.5 {
					flags[i] = 1
				}
			}
			return flags
		}, "The flows are ranked in another order already: compare what"},
	},
	lofNovelty: {
		{func(train, fresh *mat.Dense) ([]float64, float64) {
			model := fitNovelty(train)
			return labkit.Must(model.Score(train)), labkit.Must(labkit.Threshold(model.TrainScores(), 0.1))
		}, "There are 900 scores: want 1000, one for each row."},
		{func(train, fresh *mat.Dense) ([]float64, float64) {
			model := fitNovelty(train)
			return labkit.Must(model.Score(fresh)), labkit.Must(labkit.Threshold(model.TrainScores(), 0.5))
		}, "The flows are ranked as they should be, so the scores will"},
		{func(train, fresh *mat.Dense) ([]float64, float64) {
			return labkit.Must(fitNovelty(train).Score(fresh)), 0.1
		}, "The flows are ranked as they should be, so the scores will"},
		{func(train, fresh *mat.Dense) ([]float64, float64) {
			return labkit.Must(fitNovelty(train).Score(fresh)), 1
		}, "The flows are ranked as they should be, so the scores will"},
		{func(train, fresh *mat.Dense) ([]float64, float64) {
			return labkit.Must(fitNovelty(train).Score(fresh)), 1.5
		}, "The flows are ranked as they should be, so the scores will"},
		{func(train, fresh *mat.Dense) ([]float64, float64) {
			model := labkit.Must(labkit.LocalOutlierFactor{Neighbors: 200}.Fit(train))
			return labkit.Must(model.Score(fresh)), labkit.Must(labkit.Threshold(model.TrainScores(), 0.1))
		}, "there are 200 neighbours, as before"},
		{func(train, fresh *mat.Dense) ([]float64, float64) {
			model := fitNovelty(train)
			return labkit.Must(model.Score(fresh)), slices.Max(model.TrainScores())
		}, "the threshold is the largest training score"},
		{func(train, fresh *mat.Dense) ([]float64, float64) {
			model := fitNovelty(train)
			return labkit.Must(model.Score(fresh)), labkit.Must(labkit.Percentile(model.TrainScores(), 10))
		}, "The flows are ranked as they should be, so the scores will"},
		{func(train, fresh *mat.Dense) ([]float64, float64) {
			model := fitNovelty(train)
			return negated(labkit.Must(model.Score(fresh))), labkit.Must(labkit.Threshold(negated(model.TrainScores()), 0.1))
		}, "Attacks score below normal flows."},
		{func(train, fresh *mat.Dense) ([]float64, float64) {
			model := fitNovelty(fresh)
			return labkit.Must(model.Score(train)), labkit.Must(labkit.Threshold(model.TrainScores(), 0.1))
		}, "train and fresh have changed places"},
	},
	fOne: {
		{func(p, r float64) float64 { return (p * r) / 2 }, "This halves the product. Of 0.6 and 0.6 it makes 0.18, and"},
		{func(p, r float64) float64 { return 2 / (p + r) }, "This is the arithmetic mean upside down."},
		{func(p, r float64) float64 { return p + r }, "This is the sum. A mean lies between its numbers."},
		{func(p, r float64) float64 { return p / (p + r) }, "NaN is not a number: it comes from 0/0, from the logarithm"},
		{func(p, r float64) float64 {
			if p+r == 0 {
				return 0
			}
			return p * r / ((p + r) / 2) * 2
		}, "Every result is 2 times the one wanted."},
		{func(p, r float64) float64 {
			if p == 0 || r == 0 {
				return 0
			}
			return (1/p + 1/r) / 2
		}, "This is the mean of 1/precision and 1/recall. Turn the"},
		{func(p, r float64) float64 {
			if p == 0 || r == 0 {
				return 0
			}
			return 1 / ((p + r) / 2)
		}, "This is the arithmetic mean upside down. Average"},
		{func(p, r float64) float64 {
			if p+r == 0 {
				return 1
			}
			return 2 * p * r / (p + r)
		}, "With precision 0 and recall 0 the result is 1, the best"},
		{func(p, r float64) float64 {
			if p+r == 0 {
				return 0
			}
			return 2 * (p*p + r*r) / (p + r)
		}, "The squares are added above the bar. There the two are"},
		{func(p, r float64) float64 { return r }, "The parameter precision makes no difference to the result."},
		{func(p, r float64) float64 {
			if p+r == 0 {
				return 0
			}
			return math.Round(2*p*r/(p+r)*1000) / 1000
		}, "The results are rounded to three decimals. Return them as"},
		{func(p, r float64) float64 { return 2 * p * r / (p*r + 1) }, "Below the bar stands the product plus one. There the two"},
		{func(p, r float64) float64 { return p - r }, "This is the difference. F1 is a mean: it lies between the"},
		{func(p, r float64) float64 {
			if p+r == 0 {
				return 0
			}
			return 2*p + r/(p+r)
		}, "There is a plus above the bar: multiply precision and"},
	},
	accuracyTrap: {
		{func(flows int) []bool { return make([]bool, flows+1) }, "There are 1,000 flows and 1,001 flags: want one for each flow."},
		{func(flows int) []bool { return make([]bool, flows/10) }, "There are 1,000 flows and 100 flags: want one for each flow."},
		{func(flows int) []bool { return []bool{false} }, "There are 1,000 flows and 1 flag: want one for each flow."},
		{func(flows int) []bool { return make([]bool, 3000) }, "There are 1,000 flows and 3,000 flags: want one for each flow."},
		{func(flows int) []bool {
			flags := make([]bool, flows)
			for i := range flags {
				flags[i] = i%10 == 0
			}
			return flags
		}, "The accuracy is 0.812: want more than 0.882. Of your 100"},
		{func(flows int) []bool {
			flags := make([]bool, flows)
			for i := range flags {
				flags[i] = i%2 == 0
			}
			return flags
		}, "The accuracy is 0.498: want more than 0.882. Of your 500"},
		{func(flows int) []bool {
			flags := make([]bool, flows)
			for i := range flags {
				flags[i] = i != 0
			}
			return flags
		}, "The accuracy is 0.101: want more than 0.882. Of your 999"},
		{func(flows int) []bool {
			flags := make([]bool, flows)
			for i := flows / 2; i < flows; i++ {
				flags[i] = true
			}
			return flags
		}, "The accuracy is 0.498: want more than 0.882. Of your 500"},
		{func(flows int) []bool { return append(make([]bool, flows), false) }, "There are 1,000 flows and 1,001 flags: want one for each flow."},
		{func(flows int) []bool {
			var flags []bool
			for i := 1; i < flows; i++ {
				flags = append(flags, false)
			}
			return flags
		}, "There are 1,000 flows and 999 flags: want one for each flow."},
	},
	majorityVote: {
		{func(votes []bool) bool { return labkit.CountTrue(votes) > 1 }, "Two votes are a majority of three members, not of four or"},
		{func(votes []bool) bool { return labkit.CountTrue(votes) > 2 }, "It says false too often, and never true where false is"},
		{func(votes []bool) bool { return len(votes) > 0 && votes[0] }, "The first vote decides. Count all of them: does a return"},
		{func(votes []bool) bool { return len(votes) > 0 && votes[len(votes)-1] }, "The last vote decides. Count all of them."},
		{func(votes []bool) bool { return labkit.CountTrue(votes) < len(votes)/2 }, "Every answer is the wrong way round: true where false is"},
		{func(votes []bool) bool { return labkit.CountTrue(votes) > len(votes) }, "It returns false whatever the input is."},
		{func(votes []bool) bool { return labkit.CountTrue(votes) >= 3 }, "It says false too often, and never true where false is"},
		{func(votes []bool) bool { return labkit.CountTrue(votes)/2 > len(votes) }, "It returns false whatever the input is."},
		{func(votes []bool) bool { return labkit.CountTrue(votes) == 2 }, "Exactly two votes are wanted here. A majority is more than"},
		{func(votes []bool) bool { return len(votes)-labkit.CountTrue(votes) > len(votes)/2 }, "This is true if most votes are false."},
		{func(votes []bool) bool { return len(votes) > 1 && labkit.CountTrue(votes)*2 > len(votes) }, "It says false too often, and never true where false is"},
		{func(votes []bool) bool { return labkit.CountTrue(votes) > len(votes)/2+1 }, "One vote too many is wanted: more than half of five is"},
		{func(votes []bool) bool {
			n := 0
			for i := 1; i < len(votes); i++ {
				if votes[i] {
					n++
				}
			}
			return 2*n > len(votes)
		}, "The first vote is left out."},
		{func(votes []bool) bool {
			for i := 1; i < len(votes); i++ {
				if votes[i] && votes[i-1] {
					return true
				}
			}
			return false
		}, ""},
	},
}

package check

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var localOutlierFactorTests = []exerciseTest{
	{
		exercise: reachDistance,
		check:    ReachDistance,
		byHand: []example{
			{exam.Input{[]float64{1.0, 1.1, 1.25, 1.3, 2.2, 9, 11, 14}, 0, 1, 2}, 0.15}, // 1.0 and 1.25 are nearest to 1.1
			{exam.Input{[]float64{1.0, 1.1, 1.25, 1.3, 2.2, 9, 11, 14}, 4, 3, 2}, 0.9},
			{exam.Input{[]float64{1.0, 1.1, 1.25, 1.3, 2.2, 9, 11, 14}, 3, 4, 2}, 0.95}, // 1.3 and 1.25 are nearest to 2.2
			{exam.Input{[]float64{5, 2, 5, 5, 9}, 0, 2, 2}, 0.0},
		},
		right: []any{
			func(points []float64, i, j, k int) float64 { // the published alternative
				others := slices.Delete(slices.Clone(points), j, j+1)
				slices.SortFunc(others, func(a, b float64) int {
					return cmp.Compare(math.Abs(a-points[j]), math.Abs(b-points[j]))
				})
				return max(math.Abs(points[i]-points[j]), math.Abs(others[k-1]-points[j]))
			},
		},
		wrong: []wrongAnswer{
			{func(points []float64, i, j, k int) float64 {
				slices.Sort(points)
				return points[k]
			}, "changed its argument points"},
			{func(points []float64, i, j, k int) float64 {
				far := sortedDistances(points, i)
				return max(math.Abs(points[j]-points[i]), far[k])
			}, "k-distance of i"},
			{func(points []float64, i, j, k int) float64 {
				return max(points[i]-points[j], sortedDistances(points, j)[k])
			}, "returned 6.8: want 7.7"}, // no absolute value
			{func(points []float64, i, j, k int) float64 {
				if d := math.Abs(points[i] - points[j]); d < sortedDistances(points, j)[k] {
					return d
				}
				return sortedDistances(points, j)[k]
			}, "smaller of the two"},
			{func(points []float64, i, j, k int) float64 {
				return max(math.Abs(points[i]-points[j]), sortedDistances(points, j)[k+1])
			}, "numbered from 0 to n-1"},
			{func(points []float64, i, j, k int) float64 {
				var far []float64
				for _, p := range points {
					if p != points[j] {
						far = append(far, math.Abs(p-points[j]))
					}
				}
				slices.Sort(far)
				return max(math.Abs(points[i]-points[j]), far[k-1])
			}, "leave out the index j"},
			{func(points []float64, i, j, k int) float64 { return 0 }, "whatever the input is"},
		},
	},
	{
		exercise: lofNeighbors,
		check:    LOFNeighbors,
		right: []any{
			func() int { return 2 * storyFlows(42).Nrow() / 10 }, // the published alternative
			func() int { return 113 },                            // the smallest
			func() int { return 300 },
		},
		wrong: []wrongAnswer{
			{func() int { return 20 }, "F1 is 0.410 and ROC AUC 0.673: want an F1 of at least 0.850. An attack has 99"},
			{func() int { return 100 }, "F1 is 0.830 and ROC AUC 0.990: want an F1 of at least 0.850. An attack has 99"},
			{func() int { return 500 }, "more than it takes"},
			{func() int { return 0 }, "from 1 to 999 neighbours"},
			{func() int { return 1000 }, "from 1 to 999 neighbours"},
		},
	},
	{
		exercise: lofLogs,
		check:    LOFLogs,
		right: []any{
			func(flows dataframe.DataFrame) []float64 { return lofOnLogs(flows, 150) },
			func(flows dataframe.DataFrame) []float64 { // the published alternative
				x := scaledBy(inLogs(flows), inLogs(flows))
				return labkit.Must(labkit.LocalOutlierFactor{Neighbors: flows.Nrow() / 5}.Fit(x)).TrainScores()
			},
		},
		wrong: []wrongAnswer{
			{func(flows dataframe.DataFrame) []float64 {
				x := scaledBy(inLogs(flows), inLogs(flows))
				return labkit.Must(labkit.LocalOutlierFactor{}.Fit(x)).TrainScores()
			}, "20 neighbours, the default, are too few"},
			{func(flows dataframe.DataFrame) []float64 { return lofOnLogs(flows, 50) }, "F1 is 0.170 and ROC AUC 0.429: 50 neighbours are too few"},
			{func(flows dataframe.DataFrame) []float64 { return lofOnLogs(flows, 120) }, "F1 is 0.900 and ROC AUC 0.989: 120 neighbours are not quite enough"},
			{func(flows dataframe.DataFrame) []float64 {
				labkit.Must(labkit.Log(flows, "duration"))
				return lofScores(scaledBy(flows, flows), 200)
			}, "go on with that"},
			{func(flows dataframe.DataFrame) []float64 { return lofOnLogs(normalFlows(flows), 200) }, "There are 900 scores: want 1000"},
			{func(flows dataframe.DataFrame) []float64 { return []float64{} }, "There are 0 scores"},
			{func(flows dataframe.DataFrame) []float64 {
				return append([]float64{math.Inf(1)}, make([]float64, flows.Nrow()-1)...)
			}, "Score 0 is +Inf"},
			{func(flows dataframe.DataFrame) []float64 { return lofOnLogs(flows, 1000) }, "Neighbors is 1000"},
		},
	},
	{
		exercise: lofNovelty,
		check:    LOFNovelty,
		right: []any{func(train, fresh *mat.Dense) ([]float64, float64) { // the published alternative
			model := labkit.Must(labkit.LocalOutlierFactor{Neighbors: 20}.Fit(train))
			known := model.TrainScores()
			slices.Sort(known)
			return labkit.Must(model.Score(fresh)), known[len(known)*9/10-1]
		}},
		wrong: []wrongAnswer{
			{func(train, fresh *mat.Dense) ([]float64, float64) {
				model := labkit.Must(labkit.LocalOutlierFactor{}.Fit(train))
				return labkit.Must(model.Score(fresh)), labkit.Must(labkit.Percentile(labkit.Must(model.Score(fresh)), 90))
			}, "the threshold comes from the scores of fresh"},
			{func(train, fresh *mat.Dense) ([]float64, float64) {
				model := labkit.Must(labkit.LocalOutlierFactor{}.Fit(train))
				return labkit.Must(model.Score(fresh)), labkit.Must(labkit.Threshold(model.TrainScores(), 0.01))
			}, "F1 is 0.962 and ROC AUC 1.000: want 0.733 and 1.000."},
			{func(train, fresh *mat.Dense) ([]float64, float64) {
				return labkit.Must(fitNovelty(train).Score(fresh)), 0
			}, "F1 is 0.182 and ROC AUC 1.000: the threshold is 0"},
			{func(train, fresh *mat.Dense) ([]float64, float64) {
				return labkit.Must(fitNovelty(train).Score(fresh)), math.NaN()
			}, "F1 is 0.000 and ROC AUC 1.000"},
			{func(train, fresh *mat.Dense) ([]float64, float64) {
				model := labkit.Must(labkit.LocalOutlierFactor{}.Fit(fresh))
				return model.TrainScores(), labkit.Must(labkit.Threshold(model.TrainScores(), 0.1))
			}, "The model was fitted on fresh"},
		},
	},
}

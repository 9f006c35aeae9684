package check

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-gota/gota/dataframe"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var lofLogs = &exam.Exercise{
	ID:       "lof-logs",
	Notebook: "06_local_outlier_factor",
	Section:  "Logarithms: first the harm, then the help",
	Title:    "LOF on logarithms",
	Hints: []string{
		"The order is: logarithms, features, scaler, detector. Then the number of neighbours: what did the section before find?",
		"Logarithms draw the attacks together into one group of 100, with hardly a normal flow among them. Is your k clearly larger than that group?",
		"labkit.LocalOutlierFactor{Neighbors: 200} on the scaled logarithms, and then its TrainScores()",
	},
	Answer: func(flows dataframe.DataFrame) []float64 { return lofOnLogs(flows, 200) },
	Params: []string{"flows"},
	Cases:  flowCases,
	Judge: func(in exam.Input, got []any) string {
		q, fault := qualityOfTenth(got[0].([]float64), in[0].(dataframe.DataFrame))
		if fault != "" {
			return fault
		}
		return cmp.Or(q.atLeast(quality{0.990, 1}), alike(lofLogsAlike, in, got))
	},
	Mistakes: slices.Concat(lofLogsAlike, []exam.Mistake{
		{Answer: func(flows dataframe.DataFrame) []float64 { return lofOnLogs(flows, 20) },
			Says: "F1 is 0.180 and ROC AUC 0.457: want 0.990 and 1.000. The logarithms are right, and yet they did harm. 20 neighbours, the default, are too few: the attacks now stand so close together that all 20 are attacks."},
		{Answer: func(flows dataframe.DataFrame) []float64 { return lofOnLogs(flows, 100) },
			Says: "F1 is 0.000 and ROC AUC 0.306: want 0.990 and 1.000. 100 neighbours are just as many as there are attacks, so that 99 of them are attacks. Take clearly more."},
		{Answer: func(flows dataframe.DataFrame) []float64 { return lofScores(scaledBy(flows, flows), 200) },
			Says: "F1 is 0.870 and ROC AUC 0.993, what it is with 200 neighbours and without logarithms. labkit.Log1p and labkit.Log leave their frame as it is and return a new one: go on with that."},
		{Answer: func(flows dataframe.DataFrame) []float64 {
			return lofScores(labkit.Must(labkit.Features(inLogs(flows))), 200)
		}, Says: "F1 is 0.730 and ROC AUC 0.978: the features are not scaled, so that the columns with the widest spread decide who is near."},
		{Answer: func(flows dataframe.DataFrame) []float64 { return negated(lofOnLogs(flows, 200)) },
			Says: "F1 is 0.000 and ROC AUC 0.000: the scores are upside down. A large factor is anomalous, and that is how TrainScores gives it."},
		{Answer: func(flows dataframe.DataFrame) []float64 { return lofOnLogs(flows, 50) },
			Says: "F1 is 0.170 and ROC AUC 0.429: 50 neighbours are too few. An attack has 99 others to hide among: take clearly more."},
		{Answer: func(flows dataframe.DataFrame) []float64 { return lofOnLogs(flows, 120) },
			Says: "F1 is 0.900 and ROC AUC 0.989: 120 neighbours are not quite enough. 99 of them may be attacks, and the normal ones have to be the many."},
		{Answer: func(flows dataframe.DataFrame) []float64 {
			x := labkit.Must(labkit.Features(inLogs(flows)))
			return lofScores(labkit.Must(labkit.Must(labkit.StandardScaler{}.Fit(x)).Transform(x)), 200)
		}, Says: "F1 is 0.940 and ROC AUC 0.994: this is the StandardScaler. Scale robustly, by labkit.RobustScaler."},
		{Answer: func(flows dataframe.DataFrame) []float64 {
			x := scaledBy(inLogs(flows), inLogs(flows))
			return labkit.Must(labkit.Must(labkit.LocalOutlierFactor{Neighbors: 100}.Fit(x)).Score(x))
		}, Says: "F1 is 0.000 and ROC AUC 0.235: Score takes the flows for new ones, so that each is its own nearest neighbour, and 100 neighbours are too few. Return TrainScores(), with clearly more neighbours."},
		{Answer: func(flows dataframe.DataFrame) []float64 {
			scores := lofOnLogs(flows, 200)
			return flagsOf(scores, labkit.Must(labkit.Threshold(scores, 0.1)))
		}, Says: flagsSay},
		{Answer: func(dataframe.DataFrame) []float64 { return lofOnLogs(storyFlows(storySeeds[0]), 200) },
			Says: "The function computes with the notebook's own flows, whichever are handed over. That fits the first case, and not the second, whose flows have another seed."},
		{Answer: func(flows dataframe.DataFrame) []float64 { return slices.Sorted(slices.Values(lofOnLogs(flows, 200))) },
			Says: "F1 is 0.050 and ROC AUC 0.463: the factors are sorted, and no longer belong to their flows. Leave them in the order of the frame."},
		{Answer: func(flows dataframe.DataFrame) []float64 {
			scores := lofScores(scaledBy(flows, flows), 200)
			for i, s := range scores {
				scores[i] = math.Log(s)
			}
			return scores
		}, Says: "F1 is 0.870 and ROC AUC 0.993: the logarithms are taken of the factors. That changes no ranking: take those of the columns, before the features."},
		{Answer: lofTwice(50), Says: "F1 is 0.200 and ROC AUC 0.437: the rates went through the logarithm twice, for logs(flows) takes it already, and 50 neighbours are too few."},
	}),
}

// lofLogsAlike are mistakes that measure as well as the right answer.
var lofLogsAlike = []exam.Mistake{
	{Answer: func(flows dataframe.DataFrame) []float64 { return lofScores(scaledBy(flows, inLogs(flows)), 200) },
		Says: "The figures are reached, and yet the scaler does not know the logarithms: it was fitted on the features without them. Fit it on those that it transforms."},
	{Answer: func(flows dataframe.DataFrame) []float64 {
		tamed := inLogs(flows)
		return labkit.Must(fitNovelty(scaledBy(tamed, normalFlows(tamed))).Score(scaledBy(tamed, tamed)))
	}, Says: "The figures are reached, and yet LOF was fitted on the normal flows alone, for which somebody must have told them apart. Fit it on all flows: how many neighbours does that take?"},
	{Answer: lofTwice(200), Says: "The rates went through the logarithm twice: logs(flows) takes it already."},
}

// lofTwice takes the logarithms of the rates twice.
func lofTwice(k int) func(dataframe.DataFrame) []float64 {
	return func(flows dataframe.DataFrame) []float64 {
		twice := labkit.Must(labkit.Log1p(inLogs(flows), rateColumns...))
		return lofScores(scaledBy(twice, twice), k)
	}
}

// LOFLogs checks a function that takes flows with their features, replaces
// rates and duration by logarithms, scales robustly and returns the local
// outlier factor of every flow, with a number of neighbours that is large
// enough:
//
//	func(flows dataframe.DataFrame) []float64
func LOFLogs(function any) { exam.Mark(lofLogs, function) }

func lofOnLogs(flows dataframe.DataFrame, k int) []float64 {
	return lofScores(scaledBy(inLogs(flows), inLogs(flows)), k)
}

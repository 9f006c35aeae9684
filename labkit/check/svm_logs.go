package check

import (
	"cmp"
	"slices"

	"github.com/go-gota/gota/dataframe"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var svmLogs = &exam.Exercise{
	ID:       "svm-logs",
	Notebook: "05_one_class_svm",
	Section:  "Logarithms",
	Title:    "From flows to scores",
	Hints: []string{
		"The order is: logarithms, features, scaler, model. What is done to the training flows has to be done to the flows that are scored, in exactly the same way.",
		"Take the logarithms of the whole frame first: labkit.Log1p for the three rates, labkit.Log for the duration. normal(…) then keeps its normal flows. Fit one scaler, on the features of all flows, and transform both by it.",
		"train := labkit.Must(scaler.Transform(labkit.Must(labkit.Features(normal(tamed))))), where tamed is the frame with logarithms; Fit on train, Score what scaler makes of labkit.Features(tamed)",
	},
	Answer: func(flows dataframe.DataFrame) []float64 {
		tamed := inLogs(flows)
		return svmScores(scaledBy(tamed, normalFlows(tamed)), scaledBy(tamed, tamed), 0.1)
	},
	Params: []string{"flows"},
	Cases:  flowCases,
	Judge: func(in exam.Input, got []any) string {
		labels := labkit.Must(labkit.Labels(in[0].(dataframe.DataFrame)))
		q, fault := qualityOf(got[0].([]float64), 0, labels)
		if fault != "" {
			return fault
		}
		return cmp.Or(q.about(quality{0.680, 1}), alike(svmLogsAlike, in, got))
	},
	Mistakes: slices.Concat(svmLogsAlike, []exam.Mistake{
		{Answer: func(flows dataframe.DataFrame) []float64 {
			return svmScores(scaledBy(flows, normalFlows(flows)), scaledBy(flows, flows), 0.1)
		}, Says: "F1 is 0.690 and ROC AUC 0.993, what it was without logarithms. labkit.Log1p and labkit.Log leave their frame as it is and return a new one: go on with that."},
		{Answer: func(flows dataframe.DataFrame) []float64 {
			x := scaledBy(inLogs(flows), inLogs(flows))
			return svmScores(x, x, 0.1)
		}, Says: "F1 is 0.422 and ROC AUC 0.915: the logarithms are there, but the model was fitted on all flows. Fit it on the normal ones."},
		{Answer: func(flows dataframe.DataFrame) []float64 {
			tamed := inLogs(flows)
			return svmScores(scaledBy(normalFlows(tamed), normalFlows(tamed)), scaledBy(tamed, tamed), 0.1)
		}, Says: "F1 is 0.881 and ROC AUC 1.000. That looks better and is a fault: training rows and scored rows went through two scalers, so that the same flow has other coordinates in the one than in the other. Fit a single scaler."},
		{Answer: func(flows dataframe.DataFrame) []float64 {
			tamed := inLogs(flows)
			return svmScores(labkit.Must(labkit.Features(normalFlows(tamed))), labkit.Must(labkit.Features(tamed)), 0.1)
		}, Says: "F1 is 0.687 and ROC AUC 0.990: the features are not scaled, so that the columns with the widest spread still decide the distance."},
		{Answer: func(flows dataframe.DataFrame) []float64 {
			tamed := inLogs(flows)
			return svmScores(scaledBy(tamed, normalFlows(tamed)), scaledBy(flows, flows), 0.1)
		}, Says: "F1 is 0.361 and ROC AUC 0.989: the model was fitted on logarithms and then given flows without them."},
		{Answer: func(flows dataframe.DataFrame) []float64 {
			tamed := inLogs(flows)
			return svmScores(scaledBy(tamed, normalFlows(tamed)), labkit.Must(labkit.Features(tamed)), 0.1)
		}, Says: "F1 is 0.182 and ROC AUC 0.912: the training rows are scaled, and those that are scored are not. Transform both by the one scaler."},
		{Answer: svmTamedBy(func(flows dataframe.DataFrame) dataframe.DataFrame {
			return labkit.Must(labkit.Log1p(flows, "bytes_per_second"))
		}), Says: "F1 is 0.692 and ROC AUC 0.992: only bytes_per_second is in logarithms. Take those of all three rates, and of the duration."},
		{Answer: svmTamedBy(func(flows dataframe.DataFrame) dataframe.DataFrame {
			return labkit.Must(labkit.Log(flows, "duration"))
		}), Says: "F1 is 0.690 and ROC AUC 0.993: the duration is in logarithms, and the rates are not. Does the second call start from flows in the place of what the first one returned?"},
		{Answer: func(flows dataframe.DataFrame) []float64 {
			tamed := inLogs(flows)
			return svmScores(scaledBy(tamed, normalFlows(tamed)), scaledBy(tamed, tamed), 0.5)
		}, Says: "F1 is 0.307 and ROC AUC 1.000: the ranking is right, but half of the normal flows are outside. Nu is 0.5 if you do not set it: want 0.1."},
		{Answer: func(flows dataframe.DataFrame) []float64 {
			tamed := inLogs(flows)
			return svmScores(scaledBy(tamed, normalFlows(tamed)), scaledBy(tamed, flows), 0.1)
		}, Says: "F1 is 0.182 and ROC AUC 0.500: the model and the scaler know logarithms, and the flows that are scored have none. Score the features of the frame with logarithms."},
		{Answer: func(flows dataframe.DataFrame) []float64 {
			tamed := inLogs(flows)
			return svmScores(scaledBy(tamed, normalFlows(flows)), scaledBy(tamed, tamed), 0.1)
		}, Says: "F1 is 0.182 and ROC AUC 0.027: the flows that are scored have logarithms, and the normal ones that the model was fitted on have none. Keep the normal flows of the frame with logarithms."},
		{Answer: func(flows dataframe.DataFrame) []float64 {
			tamed := inLogs(flows)
			return negated(svmScores(scaledBy(tamed, normalFlows(tamed)), scaledBy(tamed, tamed), 0.1))
		}, Says: "F1 is 0.000 and ROC AUC 0.000: the scores are upside down. Higher means more anomalous, and Score does it so already."},
		{Answer: func(flows dataframe.DataFrame) []float64 {
			tamed := inLogs(flows.Arrange(dataframe.Sort("label")))
			return svmScores(scaledBy(tamed, normalFlows(tamed)), scaledBy(tamed, tamed), 0.1)
		}, Says: "The scores are right, but in another order: the frame was sorted by label. Return them in the order of the flows."},
	}),
}

// svmLogsAlike are mistakes that measure as well as the right answer.
var svmLogsAlike = []exam.Mistake{
	{Answer: svmTamedBy(func(flows dataframe.DataFrame) dataframe.DataFrame {
		return labkit.Must(labkit.Log1p(flows, rateColumns...))
	}), Says: "The figures are reached, and yet the duration has no logarithm: labkit.Log takes it, for all durations are above 0."},
	{Answer: svmTamedBy(func(flows dataframe.DataFrame) dataframe.DataFrame {
		return labkit.Must(labkit.Log1p(inLogs(flows), "bytes_ratio", "packets_ratio"))
	}), Says: "The figures are reached, and yet the two ratios have logarithms as well. Shares do not go by factors: leave them as they are."},
	{Answer: svmTamedBy(func(flows dataframe.DataFrame) dataframe.DataFrame {
		return labkit.Must(labkit.Log1p(inLogs(flows), rateColumns...))
	}), Says: "The figures are reached, and yet the rates went through the logarithm twice. Take it once."},
}

var rateColumns = []string{"bytes_per_second", "packets_per_second", "bytes_per_packet"}

// svmTamedBy is the whole way with something else in the place of logarithms.
func svmTamedBy(tame func(dataframe.DataFrame) dataframe.DataFrame) func(dataframe.DataFrame) []float64 {
	return func(flows dataframe.DataFrame) []float64 {
		tamed := tame(flows)
		return svmScores(scaledBy(tamed, normalFlows(tamed)), scaledBy(tamed, tamed), 0.1)
	}
}

// SVMLogs checks a function that takes flows with their features and labels,
// replaces rates and duration by logarithms, scales robustly, fits a One-Class
// SVM with nu 0.1 on the normal flows and returns the score of every flow,
// above 0 outside the boundary:
//
//	func(flows dataframe.DataFrame) []float64
func SVMLogs(function any) { exam.Mark(svmLogs, function) }

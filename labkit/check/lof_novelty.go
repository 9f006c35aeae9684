package check

import (
	"fmt"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var lofNovelty = &exam.Exercise{
	ID:       "lof-novelty",
	Notebook: "06_local_outlier_factor",
	Section:  "Novelty detection: no village to hide in",
	Title:    "Scores and threshold for new flows",
	Hints: []string{
		"Two results, and each wants another method of the model: one judges rows that it has not seen, the other those that it was fitted on.",
		"The threshold may only come from train, for at the time it is chosen no other flow has been seen. Which scores of the training rows leave the row itself out?",
		"model := labkit.Must(labkit.LocalOutlierFactor{}.Fit(train)); then model.Score(fresh), and labkit.Threshold(model.TrainScores(), 0.1), each in labkit.Must",
	},
	Answer: func(train, fresh *mat.Dense) (scores []float64, threshold float64) {
		model := fitNovelty(train)
		return labkit.Must(model.Score(fresh)), labkit.Must(labkit.Threshold(model.TrainScores(), 0.1))
	},
	Params: []string{"train", "fresh"},
	Cases: func() []exam.Input {
		known := inLogs(storyFlows(storySeeds[0]))
		var cases []exam.Input
		for _, seed := range storySeeds {
			fresh := inLogs(storyFlows(seed)).Arrange(dataframe.Sort("label"))
			cases = append(cases, exam.Input{scaledBy(known, normalFlows(known)), scaledBy(known, fresh)})
		}
		return cases
	},
	Judge: judgeNovelty,
	Mistakes: []exam.Mistake{
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			scores := labkit.Must(fitNovelty(train).Score(fresh))
			return scores, labkit.Must(labkit.Threshold(scores, 0.1))
		}, Says: "F1 is 1.000, which is too good: the threshold comes from the scores of fresh, so it knows that a tenth of them are attacks. When a threshold is chosen, the new flows are still to come. Take it from the training scores."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			model := fitNovelty(train)
			return labkit.Must(model.Score(fresh)), labkit.Must(labkit.Threshold(labkit.Must(model.Score(train)), 0.1))
		}, Says: "F1 is 0.690 and ROC AUC 1.000: the threshold comes from Score(train), where each training row is its own nearest neighbour and looks more at home than it is. TrainScores leaves the row itself out."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			model := fitNovelty(fresh)
			return labkit.Must(model.Score(fresh)), labkit.Must(labkit.Threshold(model.TrainScores(), 0.1))
		}, Says: "The model was fitted on fresh, attacks included, and they hide among each other. Fit it on train."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			model := fitNovelty(train)
			return model.TrainScores(), labkit.Must(labkit.Threshold(model.TrainScores(), 0.1))
		}, Says: "The scores are those of the 900 training rows. Score(fresh) judges the new ones."},
		{Answer: func(_, fresh *mat.Dense) ([]float64, float64) {
			scores := fitNovelty(fresh).TrainScores()
			return scores, labkit.Must(labkit.Threshold(scores, 0.1))
		}, Says: "The model was fitted on fresh, attacks included, and they hide among each other. Fit it on train."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			return fitNovelty(fresh).TrainScores(), labkit.Must(labkit.Threshold(fitNovelty(train).TrainScores(), 0.1))
		}, Says: "F1 is 0.182 and ROC AUC 0.457: the scores come from a model of their own, fitted on fresh, where the attacks hide among each other. The model of train scores them."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			model := fitNovelty(fresh)
			return labkit.Must(model.Score(train)), labkit.Must(labkit.Threshold(model.TrainScores(), 0.1))
		}, Says: "train and fresh have changed places: the model was fitted on fresh and judges train."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			model := labkit.Must(labkit.LocalOutlierFactor{Neighbors: 200}.Fit(train))
			return labkit.Must(model.Score(fresh)), labkit.Must(labkit.Threshold(model.TrainScores(), 0.1))
		}, Says: "F1 is 0.690 and ROC AUC 1.000: there are 200 neighbours, as before. With no attack among the training rows the default of 20 is asked for."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			var both mat.Dense
			both.Stack(train, fresh)
			scores, n := fitNovelty(&both).TrainScores(), train.RawMatrix().Rows
			return scores[n:], labkit.Must(labkit.Threshold(scores[:n], 0.1))
		}, Says: "F1 is 0.233 and ROC AUC 0.485: train and fresh were fitted together, so that the attacks hide among each other. Fit on train alone, and Score fresh."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			model := fitNovelty(train)
			return labkit.Must(model.Score(fresh)), slices.Max(model.TrainScores())
		}, Says: "F1 is 1.000 and ROC AUC 1.000: the threshold is the largest training score. That is a choice, and not the one asked for: a tenth of them lies above it."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			model := fitNovelty(train)
			return labkit.Must(model.Score(fresh)), 0
		}, Says: "F1 is 0.182 and ROC AUC 1.000: the threshold is 0, so that every flow lies above it. Give it a value: labkit.Threshold of the training scores."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			own := func(x *mat.Dense) *mat.Dense {
				return labkit.Must(labkit.Must(labkit.RobustScaler{}.Fit(x)).Transform(x))
			}
			model := fitNovelty(own(train))
			return labkit.Must(model.Score(own(fresh))), labkit.Must(labkit.Threshold(model.TrainScores(), 0.1))
		}, Says: "F1 is 0.806 and ROC AUC 1.000: both matrices are scaled again, each by itself, so that the same flow has other coordinates in the one than in the other. They are scaled already."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			model := fitNovelty(train)
			threshold := labkit.Must(labkit.Threshold(model.TrainScores(), 0.1))
			scores := labkit.Must(model.Score(fresh))
			for i := range scores {
				scores[i] -= threshold
			}
			return scores, threshold
		}, Says: "F1 is 1.000 and ROC AUC 1.000: the threshold is subtracted from the scores, and then they are cut at it once more. Return the scores as they are."},
	},
}

// LOFNovelty checks a function that fits the local outlier factor with its
// default number of neighbours on train, scaled features of normal flows, and
// returns the scores of the rows of fresh and the threshold above which a tenth
// of the training scores lies:
//
//	func(train, fresh *mat.Dense) (scores []float64, threshold float64)
func LOFNovelty(function any) { exam.Mark(lofNovelty, function) }

func fitNovelty(train *mat.Dense) labkit.Model {
	return labkit.Must(labkit.LocalOutlierFactor{}.Fit(train))
}

// judgeNovelty knows the labels of fresh, for its rows are sorted by them: 900
// normal flows, then the attacks.
func judgeNovelty(in exam.Input, got []any) string {
	labels := make([]bool, in[1].(*mat.Dense).RawMatrix().Rows)
	for i := range labels {
		labels[i] = i >= 900
	}
	q, fault := qualityOf(got[0].([]float64), got[1].(float64), labels)
	if fault != "" {
		return fault
	}
	says := q.about(quality{0.733, 1})
	if q.ranksLike(1) && says != "" {
		above := countScores(fitNovelty(in[0].(*mat.Dense)).TrainScores(), func(s float64) bool { return s > got[1].(float64) })
		says += fmt.Sprintf(" Of the 900 training scores %d lie above your threshold: want 90, a tenth.", above)
	}
	return says
}

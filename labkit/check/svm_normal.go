package check

import (
	"slices"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var svmNormal = &exam.Exercise{
	ID:       "svm-normal",
	Notebook: "05_one_class_svm",
	Section:  "Second fault: trained on the attacks",
	Title:    "Trained on normal rows",
	Hints: []string{
		"Two matrices are needed: one that has only the normal rows, for Fit, and x itself, for Score.",
		"Collect the values of the normal rows one after the other in a slice: values = append(values, x.RawRowView(i)...). A matrix is made of it by mat.NewDense(rows, columns, values).",
		"model := labkit.Must(labkit.OneClassSVM{Nu: 0.1}.Fit(train)), then return labkit.Must(model.Score(x))",
	},
	Answer: func(x *mat.Dense, labels []bool) []float64 {
		return svmScores(rowsLabelled(x, labels, false), x, 0.1)
	},
	Params: []string{"x", "labels"},
	Cases: func() []exam.Input {
		var cases []exam.Input
		for _, seed := range storySeeds {
			flows := storyFlows(seed)
			cases = append(cases, exam.Input{scaledBy(flows, flows), labkit.Must(labkit.Labels(flows))})
		}
		return cases
	},
	Judge: func(in exam.Input, got []any) string {
		q, fault := qualityOf(got[0].([]float64), 0, in[1].([]bool))
		if fault != "" {
			return fault
		}
		return q.about(quality{0.690, 0.993})
	},
	Mistakes: []exam.Mistake{
		{Answer: func(x *mat.Dense, _ []bool) []float64 { return svmScores(x, x, 0.1) },
			Says: "F1 is 0.151 and ROC AUC 0.299, as in the Python lab: the model was fitted on all rows, the attacks among them."},
		{Answer: func(_ *mat.Dense, labels []bool) []float64 {
			x := notebookRows()
			return svmScores(rowsLabelled(x, labels, false), x, 0.1)
		}, Says: notebookRowsSays},
		{Answer: func(x *mat.Dense, labels []bool) []float64 {
			return svmScores(rowsLabelled(notebookRows(), labels, false), x, 0.1)
		}, Says: notebookRowsSays},
		{Answer: func(x *mat.Dense, labels []bool) []float64 { return svmScores(rowsLabelled(x, labels, true), x, 0.1) },
			Says: "F1 is 0.024 and ROC AUC 0.071: the model was fitted on the attacks. A label is true for an attack, so the normal rows are those with !labels[i]."},
		{Answer: func(x *mat.Dense, labels []bool) []float64 {
			return svmScores(rowsLabelled(x, labels, false), x, 0.5)
		}, Says: "F1 is 0.307 and ROC AUC 0.993: the ranking is right, but half of the normal rows are outside. Nu is 0.5 if you do not set it: want 0.1."},
		{Answer: func(x *mat.Dense, labels []bool) []float64 {
			return negated(svmScores(rowsLabelled(x, labels, false), x, 0.1))
		}, Says: "F1 is 0.000 and ROC AUC 0.007: the scores are upside down. Higher means more anomalous, and Score does it so already."},
		{Answer: func(x *mat.Dense, labels []bool) []float64 {
			train := rowsLabelled(x, labels, false)
			return labkit.Must(labkit.OneClassSVM{Nu: 0.1}.Fit(train)).TrainScores()
		}, Says: "There are 900 scores, those of the rows that the model was fitted on. Score(x) gives one for each row of x."},
		{Answer: func(x *mat.Dense, labels []bool) []float64 {
			train := rowsLabelled(x, labels, false)
			return svmScores(train, train, 0.1)
		}, Says: "There are 900 scores, those of the rows that the model was fitted on. Score(x) gives one for each row of x."},
		{Answer: func(x *mat.Dense, labels []bool) []float64 {
			return svmScores(rowsLabelled(x, labels, false), rowsLabelled(x, labels, true), 0.1)
		}, Says: "There are 100 scores, those of the attacks. Score(x) gives one for each row of x."},
		{Answer: func(x *mat.Dense, labels []bool) []float64 {
			return svmScores(rowsLabelled(x, labels, false), x, 0.01)
		}, Says: "F1 is 0.751 and ROC AUC 0.703: Nu is 0.01 here, so that a hundredth of the normal rows is left outside. Want 0.1."},
		{Answer: func(x *mat.Dense, labels []bool) []float64 {
			return svmScores(firstRows(x, len(labels)*9/10), x, 0.1)
		}, Says: "F1 is 0.257 and ROC AUC 0.299: the first nine tenths of the rows are not the normal ones, as the rows are mixed. Ask the labels."},
		{Answer: func(x *mat.Dense, labels []bool) []float64 {
			train := rowsLabelled(x, labels, false)
			scaler := labkit.Must(labkit.StandardScaler{}.Fit(train))
			return svmScores(labkit.Must(scaler.Transform(train)), labkit.Must(scaler.Transform(x)), 0.1)
		}, Says: "F1 is 0.685 and ROC AUC 1.000: the rows are scaled a second time. x is scaled already: fit on its normal rows as they are."},
		{Answer: func(x *mat.Dense, labels []bool) []float64 {
			return flagsOf(svmScores(rowsLabelled(x, labels, false), x, 0.1), 0)
		}, Says: flagsSay},
		{Answer: func(x *mat.Dense, labels []bool) []float64 {
			train := rowsLabelled(x, labels, false)
			rows, cols := train.Dims()
			return svmScores(mat.DenseCopyOf(mat.NewDense(cols, rows, train.RawMatrix().Data).T()), x, 0.1)
		}, Says: "F1 is 0.738 and ROC AUC 0.992: rows and columns of mat.NewDense have changed places, which tears the flows apart. The number of normal rows comes first."},
		{Answer: func(x *mat.Dense, labels []bool) []float64 {
			rows, cols := x.Dims()
			train := mat.NewDense(rows, cols, nil)
			for i, attack := range labels {
				if !attack {
					train.SetRow(i, x.RawRowView(i))
				}
			}
			return svmScores(train, x, 0.1)
		}, Says: "F1 is 0.673 and ROC AUC 0.993: the attacks' rows are zeros, and the model learns them as well. Leave them out: train has as many rows as there are normal ones."},
		{Answer: func(x *mat.Dense, labels []bool) []float64 {
			model := labkit.Must(labkit.OneClassSVM{Nu: 0.1, Gamma: 1}.Fit(rowsLabelled(x, labels, false)))
			return labkit.Must(model.Score(x))
		}, Says: "F1 is 0.617 and ROC AUC 1.000: Gamma is 1 here. Leave it out, so that it is fitted to the features."},
		{Answer: func(x *mat.Dense, labels []bool) []float64 {
			rows, _ := x.Dims()
			first := mat.DenseCopyOf(x.Slice(0, rows, 0, 1))
			return svmScores(rowsLabelled(first, labels, false), first, 0.1)
		}, Says: "F1 is 0.618 and ROC AUC 0.873: only the first column counts. Take the whole row, x.RawRowView(i)."},
		{Answer: func(_ *mat.Dense, labels []bool) []float64 {
			scores := make([]float64, len(labels))
			for i, attack := range labels {
				if attack {
					scores[i] = 1
				}
			}
			return scores
		}, Says: "F1 is 1.000 and ROC AUC 1.000, as the labels themselves are returned. They say which rows to train on: the scores come from the model."},
		{Answer: func(*mat.Dense, []bool) []float64 {
			x := notebookRows()
			labels := labkit.Must(labkit.Labels(storyFlows(storySeeds[0])))
			return svmScores(rowsLabelled(x, labels, false), x, 0.1)
		}, Says: notebookRowsSays},
		{Answer: func(x *mat.Dense, labels []bool) []float64 {
			train := rowsLabelled(x, labels, false)
			model := labkit.Must(labkit.OneClassSVM{Nu: 0.1}.Fit(train))
			return append(model.TrainScores(), labkit.Must(model.Score(rowsLabelled(x, labels, true)))...)
		}, Says: "The scores are right, but not in the order of the rows: those of the normal rows come first. Score(x) gives them in order."},
		{Answer: func(x *mat.Dense, labels []bool) []float64 {
			model := labkit.Must(labkit.IsolationForest{Seed: 42}.Fit(rowsLabelled(x, labels, false)))
			return labkit.Must(model.Score(x))
		}, Says: "F1 is 0.182 and ROC AUC 0.998: this is an Isolation Forest, whose scores are all above 0. Fit a labkit.OneClassSVM."},
		{Answer: func(x *mat.Dense, labels []bool) []float64 {
			return svmScores(firstRows(x, max(slices.Index(labels, true), 1)), x, 0.1)
		}, Says: "F1 is 0.458 and ROC AUC 0.994: the loop ends at the first attack. Pass over it, and go on: no break and no return in the loop."},
	},
}

const notebookRowsSays = "The function computes with the notebook's own matrix in place of its parameter x. That fits the first case, whose flows are the notebook's; the second has flows of another seed. Use x throughout."

// notebookRows are the scaled features of the notebook's own flows.
func notebookRows() *mat.Dense {
	flows := storyFlows(storySeeds[0])
	return scaledBy(flows, flows)
}

// SVMNormal checks a function that fits a One-Class SVM with nu 0.1 on the
// rows of x whose label is false, normal, and returns the score of every row,
// above 0 outside the boundary; x holds scaled features, one flow a row:
//
//	func(x *mat.Dense, labels []bool) []float64
func SVMNormal(function any) { exam.Mark(svmNormal, function) }

// svmScores returns the scores of the rows of x after a fit on train.
func svmScores(train, x *mat.Dense, nu float64) []float64 {
	return labkit.Must(labkit.Must(labkit.OneClassSVM{Nu: nu}.Fit(train)).Score(x))
}

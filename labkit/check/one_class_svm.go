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

var oneClassSVM = []*exam.Exercise{rbfKernel, worseThanCoin, svmNormal, svmLogs}

var rbfKernel = &exam.Exercise{
	ID:       "rbf-kernel",
	Notebook: "05_one_class_svm",
	Section:  "The idea on eight points",
	Title:    "Likeness of two rows",
	Hints: []string{
		"bump needs (a - b)², a squared distance. What is the squared distance of two points on a map, and of two points in a room?",
		"Add up the squares of the differences, column by column, in a loop. The sum is the squared distance: no root is needed.",
		"sum += (a[i] - b[i]) * (a[i] - b[i]) in the loop, then return math.Exp(-gamma * sum)",
	},
	Answer: func(a, b []float64, gamma float64) float64 { return math.Exp(-gamma * squaredDistance(a, b)) },
	Params: []string{"a", "b", "gamma"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]float64{1}, []float64{1.2}, 1.0},
			{[]float64{3, 0}, []float64{0, 4}, 0.1},
			{[]float64{1, 2, 3}, []float64{2, 4, 1}, 0.5},
			{[]float64{0.5, -1, 2}, []float64{0.5, -1, 2}, 2.0}, // a row and itself
			{[]float64{0, 0}, []float64{30, 40}, 0.01},          // nothing in common
			{[]float64{2, 5, 1, 4}, []float64{4, 6, 1, 3}, 0.05},
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(a, b []float64, gamma float64) float64 { return math.Exp(gamma * squaredDistance(a, b)) },
			Says: "The minus is missing in the exponent. Without it the likeness grows with the distance."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * math.Sqrt(squaredDistance(a, b)))
		}, Says: "The distance goes into the exponent squared, and you took its root first. Leave the sum of squares as it is."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			sum := differences(a, b, func(d float64) float64 { return d })
			return math.Exp(-gamma * sum * sum)
		}, Says: "The differences are added up before they are squared, so that a difference of +2 in one column and -2 in another cancel. Square each one first."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * differences(a, b, math.Abs))
		}, Says: "The differences are added up without being squared."},
		{Answer: func(a, b []float64, gamma float64) float64 { return math.Exp(-gamma * squaredDistance(a[:1], b[:1])) },
			Says: "Only the first column counts. Go through all of them: for i := range a."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * squaredDistance(a, b) / float64(len(a)))
		}, Says: "This takes the mean of the squares. The squared distance is their sum."},
		{Answer: func(a, b []float64, gamma float64) float64 { return math.Exp(-squaredDistance(a, b) / gamma) },
			Says: "The squared distance is divided by gamma. It is multiplied by it: a large gamma makes narrow bumps."},
		{Answer: func(a, b []float64, gamma float64) float64 { return math.Exp2(-gamma * squaredDistance(a, b)) },
			Says: "This is 2 to a power. The likeness is e to that power: math.Exp."},
		{Answer: func(a, b []float64, gamma float64) float64 { return math.Pow(10, -gamma*squaredDistance(a, b)) },
			Says: "This is 10 to a power. The likeness is e to that power: math.Exp."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * gamma * squaredDistance(a, b))
		}, Says: "gamma is squared with the distance. Multiply by it once, after the squares are added up."},
		{Answer: func(a, b []float64, gamma float64) float64 { return math.Exp(-squaredDistance(a, b)) },
			Says: "gamma is not used, or not the parameter of that name."},
		{Answer: func(a, b []float64, gamma float64) float64 { return math.Exp(-gamma) * squaredDistance(a, b) },
			Says: "The squared distance stands outside the exponent: check where the parenthesis of math.Exp closes."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			last := len(a) - 1
			return math.Exp(-gamma * squaredDistance(a[last:], b[last:]))
		}, Says: "Only the last column counts. Add up in the loop: sum += …, and not sum = …."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * squaredDistance(a[1:], b[1:]))
		}, Says: "The first column is left out. Columns are numbered from 0: for i := range a."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * differences(a, b, func(d float64) float64 { return d }))
		}, Says: "The differences are added up with their signs and never squared."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * differences(a, b, func(d float64) float64 { return 2 * d }))
		}, Says: "The differences are doubled in the place of squared: d*d, or math.Pow(d, 2), is the square. In Go ^ is something else."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * byColumn(a, b, func(p, q float64) float64 { return p * q }))
		}, Says: "The columns are multiplied with each other. Subtract them, and square the difference."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * byColumn(a, b, func(p, q float64) float64 { return (p + q) * (p + q) }))
		}, Says: "The columns are added. A distance is made of their differences: (a[i] - b[i]), squared."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * byColumn(a, b, func(p, q float64) float64 { return p*p - q*q }))
		}, Says: "Each column is squared before the difference is taken. Take the difference first, and square that."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return differences(a, b, func(d float64) float64 { return math.Exp(-gamma * d * d) })
		}, Says: "The likenesses of the columns are added up, so that it can be above 1. Add up the squares first, and take math.Exp once."},
		{Answer: func(a, b []float64, gamma float64) float64 { return gamma * math.Exp(-squaredDistance(a, b)) },
			Says: "gamma stands outside the exponent. It belongs inside: math.Exp(-gamma * sum)."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-squaredDistance(a, b) / (2 * gamma * gamma))
		}, Says: "This is the same bump with gamma for its width, sigma. Here gamma is a factor: math.Exp(-gamma * sum)."},
		{Answer: func(a, b []float64, gamma float64) float64 { return 1 / (1 + gamma*squaredDistance(a, b)) },
			Says: "This is another likeness, one by one plus the distance. Wanted is the exponential function: math.Exp."},
		{Answer: func(a, b []float64, _ float64) float64 { return squaredDistance(a, b) },
			Says: "This is the squared distance. The likeness is math.Exp of minus gamma times that."},
		{Answer: func(a, b []float64, _ float64) float64 { return math.Sqrt(squaredDistance(a, b)) },
			Says: "This is the distance. The likeness is math.Exp of minus gamma times its square."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			n := min(2, len(a))
			return math.Exp(-gamma * squaredDistance(a[:n], b[:n]))
		},
			Says: "Only the first two columns count. A row may be of any length: for i := range a."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * squaredDistance(a, b) * squaredDistance(a, b))
		},
			Says: "The sum of squares is squared once more. It is the squared distance already."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			most := 0.0
			for i := range a {
				most = max(most, math.Abs(a[i]-b[i]))
			}
			return math.Exp(-gamma * most * most)
		},
			Says: "Only the column with the largest difference counts. Add up the squares of all columns."},
		{Answer: func(a, b []float64, gamma float64) float64 { return math.Log(gamma * squaredDistance(a, b)) },
			Says: "This takes a logarithm. The likeness is the exponential function, math.Exp, of minus gamma times the squared distance."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			sum := differences(a, b, math.Abs)
			return math.Exp(-gamma * sum * sum)
		}, Says: "The differences are added up before they are squared. The squared distance is the sum of the squares: square each difference first."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * byColumn(a, b, func(p, q float64) float64 { return p - q*p - q }))
		}, Says: "Multiplication binds more strongly than subtraction: put both differences into parentheses, (a[i] - b[i]) * (a[i] - b[i])."},
		{Answer: func(a, b []float64, gamma float64) float64 {
			return differences(a, b, func(d float64) float64 { return math.Exp(-gamma * d * d) }) / float64(len(a))
		}, Says: "This is the mean of the likenesses of the columns. Add up the squares first, and take math.Exp once."},
		{Answer: func(a, b []float64, gamma float64) float64 { return math.Exp(-gamma * (1 + squaredDistance(a, b))) },
			Says: "The sum begins with 1, so that a row is not like itself. Begin with 0."},
	},
}

// RBFKernel checks a function that returns how alike two rows are,
// exp(-gamma · ‖a-b‖²), in [0, 1], where gamma is above 0 and the rows have
// equally many columns, one at least:
//
//	func(a, b []float64, gamma float64) float64
func RBFKernel(function any) { exam.Mark(rbfKernel, function) }

// differences returns the sum of f over the differences of two rows.
func differences(a, b []float64, f func(float64) float64) float64 {
	sum := 0.0
	for i := range a {
		sum += f(a[i] - b[i])
	}
	return sum
}

// byColumn returns the sum of f over the columns of two rows.
func byColumn(a, b []float64, f func(p, q float64) float64) float64 {
	sum := 0.0
	for i := range a {
		sum += f(a[i], b[i])
	}
	return sum
}

// squaredDistance returns ‖a-b‖².
func squaredDistance(a, b []float64) float64 {
	return differences(a, b, func(d float64) float64 { return d * d })
}

var worseThanCoin = &exam.Exercise{
	ID:       "worse-than-coin",
	Notebook: "05_one_class_svm",
	Section:  "Second fault: trained on the attacks",
	Title:    "Why worse than a coin",
	Hints: []string{
		"Chance gives 0.5. What has to happen for most pairs to come out the wrong way round?",
		"The detector calls normal what lies near its training rows. Which rows, of those it was shown, lie so far out that they move the middle?",
	},
	Answer: func() string { return "C" },
	Cases:  exam.NoInput,
	Judge: exam.Options("C", map[string]string{
		"A": "Scores that are nearly the same for all flows rank by chance, and chance gives 0.5. An AUC of 0.299 is far from it: there is an order, and it is the wrong one.",
		"B": "ROC AUC does not depend on a threshold: it compares each attack with each normal flow. Another cut changes F1 and leaves 0.299 as it is.",
		"D": "If every score had the wrong sign, the 29 attacks with the largest scores would come last. They come first, so the sign is right, and still most of the other 71 rank too low.",
	}),
}

// WorseThanCoin checks a function that returns the letter of the reason for a
// ROC AUC far below 0.5:
//
//	func() string
func WorseThanCoin(function any) { exam.Mark(worseThanCoin, function) }

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

package check

import (
	"math"

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
		return q.about(quality{0.680, 1})
	},
	Mistakes: []exam.Mistake{
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
	},
}

// SVMLogs checks a function that takes flows with their features and labels,
// replaces rates and duration by logarithms, scales robustly, fits a One-Class
// SVM with nu 0.1 on the normal flows and returns the score of every flow,
// above 0 outside the boundary:
//
//	func(flows dataframe.DataFrame) []float64
func SVMLogs(function any) { exam.Mark(svmLogs, function) }

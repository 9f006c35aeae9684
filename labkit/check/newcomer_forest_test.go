package check

import (
	"math"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

// newcomersForest are of the notebooks 04 and 05.
var newcomersForest = map[*exam.Exercise][]wrongAnswer{
	isolationSplit: {
		{func(values []float64, cut float64) (below, above []float64) { return values, nil }, "All values are below, whatever the cut is."},
		{func(values []float64, cut float64) (below, above []float64) { return nil, nil }, "It returns [] and [] whatever the input is."},
		{func(values []float64, cut float64) (below, above []float64) {
			return append(below, values[:len(values)/2]...), values[len(values)/2:]
		}, "The parameter cut makes no difference to the result. Does"},
		{func(values []float64, cut float64) (below, above []float64) {
			for _, v := range values {
				if v <= cut {
					below = append(below, v)
				}
				above = append(above, v)
			}
			return below, above
		}, "below is right, and above has all values."},
		{func(values []float64, cut float64) (below, above []float64) {
			for i := 1; i < len(values); i++ {
				if values[i] <= cut {
					below = append(below, values[i])
				} else {
					above = append(above, values[i])
				}
			}
			return below, above
		}, "The first element of values is left out. Elements are"},
		{func(values []float64, cut float64) (below, above []float64) { // the last one alone
			for _, v := range values {
				if v <= cut {
					below = []float64{v}
				} else {
					above = []float64{v}
				}
			}
			return below, above
		}, "Only the last value of each half is left"},
		{func(values []float64, cut float64) (below, above []float64) {
			for _, v := range values {
				if v <= cut {
					below = append([]float64{v}, below...)
				} else {
					above = append([]float64{v}, above...)
				}
			}
			return below, above
		}, "The halves are right, and in reversed order: each value is"},
		{func(values []float64, cut float64) (below, above []float64) {
			for _, v := range values {
				if v <= cut {
					below = append(below, v)
				}
			}
			return below, above
		}, "The first result is right in every case, and the other is"},
		{func(values []float64, cut float64) (below, above []float64) {
			below, above = make([]float64, len(values)), make([]float64, len(values))
			for i, v := range values {
				if v <= cut {
					below[i] = v
				} else {
					above[i] = v
				}
			}
			return below, above
		}, "Both halves are as long as values"},
		{func(values []float64, cut float64) (below, above []float64) {
			for _, v := range values {
				if v <= cut {
					below = append(below, v-cut)
				} else {
					above = append(above, v-cut)
				}
			}
			return below, above
		}, "These are the distances from the cut. Put the values"},
		{func(values []float64, cut float64) (below, above []float64) {
			below, above = make([]float64, 1), make([]float64, 1)
			for _, v := range values {
				if v <= cut {
					below = append(below, v)
				} else {
					above = append(above, v)
				}
			}
			return below, above
		}, "The result has 5 elements: want 4."},
		{func(values []float64, cut float64) (below, above []float64) {
			for _, v := range values {
				if v > cut {
					above = append(above, v)
				}
			}
			return below, above
		}, "The second result is right in every case, and the other is"},
	},
	averagePath: {
		{func(n int) float64 { return math.Log2(float64(n)) }, "An infinity comes from a division by 0.0 or from the"},
		{func(n int) float64 { return float64(n) / 2 }, "This is half of n. A tree halves the points with each cut,"},
		{smallBeside(func(n int) float64 { return 2*(math.Log(float64(n-1))+0.5772156649) - 2*float64(n)/float64(n) }), "The second term is 2 here, as n stands above and below the"},
		{smallBeside(func(n int) float64 { return 2*math.Log(float64(n-1)+0.5772156649) - 2*float64(n-1)/float64(n) }), "Euler's constant stands inside the logarithm: its"},
		{smallBeside(func(n int) float64 { return 2 * (math.Log(float64(n-1)) + 0.5772156649 - 2*float64(n-1)) / float64(n) }), "The whole formula is divided by n. Only 2(n-1) is: check"},
		{smallBeside(func(n int) float64 { return 2*(math.Log(float64(n-1))+0.57) - 2*float64(n-1)/float64(n) }), "Two digits of Euler's constant are too few: take"},
		{smallBeside(func(n int) float64 { return 2*(math.Log(float64(n-1))+math.E) - 2*float64(n-1)/float64(n) }), "math.E is Euler's number, 2.718…. Wanted is the other"},
		{smallBeside(func(n int) float64 { return 2*(math.Log(float64(n+1))+0.5772156649) - 2*float64(n-1)/float64(n) }), "This takes the logarithm of n + 1: want that of n - 1."},
		{smallBeside(func(n int) float64 { return 2*(math.Log(float64(n-1))+0.5772156649) - 2*(float64(n)-1/float64(n)) }), "Division binds more strongly than subtraction: put n - 1"},
		{smallBeside(func(n int) float64 { return 2*(math.Log1p(float64(n-1))+0.5772156649) - 2*float64(n-1)/float64(n) }), "This takes the logarithm of n: want that of n - 1."},
		{smallBeside(func(n int) float64 {
			return math.Floor(2*(math.Log(float64(n-1))+0.5772156649) - 2*float64(n-1)/float64(n))
		}), "The digits after the point are cut off. Dividing two ints"},
		{func(n int) float64 {
			if n < 2 {
				return 1
			}
			return pathFormula(max(n, 3))
		}, ""},
		{smallBeside(func(n int) float64 { return 2*math.Log(float64(n-1)) + 0.5772156649 - 2*float64(n-1)/float64(n) }), "The 2 belongs to the logarithm and to Euler's constant: put"},
	},
	precisionRecall: {
		{func(tp, fp, fn int) (precision, recall float64) { return fraction(tp, tp+fp), fraction(fn, tp+fn) }, "The first result is right in every case, and the other is"},
		{func(tp, fp, fn int) (precision, recall float64) { return fraction(fp, tp+fp), fraction(tp, tp+fn) }, "The second result is right in every case, and the other is"},
		{func(tp, fp, fn int) (precision, recall float64) { return fraction(tp, tp+fp), fraction(tp, fn) }, "The precision is right. Below the bar of the recall the"},
		{func(tp, fp, fn int) (precision, recall float64) { return fraction(tp, fp), fraction(tp, tp+fn) }, "The recall is right. Below the bar of the precision the"},
		{func(tp, fp, fn int) (precision, recall float64) { return fraction(tp, tp+fp), fraction(tp, tp+fp+fn) }, "The first result is right in every case, and the other is"},
		{func(tp, fp, fn int) (precision, recall float64) { return fraction(tp, 100), fraction(tp, 100) }, "The parameter fp makes no difference to the result. Does"},
		{func(tp, fp, fn int) (precision, recall float64) { return fraction(tp+fp, tp), fraction(tp+fn, tp) }, "The fraction is upside down: every result is 1 divided by"},
		{func(tp, fp, fn int) (precision, recall float64) { return fraction(tp, fp+fn), fraction(tp, fp+fn) }, "Both are divided by the two kinds of error together."},
		{func(tp, fp, fn int) (precision, recall float64) {
			return float64(tp / (tp + fp)), fraction(tp, tp+fn)
		}, "The second result is right in every case, and the other is"},
		{func(tp, fp, fn int) (precision, recall float64) {
			return math.Round(100*fraction(tp, tp+fp)) / 100, math.Round(100*fraction(tp, tp+fn)) / 100
		}, "The results are rounded to two decimals. Return them as"},
		{func(tp, fp, fn int) (precision, recall float64) { return fraction(tp, tp+fp), 0 }, "The first result is right in every case, and the other is"},
		{func(tp, fp, fn int) (precision, recall float64) { return fraction(tp, tp*fp), fraction(tp, tp*fn) }, "This multiplies below the bar. Flagged are tp + fp flows,"},
		{func(tp, fp, fn int) (precision, recall float64) { return fraction(tp, tp-fp), fraction(tp, tp-fn) }, "This subtracts below the bar. Flagged are tp + fp flows,"},
	},
	scoreDirection: {
		{func() string { return "a" }, `"a" is not one of the options ["A" "B" "C" "D"]. Return the`}, {func() string { return "0.961" }, `"0.961" is not one of the options ["A" "B" "C" "D"].`}, {func() string { return "E" }, `"E" is not one of the options ["A" "B" "C" "D"].`},
		{func() string { return "(C)" }, `"(C)" is not one of the options ["A" "B" "C" "D"]. Return`}, {func() string { return "" }, `"" is not one of the options ["A" "B" "C" "D"].`},
	},
	rbfKernel: {
		{func(a, b []float64, gamma float64) float64 { // the last column alone
			sum := 0.0
			for i := range a {
				sum = (a[i] - b[i]) * (a[i] - b[i])
			}
			return math.Exp(-gamma * sum)
		}, "Only the last column counts. Add up in the loop: sum += …,"},
		{func(a, b []float64, gamma float64) float64 { return squaredDistance(a, b) }, "This is the squared distance. The likeness is math.Exp of"},
		{func(a, b []float64, gamma float64) float64 { return math.Sqrt(squaredDistance(a, b)) }, "This is the distance. The likeness is math.Exp of minus"},
		{func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * differences(a, b, func(d float64) float64 { return d }))
		}, "The differences are added up with their signs and never"},
		{func(a, b []float64, gamma float64) float64 {
			dot := 0.0
			for i := range a {
				dot += a[i] * b[i]
			}
			return math.Exp(-gamma * dot)
		}, "The columns are multiplied with each other. Subtract them,"},
		{func(a, b []float64, gamma float64) float64 { return gamma * math.Exp(-squaredDistance(a, b)) }, "gamma stands outside the exponent. It belongs inside:"},
		{func(a, b []float64, gamma float64) float64 {
			return math.Exp(-squaredDistance(a, b) / (2 * gamma * gamma))
		}, "This is the same bump with gamma for its width, sigma. Here"},
		{func(a, b []float64, gamma float64) float64 {
			sum := 0.0
			for i := 1; i < len(a); i++ {
				sum += (a[i] - b[i]) * (a[i] - b[i])
			}
			return math.Exp(-gamma * sum)
		}, "The first column is left out. Columns are numbered from 0:"},
		{func(a, b []float64, gamma float64) float64 { // adds the bumps
			sum := 0.0
			for i := range a {
				sum += math.Exp(-gamma * (a[i] - b[i]) * (a[i] - b[i]))
			}
			return sum
		}, "The likenesses of the columns are added up, so that it can"},
		{func(a, b []float64, gamma float64) float64 {
			return math.Exp(-gamma * differences(a, b, func(d float64) float64 { return 2 * d }))
		}, "The differences are doubled in the place of squared: d*d,"},
		{func(a, b []float64, gamma float64) float64 {
			return 1 / (1 + gamma*squaredDistance(a, b))
		}, "This is another likeness, one by one plus the distance."},
		{func(a, b []float64, gamma float64) float64 {
			sum := 0.0
			for i := range a {
				sum += (a[i] + b[i]) * (a[i] + b[i])
			}
			return math.Exp(-gamma * sum)
		}, "The columns are added. A distance is made of their"},
		{func(a, b []float64, gamma float64) float64 {
			sum := 0.0
			for i := range a {
				sum += a[i]*a[i] - b[i]*b[i]
			}
			return math.Exp(-gamma * sum)
		}, "Each column is squared before the difference is taken. Take"},
	},
	worseThanCoin: {
		{func() string { return "a" }, `"a" is not one of the options ["A" "B" "C" "D"]. Return the`}, {func() string { return "E" }, `"E" is not one of the options ["A" "B" "C" "D"].`}, {func() string { return "" }, `"" is not one of the options ["A" "B" "C" "D"].`},
		{func() string { return "C)" }, `"C)" is not one of the options ["A" "B" "C" "D"]. Return`}, {func() string { return "0.299" }, `"0.299" is not one of the options ["A" "B" "C" "D"].`},
	},
	svmNormal: {
		{func(x *mat.Dense, labels []bool) []float64 {
			train := rowsLabelled(x, labels, false)
			return labkit.Must(labkit.Must(labkit.OneClassSVM{Nu: 0.1}.Fit(train)).Score(train))
		}, "There are 900 scores, those of the rows that the model was"},
		{func(x *mat.Dense, labels []bool) []float64 {
			return svmScores(rowsLabelled(x, labels, false), rowsLabelled(x, labels, true), 0.1)
		}, "There are 100 scores, those of the attacks. Score(x) gives"},
		{func(x *mat.Dense, labels []bool) []float64 {
			return svmScores(rowsLabelled(x, labels, false), x, 0.9)
		}, "The flows are ranked as they should be, so the scores will"},
		{func(x *mat.Dense, labels []bool) []float64 {
			return svmScores(rowsLabelled(x, labels, false), x, 0.2)
		}, "The flows are ranked as they should be, so the scores will"},
		{func(x *mat.Dense, labels []bool) []float64 {
			return labkit.Must(labkit.Must(labkit.OneClassSVM{Nu: 0.1, Gamma: 1}.Fit(rowsLabelled(x, labels, false))).Score(x))
		}, "Gamma is 1 here."},
		{func(x *mat.Dense, labels []bool) []float64 {
			return labkit.Must(labkit.Must(labkit.IsolationForest{Seed: 42}.Fit(rowsLabelled(x, labels, false))).Score(x))
		}, "this is an Isolation Forest"},
		{func(x *mat.Dense, labels []bool) []float64 { return svmScores(x, x, 0.5) }, "The flows are ranked in another order already: compare what"},
		{func(x *mat.Dense, labels []bool) []float64 {
			flags := make([]float64, len(labels))
			for i, s := range svmScores(rowsLabelled(x, labels, false), x, 0.1) {
				if s > 0 {
					flags[i] = 1
				}
			}
			return flags
		}, "These are flags, 0 and 1."},
		{func(x *mat.Dense, labels []bool) []float64 {
			scores := svmScores(rowsLabelled(x, labels, false), x, 0.1)
			slices.Sort(scores)
			return scores
		}, "The flows are ranked in another order already: compare what"},
		{func(x *mat.Dense, labels []bool) []float64 { // the rows of the training matrix stay zero
			return svmScores(mat.NewDense(900, 8, nil), x, 0.1)
		}, "your function(x = a 1000×8 matrix, labels = [false false"},
	},
	svmLogs: {
		{func(flows dataframe.DataFrame) []float64 {
			tamed := inLogs(flows)
			return svmScores(scaledBy(tamed, normalFlows(tamed)), scaledBy(tamed, tamed), 0.01)
		}, "The cut is at another place"},
		{func(flows dataframe.DataFrame) []float64 { // fitted on the attacks
			x := scaledBy(inLogs(flows), inLogs(flows))
			return svmScores(rowsLabelled(x, labkit.Must(labkit.Labels(flows)), true), x, 0.1)
		}, "does the model know the attacks?"},
		{func(flows dataframe.DataFrame) []float64 { // the duration alone
			tamed := labkit.Must(labkit.Log(flows, "duration"))
			return svmScores(scaledBy(tamed, normalFlows(tamed)), scaledBy(tamed, tamed), 0.1)
		}, "the duration is in logarithms, and the rates are not"},
		{func(flows dataframe.DataFrame) []float64 { // nu is not set
			tamed := inLogs(flows)
			return svmScores(scaledBy(tamed, normalFlows(tamed)), scaledBy(tamed, tamed), 0.5)
		}, "half of the normal flows are outside"},
		{func(flows dataframe.DataFrame) []float64 { // only the normal flows in logarithms
			return svmScores(scaledBy(flows, inLogs(normalFlows(flows))), scaledBy(flows, flows), 0.1)
		}, "The flows are ranked in another order already: compare what"},
		{func(flows dataframe.DataFrame) []float64 {
			tamed := inLogs(flows)
			return svmScores(scaledBy(tamed, tamed), scaledBy(tamed, normalFlows(tamed)), 0.1)
		}, "There are 900 scores: want 1000, one for each row."},
		{func(flows dataframe.DataFrame) []float64 {
			tamed := inLogs(flows)
			return negated(svmScores(scaledBy(tamed, normalFlows(tamed)), scaledBy(tamed, tamed), 0.1))
		}, "the scores are upside down"},
		{func(flows dataframe.DataFrame) []float64 { x := scaledBy(flows, flows); return svmScores(x, x, 0.1) }, "The flows are ranked in another order already: compare what"},
		{func(flows dataframe.DataFrame) []float64 {
			tamed := inLogs(inLogs(flows))
			return svmScores(scaledBy(tamed, normalFlows(tamed)), scaledBy(tamed, tamed), 0.1)
		}, "your function(flows = a frame of 1000 rows) panicked:"},
		{func(flows dataframe.DataFrame) []float64 {
			tamed := inLogs(flows)
			return svmScores(scaledBy(tamed, normalFlows(tamed)), labkit.Must(labkit.Features(tamed)), 0.1)
		}, "the training rows are scaled, and those that are scored are not"},
	},
}

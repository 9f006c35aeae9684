package check

import (
	"math"

	"github.com/go-gota/gota/dataframe"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var oneClassSVMTests = []exerciseTest{
	{
		exercise: rbfKernel,
		check:    RBFKernel,
		byHand: []example{
			{exam.Input{[]float64{3, 0}, []float64{0, 4}, 0.1}, 0.0820849986}, // e^-2.5: the distance is 5
			{exam.Input{[]float64{7, 8}, []float64{7, 8}, 3.0}, 1.0},
		},
		right: []any{
			func(a, b []float64, gamma float64) float64 {
				return math.Exp(-gamma * math.Pow(floats.Distance(a, b, 2), 2))
			},
			func(a, b []float64, gamma float64) float64 { // the published alternative
				product := 1.0
				for i := range a {
					product *= math.Exp(-gamma * (a[i] - b[i]) * (a[i] - b[i]))
				}
				return product
			},
		},
		wrong: []wrongAnswer{
			{func(a, b []float64, gamma float64) float64 {
				sum := 0.0
				for i := range a {
					sum += gamma * math.Pow(a[i]-b[i], 2)
				}
				return -sum
			}, "logarithm of the one wanted"},
			{func(a, b []float64, gamma float64) float64 {
				return 1 - math.Exp(-gamma*math.Pow(floats.Distance(a, b, 2), 2))
			}, "1 minus the one wanted"},
			{func(a, b []float64, gamma float64) float64 { return math.Exp(-gamma * floats.Distance(a, b, 2)) }, "took its root first"},
			{func(a, b []float64, gamma float64) float64 { return 1 / math.Exp(-gamma*squaredDistance(a, b)) }, "minus is missing"},
			{func(a, b []float64, gamma float64) float64 {
				sum := 0.0
				for i := range a {
					sum = (a[i] - b[i]) * (a[i] - b[i])
				}
				return math.Exp(-gamma * sum)
			}, "want 0.082085"},
			{func(a, b []float64, gamma float64) float64 {
				for i := range a {
					a[i] -= b[i]
				}
				return math.Exp(-gamma * floats.Dot(a, a))
			}, "changed its argument a"},
			{func(a, b []float64, gamma float64) float64 {
				return math.Exp(-gamma * (a[0]*a[0] - 2*a[0]*b[0] + b[0]*b[0]))
			}, "Only the first column"},
			{func(a, b []float64, gamma float64) float64 { return math.Exp(-gamma * (a[1] - b[1])) }, "numbered from 0"},
		},
	},
	{
		exercise: worseThanCoin,
		check:    WorseThanCoin,
		right: []any{func() string { // the published alternative
			flows := storyFlows(42)
			x, labels := scaledBy(flows, flows), labkit.Must(labkit.Labels(flows))
			model := labkit.Must(labkit.OneClassSVM{Nu: 0.1, Gamma: 4.71e-07}.Fit(rowsLabelled(x, labels, false)))
			if labkit.Must(labkit.ROCAUC(labkit.Must(model.Score(x)), labels)) > 0.5 {
				return "C"
			}
			return "A"
		}},
		wrong: []wrongAnswer{
			{func() string { return "A" }, "chance gives 0.5"},
			{func() string { return "B" }, "does not depend on a threshold"},
			{func() string { return "D" }, "the sign is right"},
			{func() string { return "c" }, `"c" is not one of the options ["A" "B" "C" "D"]`},
		},
	},
	{
		exercise: svmNormal,
		check:    SVMNormal,
		// The two normal rows are -1 and 1, so gamma is 1 and each has half of
		// the weight 0.1 · 2. The boundary runs through them, at the height
		// 0.1 + 0.1e^-4; at 3 the height is 0.1e^-4 + 0.1e^-16.
		byHand: []example{{
			exam.Input{mat.NewDense(3, 1, []float64{-1, 3, 1}), []bool{false, true, false}},
			[]float64{0, 0.1 - 0.1*math.Exp(-16), 0},
		}},
		right: []any{func(x *mat.Dense, labels []bool) []float64 { // the published alternative
			train := mat.NewDense(len(labels)-labkit.CountTrue(labels), x.RawMatrix().Cols, nil)
			row := 0
			for i, attack := range labels {
				if !attack {
					train.SetRow(row, x.RawRowView(i))
					row++
				}
			}
			return labkit.Must(labkit.Must(labkit.OneClassSVM{Nu: 0.1}.Fit(train)).Score(x))
		}},
		wrong: []wrongAnswer{
			{func(x *mat.Dense, labels []bool) []float64 {
				return labkit.Must(labkit.OneClassSVM{Nu: 0.1}.Fit(x)).TrainScores()
			}, "fitted on all rows"},
			{func(x *mat.Dense, labels []bool) []float64 {
				return svmScores(rowsLabelled(x, labels, false), x, 0.01)
			}, "Nu is 0.01 here"},
			{func(x *mat.Dense, labels []bool) []float64 {
				return svmScores(mat.DenseCopyOf(x.Slice(0, 900, 0, 8)), x, 0.1)
			}, "the first nine tenths of the rows are not the normal ones"}, // as if the normal rows came first
			{func(x *mat.Dense, labels []bool) []float64 {
				scores := make([]float64, len(labels))
				for i, attack := range labels {
					if attack {
						scores[i] = 1
					}
				}
				return scores
			}, "F1 is 1.000 and ROC AUC 1.000, as the labels themselves"},
			{func(x *mat.Dense, labels []bool) []float64 { return nil }, "There are 0 scores: want 1000"},
			{func(x *mat.Dense, labels []bool) []float64 {
				return append([]float64{math.NaN()}, make([]float64, len(labels)-1)...)
			}, "Score 0 is NaN"},
			{func(x *mat.Dense, labels []bool) []float64 { return make([]float64, len(labels)) }, "F1 is 0.000 and ROC AUC 0.500"},
		},
	},
	{
		exercise: svmLogs,
		check:    SVMLogs,
		right: []any{
			func(flows dataframe.DataFrame) []float64 { // the published alternative: a scaler of normal flows
				tamed := inLogs(flows)
				x := labkit.Must(labkit.Features(tamed))
				train := labkit.Must(labkit.Features(normalFlows(tamed)))
				scaler := labkit.Must(labkit.RobustScaler{}.Fit(train))
				model := labkit.Must(labkit.OneClassSVM{Nu: 0.1}.Fit(labkit.Must(scaler.Transform(train))))
				return labkit.Must(model.Score(labkit.Must(scaler.Transform(x))))
			},
			func(flows dataframe.DataFrame) []float64 { // rows of the matrix, by the labels
				x := scaledBy(inLogs(flows), inLogs(flows))
				return svmScores(rowsLabelled(x, labkit.Must(labkit.Labels(flows)), false), x, 0.1)
			},
		},
		wrong: []wrongAnswer{
			{func(flows dataframe.DataFrame) []float64 {
				rates := labkit.Must(labkit.Log1p(flows, "bytes_per_second"))
				return svmScores(scaledBy(rates, normalFlows(rates)), scaledBy(rates, rates), 0.1)
			}, "F1 is 0.692 and ROC AUC 0.992: only bytes_per_second is in logarithms"},
			{func(flows dataframe.DataFrame) []float64 {
				labkit.Must(labkit.Log1p(flows, "bytes_per_second", "packets_per_second", "bytes_per_packet"))
				labkit.Must(labkit.Log(flows, "duration"))
				return svmScores(scaledBy(flows, normalFlows(flows)), scaledBy(flows, flows), 0.1)
			}, "go on with that"},
			{func(flows dataframe.DataFrame) []float64 {
				tamed := inLogs(flows)
				return svmScores(scaledBy(tamed, normalFlows(tamed)), scaledBy(tamed, tamed), 0.05)
			}, "F1 is 0.806 and ROC AUC 1.000: want 0.680 and 1.000."},
			{func(flows dataframe.DataFrame) []float64 {
				train := inLogs(normalFlows(flows))
				return labkit.Must(labkit.OneClassSVM{Nu: 0.1}.Fit(scaledBy(train, train))).TrainScores()
			}, "There are 900 scores: want 1000"},
			{func(flows dataframe.DataFrame) []float64 {
				tamed := labkit.Must(labkit.Log(flows, "bytes_ratio", "is_well_known_port"))
				return svmScores(scaledBy(tamed, tamed), scaledBy(tamed, tamed), 0.1)
			}, "panicked: labkit: Log: column"},
		},
	},
}

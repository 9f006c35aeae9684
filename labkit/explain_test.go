package labkit

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// A value far out in one column is what the row is flagged for, whichever
// column and detector it is, with the exact method (6 columns) and the sampled
// one (12).
func TestExplainFindsThePlantedColumn(t *testing.T) {
	for _, cols := range []int{6, 12} {
		r := rand.New(rand.NewPCG(1, 2))
		x := mat.NewDense(300, cols, nil)
		x.Apply(func(_, _ int, _ float64) float64 { return r.NormFloat64() }, x)
		for j := range cols {
			x.Set(j, j, 10*float64(1-j%2*2)) // row j, on one side or the other
		}
		checkPlanted(t, fmt.Sprint(cols, " columns"), x, cols, func(row int) int { return row })
	}
}

// A value that is ordinary for the data and wrong for the row's own cluster is
// found by comparing with the rows that are like it otherwise.
func TestExplainFindsAValueOfAnotherCluster(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	const cols = 4
	x := mat.NewDense(300, cols, nil)
	x.Apply(func(i, j int, _ float64) float64 { return float64(10*(i%2)) + 0.5*r.NormFloat64() }, x)
	for j := range cols {
		x.Set(2*j, j, 10)
		x.Set(2*j+1, j, 0)
	}
	checkPlanted(t, "two clusters", x, 2*cols, func(row int) int { return row / 2 })
}

// checkPlanted explains the first rows of x, in each of which something was
// planted in one column.
func checkPlanted(t *testing.T, data string, x *mat.Dense, planted int, column func(row int) int) {
	t.Helper()
	_, cols := x.Dims()
	before := mat.DenseCopyOf(x)
	for _, d := range threeDetectors {
		explanations := Must(Explain(Must(d.Fit(x)), x, x.Slice(0, planted, 0, cols).(*mat.Dense)))
		for row, e := range explanations {
			if got, want := e.Ranking()[0], column(row); got != want {
				t.Errorf("%T, %s: row %d has contributions %.3f: want column %d first, not %d", d, data, row, e.Contributions, want, got)
			}
		}
	}
	if !mat.Equal(before, x) {
		t.Errorf("%s: Explain changed its input", data)
	}
}

// The parts add up, for a combination as for a detector.
func TestExplanationsAddUp(t *testing.T) {
	flows := Must(AddFeatures(GenerateFlows(42)))
	x := Must(Features(flows))
	scaled := Must(Must(RobustScaler{}.Fit(x)).Transform(x))
	few := scaled.Slice(0, 3, 0, 8).(*mat.Dense)
	model := Must(RankAverage{Detectors: []Detector{IsolationForest{}, LocalOutlierFactor{}}}.Fit(scaled))
	scores := Must(model.Score(few))
	for i, e := range Must(Explain(model, scaled, few)) {
		sum := e.Ordinary
		for _, c := range e.Contributions {
			sum += c
		}
		if math.Abs(sum-e.Score) > 1e-12 || math.Abs(e.Score-scores[i]) > 1e-12 {
			t.Errorf("row %d: ordinary and contributions give %v, Score is %v, the model's %v", i, sum, e.Score, scores[i])
		}
	}
}

// A formulaModel scores a row by a formula, so that Shapley values are known.
type formulaModel struct {
	formula func(row []float64) float64
	train   *mat.Dense
}

func (m formulaModel) Score(x *mat.Dense) ([]float64, error) {
	rows, _ := x.Dims()
	scores := make([]float64, rows)
	for i := range scores {
		scores[i] = m.formula(x.RawRowView(i))
	}
	return scores, nil
}

func (m formulaModel) TrainScores() []float64 { return Must(m.Score(m.train)) }

// By hand: with every ordinary row at 0, the score a + 2b + 6cd has the parts
// a, 2b, and half of 6cd for either of c and d; e does not matter.
func TestShapleyValuesByHand(t *testing.T) {
	m := formulaModel{func(v []float64) float64 { return v[0] + 2*v[1] + 6*v[2]*v[3] }, mat.NewDense(4, 5, nil)}
	want := []float64{3, -2, 3, 3, 0}
	row := mat.NewDense(1, 5, []float64{3, -1, 1, 1, 9})
	e := Must(Explain(m, m.train, row))[0]
	if e.Score != 7 || e.Ordinary != 0 || !almostEqual(e.Contributions, want, 1e-12) {
		t.Errorf("explanation is %+v: want score 7, ordinary 0, contributions %v", e, want)
	}
	if got := e.Ranking(); !slices.Equal(got, []int{0, 2, 3, 4, 1}) && !slices.Equal(got[3:], []int{4, 1}) {
		t.Errorf("ranking is %v: want column 4 and 1 last", got)
	}
	// Products of two columns come out exactly when each order is gone
	// through in both directions.
	sampled := Must(explainBySampling(m, row.RawRowView(0), [][]float64{make([]float64, 5)}))
	if sampled.Score != 7 || !almostEqual(sampled.Contributions, want, 1e-12) {
		t.Errorf("by sampling the explanation is %+v: want contributions %v", sampled, want)
	}
}

// Sampling comes close to trying all sets, for a score that is no product.
func TestSampledShapleyValues(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	x := mat.NewDense(200, 8, nil)
	x.Apply(func(_, _ int, _ float64) float64 { return r.NormFloat64() }, x)
	x.SetRow(0, []float64{4, 0, 3, 0, 0, 2, 0, 1})
	for _, d := range threeDetectors {
		model := Must(d.Fit(x))
		ordinary := Must(newOrdinaryRows(model.TrainScores(), x))
		refs := ordinary.nearest(x.RawRowView(0))
		exact := Must(explainExactly(model, x.RawRowView(0), refs))
		sampled := Must(explainBySampling(model, x.RawRowView(0), refs))
		tolerance := 0.05 * (exact.Score - exact.Ordinary)
		if !almostEqual(exact.Contributions, sampled.Contributions, tolerance) || math.Abs(exact.Ordinary-sampled.Ordinary) > 1e-12 {
			t.Errorf("%T: sampled %.4f: exact %.4f", d, sampled.Contributions, exact.Contributions)
		}
	}
}

func almostEqual(a, b []float64, tolerance float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Abs(x-y) <= tolerance })
}

func TestExplainFaults(t *testing.T) {
	x := mat.NewDense(4, 2, []float64{0, 0, 1, 0, 0, 1, 1, 1})
	model := Must(LocalOutlierFactor{Neighbors: 2}.Fit(x))
	for want, err := range map[string]error{
		"train has 3 rows: the model was fitted on 4": explainError(model, x.Slice(0, 3, 0, 2).(*mat.Dense), x),
		"matrix has 1 columns":                        explainError(model, x, mat.NewDense(1, 1, nil)),
		"matrix is empty":                             explainError(model, x, &mat.Dense{}),
		"the model is nil":                            explainError(nil, x, x),
		"matrix is empty: want at least one row":      explainError(model, nil, x),
		"row 0, column 1 is NaN":                      explainError(model, x, mat.NewDense(1, 2, []float64{0, math.NaN()})),
		"row 0, column 0 is +Inf":                     explainError(model, mat.NewDense(1, 2, []float64{math.Inf(1), 0}), x),
		"row 0: labkit: LocalOutlierFactor: row":      explainError(model, x, mat.NewDense(1, 2, []float64{1e200, 0})),
	} {
		if err == nil || !strings.HasPrefix(err.Error(), "labkit: Explain: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("error is %v: want one of Explain that says %q", err, want)
		}
	}
}

func explainError(model Model, train, x *mat.Dense) error {
	_, err := Explain(model, train, x)
	return err
}

package labkit

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"sort"
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
		explanations := Must(Must(NewExplainer(Must(d.Fit(x)), x)).Explain(x.Slice(0, planted, 0, cols).(*mat.Dense)))
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
	for i, e := range Must(Must(NewExplainer(model, scaled)).Explain(few)) {
		sum := e.Ordinary
		for _, c := range e.Contributions {
			sum += c
		}
		if math.Abs(sum-e.Score) > 1e-12 || math.Abs(e.Score-scores[i]) > 1e-12 {
			t.Errorf("row %d: ordinary and contributions give %v, Score is %v, the model's %v", i, sum, e.Score, scores[i])
		}
	}
}

// Rows at equal distances, such as copies, come in the order of a stable sort
// of all of them.
func TestExplainerFindsTheNearest(t *testing.T) {
	x := normalRows(7, 400, 3)
	x.Apply(func(_, _ int, v float64) float64 { return math.Round(v) }, x)
	e := Must(NewExplainer(Must(IsolationForest{}.Fit(x)), x))
	n, _ := e.ordinary.Dims()
	distance := make([]float64, n)
	for _, row := range [][]float64{{0, 0, 0}, {1, -1, 9}, {-3, 2, 0.5}} {
		order := make([]int, n)
		for i := range n {
			order[i], distance[i] = i, 0
			for j, v := range e.ordinary.RawRowView(i) {
				distance[i] += min(math.Abs(v-row[j])/e.spread[j], farthest)
			}
		}
		sort.SliceStable(order, func(a, b int) bool { return distance[order[a]] < distance[order[b]] })
		for k, got := range e.nearest(row) {
			if want := e.ordinary.RawRowView(order[k]); &got[0] != &want[0] {
				t.Errorf("%v: place %d has %v, want %v", row, k, got, want)
			}
		}
	}
}

// An Explainer holds what it needs: the matrix given to it may change.
func TestExplainerIsOnItsOwn(t *testing.T) {
	x := normalRows(1, 100, 3)
	row := mat.NewDense(1, 3, []float64{4, 0, -1})
	model := Must(IsolationForest{}.Fit(x))
	e := Must(NewExplainer(model, x))
	want := Must(e.Explain(row))
	x.Zero()
	if got := Must(e.Explain(row)); !reflect.DeepEqual(got, want) {
		t.Errorf("explanation is %+v after the training matrix changed, was %+v", got, want)
	}
}

func TestExplainFaults(t *testing.T) {
	x := mat.NewDense(4, 2, []float64{0, 0, 1, 0, 0, 1, 1, 1})
	model := Must(LocalOutlierFactor{Neighbors: 2}.Fit(x))
	explainer := Must(NewExplainer(model, x))
	for want, err := range map[string]error{
		"NewExplainer: train has 3 rows: the model was fitted on 4": newExplainerError(model, x.Slice(0, 3, 0, 2).(*mat.Dense)),
		"NewExplainer: the model is nil":                            newExplainerError(nil, x),
		"NewExplainer: matrix is empty: want at least one row":      newExplainerError(model, nil),
		"NewExplainer: row 0, column 0 is +Inf":                     newExplainerError(model, mat.NewDense(1, 2, []float64{math.Inf(1), 0})),
		"Explain: matrix has 1 columns":                             explainError(explainer, mat.NewDense(1, 1, nil)),
		"Explain: matrix is empty":                                  explainError(explainer, &mat.Dense{}),
		"Explain: row 0, column 1 is NaN":                           explainError(explainer, mat.NewDense(1, 2, []float64{0, math.NaN()})),
		"Explain: row 0: LocalOutlierFactor: row":                   explainError(explainer, mat.NewDense(1, 2, []float64{1e200, 0})),
	} {
		wantError(t, want, err, "labkit: "+want)
	}
}

func newExplainerError(model Model, train *mat.Dense) error {
	_, err := NewExplainer(model, train)
	return err
}

func explainError(e *Explainer, x *mat.Dense) error {
	_, err := e.Explain(x)
	return err
}

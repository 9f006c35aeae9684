package labkit

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/internal/smo"
)

// Six of the seven values lie together. With Nu = 0.5 the boundary runs through
// the middle of them; the fifth value lies far outside.
func ExampleOneClassSVM() {
	x := mat.NewDense(7, 1, []float64{1.0, 1.2, 0.9, 1.1, 5.0, 1.0, 0.8})
	model := Must(OneClassSVM{Nu: 0.5}.Fit(x))
	for i, score := range model.TrainScores() {
		fmt.Printf("%.1f lies %.2f outside\n", x.At(i, 0), max(0, score))
	}
	// Output:
	// 1.0 lies 0.00 outside
	// 1.2 lies 0.04 outside
	// 0.9 lies 0.00 outside
	// 1.1 lies 0.00 outside
	// 5.0 lies 1.44 outside
	// 1.0 lies 0.00 outside
	// 0.8 lies 0.04 outside
}

// TestOneClassSVMByHand has two rows at distance 1 and Gamma = ln 2, so that
// K = 1/2. Both get the weight Nu = 1/2 and lie on the boundary: ρ = 3/4. A row
// at distance 2 and 3 from them sees the bumps 1/16 and 1/512.
func TestOneClassSVMByHand(t *testing.T) {
	model, err := OneClassSVM{Gamma: math.Ln2}.Fit(mat.NewDense(2, 1, []float64{3, 4}))
	if err != nil {
		t.Fatal(err)
	}
	compareSVM(t, "train", model.TrainScores(), []float64{0, 0}, 1e-15)
	got, err := model.Score(mat.NewDense(2, 1, []float64{6, 1e9}))
	if err != nil {
		t.Fatal(err)
	}
	compareSVM(t, "new", got, []float64{0.75 - (1.0/16+1.0/512)/2, 0.75}, 1e-15)
}

// TestOneClassSVMDefaultGamma computes 1/(columns · variance): the entries
// 0, 2, 4, 6 have the variance 5.
func TestOneClassSVMDefaultGamma(t *testing.T) {
	x := mat.NewDense(2, 2, []float64{0, 2, 4, 6})
	byDefault, explicit := Must(OneClassSVM{}.Fit(x)), Must(OneClassSVM{Nu: 0.5, Gamma: 0.1}.Fit(x))
	query := mat.NewDense(1, 2, []float64{1, 1})
	compareSVM(t, "gamma", Must(byDefault.Score(query)), Must(explicit.Score(query)), 0)
}

// TestOneClassSVMNuOne: with Nu = 1 every row has the weight 1 and ρ is the
// number of rows. The third row is far away, so it sees only its own bump.
func TestOneClassSVMNuOne(t *testing.T) {
	model := Must(OneClassSVM{Nu: 1, Gamma: math.Ln2}.Fit(mat.NewDense(3, 1, []float64{0, 1, 1000})))
	compareSVM(t, "train", model.TrainScores(), []float64{1.5, 1.5, 2}, 1e-15)
}

// TestOneClassSVMSearch compares the search with scikit-learn's: the provenance
// of the files is in testdata/README.md and, for seed 42, in its generator.
func TestOneClassSVMSearch(t *testing.T) {
	var lab struct {
		Gamma      float64  `json:"oc_gamma"`
		Offset     float64  `json:"oc_offset"`
		Iterations int      `json:"oc_n_iter"`
		Support    []int    `json:"oc_support"`
		Dual       []string `json:"oc_dual"`
	}
	readJSON(t, "seed42_meta.json", &lab)
	x := readMatrix(t, "seed42_scaled.csv")
	if got := variance(x.RawMatrix().Data); 1/(8*got) != lab.Gamma {
		t.Errorf("seed 42: Gamma is %v, want %v", 1/(8*got), lab.Gamma)
	}
	compareSearch(t, "seed 42", x, smo.Problem{Cols: 8, Gamma: lab.Gamma, Nu: 0.1},
		lab.Iterations, lab.Offset, lab.Support, lab.Dual)

	var small struct {
		Gamma, Nu  float64
		Iterations int    `json:"n_iter"`
		Offset     string `json:"offset"`
		Support    []int
		Dual       []string
	}
	readJSON(t, "ocsvm_shrink_meta.json", &small)
	x = mat.DenseCopyOf(readMatrix(t, "ocsvm_shrink.csv").Slice(0, 30, 0, 2))
	compareSearch(t, "shrink", x, smo.Problem{Cols: 2, Gamma: small.Gamma, Nu: small.Nu},
		small.Iterations, number(t, small.Offset), small.Support, small.Dual)
}

// compareSearch solves p for the rows of x and compares every result.
func compareSearch(t *testing.T, name string, x *mat.Dense, p smo.Problem, iterations int, rho float64, support []int, dual []string) {
	t.Helper()
	p.Points = x.RawMatrix().Data
	got, err := smo.Solve(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if got.Iterations != iterations {
		t.Errorf("%s: %d iterations, want %d", name, got.Iterations, iterations)
	}
	if math.Abs(got.Rho-rho) > 1e-12 {
		t.Errorf("%s: ρ is %v, want %v", name, got.Rho, rho)
	}
	if !slices.Equal(got.Support, support) {
		t.Fatalf("%s: support vectors %v, want %v", name, got.Support, support)
	}
	for s, text := range dual {
		if want := number(t, text); math.Abs(got.Alpha[s]-want) > 1e-12 {
			t.Errorf("%s: row %d has weight %v, want %v", name, support[s], got.Alpha[s], want)
		}
	}
}

// TestOneClassSVMScores compares scores and labels with scikit-learn's.
func TestOneClassSVMScores(t *testing.T) {
	for _, test := range []struct {
		name     string
		detector OneClassSVM
		x        *mat.Dense
		decision []float64
	}{
		{"seed 42", OneClassSVM{Nu: 0.1}, readMatrix(t, "seed42_scaled.csv"), readMatrix(t, "seed42_scores.csv", "oc_decision").RawMatrix().Data},
		{"shrink", OneClassSVM{Gamma: 3}, mat.DenseCopyOf(readMatrix(t, "ocsvm_shrink.csv").Slice(0, 30, 0, 2)), readMatrix(t, "ocsvm_shrink.csv", "oc_decision").RawMatrix().Data},
	} {
		model, err := test.detector.Fit(test.x)
		if err != nil {
			t.Fatal(err)
		}
		compareDecisions(t, test.name, model.TrainScores(), test.decision)
	}
}

// TestOneClassSVMNewRows fits on the rows of a file that are not marked new and
// compares the scores of both sorts with scikit-learn's.
func TestOneClassSVMNewRows(t *testing.T) {
	for file, detector := range map[string]OneClassSVM{
		"svm_clusters.csv": {Nu: 0.2},
		"svm_ties.csv":     {Nu: 0.3, Gamma: 0.5},
	} {
		table := readMatrix(t, file)
		rows, cols := table.Dims()
		decision := mat.Col(nil, cols-1, table)
		train := slices.Index(mat.Col(nil, 0, table), 1) // new rows come last
		model, err := detector.Fit(table.Slice(0, train, 1, cols-1).(*mat.Dense))
		if err != nil {
			t.Fatal(err)
		}
		compareDecisions(t, file+", train", model.TrainScores(), decision[:train])
		scores, err := model.Score(table.Slice(train, rows, 1, cols-1).(*mat.Dense))
		if err != nil {
			t.Fatal(err)
		}
		compareDecisions(t, file+", new", scores, decision[train:])
	}
}

// compareDecisions compares scores with the decision values of scikit-learn,
// and the side of the boundary on which they lie.
func compareDecisions(t *testing.T, name string, scores, decision []float64) {
	t.Helper()
	want := make([]float64, len(decision))
	for i, d := range decision {
		want[i] = -d
		if outside := scores[i] > 0; outside != !(d > 0) {
			t.Errorf("%s: row %d has score %v, decision value %v: other side of the boundary", name, i, scores[i], d)
		}
	}
	compareSVM(t, name, scores, want, 1e-11)
}

// TestOneClassSVMNu holds the share of rows outside, and of support vectors,
// against Nu.
func TestOneClassSVMNu(t *testing.T) {
	const rows, slack = 500, 2e-3
	x := normalRows(1, rows, 3)
	for _, nu := range []float64{0.02, 0.1, 0.5, 0.9} {
		model := Must(OneClassSVM{Nu: nu}.Fit(x)).(*oneClassModel)
		outside := 0
		for _, score := range model.TrainScores() {
			if score > slack {
				outside++
			}
		}
		if float64(outside) > nu*rows {
			t.Errorf("Nu %v: %d of %d rows lie outside", nu, outside, rows)
		}
		if got := len(model.alpha); float64(got) < nu*rows-1e-6 {
			t.Errorf("Nu %v: %d support vectors for %d rows", nu, got, rows)
		}
	}
}

// TestOneClassSVMLaws checks what must not depend on how the data are written
// down.
func TestOneClassSVMLaws(t *testing.T) {
	const rows, cols = 200, 3
	x := normalRows(2, rows, cols)
	original := mat.DenseCopyOf(x)
	detector := OneClassSVM{Nu: 0.1}
	model := Must(detector.Fit(x))
	want := model.TrainScores()

	if !mat.Equal(x, original) {
		t.Error("Fit changes its argument")
	}
	x.Set(0, 0, 99)
	compareSVM(t, "x changed after Fit", model.TrainScores(), want, 0)
	model.TrainScores()[0] = 99
	compareSVM(t, "TrainScores changed by the caller", model.TrainScores(), want, 0)
	x.Copy(original)
	compareSVM(t, "Score of the training rows", Must(model.Score(x)), want, 0)

	var scaled mat.Dense
	scaled.Scale(1024, x)
	compareSVM(t, "scaled by a power of 2", Must(detector.Fit(&scaled)).TrainScores(), want, 0)

	part := mat.NewDense(rows, cols+2, nil).Slice(0, rows, 1, cols+1).(*mat.Dense)
	part.Copy(x)
	compareSVM(t, "part of a larger matrix", Must(detector.Fit(part)).TrainScores(), want, 0)

	var twice mat.Dense
	twice.Stack(x, x)
	doubled := Must(detector.Fit(&twice)).TrainScores()
	for i := range doubled {
		doubled[i] /= 2 // the unit of a score is the weight of one row
	}
	compareSVM(t, "every row twice", doubled[:rows], want, 5e-3)
	compareSVM(t, "every row twice, copies", doubled[rows:], doubled[:rows], 0)

	x.SetRow(7, []float64{50, -50, 50})
	planted := Must(detector.Fit(x)).TrainScores()
	if slices.Index(planted, slices.Max(planted)) != 7 {
		t.Error("a row far from all others does not have the highest score")
	}
}

func TestOneClassSVMIsReproducible(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	x := normalRows(3, 3000, 4)
	var want []float64
	for _, procs := range []int{1, 2, 8} {
		runtime.GOMAXPROCS(procs)
		got := Must(OneClassSVM{Nu: 0.05}.Fit(x)).TrainScores()
		if want == nil {
			want = got
		}
		compareSVM(t, fmt.Sprintf("GOMAXPROCS %d", procs), got, want, 0)
	}
}

func TestOneClassSVMErrors(t *testing.T) {
	x := mat.NewDense(3, 1, []float64{1, 2, 4})
	far := mat.NewDense(3, 1, []float64{1, 2, 1e160})
	tiny := mat.NewDense(3, 1, []float64{0, 1e-170, 2e-170})
	stamps := mat.NewDense(60, 1, nil)
	for i := range 60 {
		stamps.Set(i, 0, 1.7e9+math.Sin(float64(i)))
	}
	for _, test := range []struct {
		detector OneClassSVM
		x        *mat.Dense
		want     string
	}{
		{OneClassSVM{Nu: -0.1}, x, "Nu is -0.1: want a number in (0, 1]"},
		{OneClassSVM{Nu: 1.1}, x, "Nu is 1.1: want"},
		{OneClassSVM{Nu: math.NaN()}, x, "Nu is NaN: want"},
		{OneClassSVM{Gamma: -1}, x, "Gamma is -1: want a finite number above 0"},
		{OneClassSVM{Gamma: math.NaN()}, x, "Gamma is NaN: want"},
		{OneClassSVM{Gamma: math.Inf(1)}, x, "Gamma is +Inf: want"},
		{OneClassSVM{}, mat.NewDense(1, 2, []float64{1, 2}), "one row"},
		{OneClassSVM{}, mat.NewDense(2, 1, []float64{1, math.NaN()}), "row 1, column 0 is NaN"},
		{OneClassSVM{}, far, "row 2 has squared length"},
		{OneClassSVM{}, tiny, "variance of all entries is 0"},
		{OneClassSVM{}, stamps, "centre the columns"},
	} {
		_, err := test.detector.Fit(test.x)
		if err == nil || !strings.HasPrefix(err.Error(), "labkit: OneClassSVM: ") || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: got error %v, want one with %q", test.detector, err, test.want)
		}
	}
	if _, err := Must(OneClassSVM{}.Fit(x)).Score(mat.NewDense(1, 2, nil)); err == nil {
		t.Error("Score of a matrix with another number of columns: no error")
	}
}

func BenchmarkOneClassSVM(b *testing.B) {
	for _, rows := range []int{1000, 5000, 20000} {
		x := normalRows(4, rows, 8)
		detector := OneClassSVM{Nu: 0.1}
		b.Run(fmt.Sprintf("Fit/rows=%d", rows), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Must(detector.Fit(x))
			}
		})
		model := Must(detector.Fit(x))
		b.Run(fmt.Sprintf("Score/rows=%d", rows), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Must(model.Score(x))
			}
		})
	}
}

func compareSVM(t *testing.T, name string, got, want []float64, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d scores, want %d", name, len(got), len(want))
	}
	for i := range want {
		if !(math.Abs(got[i]-want[i]) <= tolerance) {
			t.Errorf("%s: score of row %d is %v, want %v", name, i, got[i], want[i])
		}
	}
}

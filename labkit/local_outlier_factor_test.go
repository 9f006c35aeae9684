package labkit

import (
	"cmp"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// TestLOFByHand takes the points 0, 1, 3, 7 on a line and k = 2.
//
//	point  neighbours (distance)  k-distance  reachability distances      density
//	0      1 (1), 3 (3)           3           max(1, 2) = 2, max(3, 3) = 3  2/5
//	1      0 (1), 3 (2)           2           max(1, 3) = 3, max(2, 3) = 3  1/3
//	3      1 (2), 0 (3)           3           max(2, 2) = 2, max(3, 3) = 3  2/5
//	7      3 (4), 1 (6)           6           max(4, 3) = 4, max(6, 2) = 6  1/5
//
// The factors are the mean density of the neighbours over the point's own:
//
//	0: (1/3 + 2/5)/2 / (2/5) = 11/12
//	1: (2/5 + 2/5)/2 / (1/3) = 6/5
//	3: (1/3 + 2/5)/2 / (2/5) = 11/12
//	7: (2/5 + 1/3)/2 / (1/5) = 11/6
//
// New points do not change the densities of the old ones. The neighbours of 8
// are 7 (1) and 3 (5), the reachability distances max(1, 6) = 6 and
// max(5, 3) = 5, its density 2/11 and its factor (1/5 + 2/5)/2 / (2/11) = 33/20.
// A new point at 7 has the old one for a neighbour: 7 (0) and 3 (4) give 6 and
// 4, a density of 1/5 and a factor of (1/5 + 2/5)/2 / (1/5) = 3/2, not 11/6.
func TestLOFByHand(t *testing.T) {
	model, err := LocalOutlierFactor{Neighbors: 2}.Fit(mat.NewDense(4, 1, []float64{0, 1, 3, 7}))
	if err != nil {
		t.Fatal(err)
	}
	// scikit-learn's constant of 1e-10 moves the factors by about as much.
	if got, want := model.TrainScores(), []float64{11. / 12, 6. / 5, 11. / 12, 11. / 6}; !floats.EqualApprox(got, want, 1e-9) {
		t.Errorf("TrainScores = %v, want %v", got, want)
	}
	got, err := model.Score(mat.NewDense(2, 1, []float64{8, 7}))
	if err != nil {
		t.Fatal(err)
	}
	if want := []float64{33. / 20, 3. / 2}; !floats.EqualApprox(got, want, 1e-9) {
		t.Errorf("Score = %v, want %v", got, want)
	}
}

// TestLOFIsTheTextbooks compares with a slow program that follows the paper
// line by line, on data without ties.
func TestLOFIsTheTextbooks(t *testing.T) {
	tests := []struct{ rows, cols, k int }{
		{5, 1, 1}, {30, 2, 3}, {30, 2, 29}, {200, 3, 20}, {200, 15, 99}, {200, 16, 20}, {200, 3, 150},
	}
	for _, test := range tests {
		x := normalRows(uint64(test.rows+test.cols), test.rows, test.cols)
		queries := normalRows(99, 20, test.cols)
		model, err := LocalOutlierFactor{Neighbors: test.k}.Fit(x)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := model.TrainScores(), textbookLOF(x, x, test.k, true); !floats.EqualApprox(got, want, 1e-8) {
			t.Errorf("%+v: TrainScores\n got %v\nwant %v", test, got, want)
		}
		got, err := model.Score(queries)
		if err != nil {
			t.Fatal(err)
		}
		if want := textbookLOF(x, queries, test.k, false); !floats.EqualApprox(got, want, 1e-8) {
			t.Errorf("%+v: Score\n got %v\nwant %v", test, got, want)
		}
	}
}

// textbookLOF returns the factors of the queries among the rows of x by the
// definitions of the paper. If same is true, query i is row i of x and is not
// its own neighbour.
func textbookLOF(x, queries *mat.Dense, k int, same bool) []float64 {
	rows, _ := x.Dims()
	distance := func(a []float64, i int) float64 { return floats.Distance(a, x.RawRowView(i), 2) }
	nearest := func(a []float64, self int) []int {
		var others []int
		for i := range rows {
			if i != self {
				others = append(others, i)
			}
		}
		slices.SortFunc(others, func(i, j int) int { return cmp.Compare(distance(a, i), distance(a, j)) })
		return others[:k]
	}
	kDistances := make([]float64, rows)
	for i := range kDistances {
		a := x.RawRowView(i)
		kDistances[i] = distance(a, nearest(a, i)[k-1])
	}
	density := func(a []float64, self int) float64 {
		sum := 0.0
		for _, i := range nearest(a, self) {
			sum += math.Max(kDistances[i], distance(a, i))
		}
		return float64(k) / sum
	}
	densities := make([]float64, rows)
	for i := range densities {
		densities[i] = density(x.RawRowView(i), i)
	}
	count, _ := queries.Dims()
	factors := make([]float64, count)
	for q := range factors {
		self := -1
		if same {
			self = q
		}
		a := queries.RawRowView(q)
		own := density(a, self)
		for _, i := range nearest(a, self) {
			factors[q] += densities[i] / own / float64(k)
		}
	}
	return factors
}

// TestLOFIsScikitLearns compares the lab's data with the reference scores of
// scikit-learn 1.9.1, to the last bit. testdata/README.md says where the
// numbers come from.
func TestLOFIsScikitLearns(t *testing.T) {
	model := Must(LocalOutlierFactor{}.Fit(readMatrix(t, "seed42_scaled.csv", FeatureColumns...)))
	want := readMatrix(t, "seed42_scores.csv", "lof_nof").RawMatrix().Data
	floats.Scale(-1, want)
	compareLOF(t, "training rows", model.TrainScores(), want)

	want = readMatrix(t, "lof_new.csv", "factor").RawMatrix().Data
	got := Must(model.Score(readMatrix(t, "lof_new.csv", FeatureColumns...)))
	compareLOF(t, "new rows", got, want)
}

// TestLOFTiesAreScikitLearns compares with scikit-learn 1.9.1 where nearly all
// distances are equal to others: 300 rows at 64 points. With 5 neighbours many
// rows have more copies than neighbours, and densities of 1e10.
func TestLOFTiesAreScikitLearns(t *testing.T) {
	const file, train = "lof_ties.csv", 300
	x := readMatrix(t, file, "a", "b", "c")
	rows, cols := x.Dims()
	for _, k := range []int{5, 20} {
		want := readMatrix(t, file, fmt.Sprintf("factor%d", k)).RawMatrix().Data
		model := Must(LocalOutlierFactor{Neighbors: k}.Fit(x.Slice(0, train, 0, cols).(*mat.Dense)))
		compareLOF(t, fmt.Sprintf("training rows, k = %d", k), model.TrainScores(), want[:train])
		got := Must(model.Score(x.Slice(train, rows, 0, cols).(*mat.Dense)))
		compareLOF(t, fmt.Sprintf("new rows, k = %d", k), got, want[train:])
	}
}

// compareLOF reports the first score that differs in any bit.
func compareLOF(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d scores, want %d", what, len(got), len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%s: row %d scores %v, want scikit-learn's %v", what, i, got[i], want[i])
			return
		}
	}
}

// TestLOFGeometry: the factor is a ratio of densities, so it does not change if
// the data are moved, turned or enlarged, all columns by the same factor.
func TestLOFGeometry(t *testing.T) {
	x := normalRows(1, 300, 2)
	model := Must(LocalOutlierFactor{}.Fit(x))
	maps := map[string]func(a, b float64) (float64, float64){
		"moved":    func(a, b float64) (float64, float64) { return a + 30, b - 5 },
		"turned":   func(a, b float64) (float64, float64) { return 0.6*a - 0.8*b, 0.8*a + 0.6*b },
		"enlarged": func(a, b float64) (float64, float64) { return 1000 * a, 1000 * b },
	}
	for name, f := range maps {
		mapped := mat.NewDense(300, 2, nil)
		for i := range 300 {
			a, b := f(x.At(i, 0), x.At(i, 1))
			mapped.SetRow(i, []float64{a, b})
		}
		got := Must(LocalOutlierFactor{}.Fit(mapped)).TrainScores()
		if !floats.EqualApprox(got, model.TrainScores(), 1e-8) {
			t.Errorf("%s: scores change by up to %v", name, floats.Distance(got, model.TrainScores(), math.Inf(1)))
		}
	}
}

// TestLOFSeesLocalOutliers plants a row near a dense cluster, in a place that
// would be ordinary in the sparse one: the case for which the method was made.
func TestLOFSeesLocalOutliers(t *testing.T) {
	x := normalRows(2, 201, 2)
	for i := range 100 {
		floats.Scale(0.01, x.RawRowView(i))
		x.Set(i, 0, x.At(i, 0)+10)
	}
	x.SetRow(200, []float64{10.2, 0.2})
	scores := Must(LocalOutlierFactor{}.Fit(x)).TrainScores()
	if got := floats.MaxIdx(scores); got != 200 {
		t.Errorf("row %d ranks first, want the planted row 200", got)
	}
}

func TestLOFLaws(t *testing.T) {
	x, queries := normalRows(3, 500, 4), normalRows(4, 100, 4)
	before := mat.DenseCopyOf(x)
	model := Must(LocalOutlierFactor{}.Fit(x))
	if !mat.Equal(x, before) {
		t.Error("Fit changes its input")
	}
	train, scores := slices.Clone(model.TrainScores()), Must(model.Score(queries))

	// Equal answers from any number of workers.
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8))
	wide := Must(LocalOutlierFactor{}.Fit(x))
	if !slices.Equal(wide.TrainScores(), train) || !slices.Equal(Must(wide.Score(queries)), scores) {
		t.Error("scores depend on GOMAXPROCS")
	}
	// Rows are scored one by one.
	for i := range scores {
		alone := Must(model.Score(queries.Slice(i, i+1, 0, 4).(*mat.Dense)))
		if alone[0] != scores[i] {
			t.Errorf("row %d scores %v alone and %v among others", i, alone[0], scores[i])
		}
	}
	// The model keeps nothing that its user holds.
	x.Zero()
	model.TrainScores()[0] = -1
	if !slices.Equal(model.TrainScores(), train) || !slices.Equal(Must(model.Score(queries)), scores) {
		t.Error("scores change with the caller's data")
	}
}

// TestLOFDefaultIsClipped: among few rows the default means all the others.
func TestLOFDefaultIsClipped(t *testing.T) {
	for _, test := range []struct{ rows, k int }{{2, 1}, {20, 19}, {21, 20}, {60, 20}} {
		x := normalRows(5, test.rows, 2)
		got := Must(LocalOutlierFactor{}.Fit(x)).TrainScores()
		want := Must(LocalOutlierFactor{Neighbors: test.k}.Fit(x)).TrainScores()
		if !slices.Equal(got, want) {
			t.Errorf("%d rows: the default is not %d neighbours", test.rows, test.k)
		}
	}
}

// TestLOFSearch checks when the tree gives way to brute force: the limits of
// scikit-learn, which decide how ties are broken.
func TestLOFSearch(t *testing.T) {
	for _, test := range []struct{ rows, cols, k, want int }{
		{1000, 15, 20, 30}, {1000, 16, 20, 1000}, {42, 2, 20, 30}, {41, 2, 20, 41}, {40, 2, 20, 40},
	} {
		if got := leafSize(test.rows, test.cols, test.k); got != test.want {
			t.Errorf("leafSize(%d, %d, %d) = %d, want %d", test.rows, test.cols, test.k, got, test.want)
		}
	}
}

func TestLOFErrors(t *testing.T) {
	x := normalRows(6, 10, 2)
	far := mat.DenseCopyOf(x)
	far.Set(4, 1, 1e200)
	notANumber := mat.DenseCopyOf(x)
	notANumber.Set(3, 1, math.NaN())
	tests := []struct {
		name     string
		detector LocalOutlierFactor
		x        *mat.Dense
		want     []string
	}{
		{"negative", LocalOutlierFactor{Neighbors: -1}, x, []string{"Neighbors is -1", "1 to 9"}},
		{"as many as rows", LocalOutlierFactor{Neighbors: 10}, x, []string{"Neighbors is 10", "1 to 9"}},
		{"NaN", LocalOutlierFactor{}, notANumber, []string{"row 3, column 1"}},
		{"empty", LocalOutlierFactor{}, &mat.Dense{}, []string{"empty"}},
		{"constant", LocalOutlierFactor{}, mat.NewDense(3, 1, nil), []string{"constant"}},
		{"too far apart", LocalOutlierFactor{Neighbors: 3}, far, []string{"row 4", "scale"}},
	}
	for _, test := range tests {
		model, err := test.detector.Fit(test.x)
		if err == nil || model != nil {
			t.Errorf("%s: Fit = %v, %v, want nil and an error", test.name, model, err)
			continue
		}
		for _, want := range append(test.want, "labkit: LocalOutlierFactor: ") {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: error %q does not say %q", test.name, err, want)
			}
		}
	}
	model := Must(LocalOutlierFactor{}.Fit(x))
	for _, bad := range []*mat.Dense{notANumber, far, {}, mat.NewDense(1, 3, nil)} {
		if scores, err := model.Score(bad); err == nil || scores != nil {
			t.Errorf("Score of a bad matrix = %v, %v, want nil and an error", scores, err)
		}
	}
}

func ExampleLocalOutlierFactor() {
	seconds := mat.NewDense(7, 1, []float64{1.0, 1.2, 0.9, 1.1, 9.5, 0.8, 1.3})
	model := Must(LocalOutlierFactor{Neighbors: 3}.Fit(seconds))
	for i, score := range model.TrainScores() {
		fmt.Printf("%.1f s: %5.2f\n", seconds.At(i, 0), score)
	}
	// Output:
	// 1.0 s:  0.86
	// 1.2 s:  1.06
	// 0.9 s:  1.06
	// 1.1 s:  1.06
	// 9.5 s: 35.57
	// 0.8 s:  1.06
	// 1.3 s:  1.06
}

func BenchmarkLocalOutlierFactor(b *testing.B) {
	for _, size := range []struct{ rows, cols int }{{1000, 8}, {10_000, 2}, {10_000, 8}, {2000, 20}} {
		x, queries := normalRows(7, size.rows, size.cols), normalRows(8, 1000, size.cols)
		name := fmt.Sprintf("rows=%d/cols=%d", size.rows, size.cols)
		b.Run("Fit/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Must(LocalOutlierFactor{}.Fit(x))
			}
		})
		b.Run("Score1000/"+name, func(b *testing.B) {
			model := Must(LocalOutlierFactor{}.Fit(x))
			b.ReportAllocs()
			for b.Loop() {
				Must(model.Score(queries))
			}
		})
	}
}

package labkit

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// The example of River's own page: three rows learned beforehand, then each row
// learned and scored.
func TestHalfSpaceTreesOnRiversExample(t *testing.T) {
	values := []float64{0.5, 0.45, 0.43, 0.44, 0.445, 0.45, 0}
	want := []float64{0.107, 0.071, 0.107, 0.107, 0.107, 0.071, 0.853}

	trees := HalfSpaceTrees{Trees: 5, Height: 3, Window: 3, Seed: 42, Low: []float64{0}, High: []float64{1}}
	learner := Must(trees.Fit(mat.NewDense(3, 1, values[:3]))).(Learner)
	for i, v := range values {
		row := mat.NewDense(1, 1, []float64{v})
		Must(learner.Learn(row))
		if got := Must(learner.Score(row))[0]; math.Abs(got-want[i]) > 0.0005 {
			t.Errorf("row %d, %v, scores %.4f, want %v", i, v, got, want[i])
		}
	}
}

func TestHalfSpaceTreesEqualRivers(t *testing.T) {
	x := readMatrix(t, "online/half_space_trees.csv", "a", "b", "c")
	want := readMatrix(t, "online/half_space_trees.csv", "score").RawMatrix().Data
	model := Must(riversTrees().Fit(x))
	for i, got := range model.TrainScores() {
		if got != want[i] {
			t.Errorf("row %d scores %v, River gives %v", i, got, want[i])
		}
	}
}

// riversTrees are those of testdata/online/online.py.
func riversTrees() HalfSpaceTrees {
	return HalfSpaceTrees{Trees: 7, Height: 5, Window: 100, Seed: 7, Low: make([]float64, 3), High: []float64{1, 1, 1}}
}

// With ranges of their own, columns in other units give the same scores, to
// the last bit if the units differ by powers of two.
func TestHalfSpaceTreesDoNotCareForUnits(t *testing.T) {
	x := readMatrix(t, "online/half_space_trees.csv", "a", "b", "c")
	want := Must(riversTrees().Fit(x)).TrainScores()
	rows, _ := x.Dims()
	for i := range rows {
		x.Set(i, 1, 1024*x.At(i, 1))
	}
	wide := riversTrees()
	wide.High = []float64{1, 1024, 1}
	if !slices.Equal(Must(wide.Fit(x)).TrainScores(), want) {
		t.Error("other scores with a column in other units")
	}
}

// A column whose range is 0 wide is never cut, and the others are as without it.
func TestHalfSpaceTreesLeaveAConstantColumnOut(t *testing.T) {
	x := normalRows(1, 300, 2)
	withConstant := mat.NewDense(300, 3, nil)
	for i := range 300 {
		withConstant.SetRow(i, []float64{x.At(i, 0), 5, x.At(i, 1)})
	}
	want := Must(HalfSpaceTrees{Window: 50}.Fit(x)).TrainScores()
	if !slices.Equal(Must(HalfSpaceTrees{Window: 50}.Fit(withConstant)).TrainScores(), want) {
		t.Error("other scores with a column that is constant")
	}
}

func TestHalfSpaceTreesRanges(t *testing.T) {
	for want, trees := range map[string]HalfSpaceTrees{
		"1 values in Low and 0 in High: want one for each of 2 columns":                                 {Low: []float64{0}},
		"2 values in Low and 1 in High: want one":                                                       {Low: []float64{0, 0}, High: []float64{1}},
		"column 1 ranges from 3 to 2: want a finite width":                                              {Low: []float64{0, 3}, High: []float64{1, 2}},
		"column 0 ranges from NaN to 1: want a finite width":                                            {Low: []float64{math.NaN(), 3}, High: []float64{1, 4}},
		"column 0 ranges from -1.7976931348623157e+308 to 1.7976931348623157e+308: want a finite width": {Low: []float64{-math.MaxFloat64, 3}, High: []float64{math.MaxFloat64, 4}},
		"no column has a range wider than 0":                                                            {Low: []float64{0, 0}, High: []float64{0, 0}},
	} {
		_, err := trees.Fit(normalRows(1, 20, 2))
		wantError(t, want, err, want)
	}
}

func BenchmarkHalfSpaceTreesLearn(b *testing.B) {
	x := normalRows(1, 10_000, 8)
	learner := Must(HalfSpaceTrees{}.Fit(x)).(Learner)
	b.ReportAllocs()
	for b.Loop() {
		Must(learner.Learn(x))
	}
	b.ReportMetric(10_000*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

package labkit

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// detectorCases are all Detectors of the package. The laws below hold for each.
var detectorCases = []struct {
	detector   Detector
	outOfRange map[string]Detector // by what the error must say
}{
	{IsolationForest{Seed: 1}, map[string]Detector{
		"Trees is -1: want at least 1":                                 IsolationForest{Trees: -1},
		"SampleSize is -2: want at least 2":                            IsolationForest{SampleSize: -2},
		"SampleSize is 1: want at least 2, or 0":                       IsolationForest{SampleSize: 1},
		"Trees is 9223372036854775807: want at most 83886 of 200 rows": IsolationForest{Trees: math.MaxInt},
		"Trees is 1099511627776: want at most 8388608 of 2 rows":       IsolationForest{Trees: 1 << 40, SampleSize: 2},
	}},
	{LocalOutlierFactor{}, map[string]Detector{
		"Neighbors is -1: want 1 to 199 for 200 rows":  LocalOutlierFactor{Neighbors: -1},
		"Neighbors is 200: want 1 to 199 for 200 rows": LocalOutlierFactor{Neighbors: 200},
	}},
	{OneClassSVM{}, map[string]Detector{
		"Nu is -0.1: want":   OneClassSVM{Nu: -0.1},
		"Nu is 1.5: want":    OneClassSVM{Nu: 1.5},
		"Nu is NaN: want":    OneClassSVM{Nu: math.NaN()},
		"Gamma is -1: want":  OneClassSVM{Gamma: -1},
		"Gamma is NaN: want": OneClassSVM{Gamma: math.NaN()},
	}},
	{HalfSpaceTrees{Window: 20}, map[string]Detector{
		"Trees is -1: want at least 1":   HalfSpaceTrees{Trees: -1},
		"Height is -1: want 1 to 20":     HalfSpaceTrees{Height: -1},
		"Height is 21: want 1 to 20":     HalfSpaceTrees{Height: 21},
		"Window is -1: want at least 1,": HalfSpaceTrees{Window: -1},
	}},
	{ZScore{}, nil},
	{IQR{}, nil},
	{RankAverage{Detectors: threeDetectors}, map[string]Detector{
		"no Detectors: want at least one": RankAverage{},
		"Trees is -1":                     RankAverage{Detectors: []Detector{IsolationForest{Trees: -1}}},
	}},
	{MajorityVote{Detectors: threeDetectors}, map[string]Detector{
		"no Detectors: want at least one":                            MajorityVote{},
		"contamination is 0.6: want a fraction in (0, 0.5]":          MajorityVote{Detectors: threeDetectors, Contamination: 0.6},
		"contamination is -0.1: want a fraction in (0, 0.5]":         MajorityVote{Detectors: threeDetectors, Contamination: -0.1},
		"contamination is NaN: want a fraction in (0, 0.5]":          MajorityVote{Detectors: threeDetectors, Contamination: math.NaN()},
		"MajorityVote: member 0: LocalOutlierFactor: Neighbors is -": MajorityVote{Detectors: []Detector{LocalOutlierFactor{Neighbors: -1}}},
	}},
}

var threeDetectors = []Detector{IsolationForest{Seed: 1}, LocalOutlierFactor{}, OneClassSVM{Nu: 0.1}}

func TestDetectorLaws(t *testing.T) {
	for _, c := range detectorCases {
		t.Run(reflect.TypeOf(c.detector).Name(), func(t *testing.T) {
			for name, law := range map[string]func(*testing.T, Detector){
				"one finite score per row":         oneFiniteScorePerRow,
				"matrices given stay as they are":  matricesStayAsTheyAre,
				"a model is on its own":            modelIsOnItsOwn,
				"equal at any number of cores":     equalAtAnyNumberOfCores,
				"the order of rows is irrelevant":  orderOfRowsIsIrrelevant,
				"part of a larger matrix":          partOfALargerMatrix,
				"not finite is an error":           notFiniteIsAnError,
				"too little data":                  tooLittleData,
				"extreme numbers":                  extremeNumbers,
				"a far row ranks first":            farRowRanksFirst,
				"wrong number of columns is error": wrongColumnsIsAnError,
				"a context ends Fit and Score":     contextEndsFitAndScore,
				"a saved model scores the same":    savedModelScoresTheSame,
			} {
				t.Run(name, func(t *testing.T) { law(t, c.detector) })
			}
			for want, detector := range c.outOfRange {
				_, err := detector.Fit(normalRows(1, 200, 3))
				wantError(t, want, err, want)
			}
		})
	}
}

// Every type that the package declares a Detector is among the cases.
func TestDetectorCasesAreComplete(t *testing.T) {
	declaration := regexp.MustCompile(`(?m)^var _ Detector = (\w+)\{\}$`)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	declared := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range declaration.FindAllStringSubmatch(string(text), -1) {
			declared++
			tested := false
			for _, c := range detectorCases {
				tested = tested || reflect.TypeOf(c.detector).Name() == match[1]
			}
			if !tested {
				t.Errorf("%s: no case for the Detector %s", file, match[1])
			}
		}
	}
	if declared != len(detectorCases) {
		t.Errorf("%d types are declared as Detectors, %d tested", declared, len(detectorCases))
	}
}

func oneFiniteScorePerRow(t *testing.T, d Detector) {
	model := Must(d.Fit(normalRows(1, 200, 3)))
	wantFinite(t, model.TrainScores(), 200)
	for _, rows := range []int{1, 2, 77} {
		wantFinite(t, Must(model.Score(normalRows(2, rows, 3))), rows)
	}
}

func wantFinite(t *testing.T, scores []float64, rows int) {
	t.Helper()
	if len(scores) != rows {
		t.Errorf("%d scores for %d rows", len(scores), rows)
	}
	if i := slices.IndexFunc(scores, isNotFinite); i >= 0 {
		t.Errorf("score of row %d of %d is %v", i, rows, scores[i])
	}
}

func matricesStayAsTheyAre(t *testing.T, d Detector) {
	x, y := normalRows(1, 200, 3), normalRows(2, 50, 3)
	model := Must(d.Fit(x))
	model.TrainScores()
	Must(model.Score(y))
	if !mat.Equal(x, normalRows(1, 200, 3)) {
		t.Error("the matrix given to Fit was changed")
	}
	if !mat.Equal(y, normalRows(2, 50, 3)) {
		t.Error("the matrix given to Score was changed")
	}
}

// A model keeps neither the matrix nor hands out its own scores.
func modelIsOnItsOwn(t *testing.T, d Detector) {
	x, y := normalRows(1, 200, 3), normalRows(2, 50, 3)
	untouched := Must(d.Fit(x))
	train, scores := untouched.TrainScores(), Must(untouched.Score(y))

	model := Must(d.Fit(x))
	x.Zero()
	clear(model.TrainScores())
	if !slices.Equal(model.TrainScores(), train) || !slices.Equal(Must(model.Score(y)), scores) {
		t.Error("scores changed with the matrix given to Fit, or with the slice that TrainScores returned")
	}
}

func equalAtAnyNumberOfCores(t *testing.T, d Detector) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	x, y := normalRows(1, 600, 4), normalRows(2, 600, 4)
	var train, scores []float64
	for _, cores := range []int{1, 8} {
		runtime.GOMAXPROCS(cores)
		model := Must(d.Fit(x))
		if train == nil {
			train, scores = model.TrainScores(), Must(model.Score(y))
		}
		if !slices.Equal(model.TrainScores(), train) || !slices.Equal(Must(model.Score(y)), scores) {
			t.Errorf("other scores with %d cores than with 1", cores)
		}
	}
}

func orderOfRowsIsIrrelevant(t *testing.T, d Detector) {
	const rows = 60
	model := Must(d.Fit(normalRows(1, 200, 3)))
	x := normalRows(2, rows, 3)
	want := Must(model.Score(x))
	shuffled := mat.NewDense(rows, 3, nil)
	for i := range rows {
		shuffled.SetRow(i, x.RawRowView(i*7%rows))
	}
	for i, s := range Must(model.Score(shuffled)) {
		if s != want[i*7%rows] {
			t.Errorf("row %d scores %v among rows in another order, want %v", i*7%rows, s, want[i*7%rows])
		}
	}
	if s := Must(model.Score(x.Slice(9, 10, 0, 3).(*mat.Dense)))[0]; s != want[9] {
		t.Errorf("row 9 scores %v alone, %v among others", s, want[9])
	}
}

func partOfALargerMatrix(t *testing.T, d Detector) {
	x := normalRows(1, 200, 3)
	part := mat.NewDense(210, 5, nil).Slice(4, 204, 1, 4).(*mat.Dense)
	part.Copy(x)
	want, got := Must(d.Fit(x)), Must(d.Fit(part))
	if !slices.Equal(got.TrainScores(), want.TrainScores()) || !slices.Equal(Must(got.Score(part)), Must(want.Score(x))) {
		t.Error("other scores for a matrix that is part of a larger one")
	}
}

func notFiniteIsAnError(t *testing.T, d Detector) {
	model := Must(d.Fit(normalRows(1, 200, 3)))
	for value, want := range map[float64]string{
		math.NaN():   "row 17, column 2 is NaN: want a finite number",
		math.Inf(1):  "row 17, column 2 is +Inf: want a finite number",
		math.Inf(-1): "row 17, column 2 is -Inf: want a finite number",
	} {
		x := normalRows(1, 200, 3)
		x.Set(17, 2, value)
		_, err := d.Fit(x)
		wantError(t, "Fit", err, want)
		_, err = model.Score(x)
		wantError(t, "Score", err, want)
	}
}

// One row and rows that are all the same are an error. A few rows, fewer than
// any default asks for, and columns of which one varies, are not.
func tooLittleData(t *testing.T, d Detector) {
	constant := mat.NewDense(30, 2, slices.Repeat([]float64{3, 4}, 30))
	for _, c := range []struct {
		x    *mat.Dense
		want string
	}{
		{nil, "matrix is empty: want at least one row and one column"},
		{new(mat.Dense), "matrix is empty"},
		{mat.NewDense(1, 2, []float64{1, 2}), "cannot learn from one row: want at least 2"},
		{constant, "every column of the 30 rows is constant"},
	} {
		_, err := d.Fit(c.x)
		wantError(t, c.want, err, c.want)
	}

	oneVaries := mat.DenseCopyOf(constant)
	oneVaries.Set(7, 1, 5)
	for _, x := range []*mat.Dense{mat.NewDense(2, 1, []float64{1, 2}), normalRows(1, 5, 3), oneVaries} {
		rows, _ := x.Dims()
		model, err := d.Fit(x)
		if err != nil {
			t.Errorf("%d rows: %v", rows, err)
			continue
		}
		wantFinite(t, model.TrainScores(), rows)
		wantFinite(t, Must(model.Score(x)), rows)
	}
}

// Numbers near the ends of what a float64 holds give scores or an error, not NaN.
func extremeNumbers(t *testing.T, d Detector) {
	for _, scale := range []float64{1e-310, 1e-200, 1e30, 1e100, 1e200, 1e307, math.MaxFloat64} {
		x := normalRows(1, 50, 2)
		x.Apply(func(_, _ int, v float64) float64 { return math.Tanh(v) }, x) // within ±1
		x.Scale(scale, x)
		model, err := d.Fit(x)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "labkit: ") {
				t.Errorf("scale %g: error %v", scale, err)
			}
			continue
		}
		wantFinite(t, model.TrainScores(), 50)
	}
	x := normalRows(1, 50, 2)
	x.Scale(1e-3, x)
	model := Must(d.Fit(x))
	for _, v := range []float64{1e30, 1e200, math.MaxFloat64} {
		if scores, err := model.Score(mat.NewDense(1, 2, []float64{v, -v})); err == nil {
			wantFinite(t, scores, 1)
		}
	}
}

// The row may share its place with others: a vote has few different scores.
func farRowRanksFirst(t *testing.T, d Detector) {
	x := normalRows(1, 200, 3)
	x.SetRow(42, []float64{40, -40, 40})
	model := Must(d.Fit(x))
	for name, scores := range map[string][]float64{"TrainScores": model.TrainScores(), "Score": Must(model.Score(x))} {
		if highest := slices.Max(scores); scores[42] != highest || scores[42] == slices.Min(scores) {
			t.Errorf("%s: the far row scores %v, the highest is %v", name, scores[42], highest)
		}
	}
	if far := Must(model.Score(mat.NewDense(2, 3, []float64{-50, 50, -50, 0, 0, 0}))); far[0] <= far[1] {
		t.Errorf("a new far row scores %v, the centre %v", far[0], far[1])
	}
}

// An expiring context is done after it was asked some times.
type expiring struct {
	context.Context
	left *atomic.Int64
}

func expiringAfter(asked int64) expiring {
	e := expiring{context.Background(), new(atomic.Int64)}
	e.left.Store(asked)
	return e
}

func (e expiring) Err() error {
	if e.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// Whenever its context ends, FitContext returns the context's error or what Fit
// returns; so does ScoreContext, with what Score returns.
func contextEndsFitAndScore(t *testing.T, d Detector) {
	x, y := normalRows(1, 200, 3), normalRows(2, 2*scoreBlock+5, 3)
	model := Must(d.Fit(x))
	train, scores := model.TrainScores(), Must(model.Score(y))
	finished := false
	for asked := int64(0); !finished; asked = 2*asked + 1 {
		fitted, err := FitContext(expiringAfter(asked), d, x)
		if finished = err == nil; finished && !slices.Equal(fitted.TrainScores(), train) {
			t.Errorf("FitContext asked %d times gives other scores than Fit", asked)
		}
		if _, slow := d.(ContextFitter); slow && finished && asked == 0 {
			t.Error("FitContext does not look at its context")
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("FitContext asked %d times: error %v, want %v", asked, err, context.Canceled)
		}
	}
	for asked := range int64(5) {
		got, err := ScoreContext(expiringAfter(asked), model, y)
		if done := asked >= 3; done != (err == nil) || done && !slices.Equal(got, scores) || !done && err != context.Canceled {
			t.Errorf("ScoreContext asked %d times: %d scores, error %v", asked, len(got), err)
		}
	}
	y.Set(scoreBlock+7, 1, math.NaN())
	_, err := ScoreContext(t.Context(), model, y)
	wantError(t, "a fault in the second block", err, "row 4103, column 1 is NaN")
}

func wrongColumnsIsAnError(t *testing.T, d Detector) {
	model := Must(d.Fit(normalRows(1, 200, 3)))
	for _, cols := range []int{1, 2, 4} {
		_, err := model.Score(normalRows(2, 5, cols))
		wantError(t, "columns", err, "columns: the model was fitted on 3")
	}
	for _, x := range []*mat.Dense{nil, new(mat.Dense)} {
		_, err := model.Score(x)
		wantError(t, "empty", err, "matrix is empty")
	}
}

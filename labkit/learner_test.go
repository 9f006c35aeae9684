package labkit

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// The laws of a Learner, for each Detector whose model is one.
func TestLearnerLaws(t *testing.T) {
	learners := 0
	for _, c := range detectorCases {
		if _, ok := Must(c.detector.Fit(normalRows(1, 200, 3))).(Learner); !ok {
			continue
		}
		learners++
		t.Run(reflect.TypeOf(c.detector).Name(), func(t *testing.T) {
			for name, law := range map[string]func(*testing.T, Detector){
				"portions equal the whole":        portionsEqualTheWhole,
				"scores come before learning":     scoresComeBeforeLearning,
				"what cannot be learned is error": whatCannotBeLearnedIsError,
			} {
				t.Run(name, func(t *testing.T) { law(t, c.detector) })
			}
		})
	}
	if learners == 0 {
		t.Error("no Detector's model is a Learner")
	}
}

func portionsEqualTheWhole(t *testing.T, d Detector) {
	start, rest, after := normalRows(1, 200, 3), normalRows(2, 300, 3), normalRows(3, 50, 3)
	whole := Must(d.Fit(start)).(Learner)
	want := Must(whole.Learn(rest))
	for _, portion := range []int{1, 7, 150} {
		learner := Must(d.Fit(start)).(Learner)
		var got []float64
		for first := 0; first < 300; first += portion {
			part := rest.Slice(first, min(first+portion, 300), 0, 3).(*mat.Dense)
			got = append(got, Must(learner.Learn(part))...)
		}
		if !slices.Equal(got, want) || !slices.Equal(Must(learner.Score(after)), Must(whole.Score(after))) {
			t.Errorf("other scores if learned %d rows at a time", portion)
		}
		if !slices.Equal(learner.TrainScores(), Must(d.Fit(start)).TrainScores()) {
			t.Error("Learn changed the scores of the rows given to Fit")
		}
	}
}

func scoresComeBeforeLearning(t *testing.T, d Detector) {
	learner := Must(d.Fit(normalRows(1, 200, 3))).(Learner)
	x := normalRows(2, 100, 3)
	for i := range 100 {
		row := x.Slice(i, i+1, 0, 3).(*mat.Dense)
		want := Must(learner.Score(row))
		if got := Must(learner.Learn(row)); !slices.Equal(got, want) {
			t.Fatalf("row %d: Learn returns %v, Score returned %v before it", i, got, want)
		}
	}
}

func whatCannotBeLearnedIsError(t *testing.T, d Detector) {
	learner := Must(d.Fit(normalRows(1, 200, 3))).(Learner)
	x := normalRows(2, 100, 3)
	before := Must(learner.Score(x))
	broken := normalRows(3, 100, 3)
	broken.Set(99, 1, math.NaN())
	for want, rows := range map[string]*mat.Dense{
		"row 99, column 1 is NaN":   broken,
		"matrix is empty":           nil,
		"the model was fitted on 3": normalRows(3, 5, 2),
	} {
		_, err := learner.Learn(rows)
		wantError(t, want, err, want)
		if !slices.Equal(Must(learner.Score(x)), before) {
			t.Errorf("%s: something was learned", want)
		}
	}
}

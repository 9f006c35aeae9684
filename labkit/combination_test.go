package labkit

import (
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// Scores of IQR are 0.5, 0, -0.5, 0, 3; a quarter, say, lies below 0 with its
// tie: (1 below + 2 equal/2) / 5.
func TestRankAverageByHand(t *testing.T) {
	x := mat.NewDense(5, 1, []float64{1, 2, 3, 4, 10})
	model := Must(RankAverage{Detectors: []Detector{IQR{}, IQR{}}}.Fit(x))
	want := []float64{0.7, 0.4, 0.1, 0.4, 0.9}
	for i, s := range model.TrainScores() {
		if s != want[i] {
			t.Errorf("row %d: %v, want %v", i, s, want[i])
		}
	}
	if s := Must(model.Score(mat.NewDense(1, 1, []float64{99})))[0]; s != 1 {
		t.Errorf("a new row beyond all: %v, want 1", s)
	}
}

// With contamination 0.2, IQR and ZScore flag 10 and nothing else, and IQR
// turned around flags 3.
func TestMajorityVoteByHand(t *testing.T) {
	x := mat.NewDense(5, 1, []float64{1, 2, 3, 4, 10})
	opposite := negated{IQR{}}
	model := Must(MajorityVote{Detectors: []Detector{IQR{}, ZScore{}, opposite}, Contamination: 0.2}.Fit(x))
	want := []float64{0, 0, 1. / 3, 0, 2. / 3}
	for i, s := range model.TrainScores() {
		if s != want[i] {
			t.Errorf("row %d: %v, want %v", i, s, want[i])
		}
	}
	if got := CountTrue(Predict(model.TrainScores(), 0.5)); got != 1 {
		t.Errorf("the majority flags %d rows, want 1", got)
	}
}

// negated turns a detector's scores around.
type negated struct{ Detector }

func (n negated) Fit(x *mat.Dense) (Model, error) {
	m, err := n.Detector.Fit(x)
	return negatedModel{m}, err
}

type negatedModel struct{ Model }

func (n negatedModel) TrainScores() []float64 {
	scores := n.Model.TrainScores()
	for i := range scores {
		scores[i] = -scores[i]
	}
	return scores
}

// A forgetful detector gives no model, or a score for the first row only.
type forgetful struct{ model Model }

func (f forgetful) Fit(*mat.Dense) (Model, error) { return f.model, nil }

type oneScore float64

func (s oneScore) Score(*mat.Dense) ([]float64, error) { return []float64{float64(s)}, nil }
func (s oneScore) TrainScores() []float64              { return []float64{float64(s)} }

func TestCombinationsRefuse(t *testing.T) {
	x := mat.NewDense(3, 1, []float64{1, 2, 3})
	for _, c := range []struct {
		detector Detector
		want     string
	}{
		{RankAverage{}, "labkit: RankAverage: no Detectors"},
		{MajorityVote{}, "labkit: MajorityVote: no Detectors"},
		{RankAverage{Detectors: []Detector{nil}}, "member 0 is nil"},
		{RankAverage{Detectors: []Detector{IQR{}, IsolationForest{Trees: -1}}}, "member 1: IsolationForest: Trees is -1"},
		{RankAverage{Detectors: []Detector{forgetful{}}}, "member 0: Fit returned neither a Model nor an error"},
		{MajorityVote{Detectors: []Detector{IQR{}, forgetful{oneScore(1)}}}, "member 1 gave 1 scores for 3 rows"},
		{MajorityVote{Detectors: []Detector{IQR{}}, Contamination: 0.6}, "contamination is 0.6: want a fraction in (0, 0.5]"},
	} {
		if _, err := c.detector.Fit(x); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: error %v, want %q", c.detector, err, c.want)
		}
	}
}

package labkit

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/internal/isolation"
)

// On a line of one column, the row that is far from the others is alone after
// the first split in nearly every tree.
func TestIsolationPathOfAFarRow(t *testing.T) {
	x := mat.NewDense(64, 1, nil)
	for i := range 63 {
		x.Set(i, 0, float64(i)/1000)
	}
	x.Set(63, 0, 1e6)
	model := Must(IsolationForest{Seed: 3}.Fit(x))
	paths := Must(IsolationPaths(model, x))
	far, near := paths[63], paths[30]
	if far.Together[0] != 64 || math.Abs(far.Together[1]-1) > 0.01 || math.Abs(far.Length-1) > 0.01 {
		t.Errorf("path of the far row is %+v: want 64 rows, then itself alone after one split", far)
	}
	if near.Together[1] < 62.9 || near.Length < 3 {
		t.Errorf("path of a middle row is %+v: want 63 rows after one split", near)
	}
}

// The score is made of the path length, and a node never grows.
func TestIsolationPathsAgreeWithScores(t *testing.T) {
	x := normalRows(5, 400, 3)
	model := Must(IsolationForest{Seed: 3}.Fit(x))
	scores := Must(model.Score(x))
	for i, p := range Must(IsolationPaths(model, x)) {
		if want := math.Exp2(-p.Length / isolation.AveragePathLength(256)); math.Abs(scores[i]-want) > 1e-12 {
			t.Fatalf("row %d has path length %v, which makes a score of %v: want %v", i, p.Length, want, scores[i])
		}
		for d := 1; d < len(p.Together); d++ {
			if p.Together[d] > p.Together[d-1] {
				t.Fatalf("row %d shares its node with %v rows: want no increase", i, p.Together)
			}
		}
	}
}

func TestIsolationPathsFaults(t *testing.T) {
	x := normalRows(5, 40, 3)
	lof := Must(LocalOutlierFactor{}.Fit(x))
	_, err := IsolationPaths(lof, x)
	wantError(t, "LOF", err, "the model is *labkit.localOutlierModel: want that of an IsolationForest")
	_, err = IsolationPaths(Must(IsolationForest{}.Fit(x)), mat.NewDense(1, 2, nil))
	wantError(t, "two columns", err, "matrix has 2 columns")
}

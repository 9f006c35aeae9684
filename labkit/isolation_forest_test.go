package labkit

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// The first tree and the size of every tree that scikit-learn 1.9.1 grows on
// the scaled seed-42 features with random_state 42.
type referenceForest struct {
	Feature    []int    `json:"tree0_feature"`
	Threshold  []string `json:"tree0_threshold"`
	Left       []int    `json:"tree0_left"`
	Right      []int    `json:"tree0_right"`
	Rows       []int    `json:"tree0_n"`
	NodeCounts []int    `json:"node_counts"`
}

func TestIsolationForestGrowsTheReferenceTrees(t *testing.T) {
	var want referenceForest
	readJSON(t, "seed42_if_tree0.json", &want)
	x := readMatrix(t, "seed42_scaled.csv", FeatureColumns...)
	model := Must(IsolationForest{Seed: 42}.Fit(x)).(*forest)
	for i, tree := range model.trees {
		if len(tree) != want.NodeCounts[i] {
			t.Errorf("tree %d has %d nodes, want %d", i, len(tree), want.NodeCounts[i])
		}
	}
	for i, node := range model.trees[0] {
		if node.Rows != want.Rows[i] {
			t.Errorf("node %d has %d rows, want %d", i, node.Rows, want.Rows[i])
		}
		if want.Left[i] < 0 {
			if node.Left != 0 || node.Right != 0 {
				t.Errorf("node %d is not a leaf", i)
			}
			continue
		}
		threshold := number(t, want.Threshold[i])
		if node.Column != want.Feature[i] || node.Threshold != threshold || node.Left != want.Left[i] || node.Right != want.Right[i] {
			t.Errorf("node %d is %+v, want column %d at %v, children %d and %d", i, node, want.Feature[i], threshold, want.Left[i], want.Right[i])
		}
	}
}

// Scores of the reference on a processor without AVX-512; with it, its last
// bit differs now and then.
func TestIsolationForestScoresAsTheReference(t *testing.T) {
	for _, c := range []struct {
		matrix, scores, score, label string
		columns                      []string
		seed                         uint32
	}{
		{"seed42_scaled.csv", "seed42_if_scores_no_avx512.csv", "if_score_samples", "if_pred", FeatureColumns, 42},
		{"if_constants_n257.csv", "if_constants_n257.csv", "if_score", "if_pred", []string{"x0", "x1", "x2", "x3", "x4"}, 2},
	} {
		x := readMatrix(t, c.matrix, c.columns...)
		want := readMatrix(t, c.scores, c.score, c.label)
		scores := Must(IsolationForest{Seed: c.seed}.Fit(x)).TrainScores()
		flagged := Predict(scores, Must(Threshold(scores, 0.1)))
		wrong := 0
		for i, s := range scores {
			if math.Abs(s+want.At(i, 0)) > 1e-12 || flagged[i] != (want.At(i, 1) < 0) {
				wrong++
			}
		}
		if wrong > 0 {
			t.Errorf("%s: %d of %d rows differ", c.matrix, wrong, len(scores))
		}
	}
}

// Of 0, 1 and 1000 the first split sets 1000 apart, but for one draw in a
// thousand that falls between 0 and 1: path lengths 2, 2 and 1. Two rows part
// at once: half the scale.
func TestIsolationForestByHand(t *testing.T) {
	c := 2*(math.Log(2)+0.5772156649015329) - 4./3
	for _, test := range []struct{ values, want []float64 }{
		{[]float64{0, 1, 1000}, []float64{math.Exp2(-2 / c), math.Exp2(-2 / c), math.Exp2(-1 / c)}},
		{[]float64{5, 6}, []float64{0.5, 0.5}},
	} {
		x := mat.NewDense(len(test.values), 1, test.values)
		got := Must(IsolationForest{Seed: 3}.Fit(x)).TrainScores()
		if !floats.EqualApprox(got, test.want, 1e-12) {
			t.Errorf("%v: scores %v, want %v", test.values, got, test.want)
		}
	}
}

func TestIsolationForestDefaults(t *testing.T) {
	x := normalRows(1, 400, 3)
	want := Must(IsolationForest{Trees: 100, SampleSize: 256, Seed: 9}.Fit(x)).TrainScores()
	if !slices.Equal(Must(IsolationForest{Seed: 9}.Fit(x)).TrainScores(), want) {
		t.Error("zero does not mean 100 trees of 256 rows")
	}
	all := Must(IsolationForest{SampleSize: 400, Seed: 9}.Fit(x)).TrainScores()
	if !slices.Equal(Must(IsolationForest{SampleSize: 5000, Seed: 9}.Fit(x)).TrainScores(), all) {
		t.Error("a sample larger than the data is not all rows")
	}
	if slices.Equal(all, want) {
		t.Error("SampleSize makes no difference")
	}
	if slices.Equal(Must(IsolationForest{Seed: 10}.Fit(x)).TrainScores(), want) {
		t.Error("Seed makes no difference")
	}
}

// A small forest is the beginning of a large one, and the more trees, the less
// the scores depend on the seed.
func TestIsolationForestMoreTrees(t *testing.T) {
	x := normalRows(1, 300, 3)
	few := Must(IsolationForest{Trees: 7}.Fit(x)).(*forest)
	many := Must(IsolationForest{Trees: 50}.Fit(x)).(*forest)
	for k, tree := range few.trees {
		if !slices.Equal(tree, many.trees[k]) {
			t.Errorf("tree %d of 7 is not tree %d of 50", k, k)
		}
	}
	previous := math.Inf(1)
	for _, trees := range []int{4, 40, 400} {
		one := Must(IsolationForest{Trees: trees, Seed: 1}.Fit(x)).TrainScores()
		two := Must(IsolationForest{Trees: trees, Seed: 2}.Fit(x)).TrainScores()
		distance := floats.Distance(one, two, 1) / 300
		if distance > previous/2 {
			t.Errorf("scores with seeds 1 and 2 differ by %v on average with %d trees, by %v with a tenth", distance, trees, previous)
		}
		previous = distance
	}
}

// Splits do not care for a column's unit. Powers of two change no digit of a
// value, so scores stay as they are to the last bit.
func TestIsolationForestIgnoresUnits(t *testing.T) {
	x := normalRows(1, 500, 3)
	want := Must(IsolationForest{Seed: 4}.Fit(x)).TrainScores()
	units := []float64{1 << 20, 1, 1. / 8}
	x.Apply(func(_, j int, v float64) float64 { return v * units[j] }, x)
	if got := Must(IsolationForest{Seed: 4}.Fit(x)).TrainScores(); !slices.Equal(got, want) {
		t.Error("scores change with the units of the columns")
	}
}

func TestIsolationForestScoresLieBetweenZeroAndOne(t *testing.T) {
	model := Must(IsolationForest{}.Fit(normalRows(1, 500, 3)))
	for i, s := range append(model.TrainScores(), Must(model.Score(mat.NewDense(1, 3, []float64{1e9, -1e9, 1e9})))...) {
		if s <= 0 || s >= 1 {
			t.Errorf("score %d is %v, want one in (0, 1)", i, s)
		}
	}
}

func TestIsolationForestRefusesWhatSinglePrecisionCannotHold(t *testing.T) {
	x := normalRows(1, 10, 2)
	model := Must(IsolationForest{}.Fit(x))
	x.Set(3, 1, -1e39)
	const want = "IsolationForest: row 3, column 1 is -1e+39: want a number within ±3.4e+38"
	_, err := IsolationForest{}.Fit(x)
	wantError(t, "Fit", err, want)
	_, err = model.Score(x)
	wantError(t, "Score", err, want)
}

func BenchmarkIsolationForest(b *testing.B) {
	for _, rows := range []int{1000, 100000} {
		x := normalRows(1, rows, 8)
		b.Run(fmt.Sprintf("Fit/rows=%d", rows), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Must(IsolationForest{Seed: 1}.Fit(x))
			}
		})
		model := Must(IsolationForest{Seed: 1}.Fit(x))
		b.Run(fmt.Sprintf("Score/rows=%d", rows), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Must(model.Score(x))
			}
		})
	}
}

package labkit

import (
	"math"
	"testing"
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
		if node.rows != want.Rows[i] {
			t.Errorf("node %d has %d rows, want %d", i, node.rows, want.Rows[i])
		}
		if want.Left[i] < 0 {
			if node.left != 0 || node.right != 0 {
				t.Errorf("node %d is not a leaf", i)
			}
			continue
		}
		threshold := number(t, want.Threshold[i])
		if node.column != want.Feature[i] || node.threshold != threshold || node.left != want.Left[i] || node.right != want.Right[i] {
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

package isolation

import "testing"

// Targets 0, 1, 1/4, 1/4 have the variance 9/64. Split in the middle, the left
// half has 1/4 and the right half 0; split behind the third, the left side has
// 13/72 and the right side 0.
func TestJudge(t *testing.T) {
	for _, c := range []struct {
		name     string
		middle   int
		impurity float64 // of the node; 9/64 in truth
		left     float64
		keep     bool
	}{
		{"halves", 2, 9. / 64, 1. / 4, true},
		{"three and one", 3, 9. / 64, 13. / 72, true},
		{"a split that makes it worse", 2, 0, 1. / 4, false},
	} {
		targets, rows := sampleTargets{0, 1, 0.25, 0.25}, []int{0, 1, 2, 3}
		n := nodeRows{end: 4, impurity: c.impurity}
		left, right := nodeRows{end: c.middle}, nodeRows{start: c.middle, end: 4}
		keep := targets.judge(rows, n, &left, &right)
		if d := left.impurity - c.left; keep != c.keep || d > 1e-15 || d < -1e-15 || right.impurity != 0 {
			t.Errorf("%s: kept %v with impurities %v and %v, want %v with %v and 0", c.name, keep, left.impurity, right.impurity, c.keep, c.left)
		}
		if got := targets.impurity(rows, nodeRows{end: 4}); got != 9./64 {
			t.Errorf("impurity is %v, want 9/64", got)
		}
	}
}

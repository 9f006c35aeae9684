package isolation

import (
	"slices"
	"testing"

	"flowlab/labkit/internal/randomstate"
)

// testSplitter returns a splitter of all rows of a matrix of cols columns.
func testSplitter(cols int, seed uint32, values ...float32) splitter {
	return newSplitter(points{len(values) / cols, cols, values}, randomstate.NewXorshift(seed))
}

// The rows at the threshold stay on the left. Each row that goes to the right
// changes places with the last one not yet looked at.
func TestPartition(t *testing.T) {
	for _, c := range []struct {
		values    []float32
		threshold float64
		rows      []int
		middle    int
	}{
		{[]float32{1, 2, 3, 4}, 2, []int{0, 1, 3, 2}, 2},
		{[]float32{9, 1, 8, 2}, 5, []int{3, 1, 2, 0}, 2},
		{[]float32{5, 5, 7}, 5, []int{0, 1, 2}, 2},
		{[]float32{7, 5}, 6.5, []int{1, 0}, 1},
	} {
		s := testSplitter(1, 1, c.values...)
		n := nodeRows{end: len(c.values)}
		s.gather(n, 0)
		if middle := s.partition(n, c.threshold); middle != c.middle || !slices.Equal(s.rows, c.rows) {
			t.Errorf("%v at %v: rows %v, middle %d; want %v, %d", c.values, c.threshold, s.rows, middle, c.rows, c.middle)
		}
	}
}

// A node owns a stretch of the rows; the rest is not touched.
func TestPartitionOfANode(t *testing.T) {
	s := testSplitter(1, 1, 9, 9, 1, 9, 0)
	n := nodeRows{start: 1, end: 4}
	if low, high := s.gather(n, 0); low != 1 || high != 9 {
		t.Errorf("range is %v to %v, want 1 to 9", low, high)
	}
	if middle := s.partition(n, 5); middle != 2 || !slices.Equal(s.rows, []int{0, 2, 3, 1, 4}) {
		t.Errorf("rows %v, middle %d; want 0 2 3 1 4 and 2", s.rows, middle)
	}
}

func TestIsConstant(t *testing.T) {
	for _, c := range []struct {
		low, high float32
		want      bool
	}{
		{0, 0, true},
		{0, 1e-7, true},
		{0, 2e-7, false},
		{1, 1 + 0x1p-23, true}, // one step, to which 1 + 1e-7 is rounded
		{1, 1 + 0x1p-22, false},
		{100, 100, true},
	} {
		if got := isConstant(c.low, c.high); got != c.want {
			t.Errorf("isConstant(%v, %v) is %v", c.low, c.high, got)
		}
	}
}

// From this state the generator draws the upper end itself, which would leave
// the right side empty.
func TestThresholdIsBelowTheHighest(t *testing.T) {
	s := testSplitter(1, 3597450471, 3, 8)
	if got := s.threshold(3, 8); got != 3 {
		t.Errorf("threshold is %v, want 3", got)
	}
	for range 1000 {
		if got := s.threshold(3, 8); got < 3 || got >= 8 {
			t.Errorf("threshold %v is not in [3, 8)", got)
		}
	}
}

// Of five columns only the fourth varies. Whatever is drawn first, the split
// is in the fourth, and constants that were found on the way are remembered.
func TestSplitSkipsConstantColumns(t *testing.T) {
	for seed := range uint32(50) {
		s := testSplitter(5, seed,
			1, 2, 3, 4, 5,
			1, 2, 3, 9, 5,
		)
		got, ok := s.split(nodeRows{end: 2})
		if !ok || got.column != 3 || got.middle != 1 {
			t.Errorf("seed %d: %+v, %v; want column 3, middle 1", seed, got, ok)
		}
		columns := slices.Clone(s.columns)
		slices.Sort(columns)
		if !slices.Equal(columns, []int{0, 1, 2, 3, 4}) {
			t.Errorf("seed %d: columns are now %v", seed, s.columns)
		}
		if slices.Contains(s.known[:got.constants], 3) {
			t.Errorf("seed %d: column 3 is among the constants %v", seed, s.known[:got.constants])
		}

		// In a child of one row all are constant.
		if _, ok := s.split(nodeRows{end: 1, constants: got.constants}); ok {
			t.Errorf("seed %d: a split of constant columns", seed)
		}
	}
}

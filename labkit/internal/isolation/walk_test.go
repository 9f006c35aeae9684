package isolation

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// The fast walk gives the path lengths of one row after the other, walked as
// one would draw it, to the last bit: with samples small and large, with groups
// and blocks that are not full, with repeated values, and with values that lie
// on a threshold or beside it.
func TestWalkIsTheSlowWalk(t *testing.T) {
	for _, c := range []struct{ rows, cols, sample int }{
		{2, 1, 2}, {3, 2, 3}, {7, 1, 256}, {8, 2, 5}, {300, 3, 256}, {513, 8, 100}, {2000, 4, 1500},
	} {
		for _, x := range []*mat.Dense{normalRows(uint64(c.rows), c.rows, c.cols), wholeRows(c.rows, c.cols)} {
			trees := grow(x, 20, c.sample, 3)
			walks := NewWalks(trees)
			if !slices.Equal(walks.PathLengths(x), slowPathLengths(trees, x)) {
				t.Errorf("%+v: path lengths of the training rows differ", c)
			}
			fresh := onThresholds(trees, c.cols)
			if !slices.Equal(walks.PathLengths(fresh), slowPathLengths(trees, fresh)) {
				t.Errorf("%+v: path lengths of rows on the thresholds differ", c)
			}
		}
	}
}

// slowPathLengths is the oracle of [Walks.PathLengths].
func slowPathLengths(trees []Tree, x *mat.Dense) []float64 {
	rows, _ := x.Dims()
	totals := make([]float64, rows)
	for i := range totals {
		for _, tree := range trees {
			totals[i] += pathLength(tree, x.RawRowView(i))
		}
	}
	return totals
}

// wholeRows returns rows of small whole numbers, some of them -0.
func wholeRows(rows, cols int) *mat.Dense {
	x := normalRows(5, rows, cols)
	x.Apply(func(_, _ int, v float64) float64 { return math.Round(v) }, x)
	x.Set(0, 0, 9)
	return x
}

// onThresholds returns rows that hold the thresholds of trees, and the 32-bit
// numbers beside them.
func onThresholds(trees []Tree, cols int) *mat.Dense {
	var values []float64
	for _, tree := range trees {
		for _, node := range tree {
			near := float32(node.Threshold)
			values = append(values, node.Threshold, float64(near),
				float64(math.Nextafter32(near, 9)), float64(math.Nextafter32(near, -9)))
		}
	}
	for len(values)%cols != 0 {
		values = append(values, 0)
	}
	return mat.NewDense(len(values)/cols, cols, values)
}

func TestFloor32(t *testing.T) {
	for _, c := range []struct {
		v    float64
		want float32
	}{
		{0.5, 0.5}, {0.1, math.Nextafter32(0.1, 0)}, {-0.1, -0.1}, {1 + 0x1p-40, 1}, {-1 - 0x1p-40, math.Nextafter32(-1, -2)},
		{0, 0}, {1e-50, 0}, {-1e-50, -math.SmallestNonzeroFloat32},
	} {
		if got := floor32(c.v); got != c.want {
			t.Errorf("floor32(%v) is %v, want %v", c.v, got, c.want)
		}
	}
}

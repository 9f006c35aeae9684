package isolation

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/internal/randomstate"
)

// normalRows returns rows of independent standard normal numbers.
func normalRows(seed uint64, rows, cols int) *mat.Dense {
	r := rand.New(rand.NewPCG(seed, 0))
	x := mat.NewDense(rows, cols, nil)
	x.Apply(func(_, _ int, _ float64) float64 { return r.NormFloat64() }, x)
	return x
}

// grow returns trees of samples of the rows.
func grow(x *mat.Dense, count, sampleSize int, seed uint32) []Tree {
	rows, _ := x.Dims()
	targets := RandomTargets(rows, seed)
	trees := make([]Tree, count)
	for t := range trees {
		trees[t] = GrowTree(x, targets, min(sampleSize, rows), seed+uint32(t))
	}
	return trees
}

// pathLength returns the path length at the leaf of a row.
func pathLength(t Tree, row []float64) float64 {
	var leaf Node
	for leaf = range t.Path(row) {
	}
	return leaf.PathLength
}

// The paper's c(n) is 2·H(n-1) - 2(n-1)/n with the harmonic number H, for
// which it takes ln(n-1) + 0.5772..., as scikit-learn does.
func TestAveragePathLength(t *testing.T) {
	const euler = 0.5772156649015329
	for n, want := range map[int]float64{
		0:   0,
		1:   0,
		2:   1,
		5:   2*(math.Log(4)+euler) - 8./5,
		999: 2*(math.Log(998)+euler) - 2*998./999,
	} {
		if got := AveragePathLength(n); math.Abs(got-want) > 1e-14 {
			t.Errorf("c(%d) is %v, want %v", n, got, want)
		}
	}
	harmonic := 0.0
	for k := 1; k < 999; k++ {
		harmonic += 1 / float64(k)
	}
	if got, exact := AveragePathLength(999), 2*harmonic-2*998./999; math.Abs(got-exact) > 1.1e-3 {
		t.Errorf("c(999) is %v, with the harmonic number itself %v", got, exact)
	}
}

// Each of the three ways to draw a sample against scikit-learn 1.9.1's at seed
// 7. Only the first rows drawn are on file where the way is a permutation or
// tracking.
func TestSampleRows(t *testing.T) {
	var drawn struct {
		Permutation []int `json:"swr_1000_256_seed7_permutation_first40"`
		Tracking    []int `json:"swr_100000_256_seed7_tracking"`
		Reservoir   []int `json:"swr_257_256_seed7_reservoir"`
	}
	text, err := os.ReadFile("testdata/if_edge_meta.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &drawn); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		way    string
		rows   int
		sample int
		want   []int
	}{
		{"permutation", 1000, 256, drawn.Permutation},
		{"tracking", 100000, 256, drawn.Tracking},
		{"reservoir", 257, 256, drawn.Reservoir},
		{"reservoir of everything", 5, 5, []int{0, 1, 2, 3, 4}},
	} {
		got := sampleRows(randomstate.New(7), c.rows, c.sample)
		if len(got) != c.sample || !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != c.sample {
			t.Errorf("%s: %d rows of %d: got %v, want them different and ascending", c.way, c.sample, c.rows, got)
		}
		for _, row := range c.want {
			if _, ok := slices.BinarySearch(got, row); !ok {
				t.Errorf("%s: row %d is not in the sample", c.way, row)
			}
		}
	}
}

// Row 99 takes a place in the reservoir of 99 with a chance of 99 in 100; at
// seed 5 scikit-learn draws the hundredth.
func TestSampleRowsLeavesOutTheLast(t *testing.T) {
	if got := sampleRows(randomstate.New(5), 100, 99); got[98] != 98 {
		t.Errorf("the last row of the sample is %d, want 98", got[98])
	}
}

// The limits at which the way to draw changes: 1 % and 99 % of the rows.
// They are told apart by how many random numbers they take.
func TestSampleRowsLimits(t *testing.T) {
	for _, c := range []struct{ rows, sample int }{
		{100, 99}, {10000, 9900}, {10000, 9899}, {25600, 256}, {25599, 256},
	} {
		r := randomstate.New(7)
		sampleRows(r, c.rows, c.sample)
		got := r.Uint32() // tells how many numbers were drawn

		want := randomstate.New(7)
		switch ratio := float64(c.sample) / float64(c.rows); {
		case ratio >= 0.99:
			for i := c.sample; i < c.rows; i++ {
				want.Intn(i + 1)
			}
		case ratio > 0.01:
			want.Permutation(c.rows)
		default:
			seen := map[int]bool{}
			for len(seen) < c.sample {
				seen[want.Intn(c.rows)] = true
			}
		}
		if w := want.Uint32(); got != w {
			t.Errorf("%d of %d: the stream goes on with %d, want %d", c.sample, c.rows, got, w)
		}
	}
}

// Four rows, three of them alike: one split sets the odd one apart, and the
// leaf of the three counts for the splits that they would need.
func TestGrowTreeByHand(t *testing.T) {
	x := mat.NewDense(4, 1, []float64{3, 3, 8, 3})
	for seed := range uint32(20) {
		tree := GrowTree(x, RandomTargets(4, seed), 4, seed)
		if len(tree) != 3 || tree[0].Rows != 4 || tree[1].Rows != 3 || tree[2].Rows != 1 {
			t.Fatalf("seed %d: tree %+v, want a root of 4 rows with leaves of 3 and 1", seed, tree)
		}
		if s := tree[0].Threshold; s < 3 || s >= 8 {
			t.Errorf("seed %d: threshold %v, want one in [3, 8)", seed, s)
		}
		if got, want := pathLength(tree, []float64{3}), 1+AveragePathLength(3); got != want {
			t.Errorf("seed %d: path of the many is %v, want %v", seed, got, want)
		}
		if got := pathLength(tree, []float64{8}); got != 1 {
			t.Errorf("seed %d: path of the one is %v, want 1", seed, got)
		}
	}
}

// In every tree a node has the rows of its two children, neither is empty, and
// no leaf lies deeper than the height limit, which is 8 for 256 rows.
func TestGrowTreeLaws(t *testing.T) {
	for k, tree := range grow(normalRows(1, 500, 3), 20, 256, 5) {
		if tree[0].Rows != 256 {
			t.Errorf("tree %d has %d rows, want 256", k, tree[0].Rows)
		}
		for i, node := range tree {
			if node.Left == 0 {
				if limit := 8 + AveragePathLength(node.Rows); node.PathLength > limit+1e-12 {
					t.Errorf("tree %d, leaf %d of %d rows: path length %v, want at most %v", k, i, node.Rows, node.PathLength, limit)
				}
				continue
			}
			left, right := tree[node.Left], tree[node.Right]
			if left.Rows < 1 || right.Rows < 1 || left.Rows+right.Rows != node.Rows {
				t.Errorf("tree %d, node %d of %d rows has children of %d and %d", k, i, node.Rows, left.Rows, right.Rows)
			}
		}
	}
}

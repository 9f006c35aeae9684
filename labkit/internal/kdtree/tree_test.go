package kdtree

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// TestOrderIsScikitLearns compares the order of the rows in the tree with
// scikit-learn 1.9.1. In a grid of 6 by 6 points that holds 100 rows, most
// comparisons are ties. Each want is what Python prints for
//
//	s, x = 12345, []
//	for _ in range(200):
//	    s = (s * 6364136223846793005 + 1442695040888963407) % 2**64
//	    x.append((s >> 33) % 6)
//	t = KDTree(numpy.array(x, float).reshape(100, 2), leaf_size=4)
//	print(t.get_arrays()[1])
func TestOrderIsScikitLearns(t *testing.T) {
	want := []int{
		73, 58, 54, 14, 9, 60, 68, 13, 21, 22, 96, 43, 40, 10, 28, 25, 62, 46, 81, 90,
		92, 53, 4, 91, 56, 7, 84, 76, 23, 51, 17, 74, 77, 95, 99, 97, 15, 33, 8, 65,
		71, 70, 85, 3, 29, 42, 48, 61, 52, 45, 36, 34, 32, 19, 2, 0, 1, 11, 75, 57,
		16, 79, 63, 38, 55, 44, 66, 89, 20, 27, 37, 59, 69, 6, 72, 80, 35, 67, 12, 93,
		18, 26, 50, 39, 24, 30, 49, 82, 64, 47, 41, 88, 98, 78, 5, 31, 83, 86, 87, 94,
	}
	if got := New(grid(100, 2, 6), 4).rows; !slices.Equal(got, want) {
		t.Errorf("order of rows\n got %v\nwant %v", got, want)
	}
}

// TestTreeLaws checks what a search relies on: the leaves hold each row once,
// each box is as small as can be, and no leaf is empty or too full.
func TestTreeLaws(t *testing.T) {
	for _, size := range []struct{ rows, leaf int }{{1, 1}, {2, 1}, {5, 2}, {100, 30}, {121, 30}, {1000, 7}} {
		x := grid(size.rows, 3, 50)
		tree := New(x, size.leaf)
		sorted := slices.Sorted(slices.Values(tree.rows))
		for i, row := range sorted {
			if row != i {
				t.Fatalf("%v: the tree's rows are not 0 to %d: %v", size, size.rows-1, tree.rows)
			}
		}
		for node, s := range tree.nodes {
			if tree.isLeaf(node) && (s.end <= s.start || s.end-s.start > 2*size.leaf) {
				t.Errorf("%v: leaf %d holds %d rows: want 1 to %d", size, node, s.end-s.start, 2*size.leaf)
			}
			low, high := tree.box(node)
			for j := range low {
				column := make([]float64, 0, s.end-s.start)
				for _, row := range tree.rows[s.start:s.end] {
					column = append(column, x.At(row, j))
				}
				if low[j] != slices.Min(column) || high[j] != slices.Max(column) {
					t.Errorf("%v: node %d spans %v to %v in column %d: want %v to %v", size, node, low[j], high[j], j, slices.Min(column), slices.Max(column))
				}
			}
		}
	}
}

// TestLevels compares with scikit-learn's formula, whose steps are at
// 30*2^i + 1 rows.
func TestLevels(t *testing.T) {
	for rows := 1; rows < 5000; rows++ {
		want := int(math.Log2(max(1, float64(rows-1)/30)) + 1)
		if got := levels(rows, 30); got != want {
			t.Errorf("levels(%d, 30) = %d, want %d", rows, got, want)
		}
	}
}

// TestNewKeepsNoReference changes the matrix after the tree was built.
func TestNewKeepsNoReference(t *testing.T) {
	x := grid(50, 2, 100)
	tree, query := New(x, 10), mat.NewDense(1, 2, []float64{40, 40})
	want := tree.Nearest(query, 5)
	x.Zero()
	if got := tree.Nearest(query, 5); !slices.Equal(got, want) {
		t.Errorf("after the matrix changed: got %v, want %v", got, want)
	}
}

func TestMisusePanics(t *testing.T) {
	tree := New(grid(10, 2, 10), 3)
	tests := map[string]func(){
		"leafSize 0":      func() { New(grid(10, 2, 10), 0) },
		"k 0":             func() { tree.Nearest(grid(1, 2, 10), 0) },
		"k above rows":    func() { tree.Nearest(grid(1, 2, 10), 11) },
		"too few columns": func() { tree.Nearest(grid(1, 1, 10), 3) },
	}
	for name, misuse := range tests {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			misuse()
		}()
	}
}

// grid returns a matrix of whole numbers from 0 to side-1 drawn by a linear
// congruential generator, which the comments above give in Python.
func grid(rows, cols, side int) *mat.Dense {
	return mat.NewDense(rows, cols, draw(rows*cols, side))
}

func draw(n, side int) []float64 {
	x := make([]float64, n)
	state := uint64(12345)
	for i := range x {
		state = state*6364136223846793005 + 1442695040888963407
		x[i] = float64((state >> 33) % uint64(side))
	}
	return x
}

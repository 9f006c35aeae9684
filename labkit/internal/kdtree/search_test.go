package kdtree

import (
	"cmp"
	"fmt"
	"math"
	"runtime"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// TestByHand searches five points on a line. From 1 the distances to 0, 1, 3, 7
// and 15 are 1, 0, 2, 6 and 14.
func TestByHand(t *testing.T) {
	x := mat.NewDense(5, 1, []float64{15, 0, 7, 1, 3})
	want := []Neighbor{{3, 0}, {1, 1}, {4, 2}, {2, 6}}
	for _, leaf := range []int{1, 2, 5} {
		if got := New(x, leaf).Nearest(mat.NewDense(1, 1, []float64{1}), 4); !slices.Equal(got, want) {
			t.Errorf("leafSize %d: got %v, want %v", leaf, got, want)
		}
	}
}

// TestTiesAreScikitLearns asks for 20 neighbours in the grid of
// TestOrderIsScikitLearns. Each want is what Python prints for
//
//	KDTree(x, leaf_size=leaf).query([query], k=20)[1][0]
//
// with scikit-learn 1.9.1. Leaves of 100 rows make the search brute force.
func TestTiesAreScikitLearns(t *testing.T) {
	tests := []struct {
		leaf  int
		query []float64
		want  []int
	}{
		{4, []float64{0, 0}, []int{58, 73, 54, 96, 9, 60, 62, 46, 81, 90, 68, 14, 91, 10, 25, 40, 21, 28, 92, 22}},
		{4, []float64{2, 3}, []int{15, 70, 85, 71, 33, 29, 97, 48, 74, 8, 53, 45, 42, 67, 65, 93, 56, 3, 77, 7}},
		{4, []float64{2.5, 2.5}, []int{53, 70, 71, 8, 33, 15, 67, 85, 93, 57, 80, 16, 65, 13, 48, 45, 74, 97, 56, 22}},
		{4, []float64{9, -1}, []int{66, 38, 27, 20, 37, 59, 6, 69, 72, 2, 89, 36, 32, 19, 63, 44, 55, 34, 1, 0}},
		{100, []float64{0, 0}, []int{54, 58, 73, 62, 68, 90, 46, 96, 60, 9, 81, 14, 91, 21, 28, 10, 40, 25, 92, 13}},
		{100, []float64{2, 3}, []int{33, 70, 85, 71, 15, 42, 93, 48, 53, 8, 45, 97, 74, 29, 65, 67, 47, 57, 16, 13}},
		{100, []float64{2.5, 2.5}, []int{8, 70, 67, 57, 53, 16, 15, 33, 85, 65, 93, 80, 71, 45, 12, 13, 18, 48, 50, 22}},
		{100, []float64{9, -1}, []int{66, 38, 20, 37, 59, 27, 6, 69, 72, 36, 34, 2, 44, 19, 55, 89, 63, 32, 0, 1}},
	}
	x := grid(100, 2, 6)
	for _, test := range tests {
		nearest := New(x, test.leaf).Nearest(mat.NewDense(1, 2, test.query), 20)
		if got := rowsOf(nearest); !slices.Equal(got, test.want) {
			t.Errorf("leafSize %d, query %v:\n got %v\nwant %v", test.leaf, test.query, got, test.want)
		}
	}
}

// TestNearestIsBruteForce compares with a sort of all distances, on data
// without ties, where rows as well as distances must agree.
func TestNearestIsBruteForce(t *testing.T) {
	for _, cols := range []int{1, 2, 5, 20} {
		x, queries := grid(400, cols, 1<<31), grid(450, cols, 1<<31).Slice(400, 450, 0, cols).(*mat.Dense)
		for _, leaf := range []int{1, 30, 400} {
			for _, k := range []int{1, 7, 40, 400} {
				nearest := New(x, leaf).Nearest(queries, k)
				for i := range 50 {
					want := sortAll(x, queries.RawRowView(i))[:k]
					if got := nearest[i*k : (i+1)*k]; !slices.Equal(got, want) {
						t.Fatalf("%d columns, leafSize %d, k %d, query %d:\n got %v\nwant %v", cols, leaf, k, i, got, want)
					}
				}
			}
		}
	}
}

// TestWorkersDoNotMatter searches with one goroutine and with eight, on data
// full of ties; run with -race it also shows that they share nothing.
func TestWorkersDoNotMatter(t *testing.T) {
	x := grid(1000, 3, 5)
	tree := New(x, 30)
	search := func(procs int) []Neighbor {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		return tree.Nearest(x, 21)
	}
	if !slices.Equal(search(1), search(8)) {
		t.Error("one and eight workers find different neighbours")
	}
}

// TestNearestOwn asks for the rows of the tree in two ways, on data full of ties.
func TestNearestOwn(t *testing.T) {
	for _, leaf := range []int{1, 30, 500} {
		x := grid(500, 3, 6)
		tree := New(x, leaf)
		own, err := tree.NearestOwn(t.Context(), 21)
		if err != nil || !slices.Equal(own, tree.Nearest(x, 21)) {
			t.Errorf("leafSize %d: leaf by leaf other neighbours are found", leaf)
		}
	}
}

// TestScanIsSlowScan offers the rows of a leaf in groups and one by one: the
// heaps are equal in every place, with ties too.
func TestScanIsSlowScan(t *testing.T) {
	for _, rows := range []int{1, 3, 4, 5, 23, 64} {
		for _, side := range []int{2, 1 << 31} {
			x := grid(rows, 3, side)
			tree, query := New(x, rows), []float64{1, 0, 1}
			fast, slow := empty(min(rows, 7)), empty(min(rows, 7))
			tree.scan(span{0, rows}, query, fast)
			for i := range rows {
				if d := squaredDistance(query, x.RawRowView(tree.rows[i])); d < slow[0].Distance {
					slow[0] = Neighbor{tree.rows[i], d}
					sift(slow, 0)
				}
			}
			if !slices.Equal(fast, slow) {
				t.Errorf("%d rows: got %v, want %v", rows, fast, slow)
			}
		}
	}
}

// empty returns a heap of k neighbours that are yet to be found.
func empty(k int) []Neighbor {
	return slices.Repeat([]Neighbor{{Distance: math.Inf(1)}}, k)
}

// TestToBox compares with the definition, inside, beside and on the box.
func TestToBox(t *testing.T) {
	tree := New(mat.NewDense(2, 2, []float64{-1, 2, 3, 5}), 2)
	for _, c := range []struct{ x, y, want float64 }{
		{0, 3, 0}, {-1, 5, 0}, {-3, 3, 4}, {3.5, 4, 0.25}, {5, 7, 8}, {-2, 0, 5},
	} {
		if got := tree.toBox(0, []float64{c.x, c.y}); got != c.want {
			t.Errorf("from (%v, %v) to the box: %v, want %v", c.x, c.y, got, c.want)
		}
	}
}

// TestNearestAllocates nothing that grows with the number of queries but the
// result itself.
func TestNearestAllocates(t *testing.T) {
	x := grid(2000, 3, 1000)
	tree := New(x, 30)
	if got := testing.AllocsPerRun(5, func() { tree.Nearest(x, 20) }); got > 50 {
		t.Errorf("2,000 searches made %v allocations, want at most 50", got)
	}
}

func BenchmarkNew(b *testing.B) {
	x := grid(10_000, 8, 1<<31)
	b.ReportAllocs()
	for b.Loop() {
		New(x, 30)
	}
}

func BenchmarkNearest(b *testing.B) {
	for _, cols := range []int{2, 8, 20} {
		b.Run(fmt.Sprintf("rows=2000/cols=%d/k=20", cols), func(b *testing.B) {
			x := grid(2000, cols, 1<<31)
			tree := New(x, 30)
			b.ReportAllocs()
			for b.Loop() {
				tree.Nearest(x, 20)
			}
		})
	}
}

// sortAll returns every row of x with its distance from the query, nearest
// first.
func sortAll(x *mat.Dense, query []float64) []Neighbor {
	rows, _ := x.Dims()
	all := make([]Neighbor, rows)
	for i := range all {
		sum := 0.0
		for j, v := range x.RawRowView(i) {
			sum += float64((v - query[j]) * (v - query[j]))
		}
		all[i] = Neighbor{i, math.Sqrt(sum)}
	}
	slices.SortFunc(all, func(a, b Neighbor) int { return cmp.Compare(a.Distance, b.Distance) })
	return all
}

func rowsOf(neighbors []Neighbor) []int {
	rows := make([]int, len(neighbors))
	for i, n := range neighbors {
		rows[i] = n.Row
	}
	return rows
}

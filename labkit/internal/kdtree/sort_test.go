package kdtree

import (
	"cmp"
	"slices"
	"testing"
)

// TestSortIsScikitLearns sorts 60 neighbours at only five distances. want is
// what scikit-learn 1.9.1 makes of the rows 0 to 59:
//
//	v, i = numpy.array(x[:60], float), numpy.arange(60)
//	sklearn.utils._sorting._py_simultaneous_sort(v, i, 60, use_three_way_partition=False)
//	print(i)
//
// with x drawn as for TestOrderIsScikitLearns, but modulo 5.
func TestSortIsScikitLearns(t *testing.T) {
	want := []int{
		14, 49, 48, 55, 4, 5, 19, 13, 20, 43, 41, 18, 22, 24, 31, 21, 25, 27, 42, 46,
		58, 3, 33, 37, 40, 32, 51, 36, 50, 28, 26, 23, 17, 2, 11, 1, 6, 8, 44, 9,
		57, 29, 39, 53, 15, 16, 35, 52, 54, 0, 56, 59, 45, 38, 34, 30, 12, 10, 7, 47,
	}
	a := drawNeighbors(60, 5)
	sortByDistance(a)
	if got := rowsOf(a); !slices.Equal(got, want) {
		t.Errorf("order of rows\n got %v\nwant %v", got, want)
	}
}

// TestHeapsortByHand: three neighbours at one distance are a heap as they are.
// The top, row 0, goes last, row 2 takes its place and does not sink; then it
// goes second to last, and row 1 stays.
func TestHeapsortByHand(t *testing.T) {
	a := []Neighbor{{0, 1}, {1, 1}, {2, 1}}
	heapsort(a)
	if got, want := rowsOf(a), []int{1, 2, 0}; !slices.Equal(got, want) {
		t.Errorf("order of rows: got %v, want %v", got, want)
	}
}

// TestSortLaws checks each way of sorting against the standard library: the
// distances are in order, and each row still has its own.
func TestSortLaws(t *testing.T) {
	ways := map[string]func([]Neighbor){
		"sortByDistance":   sortByDistance,
		"without a budget": func(a []Neighbor) { quicksort(a, 0) },
		"heapsort":         heapsort,
		"insertionSort":    insertionSort,
	}
	for name, sort := range ways {
		for _, n := range []int{0, 1, 2, 15, 16, 17, 100, 1000} {
			for _, side := range []int{1, 3, 1 << 31} {
				a, want := drawNeighbors(n, side), drawNeighbors(n, side)
				sort(a)
				if !slices.IsSortedFunc(a, func(a, b Neighbor) int { return cmp.Compare(a.Distance, b.Distance) }) {
					t.Errorf("%s of %d neighbours with %d distances: not in order", name, n, side)
				}
				slices.SortFunc(a, func(a, b Neighbor) int { return cmp.Compare(a.Row, b.Row) })
				if !slices.Equal(a, want) {
					t.Errorf("%s of %d neighbours with %d distances: neighbours were lost or changed", name, n, side)
				}
			}
		}
	}
}

func drawNeighbors(n, side int) []Neighbor {
	a := make([]Neighbor, n)
	for i, v := range draw(n, side) {
		a[i] = Neighbor{i, v}
	}
	return a
}

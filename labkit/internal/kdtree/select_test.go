package kdtree

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
)

// TestNthElementIsGNUs compares with std::nth_element of GNU's C++ library
// (g++ 12), which put the 50 keys below in this order with nth = 25.
func TestNthElementIsGNUs(t *testing.T) {
	want := []int{
		25, 49, 43, 3, 4, 5, 22, 20, 13, 29, 1, 2, 36, 33, 31, 9, 16, 6, 30, 0, 7, 44, 35, 34, 38,
		45, 14, 19, 28, 15, 27, 26, 32, 8, 24, 23, 12, 37, 17, 39, 40, 41, 42, 11, 21, 18, 46, 47, 48, 10,
	}
	keys := drawKeys(50, 10)
	nthElement(keys, 25)
	for i, k := range keys {
		if k.row != want[i] {
			t.Fatalf("place %d holds row %d, want %d", i, k.row, want[i])
		}
	}
}

// TestNthElementHeap takes the way by the heap. The values were made by an
// adversary that answers std::nth_element's comparisons so that each partition
// splits off as little as possible (M. D. McIlroy, "A killer adversary for
// quicksort", Software: Practice and Experience 29, 1999); want is what
// std::nth_element (g++ 12) makes of them with nth = 30.
func TestNthElementHeap(t *testing.T) {
	values := []float64{
		29, 1, 27, 3, 30, 5, 26, 7, 28, 9, 24, 11, 25, 13, 22, 15, 23, 17, 20, 19,
		0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 21, 31, 32, 33, 34, 35, 36, 37, 38, 39,
	}
	want := []float64{
		1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14, 17, 16, 19, 18,
		21, 28, 29, 26, 27, 24, 25, 22, 23, 20, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39,
	}
	keys := make([]key, len(values))
	for i, v := range values {
		keys[i] = key{v, i}
	}
	nthElement(keys, 30)
	for i, k := range keys {
		if k.value != want[i] {
			t.Fatalf("place %d holds %v, want %v", i, k.value, want[i])
		}
	}
}

// TestSelectLaws checks both ways against a full sort.
func TestSelectLaws(t *testing.T) {
	for name, choose := range map[string]func([]key, int){"nthElement": nthElement, "heapSelect": heapSelect} {
		for _, n := range []int{1, 2, 3, 4, 5, 17, 100, 1000} {
			for _, nth := range []int{0, n / 3, n / 2, n - 1} {
				t.Run(fmt.Sprintf("%s/n=%d/nth=%d", name, n, nth), func(t *testing.T) {
					keys, sorted := drawKeys(n, n/2+1), drawKeys(n, n/2+1)
					slices.SortFunc(sorted, compareKeys)
					choose(keys, nth)
					if keys[nth] != sorted[nth] {
						t.Fatalf("place %d holds %v, want %v", nth, keys[nth], sorted[nth])
					}
					slices.SortFunc(keys[:nth], compareKeys)
					slices.SortFunc(keys[nth+1:], compareKeys)
					if !slices.Equal(keys, sorted) {
						t.Errorf("keys on the wrong side of place %d: %v", nth, keys)
					}
				})
			}
		}
	}
}

func compareKeys(a, b key) int {
	return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.row, b.row))
}

func drawKeys(n, side int) []key {
	keys := make([]key, n)
	for i, v := range draw(n, side) {
		keys[i] = key{v, i}
	}
	return keys
}

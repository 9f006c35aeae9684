package kdtree

import "math/bits"

// This file moves the median into place, and with it the smaller keys to its
// left and the larger ones to its right. There are many ways to do that, and
// they leave the keys of either side in different orders; the order decides
// which of several equally distant rows a search meets first. The way taken
// here is that of std::nth_element in GNU's C++ library, on which scikit-learn
// builds its tree: quickselect with the median of three as its pivot, and a
// heap for data on which quickselect would go on too long (D. R. Musser,
// "Introspective sorting and selection algorithms", Software: Practice and
// Experience 27, 1997).

// A key is the value of a row in the column that is being split.
type key struct {
	value float64
	row   int
}

// less orders keys by value and, where values are equal, by row. No two keys
// are equal, therefore.
func (k key) less(other key) bool {
	return k.value < other.value || k.value == other.value && k.row < other.row
}

// nthElement reorders keys so that keys[nth] is the key that would be there if
// they were sorted, with no larger key before it and no smaller one after it.
func nthElement(keys []key, nth int) {
	budget := 2 * (bits.Len(uint(len(keys))) - 1)
	for ; len(keys) > 3; budget-- {
		if budget == 0 {
			heapSelect(keys, nth)
			return
		}
		cut := partition(keys)
		if cut <= nth {
			keys, nth = keys[cut:], nth-cut
		} else {
			keys = keys[:cut]
		}
	}
	sortFew(keys)
}

// partition chooses a pivot, moves the smaller keys to the left and the larger
// ones to the right, and returns where the right part starts. The pivot itself
// stays at the front.
func partition(keys []key) int {
	medianToFront(keys)
	pivot := keys[0]
	left, right := 1, len(keys)
	for {
		for keys[left].less(pivot) {
			left++
		}
		right--
		for pivot.less(keys[right]) {
			right--
		}
		if left >= right {
			return left
		}
		keys[left], keys[right] = keys[right], keys[left]
		left++
	}
}

// medianToFront exchanges the first key with the median of the second, the
// middle and the last.
func medianToFront(keys []key) {
	a, b, c := 1, len(keys)/2, len(keys)-1
	if keys[b].less(keys[a]) {
		a, b = b, a
	}
	median := b
	switch {
	case keys[c].less(keys[a]):
		median = a
	case keys[c].less(keys[b]):
		median = c
	}
	keys[0], keys[median] = keys[median], keys[0]
}

// heapSelect keeps the nth+1 smallest keys in a heap with the largest of them
// on top, and then moves that one to its place.
func heapSelect(keys []key, nth int) {
	heap := keys[:nth+1]
	for root := len(heap)/2 - 1; root >= 0; root-- {
		siftKey(heap, root)
	}
	for i := len(heap); i < len(keys); i++ {
		if keys[i].less(heap[0]) {
			heap[0], keys[i] = keys[i], heap[0]
			siftKey(heap, 0)
		}
	}
	keys[0], keys[nth] = keys[nth], keys[0]
}

// siftKey moves the key at root down until no child is larger.
func siftKey(heap []key, root int) {
	for {
		child := 2*root + 1
		if child >= len(heap) {
			return
		}
		if child+1 < len(heap) && heap[child].less(heap[child+1]) {
			child++
		}
		if !heap[root].less(heap[child]) {
			return
		}
		heap[root], heap[child] = heap[child], heap[root]
		root = child
	}
}

// sortFew sorts by insertion.
func sortFew(keys []key) {
	for i := range keys {
		for j := i; j > 0 && keys[j].less(keys[j-1]); j-- {
			keys[j], keys[j-1] = keys[j-1], keys[j]
		}
	}
}

package kdtree

// This file keeps the nearest rows found so far in a heap with the farthest of
// them on top, where the next candidate is compared with it. Candidates that
// are no nearer than the top are turned away, so of several equally distant
// rows the first met stays; and where two children are equal, the left one
// rises. Both rules, and so the order in which ties leave the heap, are
// scikit-learn's.

// A Neighbor is a row of the tree's matrix and its distance from the query.
type Neighbor struct {
	Row      int
	Distance float64
}

// replaceFarthest puts n in the place of the farthest neighbour, and returns the
// distance of the one that is the farthest then.
func replaceFarthest(heap []Neighbor, n Neighbor) float64 {
	heap[0] = n
	sift(heap, 0)
	return heap[0].Distance
}

// sift moves the neighbour at root down until no child is farther.
func sift(heap []Neighbor, root int) {
	n := heap[root]
	for {
		child := 2*root + 1
		if child >= len(heap) {
			break
		}
		if child+1 < len(heap) && heap[child].Distance < heap[child+1].Distance {
			child++
		}
		if n.Distance >= heap[child].Distance {
			break
		}
		heap[root] = heap[child]
		root = child
	}
	heap[root] = n
}

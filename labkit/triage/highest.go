package triage

import (
	"cmp"
	"container/heap"
	"iter"
)

// highestOf returns the indices of scores, that of the highest first, and of
// equal ones the first. Few are asked for of many: a heap does not sort the rest.
func highestOf(scores []float64) iter.Seq[int] {
	return func(yield func(int) bool) {
		h := &byScore{scores, make([]int32, len(scores))}
		for i := range h.order {
			h.order[i] = int32(i)
		}
		heap.Init(h)
		for h.Len() > 0 && yield(heap.Pop(h).(int)) {
		}
	}
}

// byScore is a heap of the indices of scores.
type byScore struct {
	scores []float64
	order  []int32
}

func (h *byScore) Len() int { return len(h.order) }

func (h *byScore) Less(a, b int) bool {
	i, k := h.order[a], h.order[b]
	return cmp.Or(cmp.Compare(h.scores[k], h.scores[i]), cmp.Compare(i, k)) < 0
}

func (h *byScore) Swap(a, b int) { h.order[a], h.order[b] = h.order[b], h.order[a] }

// Push is there for heap.Interface: no index is added.
func (h *byScore) Push(any) {}

func (h *byScore) Pop() any {
	last := len(h.order) - 1
	i := h.order[last]
	h.order = h.order[:last]
	return int(i)
}

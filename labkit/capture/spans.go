package capture

import "slices"

// spans are ranges of positions, each from its start to before its end, in
// order and apart from each other.
type spans []span

type span struct{ start, end uint64 }

// add adds a range, and joins those that it touches.
func (s *spans) add(start, end uint64) {
	if start >= end {
		return
	}
	list := *s
	if n := len(list); n > 0 && list[n-1].start <= start && start <= list[n-1].end { // the usual case
		list[n-1].end = max(list[n-1].end, end)
		return
	}
	from, _ := slices.BinarySearchFunc(list, start, func(r span, at uint64) int {
		if r.end < at {
			return -1
		}
		return 1
	})
	to := from
	for to < len(list) && list[to].start <= end {
		start, end = min(start, list[to].start), max(end, list[to].end)
		to++
	}
	*s = slices.Replace(list, from, to, span{start, end})
}

// from returns the end of the range that a position is in or borders on; the
// position itself if there is none.
func (s spans) from(at uint64) uint64 {
	for _, r := range s {
		if r.start <= at && at <= r.end {
			return r.end
		}
	}
	return at
}

// trim takes off what lies before a position.
func (s *spans) trim(at uint64) {
	list := *s
	n := 0
	for n < len(list) && list[n].end <= at {
		n++
	}
	list = list[:copy(list, list[n:])]
	if len(list) > 0 {
		list[0].start = max(list[0].start, at)
	}
	*s = list
}

// size returns how many positions the ranges hold.
func (s spans) size() (n uint64) {
	for _, r := range s {
		n += r.end - r.start
	}
	return n
}

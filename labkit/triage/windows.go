package triage

import (
	"fmt"
	"time"

	"flowlab/labkit/window"
)

// windowSizes are those in which hosts are looked at: a burst, an attack that is
// under way, and one that takes its time.
var windowSizes = []time.Duration{time.Minute, 5 * time.Minute, time.Hour}

// measures are what is counted in a window, each in a list of its own: judged by
// its own upper tail, a single count tells more than all of them in one forest.
var measures = []struct {
	kind  Kind
	floor float64
	value func(*window.Row) float64
}{
	{FailedFlows, 5, func(r *window.Row) float64 { return float64(r.Failed) }},
	{FailedPorts, 5, func(r *window.Row) float64 { return float64(r.FailedPorts) }},
	{FailedPeers, 5, func(r *window.Row) float64 { return float64(r.FailedPeers) }},
	{FailedTries, 5, func(r *window.Row) float64 { return float64(r.MostFailedTries) }},
	{Tries, 5, func(r *window.Row) float64 { return float64(r.MostTries) }},
	{BytesSent, 100e3, func(r *window.Row) float64 { return r.BytesSent }},
}

// windowLists returns a list for each measure and size of window. Its rows are
// the starts of the windows, in seconds since 1970. One size is counted behind the
// other: in a flood, the windows of each take much of the memory.
func (t *Traffic) windowLists(hosts *hosts) []*list {
	var bySize [][]*list
	for _, size := range windowSizes {
		bySize = append(bySize, t.listsOf(size, hosts))
	}
	var lists []*list
	for i := range measures {
		for _, of := range bySize {
			lists = append(lists, of[i])
		}
	}
	return lists
}

func (t *Traffic) listsOf(size time.Duration, hosts *hosts) []*list {
	lists, counts := make([]*list, len(measures)), new(rowCounts)
	for i, m := range measures {
		lists[i] = newList(m.kind, size, len(windowSizes), m.floor, counts)
	}
	var row window.Row // one for all: it is handed on by its address
	for row = range t.windows(window.Options{Size: size}) {
		host := hosts.numbers[row.Key]
		counts.add(host)
		for i, m := range measures {
			lists[i].add(host, m.value(&row), int(row.Start))
		}
	}
	return lists
}

// windows returns the rows of windows, with counts alone, which is all that is
// judged. The flows are sorted, so none is late.
func (t *Traffic) windows(o window.Options) func(yield func(window.Row) bool) {
	o.Lateness, o.MaxJump, o.CountsOnly = -1, -1, true
	op, err := window.New(o)
	if err != nil {
		panic(fmt.Sprintf("labkit: triage: its own windows are refused: %v", err))
	}
	return func(yield func(window.Row) bool) {
		for f := range t.conversations() {
			for _, row := range op.Add(f) {
				if !yield(row) {
					return
				}
			}
		}
		for _, row := range op.Close() {
			if !yield(row) {
				return
			}
		}
	}
}

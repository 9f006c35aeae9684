// Package window counts, for each host, what its flows did in sliding windows of
// event time. One [Operator] serves a table in a notebook, a file in any order
// and a live stream: it gives the same rows for all three.
//
//	op, err := window.New(window.Options{Size: time.Minute, Slide: 10 * time.Second})
//	for f := range flows {
//		for _, row := range op.Add(f) { … } // the windows that f has closed
//	}
//	for _, row := range op.Close() { … } // those that were open at the end
//
// A window starts at a multiple of the slide, counted from 1970 in UTC, and is
// half open: the window [start, start+size) holds a flow that ends at its start,
// and not one that ends at its end. There is a row for each host and window with
// at least one flow; the rows come by window, and by host within it.
//
// What the operator promises, each with a test of that name:
//
//   - The last window comes at the end of the input: see [Operator.Close].
//   - Late flows are counted, as flows and as pairs of flow and window, and
//     handed out: see [Stats] and [Options].
//   - A flow that is late for some of its windows is right in the others.
//   - An idle source stalls nothing: one watermark, of all sources, closes windows.
//   - One time in the future does not move the watermark: see [Options].
//   - A replay equals the live run: time is that of the flows, never that of the
//     computer, and equal input gives equal rows.
//   - Memory is bounded by the open windows: what is kept are the counts of each
//     host in each pane (a pane is the greatest common divisor of size and slide)
//     from the earliest open window to the newest flow. That is some 300 bytes for
//     a host in a pane; 16 for each different peer and port, with room for half as
//     many again; 8 for each flow, for the gaps, unless counts are all that is
//     wanted; and up to 1,000 flows whose time is not believed. While a window of
//     several panes closes, its hosts' doors are there once more.
//   - Snapshot and Restore: an operator that was stopped and restored goes on as
//     if it had not been.
//
// Times are whole microseconds inside, as in Zeek's logs: a float of seconds is
// rounded to the nearest, so no border is missed by a rounding error of a sum.
package window

package triage

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/plural"
)

// Traffic holds flows in the order of their ends. Make it with [New].
type Traffic struct {
	parts []part
	order []place // those with a time first
	timed int     // how many have one
	Notes []string
}

// A part is some flows of one table.
type part struct {
	*flow.Columns
	ipBytes bool // bytes with headers stand in for the payload, which the table does not have
}

// A place says where a flow is.
type place struct{ part, row int32 }

// New returns the flows of tables together. Where an exporter wrote the two
// directions of a conversation apart, they are merged: see
// [flow.MergeDirections]. Notes says what was done.
func New(tables ...*flow.Table) *Traffic {
	t := new(Traffic)
	for _, table := range tables {
		t.add(table)
	}
	t.sort()
	return t
}

func (t *Traffic) note(format string, values ...any) {
	t.Notes = append(t.Notes, fmt.Sprintf(format, values...))
}

func (t *Traffic) add(table *flow.Table) {
	if isOneWay(table) {
		table = t.merge(table)
	}
	known := func(v float64) bool { return !math.IsNaN(v) }
	ipBytes := !table.Any(flow.BytesSent, known) && table.Any(flow.IPBytesSent, known)
	if ipBytes {
		t.note("bytes are counted with IP headers: %s without a count of the payload", plural.Of(table.Len(), "flow"))
	}
	for _, c := range table.Parts {
		t.parts = append(t.parts, part{c, ipBytes})
	}
}

// isOneWay tells whether a table may have the two directions of a conversation
// as two flows.
func isOneWay(table *flow.Table) bool {
	for _, f := range []flow.Field{flow.TS, flow.SrcIP, flow.DstIP, flow.Protocol, flow.PacketsRecv} {
		if !table.Has(f) {
			return false
		}
	}
	return table.Any(flow.PacketsRecv, math.IsNaN)
}

func (t *Traffic) merge(table *flow.Table) *flow.Table {
	merged, pairs := table.MergeDirections()
	if pairs > 0 {
		t.note("merged %s of directions: %s now", plural.Of(pairs, "pair"), plural.Of(merged.Len(), "flow"))
	}
	return merged
}

// sort orders the flows by their ends.
func (t *Traffic) sort() {
	type ending struct {
		place
		end float64
	}
	var timed []ending
	var timeless []place
	for i, p := range t.parts {
		for j := range p.Len {
			f := p.Flow(j)
			at := place{int32(i), int32(j)}
			if end := f.End(); math.IsNaN(end) {
				timeless = append(timeless, at)
			} else {
				timed = append(timed, ending{at, end})
			}
		}
	}
	slices.SortStableFunc(timed, func(a, b ending) int { return cmp.Compare(a.end, b.end) })
	t.timed = len(timed)
	t.order = make([]place, 0, len(timed)+len(timeless))
	for _, e := range timed {
		t.order = append(t.order, e.place)
	}
	t.order = append(t.order, timeless...)
}

// Len returns the number of flows.
func (t *Traffic) Len() int { return len(t.order) }

// HasTimes tells whether flows have a time: without, there are no windows and no
// pairs.
func (t *Traffic) HasTimes() bool { return t.timed > 0 }

// Span returns when the first and the last of its flows ended, in seconds since
// 1970; NaN without times.
func (t *Traffic) Span() (first, last float64) {
	if t.timed == 0 {
		return math.NaN(), math.NaN()
	}
	f, l := t.flow(0), t.flow(t.timed-1)
	return f.End(), l.End()
}

// Name tells the traffic from that of other days: how many flows, and when the
// first and the last ended.
func (t *Traffic) Name() string {
	first, last := t.Span()
	return fmt.Sprintf("%s, %.6f to %.6f", plural.Of(t.Len(), "flow"), first, last)
}

// HasHosts tells whether flows have a source: without, there are but flows.
func (t *Traffic) HasHosts() bool {
	return slices.ContainsFunc(t.parts, func(p part) bool {
		return slices.ContainsFunc(p.Word[flow.SrcIP].Codes, func(code uint32) bool { return code != 0 })
	})
}

// counted returns flow i with bytes with headers in the place of payload, if its
// table has no payload.
func (t *Traffic) counted(i int) flow.Flow {
	f := t.flow(i)
	if t.parts[t.order[i].part].ipBytes {
		f.BytesSent, f.BytesRecv = f.IPBytesSent, f.IPBytesRecv
	}
	return f
}

// flow returns flow i in the order of ends, as it was read.
func (t *Traffic) flow(i int) flow.Flow {
	at := t.order[i]
	return t.parts[at.part].Flow(int(at.row))
}

// conversations returns the flows that have a time and a source and are meant
// for one host: what is sent to many asks for no answer, and is in no list but
// that of flows.
func (t *Traffic) conversations() iter.Seq[flow.Flow] {
	return func(yield func(flow.Flow) bool) {
		for i := range t.timed {
			f := t.counted(i)
			if f.SrcIP != "" && !flow.IsGroup(f.DstIP) && !yield(f) {
				return
			}
		}
	}
}

package triage

import (
	"math"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/plural"
)

// filling counts what stands in for values that are not known.
type filling struct{ unanswered, without, instant int }

// fillIn fills in what can be known of missing values, and tells whether the flow
// is complete then.
func (n *filling) fillIn(f *flow.Flow) bool {
	fill(&f.Duration, &n.instant)
	if math.IsNaN(f.PacketsRecv) && f.OneWay() {
		f.BytesRecv = 0
	}
	fill(&f.PacketsRecv, &n.unanswered)
	counted := n.without
	fill(&f.BytesSent, &n.without)
	fill(&f.BytesRecv, &n.without)
	n.without = min(n.without, counted+1)
	return f.DstPort >= 0 && !math.IsNaN(f.PacketsSent)
}

// filledIn returns flow i with what can be known of missing values.
func (t *Traffic) filledIn(i int) flow.Flow {
	f := t.counted(i)
	new(filling).fillIn(&f)
	return f
}

// complete returns which flows are complete, with what can be known of missing
// values filled in, and notes what was done.
func (t *Traffic) complete() []int32 {
	rows := make([]int32, 0, len(t.order))
	var n filling
	for i := range t.order {
		if f := t.counted(i); n.fillIn(&f) {
			rows = append(rows, int32(i))
		}
	}
	t.noteFilled("taken as unanswered, nothing received: %s in one direction", n.unanswered)
	t.noteFilled("taken as without payload: %s for which it was not counted", n.without)
	t.noteFilled("taken as lasting 0 seconds: %s without a duration", n.instant)
	t.noteFilled("left out: %s without packets or port", len(t.order)-len(rows))
	return rows
}

// fill has 0 stand in for a value that is not known, and counts it.
func fill(v *float64, filled *int) {
	if math.IsNaN(*v) {
		*v = 0
		*filled++
	}
}

func (t *Traffic) noteFilled(format string, flows int) {
	if flows > 0 {
		t.note(format, plural.Of(flows, "flow"))
	}
}

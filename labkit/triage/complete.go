package triage

import (
	"math"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/plural"
)

// completed returns the fields that features are made of, with what can be known
// of missing values filled in, and for each row which flow it is. Flows that are
// not complete even so are left out.
func (t *Traffic) completed() (table *flow.Table, rows []int) {
	fields := flow.Required()
	c := flow.NewColumns(fields, len(t.order))
	var unanswered, without, instant int
	for i := range t.order {
		f := t.counted(i)
		fill(&f.Duration, &instant)
		if math.IsNaN(f.PacketsRecv) && f.OneWay() {
			f.BytesRecv = 0
		}
		fill(&f.PacketsRecv, &unanswered)
		counted := without
		fill(&f.BytesSent, &without)
		fill(&f.BytesRecv, &without)
		without = min(without, counted+1)
		if f.DstPort < 0 || math.IsNaN(f.PacketsSent) {
			continue
		}
		rows = append(rows, i)
		for _, field := range fields {
			c.Number[field] = append(c.Number[field], f.Number(field))
		}
		c.Len++
	}
	t.noteFilled("taken as unanswered, nothing received: %s in one direction", unanswered)
	t.noteFilled("taken as without payload: %s for which it was not counted", without)
	t.noteFilled("taken as lasting 0 seconds: %s without a duration", instant)
	t.noteFilled("left out: %s without packets or port", len(t.order)-len(rows))
	table = &flow.Table{Fields: fields}
	table.Add(c)
	return table, rows
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

package window

import "flowlab/labkit/flow"

// Stats count what became of the flows that an [Operator] was given. A pair is a
// flow in one of the windows that it belongs to: with windows of 60 s every 10 s
// each flow makes six.
type Stats struct {
	Flows int // all that were given
	Pairs int // of all flows but those without a time or key, and those ahead
	Rows  int // of all windows that were closed

	LateFlows int // late for at least one of their windows
	LatePairs int // counted nowhere
	LostFlows int // late for all of their windows, and thus in no row

	AheadFlows int // set aside, their time being too far ahead of the watermark

	WithoutTime, WithoutKey int // in no window
}

// Stats returns the counts up to now. Flows that are set aside count as ahead
// until they are taken.
func (op *Operator) Stats() Stats {
	s := op.stats
	s.AheadFlows += len(op.clock.held)
	return s
}

// late counts a flow that comes too late for some of its windows, and hands it
// out.
func (op *Operator) late(f *flow.Flow, missed, all int) {
	op.stats.LateFlows++
	op.stats.LatePairs += missed
	if missed == all {
		op.stats.LostFlows++
	}
	if op.options.Late != nil {
		op.options.Late(*f, missed)
	}
}

// giveUp counts and hands out flows whose time is not believed.
func (op *Operator) giveUp(flows []timed) {
	op.stats.AheadFlows += len(flows)
	if op.options.Late == nil {
		return
	}
	for _, h := range flows {
		op.options.Late(h.Flow, op.grid.count(op.grid.windows(h.At)))
	}
}

package flowlog

import (
	"math"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/plural"
)

// A timelessFlow is one whose time is relative to a start of its exporter that
// was not told yet.
type timelessFlow struct {
	number int // of the flow in the file, from 0
	domain uint32
	uptime float64 // when it began, in milliseconds since the start
}

// noteExport keeps in mind when the exporter was started at the latest: a flow is
// exported when it is over.
func (n *netflowReader) noteExport(f *exportedFlow) {
	uptime := f.endUptime
	if math.IsNaN(uptime) {
		uptime = f.startUptime
	}
	latest := float64(n.clock.now) - uptime*1e3
	if known, ok := n.latest[n.domain]; !ok && len(n.latest) < mostTemplates || latest < known {
		n.latest[n.domain] = latest
	}
}

// settleTimeless gives flows their time whose exporter told later in the file when
// it was started. Of one that never does it is taken to be the latest time that is
// possible: the shortest delay of an export is then none.
func (n *netflowReader) settleTimeless() {
	first, untold := 0, 0
	rest := n.timeless
	for _, c := range n.l.t.Parts {
		for len(rest) > 0 && rest[0].number < first+c.Len {
			init, ok := n.inits[rest[0].domain]
			if !ok {
				init = n.latest[rest[0].domain]
				untold++
			}
			if ts := (init + rest[0].uptime*1e3) / 1e6; flow.TS.CheckNumber(ts) == nil {
				c.Number[flow.TS][rest[0].number-first] = ts
			}
			rest = rest[1:]
		}
		first += c.Len
	}
	if untold > 0 {
		n.l.note("%s: times count from the start of the exporter, which the file does not tell; it is estimated from when the datagrams were sent, and ts may be some seconds late", plural.Of(untold, "flow"))
	}
}

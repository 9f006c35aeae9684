package triage

import (
	"fmt"
	"math"

	"flowlab/labkit/flow"
	"flowlab/labkit/flow/where"
)

// where returns the condition that the flows of the finding fulfil, and no others
// of the traffic.
func (c *trace) where(host string) string {
	if c.door.host == "" {
		return whereWindow(c.list.kind, host, c.begin, c.end)
	}
	return wherePair(host, c.door, c.begin, math.Nextafter(c.end, 0))
}

// whereWindow is of the flows of a host that end in a window.
func whereWindow(kind Kind, host string, begin, end float64) string {
	within := fmt.Sprintf("end >= %s && end < %s", where.Time(begin), where.Time(end))
	switch kind {
	case Flood:
		return fmt.Sprintf("dst_ip == %q && src_ip != unknown && %s", host, within)
	case FailedFlows, FailedPorts, FailedPeers, FailedTries:
		return fmt.Sprintf("src_ip == %q && %s && failed", host, within)
	}
	return fmt.Sprintf("src_ip == %q && %s && unicast", host, within)
}

// wherePair is of the flows of a host to a door, of which the first begins at
// first and the last at last.
func wherePair(host string, to door, first, last float64) string {
	return fmt.Sprintf("src_ip == %q && dst_ip == %q && dst_port == %s && ts >= %s && ts <= %s",
		host, to.host, wherePort(to.port), where.Time(first), where.Time(last))
}

func wherePort(port int) string {
	if port < 0 {
		return "unknown"
	}
	return fmt.Sprint(port)
}

// whereFlow is of one flow, told by its time and its ends.
func whereFlow(f *flow.Flow) string {
	at := "ts == unknown"
	if !math.IsNaN(f.TS) {
		at = "ts == " + where.Time(f.TS)
	}
	for _, word := range []flow.Field{flow.SrcIP, flow.DstIP, flow.Protocol} {
		if text := f.Word(word); text != "" {
			at += fmt.Sprintf(" && %s == %q", word, text)
		}
	}
	return at + fmt.Sprintf(" && src_port == %s && dst_port == %s", wherePort(f.SrcPort), wherePort(f.DstPort))
}

package flow

import (
	"cmp"
	"math"
	"slices"
)

// answerWithin is how long after the last packet of one direction the other may
// begin, in seconds: as long as Zeek waits for another UDP packet.
const answerWithin = 60

// MergeDirections makes one flow of the two that an exporter such as NetFlow's
// writes for a conversation, each with sent packets and nothing received. It
// returns the flows, for each the index of the flow that it is made of (the
// direction that began), and how many pairs were merged.
//
// Two such flows are a pair if they have the same protocol, the addresses and
// ports of one are those of the other the other way round (an echo reply of
// ICMP answers an echo request), and one begins at most 60 seconds after the
// other ended. Of several the earliest is taken. The one that began first has
// sent; of two that began at the same time, the one from the higher port. A
// flow that nothing answers keeps what it received unknown: whether the exporter
// would have seen an answer cannot be told from the log. Flows that have
// received something are left as they are.
func MergeDirections(flows []Flow) (merged []Flow, from []int, pairs int) {
	partner := pairDirections(flows)
	for i := range flows {
		j := partner[i]
		switch {
		case j < 0:
			merged, from = append(merged, flows[i]), append(from, i)
		case i < j: // the pair stands where the first of it stood
			began, answer := i, j
			if answers(&flows[i], &flows[j]) {
				began, answer = j, i
			}
			merged, from = append(merged, flows[began].with(&flows[answer])), append(from, began)
			pairs++
		}
	}
	return merged, from, pairs
}

// MergeDirections returns the table with its directions merged, and how many
// pairs there were: see [MergeDirections]. Its report is that of the table. A table
// without pairs is returned as it is.
func (t *Table) MergeDirections() (*Table, int) {
	flows := make([]Flow, 0, t.Len())
	for _, f := range t.All() {
		flows = append(flows, f)
	}
	merged, _, pairs := MergeDirections(flows)
	if pairs == 0 {
		return t, 0
	}
	b := NewBuilder(t.Fields...)
	for i := range merged {
		b.Add(&merged[i])
	}
	out := b.Table()
	out.Report = t.Report
	return out, pairs
}

// OneWay tells whether nothing is known of what the flow received.
func (f *Flow) OneWay() bool {
	return math.IsNaN(f.BytesRecv) && math.IsNaN(f.PacketsRecv) && math.IsNaN(f.IPBytesRecv)
}

// A conversation is what the flows of both directions have in common, seen from
// one of them.
type conversation struct {
	protocol, src, dst string
	srcPort, dstPort   int
}

func (f *Flow) conversation() conversation {
	c := conversation{f.Protocol, f.SrcIP, f.DstIP, f.SrcPort, f.DstPort}
	const echo = -2                             // stands for the code of an echo and for that of its reply
	if c.protocol == "ICMP" && c.dstPort == 0 { // type 8 is answered by 0, in IPv6 128 by 129
		switch c.srcPort {
		case 8, 128:
			c.dstPort = echo
		case 0:
			c.srcPort, c.dstPort = echo, 8
		case 129:
			c.srcPort, c.dstPort = echo, 128
		}
	}
	return c
}

func (c conversation) reversed() conversation {
	return conversation{c.protocol, c.dst, c.src, c.dstPort, c.srcPort}
}

// hasEnds tells whether the conversation can be told from others.
func (c conversation) hasEnds() bool {
	return c.protocol != "" && c.src != "" && c.dst != "" && c.srcPort != -1 && c.dstPort != -1
}

// pairDirections returns for each flow the index of the other direction, -1 if
// there is none.
func pairDirections(flows []Flow) []int {
	partner := slices.Repeat([]int{-1}, len(flows))
	var order []int
	for i := range flows {
		if f := &flows[i]; f.OneWay() && !math.IsNaN(f.TS) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(flows[a].TS, flows[b].TS) })
	waiting := map[conversation][]int{}
	for _, i := range order {
		c := flows[i].conversation()
		if !c.hasEnds() {
			continue
		}
		back := c.reversed()
		others := waiting[back]
		for len(others) > 0 && flows[i].TS > flows[others[0]].End()+answerWithin {
			others = others[1:]
		}
		if len(others) > 0 {
			partner[i], partner[others[0]] = others[0], i
			waiting[back] = others[1:]
			continue
		}
		waiting[back] = others
		waiting[c] = append(waiting[c], i)
	}
	return partner
}

// answers tells whether a answers b: it began later or, where that cannot be
// told, comes from the lower port, a server's.
func answers(a, b *Flow) bool {
	if a.TS != b.TS {
		return a.TS > b.TS
	}
	c := a.conversation()
	return c.srcPort < c.dstPort
}

// with returns the flow with what it received: what the answer sent.
func (f *Flow) with(answer *Flow) Flow {
	m := *f
	m.Duration = math.Round((max(f.End(), answer.End())-f.TS)*1e6) / 1e6
	m.BytesRecv, m.PacketsRecv, m.IPBytesRecv = answer.BytesSent, answer.PacketsSent, answer.IPBytesSent
	return m
}

package flowlog

import (
	"errors"
	"flowlab/labkit/flow"
	"strings"
)

// cicColumns are the columns that are read of CICFlowMeter's, under the long
// names of CIC-IDS2017 and the short ones of CICFlowMeter 4
// (https://github.com/ahlashkari/CICFlowMeter). The data set without
// addresses and times has neither.
var cicColumns = []alias{
	{titles: []string{"source ip", "src ip"}, field: flow.SrcIP, set: schemaSetters[flow.SrcIP]},
	{titles: []string{"source port", "src port"}, field: flow.SrcPort, set: schemaSetters[flow.SrcPort]},
	{titles: []string{"destination ip", "dst ip"}, field: flow.DstIP, set: schemaSetters[flow.DstIP]},
	{titles: []string{"destination port", "dst port"}, field: flow.DstPort, needed: true, set: schemaSetters[flow.DstPort]},
	{titles: []string{"protocol"}, field: flow.Protocol, set: setProtocol},
	{titles: []string{"timestamp"}, field: flow.TS, set: setNumber(flow.TS, parseTime)},
	{titles: []string{"flow duration"}, field: flow.Duration, needed: true, set: setNumber(flow.Duration, parseMicroseconds)},
	{titles: []string{"total fwd packets", "tot fwd pkts", "total fwd packet"}, field: flow.PacketsSent, needed: true, set: schemaSetters[flow.PacketsSent]},
	{titles: []string{"total backward packets", "tot bwd pkts", "total bwd packets"}, field: flow.PacketsRecv, needed: true, set: schemaSetters[flow.PacketsRecv]},
	{titles: []string{"total length of fwd packets", "totlen fwd pkts", "total length of fwd packet"}, field: flow.BytesSent, needed: true, set: schemaSetters[flow.BytesSent]},
	{titles: []string{"total length of bwd packets", "totlen bwd pkts", "total length of bwd packet"}, field: flow.BytesRecv, needed: true, set: schemaSetters[flow.BytesRecv]},
	{titles: []string{"label"}, field: flow.Label, set: setCICLabel},
}

func (h *header) isCICFlowMeter() bool {
	return h.has("flow duration") && (h.has("total fwd packets") || h.has("tot fwd pkts") || h.has("total fwd packet"))
}

// readCICFlowMeter reads what CICFlowMeter writes. Its lengths of packets are
// those of the payload; bytes with headers it does not have.
func readCICFlowMeter(s *rowSource, h *header) (*flow.Table, error) {
	l, err := h.layout(cicColumns)
	if err != nil {
		return nil, err
	}
	l.fields = append(logFields[:len(logFields):len(logFields)], flow.Label)
	l.anyBytes = true // CIC-IDS2017 has labels in Windows-1252
	l.finish = func(p *rowParser) (bool, int, error) {
		return p.row.number[flow.DstPort] >= 0 || p.row.number[flow.Duration] >= 0, 0, nil
	}
	s.layout = l
	t, err := s.table("CICFlowMeter CSV", l.fields, "rows without values")
	if err != nil {
		return nil, err
	}
	t.Drop(flow.State)
	if !t.Any(flow.Label, func(v float64) bool { return v == v }) {
		t.Drop(flow.Label)
	}
	return t, nil
}

func parseMicroseconds(text string) (float64, error) {
	v, ok := parseDecimal(text)
	if !ok || v < 0 {
		return 0, errors.New("a number of microseconds, 0 or above")
	}
	return v / 1e6, nil
}

// setCICLabel reads the name of an attack, or BENIGN. What CICFlowMeter writes
// before a flow was labelled is a label that is missing.
func setCICLabel(b *builder, text string) error {
	switch strings.ToUpper(strings.TrimSpace(text)) {
	case "", "NEEDMANUALLABEL", "NO LABEL", "CIC":
	case "BENIGN":
		b.row.number[flow.Label] = 0
	default:
		b.row.number[flow.Label] = 1
	}
	return nil
}

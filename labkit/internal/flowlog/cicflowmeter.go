package flowlog

import (
	"errors"
	"strings"
)

// cicColumns are the columns that are read of CICFlowMeter's, under the long
// names of CIC-IDS2017 and the short ones of CICFlowMeter 4
// (https://github.com/ahlashkari/CICFlowMeter). The data set without
// addresses and times has neither.
var cicColumns = []alias{
	{titles: []string{"source ip", "src ip"}, field: SrcIP, read: schemaReaders[SrcIP]},
	{titles: []string{"source port", "src port"}, field: SrcPort, read: schemaReaders[SrcPort]},
	{titles: []string{"destination ip", "dst ip"}, field: DstIP, read: schemaReaders[DstIP]},
	{titles: []string{"destination port", "dst port"}, field: DstPort, needed: true, read: schemaReaders[DstPort]},
	{titles: []string{"protocol"}, field: Protocol, read: protocolInto},
	{titles: []string{"timestamp"}, field: TS, read: numberInto(TS, parseTime)},
	{titles: []string{"flow duration"}, field: Duration, needed: true, read: numberInto(Duration, parseMicroseconds)},
	{titles: []string{"total fwd packets", "tot fwd pkts", "total fwd packet"}, field: PacketsSent, needed: true, read: schemaReaders[PacketsSent]},
	{titles: []string{"total backward packets", "tot bwd pkts", "total bwd packets"}, field: PacketsRecv, needed: true, read: schemaReaders[PacketsRecv]},
	{titles: []string{"total length of fwd packets", "totlen fwd pkts", "total length of fwd packet"}, field: BytesSent, needed: true, read: schemaReaders[BytesSent]},
	{titles: []string{"total length of bwd packets", "totlen bwd pkts", "total length of bwd packet"}, field: BytesRecv, needed: true, read: schemaReaders[BytesRecv]},
	{titles: []string{"label"}, field: Label, read: readCICLabel},
}

func (h *header) isCICFlowMeter() bool {
	return h.has("flow duration") && (h.has("total fwd packets") || h.has("tot fwd pkts") || h.has("total fwd packet"))
}

// readCICFlowMeter reads what CICFlowMeter writes. Its lengths of packets are
// those of the payload; bytes with headers it does not have.
func readCICFlowMeter(s *rowSource, h *header) (*Table, error) {
	l, err := h.layout(cicColumns)
	if err != nil {
		return nil, err
	}
	l.fields = append(logFields[:len(logFields):len(logFields)], Label)
	l.anyBytes = true // CIC-IDS2017 has labels in Windows-1252
	l.finish = func(p *rowParser) (bool, int, error) {
		return p.row.number[DstPort] >= 0 || p.row.number[Duration] >= 0, 0, nil
	}
	s.layout = l
	t, err := s.table("CICFlowMeter CSV", l.fields)
	if err != nil {
		return nil, err
	}
	t.countSkipped("rows without values")
	t.drop(State)
	if !t.any(Label, func(v float64) bool { return v == v }) {
		t.drop(Label)
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

// readCICLabel reads the name of an attack, or BENIGN. What CICFlowMeter writes
// before a flow was labelled is a label that is missing.
func readCICLabel(p *rowParser, text string) error {
	switch strings.ToUpper(strings.TrimSpace(text)) {
	case "", "NEEDMANUALLABEL", "NO LABEL", "CIC":
	case "BENIGN":
		p.row.number[Label] = 0
	default:
		p.row.number[Label] = 1
	}
	return nil
}

package flowlog

import (
	"strings"

	"flowlab/labkit/flow"
)

// cidds001 is the data set CIDDS-001
// (https://www.hs-coburg.de/forschung/forschungsprojekte-oeffentlich/informationstechnologie/cidds-coburg-intrusion-detection-data-sets.html):
// nfdump with titles of its own. Addresses outside of the network are made
// anonymous in some of its files; they are left unset.
var cidds001 = &csvDialect{
	format: "CIDDS-001 CSV",
	marks:  [][]string{{"date first seen"}, {"src ip addr"}, {"dst ip addr"}, {"bytes"}},
	columns: []alias{
		{titles: []string{"date first seen"}, field: flow.TS, needed: true, set: setNumber(flow.TS, parseNfdumpTime)},
		{titles: []string{"duration"}, field: flow.Duration, needed: true, set: setNumber(flow.Duration, trimmed(numbersOf(flow.Duration)))},
		{titles: []string{"proto"}, field: flow.Protocol, needed: true, set: setProtocol},
		{titles: []string{"src ip addr"}, field: flow.SrcIP, set: setIfAddress(flow.SrcIP)},
		{titles: []string{"src pt"}, field: flow.SrcPort, set: setNumber(flow.SrcPort, trimmed(numbersOf(flow.SrcPort)))},
		{titles: []string{"dst ip addr"}, field: flow.DstIP, set: setIfAddress(flow.DstIP)},
		{titles: []string{"dst pt"}, field: flow.DstPort, needed: true, set: setCIDDSPort},
		{titles: []string{"packets"}, field: flow.PacketsSent, needed: true, set: setNumber(flow.PacketsSent, trimmed(numbersOf(flow.PacketsSent)))},
		{titles: []string{"bytes"}, field: flow.IPBytesSent, needed: true, set: setRounded},
		{titles: []string{"class"}, field: flow.Label, set: setLabel},
		{titles: []string{"label"}, field: flow.Label, set: setLabel, spare: true},
	},
	prepare: func(_ *rowSource, h *header, l *layout) error {
		port := h.index("dst pt")
		l.finish = func(p *rowParser) (string, int, error) {
			if p.word(flow.Protocol) != "ICMP" {
				return "", 0, nil
			}
			if kind, code, ok := strings.Cut(strings.TrimSpace(p.values[port]), "."); ok { // type.code
				t, _ := parseDecimal(kind)
				c, _ := parseDecimal(code)
				p.row.number[flow.SrcPort], p.row.number[flow.DstPort] = t, c
			} else {
				p.icmpPorts()
			}
			return "", 0, nil
		}
		return nil
	},
}

// setCIDDSPort reads a port, or of ICMP type.code.
func setCIDDSPort(b *builder, text string) error {
	text = strings.TrimSpace(text)
	if b.word(flow.Protocol) == "ICMP" && strings.IndexByte(text, '.') > 0 {
		return setNfdumpPort(b, text)
	}
	return schemaSetters[flow.DstPort](b, text)
}

// setRounded reads bytes, which nfdump for people writes as 2.1 M.
func setRounded(b *builder, text string) error {
	text = strings.TrimSpace(text)
	unit := 1.0
	for _, u := range []struct {
		suffix string
		unit   float64
	}{{"K", 1e3}, {"M", 1e6}, {"G", 1e9}, {"T", 1e12}} {
		if number, ok := strings.CutSuffix(text, u.suffix); ok {
			text, unit = strings.TrimSpace(number), u.unit
			b.remark("bytes are rounded, as 2.1 M", "")
			break
		}
	}
	v, err := parseNumber(text, flow.IPBytesSent.Limit())
	if err == nil {
		b.row.number[flow.IPBytesSent] = v * unit
	}
	return err
}

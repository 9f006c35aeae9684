package flowlog

import (
	"errors"
	"strconv"
	"strings"

	"flowlab/labkit/flow"
)

// argusCSV is what Argus's ra -c , writes, with numbers for ports (-n), as in the
// data set CTU-13, whose files end in .binetflow
// (https://www.stratosphereips.org/datasets-ctu13). Its bytes are those of whole
// frames.
var argusCSV = &csvDialect{
	format: "Argus CSV",
	marks:  [][]string{{"srcaddr"}, {"dstaddr"}, {"dur"}, {"totbytes", "srcbytes"}},
	columns: []alias{
		{titles: []string{"starttime", "stime"}, field: flow.TS, needed: true, set: setNumber(flow.TS, trimmed(parseEpochOrTime))},
		{titles: []string{"dur"}, field: flow.Duration, needed: true},
		{titles: []string{"proto"}, field: flow.Protocol, needed: true, set: setProtocol},
		{titles: []string{"srcaddr"}, field: flow.SrcIP, needed: true, set: setIfAddress(flow.SrcIP)},
		{titles: []string{"sport"}, field: flow.SrcPort, set: setArgusPort(flow.SrcPort)},
		{titles: []string{"dstaddr"}, field: flow.DstIP, needed: true, set: setIfAddress(flow.DstIP)},
		{titles: []string{"dport"}, field: flow.DstPort, set: setArgusPort(flow.DstPort)},
		{titles: []string{"srcpkts"}, field: flow.PacketsSent},
		{titles: []string{"dstpkts"}, field: flow.PacketsRecv},
		{titles: []string{"srcbytes"}, field: flow.IPBytesSent},
		{titles: []string{"dstbytes"}, field: flow.IPBytesRecv},
		{titles: []string{"label"}, field: flow.Label, set: setLabel},
	},
	prepare: func(_ *rowSource, h *header, l *layout) error {
		total := h.index("totbytes")
		if h.index("dstbytes") >= 0 {
			total = -1
		}
		l.finish = func(p *rowParser) (string, int, error) {
			if p.word(flow.SrcIP) == "" || p.word(flow.DstIP) == "" {
				return "flows between addresses that are not of IP", 0, nil
			}
			p.argusICMP()
			if total < 0 {
				return "", 0, nil
			}
			return "", total, p.receivedOf(total)
		}
		return nil
	},
	settle: func(l *ledger) {
		l.note("bytes with headers are those of whole frames")
		if !l.t.Any(flow.PacketsSent, anyNumber) {
			l.note("packets of both directions were counted together, so they are left unset")
		}
	},
}

// receivedOf computes what was received from the bytes of both directions, the
// value at an index.
func (p *rowParser) receivedOf(total int) error {
	both, err := parseNumber(strings.TrimSpace(p.values[total]), flow.IPBytesSent.Limit())
	if err != nil {
		return valueError("TotBytes", quote(p.values[total]), err)
	}
	sent := p.row.number[flow.IPBytesSent]
	if sent > both {
		return errors.New("SrcBytes is above TotBytes")
	}
	p.row.number[flow.IPBytesRecv] = both - sent
	return nil
}

// argusICMP has type and code of ICMP in the ports, as Zeek has them. Argus
// writes both in the source's, the type in the lower byte, in hexadecimal.
func (p *rowParser) argusICMP() {
	source, destination := &p.row.number[flow.SrcPort], &p.row.number[flow.DstPort]
	if p.word(flow.Protocol) == "ICMP" && anyNumber(*source) {
		both := int(*source)
		*source, *destination = float64(both&255), float64(both>>8)
	}
}

// setArgusPort reads a port, or a hexadecimal number with 0x before it.
func setArgusPort(f flow.Field) setter {
	return func(b *builder, text string) error {
		text = strings.TrimSpace(text)
		if text == "" || text == "-" {
			return nil
		}
		digits, isHex := strings.CutPrefix(text, "0x")
		if !isHex {
			v, err := parseNumber(text, f.Limit())
			if err == nil {
				b.row.number[f] = v
			}
			return err
		}
		v, err := strconv.ParseUint(digits, 16, 16)
		if err != nil {
			return f.Limit().Want
		}
		b.row.number[f] = float64(v)
		return nil
	}
}

// setIfAddress reads an address, and leaves one unset that is not of IP, as of
// ARP and of what was made anonymous.
func setIfAddress(f flow.Field) setter {
	return func(b *builder, text string) error {
		if text = strings.TrimSpace(text); f.CheckWord(text) != nil {
			return nil
		}
		return schemaSetters[f](b, text)
	}
}

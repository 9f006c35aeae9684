package capture

import (
	"encoding/binary"
	"net/netip"

	"flowlab/labkit/flow"
)

// fields are the columns of a table: those of labkit.ReadFlows but label.
var fields = []flow.Field{
	flow.TS, flow.SrcIP, flow.SrcPort, flow.DstIP, flow.DstPort, flow.Protocol, flow.Duration,
	flow.BytesSent, flow.BytesRecv, flow.PacketsSent, flow.PacketsRecv, flow.IPBytesSent, flow.IPBytesRecv, flow.State,
}

// record writes down a flow that is over, in the place of the one before.
func (d *decoder) record(f *liveFlow) {
	r := &d.ended
	*r = flow.Unknown()
	if !f.noTime {
		r.TS, r.Duration = seconds(f.ts), seconds(f.last-f.first)
	}
	r.SrcIP, r.DstIP = d.addresses.text(f.src), d.addresses.text(f.dst)
	r.SrcPort, r.DstPort = int(f.srcPort), int(f.dstPort)
	r.Protocol, r.State = protocolWord(f.protocol), f.state()
	r.BytesSent, r.BytesRecv = f.payload(sent), f.payload(received)
	r.PacketsSent, r.PacketsRecv = float64(f.packets[sent]), float64(f.packets[received])
	r.IPBytesSent, r.IPBytesRecv = float64(f.ipBytes[sent]), float64(f.ipBytes[received])
	r.Origin = flow.Origin{File: d.name, Place: f.packet}
}

// seconds turns nanoseconds into what the same decimal number reads as.
func seconds(ns int64) float64 {
	return float64(ns/1e9) + float64(ns%1e9)/1e9
}

func protocolWord(protocol byte) string {
	switch protocol {
	case protocolTCP:
		return "TCP"
	case protocolUDP:
		return "UDP"
	}
	return "ICMP"
}

// addressTexts holds the text of some addresses, as most occur in many flows.
type addressTexts [1 << 10]struct {
	address address
	text    string
}

func (t *addressTexts) text(a address) string {
	h := binary.LittleEndian.Uint64(a[8:])
	known := &t[(h*0x9e3779b97f4a7c15)>>54] // Fibonacci hashing, to ten bits
	if known.text == "" || known.address != a {
		known.address, known.text = a, netip.AddrFrom16(a).Unmap().String()
	}
	return known.text
}

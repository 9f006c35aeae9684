package capture

import (
	"bytes"
	"encoding/binary"

	"github.com/gopacket/gopacket/layers"
)

// maxTunnels is how many tunnels deep a packet is followed: Zeek's
// Tunnel::max_depth.
const maxTunnels = 2

const (
	tooDeep   skip = "more than two tunnels deep"
	withoutIP skip = "tunnel without the IP packet that it announces"
)

// within reads the IP packet that an IP packet holds.
func (d *decoder) within(g datagram, version byte) skip {
	p := g.packet
	if p.tunnels++; p.tunnels > maxTunnels {
		return tooDeep
	}
	if !isIP(p, version, false) {
		return withoutIP
	}
	return d.ip(p)
}

// isIP tells whether a packet is of that IP version and ends where its header
// says; or, if more is allowed, not after.
func isIP(p packet, version byte, more bool) bool {
	if len(p.data) < 20 || p.data[0]>>4 != version {
		return false
	}
	size := int(binary.BigEndian.Uint16(p.data[2:]))
	if version == 6 {
		size = 40 + int(binary.BigEndian.Uint16(p.data[4:]))
	}
	return size == p.wire || more && size < p.wire
}

// gre reads Generic Routing Encapsulation (RFC 2784, 2890), of version 1 PPTP
// (RFC 2637).
func (d *decoder) gre(g datagram) skip {
	p := g.packet
	if len(p.data) < 4 {
		return cutShort
	}
	if p.tunnels++; p.tunnels > maxTunnels {
		return tooDeep
	}
	flags, holds := binary.BigEndian.Uint16(p.data), layers.EthernetType(binary.BigEndian.Uint16(p.data[2:]))
	const routing, reserved = 0x4000, 0x0078
	version := flags & 7
	if flags&(routing|reserved) != 0 || version > 1 {
		return "GRE of a kind that is not read"
	}
	header := 4
	for _, optional := range []uint16{0x8000, 0x2000, 0x1000, 0x0080} { // checksum, key, sequence, acknowledgement
		if flags&optional != 0 {
			header += 4
		}
	}
	if !p.peel(header) {
		return cutShort
	}
	if version == 1 {
		return d.ppp(p)
	}
	return d.greHolds(p, holds, flags&0x1000 != 0)
}

func (d *decoder) greHolds(p packet, holds layers.EthernetType, numbered bool) skip {
	const erspan2, erspan3 = 0x88be, 0x22eb
	switch {
	case holds == erspan2 && numbered:
		return d.after(8, p, (*decoder).ethernet)
	case holds == erspan2:
		return d.ethernet(p)
	case holds == erspan3:
		if len(p.data) < 12 {
			return cutShort
		}
		if p.data[11]&1 != 0 {
			return d.after(12+8, p, (*decoder).ethernet)
		}
		return d.after(12, p, (*decoder).ethernet)
	case holds >= 0x8200 && holds <= 0x83f0 && holds&15 == 0, holds == 0x9000: // Aruba
		return d.wlan(p)
	}
	return d.network(holds, p)
}

// tunnel looks for a packet in the payload of UDP, told by the port of the
// responder, and of Teredo and AYIYA by the first bytes. Whatever it finds, the
// datagram counts as the flow's.
func (d *decoder) tunnel(f *liveFlow, g datagram) {
	if f.notTunnel {
		return
	}
	open := tunnelAt(f.dstPort)
	switch {
	case open != nil:
	case looksLikeTeredo(g.data):
		open = (*decoder).teredo
	case looksLikeAYIYA(g.data):
		open = (*decoder).ayiya
	default:
		return
	}
	p := g.packet
	if p.tunnels++; p.tunnels > maxTunnels {
		d.hold(tooDeep)
		return
	}
	f.notTunnel = !open(d, p)
}

// hold counts what a packet in a tunnel of UDP came to.
func (d *decoder) hold(why skip) {
	if why != none && why != waiting {
		d.report.SkipInTunnel(string(why), d.pieces)
	}
}

// tunnelAt returns what opens the tunnels of a port, nil if it is not known for
// any. The result of that is false if it turns out to be no such tunnel.
func tunnelAt(port uint16) func(*decoder, packet) bool {
	switch port {
	case 2123, 2152:
		return (*decoder).gtp
	case 3544:
		return (*decoder).teredo
	case 4789:
		return (*decoder).vxlan
	case 5072:
		return (*decoder).ayiya
	case 6081:
		return (*decoder).geneve
	}
	return nil
}

// vxlan: RFC 7348.
func (d *decoder) vxlan(p packet) bool {
	if len(p.data) < 8 || p.data[0]&0x08 == 0 {
		return false
	}
	d.hold(d.after(8, p, (*decoder).ethernet))
	return true
}

// geneve: RFC 8926.
func (d *decoder) geneve(p packet) bool {
	if len(p.data) < 8 {
		return false
	}
	if p.data[0]>>6 != 0 {
		d.hold("Geneve of a version that is not read")
		return true
	}
	holds := layers.EthernetType(binary.BigEndian.Uint16(p.data[2:]))
	if !p.peel(8 + 4*int(p.data[0]&0x3f)) {
		return false
	}
	d.hold(d.network(holds, p))
	return true
}

// gtp: user data of the GPRS Tunnelling Protocol, version 1 (3GPP TS 29.281).
// Its other messages hold no packets.
func (d *decoder) gtp(p packet) bool {
	const userData = 255
	if len(p.data) >= 8 && p.data[0]>>5 == 1 && p.data[0]&0x10 != 0 && p.data[1] == userData {
		d.hold(d.gtpData(p))
	}
	return true
}

func (d *decoder) gtpData(p packet) skip {
	if p.gtp {
		return "GTP in GTP"
	}
	flags := p.data[0]
	p.peel(8)
	if flags&7 != 0 {
		if why := peelGTP(&p, flags&4 != 0); why != none {
			return why
		}
	}
	p.gtp = true
	switch {
	case len(p.data) < min(20, p.wire):
		return cutShort
	case !isIP(p, 4, false) && !isIP(p, 6, false):
		return withoutIP
	}
	return d.ip(p)
}

// peelGTP takes off the optional fields of a header and, if there are any, the
// extensions.
func peelGTP(p *packet, extended bool) skip {
	if len(p.data) < 4 {
		return cutShort
	}
	next := p.data[3]
	p.peel(4)
	for extended && next != 0 {
		if len(p.data) < 1 {
			return cutShort
		}
		length := 4 * int(p.data[0])
		if length == 0 {
			return "GTP extension of 0 bytes"
		}
		if len(p.data) < length {
			return cutShort
		}
		next = p.data[length-1]
		p.peel(length)
	}
	return none
}

// ayiya: draft-massar-v6ops-ayiya.
func (d *decoder) ayiya(p packet) bool {
	if len(p.data) < 8 {
		return false
	}
	const forward = 1
	operation, holds := p.data[2]&15, layers.IPProtocol(p.data[3])
	if !p.peel(8 + 1<<(p.data[0]>>4) + 4*int(p.data[1]>>4)) {
		return false
	}
	if operation == forward {
		d.hold(d.ayiyaHolds(p, holds))
	}
	return true
}

func (d *decoder) ayiyaHolds(p packet, holds layers.IPProtocol) skip {
	if holds != layers.IPProtocolIPv4 && holds != layers.IPProtocolIPv6 {
		return protocolName(byte(holds))
	}
	return d.ip(p)
}

func looksLikeAYIYA(data []byte) bool {
	return len(data) >= 3 && data[1] == 0x52 && data[2] == 0x11
}

// teredo: IPv6 in UDP (RFC 4380), after what the two may say to each other.
func (d *decoder) teredo(p packet) bool {
	if !peelTeredo(&p) || !isIP(p, 6, true) {
		return false
	}
	const noNextHeader = 59
	bubble := p.data[6] == noNextHeader && p.data[4] == 0 && p.data[5] == 0
	if !isIP(p, 6, false) && !bubble {
		return false
	}
	if !bubble {
		d.hold(d.ip(p))
	}
	return true
}

// peelTeredo takes off an authentication and an origin indication, if they are
// there.
func peelTeredo(p *packet) bool {
	if len(p.data) >= 4 && p.data[0] == 0 && p.data[1] == 1 {
		if !p.peel(4 + int(p.data[2]) + int(p.data[3]) + 8 + 1) {
			return false
		}
	}
	if len(p.data) >= 2 && p.data[0] == 0 && p.data[1] == 0 {
		if !p.peel(8) {
			return false
		}
	}
	return len(p.data) >= 40
}

// looksLikeTeredo tells whether what follows is an IPv6 packet from or to
// 2001::/32, or what may stand before one.
func looksLikeTeredo(data []byte) bool {
	if len(data) < 40 {
		return false
	}
	prefix := []byte{0x20, 0x01, 0, 0}
	switch {
	case data[0]>>4 == 6:
		return bytes.Equal(data[8:12], prefix) || bytes.Equal(data[24:28], prefix)
	case data[0] == 0 && data[1] <= 1:
		p := packet{data: data, wire: len(data)}
		return peelTeredo(&p) && p.data[0]>>4 == 6
	}
	return false
}

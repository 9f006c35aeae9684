package capture

import (
	"encoding/binary"
	"fmt"

	"github.com/gopacket/gopacket/layers"
)

// A packet is what is left of one after some headers have been taken off.
type packet struct {
	time    int64  // by the clock
	data    []byte // captured
	wire    int    // bytes that there were: as many as data, or more
	tunnels int    // that it is in
	holder  holder // that counts in its place
	gtp     bool   // it is in GTP, which is never in GTP
}

// A holder is what holds a packet and is itself counted in the report.
type holder byte

const (
	itself      holder = iota // nothing holds it
	inTunnel                  // of UDP, which went into a flow
	inAggregate               // of 802.11
)

// peel takes n bytes off, and returns false if fewer were captured.
func (p *packet) peel(n int) bool {
	if n > len(p.data) {
		return false
	}
	p.data = p.data[n:]
	p.wire -= n
	return true
}

// A skip is the reason why a packet went into no flow; none if it did.
type skip string

const (
	none     skip = ""
	waiting  skip = "a fragment that waits for the rest"
	cutShort skip = "cut within the headers"
)

// linkDecoders are those of the link types that are read, besides those that name
// one of these (see linkDecoder), by
// https://www.tcpdump.org/linktypes.html
var linkDecoders = map[layers.LinkType]func(*decoder, packet) skip{
	layers.LinkTypeNull:           (*decoder).loopback,
	layers.LinkTypeEthernet:       (*decoder).ethernet,
	layers.LinkTypePPP:            (*decoder).ppp,
	layers.LinkTypeFDDI:           func(d *decoder, p packet) skip { return d.after(13, p, (*decoder).llc) },
	12:                            (*decoder).ip, // DLT_RAW of most systems
	14:                            (*decoder).ip, // and of OpenBSD
	layers.LinkTypePPP_HDLC:       (*decoder).ppp,
	layers.LinkTypePPPEthernet:    (*decoder).pppoe,
	layers.LinkTypeRaw:            (*decoder).ip,
	layers.LinkTypeC_HDLC:         func(d *decoder, p packet) skip { return d.typed(p, 2, 4) },
	layers.LinkTypeIEEE802_11:     (*decoder).wlan,
	layers.LinkTypeLoop:           (*decoder).loopback,
	layers.LinkTypeLinuxSLL:       func(d *decoder, p packet) skip { return d.typed(p, 14, 16) },
	layers.LinkTypeIEEE80211Radio: (*decoder).radiotap,
	layers.LinkTypeIPv4:           (*decoder).ip,
	layers.LinkTypeIPv6:           (*decoder).ip,
	linkENC:                       (*decoder).enc,
	layers.LinkTypePFLog:          (*decoder).pflog,
	239:                           (*decoder).nflog,
	layers.LinkTypeLinuxSLL2:      func(d *decoder, p packet) skip { return d.typed(p, 0, 20) },
}

// wantLink follows in errors on what is said of a link type that is not read.
const wantLink = "want Ethernet (1), raw IP (101), Linux cooked (113, 276), loopback (0, 108), PPP (9, 50, 51), 802.11 (105, 127) or another that the documentation of package capture lists"

func unknownLink(link layers.LinkType) skip {
	name := link.String()
	if name == "UnknownLinkType" {
		name = "no name known here"
	}
	return skip(fmt.Sprintf("of link type %d (%s), which is not read", link, name))
}

// after takes n bytes off and goes on with what follows.
func (d *decoder) after(n int, p packet, next func(*decoder, packet) skip) skip {
	if !p.peel(n) {
		return cutShort
	}
	return next(d, p)
}

// typed goes on by the EtherType at a byte of a header of n bytes.
func (d *decoder) typed(p packet, at, n int) skip {
	if len(p.data) < n {
		return cutShort
	}
	etherType := binary.BigEndian.Uint16(p.data[at:])
	p.peel(n)
	return d.network(layers.EthernetType(etherType), p)
}

func (d *decoder) ethernet(p packet) skip { return d.typed(p, 12, 14) }

// EtherTypes that package layers has no name for.
const (
	etherFabricPath = 0x8903
	etherVLANOld    = 0x9100
	etherVNTag      = 0x8926
	etherBackbone   = 0x88e7
	etherBridging   = 0x6558
)

// network goes on by an EtherType; below 1536 it is the length of an 802.3
// frame.
func (d *decoder) network(etherType layers.EthernetType, p packet) skip {
	switch etherType {
	case layers.EthernetTypeIPv4, layers.EthernetTypeIPv6:
		return d.ip(p)
	case layers.EthernetTypeARP:
		return "ARP"
	case layers.EthernetTypeDot1Q, layers.EthernetTypeQinQ, etherVLANOld:
		return d.typed(p, 2, 4)
	case layers.EthernetTypeMPLSUnicast, layers.EthernetTypeMPLSMulticast:
		return d.mpls(p)
	case layers.EthernetTypePPPoESession:
		return d.pppoe(p)
	case etherBridging:
		return d.ethernet(p)
	case etherBackbone:
		return d.after(4, p, (*decoder).ethernet)
	case etherVNTag:
		return d.typed(p, 4, 6)
	case etherFabricPath:
		return d.after(2, p, (*decoder).ethernet)
	}
	if etherType < 1536 {
		return d.llc(p)
	}
	return etherTypeName(etherType)
}

func etherTypeName(t layers.EthernetType) skip {
	if name := t.String(); name != "UnknownEthernetType" {
		return skip(name)
	}
	return skip(fmt.Sprintf("EtherType %#04x", uint16(t)))
}

// llc reads an 802.2 header, of which only SNAP leads on to IP.
func (d *decoder) llc(p packet) skip {
	if len(p.data) < 8 {
		return "LLC"
	}
	if p.data[0] != 0xaa || p.data[1] != 0xaa {
		return "LLC"
	}
	return d.typed(p, 6, 8)
}

// mpls takes the labels off. What follows is told by its first four bits: IP,
// or the control word of an Ethernet pseudowire (RFC 4385).
func (d *decoder) mpls(p packet) skip {
	for last := false; !last; {
		if len(p.data) < 5 {
			return cutShort
		}
		last = p.data[2]&1 != 0
		p.peel(4)
	}
	switch p.data[0] >> 4 {
	case 4, 6:
		return d.ip(p)
	case 0:
		return d.after(4, p, (*decoder).ethernet)
	}
	return "MPLS without IP"
}

func (d *decoder) pppoe(p packet) skip { return d.after(6, p, (*decoder).ppp) }

// ppp reads a PPP header, with the address and control bytes of RFC 1662 or
// without.
func (d *decoder) ppp(p packet) skip {
	if len(p.data) >= 2 && (p.data[0] == 0xff || p.data[0] == 0x0f) && p.data[1]&^3 == 0 {
		p.peel(2)
	}
	if len(p.data) < 2 {
		return cutShort
	}
	protocol, size := layers.PPPType(binary.BigEndian.Uint16(p.data)), 2
	if p.data[0]&1 != 0 { // compressed to one byte (RFC 1661, 6.5)
		protocol, size = layers.PPPType(p.data[0]), 1
	}
	p.peel(size)
	switch protocol {
	case layers.PPPTypeIPv4, layers.PPPTypeIPv6:
		return d.ip(p)
	case layers.PPPTypeMPLSUnicast, layers.PPPTypeMPLSMulticast:
		return d.mpls(p)
	}
	return "PPP control"
}

// loopback reads the address family, in the byte order of who wrote it. That
// of IPv6 is not the same on all systems.
func (d *decoder) loopback(p packet) skip {
	if len(p.data) < 4 {
		return cutShort
	}
	family := min(binary.LittleEndian.Uint32(p.data), binary.BigEndian.Uint32(p.data))
	p.peel(4)
	switch family {
	case 2, 10, 24, 28, 30:
		return d.ip(p)
	}
	return "loopback without IP"
}

// nflog looks for the packet among the attributes of a Linux netfilter log.
func (d *decoder) nflog(p packet) skip {
	const payload = 9
	if !p.peel(4) {
		return cutShort
	}
	for len(p.data) >= 4 {
		length := int(binary.NativeEndian.Uint16(p.data))
		if binary.NativeEndian.Uint16(p.data[2:]) == payload {
			return d.after(4, p, (*decoder).ip)
		}
		if length < 4 || !p.peel((length+3)&^3) {
			break
		}
	}
	return cutShort
}

package capture

import (
	"encoding/binary"
	"fmt"

	"github.com/gopacket/gopacket/layers"
)

// An address is an IPv6 address, or an IPv4 address mapped into IPv6 (RFC 4291,
// 2.5.5.2).
type address [16]byte

func ipv4Address(b []byte) (a address) {
	a[10], a[11] = 0xff, 0xff
	copy(a[12:], b)
	return a
}

var broadcast = ipv4Address([]byte{255, 255, 255, 255})

// A datagram is an IP packet whose headers have been read.
type datagram struct {
	packet   // its payload
	v6       bool
	fragment bool // IPv6: a fragment header was among its own
	src, dst address
	protocol byte // of the payload
	size     int  // with the headers, as conn.log counts IP bytes
}

const (
	brokenIP skip = "IP header that contradicts itself"
	shortIP  skip = "IP packet shorter than its header says"

	nestedFragment skip = "IPv6 fragment within a fragment"
)

// ip reads an IPv4 or IPv6 packet.
func (d *decoder) ip(p packet) skip {
	if len(p.data) < 20 {
		return cutShort
	}
	switch p.data[0] >> 4 {
	case 4:
		return d.ipv4(p)
	case 6:
		return d.ipv6(p)
	}
	return "neither IPv4 nor IPv6"
}

func (d *decoder) ipv4(p packet) skip {
	h := p.data
	header, size := int(h[0]&15)*4, int(binary.BigEndian.Uint16(h[2:]))
	if size == 0 {
		size = p.wire // as segmentation in the network card leaves it
	}
	switch {
	case header < 20 || header > size:
		return brokenIP
	case size > p.wire:
		return shortIP
	}
	g := datagram{packet: p, src: ipv4Address(h[12:16]), dst: ipv4Address(h[16:20]), protocol: h[9], size: size}
	g.wire = size
	g.data = g.data[:min(size, len(g.data))]
	if !g.peel(header) {
		return cutShort
	}
	if flags := binary.BigEndian.Uint16(h[6:]); flags&0x3fff != 0 {
		return d.fragment(g, fragment{
			id: uint32(binary.BigEndian.Uint16(h[4:])), offset: int(flags&0x1fff) * 8, more: flags&0x2000 != 0, header: header,
		})
	}
	return d.transport(g)
}

func (d *decoder) ipv6(p packet) skip {
	if len(p.data) < 40 {
		return cutShort
	}
	h := p.data
	size := 40 + int(binary.BigEndian.Uint16(h[4:]))
	if size == 40 && layers.IPProtocol(h[6]) != layers.IPProtocolNoNextHeader {
		size = p.wire // a jumbogram, or segmentation in the network card
	}
	if size > p.wire {
		return shortIP
	}
	g := datagram{packet: p, v6: true, src: address(h[8:24]), dst: address(h[24:40]), protocol: h[6], size: size}
	g.wire = size
	g.data = g.data[:min(size, len(g.data))]
	g.peel(40)
	return d.extensions(g, 40)
}

// extensions takes the extension headers of IPv6 off, after headers of that
// many bytes.
func (d *decoder) extensions(g datagram, headers int) skip {
	for {
		length := 8
		next := layers.IPProtocol(g.protocol)
		switch next {
		case layers.IPProtocolIPv6HopByHop, layers.IPProtocolIPv6Destination, layers.IPProtocolIPv6Routing, layers.IPProtocolAH:
			if len(g.data) < 8 {
				return cutShort
			}
			length = extensionLength(next, g.data[1])
		case layers.IPProtocolIPv6Fragment:
		default:
			return d.transport(g)
		}
		if length > g.wire {
			return brokenIP
		}
		h := g.data
		if !g.peel(length) {
			return cutShort
		}
		g.protocol = h[0]
		switch next {
		case layers.IPProtocolIPv6Fragment:
			// A fragment header that says that there is but this fragment changes
			// nothing (RFC 6946), and a datagram is taken to pieces once: fragments
			// within one another would cost a copy of the rest for each.
			if g.fragment {
				return nestedFragment
			}
			g.fragment = true
			if h[2] == 0 && h[3]&^6 == 0 {
				g.size = headers + g.wire
				continue
			}
			return d.fragment(g, fragment{
				id: binary.BigEndian.Uint32(h[4:]), offset: int(binary.BigEndian.Uint16(h[2:]) &^ 7), more: h[3]&1 != 0, header: headers,
			})
		case layers.IPProtocolIPv6Routing:
			// The last address is where the packet goes in the end (RFC 2460,
			// 4.4; RFC 6275, 6.4).
			if kind, left := h[2], h[3]; (kind == 0 || kind == 2) && left > 0 && h[1] >= 2 && h[1]%2 == 0 {
				g.dst = address(h[length-16 : length])
			}
		case layers.IPProtocolIPv6Destination:
			if home, ok := homeAddress(h[2:length]); ok {
				g.src = home
			}
		}
		headers += length
	}
}

func extensionLength(kind layers.IPProtocol, units byte) int {
	if kind == layers.IPProtocolAH {
		return 8 + 4*int(units)
	}
	return 8 + 8*int(units)
}

// homeAddress looks among destination options for the address at which a
// mobile node is at home (RFC 6275, 6.3).
func homeAddress(options []byte) (a address, ok bool) {
	const pad, home = 0, 201
	for len(options) > 0 {
		if options[0] == pad {
			options = options[1:]
			continue
		}
		if len(options) < 2 || len(options) < 2+int(options[1]) {
			break
		}
		if options[0] == home && options[1] == 16 {
			return address(options[2:18]), true
		}
		options = options[2+int(options[1]):]
	}
	return a, false
}

// transport goes on by the protocol of the payload.
func (d *decoder) transport(g datagram) skip {
	switch layers.IPProtocol(g.protocol) {
	case layers.IPProtocolTCP:
		return d.tcp(g)
	case layers.IPProtocolUDP:
		return d.udp(g)
	case layers.IPProtocolICMPv4, layers.IPProtocolICMPv6:
		return d.icmp(g)
	case layers.IPProtocolIPv4:
		return d.within(g, 4)
	case layers.IPProtocolIPv6:
		return d.within(g, 6)
	case layers.IPProtocolGRE:
		return d.gre(g)
	}
	return protocolName(g.protocol)
}

func protocolName(protocol byte) skip {
	if name := layers.IPProtocol(protocol).String(); name != "UnknownIPProtocol" {
		return skip(name)
	}
	return skip(fmt.Sprintf("IP protocol %d", protocol))
}

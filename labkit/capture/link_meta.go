package capture

import (
	"encoding/binary"

	"github.com/gopacket/gopacket/layers"
)

// Link types that put what the system knows about a packet before it, of which
// package layers has no names.
const (
	linkENC   layers.LinkType = 109
	linkPPI   layers.LinkType = 192
	linkPKTAP layers.LinkType = 258
)

// linkDecoder returns what decodes the packets of a link type, nil if they are not
// read.
func linkDecoder(link layers.LinkType) func(*decoder, packet) skip {
	switch link {
	case linkPPI:
		return (*decoder).ppi
	case linkPKTAP:
		return (*decoder).pktap
	}
	return linkDecoders[link]
}

// pktap reads the header of macOS, as tcpdump writes it there without -i: its
// length, and the link type of what follows at byte 8
// (https://github.com/apple-oss-distributions/xnu/blob/main/bsd/net/pktap.h).
func (d *decoder) pktap(p packet) skip {
	if len(p.data) < 12 {
		return cutShort
	}
	return d.framed(p, int(binary.LittleEndian.Uint32(p.data)), binary.LittleEndian.Uint32(p.data[8:]))
}

// ppi reads Per-Packet Information: the length of the header at byte 2, the link
// type of what follows at byte 4
// (https://www.tcpdump.org/linktypes/LINKTYPE_PPI.html).
func (d *decoder) ppi(p packet) skip {
	if len(p.data) < 8 {
		return cutShort
	}
	return d.framed(p, int(binary.LittleEndian.Uint16(p.data[2:])), binary.LittleEndian.Uint32(p.data[4:]))
}

// framed goes on with a frame of a link type behind a header of n bytes.
func (d *decoder) framed(p packet, n int, link uint32) skip {
	decode, ok := linkDecoders[layers.LinkType(link)]
	if !ok {
		return unknownLink(layers.LinkType(link))
	}
	return d.after(n, p, decode)
}

// pflog reads a log of OpenBSD's packet filter: its first byte is the length of
// the header, which is filled up to a multiple of four
// (https://www.tcpdump.org/linktypes/LINKTYPE_PFLOG.html).
func (d *decoder) pflog(p packet) skip {
	if len(p.data) < 1 {
		return cutShort
	}
	return d.after((int(p.data[0])+3)&^3, p, (*decoder).ip)
}

// enc reads what OpenBSD decrypted or is about to encrypt with IPsec: the address
// family, the index of the parameters and flags, of four bytes each, before an IP
// packet (https://www.tcpdump.org/linktypes/LINKTYPE_ENC.html).
func (d *decoder) enc(p packet) skip { return d.after(12, p, (*decoder).ip) }

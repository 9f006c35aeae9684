package capture

import (
	"encoding/binary"
	"slices"

	"github.com/gopacket/gopacket/layers"
)

const shortTransport skip = "transport header cut off"

// ends returns the endpoints of a datagram whose payload begins with two ports.
func (g datagram) ends() endpoints {
	return endpoints{g.src, g.dst, binary.BigEndian.Uint16(g.data), binary.BigEndian.Uint16(g.data[2:])}
}

// holds tells what is wrong if the payload has not a header of n bytes, or of
// these fewer were captured than are read.
func (g datagram) holds(n, read int) skip {
	switch {
	case g.wire < n:
		return shortTransport
	case len(g.data) < read:
		return cutShort
	}
	return none
}

func (d *decoder) tcp(g datagram) skip {
	if why := g.holds(20, 14); why != none {
		return why
	}
	h := g.data
	s := segment{
		time: g.time, seq: binary.BigEndian.Uint32(h[4:]), ack: binary.BigEndian.Uint32(h[8:]),
		flags: tcpFlags(h[13]), payload: g.wire - int(h[12]>>4)*4,
	}
	e := g.ends()
	f := d.tcpFlow(e, s, h[12]>>4 >= 5)
	if h[12]>>4 < 5 || s.payload < 0 {
		return brokenTCP
	}
	way := f.direction(e)
	f.tcp.process(way, s)
	f.begins(s.time, d.ts)
	d.count(f, way, g.size)
	return none
}

const brokenTCP skip = "TCP header that contradicts itself"

// tcpFlow returns the flow that a segment belongs to.
func (d *decoder) tcpFlow(e endpoints, s segment, sound bool) *liveFlow {
	key := e.key(protocolTCP, false)
	f := d.live[key]
	switch {
	case f == nil || !sound:
	case d.behind(s.time) && f.tcp.isLate(f.direction(e), s):
		f.tcp.takeLate(f.direction(e), s)
	case f.tcp.reused(s):
		d.end(f)
		f = nil
	}
	if f != nil {
		return f
	}
	f = d.beginFlow(e, protocolTCP, false, s.time, udpTimeout)
	if !(s.flags.has(flagSYN) && !s.flags.has(flagACK)) && fromServer(e, s.flags.has(flagSYN)) && e.dst != broadcast {
		f.flip()
	}
	d.beginTCP(f)
	return f
}

// fromServer guesses from the ports whether the first packet that was seen of
// a connection, not the first that there was, is from the responder.
func fromServer(e endpoints, synAck bool) bool {
	switch {
	case !tcpServerPorts.has(e.srcPort):
		return false
	case !tcpServerPorts.has(e.dstPort):
		return true
	}
	return !synAck && e.srcPort < e.dstPort
}

func (d *decoder) udp(g datagram) skip {
	if why := g.holds(8, 8); why != none {
		return why
	}
	e := g.ends()
	key := e.key(protocolUDP, false)
	f := d.live[key]
	if f == nil {
		f = d.beginFlow(e, protocolUDP, false, g.time, udpTimeout)
		if udpServerPorts.has(e.srcPort) && !udpServerPorts.has(e.dstPort) && e.dst != broadcast {
			f.flip()
		}
		if isDNS(f.dstPort) {
			d.timers.push(timer{at: d.now + int64(dnsTimeout), flow: f, kind: dnsExpiry})
		}
	}
	length := int(binary.BigEndian.Uint16(g.data[4:])) // of the datagram, as UDP has it
	if length < 8 {
		length = g.wire // 0 in a jumbogram, or as segmentation in the network card leaves it
	}
	way := f.direction(e)
	f.begins(g.time, d.ts)
	f.last = max(f.last, g.time)
	f.hear(way, length-8)
	d.count(f, way, g.size)
	pieces := d.pieces
	g.holder = inTunnel
	g.peel(8)
	d.findNetFlow(f.dstPort, g.packet)
	d.pieces = 1
	d.tunnel(f, g)
	d.pieces = pieces
	return none
}

// hear adds payload of UDP or ICMP.
func (f *liveFlow) hear(way direction, payload int) {
	f.heard[way] = true
	f.bytes[way] += payload
}

// icmp reads a message of ICMP or ICMPv6. Its type stands for the source port.
// For the destination port stands the type of the answer; or, of a message that
// has none, the code.
func (d *decoder) icmp(g datagram) skip {
	if why := g.holds(8, 8); why != none {
		return why
	}
	kind, code := g.data[0], g.data[1]
	answers := icmpAnswers
	if layers.IPProtocol(g.protocol) == layers.IPProtocolICMPv6 {
		answers = icmpv6Answers
	}
	answer, pair := answers[kind]
	if !pair {
		answer = code
	}
	e := endpoints{g.src, g.dst, uint16(kind), uint16(answer)}
	key := e.key(g.protocol, !pair)
	f := d.live[key]
	if f == nil {
		f = d.beginFlow(e, g.protocol, !pair, g.time, icmpTimeout)
	}
	way := f.direction(e)
	f.begins(g.time, d.ts)
	f.last = max(f.last, g.time)
	f.hear(way, g.wire-8)
	d.count(f, way, g.size)
	return none
}

var icmpAnswers, icmpv6Answers = answersOf(
	layers.ICMPv4TypeEchoRequest, layers.ICMPv4TypeEchoReply,
	layers.ICMPv4TypeTimestampRequest, layers.ICMPv4TypeTimestampReply,
	layers.ICMPv4TypeInfoRequest, layers.ICMPv4TypeInfoReply,
	layers.ICMPv4TypeRouterSolicitation, layers.ICMPv4TypeRouterAdvertisement,
	layers.ICMPv4TypeAddressMaskRequest, layers.ICMPv4TypeAddressMaskReply,
), answersOf(
	layers.ICMPv6TypeEchoRequest, layers.ICMPv6TypeEchoReply,
	layers.ICMPv6TypeRouterSolicitation, layers.ICMPv6TypeRouterAdvertisement,
	layers.ICMPv6TypeNeighborSolicitation, layers.ICMPv6TypeNeighborAdvertisement,
	layers.ICMPv6TypeMLDv1MulticastListenerQueryMessage, layers.ICMPv6TypeMLDv1MulticastListenerReportMessage,
	139, 140, // node information (RFC 4620)
	144, 145, // home agent address discovery (RFC 6275)
)

// answersOf maps each type of a message to that of its answer, and back.
func answersOf(types ...byte) map[byte]byte {
	answers := map[byte]byte{}
	for pair := range slices.Chunk(types, 2) {
		answers[pair[0]], answers[pair[1]] = pair[1], pair[0]
	}
	return answers
}

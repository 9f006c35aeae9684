package capture

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
)

// A wrapping puts an IPv4 packet into something.
type wrapping struct {
	name string
	link layers.LinkType
	wrap func(packet []byte) []byte
	more int // flows that this makes besides those of the packet
}

var mac = make([]byte, 6)

func ether(t layers.EthernetType) *layers.Ethernet {
	return &layers.Ethernet{SrcMAC: mac, DstMAC: mac, EthernetType: t}
}

// before puts bytes, given in hexadecimal, before a packet.
func before(hex string) func([]byte) []byte {
	var head []byte
	for _, b := range strings.Fields(hex) {
		var v byte
		if _, err := fmt.Sscanf(b, "%x", &v); err != nil {
			panic(err)
		}
		head = append(head, v)
	}
	return func(packet []byte) []byte { return append(bytes.Clone(head), packet...) }
}

func inEthernet(packet []byte) []byte {
	return serialize(ether(layers.EthernetTypeIPv4), gopacket.Payload(packet))
}

// inUDP puts a payload into UDP to a port.
func inUDP(port layers.UDPPort, payload []byte) []byte {
	return ipPacket("192.0.2.1", "192.0.2.2", layers.IPProtocolUDP, &layers.UDP{SrcPort: 40000, DstPort: port}, gopacket.Payload(payload))
}

func inIP(protocol layers.IPProtocol, wrap func([]byte) []byte) func([]byte) []byte {
	return func(packet []byte) []byte {
		return ipPacket("192.0.2.1", "192.0.2.2", protocol, gopacket.Payload(wrap(packet)))
	}
}

func tunnels() []wrapping {
	const raw, en = layers.LinkTypeRaw, layers.LinkTypeEthernet
	eth := func(t layers.EthernetType, wrap func([]byte) []byte) func([]byte) []byte {
		return func(packet []byte) []byte { return serialize(ether(t), gopacket.Payload(wrap(packet))) }
	}
	udp := func(port layers.UDPPort, wrap func([]byte) []byte) func([]byte) []byte {
		return func(packet []byte) []byte { return inUDP(port, wrap(packet)) }
	}
	both := func(outer, inner func([]byte) []byte) func([]byte) []byte {
		return func(packet []byte) []byte { return outer(inner(packet)) }
	}
	plain := before("")
	nflog := func(packet []byte) []byte {
		out := []byte{2, 0, 0, 0}
		for _, a := range []struct {
			kind uint16
			body []byte
		}{{1, []byte{8, 0, 1}}, {9, packet}} {
			out = binary.NativeEndian.AppendUint16(out, uint16(4+len(a.body)))
			out = binary.NativeEndian.AppendUint16(out, a.kind)
			out = append(append(out, a.body...), make([]byte, (4-len(a.body)%4)%4)...)
		}
		return out
	}
	subframe := func(packet []byte) []byte {
		llc := before("aa aa 03 00 00 00 08 00")(packet)
		return append(append(make([]byte, 12), byte(len(llc)>>8), byte(len(llc))), llc...)
	}
	return []wrapping{
		{"raw", raw, plain, 0},
		{"raw of BSD", 12, plain, 0},
		{"IPv4", layers.LinkTypeIPv4, plain, 0},
		{"Ethernet", en, inEthernet, 0},
		{"loopback, little-endian", layers.LinkTypeNull, before("02 00 00 00"), 0},
		{"loopback, big-endian", layers.LinkTypeLoop, before("00 00 00 02"), 0},
		{"Linux cooked", layers.LinkTypeLinuxSLL, before("00 00 00 01 00 06 00 00 00 00 00 00 00 00 08 00"), 0},
		{"Linux cooked 2", layers.LinkTypeLinuxSLL2, before("08 00 00 00 00 00 00 01 00 01 00 06 00 00 00 00 00 00 00 00"), 0},
		{"PPP", layers.LinkTypePPP, before("ff 03 00 21"), 0},
		{"PPP, compressed", layers.LinkTypePPP, before("21"), 0},
		{"Cisco HDLC", layers.LinkTypeC_HDLC, before("0f 00 08 00"), 0},
		{"FDDI", layers.LinkTypeFDDI, before("50 00 00 00 00 00 00 00 00 00 00 00 00 aa aa 03 00 00 00 08 00"), 0},
		{"netfilter log", 239, nflog, 0},
		{"802.11", layers.LinkTypeIEEE802_11, before("08 01" + strings.Repeat(" 00", 22) + " aa aa 03 00 00 00 08 00"), 0},
		{"802.11 with quality and four addresses", layers.LinkTypeIEEE802_11, before("88 03" + strings.Repeat(" 00", 28) + " 00 00 aa aa 03 00 00 00 08 00"), 0},
		{"802.11 aggregate", layers.LinkTypeIEEE802_11, both(before("88 01"+strings.Repeat(" 00", 22)+" 80 00"), subframe), 0},
		{"radiotap", layers.LinkTypeIEEE80211Radio, before("00 00 09 00 00 00 00 00 00 08 01" + strings.Repeat(" 00", 22) + " aa aa 03 00 00 00 08 00"), 0},

		{"802.3 with SNAP", en, both(before(strings.Repeat("00 ", 12)+"00 80"), before("aa aa 03 00 00 00 08 00")), 0},
		{"VLAN", en, eth(layers.EthernetTypeDot1Q, before("00 2a 08 00")), 0},
		{"QinQ", en, eth(layers.EthernetTypeQinQ, before("00 2a 81 00 00 07 08 00")), 0},
		{"MPLS", en, eth(layers.EthernetTypeMPLSUnicast, before("00 01 00 40 00 02 01 40")), 0},
		{"MPLS in VLAN", en, eth(layers.EthernetTypeDot1Q, before("00 2a 88 47 00 02 01 40")), 0},
		{"pseudowire", en, eth(layers.EthernetTypeMPLSUnicast, both(before("00 02 01 40 00 00 00 00"), inEthernet)), 0},
		{"PPPoE", en, eth(layers.EthernetTypePPPoESession, before("11 00 00 01 00 50 00 21")), 0},
		{"provider backbone", en, eth(etherBackbone, both(before("00 00 00 01"), inEthernet)), 0},
		{"VN-Tag", en, eth(etherVNTag, before("00 00 00 00 08 00")), 0},
		{"FabricPath", en, eth(etherFabricPath, both(before("00 40"), inEthernet)), 0},

		{"IP in IP", raw, inIP(layers.IPProtocolIPv4, plain), 0},
		{"IP in IP twice", raw, inIP(layers.IPProtocolIPv4, inIP(layers.IPProtocolIPv4, plain)), 0},
		{"GRE", raw, inIP(layers.IPProtocolGRE, before("00 00 08 00")), 0},
		{"GRE with key and number", raw, inIP(layers.IPProtocolGRE, before("30 00 08 00 00 00 00 05 00 00 00 01")), 0},
		{"GRE with Ethernet", raw, inIP(layers.IPProtocolGRE, both(before("00 00 65 58"), inEthernet)), 0},
		{"ERSPAN I", raw, inIP(layers.IPProtocolGRE, both(before("00 00 88 be"), inEthernet)), 0},
		{"ERSPAN II", raw, inIP(layers.IPProtocolGRE, both(before("10 00 88 be 00 00 00 01 10 00 00 00 00 00 00 00"), inEthernet)), 0},
		{"ERSPAN III", raw, inIP(layers.IPProtocolGRE, both(before("10 00 22 eb 00 00 00 01 20 00 00 00 00 00 00 00 00 00 00 00"), inEthernet)), 0},
		{"PPTP", raw, inIP(layers.IPProtocolGRE, before("30 81 88 0b 00 10 00 00 00 00 00 01 00 00 00 00 ff 03 00 21")), 0},
		{"VXLAN", raw, udp(4789, both(before("08 00 00 00 00 00 2a 00"), inEthernet)), 1},
		{"Geneve", raw, udp(6081, both(before("01 00 65 58 00 00 2a 00 01 02 03 04"), inEthernet)), 1},
		{"GTP", raw, udp(2152, before("30 ff 00 00 00 00 00 01")), 1},
		{"GTP with extension", raw, udp(2152, before("34 ff 00 00 00 00 00 01 00 00 00 85 01 00 00 00")), 1},
		{"AYIYA", raw, udp(5072, before("42 52 11 04 00 00 00 00"+strings.Repeat(" 00", 16+20))), 1},
		{"IP in VXLAN in GRE", raw, inIP(layers.IPProtocolGRE, both(before("00 00 08 00"), udp(4789, both(before("08 00 00 00 00 00 2a 00"), inEthernet)))), 1},
	}
}

// In whatever a conversation is wrapped, its flow is the same; what carries it
// in UDP is a flow of its own.
func TestWrappings(t *testing.T) {
	call := talk("10.0.0.1:4000", "10.0.0.2:80")
	call.tcp(0, true, "S", 1, 0, 0).tcp(0.1, false, "SA", 9, 2, 0).tcp(0.2, true, "A", 2, 10, 50).tcp(0.3, false, "FA", 10, 52, 0).tcp(0.4, true, "FA", 52, 11, 0).tcp(0.5, false, "A", 11, 53, 0)
	const want = "TCP 10.0.0.1:4000 > 10.0.0.2:80 0.400000 50/0 3/3 170/120 SF"
	for _, c := range tunnels() {
		var wrapped []frame
		for _, f := range call.frames {
			data := c.wrap(f.data)
			wrapped = append(wrapped, frame{f.at, len(data), data})
		}
		flows, report := mustRead(t, pcapFile(c.link, binary.LittleEndian, true, wrapped))
		rows := rowsOf(flows)
		if len(rows) != 1+c.more || rows[len(rows)-1] != want {
			t.Errorf("%s: flows\n%s\nwant %d, the last %s; %v", c.name, strings.Join(rows, "\n"), 1+c.more, want, report)
		}
		if report.InFlows != len(call.frames) {
			t.Errorf("%s: %v: want all decoded", c.name, report)
		}
	}
}

// Teredo is told by its port or, on any other, by what it looks like: here
// behind the origin indication, and plain.
func TestTeredo(t *testing.T) {
	inner := ipPacket("2001:0:4137:9e50:8000:f12a:b9c8:2815", "2001:4860:0:2001::68", layers.IPProtocolICMPv6,
		&layers.ICMPv6{TypeCode: layers.CreateICMPv6TypeCode(layers.ICMPv6TypeEchoRequest, 0)}, gopacket.Payload(make([]byte, 8)))
	origin := append([]byte{0, 0, 1, 2, 3, 4, 5, 6}, inner...)
	for _, c := range []struct {
		port    uint16
		payload []byte
	}{{3544, inner}, {3544, origin}, {32900, inner}, {32900, origin}} {
		call := talk("192.0.2.1:40000", fmt.Sprintf("192.0.2.2:%d", c.port)).udp(0, true, c.payload)
		flows, _ := mustRead(t, call.raw())
		rows := rowsOf(flows)
		want := "ICMP 2001:0:4137:9e50:8000:f12a:b9c8:2815:128 > 2001:4860:0:2001::68:129 0.000000 4/0 1/0 52/0 OTH"
		if len(rows) != 2 || rows[1] != want {
			t.Errorf("port %d: %q, want %q last of two", c.port, rows, want)
		}
	}
}

// Once a flow on a tunnel's port turns out to be none, it stays a plain flow.
func TestNoTunnel(t *testing.T) {
	junk := make([]byte, 60)
	call := talk("192.0.2.1:40000", "192.0.2.2:4789").udp(0, true, junk).udp(1, true, append([]byte{8, 0, 0, 0, 0, 0, 0, 0}, inEthernet(ipPacket("10.0.0.1", "10.0.0.2", layers.IPProtocolUDP, &layers.UDP{}))...))
	flows, _ := mustRead(t, call.raw())
	if got, want := strings.Join(rowsOf(flows), "\n"), "UDP 192.0.2.1:40000 > 192.0.2.2:4789 1.000000 128/0 2/0 184/0 S0"; got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
}

// What leads to no flow is counted by what it is.
func TestSkipped(t *testing.T) {
	deep := inIP(layers.IPProtocolIPv4, inIP(layers.IPProtocolIPv4, inIP(layers.IPProtocolIPv4, before(""))))
	udp := ipPacket("10.0.0.1", "10.0.0.2", layers.IPProtocolUDP, &layers.UDP{SrcPort: 5, DstPort: 9})
	shorter := bytes.Clone(udp)
	shorter[3]++
	for _, c := range []struct {
		link layers.LinkType
		data []byte
		want skip
	}{
		{layers.LinkTypeEthernet, serialize(ether(layers.EthernetTypeARP), gopacket.Payload(make([]byte, 28))), "ARP"},
		{layers.LinkTypeEthernet, serialize(ether(layers.EthernetTypeLinkLayerDiscovery), gopacket.Payload(make([]byte, 28))), "LinkLayerDiscovery"},
		{layers.LinkTypeEthernet, serialize(ether(0x9999), gopacket.Payload(make([]byte, 28))), "EtherType 0x9999"},
		{layers.LinkTypeEthernet, append(make([]byte, 12), 0, 3, 0x42, 0x42, 3), "LLC"},
		{layers.LinkTypeEthernet, make([]byte, 13), cutShort},
		{layers.LinkTypeNull, []byte{7, 0, 0, 0, 1}, "loopback without IP"},
		{layers.LinkTypePPP, []byte{0xc0, 0x21, 1}, "PPP control"},
		{layers.LinkTypeIEEE802_11, make([]byte, 40), "802.11 without data"},
		{layers.LinkTypeIEEE802_11, append([]byte{8, 0x40}, make([]byte, 40)...), "802.11 encrypted"},
		{layers.LinkTypeRaw, []byte("This is no IP packet, though long enough"), "neither IPv4 nor IPv6"},
		{layers.LinkTypeRaw, udp[:19], cutShort},
		{layers.LinkTypeRaw, shorter, shortIP},
		{layers.LinkTypeRaw, ipPacket("10.0.0.1", "224.0.0.1", layers.IPProtocolIGMP, gopacket.Payload(make([]byte, 8))), "IGMP"},
		{layers.LinkTypeRaw, ipPacket("10.0.0.1", "10.0.0.2", 200, gopacket.Payload(make([]byte, 8))), "IP protocol 200"},
		{layers.LinkTypeRaw, ipPacket("10.0.0.1", "10.0.0.2", layers.IPProtocolUDP, gopacket.Payload(make([]byte, 7))), shortTransport},
		{layers.LinkTypeRaw, ipPacket("10.0.0.1", "10.0.0.2", layers.IPProtocolTCP, gopacket.Payload(make([]byte, 20))), brokenTCP},
		{layers.LinkTypeRaw, deep(udp), tooDeep},
		{layers.LinkTypeRaw, inIP(layers.IPProtocolIPv6, before(""))(udp), "tunnel without the IP packet that it announces"},
		{layers.LinkTypeRaw, inIP(layers.IPProtocolIPv4, before(""))(append(bytes.Clone(udp), 0)), "tunnel without the IP packet that it announces"},
		{layers.LinkTypeRaw, inIP(layers.IPProtocolGRE, before("40 00 08 00"))(udp), "GRE of a kind that is not read"},
	} {
		d := testDecoder()
		d.packet(capturedPacket{link: c.link, ts: 0, wire: len(c.data), data: c.data})
		if counted(d.report.Skipped)[string(c.want)] != 1 || d.report.InFlows != 0 {
			t.Errorf("%v, want %s", d.report, c.want)
		}
	}
}

// Of what a tunnel in UDP holds is counted what went into no flow: the datagram
// around it did.
func TestHeldInTunnels(t *testing.T) {
	vxlan := before("08 00 00 00 00 00 2a 00")
	syn := inUDP(4789, vxlan(inEthernet(talk("10.0.0.1:4000", "10.0.0.2:80").tcp(0, true, "S", 1, 0, 0).frames[0].data)))
	arp := inUDP(4789, vxlan(serialize(ether(layers.EthernetTypeARP), gopacket.Payload(make([]byte, 28)))))
	call := &conversation{}
	call.add(0, syn)
	call.add(1, arp)
	call.add(2, syn)
	call.frames[2].data = syn[:60]
	flows, report := mustRead(t, call.raw())
	if flows.Nrow() != 2 || len(report.Skipped) != 0 || fmt.Sprint(counted(report.InTunnels)) != "map[ARP:1 cut within the headers:1]" {
		t.Errorf("%v\n%s\nwant two flows, ARP and a cut packet in the tunnel", report, strings.Join(rowsOf(flows), "\n"))
	}
}

// What a tunnel announces and does not hold, or holds and is not read, is
// counted too.
func TestHeldByReason(t *testing.T) {
	plain := talk("10.0.0.1:4000", "10.0.0.2:9").udp(0, true, nil).frames[0].data
	gtp := before("30 ff 00 00 00 00 00 01")
	for _, c := range []struct {
		name   string
		packet []byte
		cut    int
		want   string
	}{
		{"GTP", inUDP(2152, gtp(plain)), 0, "map[]"},
		{"GTP, an echo request", inUDP(2152, before("32 01 00 00 00 00 00 00 00 00 00 00")(nil)), 0, "map[]"},
		{"GTP without IP", inUDP(2152, gtp([]byte("no IP packet, though it is long enough"))), 0, "map[tunnel without the IP packet that it announces:1]"},
		{"GTP with too little", inUDP(2152, gtp(plain[:12])), 0, "map[tunnel without the IP packet that it announces:1]"},
		{"GTP cut in the IP header", inUDP(2152, gtp(plain)), 48, "map[cut within the headers:1]"},
		{"GTP in GTP", inUDP(2152, gtp(inUDP(2152, gtp(plain)))), 0, "map[GTP in GTP:1]"},
		{"GTP, its options cut", inUDP(2152, before("32 ff 00 00 00 00 00 01 00 00")(nil)), 0, "map[cut within the headers:1]"},
		{"GTP, no extension", inUDP(2152, before("34 ff 00 00 00 00 00 01 00 00 00 85")(nil)), 0, "map[cut within the headers:1]"},
		{"GTP, an extension cut", inUDP(2152, before("34 ff 00 00 00 00 00 01 00 00 00 85 02 00 00 00")(nil)), 0, "map[cut within the headers:1]"},
		{"GTP, an empty extension", inUDP(2152, before("34 ff 00 00 00 00 00 01 00 00 00 85 00 00 00 00")(plain)), 0, "map[GTP extension of 0 bytes:1]"},
		{"Geneve 1", inUDP(6081, before("40 00 08 00 00 00 2a 00")(plain)), 0, "map[Geneve of a version that is not read:1]"},
		{"AYIYA with TCP", inUDP(5072, before("42 52 11 06 00 00 00 00"+strings.Repeat(" 00", 16+20))(plain)), 0, "map[TCP:1]"},
		{"AYIYA, a heartbeat", inUDP(5072, before("42 52 10 3b 00 00 00 00"+strings.Repeat(" 00", 16+20))(nil)), 0, "map[]"},
	} {
		one := []frame{{at(0), len(c.packet), c.packet}}
		if c.cut > 0 {
			one = cut(one, c.cut)
		}
		_, report := mustRead(t, (&conversation{frames: one}).raw())
		if got := fmt.Sprint(counted(report.InTunnels)); got != c.want || report.InFlows != 1 {
			t.Errorf("%s: %v: held %s, want %s", c.name, report, got, c.want)
		}
	}
}

// Fragments in a tunnel in UDP are put together there, apart from those outside,
// and each is counted that comes to no flow.
func TestFragmentsInTunnels(t *testing.T) {
	vxlan := func(packet []byte) []byte {
		return inUDP(4789, before("08 00 00 00 00 00 2a 00")(inEthernet(packet)))
	}
	whole := talk("10.0.0.1:4000", "10.0.0.2:9").udp(0, true, make([]byte, 1000)).frames[0].data
	igmp := ipPacket("10.0.0.1", "224.0.0.1", layers.IPProtocolIGMP, gopacket.Payload(make([]byte, 16)))
	parts := pieces(whole, 400) // three
	inIP := inIP(layers.IPProtocolIPv4, before(""))
	within := pieces(inIP(parts[0]), 240) // two
	for _, c := range []struct {
		name    string
		packets [][]byte
		flows   int
		skipped string
		held    string
	}{
		{"all", [][]byte{vxlan(parts[0]), vxlan(parts[1]), vxlan(parts[2])}, 2, "map[]", "map[]"},
		{"the rest is missing", [][]byte{vxlan(parts[0]), vxlan(parts[1])}, 1, "map[]", "map[IP fragment without the rest:2]"},
		{"of no flow", [][]byte{vxlan(pieces(igmp, 8)[0]), vxlan(pieces(igmp, 8)[1])}, 1, "map[]", "map[IGMP:2]"},
		{"the rest is outside", [][]byte{parts[0], parts[1], vxlan(parts[2])}, 1, "map[IP fragment without the rest:2]", "map[IP fragment without the rest:1]"},
		{"the tunnel in fragments", pieces(vxlan(parts[0]), 240), 1, "map[]", "map[IP fragment without the rest:1]"},
		{"fragments in fragments of IP in IP", append(within, inIP(parts[1]), inIP(parts[2])), 1, "map[]", "map[]"},
		{"of these the rest is missing", append(within, whole), 1, "map[IP fragment without the rest:2]", "map[]"},
	} {
		call := &conversation{}
		for _, p := range c.packets {
			call.add(0, p)
		}
		flows, report := mustRead(t, call.raw())
		if flows.Nrow() != c.flows || fmt.Sprint(counted(report.Skipped)) != c.skipped || fmt.Sprint(counted(report.InTunnels)) != c.held {
			t.Errorf("%s: %v; want %d flows, skipped %s, held %s", c.name, report, c.flows, c.skipped, c.held)
		}
	}
}

// An 802.11 aggregate counts as one packet, whatever its frames come to.
func TestFragmentsInAggregates(t *testing.T) {
	aggregate := func(frames ...[]byte) []byte {
		data := before("88 01" + strings.Repeat(" 00", 22) + " 80 00")(nil)
		for _, f := range frames {
			data = append(append(data, mac...), mac...)
			data = binary.BigEndian.AppendUint16(data, uint16(len(f)))
			data = append(append(data, f...), make([]byte, -(14+len(f))&3)...)
		}
		return data
	}
	ip := before("aa aa 03 00 00 00 08 00")
	arp := before("aa aa 03 00 00 00 08 06")(make([]byte, 28))
	whole := talk("10.0.0.1:4000", "10.0.0.2:9").udp(0, true, make([]byte, 1000)).frames[0].data
	parts := pieces(whole, 400) // three
	for _, c := range []struct {
		name    string
		packets [][]byte
		want    string
	}{
		{"all in one", [][]byte{aggregate(ip(parts[0]), ip(parts[1]), ip(parts[2]))}, "1 packet, 1 of them in 1 flow"},
		{"one in each", [][]byte{aggregate(ip(parts[0])), aggregate(ip(parts[1])), aggregate(ip(parts[2]))}, "3 packets, 1 of them in 1 flow; 2 skipped: 2 802.11 aggregate of IP fragments"},
		{"the rest is missing", [][]byte{aggregate(ip(parts[0]), ip(whole))}, "1 packet, 1 of them in 1 flow"},
		{"no IP", [][]byte{aggregate(ip(whole)), aggregate(arp)}, "2 packets, 1 of them in 1 flow; 1 skipped: 1 ARP"},
	} {
		call := &conversation{}
		for _, p := range c.packets {
			call.add(0, p)
		}
		_, report := mustRead(t, pcapFile(layers.LinkTypeIEEE802_11, binary.LittleEndian, true, call.frames))
		if got := report.String(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

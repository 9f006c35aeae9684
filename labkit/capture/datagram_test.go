package capture

import (
	"bytes"
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
)

func TestUDP(t *testing.T) {
	const a, b = true, false
	small := make([]byte, 10)
	call := func(server string) *conversation { return talk("10.0.0.1:4000", server) }
	for _, c := range []struct {
		name string
		call *conversation
		want []string
	}{
		{"both ways", call("10.0.0.2:9").udp(0, a, small).udp(1, b, small), []string{"UDP 10.0.0.1:4000 > 10.0.0.2:9 1.000000 10/10 1/1 38/38 SF"}},
		{"one way", call("10.0.0.2:9").udp(0, a, small), []string{"UDP 10.0.0.1:4000 > 10.0.0.2:9 0.000000 10/0 1/0 38/0 S0"}},
		{"answer first: the port tells", call("10.0.0.2:123").udp(0, b, small), []string{"UDP 10.0.0.1:4000 > 10.0.0.2:123 0.000000 0/10 0/1 0/38 SHR"}},
		{"answer first: no port tells", call("10.0.0.2:9").udp(0, b, small), []string{"UDP 10.0.0.2:9 > 10.0.0.1:4000 0.000000 10/0 1/0 38/0 S0"}},
		{"to all: never turned round", talk("255.255.255.255:4000", "10.0.0.2:67").udp(0, b, small), []string{"UDP 10.0.0.2:67 > 255.255.255.255:4000 0.000000 10/0 1/0 38/0 S0"}},
		{"silent for a minute", call("10.0.0.2:9").udp(0, a, small).udp(59, a, small).udp(119.5, a, small), []string{
			"UDP 10.0.0.1:4000 > 10.0.0.2:9 59.000000 20/0 2/0 76/0 S0", "UDP 10.0.0.1:4000 > 10.0.0.2:9 0.000000 10/0 1/0 38/0 S0"}},
		{"core.tunnels.teredo, DNS: silent for more than nine seconds", call("10.0.0.2:53").udp(0, a, small).udp(0.223055, b, small).udp(15.914754, a, small), []string{
			"UDP 10.0.0.1:4000 > 10.0.0.2:53 0.223055 10/10 1/1 38/38 SF", "UDP 10.0.0.1:4000 > 10.0.0.2:53 0.000000 10/0 1/0 38/0 S0"}},
		{"DNS: silent for more than nine seconds when ten are over", call("10.0.0.2:53").udp(0, a, small).udp(0.9, b, small).udp(10.2, a, small), []string{
			"UDP 10.0.0.1:4000 > 10.0.0.2:53 0.900000 10/10 1/1 38/38 SF", "UDP 10.0.0.1:4000 > 10.0.0.2:53 0.000000 10/0 1/0 38/0 S0"}},
		{"lengths that the network card would have set", withoutLengths(call("10.0.0.2:9").udp(0, a, small)), []string{"UDP 10.0.0.1:4000 > 10.0.0.2:9 0.000000 10/0 1/0 38/0 S0"}},
		{"DNS that goes on", call("10.0.0.2:53").udp(0, a, small).udp(8, a, small).udp(15, a, small), []string{"UDP 10.0.0.1:4000 > 10.0.0.2:53 15.000000 30/0 3/0 114/0 S0"}},
		{"stored behind a later one", call("10.0.0.2:9").udp(5, a, small).udp(4, a, small), []string{"UDP 10.0.0.1:4000 > 10.0.0.2:9 1.000000 20/0 2/0 76/0 S0"}},
		{"IPv6", talk("[2001:db8::1]:4000", "[2001:db8::2]:9").udp(0, a, small).udp(1, b, small), []string{"UDP 2001:db8::1:4000 > 2001:db8::2:9 1.000000 10/10 1/1 58/58 SF"}},
	} {
		flows, _ := mustRead(t, c.call.raw())
		if got, want := strings.Join(rowsOf(flows), "\n"), strings.Join(c.want, "\n"); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, want)
		}
	}
}

// withoutLengths makes the lengths of IPv4 and UDP 0.
func withoutLengths(c *conversation) *conversation {
	for _, f := range c.frames {
		for _, at := range []int{2, 3, 24, 25} {
			f.data[at] = 0
		}
	}
	return c
}

// Requests and answers are one flow, told by their types; what has no answer is
// a flow by type and code (core.tunnels.teredo, core.pppoe).
func TestICMP(t *testing.T) {
	c := &conversation{}
	send := func(seconds float64, src, dst string, kind, code byte) {
		protocol := layers.IPProtocolICMPv4
		if strings.Contains(src, ":") {
			protocol = layers.IPProtocolICMPv6
		}
		c.add(seconds, ipPacket(src, dst, protocol, gopacket.Payload([]byte{kind, code, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4})))
	}
	send(0, "10.0.0.1", "10.0.0.2", 8, 0)
	send(1, "10.0.0.2", "10.0.0.1", 0, 0)
	send(2, "10.0.0.2", "10.0.0.1", 3, 1)
	send(3, "10.0.0.1", "10.0.0.2", 3, 1)
	send(4, "fe80::1", "ff02::2", 133, 0)
	send(5, "fe80::1", "fe80::2", 134, 0)
	send(6, "fe80::2", "fe80::1", 128, 0)
	send(7, "fe80::1", "fe80::2", 129, 0)
	send(8, "fe80::1", "ff02::16", 143, 0)
	send(70, "10.0.0.1", "10.0.0.2", 8, 0)
	flows, _ := mustRead(t, c.raw())
	want := []string{
		"ICMP 10.0.0.1:8 > 10.0.0.2:0 1.000000 4/4 1/1 32/32 OTH",
		"ICMP 10.0.0.2:3 > 10.0.0.1:1 0.000000 4/0 1/0 32/0 OTH",
		"ICMP 10.0.0.1:3 > 10.0.0.2:1 0.000000 4/0 1/0 32/0 OTH",
		"ICMP fe80::1:133 > ff02::2:134 0.000000 4/0 1/0 52/0 OTH",
		"ICMP fe80::1:134 > fe80::2:133 0.000000 4/0 1/0 52/0 OTH",
		"ICMP fe80::2:128 > fe80::1:129 1.000000 4/4 1/1 52/52 OTH",
		"ICMP fe80::1:143 > ff02::16:0 0.000000 4/0 1/0 52/0 OTH",
		"ICMP 10.0.0.1:8 > 10.0.0.2:0 0.000000 4/0 1/0 32/0 OTH",
	}
	if got := rowsOf(flows); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// pieces cuts an IPv4 packet into fragments of at most n bytes of payload.
func pieces(packet []byte, n int) [][]byte {
	payload := packet[20:]
	var all [][]byte
	for at := 0; at < len(payload); at += n {
		end := min(at+n, len(payload))
		ip := &layers.IPv4{Version: 4, TTL: 64, Id: 7, FragOffset: uint16(at / 8), Protocol: layers.IPProtocol(packet[9]), SrcIP: packet[12:16], DstIP: packet[16:20]}
		if end < len(payload) {
			ip.Flags = layers.IPv4MoreFragments
		}
		all = append(all, serialize(ip, gopacket.Payload(payload[at:end])))
	}
	return all
}

// A datagram in fragments counts as one packet, with one header, in whatever
// order they come, and wherever the capture cuts them.
func TestFragments(t *testing.T) {
	whole := talk("10.0.0.1:4000", "10.0.0.2:9").udp(0, true, make([]byte, 1000)).frames[0].data
	const want = "UDP 10.0.0.1:4000 > 10.0.0.2:9 0.000000 1000/0 1/0 1028/0 S0"
	for _, n := range []int{8, 16, 400, 1000} {
		for _, order := range []string{"in order", "reversed", "with one twice"} {
			for _, snap := range []int{2000, 60} {
				c := &conversation{}
				for _, p := range pieces(whole, n) {
					c.add(0, p)
				}
				switch order {
				case "reversed":
					slices.Reverse(c.frames)
				case "with one twice":
					c.frames = slices.Insert(c.frames, 0, c.frames[0])
				}
				c.frames = cut(c.frames, snap)
				flows, report := mustRead(t, c.raw())
				if got := rowsOf(flows)[0]; got != want || report.InFlows != len(c.frames) {
					t.Errorf("%d bytes each, %s, cut at %d: got %s of %v, want %s", n, order, snap, got, report, want)
				}
			}
		}
	}
}

// The header that counts is the first fragment's, whenever that comes.
func TestFragmentsWithOptions(t *testing.T) {
	whole := talk("10.0.0.1:4000", "10.0.0.2:9").udp(0, true, make([]byte, 100)).frames[0].data
	two := pieces(whole, 56)
	first := slices.Insert(two[0], 20, 1, 1, 1, 1) // four options that do nothing
	first[0], first[3] = 0x46, first[3]+4
	c := &conversation{}
	c.add(0, two[1])
	c.add(1, first)
	flows, _ := mustRead(t, c.raw())
	if got, want := rowsOf(flows)[0], "UDP 10.0.0.1:4000 > 10.0.0.2:9 0.000000 100/0 1/0 132/0 S0"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestFragmentsWithoutTheRest(t *testing.T) {
	whole := talk("10.0.0.1:4000", "10.0.0.2:9").udp(0, true, make([]byte, 1000)).frames[0].data
	call := talk("10.0.0.1:4000", "10.0.0.2:10").udp(0, true, nil)
	for _, p := range pieces(whole, 400)[1:] {
		call.add(1, p)
	}
	flows, report := mustRead(t, call.raw())
	if flows.Nrow() != 1 || counted(report.Skipped)["IP fragment without the rest"] != 2 {
		t.Errorf("%v", report)
	}
}

// Fragments that never become whole hold no more than so much memory.
func TestFragmentsAreGivenUp(t *testing.T) {
	d := testDecoder()
	for i := range 3 * maxReassemblies {
		ip := &layers.IPv4{Version: 4, Id: uint16(i), Flags: layers.IPv4MoreFragments, Protocol: layers.IPProtocolUDP, SrcIP: net.IP{10, 0, 0, 1}, DstIP: net.IP{10, 0, 0, 2}}
		data := serialize(ip, gopacket.Payload(make([]byte, 64)))
		d.packet(capturedPacket{link: layers.LinkTypeRaw, ts: 0, wire: len(data), data: data})
	}
	if len(d.reassemblies) > maxReassemblies || len(d.reassemblyOrder) > maxReassemblies {
		t.Errorf("%d and %d datagrams are waited for, want at most %d", len(d.reassemblies), len(d.reassemblyOrder), maxReassemblies)
	}
	if got, want := counted(d.report.Skipped)["IP fragment without the rest"], 2*maxReassemblies; got != want {
		t.Errorf("%d given up, want %d", got, want)
	}
}

// ipv6With builds an IPv6 packet with headers, given as bytes, before UDP.
func ipv6With(first layers.IPProtocol, headers []byte, payload ...byte) []byte {
	udp := talk("[2001:db8::1]:4000", "[2001:db8::2]:9").udp(0, true, payload).frames[0].data[40:]
	ip := &layers.IPv6{Version: 6, HopLimit: 64, NextHeader: first, SrcIP: net.ParseIP("2001:db8::1"), DstIP: net.ParseIP("2001:db8::2")}
	return serialize(ip, gopacket.Payload(headers), gopacket.Payload(udp))
}

func TestIPv6Extensions(t *testing.T) {
	const udp, hop, routing, fragment, auth, destination = 17, 0, 43, 44, 51, 60
	pad := []byte{1, 4, 0, 0, 0, 0}
	last := net.ParseIP("2001:db8::99")
	for _, c := range []struct {
		name   string
		packet []byte
		want   string
	}{
		{"hop by hop", ipv6With(hop, append([]byte{udp, 0}, pad...)), "UDP 2001:db8::1:4000 > 2001:db8::2:9 0.000000 0/0 1/0 56/0 S0"},
		{"two", ipv6With(hop, bytes.Join([][]byte{{destination, 0}, pad, {udp, 0}, pad}, nil)), "UDP 2001:db8::1:4000 > 2001:db8::2:9 0.000000 0/0 1/0 64/0 S0"},
		{"authentication", ipv6With(auth, append([]byte{udp, 4, 0, 0}, make([]byte, 20)...)), "UDP 2001:db8::1:4000 > 2001:db8::2:9 0.000000 0/0 1/0 72/0 S0"},
		{"routing to the last address", ipv6With(routing, append([]byte{udp, 2, 0, 1, 0, 0, 0, 0}, last...)), "UDP 2001:db8::1:4000 > 2001:db8::99:9 0.000000 0/0 1/0 72/0 S0"},
		{"from the home address", ipv6With(destination, bytes.Join([][]byte{{udp, 2, 1, 2, 0, 0, 201, 16}, last}, nil)), "UDP 2001:db8::99:4000 > 2001:db8::2:9 0.000000 0/0 1/0 72/0 S0"},
		{"a fragment that is all", ipv6With(fragment, []byte{udp, 0, 0, 0, 0, 0, 0, 1}), "UDP 2001:db8::1:4000 > 2001:db8::2:9 0.000000 0/0 1/0 48/0 S0"},
		{"jumbogram", func() []byte { p := ipv6With(hop, append([]byte{udp, 0}, pad...), 1, 2); p[4], p[5] = 0, 0; return p }(), "UDP 2001:db8::1:4000 > 2001:db8::2:9 0.000000 2/0 1/0 58/0 S0"},
	} {
		call := &conversation{}
		call.add(0, c.packet)
		flows, _ := mustRead(t, call.raw())
		if got := rowsOf(flows)[0]; got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestSpans(t *testing.T) {
	var s spans
	for _, r := range []span{{10, 20}, {30, 40}, {5, 5}, {50, 60}, {20, 30}, {0, 2}, {55, 70}} {
		s.add(r.start, r.end)
	}
	if got, want := fmt.Sprint(s, s.size()), "[{0 2} {10 40} {50 70}] 52"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for at, want := range map[uint64]uint64{0: 2, 2: 2, 3: 3, 10: 40, 40: 40, 45: 45, 60: 70} {
		if got := s.from(at); got != want {
			t.Errorf("from %d to %d, want %d", at, got, want)
		}
	}
	s.trim(35)
	if got, want := fmt.Sprint(s), "[{35 40} {50 70}]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestTimerQueue(t *testing.T) {
	var q timerQueue
	for i := range 1000 {
		q.push(timer{at: int64(i * 7919 % 1000)})
	}
	for want := range 1000 {
		if got := q.pop().at; got != int64(want) {
			t.Fatalf("%d, want %d", got, want)
		}
	}
}

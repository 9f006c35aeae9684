package capture

import (
	"fmt"
	"testing"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
)

// A total is what gopacket counts between two endpoints in one direction.
type total struct{ packets, ipBytes, payload int }

// totals adds up the packets of a capture by sender and receiver, with
// gopacket's own decoders and no notion of a connection.
func totals(all []frame) map[string]total {
	sums := map[string]total{}
	for _, f := range all {
		p := gopacket.NewPacket(f.data, layers.LayerTypeEthernet, gopacket.NoCopy)
		ip, ok := p.NetworkLayer().(*layers.IPv4)
		if !ok {
			continue
		}
		var name string
		var payload int
		switch l := p.Layers()[2].(type) {
		case *layers.TCP:
			name, payload = fmt.Sprintf("TCP %v:%d > %v:%d", ip.SrcIP, l.SrcPort, ip.DstIP, l.DstPort), len(l.Payload)
		case *layers.UDP:
			name, payload = fmt.Sprintf("UDP %v:%d > %v:%d", ip.SrcIP, l.SrcPort, ip.DstIP, l.DstPort), len(l.Payload)
		case *layers.ICMPv4:
			name, payload = fmt.Sprintf("ICMP %v:%d > %v:%d", ip.SrcIP, l.TypeCode.Type(), ip.DstIP, l.TypeCode.Code()), len(l.Payload)
		}
		sum := sums[name]
		sums[name] = total{sum.packets + 1, sum.ipBytes + int(ip.Length), sum.payload + payload}
	}
	return sums
}

// Flows add up to what a decoder that knows no connections counts, of packets,
// IP bytes and payload each way. The payload of TCP is told by the sequence
// numbers: in smtp.pcap two sent 5840 and 170 bytes again, which count once; in
// tls.pcap 24 bytes were not captured, and count all the same.
func TestFlowsAddUpToThePackets(t *testing.T) {
	differs := map[string]int{
		"TCP 10.10.1.4:1470 > 74.53.140.153:25":          20545 - 14705,
		"TCP 194.127.84.106:443 > 192.150.187.164:58868": 32941 - 32965,
		"TCP 74.125.71.189:443 > 192.168.133.100:49336":  255 - 85,
	}
	for _, name := range sampleNames {
		flows, _ := mustRead(t, sampleBytes(t, name))
		got := map[string]total{}
		for i := range flows.Nrow() {
			word := func(name string) string { return flows.Col(name).Elem(i).String() }
			number := func(name string) int { return int(flows.Col(name).Elem(i).Float()) }
			src, dst := word("src_ip")+":"+word("src_port"), word("dst_ip")+":"+word("dst_port")
			for _, way := range []struct{ from, to, suffix string }{{src, dst, "_sent"}, {dst, src, "_recv"}} {
				key := word("protocol") + " " + way.from + " > " + way.to
				sum := got[key]
				got[key] = total{sum.packets + number("packets"+way.suffix), sum.ipBytes + number("ip_bytes"+way.suffix), sum.payload + number("bytes"+way.suffix)}
			}
		}
		for key, want := range totals(frames(t, name)) {
			want.payload -= differs[key]
			if got[key] != want {
				t.Errorf("%s: %s: %+v, want %+v", name, key, got[key], want)
			}
		}
	}
}

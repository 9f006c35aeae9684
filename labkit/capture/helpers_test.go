package capture

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"math"
	"net"
	"net/netip"
	"os"
	"testing"
	"time"

	"github.com/go-gota/gota/dataframe"
	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"

	"flowlab/labkit/flow"
	"flowlab/labkit/sample"
)

var sampleNames = []string{"nmap-vsn.pcap", "dhcp-flood.pcap", "smtp.pcap", "vnc.pcap", "tls.pcap", "sip.pcap", "irc.pcap"}

func sampleBytes(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(sample.Path(name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A frame is a packet of a capture in the making.
type frame struct {
	at   time.Time
	wire int
	data []byte
}

// frames reads a classic capture of Ethernet with pcapgo.
func frames(t testing.TB, name string) []frame {
	t.Helper()
	r, err := pcapgo.NewReader(bytes.NewReader(sampleBytes(t, name)))
	if err != nil {
		t.Fatal(err)
	}
	var all []frame
	for {
		data, info, err := r.ReadPacketData()
		if err != nil {
			return all
		}
		all = append(all, frame{info.Timestamp, info.Length, data})
	}
}

// cut returns frames of which at most n bytes were captured.
func cut(all []frame, n int) []frame {
	short := make([]frame, len(all))
	for i, f := range all {
		short[i] = frame{f.at, f.wire, f.data[:min(n, len(f.data))]}
	}
	return short
}

// pcapFile writes a classic capture.
func pcapFile(link layers.LinkType, order binary.ByteOrder, nano bool, all []frame) []byte {
	var out bytes.Buffer
	magic, unit := uint32(0xa1b2c3d4), 1000
	if nano {
		magic, unit = 0xa1b23c4d, 1
	}
	put := func(values ...uint32) {
		for _, v := range values {
			binary.Write(&out, order, v)
		}
	}
	put(magic)
	binary.Write(&out, order, [2]uint16{2, 4})
	put(0, 0, 65535, uint32(link))
	for _, f := range all {
		put(uint32(f.at.Unix()), uint32(f.at.Nanosecond()/unit), uint32(len(f.data)), uint32(f.wire))
		out.Write(f.data)
	}
	return out.Bytes()
}

func ethernetFile(all []frame) []byte {
	return pcapFile(layers.LinkTypeEthernet, binary.LittleEndian, true, all)
}

// A pcapngWriter puts blocks together, well-formed or not.
type pcapngWriter struct {
	bytes.Buffer
	order binary.ByteOrder
}

func (w *pcapngWriter) block(kind uint32, parts ...any) {
	var body bytes.Buffer
	for _, part := range parts {
		binary.Write(&body, w.order, part)
	}
	for body.Len()%4 != 0 {
		body.WriteByte(0)
	}
	length := uint32(body.Len() + 12)
	binary.Write(w, w.order, []uint32{kind, length})
	w.Write(body.Bytes())
	binary.Write(w, w.order, length)
}

func (w *pcapngWriter) section() {
	w.block(blockSection, uint32(0x1a2b3c4d), [2]uint16{1, 0}, int64(-1))
}

// describe adds an interface with time in nanoseconds.
func (w *pcapngWriter) describe(link layers.LinkType) {
	w.block(blockInterface, [2]uint16{uint16(link), 0}, uint32(0), [2]uint16{optionResolution, 1}, [4]byte{9}, [2]uint16{optionEnd, 0})
}

func (w *pcapngWriter) packet(number uint32, f frame) {
	ns := uint64(f.at.UnixNano())
	comment := []any{[2]uint16{1, 5}, [8]byte{'h', 'e', 'l', 'l', 'o'}, [2]uint16{optionEnd, 0}}
	padded := append(bytes.Clone(f.data), make([]byte, (4-len(f.data)%4)%4)...)
	w.block(blockEnhanced, append([]any{number, uint32(ns >> 32), uint32(ns), uint32(len(f.data)), uint32(f.wire), padded}, comment...)...)
}

func pcapngFile(link layers.LinkType, order binary.ByteOrder, all []frame) []byte {
	w := &pcapngWriter{order: order}
	w.section()
	w.describe(link)
	w.block(4, []byte("a block of names")) // of a kind that is skipped
	for _, f := range all {
		w.packet(0, f)
	}
	return w.Bytes()
}

func packed(data []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write(data)
	w.Close()
	return out.Bytes()
}

func mustRead(t testing.TB, data []byte) (dataframe.DataFrame, flow.Report) {
	t.Helper()
	flows, report, err := ReadFrom(bytes.NewReader(data), "test", flow.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	checkReport(t, flows, report)
	return flows, report
}

func tableOf(t testing.TB, data []byte, o flow.ReadOptions) *flow.Table {
	t.Helper()
	table, err := ReadTable(bytes.NewReader(data), "test", o)
	if err != nil {
		t.Fatal(err)
	}
	countOnce(t, table.Report)
	return table
}

// checkReport sees that each packet and each flow is counted once.
func checkReport(t testing.TB, flows dataframe.DataFrame, report flow.Report) {
	t.Helper()
	countOnce(t, report)
	if flows.Nrow() != report.Flows {
		t.Errorf("%v with %d rows", report, flows.Nrow())
	}
}

func countOnce(t testing.TB, report flow.Report) {
	t.Helper()
	skipped := 0
	for _, c := range report.Skipped {
		skipped += c.N
	}
	if report.InFlows+skipped != report.Packets {
		t.Errorf("%v: want each packet counted once", report)
	}
}

// counted returns counts by what they are of.
func counted(counts []flow.Count) map[string]int {
	m := map[string]int{}
	for _, c := range counts {
		m[c.What] += c.N
	}
	return m
}

// testDecoder returns a decoder whose flows go nowhere.
func testDecoder() *decoder {
	return newDecoder("test", flow.ReadOptions{}, func(int, *flow.Flow) error { return nil })
}

func sameFlows(t testing.TB, what string, got, want dataframe.DataFrame) {
	t.Helper()
	g, w := got.Records(), want.Records()
	if len(g) != len(w) {
		t.Errorf("%s: %d flows, want %d", what, len(g)-1, len(w)-1)
		return
	}
	for i := range g {
		if fmt.Sprint(g[i]) != fmt.Sprint(w[i]) {
			t.Errorf("%s: row %d is\n%v, want\n%v", what, i-1, g[i], w[i])
			return
		}
	}
}

// A conversation makes the frames of a client and a server.
type conversation struct {
	client, server         string
	clientPort, serverPort uint16
	frames                 []frame
}

func talk(client, server string) *conversation {
	c, s := netip.MustParseAddrPort(client), netip.MustParseAddrPort(server)
	return &conversation{c.Addr().String(), s.Addr().String(), c.Port(), s.Port(), nil}
}

func at(seconds float64) time.Time {
	return time.Unix(1700000000, 0).Add(time.Duration(math.Round(seconds * 1e9)))
}

// tcp adds a segment; the flags are letters of SFRPA.
func (c *conversation) tcp(seconds float64, fromClient bool, flags string, seq, ack uint32, payload int) *conversation {
	src, dst, sport, dport := c.sides(fromClient)
	h := &layers.TCP{SrcPort: layers.TCPPort(sport), DstPort: layers.TCPPort(dport), Seq: seq, Ack: ack, Window: 1000}
	for _, f := range flags {
		switch f {
		case 'S':
			h.SYN = true
		case 'F':
			h.FIN = true
		case 'R':
			h.RST = true
		case 'A':
			h.ACK = true
		}
	}
	c.add(seconds, ipPacket(src, dst, layers.IPProtocolTCP, h, gopacket.Payload(make([]byte, payload))))
	return c
}

func (c *conversation) udp(seconds float64, fromClient bool, payload []byte) *conversation {
	src, dst, sport, dport := c.sides(fromClient)
	h := &layers.UDP{SrcPort: layers.UDPPort(sport), DstPort: layers.UDPPort(dport)}
	c.add(seconds, ipPacket(src, dst, layers.IPProtocolUDP, h, gopacket.Payload(payload)))
	return c
}

func (c *conversation) sides(fromClient bool) (src, dst string, sport, dport uint16) {
	if fromClient {
		return c.client, c.server, c.clientPort, c.serverPort
	}
	return c.server, c.client, c.serverPort, c.clientPort
}

func (c *conversation) add(seconds float64, packet []byte) {
	c.frames = append(c.frames, frame{at(seconds), len(packet), packet})
}

// raw writes the packets as a capture of raw IP.
func (c *conversation) raw() []byte {
	return pcapFile(layers.LinkTypeRaw, binary.LittleEndian, true, c.frames)
}

// ipPacket builds an IPv4 or IPv6 packet, told by the addresses.
func ipPacket(src, dst string, protocol layers.IPProtocol, contents ...gopacket.SerializableLayer) []byte {
	var ip gopacket.SerializableLayer
	if netip.MustParseAddr(src).Is4() {
		ip = &layers.IPv4{Version: 4, TTL: 64, Protocol: protocol, SrcIP: net.ParseIP(src), DstIP: net.ParseIP(dst)}
	} else {
		ip = &layers.IPv6{Version: 6, HopLimit: 64, NextHeader: protocol, SrcIP: net.ParseIP(src), DstIP: net.ParseIP(dst)}
	}
	return serialize(append([]gopacket.SerializableLayer{ip}, contents...)...)
}

func serialize(all ...gopacket.SerializableLayer) []byte {
	buffer := gopacket.NewSerializeBuffer()
	if err := gopacket.SerializeLayers(buffer, gopacket.SerializeOptions{FixLengths: true}, all...); err != nil {
		panic(err)
	}
	return bytes.Clone(buffer.Bytes())
}

// rows returns the flows as text: protocol, endpoints, duration, payload,
// packets and IP bytes each way, state.
func rowsOf(flows dataframe.DataFrame) []string {
	var all []string
	for i := range flows.Nrow() {
		v := func(name string) any { return flows.Col(name).Elem(i).Val() }
		all = append(all, fmt.Sprintf("%v %v:%v > %v:%v %.6f %v/%v %v/%v %v/%v %v",
			v("protocol"), v("src_ip"), v("src_port"), v("dst_ip"), v("dst_port"), v("duration"),
			v("bytes_sent"), v("bytes_recv"), v("packets_sent"), v("packets_recv"), v("ip_bytes_sent"), v("ip_bytes_recv"), v("state")))
	}
	return all
}

func captureInfo(f frame) gopacket.CaptureInfo {
	return gopacket.CaptureInfo{Timestamp: f.at, CaptureLength: len(f.data), Length: f.wire}
}

package capture

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net"
	"runtime"
	"strings"
	"testing"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"

	"flowlab/labkit/flow"
)

// allocated returns how many bytes a function allocates: a measure of its work
// that does not depend on the machine.
func allocated(f func()) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return int(after.TotalAlloc - before.TotalAlloc)
}

// atMost is what reading may allocate of so many bytes of a capture: two
// megabytes for buffers and the first rows, and then for each byte what the
// densest capture takes, one of datagrams of 28 bytes that each begin a flow.
func atMost(size int) int { return 2<<20 + 200*size }

// A jumbogram of 32,000 fragment headers within one another cost a copy of the
// rest for each of them: 4 gigabytes for a packet of 256 kB.
func TestNestedFragments(t *testing.T) {
	headers := bytes.Repeat([]byte{44, 0, 0, 0, 0, 0, 0, 1}, 32_000)
	packet := ipv6With(layers.IPProtocolIPv6Fragment, append(headers, 17, 0, 0, 0, 0, 0, 0, 1))
	packet[4], packet[5] = 0, 0
	call := talk("[2001:db8::1]:4000", "[2001:db8::2]:9").udp(0, true, nil)
	call.add(1, packet)
	data := call.raw()
	var report flow.Report
	if n := allocated(func() { _, report = mustRead(t, data) }); n > atMost(len(data)) {
		t.Errorf("%d bytes allocated for %d", n, len(data))
	}
	if counted(report.Skipped)[string(nestedFragment)] != 1 {
		t.Errorf("%v", report)
	}
}

// Of more flows than may be open at a time those end early that would time out
// next: those of a flood, not a connection that both sides hold open.
func TestLiveFlowsAreBounded(t *testing.T) {
	call := talk("10.0.0.1:4000", "10.0.0.2:80").tcp(0, true, "S", 100, 0, 0).tcp(0.1, false, "SA", 500, 101, 0).tcp(0.2, true, "A", 101, 501, 0)
	for i := range 5000 {
		flood := talk(fmt.Sprintf("10.1.%d.%d:5000", i/250, i%250), "10.0.0.2:80").tcp(0.3+float64(i)/1000, true, "S", 1, 0, 0)
		call.frames = append(call.frames, flood.frames...)
	}
	call.tcp(6, true, "A", 101, 501, 77)
	table, err := ReadTable(bytes.NewReader(call.raw()), "test", flow.ReadOptions{Lenient: true, Limits: flow.Limits{Live: 100}})
	if err != nil {
		t.Fatal(err)
	}
	if first := table.Parts[0].Flow(0); first.BytesSent != 77 || first.State != "S1" {
		t.Errorf("the connection is %+v", first)
	}
	if table.Len() != 5001 || !strings.Contains(table.Report.String(), "limit reached, 4,901: flows that ended early, for more than 100 were open") {
		t.Errorf("%d flows, %v", table.Len(), table.Report)
	}
}

// Fragments that promise much hold no more than so many bytes.
func TestReassembliesAreBounded(t *testing.T) {
	d := testDecoder()
	for i := range 2 * maxReassemblies {
		ip := &layers.IPv4{Version: 4, Id: uint16(i), Flags: layers.IPv4MoreFragments, FragOffset: 8000, Protocol: layers.IPProtocolUDP, SrcIP: net.IP{10, 0, 0, 1}, DstIP: net.IP{10, 0, 0, 2}}
		data := serialize(ip, gopacket.Payload(make([]byte, 64)))
		d.packet(capturedPacket{link: layers.LinkTypeRaw, ts: 0, wire: len(data), data: data})
		held := 0
		for _, r := range d.reassemblies {
			held += cap(r.data)
		}
		if held != d.reassembled || held > maxReassembled+1<<17 {
			t.Fatalf("%d bytes are held, %d counted, want at most %d", held, d.reassembled, maxReassembled)
		}
	}
	if err := d.finish(); err == nil || d.reassembled != 0 {
		t.Errorf("%d bytes are held after the end", d.reassembled)
	}
}

// A line of the report stays short however many kinds of packets there are.
func TestReportStaysShort(t *testing.T) {
	w := &pcapngWriter{order: binary.LittleEndian}
	w.section()
	for link := range 3000 {
		w.describe(layers.LinkType(1000 + link))
		w.packet(uint32(link), frame{at(0), 4, []byte("none")})
	}
	_, _, err := ReadFrom(bytes.NewReader(w.Bytes()), "test", flow.ReadOptions{})
	if err == nil || len(err.Error()) > 2000 || !strings.Contains(err.Error(), "no flows in 3,000 packets") {
		t.Errorf("an error of %d bytes: %.200v", len(fmt.Sprint(err)), err)
	}
}

package capture

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"

	"flowlab/labkit"
	"flowlab/labkit/sample"
)

// A scan: most hosts do not answer, some refuse.
func ExampleRead() {
	flows, report, err := Read(sample.Path("nmap-vsn.pcap"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report)
	fmt.Println(flows.Col("state").Records()[:6])
	// Output:
	// 547 packets, 44 of them in 18 flows; 503 skipped: 503 ARP
	// [REJ REJ RSTO S0 REJ S0]
}

// The columns are those of labkit.ReadFlows, by name, type and order.
func TestColumnsAreThoseOfReadFlows(t *testing.T) {
	flows, _ := mustRead(t, sampleBytes(t, "irc.pcap"))
	want := labkit.Must(labkit.ReadFlows(sample.Path("conn.log")))
	if fmt.Sprint(flows.Names(), flows.Types()) != fmt.Sprint(want.Names(), want.Types()) {
		t.Errorf("columns %v of %v, want %v of %v", flows.Names(), flows.Types(), want.Names(), want.Types())
	}
	var written bytes.Buffer
	if err := flows.WriteCSV(&written); err != nil {
		t.Fatal(err)
	}
	again, err := labkit.ReadFlowsFrom(&written, "written")
	if err != nil {
		t.Fatal(err)
	}
	sameFlows(t, "written and read again", again, flows)
}

// The format of the file makes no difference, nor do the packets' payloads.
func TestFormatsGiveTheSameFlows(t *testing.T) {
	for _, name := range sampleNames {
		want, wantReport := mustRead(t, sampleBytes(t, name))
		all := frames(t, name)
		for format, data := range map[string][]byte{
			"pcap, big-endian":       pcapFile(layers.LinkTypeEthernet, binary.BigEndian, false, all),
			"pcap, nanoseconds":      pcapFile(layers.LinkTypeEthernet, binary.LittleEndian, true, all),
			"pcap, both":             pcapFile(layers.LinkTypeEthernet, binary.BigEndian, true, all),
			"pcapng":                 pcapngFile(layers.LinkTypeEthernet, binary.LittleEndian, all),
			"pcapng, big-endian":     pcapngFile(layers.LinkTypeEthernet, binary.BigEndian, all),
			"pcapng as pcapgo does":  pcapgoFile(t, all),
			"pcap, packed":           packed(sampleBytes(t, name)),
			"pcapng, packed":         packed(pcapngFile(layers.LinkTypeEthernet, binary.LittleEndian, all)),
			"pcap, cut at 96 bytes":  ethernetFile(cut(all, 96)),
			"pcap, cut at 64 bytes":  ethernetFile(cut(all, 64)),
			"pcap in two gzip parts": append(packed(sampleBytes(t, name)[:500]), packed(sampleBytes(t, name)[500:])...),
		} {
			got, report := mustRead(t, data)
			sameFlows(t, name+", "+format, got, want)
			if report.String() != wantReport.String() {
				t.Errorf("%s, %s: %v, want %v", name, format, report, wantReport)
			}
		}
	}
}

func pcapgoFile(t *testing.T, all []frame) []byte {
	var out bytes.Buffer
	w, err := pcapgo.NewNgWriter(&out, layers.LinkTypeEthernet)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		info := captureInfo(f)
		if err := w.WritePacket(info, f.data); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	return out.Bytes()
}

func TestSectionsAndInterfaces(t *testing.T) {
	call := talk("10.0.0.1:4000", "10.0.0.2:9").udp(0, true, []byte("one")).udp(1, false, []byte("two")).udp(2, true, []byte("three"))
	w := &pcapngWriter{order: binary.LittleEndian}
	w.section()
	w.describe(layers.LinkTypeEthernet)
	w.describe(layers.LinkTypeRaw)
	w.describe(layers.LinkTypeLinuxUSB)
	w.packet(2, frame{at(0), 4, []byte("none")})
	w.packet(1, call.frames[0])
	w.order = binary.BigEndian
	w.section() // in the other order, and its interfaces are its own
	w.block(blockInterface, [2]uint16{uint16(layers.LinkTypeRaw), 0}, uint32(0), [2]uint16{optionResolution, 1}, [4]byte{0x80 | 10}, [2]uint16{optionOffset, 8}, int64(1700000000))
	ticks := uint64(1 << 10) // a second, in units of 2^-10
	w.block(blockEnhanced, uint32(0), uint32(ticks>>32), uint32(ticks), uint32(len(call.frames[1].data)), uint32(call.frames[1].wire), call.frames[1].data)
	w.block(blockSimple, uint32(call.frames[2].wire), call.frames[2].data)
	flows, report := mustRead(t, w.Bytes())
	if got, want := report.Skipped["of link type 220 (USB), which is not read"], 1; got != want {
		t.Errorf("%v: want the packet of USB skipped", report)
	}
	if got, want := strings.Join(rowsOf(flows), "\n"), "UDP 10.0.0.1:4000 > 10.0.0.2:9 1.000000 8/3 2/1 64/31 SF"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if ts := flows.Col("ts").Elem(0).Float(); ts != 1700000000 {
		t.Errorf("ts is %f", ts)
	}
}

func TestReportString(t *testing.T) {
	r := Report{Packets: 9, Decoded: 2, Flows: 1, Skipped: map[string]int{"LLC": 1, "ARP": 5, "IGMP": 1}}
	if got, want := r.String(), "9 packets, 2 of them in 1 flow; 7 skipped: 5 ARP, 1 IGMP, 1 LLC"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	r.Held = map[string]int{"cut within the headers": 2}
	if got, want := r.String(), "9 packets, 2 of them in 1 flow; 7 skipped: 5 ARP, 1 IGMP, 1 LLC; in tunnels skipped: 2 cut within the headers"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	r.Skipped, r.Held = nil, nil
	r.Packets = 2
	if got, want := r.String(), "2 packets, 2 of them in 1 flow"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestMust(t *testing.T) {
	if n := Must(Read(sample.Path("irc.pcap"))).Nrow(); n != 1 {
		t.Errorf("%d flows, want 1", n)
	}
	defer func() {
		if recover() == nil {
			t.Error("no panic for a file that is not there")
		}
	}()
	Must(Read("nothing.pcap"))
}

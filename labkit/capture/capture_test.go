package capture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"

	"flowlab/labkit"
	"flowlab/labkit/flow"
	"flowlab/labkit/sample"
)

// A scan: most hosts do not answer, some refuse.
func ExampleRead() {
	flows, err := Read(sample.Path("nmap-vsn.pcap"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(flows.Col("state").Records()[:6])
	// Output:
	// [REJ REJ RSTO S0 REJ S0]
}

// What became of each packet.
func ExampleReadFrom() {
	file, err := os.Open(sample.Path("nmap-vsn.pcap"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	_, report, err := ReadFrom(file, "nmap-vsn.pcap", flow.ReadOptions{})
	fmt.Println(report, err)
	// Output:
	// 547 packets, 44 of them in 18 flows; 503 skipped: 503 ARP <nil>
}

// Flows as they end; the packet at which each began leads back to the capture.
func ExampleFlows() {
	file, err := os.Open(sample.Path("smtp.pcap"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	_, err = Flows(file, "smtp.pcap", flow.ReadOptions{}, func(f *flow.Flow) error {
		fmt.Printf("%s %s %s:%d %s %.1f s\n", f.Origin, f.Protocol, f.DstIP, f.DstPort, f.State, f.Duration)
		return nil
	})
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// smtp.pcap:1 UDP 10.10.1.1:53 SF 0.0 s
	// smtp.pcap:3 TCP 74.53.140.153:25 SF 7.6 s
	// smtp.pcap:26 ICMP 10.10.1.4:4 OTH 0.0 s
	// smtp.pcap:60 UDP 10.10.1.255:138 S0 0.0 s
	// smtp.pcap:61 TCP 66.196.121.26:5050 OTH 0.3 s
	// smtp.pcap:63 TCP 192.168.133.102:25 S1 0.1 s
	// smtp.pcap:90 TCP 74.125.71.189:443 OTH 0.0 s
	// smtp.pcap:96 TCP 17.172.238.21:5223 OTH 0.1 s
	// smtp.pcap:98 TCP 17.167.150.73:443 S1 0.8 s
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
	again, _, err := labkit.ReadFlowsFrom(&written, "written", labkit.ReadOptions{})
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
	if got, want := counted(report.Skipped)["of link type 220 (USB), which is not read"], 1; got != want {
		t.Errorf("%v: want the packet of USB skipped", report)
	}
	if got, want := strings.Join(rowsOf(flows), "\n"), "UDP 10.0.0.1:4000 > 10.0.0.2:9 1.000000 8/3 2/1 64/31 SF"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if ts := flows.Col("ts").Elem(0).Float(); ts != 1700000000 {
		t.Errorf("ts is %f", ts)
	}
}

// Flows hands over what ReadTable puts into order, and each flow once.
func TestFlowsAreThoseOfTheTable(t *testing.T) {
	for _, name := range sampleNames {
		table, err := ReadTable(bytes.NewReader(sampleBytes(t, name)), name, flow.ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		var want, got []string
		for _, f := range table.All() {
			want = append(want, fmt.Sprintf("%+v", f))
		}
		report, err := Flows(bytes.NewReader(sampleBytes(t, name)), name, flow.ReadOptions{}, func(f *flow.Flow) error {
			got = append(got, fmt.Sprintf("%+v", *f))
			return nil
		})
		if err != nil || report.String() != table.Report.String() {
			t.Errorf("%s: %v, %v, want %v", name, report, err, table.Report)
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %d flows differ from the table's %d", name, len(got), len(want))
		}
	}
}

// Flows come while the capture is still being written.
func TestFlowsOfAPipe(t *testing.T) {
	call := talk("10.0.0.1:4000", "10.0.0.2:9").udp(0, true, []byte("one")).udp(100, true, []byte("two"))
	data := call.raw()
	r, w := io.Pipe()
	ended := make(chan flow.Flow)
	go func() {
		_, err := Flows(r, "pipe", flow.ReadOptions{}, func(f *flow.Flow) error { ended <- *f; return nil })
		if err != nil {
			t.Error(err)
		}
		close(ended)
	}()
	w.Write(data)
	if f := <-ended; f.Origin.Place != 1 || f.PacketsSent != 1 {
		t.Errorf("the first flow is %+v", f)
	}
	w.Close()
	if f := <-ended; f.Origin.Place != 2 {
		t.Errorf("the second flow is %+v", f)
	}
	<-ended
}

var errEnough = errors.New("enough")

// An error of who takes the flows ends the reading.
func TestFlowsStop(t *testing.T) {
	n := 0
	_, err := Flows(bytes.NewReader(sampleBytes(t, "dhcp-flood.pcap")), "test", flow.ReadOptions{}, func(*flow.Flow) error {
		n++
		return errEnough
	})
	if !errors.Is(err, errEnough) || n != 1 {
		t.Errorf("error %v after %d flows, want the first's", err, n)
	}
}

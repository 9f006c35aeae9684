package capture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"

	"flowlab/labkit/flow"
)

// cutOf cuts the flows out that keep keeps.
func cutOf(t *testing.T, data []byte, keep func(f *flow.Flow) bool) ([]byte, CutReport) {
	t.Helper()
	var out bytes.Buffer
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
	report, err := Cut(open, "test", flow.ReadOptions{}, func(c *flow.Columns) []bool {
		picked := make([]bool, c.Len)
		for i := range picked {
			f := c.Flow(i)
			picked[i] = keep(&f)
		}
		return picked
	}, &out)
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), report
}

// flowRows returns the flows of a capture without the numbers of their packets.
func flowRows(t *testing.T, data []byte, keep func(f *flow.Flow) bool) []flow.Flow {
	t.Helper()
	var rows []flow.Flow
	for _, f := range tableOf(t, data, flow.ReadOptions{}).All() {
		if keep(&f) {
			f.Origin = flow.Origin{}
			f.Label = 0
			rows = append(rows, f)
		}
	}
	return rows
}

// The capture that was cut out has the flows that were picked, whatever the
// format, and the others none.
func TestCutHasTheFlowsThatWerePicked(t *testing.T) {
	isEven := func(f *flow.Flow) bool { return f.SrcPort%2 == 0 }
	isAny := func(*flow.Flow) bool { return true }
	for _, name := range sampleNames {
		data := sampleBytes(t, name)
		want := flowRows(t, data, isEven)
		if len(want) == 0 {
			continue
		}
		for format, of := range map[string][]byte{"pcap": data, "gzip": packed(data), "pcapng": pcapngFile(layers.LinkTypeEthernet, binary.BigEndian, frames(t, name))} {
			got, report := cutOf(t, of, isEven)
			if rows := flowRows(t, got, isAny); !slices.Equal(rows, want) {
				t.Errorf("%s as %s: %d flows are not the %d that were picked", name, format, len(rows), len(want))
			}
			if report.CutFlows != len(want) || report.Flows <= report.CutFlows && name == "tls.pcap" {
				t.Errorf("%s as %s: %d flows of %d, want %d", name, format, report.CutFlows, report.Flows, len(want))
			}
		}
	}
}

// A packet is written as it was: its time, both lengths, and what was captured.
func TestCutLeavesPacketsAsTheyAre(t *testing.T) {
	short := cut(frames(t, "smtp.pcap"), 60)
	for i := range short {
		short[i].at = short[i].at.Add(7) // nanoseconds
	}
	isDNS := func(f *flow.Flow) bool { return f.DstPort == 53 }
	got, report := cutOf(t, ethernetFile(short), isDNS)
	var want []frame
	for _, f := range short {
		if d := f.data; d[12] == 8 && d[23] == 17 && (binary.BigEndian.Uint16(d[34:]) == 53 || binary.BigEndian.Uint16(d[36:]) == 53) {
			want = append(want, f)
		}
	}
	r, err := pcapgo.NewReader(bytes.NewReader(got))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range want {
		data, info, err := r.ReadPacketData()
		if err != nil || !info.Timestamp.Equal(f.at) || info.Length != f.wire || !bytes.Equal(data, f.data) {
			t.Errorf("packet %d is %v of %d bytes, error %v: want %v, of %d", i, info, len(data), err, f.at, f.wire)
		}
	}
	if _, _, err := r.ReadPacketData(); err != io.EOF || report.CutPackets != len(want) || len(want) == 0 || report.Pcapng {
		t.Errorf("%d packets, error %v: want %d and no more", report.CutPackets, err, len(want))
	}
}

// All fragments of a datagram go along, also those before the last, and a packet
// in a tunnel with the flow around it and with its own.
func TestCutOfFragmentsAndTunnels(t *testing.T) {
	c := talk("10.0.0.1:4000", "10.0.0.2:9")
	for _, p := range pieces(talk("10.0.0.3:4000", "10.0.0.2:9").udp(0, true, make([]byte, 100)).frames[0].data, 16) {
		c.add(0, p)
		c.udp(0, true, []byte("between"))
	}
	_, report := cutOf(t, c.raw(), func(f *flow.Flow) bool { return f.SrcIP == "10.0.0.3" })
	if report.CutPackets != 7 { // 108 bytes of UDP, 16 each
		t.Errorf("%d packets: want 7 fragments", report.CutPackets)
	}
	call := talk("10.0.0.1:4000", "10.0.0.2:9").udp(0, true, []byte("in a tunnel"))
	c = &conversation{}
	for _, w := range tunnels() {
		if strings.Contains(w.name, "VXLAN") && w.link == layers.LinkTypeRaw {
			c.add(0, w.wrap(call.frames[0].data))
		}
	}
	c.frames = append(c.frames, call.frames[0])
	if len(c.frames) < 2 {
		t.Fatal("there is no tunnel of that name")
	}
	for source, want := range map[string]int{"192.0.2.1": len(c.frames) - 1, "10.0.0.1": len(c.frames)} {
		_, report := cutOf(t, c.raw(), func(f *flow.Flow) bool { return f.SrcIP == source })
		if report.CutPackets != want {
			t.Errorf("%d packets of the flows from %s: want %d", report.CutPackets, source, want)
		}
	}
}

func TestCutOfSeveralLinkTypes(t *testing.T) {
	call := talk("10.0.0.1:4000", "10.0.0.2:9").udp(0, true, []byte("one")).udp(1, false, []byte("two"))
	w := &pcapngWriter{order: binary.LittleEndian}
	w.section()
	w.describe(layers.LinkTypeEthernet)
	w.describe(layers.LinkTypeRaw)
	w.packet(1, call.frames[0])
	framed := inEthernet(call.frames[1].data)
	w.packet(0, frame{at(1), len(framed), framed})
	all := func(*flow.Flow) bool { return true }
	got, report := cutOf(t, w.Bytes(), all)
	if rows := flowRows(t, got, all); !report.Pcapng || report.CutPackets != 2 || !slices.Equal(rows, flowRows(t, w.Bytes(), all)) {
		t.Errorf("%+v has flows %v", report, rows)
	}
}

func TestCutOfNothing(t *testing.T) {
	got, report := cutOf(t, sampleBytes(t, "smtp.pcap"), func(*flow.Flow) bool { return false })
	if len(got) != 0 || report.CutFlows+report.CutPackets != 0 || report.Flows == 0 {
		t.Errorf("%d bytes, %+v: want nothing written", len(got), report)
	}
	_, err := Cut(func() (io.ReadCloser, error) { return nil, errBroken }, "test", flow.ReadOptions{}, nil, io.Discard)
	if !errors.Is(err, errBroken) {
		t.Errorf("error is %v", err)
	}
}

// Whatever a capture holds, the three readings agree: all flows are cut out, with
// each packet that is in one. (Of frames that carry several fragments the report
// counts some as skipped.)
func FuzzCut(f *testing.F) {
	for _, name := range []string{"smtp.pcap", "tls.pcap"} {
		f.Add(ethernetFile(frames(f, name)[:20]))
		f.Add(pcapngFile(layers.LinkTypeEthernet, binary.BigEndian, frames(f, name)[:20]))
	}
	for _, w := range tunnels() {
		call := talk("10.0.0.1:4000", "10.0.0.2:9").udp(0, true, make([]byte, 100))
		all := []frame{{at(0), len(w.wrap(call.frames[0].data)), w.wrap(call.frames[0].data)}}
		for _, p := range pieces(call.frames[0].data, 40) {
			all = append(all, frame{at(1), len(w.wrap(p)), w.wrap(p)})
		}
		f.Add(pcapFile(w.link, binary.LittleEndian, true, all))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		o := flow.ReadOptions{Lenient: true}
		table, err := ReadTable(bytes.NewReader(data), "test", o)
		if err != nil {
			return
		}
		var out bytes.Buffer
		open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
		report, err := Cut(open, "test", o, func(c *flow.Columns) []bool { return slices.Repeat([]bool{true}, c.Len) }, &out)
		if err != nil || report.CutFlows != table.Len() || report.CutPackets < report.InFlows || report.CutPackets > report.Packets {
			t.Errorf("%d of %d flows and %d packets of %d in flows were cut out: %v", report.CutFlows, table.Len(), report.CutPackets, report.InFlows, err)
		}
	})
}

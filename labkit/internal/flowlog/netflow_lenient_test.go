package flowlog

import (
	"slices"
	"strings"
	"testing"

	"flowlab/labkit/flow"
)

// A damaged datagram, set or record is left out, and the reader goes on behind
// it.
func TestNetFlowLenient(t *testing.T) {
	one := v9(2, 1, set(0, template9), set(256, record9))
	data := v9(1, 1, set(256, record9))
	badPort := slices.Concat(record9[:8], b("\xff\xff"), record9[10:]) // still a port
	v4 := b(field(sourceIPv4, 4), field(destinationIPv4, 4), field(packetDelta, 8))
	huge := ipfix(1, set(2, b(uint16(256), uint16(3), v4)), set(256, b(uint32(1), uint32(2), uint64(1<<60)), b(uint32(1), uint32(2), uint64(9))))
	for name, c := range map[string]struct {
		data []byte
		rows int
		lost string
	}{
		"sound":             {slices.Concat(one, v9(1, 1, set(256, badPort))), 2, ""},
		"bytes between":     {slices.Concat(one, b("\x00\x03garbage!"), data), 2, "1 a set numbered"},
		"another version":   {slices.Concat(b("\x00\x09"), one[2:], b("\x00\x00\x00"), data), 2, ""},
		"a set of 3 bytes":  {slices.Concat(v9(3, 1, set(0, template9), set(256, record9), b(uint16(256), uint16(3), "\x01")), data), 2, "1 a set of 3 bytes: want at least 4, its header"},
		"left over":         {slices.Concat(v9(3, 1, set(0, template9), set(256, record9, b("\x01\x02\x03\x04\x05"))), data), 2, "1 5 bytes are left in a data set"},
		"a template of 255": {slices.Concat(one, v9(1, 1, set(0, b(uint16(255), uint16(1), uint16(1), uint16(4)))), data), 2, "1 template 255: want 256 or above"},
		"a count too high":  {huge, 1, "1 packets_sent: want 0 to 9007199254740992 [flows:1:"},
		"zeros":             {slices.Concat(one, b(strings.Repeat("\x00", 1400)), data, b("\x00\x00\x00")), 2, ""},
		"cut":               {append(slices.Clone(one), data[:30]...), 1, "1 the file ends within a datagram: it is cut off [flows:2:"},
	} {
		table, err := Read(strings.NewReader(string(c.data)), "flows", lenient)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if table.Len() != c.rows || !strings.HasPrefix(lost(table.Report), c.lost) || c.lost == "" && table.Report.Incomplete() {
			t.Errorf("%s: %d flows, lost %s, want %d and %s", name, table.Len(), lost(table.Report), c.rows, c.lost)
		}
	}
}

// Where the exporter tells its start behind its flows, they have their time all the
// same; where it never does, that is said.
func TestIPFIXStartToldLater(t *testing.T) {
	flows := ipfix(1, set(2, b(uint16(256), uint16(5), field(sourceIPv4, 4), field(destinationIPv4, 4), field(packetDelta, 2), field(startUptime, 4), field(endUptime, 4))),
		set(256, b(uint32(1), uint32(2), uint16(5), uint32(1500), uint32(2000))))
	start := ipfix(1, set(3, b(uint16(300), uint16(2), uint16(1), field(149, 4), field(systemInit, 8))), set(300, b(uint32(1), uint64(1_600_000_000_000))))
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"before": {slices.Concat(start, flows), "ts=1600000001.500000 dur=0.5"},
		"behind": {slices.Concat(flows, start), "ts=1600000001.500000 dur=0.5"},
		// the flow that ended 2 s after the start was exported at 1,600,000,000: that is
		// when it ended, if it was exported at once
		"never": {flows, "ts=1599999999.500000 dur=0.5"},
	} {
		table := mustRead(t, c.data)
		for _, f := range table.All() {
			if got := fieldText(f, "ts dur"); got != c.want {
				t.Errorf("%s: %s, want %s", name, got, c.want)
			}
		}
		if said := len(table.Report.Notes) > 0; said != (name == "never") {
			t.Errorf("%s: %q", name, table.Report.Notes)
		}
	}
}

// Elements of no bytes are not kept: a record of one byte would be walked through
// all of them.
func TestNetFlowElementsOfNoBytes(t *testing.T) {
	elements := b(field(5, 1))
	for range 1000 {
		elements = append(elements, field(96, 0)...)
	}
	n := &netflowReader{b: newBuilder("flows", nil, 0), version: version9, templates: map[templateKey][]*template{}, l: newLedger(flow.ReadOptions{})}
	s := &setReader{n, b(uint16(256), uint16(1001), elements), 0}
	if err := s.template(false); err != nil {
		t.Fatal(err)
	}
	if got := n.template(templateKey{version9, 0, 256}, exportClock{}); len(got.elements) != 1 || got.least != 1 {
		t.Errorf("%d elements, records of %d bytes", len(got.elements), got.least)
	}
}

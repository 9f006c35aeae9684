package flowlog

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"flowlab/labkit/flow"
)

// The datagram with which telegraf is tested, and what telegraf makes of it.
func TestNetFlow5(t *testing.T) {
	data := testdata(t, "netflow5.bin")
	table := mustRead(t, data)
	checkFields(t, table, "state", "label")
	checkRows(t, table,
		// uptime 90003000 ms at 1666354081 s; first 86400660 ms, last 86403316 ms
		"1.66635047866e+09 140.82.121.3 443 192.168.119.100 55516 TCP 2.656 - - 78 - 87477 -",
		"1.666350478447e+09 140.82.121.6 443 192.168.119.100 36408 TCP 2.82 - - 21 - 5009 -",
		"1.666350478324e+09 140.82.112.22 443 192.168.119.100 39638 TCP 2.89 - - 6 - 925 -")
	if got := table.Report.String(); !strings.HasPrefix(got, "8 flows from NetFlow 5 datagrams\n  unset: bytes_sent 8, bytes_recv 8, packets_recv 8, ip_bytes_recv 8") {
		t.Error(got)
	}
	if twice := mustRead(t, append(data, data...)); twice.Report.Flows != 16 || textRow(twice, 8) != textRow(twice, 0) {
		t.Errorf("two datagrams: %v", twice.Report)
	}
}

func TestNetFlow5Clock(t *testing.T) {
	data := testdata(t, "netflow5.bin")[:header5+record5]
	binary.BigEndian.PutUint16(data[2:], 1)
	binary.BigEndian.PutUint32(data[12:], 500_000_000)
	binary.BigEndian.PutUint16(data[22:], 1<<14|100) // one packet in 100
	uptime, first, last := data[4:], data[header5+24:], data[header5+28:]
	binary.BigEndian.PutUint32(uptime, 1000)
	binary.BigEndian.PutUint32(first, 0xffffffff-999) // 2 s before, when the clock had not begun anew
	binary.BigEndian.PutUint32(last, 500)
	table := mustRead(t, data)
	checkRows(t, table, "1.6663540795e+09 140.82.121.3 443 192.168.119.100 55516 TCP 1.5 - - 78 - 87477 -")
	if !strings.Contains(table.Report.String(), "1 packet in 100") {
		t.Error(table.Report)
	}
	binary.BigEndian.PutUint32(first, 600)
	if _, err := Read(strings.NewReader(string(data)), "flows", flow.ReadOptions{}); err == nil || err.Error() != "flows:1:24: the flow ends before it begins" {
		t.Error(err)
	}
}

// That datagrams put together so are what the standards mean was checked once
// with another decoder, goflow2 2.2.6.

// b puts numbers together: a byte for a uint8, two for a uint16 and so on.
func b(values ...any) (out []byte) {
	for _, v := range values {
		switch v := v.(type) {
		case []byte:
			out = append(out, v...)
		case string:
			out = append(out, v...)
		default:
			out, _ = binary.Append(out, binary.BigEndian, v)
		}
	}
	return out
}

// set puts a header before the body of a set.
func set(id uint16, body ...[]byte) []byte {
	all := b()
	for _, part := range body {
		all = append(all, part...)
	}
	return b(id, uint16(len(all)+headerSet), all)
}

// v9 is a datagram of version 9 at uptime 10,000 ms and 1,600,000,000 s.
func v9(count uint16, source uint32, sets ...[]byte) []byte {
	out := b(uint16(9), count, uint32(10_000), uint32(1_600_000_000), uint32(7), source)
	for _, s := range sets {
		out = append(out, s...)
	}
	return out
}

// ipfix is a message of IPFIX at 1,600,000,000 s.
func ipfix(domain uint32, sets ...[]byte) []byte {
	body := b()
	for _, s := range sets {
		body = append(body, s...)
	}
	return b(uint16(10), uint16(len(body)+headerIPFIX), uint32(1_600_000_000), uint32(7), domain, body)
}

var (
	template9 = b(uint16(256), uint16(8), uint16(sourceIPv4), uint16(4), uint16(destinationIPv4), uint16(4),
		uint16(sourcePort), uint16(2), uint16(destinationPort), uint16(2), uint16(protocolNumber), uint16(1),
		uint16(packetDelta), uint16(3), uint16(startUptime), uint16(4), uint16(endUptime), uint16(4))
	record9 = b("\x0a\x00\x00\x01\x0a\x00\x00\x02", uint16(1024), uint16(53), uint8(17), "\x00\x00\x05", uint32(7_000), uint32(7_250))
	row9    = "1.599999997e+09 10.0.0.1 1024 10.0.0.2 53 UDP 0.25 - - 5 - - -"
)

func TestNetFlow9(t *testing.T) {
	padded := b(record9, record9, "\x00\x00")
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"template first":  {v9(3, 1, set(0, template9), set(256, padded)), "2 []"},
		"by the sets":     {v9(2, 1, set(0, template9), set(256, padded)), "2 []"},
		"template later":  {append(v9(2, 1, set(256, padded)), v9(2, 1, set(0, template9), set(256, record9))...), "3 []"},
		"other source":    {append(v9(2, 1, set(0, template9), set(256, record9)), v9(2, 2, set(256, padded))...), "1 [{data sets of template 256, which the file does not define 1}]"},
		"unknown":         {v9(9, 1, set(0, template9), set(256, record9), set(300, b("xxxxxxxx")), set(300, b("yyyy"))), "1 [{data sets of template 300, which the file does not define 2}]"},
		"options":         {v9(4, 1, set(1, b(uint16(257), uint16(4), uint16(4), uint16(1), uint16(4), uint16(samplingInterval), uint16(4), "\x00\x00")), set(257, b(uint32(1), uint32(64))), set(0, template9), set(256, record9)), "1 [{records of options, about the exporter 1}]"},
		"without a count": {v9(4, 1, set(0, b(uint16(258), uint16(2), uint16(sourceIPv4), uint16(4), uint16(destinationIPv4), uint16(4))), set(258, b("\x01\x01\x01\x01\x02\x02\x02\x02")), set(0, template9), set(256, record9)), "1 [{records without bytes or packets, as of events 1}]"},
		"no addresses":    {v9(4, 1, set(0, b(uint16(258), uint16(1), uint16(packetDelta), uint16(4))), set(258, b("\x01\x01\x01\x01")), set(0, template9), set(256, record9)), "1 [{records without addresses 1}]"},
	} {
		table, err := Read(strings.NewReader(string(c.data)), "flows", flow.ReadOptions{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := fmt.Sprint(table.Report.Flows, table.Report.Skipped); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		checkRows(t, table, row9)
		if sampled := len(table.Report.Notes) > 0; sampled != (name == "options") {
			t.Errorf("%s: notes %q", name, table.Report.Notes)
		}
	}
}

func field(id, size uint16) []byte { return b(id, size) }
func reverse(id, size uint16) []byte {
	return b(id|0x8000, size, uint32(reverseElements))
}

func TestIPFIX(t *testing.T) {
	addresses := b("\x0a\x00\x00\x01\x0a\x00\x00\x02")
	v4 := b(field(sourceIPv4, 4), field(destinationIPv4, 4))
	for name, c := range map[string]struct {
		count    uint16
		template []byte
		record   []byte
		want     string
	}{
		"both directions": {8, b(v4, field(startMilliseconds, 8), field(endMilliseconds, 8), field(octetDelta, 8), field(packetDelta, 4), reverse(octetDelta, 4), reverse(packetDelta, 2)),
			b(addresses, uint64(1_600_000_000_250), uint64(1_600_000_001_000), uint64(100), uint32(2), uint32(0), uint16(0)),
			"1.60000000025e+09 10.0.0.1 - 10.0.0.2 - - 0.75 - - 2 0 100 0"},
		"a firewall": {6, b(v4, field(initiatorOctets, 4), field(responderOctets, 4), field(initiatorPackets, 4), field(responderPackets, 4)),
			b(addresses, uint32(10), uint32(20), uint32(3), uint32(4)),
			"- 10.0.0.1 - 10.0.0.2 - - - 10 20 3 4 - -"},
		"variable and foreign elements": {6, b(v4, field(96, variable), field(0x8000|1, variable), uint32(9), field(packetTotal, variable), field(371, variable)),
			b(addresses, uint8(3), "web", uint8(2), "xx", uint8(1), uint8(7), uint8(255), uint16(300), strings.Repeat("u", 300)),
			"- 10.0.0.1 - 10.0.0.2 - - - - - 7 - - -"},
		"IPv6 beside zeros, ICMP": {7, b(field(sourceIPv6, 16), field(destinationIPv6, 16), v4, field(protocolNumber, 1), field(icmpTypeCodeIPv6, 2), field(packetDelta, 1)),
			b("\x20\x01\x0d\xb8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01", "\x20\x01\x0d\xb8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02", uint32(0), uint32(0), uint8(58), uint16(135<<8|1), uint8(9)),
			"- 2001:db8::1 135 2001:db8::2 1 ICMP - - - 9 - - -"},
		"seconds and a duration": {5, b(v4, field(startSeconds, 4), field(durationMilliseconds, 4), field(octetTotal, 8)),
			b(addresses, uint32(1_600_000_000), uint32(1500), uint64(44)),
			"1.6e+09 10.0.0.1 - 10.0.0.2 - - 1.5 - - - - 44 -"},
		"NTP": {5, b(v4, field(startMicroseconds, 8), field(endNanoseconds, 8), field(octetTotal, 8)),
			b(addresses, uint64(1_600_000_000+2_208_988_800)<<32|1<<31, uint64(1_600_000_001+2_208_988_800)<<32|1<<30, uint64(44)),
			"1.6000000005e+09 10.0.0.1 - 10.0.0.2 - - 0.75 - - - - 44 -"},
		"before the export": {5, b(v4, field(startDelta, 4), field(endDelta, 4), field(octetTotal, 8)),
			b(addresses, uint32(2_000_000), uint32(500_000), uint64(44)),
			"1.599999998e+09 10.0.0.1 - 10.0.0.2 - - 1.5 - - - - 44 -"},
		"since the start of the system": {6, b(v4, field(systemInit, 8), field(startUptime, 4), field(endUptime, 4), field(octetTotal, 8)),
			b(addresses, uint64(1_600_000_000_000), uint32(1_000), uint32(1_250), uint64(44)),
			"1.600000001e+09 10.0.0.1 - 10.0.0.2 - - 0.25 - - - - 44 -"},
	} {
		data := ipfix(1, set(2, b(uint16(256), c.count, c.template)), set(256, c.record))
		table, err := Read(strings.NewReader(string(data)), "flows", flow.ReadOptions{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := textRow(table, 0); got != c.want || table.Report.Flows != 1 {
			t.Errorf("%s: %s, want %s; %v", name, got, c.want, table.Report)
		}
	}
}

// An option of IPFIX, and one of NetFlow 9 whose scope, the whole system, has no
// bytes, tell of sampling.
func TestNetFlowOptions(t *testing.T) {
	v4 := b(field(sourceIPv4, 4), field(destinationIPv4, 4), field(packetDelta, 2))
	flow := b("\x0a\x00\x00\x01\x0a\x00\x00\x02", uint16(5))
	for name, data := range map[string][]byte{
		"IPFIX":     ipfix(1, set(3, b(uint16(300), uint16(2), uint16(1), field(149, 4), field(packetInterval, 4))), set(300, b(uint32(1), uint32(64))), set(2, b(uint16(256), uint16(3), v4)), set(256, flow)),
		"NetFlow 9": v9(4, 1, set(1, b(uint16(300), uint16(4), uint16(4), field(1, 0), field(samplerInterval, 4))), set(300, b(uint32(64))), set(0, b(uint16(256), uint16(3), v4)), set(256, flow)),
	} {
		table := mustRead(t, data)
		if got := fmt.Sprint(table.Report.Flows, table.Report.Skipped, table.Report.Notes); !strings.HasPrefix(got, "1 [{records of options, about the exporter 1}] [sampled: the exporter counted 1 packet in 64;") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// After a template was withdrawn, or replaced, data is read by what holds then.
func TestIPFIXTemplatesChange(t *testing.T) {
	v4 := b(field(sourceIPv4, 4), field(destinationIPv4, 4))
	addresses := b("\x0a\x00\x00\x01\x0a\x00\x00\x02")
	first := set(2, b(uint16(256), uint16(3), v4, field(packetDelta, 2)))
	second := set(2, b(uint16(256), uint16(3), v4, field(octetDelta, 1)))
	data := ipfix(1, first, set(256, b(addresses, uint16(5))), second, set(256, b(addresses, uint8(6))), set(2, b(uint16(256), uint16(0))), set(256, b(addresses, uint8(6))))
	table := mustRead(t, data)
	checkRows(t, table, "- 10.0.0.1 - 10.0.0.2 - - - - - 5 - - -", "- 10.0.0.1 - 10.0.0.2 - - - - - - - 6 -")
	if got := fmt.Sprint(table.Report.Flows, table.Report.Skipped); got != "2 [{data sets of template 256, which the file does not define 1}]" {
		t.Error(got)
	}
}

func TestNetFlowFaults(t *testing.T) {
	five := testdata(t, "netflow5.bin")
	good := v9(2, 1, set(0, template9), set(256, record9))
	tmpl := func(elements ...[]byte) []byte { return b(uint16(256), uint16(len(elements)), b2(elements)) }
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"version":              {append(five[:len(five):len(five)], 0, 7), "flows:2:408: a datagram of version 7: want 5, 9 or 10"},
		"version cut":          {append(five[:len(five):len(five)], 0), "flows:2:409: the file ends within the version of a datagram"},
		"header cut":           {five[:20], "flows:1:20: the file ends after 20 of the 24 bytes of a header: it is cut off"},
		"record cut":           {five[:300], "flows:1:300: the file ends after 36 of the 48 bytes of a record: it is cut off"},
		"no record":            {five[:24], "flows:1:24: the file ends after 0 of the 48 bytes of a record"},
		"too many records":     {b(five[:2], uint16(65535), five[4:]), "flows:1:2: a datagram of 65535 records: want 1 to 30"},
		"no records":           {b(five[:2], uint16(0), five[4:]), "flows:1:2: a datagram of 0 records: want 1 to 30"},
		"nanoseconds":          {b(five[:12], uint32(1e9), five[16:]), "flows:1:12: 1000000000 nanoseconds"},
		"set cut":              {good[:len(good)-5], "bytes of a set: it is cut off"},
		"data set missing":     {v9(3, 1, set(0, template9), set(256, record9)), "flows:1:88: the file ends after 2 of 3 records that the datagram announces"},
		"set too short":        {v9(1, 1, b(uint16(0), uint16(3))), "flows:1:22: a set of 3 bytes: want at least 4"},
		"reserved set":         {v9(1, 1, set(200, b("xxxx"))), "flows:1:20: a set numbered 200: want 0 or 1"},
		"reserved template":    {v9(1, 1, set(0, b(uint16(255), uint16(1), field(packetDelta, 4)))), "flows:1:24: template 255: want 256 or above"},
		"template beyond":      {v9(1, 1, set(0, b(uint16(256), uint16(60000), field(packetDelta, 4)))), "flows:1:32: template 256 goes on beyond its set"},
		"template of nothing":  {v9(1, 1, set(0, tmpl(field(500, 0)))), "template 256 has records of 0 bytes"},
		"size of an element":   {v9(1, 1, set(0, tmpl(field(packetDelta, 9)))), "flows:1:28: element 2 of template 256 has 9 bytes: want 1 to 8"},
		"size of an address":   {v9(1, 1, set(0, tmpl(field(sourceIPv4, 3)))), "element 8 of template 256 has 3 bytes: want 4 to 4"},
		"left over":            {v9(2, 1, set(0, template9), set(256, b(record9, "xyz"))), "flows:1:88: 3 bytes are left in a data set, too few for a record of 24"},
		"port":                 {v9(2, 1, set(0, tmpl(field(sourceIPv4, 4), field(destinationIPv4, 4), field(packetDelta, 1), field(sourcePort, 4))), set(256, b(uint32(1), uint32(2), uint8(1), uint32(65536)))), "src_port is 65536: want 0 to 65535"},
		"packets":              {v9(2, 1, set(0, tmpl(field(sourceIPv4, 4), field(destinationIPv4, 4), field(packetDelta, 8))), set(256, b(uint32(1), uint32(2), uint64(1<<63)))), "packets_sent is 9223372036854775808: want 0 to 9007199254740992"},
		"option scope":         {v9(1, 1, set(1, b(uint16(257), uint16(3), uint16(4), uint32(0)))), "flows:1:30: template 257 has a scope of 3 and options of 4 bytes"},
		"message too short":    {b(uint16(10), uint16(15), uint32(0), uint32(0), uint32(0)), "flows:1:2: a message of 15 bytes: want at least 16"},
		"message cut":          {ipfix(1, set(2, tmpl(field(packetDelta, 4))))[:20], "flows:1:20: the file ends after 0 of the 8 bytes of a set"},
		"set beyond":           {ipfix(1, b(uint16(2), uint16(100), uint32(0))), "flows:1:18: a set of 100 bytes, and 8 are left in the message"},
		"bytes beyond":         {ipfix(1, b("xy")), "flows:1:16: 2 bytes are left in the message, too few for a set"},
		"value beyond":         {ipfix(1, set(2, tmpl(field(96, variable), field(packetDelta, 1))), set(256, b(uint8(9), "abc"))), "element 96 has 9 bytes, and 3 are left in the set"},
		"size beyond":          {ipfix(1, set(2, tmpl(field(96, variable), field(packetDelta, 1))), set(256, b(uint8(255), "a"))), "element 96 has no size"},
		"variable number":      {ipfix(1, set(2, tmpl(field(packetDelta, variable))), set(256, b(uint8(9), "abcdefghi"))), "element 2 has 9 bytes: want 1 to 8"},
		"enterprise beyond":    {ipfix(1, set(2, b(uint16(256), uint16(1), uint16(0x8001), uint16(4)))), "template 256 goes on beyond its set"},
		"no flows":             {ipfix(1, set(300, b("abcd"))), "flows:1:1: no flows in the IPFIX datagrams (skipped 1: data sets of template 300"},
		"fault in late data":   {append(v9(1, 1, set(256, b(record9, "xyz"))), v9(1, 1, set(0, template9))...), "flows:1:48: 3 bytes are left"},
		"ends before it began": {v9(2, 1, set(0, tmpl(field(sourceIPv4, 4), field(destinationIPv4, 4), field(packetDelta, 1), field(startSeconds, 4), field(endSeconds, 4))), set(256, b(uint32(1), uint32(2), uint8(1), uint32(9), uint32(8)))), "the flow ends before it begins"},
	} {
		table, err := Read(strings.NewReader(string(c.data)), "flows", flow.ReadOptions{})
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "flows:") || table != nil {
			t.Errorf("%s: error %q, want %q in it", name, err, c.want)
		}
	}
}

func b2(parts [][]byte) (out []byte) {
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// No part of a datagram file can be taken for a whole one, but where a datagram
// ends.
func TestNetFlowCutAnywhere(t *testing.T) {
	data := append(v9(3, 1, set(0, template9), set(256, record9, record9)), ipfix(1, set(2, b(uint16(256), uint16(3), field(sourceIPv4, 4), field(destinationIPv4, 4), field(packetDelta, 2))), set(256, b(uint32(1), uint32(2), uint16(5))))...)
	first := len(v9(3, 1, set(0, template9), set(256, record9, record9)))
	for n := 1; n < len(data); n++ {
		_, err := Read(strings.NewReader(string(data[:n])), "flows", flow.ReadOptions{})
		if whole := n == first; (err == nil) != whole {
			t.Errorf("the first %d of %d bytes: error %v", n, len(data), err)
		}
	}
}

// A file that goes on and on with templates does not fill the memory.
func TestNetFlowTemplatesAreBounded(t *testing.T) {
	var data []byte
	for id := range mostTemplates + 1 {
		one := b(uint16(256+id%1000), uint16(1), uint16(packetDelta), uint16(4))
		data = append(data, v9(1, uint32(id/1000), set(0, one))...)
	}
	if _, err := Read(strings.NewReader(string(data)), "flows", flow.ReadOptions{}); err == nil || !strings.Contains(err.Error(), "template 792 is one more than 65536: want fewer in a file") {
		t.Errorf("error %v", err)
	}
}

// Nor does one with few templates of many elements. One that is defined again or
// withdrawn counts no more.
func TestNetFlowElementsAreBounded(t *testing.T) {
	const size = 1 << 13
	large := func(id uint16) []byte {
		fields := []byte{}
		for range size {
			fields = append(fields, field(packetDelta, 1)...)
		}
		return set(2, b(id, uint16(size), fields))
	}
	const most = mostElements / size
	var data []byte
	for i := range 2 * most { // each defined twice
		data = append(data, ipfix(1, large(uint16(256+i/2)))...)
	}
	withdrawn := ipfix(1, set(2, b(uint16(256), uint16(0))))
	small := ipfix(1, set(2, b(uint16(256), uint16(3), field(sourceIPv4, 4), field(destinationIPv4, 4), field(packetDelta, 2))), set(256, b(uint32(1), uint32(2), uint16(5))))
	table := mustRead(t, slices.Concat(data, withdrawn, small))
	if table.Report.Flows != 1 {
		t.Errorf("%v: want one flow", table.Report)
	}
	_, err := Read(strings.NewReader(string(append(data, ipfix(2, large(300))...))), "flows", flow.ReadOptions{})
	if err == nil || !strings.Contains(err.Error(), "with template 300 there are 1056768 elements in templates: want at most 1048576 in a file") {
		t.Errorf("error %v", err)
	}
}

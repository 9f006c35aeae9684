package flowlog

import (
	"errors"
	"flowlab/labkit/flow"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
)

const (
	csvHead = "bytes_sent,bytes_recv,packets_sent,packets_recv,duration,dst_port,protocol,label\n"
	csvRow  = "10,20,1,2,0.5,443,TCP,0\n"
	cicHead = "Dst Port,Flow Duration,Tot Fwd Pkts,Tot Bwd Pkts,TotLen Fwd Pkts,TotLen Bwd Pkts,Timestamp,Protocol\n"
	nfRow   = "2009-10-05 06:06:07,0,TCP,10.0.0.1,1,10.0.0.2,2,3,4,1\n"
	zJSON   = `{"ts":1,"id.orig_h":"10.0.0.1","id.resp_h":"10.0.0.2","conn_state":"SF"}` + "\n"
	nJSON   = `{"first":"2009-10-05T06:06:07","last":"2009-10-05T06:06:08","proto":6,"src4_addr":"10.0.0.1","dst4_addr":"10.0.0.2","in_packets":3,"in_bytes":4}` + "\n"
)

func utf16LE(text string) string {
	out := "\xff\xfe"
	for _, u := range utf16.Encode([]rune(text)) {
		out += string([]byte{byte(u), byte(u >> 8)})
	}
	return out
}

// What is refused, where, and what is said to be wanted.
func TestFaults(t *testing.T) {
	gz := string(zipped(t, []byte(csvHead+strings.Repeat(csvRow, 9999))))
	for name, c := range map[string]struct{ text, want string }{
		"empty":           {"", "flows:1:1: the file is empty: want flows"},
		"one newline":     {"\n", "flows:1:1: no header"},
		"header alone":    {csvHead, "flows:1:1: no flows in the flow CSV: want at least one"},
		"pcap":            {"\xd4\xc3\xb2\xa1\x02\x00\x04\x00", "flows:1:1: this is a packet capture: read it with capture.Read"},
		"pcap, big":       {"\xa1\xb2\xc3\xd4", "capture.Read"},
		"pcap, zipped":    {string(zipped(t, []byte("\xa1\xb2\x3c\x4d"))), "capture.Read"},
		"pcapng":          {"\x0a\x0d\x0d\x0a\x00\x00\x00\x1c", "capture.Read"},
		"tar":             {strings.Repeat("n", 257) + "ustar\x0000", "a tar archive"},
		"7z":              {"7z\xbc\xaf\x27\x1c\x00\x04", "a 7z archive"},
		"zip":             {"PK\x03\x04", "a zip archive"},
		"binary":          {"\x7fELF\x02\x01\x01\x00\x00", "flows:1:1: neither text nor NetFlow"},
		"NetFlow 7":       {"\x00\x07\x00\x01\x00\x00", "flows:1:1: neither text nor NetFlow"},
		"zeros":           {strings.Repeat("\x00", 999), "flows:1:1: neither text nor NetFlow"},
		"UTF-16":          {utf16LE(csvHead + csvRow), "flows:1:1: this is text in UTF-16: save it as UTF-8"},
		"UTF-16, no mark": {utf16LE(csvHead)[2:], "flows:1:1: this looks like text in UTF-16"},
		"prose":           {"Dear reader,\nnothing here.\n", `flows:1:1: unknown column "Dear reader": want flow columns, ts, src_ip`},
		"gzip cut":        {gz[:len(gz)-9], "the compressed file ends in the middle: it is cut off"},
		"gzip header":     {"\x1f\x8b\x08", "flows:1:1: the file begins as gzip does, but is not"},
		"gzip damaged":    {gz[:20] + "xxxx" + gz[24:], "flate: corrupt input"},
		"gzip in gzip":    {string(zipped(t, []byte(gz))), "gzip within gzip"},
		"gzip, then text": {gz + "some more text", "gzip: invalid header"},

		"row cut":         {csvHead + csvRow + "10,20,1", "flows:3:7: the row has 3 fields: want 8, as the header has"},
		"row too long":    {csvHead + "10,20,1,2,0.5,443,TCP,0,9\n", "flows:2:25: the row has 9 fields: want 8"},
		"last field cut":  {csvHead + csvRow + "10,20,1,2,0.5,443,TCP,", "flows:3:23: the last line ends in an empty field and without a newline"},
		"column twice":    {strings.Replace(csvHead, "label", "duration", 1) + csvRow, "flows:1:76: column duration is there twice"},
		"column missing":  {strings.Replace(csvHead, "duration", "ts", 1) + csvRow, "flows:1:1: no column duration in the header"},
		"protocol":        {csvHead + "10,20,1,2,0.5,443,256,0\n", `flows:2:19: protocol is "256": want a protocol: its name, or its number, 0 to 255`},
		"NUL":             {csvHead + csvRow + "10,20,1,2,0.5,443,T\x00P,0\n" + csvRow, "flows:3:20: a NUL byte: want text in UTF-8"},
		"NUL after fault": {csvHead + "x" + csvRow + "10,20,1,2,0.5,443,T\x00P,0\n" + csvRow, `flows:2:1: bytes_sent is "x10": want a decimal number, 0 or above`},
		"not UTF-8":       {csvHead + csvRow + csvRow + "10,20,1,2,0.5,443,T\xffP,0\n", "flows:4:20: bytes that are not UTF-8"},
		"header NUL":      {"bytes_sent,b\x00\n", "flows:1:13: a byte that is not text"},
		"other header":    {csvHead + csvRow + strings.TrimSpace(csvHead) + "x\n", "flows:3:1: another header than the first"},
		"NaN":             {csvHead + "NaN,20,1,2,0.5,443,TCP,0\n", `flows:2:1: bytes_sent is "NaN": want a decimal number, 0 or above`},
		"infinity":        {csvHead + "10,20,1,2,Inf,443,TCP,0\n", `flows:2:11: duration is "Inf"`},
		"hexadecimal":     {csvHead + "10,0x1p4,1,2,1,443,TCP,0\n", `flows:2:4: bytes_recv is "0x1p4"`},
		"underscore":      {csvHead + "1_0,20,1,2,1,443,TCP,0\n", `bytes_sent is "1_0"`},
		"out of range":    {csvHead + "1e999,20,1,2,1,443,TCP,0\n", `bytes_sent is "1e999"`},
		"negative":        {csvHead + "10,-20,1,2,1,443,TCP,0\n", `flows:2:4: bytes_recv is "-20": want a decimal number, 0 or above`},
		"negative time":   {csvHead + "10,20,1,2,-0.1,443,TCP,0\n", `flows:2:11: duration is "-0.1"`},
		"port":            {csvHead + "10,20,1,2,1,65536,TCP,0\n", `flows:2:13: dst_port is "65536": want a port, 0 to 65535`},
		"half a packet":   {csvHead + "10,20,1.5,2,1,80,TCP,0\n", `flows:2:7: packets_sent is "1.5": want a whole number`},
		"word":            {csvHead + "10,20,1,2,1,80,T\tP,0\n", "want text without control characters"},
		"bare quote":      {csvHead + "10,20,1,2,1,80,T\"P,0\n", `flows:2:17: a bare " in a field`},
		"open quote":      {csvHead + "10,20,1,2,1,80,\"TCP,0\n" + csvRow, `flows:2:16: a field opens with "`},
		"after a quote":   {csvHead + "10,20,1,2,1,80,\"TCP\"x,0\n", `flows:2:21: text after the closing "`},
		"million bytes":   {csvHead + csvRow + strings.Repeat("9", 1_000_000) + csvRow, "flows:3:1: bytes_sent is \"9999"},
		"endless line":    {csvHead + csvRow + strings.Repeat("9", 3_000_000), "flows:3:1048577: the line is longer than 1048576 bytes"},
		"endless header":  {strings.Repeat("9", 3_000_000), "flows:1:1048577: the line is longer"},

		"Zeek, no fields":     {"#separator \\x09\n\n1\t2\n", "flows:3:1: a row before any #fields"},
		"Zeek, other log":     {"#separator \\x09\n#path\tdns\n", `flows:2:1: this is Zeek's log "dns": want conn`},
		"Zeek, separator":     {"#separator \\x9\n", `flows:1:1: separator is "\\x9"`},
		"Zeek, field twice":   {"#fields\tduration\torig_bytes\tresp_bytes\torig_pkts\tresp_pkts\tid.resp_p\tduration\n", "flows:1:1: field duration is twice in #fields"},
		"Zeek, field missing": {"#fields\torig_bytes\tresp_bytes\torig_pkts\tresp_pkts\tid.resp_p\n", "flows:1:1: no field duration in #fields"},
		"Zeek, row cut":       {zeekHeader + zeekLine(1) + zeekLine(2)[:50], "flows:8:1: the row has 4 fields: want 20, as #fields has"},
		"Zeek, last cut":      {zeekHeader + strings.TrimSuffix(zeekLine(1), "(empty)\n"), "flows:7:"},
		"Zeek, address":       {zeekHeader + strings.Replace(zeekLine(1), "192.168.33", "192.168.333", 1), `flows:7:37: id.orig_h is "192.168.333.1": want an IPv4 or IPv6 address`},
		"Zeek, empty number":  {zeekHeader + strings.Replace(zeekLine(1), "\t443\t", "\t\t", 1), `id.resp_p is "": want a port`},

		"CIC, missing":  {strings.Replace(cicHead, "Tot Fwd Pkts", "Tot Pkts", 1), `unknown column "Dst Port"`},
		"CIC, twice":    {strings.Replace(cicHead, "Protocol", " flow duration", 1), `flows:1:92: column " flow duration" is there twice, as "Flow Duration" before`},
		"CIC, no bytes": {strings.Replace(cicHead, "TotLen Bwd Pkts", "X", 1), "flows:1:1: no column total length of bwd packets or totlen bwd pkts"},
		"CIC, infinity": {cicHead + "80,Infinity,1,1,1,1,,6\n", `flows:2:4: Flow Duration is "Infinity": want a number of microseconds`},
		"CIC, negative": {cicHead + "80,-1,1,1,1,1,,6\n", `flows:2:4: Flow Duration is "-1"`},
		"CIC, time":     {cicHead + "80,1,1,1,1,1,32/01/2017 10:00,6\n", `flows:2:14: Timestamp is "32/01/2017 10:00": want a date and time`},

		"nfdump, no duration":  {strings.Replace(nfdump172, "duration,", "", 1), "flows:1:1: no column td or duration, nor te or lastSeen"},
		"nfdump, end":          {strings.Replace(nfdump172, "duration", "lastSeen", 1) + strings.Replace(nfRow, ",0,", ",2009-10-05 06:06:06,", 1), "flows:2:21: the flow ends 1 seconds before it begins"},
		"nfdump, summary cut":  {nfdump172 + nfRow + "Summary\nflows,byt", "flows:3:1: nfdump's summary from here on is not whole"},
		"nfdump, summary cut2": {nfdump172 + nfRow + "Summary\nflows,bytes\n", "flows:3:1: nfdump's summary from here on is not whole"},
		"nfdump, row cut":      {nfdump172 + nfRow + "Summ", "flows:3:1: the row has 1 field: want 10"},
		"nfdump, more":         {nfdump172 + nfRow + "Summary\nflows,bytes\n1,2\nmore\n", "flows:6:1: text after nfdump's summary"},
		"nfdump, none":         {nfdump172 + "No matched flows\n", "no flows in the nfdump CSV"},
		"nfdump, type of TCP":  {nfdump172 + strings.Replace(nfRow, ",2,", ",3.1,", 1), `flows:2:47: dstPort is "3.1": want a port`},
		"nfdump, port":         {nfdump172 + strings.Replace(nfRow, ",2,", ",3.256,", 1), `flows:2:47: dstPort is "3.256": want a port`},

		"JSON cut":           {zJSON + zJSON[:40], "flows:2:41: the file ends in the middle of a JSON value"},
		"JSON array cut":     {"[" + zJSON, "flows:2:1: the file ends within an array: it is cut off"},
		"JSON array, comma":  {"[" + zJSON + zJSON + "]", "flows:2:1: want a comma or ] between flows"},
		"JSON, more":         {"[" + zJSON + "] x", "flows:2:3: text after the array"},
		"JSON, none":         {"[]", "flows:1:1: no flows in the JSON file"},
		"JSON mixed":         {zJSON + nJSON, "flows:2:1: the object has no id.orig_h or id_orig_h: want a record of Zeek conn.log (JSON)"},
		"JSON mixed 2":       {nJSON + zJSON, "flows:2:1: the object has no first or t_first: want a record of nfdump JSON"},
		"JSON and text":      {zJSON + "hello\n", "flows:2:1: want an object in braces"},
		"JSON in an array":   {"[" + zJSON + ",[]]", "flows:2:2: want an object in braces"},
		"JSON, other":        {`{"a":1}`, "flows:1:1: a record of no log that is known here: want flows: a Zeek conn.log, "},
		"JSON, dns":          {`{"ts":1,"id.orig_h":"10.0.0.1","id.resp_h":"10.0.0.2","proto":"udp","query":"x"}`, "flows:1:1: the object has no conn_state or orig_pkts"},
		"JSON, twice":        {strings.Replace(zJSON, `{`, `{"ts":2,`, 1), "flows:1:9: member ts is there twice"},
		"JSON, kind":         {strings.Replace(zJSON, `1`, `true`, 1), "flows:1:7: ts is true: want a number"},
		"JSON, text":         {strings.Replace(zJSON, `{`, `{"orig_bytes":"12",`, 1), "flows:1:15: orig_bytes is text: want a number"},
		"JSON, negative":     {strings.Replace(zJSON, `{`, `{"orig_bytes":-12,`, 1), `flows:1:15: orig_bytes is "-12": want a decimal number, 0 or above`},
		"JSON, NaN":          {strings.Replace(zJSON, `{`, `{"duration":NaN,`, 1), "flows:1:13: want a JSON value"},
		"JSON, leading zero": {strings.Replace(zJSON, `{`, `{"duration":01,`, 1), "flows:1:14: want a comma or }"},
		"JSON, not UTF-8":    {strings.Replace(zJSON, `SF`, "S\xff", 1), "flows:1:70: bytes that are not UTF-8"},
		"JSON, NUL":          {strings.Replace(zJSON, `SF`, "S\x00", 1), "flows:1:70: a control character in a string"},
		"JSON, deep":         {`{"a":` + strings.Repeat("[", 200), "flows:1:106: values are nested too deep"},
		"JSON, long":         {zJSON + `{"a":"` + strings.Repeat("a", 3_000_000), "flows:2:1: an object is longer than 1048576 bytes"},
		"JSON, end":          {strings.Replace(nJSON, "08", "06", 1), "flows:1:2: the flow ends 1 seconds before it begins"},
		"JSON gzip cut":      {string(zipped(t, []byte(zJSON+zJSON)))[:60], "the compressed file ends in the middle"},
	} {
		table, err := readString(c.text)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "flows:") {
			t.Errorf("%s: error %q, want %q in it", name, err, c.want)
		}
		if _, ok := errors.AsType[*flow.Fault](err); !ok || table != nil {
			t.Errorf("%s: %T and table %v: want a flow.Fault, and no table", name, err, table)
		}
	}
}

func TestReadFault(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, text := range []string{csvHead + csvRow + "10,2", zJSON + zJSON[:3]} {
		_, err := Read(io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)), "flows", flow.ReadOptions{})
		if err == nil || !errors.Is(err, broken) || !strings.HasPrefix(err.Error(), "flows:") {
			t.Errorf("error %v, want %v", err, broken)
		}
	}
	if _, err := Read(iotest.ErrReader(broken), "flows", flow.ReadOptions{}); !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
}

// A file of several blocks is read the same on one core and on many, by large
// reads and by small, and so is which fault is the first.
func TestBlocks(t *testing.T) {
	const rows = 60_000
	lines := []string{zeekHeader}
	for i := range rows {
		lines = append(lines, zeekLine(i))
	}
	whole := strings.Join(lines, "")
	for _, procs := range []int{1, 8} {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		table, err := Read(iotest.HalfReader(strings.NewReader(whole)), "flows", flow.ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if table.Report.Flows != rows || len(table.Parts) < 5 {
			t.Fatalf("%d rows in %d parts", table.Report.Flows, len(table.Parts))
		}
		for _, i := range []int{0, 1, 3000, 29_999, rows - 1} {
			if got, want := textRow(table, i), textRow(mustRead(t, []byte(zeekHeader+zeekLine(i))), 0); got != want {
				t.Errorf("row %d: %s, want %s", i, got, want)
			}
		}
		for _, bad := range [][]int{{1000, 1001, 50_000}, {59_999}, {31_000, 45_000}} {
			damaged := append([]string(nil), lines...)
			for _, i := range bad {
				damaged[i] = strings.Replace(damaged[i], "\t443\t", "\t70000\t", 1)
			}
			_, err := readString(strings.Join(damaged, ""))
			want := fmt.Sprintf("flows:%d:", bad[0]+strings.Count(zeekHeader, "\n"))
			if err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%d cores: %v, want %s", procs, err, want)
			}
		}
	}
}

// What is kept of a file that is refused is bounded, whatever its size.
func TestEndlessInput(t *testing.T) {
	for name, head := range map[string]string{"CSV": csvHead, "JSON": `{"a":"`, "NetFlow": "\x00\x0a\xff\xff", "prose": ""} {
		endless := io.MultiReader(strings.NewReader(head), &repeat{text: "aaaaaaaaaaaaaaaa"})
		if _, err := Read(endless, "flows", flow.ReadOptions{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// A repeat is a text without an end.
type repeat struct{ text string }

func (r *repeat) Read(p []byte) (int, error) { return copy(p, r.text), nil }

func TestParseDecimal(t *testing.T) {
	for _, text := range []string{"", ".", "-", "+", "e5", "1e", "nan", "inf", "0x1", "1_0", "1.2.3", " 1", "1 ", "１"} {
		if v, ok := parseDecimal(text); ok {
			t.Errorf("%q is %v", text, v)
		}
	}
}

// Blank lines take no memory: it is rows that are made room for.
func TestBlankLinesTakeNoRoom(t *testing.T) {
	l := &layout{separator: ",", fields: []flow.Field{flow.BytesSent}, readers: make([]*valueReader, 8)}
	p := block{text: strings.Repeat("\n", blockSize), layout: l}.parse("flows", flow.ReadOptions{})
	if len(p.lost) > 0 || cap(p.columns.Number[flow.BytesSent]) > blockSize/4 {
		t.Errorf("room for %d rows in %d blank lines, lost %v", cap(p.columns.Number[flow.BytesSent]), blockSize, p.lost)
	}
}

package flowlog

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/plural"
)

var lenient = flow.ReadOptions{Lenient: true}

func readLenient(data string) (*flow.Table, error) {
	return Read(strings.NewReader(data), "flows", lenient)
}

// lost returns the losses of a report as text.
func lost(r flow.Report) (text string) {
	for _, l := range r.Lost {
		text += fmt.Sprintf("%d %s %v\n", l.N, l.What, l.Places)
	}
	return text
}

// What is damaged is left out and counted, by reason and with its places; what
// is before and behind it is read.
func TestLenient(t *testing.T) {
	sound := strings.Repeat(csvRow, 9)
	gz := zipped(t, []byte(csvHead+strings.Repeat(csvRow, 9999)))
	long := strings.Repeat("9", longest+blockSize)
	for name, c := range map[string]struct {
		text string
		rows int
		lost string
	}{
		"values": {csvHead + csvRow + "10,20,1,2,0.5,70000,TCP,0\n" + sound + "x,20,1,2,0.5,443,TCP,0\n10,20,1,2,0.5,70001,TCP,0\n", 10,
			"2 dst_port: want a port, 0 to 65535 [flows:3:15 flows:14:15]\n1 bytes_sent: want a decimal number, 0 or above [flows:13:1]\n"},
		"fields":       {csvHead + sound + "1,2\n" + sound, 18, "1 rows with another number of fields than the header has [flows:11:3]\n"},
		"cut":          {csvHead + sound + "10,20,1", 9, "1 rows with another number of fields than the header has [flows:11:7]\n"},
		"NUL":          {csvHead + sound + "10,20,1,2,0.5,443,T\x00P,0\n" + csvRow + "\x00\n" + csvRow, 11, "2 a NUL byte: want text in UTF-8 [flows:11:20 flows:13:1]\n"},
		"not UTF-8":    {csvHead + sound + "10,20,1,2,0.5,443,T\xffP,0\n" + csvRow, 10, "1 bytes that are not UTF-8: want text in UTF-8 [flows:11:20]\n"},
		"other header": {csvHead + sound + strings.TrimSpace(csvHead) + "x\n" + csvRow, 10, "1 another header than the first: want the same, or rows [flows:11:1]\n"},
		"long line":    {csvHead + sound + long + "\n" + csvRow, 10, "1 the line is longer than 1048576 bytes [flows:11:1048577]\n"},
		"long, last":   {csvHead + sound + long, 9, "1 the line is longer than 1048576 bytes [flows:11:1048577]\n"},
		"open quote":   {csvHead + sound + "\"10,20,1,2,0.5,443,TCP,0\n" + csvRow, 10, "1 a field opens with \" and does not end on its line: want a closing \" [flows:11:1]\n"},
		"Zeek":         {zeekHeader + zeekLine(1) + "x\n" + zeekLine(2), 2, "1 rows with another number of fields than #fields has [flows:8:1]\n"},
		"gzip, cut":    {string(gz[:len(gz)-9]), -1, "1 the compressed file ends in the middle: it is cut off"},
		"gzip, damage": {string(slices.Concat(gz[:len(gz)-8], []byte("xxxxxxxx"))), 9999, "1 gzip: invalid checksum: the compressed file is damaged"},
		"JSON value":   {zJSON + strings.Replace(zJSON, "10.0.0.1", "10.0.0.x", 1) + zJSON, 2, "1 id.orig_h: want an IPv4 or IPv6 address [flows:2:21]\n"},
		"JSON syntax":  {zJSON + "{\"ts\":1,,\n" + zJSON + "{]}\n" + zJSON, 3, "2 want the name of a member, in double quotes [flows:2:9 flows:4:2]\n"},
		"JSON cut":     {zJSON + zJSON + zJSON[:40], 2, "1 the file ends in the middle of a JSON value [flows:3:41]\n"},
		"JSON array":   {"[\n" + zJSON + ",\n" + zJSON[:40] + "\n,\n" + zJSON + "]", 2, "1 a control character in a string: want it escaped [flows:4:41]\n"},
		"array cut":    {"[" + zJSON + "," + zJSON, 2, "1 the file ends within an array: it is cut off [flows:3:1]\n"},
		"JSON UTF-8":   {zJSON + strings.Replace(zJSON, "SF", "S\xff", 1) + zJSON, 2, "1 bytes that are not UTF-8: want text in UTF-8 [flows:2:70]\n"},
		"JSON, long":   {zJSON + `{"a":"` + long + "\"}\n" + zJSON, 2, "1 an object is longer than 1048576 bytes [flows:2:1]\n"},
		"text":         {zJSON + "hello\n" + zJSON, 2, "1 want an object in braces [flows:2:1]\n"},
	} {
		table, err := readLenient(c.text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		losses := lost(table.Report)
		same := losses == c.lost || !strings.HasSuffix(c.lost, "\n") && strings.HasPrefix(losses, c.lost)
		if c.rows >= 0 && table.Len() != c.rows || c.rows < 0 && table.Len() == 0 || !same {
			t.Errorf("%s: %d flows, lost %swant %d and %s", name, table.Len(), lost(table.Report), c.rows, c.lost)
		}
		if _, err := readString(c.text); err == nil {
			t.Errorf("%s: a strict reader reads it", name)
		}
	}
}

// A file is refused if more than half of its first 10,000 records are damaged, be
// they 9,999 or a million; what is damaged behind them is counted.
func TestMoreThanHalf(t *testing.T) {
	bad := strings.Replace(csvRow, "443", "70000", 1)
	for _, c := range []struct {
		bad, good, badBehind int
		refused              bool
	}{
		{1, 1, 0, false},
		{2, 1, 0, true},
		{5000, 5000, 30_000, false},
		{5001, 4999, 0, true},
		{5001, 100_000, 0, true}, // most of all records are sound
		{4000, 4000, 0, false},
		{4001, 4000, 0, true},
	} {
		text := csvHead + strings.Repeat(bad, c.bad) + strings.Repeat(csvRow, c.good) + strings.Repeat(bad, c.badBehind)
		table, err := readLenient(text)
		if c.refused {
			want := fmt.Sprintf("flows:2:15: damaged: %s of the first %s, the first of them here: dst_port is", plural.Number(c.bad), plural.Of(min(c.bad+c.good, tried), "record"))
			if err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%v: %v, want %s", c, err, want)
			}
			continue
		}
		if err != nil || table.Len() != c.good || table.Report.Lost[0].N != c.bad+c.badBehind {
			t.Errorf("%v: %v", c, err)
		}
	}
}

// What is left out is handed over, in the order of the file.
func TestReject(t *testing.T) {
	var got []string
	o := flow.ReadOptions{Lenient: true, Reject: func(f *flow.Fault, text string) { got = append(got, fmt.Sprint(f.Line, " ", text)) }}
	text := zeekHeader + zeekLine(0) + "b\n" + strings.Repeat(zeekLine(1), 20_000) + "c\nd\n"
	if _, err := Read(strings.NewReader(text), "flows", o); err != nil {
		t.Fatal(err)
	}
	if want := []string{"8 b", "20009 c", "20010 d"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	got = nil
	if _, err := Read(strings.NewReader(zJSON+"{\"a\n"+zJSON), "flows", o); err != nil || !slices.Equal(got, []string{`2 {"a`}) {
		t.Errorf("%v %q", err, got)
	}
}

func TestMostFlows(t *testing.T) {
	text := csvHead + strings.Repeat(csvRow, 100)
	o := flow.ReadOptions{Limits: flow.Limits{Flows: 60}}
	if _, err := Read(strings.NewReader(text), "flows", o); err == nil || err.Error() != "flows:62:1: more than 60 flows: the limit is reached" {
		t.Error(err)
	}
	o.Lenient = true
	table, err := Read(strings.NewReader(text), "flows", o)
	if err != nil || table.Len() != 60 || table.Report.Flows != 60 || !table.Report.Incomplete() {
		t.Errorf("%v %v", err, table)
	}
	o.Limits.Flows = -1
	if table, err := Read(strings.NewReader(text), "flows", o); err != nil || table.Len() != 100 || table.Report.Incomplete() {
		t.Errorf("%v", err)
	}
}

// A small packed file that holds much ends where its limit is.
func TestPackedLimits(t *testing.T) {
	bomb := zipped(t, []byte(csvHead+strings.Repeat(csvRow, 2<<20)))
	table, err := Read(bytes.NewReader(bomb), "flows", lenient)
	if err != nil || !table.Report.Incomplete() || !strings.Contains(lost(table.Report), "more than 200 times its size") {
		t.Errorf("%v", err)
	}
	if _, err := Read(bytes.NewReader(bomb), "flows", flow.ReadOptions{}); err == nil || !strings.Contains(err.Error(), "more than 200 times its size") {
		t.Error(err)
	}
}

// A value in quotes may go over several lines, also from one block to the next.
func TestQuotedLines(t *testing.T) {
	head := strings.TrimSpace(csvHead) + ",comment\n"
	row := func(comment string) string { return strings.TrimSpace(csvRow) + `,"` + comment + "\"\n" }
	for _, before := range []int{0, 1, 15_000, 20_000} {
		text := head + strings.Repeat(row("plain"), before) + strings.Repeat(row("a\nb, \"\"quoted\"\"\r\nc")+row("x"), 2000)
		table, err := readString(text)
		if err != nil || table.Len() != before+4000 {
			t.Fatalf("%d: %v", before, err)
		}
		if last := table.Parts[len(table.Parts)-1]; last.Places[last.Len-1] != strings.Count(text, "\n") {
			t.Errorf("the last row is in line %d, want %d", last.Places[last.Len-1], strings.Count(text, "\n"))
		}
	}
	// A stray quote costs its line, not what is behind it.
	text := head + row("a") + strings.TrimSpace(csvRow) + ",\"b\n" + strings.Repeat(row("c"), 30)
	if table, err := readLenient(text); err != nil || table.Len() != 31 || lost(table.Report) == "" {
		t.Errorf("%v, %v", err, table)
	}
}

// Filebeat ships a log as text within its own records.
func TestFilebeatMessage(t *testing.T) {
	text := `{"@timestamp":"2021-03-21T00:00:09Z","message":"{\"ts\":1616284800.125,\"id.orig_h\":\"10.0.0.1\",\"id.orig_p\":1,\"id.resp_h\":\"10.0.0.2\",\"id.resp_p\":2,\"conn_state\":\"SF\"}","host":{"name":"x"}}` + "\n"
	table, err := readString(text + text)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range table.All() {
		if got, want := fieldText(f, "ts src sport dst dport state"), "ts=1616284800.125000 src=10.0.0.1 sport=1 dst=10.0.0.2 dport=2 state=SF"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if table.Len() != 2 || !strings.Contains(table.Report.Format, "within the message") {
		t.Error(table.Report)
	}
}

// A line that the file ends in without a newline may have been cut in its last
// number.
func TestNoLastNewline(t *testing.T) {
	table, err := readString(csvHead + csvRow + strings.TrimSpace(csvRow))
	if err != nil || table.Len() != 2 || !strings.Contains(table.Report.String(), "no newline ends the last line") {
		t.Errorf("%v, %v", err, table)
	}
	if table, err := readString(csvHead + csvRow); err != nil || table.Report.Notes != nil {
		t.Errorf("%v, %v", err, table)
	}
}

// CIC-IDS2017 has durations of -1. Such a flow is read, without a duration, and
// counted.
func TestNegativeDurations(t *testing.T) {
	text := cicHead + "80,1000000,1,1,1,1,,6\n80,-1,1,1,1,1,,6\n443,-1,1,1,1,1,,6\n"
	table, err := readLenient(text)
	if err != nil || table.Len() != 3 || table.Report.Incomplete() || unset(table) != "[{ts 3} {src_ip 3} {src_port 3} {dst_ip 3} {duration 2} {ip_bytes_sent 3} {ip_bytes_recv 3}]" {
		t.Fatalf("%v, %v", err, table)
	}
	if want := "2 flows: the duration is negative and left unset"; !strings.Contains(table.Report.String(), want) {
		t.Errorf("%v, want %s", table.Report, want)
	}
}

// Lines that are not rows are looked for once, not again behind each of them:
// thousands of short summaries in a file would take minutes.
func TestControlLinesAreSoughtOnce(t *testing.T) {
	s := &rowSource{control: []string{"Summary", "No matched flows"}}
	s.text = strings.Repeat("a row\nNo matched flows\n", 1000)
	for s.text != "" {
		end := s.nextControl()
		if none := s.marks[0]; none != len(s.text) {
			t.Fatalf("Summary is at %d of %d", none, len(s.text))
		}
		if end == 0 {
			end = strings.IndexByte(s.text, '\n') + 1
		}
		s.advance(end)
		if len(s.text) > 0 && s.marks[0] != len(s.text) {
			t.Fatalf("that there is no Summary is forgotten: %d of %d", s.marks[0], len(s.text))
		}
	}
}

// However many kinds of records there are, their report is short.
func TestManyKindsOfRecords(t *testing.T) {
	var text strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&text, `{"_path":"log %d"}`+"\n", i)
	}
	table, err := readString(text.String() + zJSON)
	if err != nil || len(table.Report.String()) > 10_000 {
		t.Errorf("%v, a report of %d bytes", err, len(table.Report.String()))
	}
	if _, err := readString(text.String()); err == nil || len(err.Error()) > 2000 {
		t.Errorf("an error of %d bytes", len(err.Error()))
	}
}

// Of several logs behind each other those of connections are read.
func TestZeekLogsOneBehindTheOther(t *testing.T) {
	dns := "#separator \\x09\n#path\tdns\n#fields\tts\tquery\n1\texample.org\n2\texample.org\n#close\tx\n"
	for _, text := range []string{dns + zeekHeader + zeekLine(1), zeekHeader + zeekLine(1) + dns, dns + zeekHeader + zeekLine(1) + dns} {
		table, err := readLenient(text)
		if err != nil || table.Len() != 1 || table.Report.Incomplete() || table.Report.Skipped[0].N != 2*strings.Count(text, "dns") {
			t.Errorf("%v, %v", err, table)
		}
	}
	if _, err := readLenient(dns); err == nil || err.Error() != `flows:2:1: this is Zeek's log "dns": want conn` || !IsNotFlows(err) {
		t.Error(err)
	}
}

// Programs have several words for a missing value. A strict reader refuses them.
func TestWordsForMissingValues(t *testing.T) {
	text := csvHead + "NaN,NA,1,2,null,443,TCP,0\n" + csvRow
	table, err := readLenient(text)
	if err != nil || unset(table) != "[{bytes_sent 1} {bytes_recv 1} {duration 1}]" || !strings.Contains(table.Report.String(), `1 flow: a missing value is not an empty field, such as "NaN", "NA", "null"`) {
		t.Errorf("%v, %v", err, table)
	}
	if _, err := readString(text); err == nil {
		t.Error("a strict reader reads it")
	}
}

// nfdump's summary below the flows may be cut: they are whole.
func TestCutSummary(t *testing.T) {
	table, err := readLenient(nfdump172 + nfRow + nfRow + "Summary\nflows,byt")
	if err != nil || table.Len() != 2 || !table.Report.Incomplete() {
		t.Errorf("%v, %v", err, table)
	}
}

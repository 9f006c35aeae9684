package flowlog

import (
	"fmt"
	"strings"
	"testing"

	"flowlab/labkit/flow"
)

// scanLayouts are layouts that scanRow understands.
func scanLayouts(tb testing.TB) map[string]*layout {
	tb.Helper()
	s := &rowSource{lines: newLineReader(strings.NewReader(""), "flows")}
	head, err := parseHeader(s, "bytes_sent,bytes_recv,packets_sent,packets_recv,duration,dst_port,protocol,label", 1, ",")
	if err != nil {
		tb.Fatal(err)
	}
	csv, _, err := head.schemaLayout(flow.ReadOptions{})
	if err != nil {
		tb.Fatal(err)
	}
	zeek := zeekReader{rowSource: s, separator: "\t", unset: "-", empty: "(empty)", fields: logFields}
	if err := zeek.setFields(strings.Split("ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto duration orig_bytes resp_bytes conn_state orig_pkts resp_pkts", " "), 1); err != nil {
		tb.Fatal(err)
	}
	return map[string]*layout{"csv": csv, "zeek": zeek.layout}
}

var plainRows = map[string]string{
	"csv":  "5132.561813568467,29348.85,35,93,0.0012309551239013672,443,TCP,0",
	"zeek": "1379288667.706265\tCoy\t192.168.33.10\t2056\tfe80::1\t80\ttcp\t-\t0\t46414\tRSTO\t27\t37",
}

// What is plain is scanned: if not, all would be slow.
func TestScanTakesPlainRows(t *testing.T) {
	for name, l := range scanLayouts(t) {
		row := plainRows[name]
		if !(block{text: row, layout: l}).isScannable() {
			t.Errorf("%s: the layout is not scanned", name)
		}
		p := newRowParser(l, "flows", 2)
		if !p.scanRow(row) {
			t.Errorf("%s: %q is not scanned", name, row)
		}
	}
}

func TestScanLeavesLayoutsAlone(t *testing.T) {
	for name, change := range map[string]func(l *layout){
		"separator of two bytes": func(l *layout) { l.separator = ", " },
		"a digit that separates": func(l *layout) { l.separator = "7" },
		"a number for missing":   func(l *layout) { l.unset = "0" },
		"a number for empty":     func(l *layout) { l.empty = "." },
		"rows that are mended":   func(l *layout) { l.finish = func(*rowParser) (string, int, error) { return "", 0, nil } },
	} {
		l := scanLayouts(t)["csv"]
		change(l)
		if (block{text: plainRows["csv"], layout: l}).isScannable() {
			t.Errorf("%s: the layout is scanned", name)
		}
	}
	if (block{text: `"5",`, layout: scanLayouts(t)["csv"]}).isScannable() {
		t.Error("quotes are scanned")
	}
}

// Scanned or not, a block gives the same flows, and the same faults.
func FuzzScan(f *testing.F) {
	for _, row := range plainRows {
		f.Add(row + "\n" + row + "\r\n\n" + row)
	}
	f.Add("1,2,3,4,5.,65535,,1\n1,2,3.0,4,.5,65536,TCP,2\n")
	f.Add("1e3,-0,3.5,4,.,1,,\n")
	f.Add("123456789012345678901234567890,2,3,4,0.00000000000000000000001,1,TCP,0\n")
	f.Add("1\t\t(empty)\t\t-\t-\t(empty)\t\t1\t2\t-\t3\t4\n")
	f.Add("bytes_sent,bytes_recv,packets_sent,packets_recv,duration,dst_port,protocol,label\n1,2,3,4,5,6,\"TCP\",0\n")
	f.Fuzz(func(t *testing.T, text string) {
		for name, l := range scanLayouts(t) {
			parsed := *l
			parsed.finish = func(*rowParser) (string, int, error) { return "", 0, nil } // such rows are not scanned
			for _, lenient := range []bool{false, true} {
				o := flow.ReadOptions{Lenient: lenient}
				got, want := partText(block{text: text, line: 1, layout: l}.parse("flows", o)), partText(block{text: text, line: 1, layout: &parsed}.parse("flows", o))
				if got != want {
					t.Fatalf("%s, lenient %v: %q gives\n%s, want\n%s", name, lenient, text, got, want)
				}
			}
		}
	})
}

func partText(p part) string {
	text := fmt.Sprint(p.records, p.skipped, p.remarks)
	for i := range p.columns.Len {
		text += fmt.Sprint("\n", p.columns.Flow(i))
	}
	for _, l := range p.lost {
		text += fmt.Sprintf("\n%d %v", l.number, l.fault)
	}
	return text
}

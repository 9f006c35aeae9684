package flowlog

import (
	"math"
	"strings"
	"testing"
)

// scanLayouts are layouts that scanRow understands.
func scanLayouts(tb testing.TB) map[string]*layout {
	tb.Helper()
	s := &rowSource{lines: newLineReader(strings.NewReader(""), "flows")}
	head, err := parseHeader(s, "bytes_sent,bytes_recv,packets_sent,packets_recv,duration,dst_port,protocol,label", 1)
	if err != nil {
		tb.Fatal(err)
	}
	csv := head.emptyLayout()
	for _, title := range head.titles {
		f, _ := FieldOf(title)
		csv.fields, csv.readers = append(csv.fields, f), append(csv.readers, schemaReader(title, f))
	}
	zeek := zeekReader{separator: "\t", unset: "-", empty: "(empty)"}
	if err := zeek.setFields(strings.Split("ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto duration orig_bytes resp_bytes conn_state orig_pkts resp_pkts", " "), 1); err != nil {
		tb.Fatal(err)
	}
	return map[string]*layout{"csv": csv, "zeek": zeek.layout}
}

var plainRows = map[string]string{
	"csv":  "5132.561813568467,29348.85,35,93,0.0012309551239013672,443,TCP,0",
	"zeek": "1379288667.706265\tCoy\t192.168.33.10\t2056\tfe80::1\t80\ttcp\t-\t0\t46414\tRSTO\t27\t37",
}

// What is plain is scanned, once its words are known: if not, all would be slow.
func TestScanTakesPlainRows(t *testing.T) {
	for name, l := range scanLayouts(t) {
		row := plainRows[name]
		if !(block{text: row, layout: l}).isScannable() {
			t.Errorf("%s: the layout is not scanned", name)
		}
		p := newRowParser(l, 2)
		if p.scanRow(row) {
			t.Errorf("%s: words that were never checked are taken", name)
		}
		if _, err := p.parseRow(row); err != nil {
			t.Error(err)
		}
		if !p.scanRow(row) {
			t.Errorf("%s: %q is not scanned", name, row)
		}
	}
}

func TestScanLeavesLayoutsAlone(t *testing.T) {
	for name, change := range map[string]func(l *layout){
		"separator of two bytes":     func(l *layout) { l.separator = ", " },
		"a digit that separates":     func(l *layout) { l.separator = "7" },
		"a number for missing":       func(l *layout) { l.unset = "0" },
		"a number for empty":         func(l *layout) { l.empty = "." },
		"rows that are mended":       func(l *layout) { l.finish = func(*rowParser) (bool, int, error) { return true, 0, nil } },
		"values read in another way": func(l *layout) { l.readers[0] = &valueReader{name: "ts", field: TS} },
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

// A row that is scanned is the row that is parsed.
func FuzzScanRow(f *testing.F) {
	for _, row := range plainRows {
		f.Add(row)
	}
	f.Add("1,2,3,4,5.,65535,,1")
	f.Add("1,2,3.0,4,.5,65536,TCP,2")
	f.Add("1e3,-0,3.5,4,.,1,,")
	f.Add("123456789012345678901234567890,2,3,4,0.00000000000000000000001,1,TCP,0")
	f.Add("1\t\t(empty)\t\t-\t-\t(empty)\t\t1\t2\t-\t3\t4")
	f.Fuzz(func(t *testing.T, row string) {
		for name, l := range scanLayouts(t) {
			if strings.Contains(row, "\n") || !(block{text: row, layout: l}).isScannable() {
				continue
			}
			p := newRowParser(l, 2)
			_, err := p.parseRow(row)
			parsed := p.row
			if !p.scanRow(row) {
				continue
			}
			if err != nil {
				t.Fatalf("%s: %q is scanned, but %v", name, row, err)
			}
			for f := range NumFields {
				if p.row.code[f] != parsed.code[f] || math.Float64bits(p.row.number[f]) != math.Float64bits(parsed.number[f]) {
					t.Errorf("%s: %s of %q is scanned as %v, %d, want %v, %d", name, f, row, p.row.number[f], p.row.code[f], parsed.number[f], parsed.code[f])
				}
			}
		}
	})
}

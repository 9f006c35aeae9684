package flowlog

import (
	"math"
	"slices"

	"flowlab/labkit/internal/parallel"
)

// A Field is a column of the schema.
type Field int

// The schema, in the order of its columns.
const (
	TS Field = iota // seconds since 1970
	SrcIP
	SrcPort
	DstIP
	DstPort
	Protocol // upper case
	Duration // seconds
	BytesSent
	BytesRecv // payload
	PacketsSent
	PacketsRecv
	IPBytesSent
	IPBytesRecv // with headers
	State       // Zeek's conn_state
	Label       // 0 normal, 1 anomaly
	NumFields
)

var fieldNames = [NumFields]string{
	"ts", "src_ip", "src_port", "dst_ip", "dst_port", "protocol", "duration",
	"bytes_sent", "bytes_recv", "packets_sent", "packets_recv",
	"ip_bytes_sent", "ip_bytes_recv", "state", "label",
}

func (f Field) String() string { return fieldNames[f] }

// FieldOf returns the field of a name.
func FieldOf(name string) (Field, bool) {
	for f, n := range fieldNames {
		if n == name {
			return Field(f), true
		}
	}
	return 0, false
}

// IsWord tells whether the values of a field are text.
func (f Field) IsWord() bool {
	return f == SrcIP || f == DstIP || f == Protocol || f == State
}

// IsWhole tells whether the values of a field are whole numbers.
func (f Field) IsWhole() bool {
	return f == SrcPort || f == DstPort || f == PacketsSent || f == PacketsRecv || f == Label
}

// A row holds the values of one flow: numbers, NaN where missing, and codes of
// words, 0 where missing.
type row struct {
	number [NumFields]float64
	code   [NumFields]uint32
}

var unsetRow = func() (r row) {
	for f := range r.number {
		r.number[f] = math.NaN()
	}
	return r
}()

// Columns holds flows, a slice a field; the slices of fields that are not
// there are nil.
type Columns struct {
	Len     int
	Skipped int // rows that are no flows
	Number  [NumFields][]float64
	Word    [NumFields]Words
}

// Words holds a column of words: most of them occur again and again, so that
// each is kept once, and for each flow its place in Texts. Texts[0] is empty,
// for a word that is missing.
type Words struct {
	Codes []uint32
	Texts []string
}

func newColumns(fields []Field, capacity int) *Columns {
	c := new(Columns)
	for _, f := range fields {
		if f.IsWord() {
			c.Word[f] = Words{make([]uint32, 0, capacity), []string{""}}
		} else {
			c.Number[f] = make([]float64, 0, capacity)
		}
	}
	return c
}

// add appends a row.
func (c *Columns) add(r *row, fields []Field) {
	for _, f := range fields {
		if f.IsWord() {
			c.Word[f].Codes = append(c.Word[f].Codes, r.code[f])
		} else {
			c.Number[f] = append(c.Number[f], r.number[f])
		}
	}
	c.Len++
}

// A Table holds the flows of a file.
type Table struct {
	Fields []Field // those that the file has, or its format can have, in the order of its columns
	Parts  []*Columns
	Report Report

	skipped int // rows that are no flows
}

// add appends the flows of a block.
func (t *Table) add(c *Columns) {
	t.skipped += c.Skipped
	if c.Len > 0 {
		t.Parts = append(t.Parts, c)
		t.Report.Flows += c.Len
	}
}

// drop leaves fields out of the table.
func (t *Table) drop(fields ...Field) {
	var kept []Field
	for _, f := range t.Fields {
		if !slices.Contains(fields, f) {
			kept = append(kept, f)
		}
	}
	t.Fields = kept
}

// clear makes every value of a field missing.
func (t *Table) clear(f Field) {
	for _, c := range t.Parts {
		for i := range c.Number[f] {
			c.Number[f][i] = math.NaN()
		}
	}
}

// any tells whether a number of a field satisfies is.
func (t *Table) any(f Field, is func(float64) bool) bool {
	for _, c := range t.Parts {
		for _, v := range c.Number[f] {
			if is(v) {
				return true
			}
		}
	}
	return false
}

// countUnset fills in what the report says of missing values.
func (t *Table) countUnset() {
	counts := make([][NumFields]int, len(t.Parts))
	parallel.Blocks(len(t.Parts), 1, func(first, end int) {
		for i := first; i < end; i++ {
			for _, f := range t.Fields {
				counts[i][f] = t.Parts[i].unset(f)
			}
		}
	})
	for _, f := range t.Fields {
		n := 0
		for i := range counts {
			n += counts[i][f]
		}
		if n > 0 {
			t.Report.Unset = append(t.Report.Unset, Count{f.String(), n})
		}
	}
}

// unset returns how many values of a field are missing.
func (c *Columns) unset(f Field) int {
	n := 0
	for _, code := range c.Word[f].Codes {
		if code == 0 {
			n++
		}
	}
	for _, v := range c.Number[f] {
		if math.IsNaN(v) {
			n++
		}
	}
	return n
}

// countSkipped enters the rows that are no flows into the report.
func (t *Table) countSkipped(reason string) {
	if t.skipped > 0 {
		t.Report.skip(reason, t.skipped)
	}
}

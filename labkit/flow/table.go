package flow

import (
	"iter"
	"math"
	"slices"

	"flowlab/labkit/internal/parallel"
)

// A Table holds many flows, in columns.
type Table struct {
	Fields []Field // the columns that the table has, in their order
	Parts  []*Columns
	Report Report
}

// Columns holds some flows of a [Table], a slice for each field. The slices of
// fields that the table does not have are nil.
type Columns struct {
	Len    int
	Number [NumFields][]float64 // NaN where a value is not known
	Word   [NumFields]Words

	// Where the flows were read: File, and for each flow the place in it. Places
	// is nil if they are not known.
	File   string
	Places []int
}

// Words holds a column of words. Most words occur again and again, so that they
// are kept in Texts, as a rule once, and for each flow the index there. Texts[0] is empty,
// for a word that is not known.
type Words struct {
	Codes []uint32
	Texts []string
}

// NewColumns returns columns without flows, with room for some.
func NewColumns(fields []Field, capacity int) *Columns {
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

// Add appends a part to the table.
func (t *Table) Add(c *Columns) {
	if c.Len > 0 {
		t.Parts = append(t.Parts, c)
		t.Report.Flows += c.Len
	}
}

// Len returns the number of flows.
func (t *Table) Len() int {
	n := 0
	for _, c := range t.Parts {
		n += c.Len
	}
	return n
}

// Has tells whether the table has a column.
func (t *Table) Has(f Field) bool { return slices.Contains(t.Fields, f) }

// All returns the flows in their order, with their numbers from 0.
func (t *Table) All() iter.Seq2[int, Flow] {
	return func(yield func(int, Flow) bool) {
		n := 0
		for _, c := range t.Parts {
			for i := range c.Len {
				if !yield(n, c.Flow(i)) {
					return
				}
				n++
			}
		}
	}
}

// Flow returns flow i.
func (c *Columns) Flow(i int) Flow {
	f := Flow{
		TS: c.number(TS, i), Duration: c.number(Duration, i),
		SrcIP: c.word(SrcIP, i), DstIP: c.word(DstIP, i),
		SrcPort: c.whole(SrcPort, i), DstPort: c.whole(DstPort, i),
		Protocol: c.word(Protocol, i), State: c.word(State, i),
		BytesSent: c.number(BytesSent, i), BytesRecv: c.number(BytesRecv, i),
		PacketsSent: c.number(PacketsSent, i), PacketsRecv: c.number(PacketsRecv, i),
		IPBytesSent: c.number(IPBytesSent, i), IPBytesRecv: c.number(IPBytesRecv, i),
		Label: c.whole(Label, i),
		UID:   c.word(UID, i), Service: c.word(Service, i), History: c.word(History, i),
		Origin: Origin{File: c.File},
	}
	if c.Places != nil {
		f.Origin.Place = c.Places[i]
	}
	return f
}

func (c *Columns) number(f Field, i int) float64 {
	if c.Number[f] == nil {
		return math.NaN()
	}
	return c.Number[f][i]
}

// whole returns a number that a Flow has as an int, -1 where it is not known.
func (c *Columns) whole(f Field, i int) int {
	if v := c.number(f, i); !math.IsNaN(v) {
		return int(v)
	}
	return -1
}

func (c *Columns) word(f Field, i int) string {
	w := c.Word[f]
	if w.Codes == nil {
		return ""
	}
	return w.Texts[w.Codes[i]]
}

// Truncate leaves out the flows from n on.
func (c *Columns) Truncate(n int) {
	for f := range NumFields {
		if c.Number[f] != nil {
			c.Number[f] = c.Number[f][:n]
		}
		if c.Word[f].Codes != nil {
			c.Word[f].Codes = c.Word[f].Codes[:n]
		}
	}
	if c.Places != nil {
		c.Places = c.Places[:n]
	}
	c.Len = n
}

// Drop leaves columns out of the table.
func (t *Table) Drop(fields ...Field) {
	t.Fields = slices.DeleteFunc(slices.Clone(t.Fields), func(f Field) bool { return slices.Contains(fields, f) })
}

// Clear makes every number of a column unknown.
func (t *Table) Clear(f Field) {
	for _, c := range t.Parts {
		for i := range c.Number[f] {
			c.Number[f][i] = math.NaN()
		}
	}
}

// Any tells whether a number of a column satisfies is.
func (t *Table) Any(f Field, is func(float64) bool) bool {
	return slices.ContainsFunc(t.Parts, func(c *Columns) bool { return slices.ContainsFunc(c.Number[f], is) })
}

// AnyWord tells whether a word of a column is known.
func (t *Table) AnyWord(f Field) bool {
	known := func(code uint32) bool { return code != 0 }
	return slices.ContainsFunc(t.Parts, func(c *Columns) bool { return slices.ContainsFunc(c.Word[f].Codes, known) })
}

// CountUnset enters into the report how many values of each column are not
// known.
func (t *Table) CountUnset() {
	counts := make([][NumFields]int, len(t.Parts))
	parallel.Blocks(len(t.Parts), 1, func(first, end int) {
		for i := first; i < end; i++ {
			for _, f := range t.Fields {
				counts[i][f] = t.Parts[i].unset(f)
			}
		}
	})
	t.Report.Unset = nil
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

// unset returns how many values of a column are not known.
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

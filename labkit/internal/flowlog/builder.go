package flowlog

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"flowlab/labkit/flow"
)

// A row holds the values of one flow: numbers, NaN where unknown, and codes of
// words, 0 where unknown.
type row struct {
	number [flow.NumFields]float64
	code   [flow.NumFields]uint32
}

var unsetRow = func() (r row) {
	for f := range r.number {
		r.number[f] = math.NaN()
	}
	return r
}()

// A builder puts the values of flows into columns.
type builder struct {
	row     row
	end     float64  // when the flow ended, for formats that give it; NaN if unset
	dotted  bool     // nfdump's port is a type and code of ICMP
	odd     []remark // on the row at hand
	lenient bool
	fields  []flow.Field
	known   *knownWords
	labels  map[string]labelKind
	out     *flow.Columns
	remarks []remark // on the rows that were added
	hours   hours    // of the day, where only a format without AM and PM needs them
}

// knownWords has the codes of words, by how the file has them.
type knownWords [flow.NumFields]map[string]uint32

// spareWords keeps maps that have grown.
var spareWords = sync.Pool{New: func() any { return new(knownWords) }}

func (k *knownWords) recycle() {
	for _, m := range k {
		clear(m)
	}
	spareWords.Put(k)
}

func newBuilder(file string, fields []flow.Field, capacity int) *builder {
	b := &builder{fields: fields, known: new(knownWords), out: flow.NewColumns(fields, capacity)}
	b.out.File = file
	return b
}

// begin forgets the row at hand.
func (b *builder) begin() { b.row, b.end, b.dotted, b.odd = unsetRow, math.NaN(), false, b.odd[:0] }

// remark says what is odd about the row at hand. It counts once for the row.
func (b *builder) remark(what, example string) {
	r := remark{what: what, n: 1}
	if example != "" {
		r.examples = []string{example}
	}
	if slices.ContainsFunc(b.odd, func(o remark) bool { return o.what == what }) {
		r.n = 0
	}
	b.odd = addRemark(b.odd, r)
}

// add appends the row at hand, which stands at a place of the file.
func (b *builder) add(place int) {
	c := b.out
	for _, f := range b.fields {
		if f.IsWord() {
			c.Word[f].Codes = append(c.Word[f].Codes, b.row.code[f])
		} else {
			c.Number[f] = append(c.Number[f], b.row.number[f])
		}
	}
	c.Places = append(c.Places, place)
	c.Len++
	for _, r := range b.odd {
		b.remarks = addRemark(b.remarks, r)
	}
}

// partRows is how many flows are kept together where a file is not read in
// blocks.
const partRows = 1 << 14

// addTo appends the row at hand, and moves what is there to the ledger if it is
// enough for a part.
func (b *builder) addTo(l *ledger, place int) error {
	b.add(place)
	if b.out.Len == partRows {
		return b.flush(l)
	}
	return nil
}

// flush moves what is there to the ledger.
func (b *builder) flush(l *ledger) error {
	full := part{columns: b.out, records: b.out.Len, remarks: b.remarks, hours: b.hours}
	next := newBuilder(b.out.File, b.fields, min(b.out.Len, partRows))
	next.lenient = b.lenient
	*b = *next
	return l.add(full)
}

// setWord checks a word the first time that it occurs in a part, and keeps one
// copy of it, which does not hold the block of the file in memory.
func (b *builder) setWord(f flow.Field, text string, check func(string) (string, error)) error {
	code, ok := b.known[f][text]
	if !ok {
		word, err := check(text)
		if err != nil {
			return err
		}
		key := strings.Clone(text)
		if word == key {
			word = key
		} else {
			word = strings.Clone(word)
		}
		if word != "" {
			code = uint32(len(b.out.Word[f].Texts))
			b.out.Word[f].Texts = append(b.out.Word[f].Texts, word)
		}
		if b.known[f] == nil {
			b.known[f] = map[string]uint32{}
		}
		b.known[f][key] = code
	}
	b.row.code[f] = code
	return nil
}

// word returns a word of the row at hand.
func (b *builder) word(f flow.Field) string { return b.out.Word[f].Texts[b.row.code[f]] }

// icmpPorts has type and code where Zeek has them: in the ports of the source
// and the destination. Exporters put both into the port of the destination.
func (b *builder) icmpPorts() {
	source, destination := &b.row.number[flow.SrcPort], &b.row.number[flow.DstPort]
	if b.word(flow.Protocol) == "ICMP" && !(*source > 0) && *destination >= 0 {
		both := int(*destination)
		*source, *destination = float64(both>>8), float64(both&255)
	}
}

// finishDuration computes the duration of a record that has an end instead.
func (b *builder) finishDuration() error {
	if d := &b.row.number[flow.Duration]; math.IsNaN(*d) {
		if b.end < b.row.number[flow.TS] {
			err := endsBefore(fmt.Errorf("the flow ends %v seconds before it begins: want an end that is not before", b.row.number[flow.TS]-b.end))
			if !b.mend(err) {
				return err
			}
			return nil
		}
		*d = seconds(b.end - b.row.number[flow.TS])
	}
	return nil
}

// endsBefore is the error of a flow that ends before it begins.
func endsBefore(err error) error {
	return mendable{kindError{err, "the flow ends before it begins"}, "the end is before the beginning, so the duration is left unset"}
}

package flowlog

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"flowlab/labkit/internal/plural"
)

// A layout says what the fields of a line are.
type layout struct {
	separator string
	unset     string         // the text of a missing value
	empty     string         // Zeek's text for an empty value, "" if there is none
	quoted    bool           // fields may be in double quotes (RFC 4180)
	anyBytes  bool           // what is not read need not be UTF-8
	header    string         // a line that may come again where files were put one behind the other, "" if there is none
	counted   string         // what has the number of fields that a row must have
	fields    []Field        // of the table, in order
	readers   []*valueReader // one for each field of a line, nil if it is not read

	// finish mends the row that was read, and tells whether it is a flow. An
	// error is one of the value that the reader of this index has read.
	finish func(p *rowParser) (isFlow bool, at int, err error)
}

// A valueReader puts a value into the row at hand.
type valueReader struct {
	name  string // in the file
	field Field
	limit *limit // if a decimal number within it is all that read takes, else nil
	read  func(p *rowParser, text string) error
}

// A rowParser parses the lines of one block.
type rowParser struct {
	*layout
	row    row
	end    float64 // when the flow ended, for formats that give it; NaN if unset
	dotted bool    // nfdump's port is a type and code of ICMP
	values []string
	starts []int // where in the line each value begins
	known  *knownWords
	out    *Columns
}

func newRowParser(l *layout, capacity int) *rowParser {
	return &rowParser{layout: l, known: new(knownWords), out: newColumns(l.fields, capacity)}
}

// partRows is how many flows are kept together where a file is not read in
// blocks.
const partRows = 1 << 14

// addRow adds the row at hand to a table, and begins another part of it where
// one is full.
func (p *rowParser) addRow(t *Table) {
	p.out.add(&p.row, p.fields)
	if p.out.Len == partRows {
		t.add(p.out)
		*p = *newRowParser(p.layout, partRows)
	}
}

// parse returns the flows of a block, or the first fault in it.
func (b block) parse(name string) (*Columns, error) {
	if b.layout == nil {
		return b.withoutLayout(name)
	}
	text, bad := b.text, b.badByte()
	if bad >= 0 { // a fault in a line before it comes first
		text = text[:strings.LastIndexByte(text[:bad], '\n')+1]
	}
	// A row has a byte or more for each field, with what ends it: more rows than
	// that are blank lines.
	p := newRowParser(b.layout, min(strings.Count(text, "\n"), len(text)/max(1, len(b.layout.readers)))+1)
	scannable := b.isScannable()
	p.known = spareWords.Get().(*knownWords)
	defer p.known.recycle()
	line := b.line
	for ; text != ""; line++ {
		row, rest, terminated := strings.Cut(text, "\n")
		text = rest
		row = strings.TrimSuffix(row, "\r")
		if row == "" || row == b.layout.header { // parseRow refuses what only begins so
			continue
		}
		if scannable && terminated && p.scanRow(row) {
			continue
		}
		column, err := p.parseRow(row)
		if err == nil && !terminated && p.values[len(p.values)-1] == "" {
			column, err = len(row)+1, errors.New("the last line ends in an empty field and without a newline: the file may be cut off here; end the line if it is whole")
		}
		if err != nil {
			return nil, &Fault{name, line, column, err}
		}
	}
	if bad >= 0 {
		start := strings.LastIndexByte(b.text[:bad], '\n') + 1
		err := errors.New("bytes that are not UTF-8: want text in UTF-8")
		if b.text[bad] == 0 {
			err = errors.New("a NUL byte: want text in UTF-8")
		}
		return nil, &Fault{name, line, bad - start + 1, err}
	}
	return p.out, nil
}

// withoutLayout accepts blank lines only.
func (b block) withoutLayout(name string) (*Columns, error) {
	blank := len(b.text) - len(strings.TrimLeft(b.text, "\r\n"))
	if blank == len(b.text) {
		return &Columns{}, nil
	}
	return nil, &Fault{name, b.line + strings.Count(b.text[:blank], "\n"), 1, errors.New("a row before any #fields: want the header of a Zeek log")}
}

// badByte returns where text holds NUL or is not UTF-8, -1 if nowhere.
func (b block) badByte() int {
	bad := strings.IndexByte(b.text, 0)
	if b.layout.anyBytes || utf8.ValidString(b.text) {
		return bad
	}
	for i, r := range b.text {
		if i == bad {
			break
		}
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(b.text[i:]); size == 1 {
				return i
			}
		}
	}
	return bad
}

// parseRow appends the flow of a line. With an error it returns the column.
func (p *rowParser) parseRow(row string) (column int, err error) {
	if p.header != "" && strings.HasPrefix(row, p.header) {
		return 1, errors.New("another header than the first: want the same, or rows")
	}
	if column, err = p.split(row); err != nil {
		return column, err
	}
	if n := len(p.values); n != len(p.readers) {
		column = 1
		if p.quoted {
			column = p.starts[n-1] + 1
		}
		return column, fmt.Errorf("the row has %s: want %d, as %s has", plural.Of(n, "field"), len(p.readers), p.counted)
	}
	p.row, p.end, p.dotted = unsetRow, math.NaN(), false
	for i, r := range p.readers {
		if r == nil {
			continue
		}
		text := p.values[i]
		if p.isMissing(text) {
			continue
		}
		if err := r.read(p, text); err != nil {
			return p.fault(i, err)
		}
	}
	if p.finish != nil {
		isFlow, at, err := p.finish(p)
		if err != nil {
			return p.starts[at] + 1, err
		}
		if !isFlow {
			p.out.Skipped++
			return 0, nil
		}
	}
	p.out.add(&p.row, p.fields)
	return 0, nil
}

// isMissing tells whether the text of a value says that there is none.
func (l *layout) isMissing(text string) bool {
	return text == l.unset || text == l.empty && text != ""
}

// fault says what is wrong with a value, and in which column it begins.
func (p *rowParser) fault(i int, err error) (column int, _ error) {
	return p.starts[i] + 1, fmt.Errorf("%s is %s: want %w", p.readers[i].name, quote(p.values[i]), err)
}

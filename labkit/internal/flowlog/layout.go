package flowlog

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"flowlab/labkit/flow"
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
	fields    []flow.Field   // of the table, in order
	readers   []*valueReader // one for each field of a line, nil if it is not read

	// finish mends the row that was read, and tells whether it is a flow. An
	// error is one of the value that the reader of this index has read.
	finish func(p *rowParser) (isFlow bool, at int, err error)
}

// A valueReader puts a value into the row at hand.
type valueReader struct {
	name  string // in the file
	field flow.Field
	limit *flow.Limit // if a decimal number within it is all that set takes, else nil
	set   setter
}

// A rowParser parses the lines of one block.
type rowParser struct {
	*layout
	*builder
	line    int // of the row at hand
	skipped int // rows that are no flows
	values  []string
	starts  []int // where in the line each value begins
}

func newRowParser(l *layout, file string, capacity int) *rowParser {
	return &rowParser{layout: l, builder: newBuilder(file, l.fields, capacity)}
}

// A part is what a block holds.
type part struct {
	columns *flow.Columns
	skipped int // rows that are no flows
}

// parse returns the flows of a block, or the first fault in it.
func (b block) parse(name string) (part, error) {
	if b.layout == nil {
		return part{new(flow.Columns), 0}, b.checkBlank(name)
	}
	text, bad := b.text, badByte(b.text, b.layout.anyBytes)
	if bad >= 0 { // a fault in a line before it comes first
		text = text[:strings.LastIndexByte(text[:bad], '\n')+1]
	}
	// A row has a byte or more for each field, with what ends it: more rows than
	// that are blank lines.
	p := newRowParser(b.layout, name, min(strings.Count(text, "\n"), len(text)/max(1, len(b.layout.readers)))+1)
	scannable := b.isScannable()
	p.known = spareWords.Get().(*knownWords)
	defer p.known.recycle()
	for p.line = b.line; text != ""; p.line++ {
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
			return part{}, faultAt(name, p.line, column, err)
		}
	}
	if bad >= 0 {
		start := strings.LastIndexByte(b.text[:bad], '\n') + 1
		err := errors.New("bytes that are not UTF-8: want text in UTF-8")
		if b.text[bad] == 0 {
			err = errors.New("a NUL byte: want text in UTF-8")
		}
		return part{}, faultAt(name, p.line, bad-start+1, err)
	}
	return part{p.out, p.skipped}, nil
}

// checkBlank returns an error for a line that is not blank.
func (b block) checkBlank(name string) error {
	blank := len(b.text) - len(strings.TrimLeft(b.text, "\r\n"))
	if blank == len(b.text) {
		return nil
	}
	return &flow.Fault{File: name, Line: b.line + strings.Count(b.text[:blank], "\n"), Column: 1, Err: errors.New("a row before any #fields: want the header of a Zeek log")}
}

// badByte returns where text holds NUL or, unless it may, is not UTF-8; -1 if
// nowhere.
func badByte(text string, anyBytes bool) int {
	bad := strings.IndexByte(text, 0)
	if anyBytes || utf8.ValidString(text) {
		return bad
	}
	for i, r := range text {
		if i == bad {
			break
		}
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
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
	p.begin()
	for i, r := range p.readers {
		if r == nil {
			continue
		}
		text := p.values[i]
		if p.isMissing(text) {
			continue
		}
		if err := r.set(p.builder, text); err != nil {
			return p.fault(i, err)
		}
	}
	if p.finish != nil {
		isFlow, at, err := p.finish(p)
		if err != nil {
			return p.starts[at] + 1, err
		}
		if !isFlow {
			p.skipped++
			return 0, nil
		}
	}
	p.add(p.line)
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

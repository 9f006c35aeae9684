package flowlog

import (
	"errors"
	"fmt"
	"strings"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/plural"
)

// A layout says what the fields of a line are.
type layout struct {
	noFlows   string // why no line is a row, "" if they are
	separator string
	unset     string         // the text of a missing value
	empty     string         // Zeek's text for an empty value, "" if there is none
	quoted    bool           // fields may be in double quotes (RFC 4180)
	anyBytes  bool           // what is not read need not be UTF-8
	commas    bool           // numbers may have a decimal comma
	header    string         // a line that may come again where files were put one behind the other, "" if there is none
	counted   string         // what has the number of fields that a row must have
	fields    []flow.Field   // of the table, in order
	readers   []*valueReader // one for each field of a line, nil if it is not read

	// finish mends the row that was read, and tells why it is no flow, or "". An
	// error is one of the value that the reader of this index has read.
	finish func(p *rowParser) (noFlow string, at int, err error)
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
	line    int    // of the row at hand
	skipped string // why the row at hand is no flow
	values  []string
	starts  []int // where in the line each value begins
}

func newRowParser(l *layout, file string, capacity int) *rowParser {
	return &rowParser{layout: l, builder: newBuilder(file, l.fields, capacity)}
}

// parseRow reads the values of a line into the row at hand. With an error it
// returns the column.
func (p *rowParser) parseRow(row string) (column int, err error) {
	p.skipped = ""
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
		err := fmt.Errorf("the row has %s: want %d, as %s has", plural.Of(n, "field"), len(p.readers), p.counted)
		return column, kindError{err, "rows with another number of fields than " + p.counted + " has"}
	}
	p.begin()
	for i, r := range p.readers {
		if r == nil || p.isMissing(p.values[i]) {
			continue
		}
		if p.commas && !r.field.IsWord() {
			p.values[i] = withPoint(p.values[i])
		}
		if err := r.set(p.builder, p.values[i]); err != nil && !p.mend(err) && !p.mendMissing(p.values[i]) {
			return p.fault(i, err)
		}
	}
	if p.finish != nil {
		var at int
		if p.skipped, at, err = p.finish(p); err != nil {
			return p.starts[at] + 1, err
		}
	}
	return 0, nil
}

// withPoint returns a number with a decimal comma as one with a point.
func withPoint(text string) string {
	whole, decimals, ok := strings.Cut(text, ",")
	if !ok || strings.Trim(whole+decimals, "0123456789") != "" {
		return text
	}
	return whole + "." + decimals
}

// mendMissing tells whether a value that cannot be read is a word that programs
// write for a missing one, and may be left unset.
func (p *rowParser) mendMissing(text string) bool {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "nan", "na", "n/a", "null", "none", "-", "":
		if p.lenient {
			p.remark("a missing value is not an empty field", quote(text))
		}
		return p.lenient
	}
	return false
}

// isMissing tells whether the text of a value says that there is none.
func (l *layout) isMissing(text string) bool {
	return text == l.unset || text == l.empty && text != ""
}

// fault says what is wrong with a value, and in which column it begins.
func (p *rowParser) fault(i int, err error) (column int, _ error) {
	return p.starts[i] + 1, valueError(p.readers[i].name, quote(p.values[i]), err)
}

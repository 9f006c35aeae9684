package flowlog

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"flowlab/labkit/flow"
)

// A csvDialect is a kind of text in columns, told by their titles.
type csvDialect struct {
	format  string
	marks   [][]string // of each of these lists the header has a title
	columns []alias
	unset   string // the text of a missing value, beside the empty one

	anyBytes bool // what is not read need not be UTF-8

	// prepare adds to the layout what is particular, if it is not nil.
	prepare func(s *rowSource, h *header, l *layout) error
	// settle mends the whole table, if it is not nil.
	settle func(l *ledger)
	// read reads the file, if it is not nil, in the place of all that.
	read func(s *rowSource, h *header) error
}

// An alias says which titles a field goes by, in lower case, and how its
// values are read.
type alias struct {
	titles []string
	field  flow.Field
	needed bool
	spare  bool   // the column is read only if no alias before has the field
	set    setter // nil for that of the schema
}

// separators are what may stand between columns.
var separators = []string{",", ";", "\t", "|", " "}

// readDelimited reads text in columns, whose header tells of which kind it is.
func readDelimited(s *rowSource) error {
	text, line, err := s.readFilledLine()
	if err == io.EOF {
		return s.fault(1, 1, errors.New("no header: want the names of flow columns"))
	}
	if err != nil {
		return err
	}
	h, d, err := recogniseHeader(s, text, line)
	if err != nil {
		return err
	}
	if d.read != nil {
		return d.read(s, h)
	}
	return d.readRows(s, h)
}

// recogniseHeader returns the titles that a line has, and the dialect that they
// are of.
func recogniseHeader(s *rowSource, text string, line int) (*header, *csvDialect, error) {
	first, firstErr := parseHeader(s, text, line, ",")
	for _, separator := range separators {
		h, err := first, firstErr
		if separator != "," {
			if !strings.Contains(text, separator) {
				continue
			}
			h, err = parseHeader(s, text, line, separator)
		}
		if err != nil {
			continue
		}
		if d := h.dialect(s.ledger.options); d != nil {
			return h, d, nil
		}
	}
	if h, d := impliedHeader(s, text, line); d != nil {
		return h, d, nil
	}
	if at, err := strayText(text); err != nil {
		return nil, nil, s.fault(line, at+1, err)
	}
	if firstErr != nil {
		return nil, nil, firstErr
	}
	return nil, nil, first.unknown()
}

// dialect returns the dialect that the titles are of, or nil.
func (h *header) dialect(o flow.ReadOptions) *csvDialect {
	for _, f := range formats {
		isTable := f.titles == flowCSV && h.separator == " " // prose has such words, too
		if f.titles != nil && f.titles.isOf(h) && !isTable {
			return f.titles
		}
	}
	for _, c := range o.Columns {
		if c.Title != "" && h.index(titleOf(c.Title)) >= 0 {
			return flowCSV
		}
	}
	return nil
}

func (d *csvDialect) isOf(h *header) bool {
	for _, titles := range d.marks {
		if !h.hasOne(titles) {
			return false
		}
	}
	return len(d.marks) > 0
}

// readRows reads the rows below the header.
func (d *csvDialect) readRows(s *rowSource, h *header) error {
	o := s.ledger.options
	l, err := h.layout(d.columns, o)
	if err != nil {
		return err
	}
	l.unset, l.anyBytes = d.unset, d.anyBytes
	l.fields = fieldsOf(l.readers)
	if d.prepare != nil {
		if err := d.prepare(s, h, l); err != nil {
			return err
		}
	}
	s.layout = l
	if err := s.readAll(d.format, l.fields); err != nil {
		return err
	}
	t := s.ledger.t
	if d.settle != nil {
		d.settle(s.ledger)
	}
	if !t.Any(flow.Label, anyNumber) {
		t.Drop(flow.Label)
	}
	return nil
}

// fieldsOf returns the fields of a table: those of a log, which may all be
// unset, and of the others those that are read.
func fieldsOf(readers []*valueReader) (fields []flow.Field) {
	for f := range flow.NumFields {
		isRead := slices.ContainsFunc(readers, func(r *valueReader) bool { return r != nil && r.field == f })
		if isRead || f < flow.State {
			fields = append(fields, f)
		}
	}
	return fields
}

// A header holds the titles of columns.
type header struct {
	text      string
	line      int
	separator string
	titles    []string
	starts    []int // where in the line each begins
	source    *rowSource
}

func parseHeader(s *rowSource, text string, line int, separator string) (*header, error) {
	if bad := badByte(text, false); bad >= 0 {
		return nil, s.fault(line, bad+1, errors.New("a byte that is not text: want the header of a CSV file, in UTF-8"))
	}
	p := rowParser{layout: &layout{separator: separator, quoted: separator != " "}}
	if column, err := p.split(text); err != nil {
		return nil, s.fault(line, column, err)
	}
	return &header{text, line, separator, p.values, p.starts, s}, nil
}

func (h *header) fault(i int, err error) error {
	return h.source.fault(h.line, h.starts[i]+1, err)
}

// hasOne tells whether one of the titles is there, whatever is around it and in
// upper case.
func (h *header) hasOne(titles []string) bool {
	return slices.ContainsFunc(titles, func(t string) bool { return h.index(t) >= 0 })
}

// index returns the place of the first title that is so, -1 if there is none.
func (h *header) index(title string) int {
	return slices.IndexFunc(h.titles, func(t string) bool { return titleOf(t) == title })
}

// indexOf returns the place of the first of these titles that is there, or -1.
func (h *header) indexOf(titles ...string) int {
	for _, t := range titles {
		if i := h.index(t); i >= 0 {
			return i
		}
	}
	return -1
}

func titleOf(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

func (h *header) emptyLayout() *layout {
	return &layout{separator: h.separator, quoted: h.separator != " ", commas: h.separator == ";", counted: "the header", header: h.text}
}

// layout returns the layout of rows below the header.
func (h *header) layout(aliases []alias, o flow.ReadOptions) (*layout, error) {
	l := h.emptyLayout()
	l.readers = make([]*valueReader, len(h.titles))
	for _, a := range aliases {
		if a.field.IsDetail() && !o.Details || isMapped(o, a.field) {
			continue
		}
		if a.spare && slices.ContainsFunc(l.readers, func(r *valueReader) bool { return r != nil && r.field == a.field }) {
			continue
		}
		found := -1
		for i, t := range h.titles {
			if !slices.Contains(a.titles, titleOf(t)) {
				continue
			}
			if found >= 0 {
				return nil, h.fault(i, fmt.Errorf("column %s is there twice, as %s before", quote(t), quote(h.titles[found])))
			}
			found = i
			l.readers[i] = a.reader(t)
		}
		if found < 0 && a.needed {
			return nil, h.fault(0, fmt.Errorf("no column %s in the header: it is needed for %s", strings.Join(a.titles, " or "), a.field))
		}
	}
	return l, h.addMapped(l, o)
}

func (a alias) reader(title string) *valueReader {
	if a.set == nil {
		return schemaReader(strings.TrimSpace(title), a.field)
	}
	return &valueReader{strings.TrimSpace(title), a.field, nil, a.set}
}

// listed lists a few titles.
func listed(titles []string) string {
	const most = 10
	if more := len(titles) - most; more > 0 {
		return fmt.Sprintf("%s and %d more", listed(titles[:most]), more)
	}
	quoted := make([]string, len(titles))
	for i, t := range titles {
		quoted[i] = quote(t)
	}
	return strings.Join(quoted, ", ")
}

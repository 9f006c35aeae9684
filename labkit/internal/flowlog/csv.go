package flowlog

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// readDelimited reads a CSV file, whose header tells of which kind it is.
func readDelimited(lines *lineReader) (*Table, error) {
	s := &rowSource{lines: lines}
	text, line, err := s.readFilledLine()
	if err == io.EOF {
		return nil, s.fault(1, 1, errors.New("no header: want the names of flow columns"))
	}
	if err != nil {
		return nil, err
	}
	head, err := parseHeader(s, text, line)
	if err != nil {
		return nil, err
	}
	switch {
	case head.isCICFlowMeter():
		return readCICFlowMeter(s, head)
	case head.isNfdump():
		return readNfdumpCSV(s, head)
	}
	return readFlowCSV(s, head)
}

// A header holds the titles of a CSV file.
type header struct {
	text   string
	line   int
	titles []string
	starts []int // where in the line each begins
	source *rowSource
}

func parseHeader(s *rowSource, text string, line int) (*header, error) {
	if bad := (block{text: text, layout: &layout{}}).badByte(); bad >= 0 {
		return nil, s.fault(line, bad+1, errors.New("a byte that is not text: want the header of a CSV file, in UTF-8"))
	}
	p := rowParser{layout: &layout{separator: ",", quoted: true}}
	if column, err := p.split(text); err != nil {
		return nil, s.fault(line, column, err)
	}
	return &header{text, line, p.values, p.starts, s}, nil
}

func (h *header) fault(i int, err error) error {
	return h.source.fault(h.line, h.starts[i]+1, err)
}

// has tells whether all the titles are there, whatever is around and in upper case.
func (h *header) has(titles ...string) bool {
	for _, t := range titles {
		if h.index(t) < 0 {
			return false
		}
	}
	return true
}

// index returns the place of the first title that is so, -1 if there is none.
func (h *header) index(title string) int {
	return slices.IndexFunc(h.titles, func(t string) bool { return titleOf(t) == title })
}

func titleOf(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

// An alias says which titles a field goes by, in lower case, and how its
// values are read.
type alias struct {
	titles []string
	field  Field
	needed bool
	read   func(p *rowParser, text string) error
}

func (h *header) emptyLayout() *layout {
	return &layout{separator: ",", quoted: true, counted: "the header", header: h.text}
}

// layout returns the layout of rows below the header.
func (h *header) layout(aliases []alias) (*layout, error) {
	l := h.emptyLayout()
	l.readers = make([]*valueReader, len(h.titles))
	for _, a := range aliases {
		found := -1
		for i, t := range h.titles {
			if !slices.Contains(a.titles, titleOf(t)) {
				continue
			}
			if found >= 0 {
				return nil, h.fault(i, fmt.Errorf("column %s is there twice, as %s before", quote(t), quote(h.titles[found])))
			}
			found = i
			l.readers[i] = &valueReader{strings.TrimSpace(t), a.field, nil, a.read}
		}
		if found < 0 && a.needed {
			return nil, h.fault(0, fmt.Errorf("no column %s in the header: it is needed for %s", strings.Join(a.titles, " or "), a.field))
		}
	}
	return l, nil
}

// readFlowCSV reads a CSV file with the columns of the schema.
func readFlowCSV(s *rowSource, h *header) (*Table, error) {
	l, err := h.schemaLayout()
	if err != nil {
		return nil, err
	}
	s.layout = l
	return s.table("flow CSV", l.fields)
}

// schemaLayout returns the layout of rows below a header of the schema's columns.
func (h *header) schemaLayout() (*layout, error) {
	l := h.emptyLayout()
	for i, title := range h.titles {
		f, ok := FieldOf(title)
		if !ok {
			return nil, h.fault(i, fmt.Errorf("unknown column %s: want flow columns, %s; or the header of CICFlowMeter or nfdump", quote(title), strings.Join(fieldNames[:], ", ")))
		}
		if slices.Contains(l.fields, f) {
			return nil, h.fault(i, fmt.Errorf("column %s is there twice", title))
		}
		l.fields = append(l.fields, f)
		l.readers = append(l.readers, schemaReader(title, f))
	}
	for _, f := range required {
		if !slices.Contains(l.fields, f) {
			return nil, h.fault(0, fmt.Errorf("no column %s in the header", f))
		}
	}
	return l, nil
}

// Required returns the fields that a CSV file of flows must have: those that
// features are made of.
func Required() []Field { return slices.Clone(required) }

// Text returns nil if the field may have this word, or what is wanted instead.
func (f Field) Text(word string) error {
	return schemaReaders[f](newRowParser(&layout{fields: []Field{f}}, 0), word)
}

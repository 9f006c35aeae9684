package flowlog

import (
	"errors"
	"flowlab/labkit/flow"
	"flowlab/labkit/internal/plural"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// readDelimited reads a CSV file, whose header tells of which kind it is.
func readDelimited(lines *lineReader) (*flow.Table, error) {
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
	if bad := badByte(text, false); bad >= 0 {
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
	field  flow.Field
	needed bool
	set    setter
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
			l.readers[i] = &valueReader{strings.TrimSpace(t), a.field, nil, a.set}
		}
		if found < 0 && a.needed {
			return nil, h.fault(0, fmt.Errorf("no column %s in the header: it is needed for %s", strings.Join(a.titles, " or "), a.field))
		}
	}
	return l, nil
}

// readFlowCSV reads a CSV file with the columns of the schema.
func readFlowCSV(s *rowSource, h *header) (*flow.Table, error) {
	l, others, err := h.schemaLayout()
	if err != nil {
		return nil, err
	}
	s.layout = l
	t, err := s.table("flow CSV", l.fields, "")
	if err == nil && len(others) > 0 {
		t.Report.Notes = append(t.Report.Notes, "left out "+plural.Of(len(others), "further column")+": "+listed(others))
	}
	return t, err
}

// schemaLayout returns the layout of rows below a header of the schema's
// columns, and the titles of further columns, which are left out.
func (h *header) schemaLayout() (l *layout, others []string, err error) {
	l = h.emptyLayout()
	for i, title := range h.titles {
		f, ok := flow.FieldOf(title)
		if !ok || f.IsDetail() {
			others = append(others, title)
			l.readers = append(l.readers, nil)
			continue
		}
		if slices.Contains(l.fields, f) {
			return nil, nil, h.fault(i, fmt.Errorf("column %s is there twice", title))
		}
		l.fields = append(l.fields, f)
		l.readers = append(l.readers, schemaReader(title, f))
	}
	return l, others, h.checkRequired(l.fields)
}

// checkRequired returns an error that names a column which is needed and is not
// there, and the title that may have been meant for it.
func (h *header) checkRequired(fields []flow.Field) error {
	known := func(title string) bool { _, ok := flow.FieldOf(title); return ok }
	if i := slices.IndexFunc(h.titles, func(t string) bool { return !known(t) }); len(fields) == 0 {
		return h.fault(max(i, 0), fmt.Errorf("unknown column %s: want flow columns, %s; or the header of %s", quote(h.titles[max(i, 0)]), schemaNames(), "CICFlowMeter or nfdump"))
	}
	for _, f := range flow.Required() {
		if slices.Contains(fields, f) {
			continue
		}
		for i, title := range h.titles {
			if !known(title) && levenshtein.ComputeDistance(titleOf(title), f.String()) <= 2 {
				return h.fault(i, fmt.Errorf("unknown column %s, and no column %s in the header: is that meant?", quote(title), f))
			}
		}
		return h.fault(0, fmt.Errorf("no column %s in the header", f))
	}
	return nil
}

// schemaNames lists the columns of a flow CSV.
func schemaNames() string {
	names := make([]string, 0, flow.NumFields)
	for f := range flow.NumFields {
		names = append(names, f.String())
	}
	return strings.Join(names, ", ")
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

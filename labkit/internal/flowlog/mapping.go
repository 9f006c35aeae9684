package flowlog

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"flowlab/labkit/flow"

	"github.com/agnivade/levenshtein"
)

// isMapped tells whether the reader was told in which column a field is.
func isMapped(o flow.ReadOptions, f flow.Field) bool {
	return slices.ContainsFunc(o.Columns, func(c flow.Column) bool { return c.Field == f && c.Title != "" })
}

// addMapped adds the columns that the reader was told to the layout, and gives
// times the units that it was told.
func (h *header) addMapped(l *layout, o flow.ReadOptions) error {
	for _, c := range o.Columns {
		at := h.find(c, l)
		if at < 0 {
			return h.fault(0, fmt.Errorf("no column %s in the header%s: it was named for %s", quote(c.Title), h.nearest(c.Title), c.Field))
		}
		if l.readers[at] != nil && l.readers[at].field != c.Field {
			return h.fault(at, fmt.Errorf("column %s is named for two fields, %s and %s", quote(h.titles[at]), l.readers[at].field, c.Field))
		}
		l.readers[at] = &valueReader{strings.TrimSpace(h.titles[at]), c.Field, nil, mappedSetter(c)}
	}
	return nil
}

// mappedDialect reads the members of JSON objects that the reader was told, those
// of an object within another by a path, as flow.start. It returns nil if it was
// told none.
func mappedDialect(columns []flow.Column) *dialect {
	d := &dialect{format: "JSON with the members of --columns", read: map[string]jsonMember{}}
	for _, c := range columns {
		if c.Title == "" {
			continue
		}
		d.marks = append(d.marks, c.Title)
		d.read[c.Title] = jsonMember{numberOrText, c.Field, mappedSetter(c)}
	}
	if len(d.marks) == 0 {
		return nil
	}
	d.needed, d.others = [][]string{d.marks}, "objects without any of the members of --columns"
	return d
}

// find returns where a column is that the reader was told; of one without a
// title, where the layout reads its field.
func (h *header) find(c flow.Column, l *layout) int {
	if c.Title == "" {
		return slices.IndexFunc(l.readers, func(r *valueReader) bool { return r != nil && r.field == c.Field })
	}
	if i := slices.Index(h.titles, c.Title); i >= 0 {
		return i
	}
	return h.index(titleOf(c.Title))
}

// nearest names a title that may have been meant.
func (h *header) nearest(title string) string {
	for _, t := range h.titles {
		if levenshtein.ComputeDistance(titleOf(t), titleOf(title)) <= 2 {
			return ", but " + quote(t)
		}
	}
	return ""
}

// mappedSetter reads a field whose unit may have been told.
func mappedSetter(c flow.Column) setter {
	unit := c.Seconds()
	switch {
	case c.Field == flow.Protocol:
		return setProtocol
	case c.Field == flow.Label:
		return setLabel
	case c.Field == flow.TS && unit == 0:
		return setNumber(flow.TS, parseEpochOrTime)
	case unit > 0:
		return setNumber(c.Field, scaled(c.Field, unit))
	}
	return schemaSetters[c.Field]
}

// scaled parses a number of units, in seconds.
func scaled(f flow.Field, unit float64) func(string) (float64, error) {
	return func(text string) (float64, error) {
		v, err := parseNumber(strings.TrimSpace(text), flow.Duration.Limit())
		if err != nil {
			return 0, err
		}
		v = inSeconds(v, unit)
		return v, f.CheckNumber(v)
	}
}

// inSeconds is v units in seconds, rounded once where the unit is a power of
// ten.
func inSeconds(v, unit float64) float64 {
	if unit < 1 {
		return v / math.Round(1/unit)
	}
	return v * unit
}

package flow

import (
	"fmt"
	"slices"
	"strings"
)

// A Column says which column of a file holds a field of the schema.
type Column struct {
	Field Field
	Title string // of the column; "" is the name that the file's format has for it
	Unit  string // of its numbers: one of [Units], or "" for that of the format
}

// Units are the units of times and durations, in seconds.
var units = []struct {
	name    string
	seconds float64
}{{"s", 1}, {"ms", 1e-3}, {"us", 1e-6}, {"ns", 1e-9}}

// Units returns the units that a [Column] may have.
func Units() []string {
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = u.name
	}
	return names
}

// Seconds returns how many seconds the unit of the column is, 0 if it has none.
func (c Column) Seconds() float64 {
	for _, u := range units {
		if u.name == c.Unit {
			return u.seconds
		}
	}
	return 0
}

// ParseColumns parses columns as a command takes them: field=title pairs with
// commas or newlines between them, each with a unit behind a colon where it needs
// one. "ts=start_time:ms,src_ip=source" says that ts is in the column start_time,
// in milliseconds; "duration=ms" leaves the column's name and gives its unit. In
// a file, empty lines and those that begin with # are no columns.
func ParseColumns(text string) ([]Column, error) {
	var columns []Column
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		for pair := range strings.SplitSeq(line, ",") {
			if pair = strings.TrimSpace(pair); pair == "" {
				continue
			}
			c, err := parseColumn(pair)
			if err != nil {
				return nil, err
			}
			if slices.ContainsFunc(columns, func(b Column) bool { return b.Field == c.Field }) {
				return nil, fmt.Errorf("column %s is there twice", c.Field)
			}
			columns = append(columns, c)
		}
	}
	if len(columns) == 0 {
		return nil, fmt.Errorf("no columns: want field=title, such as ts=start_time")
	}
	return columns, nil
}

func parseColumn(pair string) (Column, error) {
	name, title, ok := strings.Cut(pair, "=")
	f, known := FieldOf(strings.TrimSpace(name))
	if title = strings.TrimSpace(title); !ok || title == "" {
		return Column{}, fmt.Errorf("column %.80q: want field=title, such as ts=start_time", pair)
	}
	if !known {
		return Column{}, fmt.Errorf("column %.80q: want one of %s before the =", pair, strings.Join(fieldNames[:], ", "))
	}
	c := Column{Field: f, Title: title}
	isUnit := func(text string) bool { return slices.Contains(Units(), text) }
	if i := strings.LastIndexByte(title, ':'); i >= 0 && isUnit(title[i+1:]) {
		c.Title, c.Unit = title[:i], title[i+1:]
	} else if isUnit(title) {
		c.Title, c.Unit = "", title
	}
	if c.Unit != "" && f != TS && f != Duration {
		return Column{}, fmt.Errorf("column %.80q: %s has no unit of time", pair, f)
	}
	return c, nil
}

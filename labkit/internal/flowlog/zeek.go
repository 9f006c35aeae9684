package flowlog

import (
	"flowlab/labkit/flow"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// logFields are the fields of a log without labels.
var logFields = func() (fields []flow.Field) {
	for f := range flow.Label {
		fields = append(fields, f)
	}
	return fields
}()

// zeekNames are the names of the fields in Zeek's conn.log
// (https://docs.zeek.org/en/master/logs/conn.html).
var zeekNames = [flow.Label]string{
	"ts", "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p", "proto", "duration",
	"orig_bytes", "resp_bytes", "orig_pkts", "resp_pkts",
	"orig_ip_bytes", "resp_ip_bytes", "conn_state",
}

// A zeekReader reads a tab-separated Zeek log. Its header directives hold until
// the next ones, so that logs put one behind the other can be read.
type zeekReader struct {
	rowSource
	separator, unset, empty string
}

func readZeek(lines *lineReader) (*flow.Table, error) {
	z := &zeekReader{separator: "\t", unset: "-", empty: "(empty)"}
	z.rowSource = rowSource{lines: lines, control: []string{"#"}, obey: z.directive}
	return z.table("Zeek conn.log (tab-separated)", logFields, "")
}

func (z *zeekReader) directive(text string, line int) error {
	if value, ok := strings.CutPrefix(text, "#separator "); ok {
		return z.setSeparator(value, line)
	}
	name, value, _ := strings.Cut(text, z.separator)
	switch name {
	case "#unset_field":
		z.unset = value
	case "#empty_field":
		z.empty = value
	case "#path":
		if value != "conn" {
			return z.fault(line, 1, fmt.Errorf("this is Zeek's log %s: want conn", quote(value)))
		}
	case "#fields":
		return z.setFields(strings.Split(value, z.separator), line)
	}
	return nil
}

// setSeparator takes the separator as Zeek writes it: \x09, a byte each.
func (z *zeekReader) setSeparator(value string, line int) error {
	separator, err := strconv.Unquote(`"` + value + `"`)
	if err != nil || separator == "" || strings.ContainsAny(separator, "\r\n\x00") {
		return z.fault(line, 1, fmt.Errorf(`separator is %s: want bytes such as \x09`, quote(value)))
	}
	z.separator = separator
	return nil
}

func (z *zeekReader) setFields(fields []string, line int) error {
	l := &layout{separator: z.separator, unset: z.unset, empty: z.empty, counted: "#fields", fields: logFields}
	l.readers = make([]*valueReader, len(fields))
	for f, name := range zeekNames {
		place := slices.Index(fields, name)
		if place < 0 {
			if slices.Contains(flow.Required(), flow.Field(f)) {
				return z.fault(line, 1, fmt.Errorf("no field %s in #fields: it is needed for %s", name, flow.Field(f)))
			}
			continue
		}
		if slices.Contains(fields[place+1:], name) {
			return z.fault(line, 1, fmt.Errorf("field %s is twice in #fields", name))
		}
		l.readers[place] = schemaReader(name, flow.Field(f))
	}
	z.layout = l
	return nil
}

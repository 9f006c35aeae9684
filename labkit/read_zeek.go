package labkit

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/go-gota/gota/dataframe"
)

// zeekNames gives the flow columns their names in Zeek's conn.log.
var zeekNames = map[string]string{
	"ts":            "ts",
	"src_ip":        "id.orig_h",
	"src_port":      "id.orig_p",
	"dst_ip":        "id.resp_h",
	"dst_port":      "id.resp_p",
	"protocol":      "proto",
	"duration":      "duration",
	"bytes_sent":    "orig_bytes",
	"bytes_recv":    "resp_bytes",
	"packets_sent":  "orig_pkts",
	"packets_recv":  "resp_pkts",
	"ip_bytes_sent": "orig_ip_bytes",
	"ip_bytes_recv": "resp_ip_bytes",
	"state":         "conn_state",
}

// A zeekReader reads a tab-separated Zeek log. Its header directives hold until
// the next ones, so that logs put one behind the other can be read.
type zeekReader struct {
	name             string
	line             int
	separator, unset string
	fields           []string // of the log
	places           []int    // of each column in fields, -1 if it is not there
	columns          []*flowColumn
}

func readZeek(r *bufio.Reader, name string) (dataframe.DataFrame, error) {
	z := &zeekReader{name: name, separator: "\t", unset: "-"}
	for _, field := range flowSchema {
		if zeekNames[field.name] != "" {
			z.columns = append(z.columns, &flowColumn{flowField: field})
		}
	}
	for {
		text, err := r.ReadString('\n')
		if err != nil && err != io.EOF {
			return dataframe.DataFrame{}, z.fault(1, err)
		}
		z.line++
		if err := z.read(strings.TrimRight(text, "\r\n")); err != nil {
			return dataframe.DataFrame{}, err
		}
		if err == io.EOF {
			break
		}
	}
	frame, err := flowFrame(z.columns)
	if err != nil {
		return dataframe.DataFrame{}, z.fault(1, err)
	}
	return frame, nil
}

func (z *zeekReader) fault(column int, err error) error {
	return &faultAt{z.name, z.line, column, err}
}

func (z *zeekReader) read(text string) error {
	switch {
	case text == "":
		return nil
	case strings.HasPrefix(text, "#"):
		return z.directive(text)
	}
	return z.row(text)
}

func (z *zeekReader) directive(text string) error {
	if value, ok := strings.CutPrefix(text, "#separator "); ok {
		return z.setSeparator(value)
	}
	name, value, _ := strings.Cut(text, z.separator)
	switch name {
	case "#unset_field":
		z.unset = value
	case "#path":
		if value != "conn" {
			return z.fault(1, fmt.Errorf("this is Zeek's log %s: want conn", quote(value)))
		}
	case "#fields":
		return z.setFields(strings.Split(value, z.separator))
	}
	return nil
}

// setSeparator takes the separator as Zeek writes it: \x09, a byte each.
func (z *zeekReader) setSeparator(value string) error {
	separator, err := strconv.Unquote(`"` + value + `"`)
	if err != nil || separator == "" {
		return z.fault(1, fmt.Errorf(`separator is %s: want bytes such as \x09`, quote(value)))
	}
	z.separator = separator
	return nil
}

func (z *zeekReader) setFields(fields []string) error {
	z.fields = fields
	z.places = z.places[:0]
	for _, c := range z.columns {
		place := slices.Index(fields, zeekNames[c.name])
		if place < 0 && slices.Contains(requiredColumns, c.name) {
			return z.fault(1, fmt.Errorf("no field %s in #fields: ReadFlows needs it for %s", zeekNames[c.name], c.name))
		}
		z.places = append(z.places, place)
	}
	return nil
}

func (z *zeekReader) row(text string) error {
	if z.fields == nil {
		return z.fault(1, errors.New("a row before any #fields: want the header of a Zeek log"))
	}
	values := strings.Split(text, z.separator)
	if len(values) != len(z.fields) {
		return z.fault(1, fmt.Errorf("the row has %d fields: want %d, as #fields has", len(values), len(z.fields)))
	}
	for i, c := range z.columns {
		place := z.places[i]
		if place < 0 || values[place] == z.unset {
			c.addUnset()
		} else if err := c.add(values[place]); err != nil {
			return z.fault(columnOf(values, place, z.separator), err)
		}
	}
	return nil
}

// columnOf returns where in the line a value begins, counted in bytes from 1.
func columnOf(values []string, place int, separator string) int {
	return len(strings.Join(values[:place], separator)) + min(place, 1)*len(separator) + 1
}

package flowlog

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"flowlab/labkit/flow"
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
var zeekNames = [flow.NumFields]string{
	"ts", "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p", "proto", "duration",
	"orig_bytes", "resp_bytes", "orig_pkts", "resp_pkts",
	"orig_ip_bytes", "resp_ip_bytes", "conn_state",
	"label", "uid", "service", "history",
}

// isZeekName tells whether a field is what Zeek calls so. Where a log's scope
// separator is another than the point, as for a database, id_orig_h is
// id.orig_h.
func isZeekName(text, name string) bool {
	return text == name || len(text) == len(name) && strings.HasPrefix(text, "id_") && text[3:] == name[3:] && name[2] == '.'
}

// A zeekReader reads a tab-separated Zeek log. Its header directives hold until
// the next ones, so that logs put one behind the other can be read.
type zeekReader struct {
	*rowSource
	separator, unset, empty string
	other                   string // the log that is read now, if it is not conn
	notConn                 error  // that a log is not
	fields                  []flow.Field
}

func readZeek(in *input) error {
	z := &zeekReader{rowSource: in.rows(), separator: "\t", unset: "-", empty: "(empty)", fields: logFields}
	z.control, z.obey = []string{"#"}, z.directive
	if in.ledger.options.Details {
		z.fields = append(slices.Clone(logFields), flow.UID, flow.Service, flow.History)
	}
	if head, _ := in.head(in.r.Size()); isLabelled(head) {
		z.fields = append(slices.Clone(z.fields), flow.Label)
		slices.Sort(z.fields)
	}
	if err := z.readAll("Zeek conn.log (tab-separated)", z.fields); err != nil || z.ledger.t.Report.Flows > 0 {
		return err
	}
	return z.notConn // nil if all were
}

// isLabelled tells whether the directives that a log begins with name labels.
func isLabelled(head []byte) bool {
	for line := range strings.SplitSeq(string(head), "\n") {
		if strings.HasPrefix(line, "#fields") {
			return slices.Contains(strings.Fields(line), "label")
		}
	}
	return false
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
		z.other = ""
		if value == "conn" {
			return nil
		}
		z.notConn = z.fault(line, 1, notFlows{fmt.Errorf("this is Zeek's log %s: want conn", quote(value))})
		if !z.ledger.options.Lenient {
			return z.notConn
		}
		z.other = value
	case "#fields":
		if z.other != "" {
			z.layout = &layout{noFlows: "rows of Zeek's log " + quote(z.other)}
			return nil
		}
		return z.setFields(strings.Split(value, z.separator), line)
	}
	if z.separator == "\t" && strings.HasPrefix(text, "#fields ") {
		return z.fault(line, len("#fields")+1, errors.New("the separator is a tab, and here are blanks: tabs were lost when the log was copied; take the log itself, or turn blanks into tabs with sed -E 's/ +/\\t/g'"))
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

func (z *zeekReader) setFields(names []string, line int) error {
	l := &layout{separator: z.separator, unset: z.unset, empty: z.empty, counted: "#fields", fields: z.fields}
	l.readers = make([]*valueReader, len(names))
	for _, f := range z.fields {
		place := indexZeekName(names, f)
		if place < 0 {
			if slices.Contains(flow.Required(), f) {
				return z.fault(line, 1, fmt.Errorf("no field %s in #fields: it is needed for %s", zeekNames[f], f))
			}
			continue
		}
		if indexZeekName(names[place+1:], f) >= 0 {
			return z.fault(line, 1, fmt.Errorf("field %s is twice in #fields", zeekNames[f]))
		}
		l.readers[place] = zeekFieldReader(f)
	}
	addIPProto(l, names)
	addBlankLabels(l, names)
	z.layout = l
	return nil
}

func indexZeekName(names []string, f flow.Field) int {
	return slices.IndexFunc(names, func(n string) bool { return isZeekName(n, zeekNames[f]) })
}

func zeekFieldReader(f flow.Field) *valueReader {
	r := schemaReader(zeekNames[f], f)
	switch f {
	case flow.TS: // zeek-cut -d writes it in words
		r.set = setNumber(f, parseEpochOrTime)
	case flow.Label:
		r = &valueReader{"label", f, nil, setLabel}
	}
	return r
}

// addIPProto reads the number of a protocol that Zeek (from 7.1 on) has no name
// for: it calls it unknown_transport.
func addIPProto(l *layout, names []string) {
	number, name := slices.Index(names, "ip_proto"), slices.Index(names, "proto")
	if number > name && name >= 0 {
		l.readers[number] = &valueReader{"ip_proto", flow.Protocol, nil, setUnknownTransport}
	}
}

func setUnknownTransport(b *builder, text string) error {
	if b.word(flow.Protocol) != "UNKNOWN_TRANSPORT" {
		return nil
	}
	return setProtocol(b, text)
}

// addBlankLabels reads the labels of IoT-23, which stand behind blanks in the
// last column of Zeek's log: "tunnel_parents   label   detailed-label".
func addBlankLabels(l *layout, names []string) {
	last := len(names) - 1
	place := slices.Index(strings.Fields(names[last]), "label")
	if place < 1 {
		return
	}
	l.readers[last] = &valueReader{"label", flow.Label, nil, func(b *builder, text string) error {
		if values := strings.Fields(text); place < len(values) {
			return setLabel(b, values[place])
		}
		return nil
	}}
}

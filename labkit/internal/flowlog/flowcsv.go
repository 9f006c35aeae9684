package flowlog

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/plural"
)

// flowCSV is a table with the columns of the schema, or with other common names
// of them.
var flowCSV = &csvDialect{format: "flow CSV", read: readFlowCSV}

func init() {
	var titles []string
	for _, f := range flow.Required() {
		titles = append(titles, TitlesOf(f)...)
	}
	flowCSV.marks = [][]string{titles}
}

// TitlesOf returns by which titles a flow CSV may have a field, the schema's
// own first.
func TitlesOf(f flow.Field) []string { return append([]string{f.String()}, otherTitles[f]...) }

// otherTitles are common names of the fields, in lower case. Where a file has the
// schema's own name, the others are left alone.
var otherTitles = [flow.NumFields][]string{
	flow.TS:          {"timestamp", "time", "start_time", "starttime", "start", "first_seen", "date", "datetime", "flow_start", "stime"},
	flow.SrcIP:       {"source_ip", "srcip", "src_addr", "srcaddr", "source", "source_address", "saddr", "src", "id.orig_h", "orig_h", "client_ip"},
	flow.SrcPort:     {"source_port", "sport", "srcport", "src_pt", "id.orig_p", "orig_p", "client_port"},
	flow.DstIP:       {"dest_ip", "destination_ip", "dstip", "dst_addr", "dstaddr", "destination", "destination_address", "daddr", "dst", "id.resp_h", "resp_h", "server_ip"},
	flow.DstPort:     {"dest_port", "destination_port", "dport", "dsport", "dstport", "dst_pt", "id.resp_p", "resp_p", "server_port"},
	flow.Protocol:    {"proto", "prot", "ip_proto", "transport"},
	flow.Duration:    {"dur", "flow_duration", "duration_s"},
	flow.BytesSent:   {"src_bytes", "orig_bytes", "sbytes", "bytes_toserver", "bytes_out", "fwd_bytes"},
	flow.BytesRecv:   {"dst_bytes", "resp_bytes", "dbytes", "bytes_toclient", "bytes_in", "bwd_bytes"},
	flow.PacketsSent: {"src_pkts", "orig_pkts", "spkts", "pkts_toserver", "packets_out", "fwd_packets", "fwd_pkts"},
	flow.PacketsRecv: {"dst_pkts", "resp_pkts", "dpkts", "pkts_toclient", "packets_in", "bwd_packets", "bwd_pkts"},
	flow.IPBytesSent: {"src_ip_bytes", "orig_ip_bytes"},
	flow.IPBytesRecv: {"dst_ip_bytes", "resp_ip_bytes"},
	flow.State:       {"conn_state"},
	flow.Label:       {"class", "target", "is_attack", "attack", "malicious"},
	flow.Service:     {"app_proto", "application"},
}

// readFlowCSV reads a CSV file with the columns of the schema.
func readFlowCSV(s *rowSource, h *header) error {
	l, others, err := h.schemaLayout(s.ledger.options)
	if err != nil {
		return err
	}
	s.layout = l
	err = s.readAll("flow CSV", l.fields)
	if err == nil && len(others) > 0 {
		s.ledger.note("left out %s: %s", plural.Of(len(others), "further column"), listed(others))
	}
	return err
}

// schemaLayout returns the layout of rows below a header of the schema's
// columns, and the titles of further columns, which are left out.
func (h *header) schemaLayout(o flow.ReadOptions) (l *layout, others []string, err error) {
	l = h.emptyLayout()
	l.readers = make([]*valueReader, len(h.titles))
	for i, title := range h.titles {
		f, ok := h.fieldOf(title, o)
		if !ok {
			continue
		}
		if slices.ContainsFunc(l.readers, func(r *valueReader) bool { return r != nil && r.field == f }) {
			return nil, nil, h.fault(i, fmt.Errorf("column %s is there twice", title))
		}
		l.readers[i] = flowCSVReader(title, f)
	}
	if err := h.addMapped(l, o); err != nil {
		return nil, nil, err
	}
	for i, r := range l.readers {
		if r == nil {
			others = append(others, h.titles[i])
		} else {
			l.fields = append(l.fields, r.field)
		}
	}
	if len(o.Columns) > 0 { // who maps columns has those that there are
		l.fields = fieldsOf(l.readers)
		return l, others, nil
	}
	return l, others, h.checkRequired(l.fields)
}

// fieldOf returns the field of a title: by the schema's name, or by another one
// where the schema's is not there.
func (h *header) fieldOf(title string, o flow.ReadOptions) (flow.Field, bool) {
	f, ok := flow.FieldOf(title)
	if !ok {
		name := titleOf(title)
		for other := range flow.NumFields {
			if slices.Contains(otherTitles[other], name) && !slices.Contains(h.titles, other.String()) && h.indexOf(otherTitles[other]...) == h.index(name) {
				f, ok = other, true
			}
		}
	}
	if f.IsDetail() && !o.Details || isMapped(o, f) {
		ok = false
	}
	return f, ok
}

// flowCSVReader reads a value of a flow table, which has times and labels in
// words, too.
func flowCSVReader(title string, f flow.Field) *valueReader {
	r := schemaReader(title, f)
	switch {
	case f == flow.TS:
		r.set = setNumber(f, parseEpochOrTime)
	case f == flow.Label && title != f.String():
		r.set = setLabel
	case f == flow.Protocol && title != f.String():
		r.set = setProtocol
	}
	return r
}

// checkRequired returns an error that names a column which is needed and is not
// there, and the title that may have been meant for it.
func (h *header) checkRequired(fields []flow.Field) error {
	for _, f := range flow.Required() {
		if slices.Contains(fields, f) {
			continue
		}
		for i, title := range h.titles {
			if _, known := flow.FieldOf(title); !known && levenshtein.ComputeDistance(titleOf(title), f.String()) <= 2 {
				return h.fault(i, fmt.Errorf("unknown column %s, and no column %s in the header: is that meant?", quote(title), f))
			}
		}
		return h.fault(0, fmt.Errorf("no column %s in the header, or %s. go tool lab flows --columns takes other names", f, strings.Join(otherTitles[f], ", ")))
	}
	return nil
}

// titledFormats returns the kinds of files that are told by their titles.
func titledFormats() (names []string) {
	for _, f := range formats {
		if f.titles != nil && f.titles != flowCSV && !slices.Contains(names, f.titles.format) {
			names = append(names, f.titles.format)
		}
	}
	return names
}

// schemaNames lists the columns of a flow CSV.
func schemaNames() string {
	names := make([]string, 0, flow.NumFields)
	for f := range flow.NumFields {
		names = append(names, f.String())
	}
	return strings.Join(names, ", ")
}

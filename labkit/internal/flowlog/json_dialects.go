package flowlog

import (
	"fmt"
	"strings"

	"flowlab/labkit/flow"
)

// zeekJSON is Zeek's conn.log with LogAscii::use_json, or as zq and Tenzir write
// it, with the addresses in an object id. Zeek leaves out the members that are
// unset.
var zeekJSON = &dialect{
	format: "Zeek conn.log (JSON)",
	marks:  []string{"id.orig_h", "id_orig_h", "_path"},
	needed: [][]string{{"id.orig_h", "id_orig_h"}, {"id.resp_h", "id_resp_h"}, {"conn_state", "orig_pkts"}},
	read:   zeekMembers(),
	skip: func(name string, v jsonValue) string {
		if name == "_path" && v.text != "conn" {
			return fmt.Sprintf("records of Zeek's log %s", quote(v.text))
		}
		return ""
	},
}

func zeekMembers() map[string]jsonMember {
	members := map[string]jsonMember{}
	for f := range flow.NumFields {
		m := numberMember(f)
		switch {
		case f == flow.TS:
			m = timeMember(f, parseEpochOrTime)
		case f == flow.Label:
			m = jsonMember{numberOrText, f, setLabel}
		case f.IsWord():
			m = textMember(f)
		}
		members[zeekNames[f]] = m
		if rest, ok := strings.CutPrefix(zeekNames[f], "id."); ok {
			members["id_"+rest] = m
		}
	}
	members["ip_proto"] = jsonMember{numberOnly, flow.Protocol, setUnknownTransport}
	return members
}

// nfdumpJSON is what nfdump -o json and -o ndjson write, under the names of
// versions 1.6 and 1.7.
var nfdumpJSON = &dialect{
	format: "nfdump JSON",
	marks:  []string{"src4_addr", "src6_addr", "in_packets"},
	needed: [][]string{{"first", "t_first"}, {"last", "t_last"}, {"src4_addr", "src6_addr"}, {"dst4_addr", "dst6_addr"}, {"proto"}, {"in_packets"}, {"in_bytes"}},
	read: map[string]jsonMember{
		"first": timeMember(flow.TS, parseNfdumpJSONTime), "t_first": timeMember(flow.TS, parseNfdumpJSONTime),
		"last": {numberOrText, flow.Duration, setNfdumpJSONEnd}, "t_last": {numberOrText, flow.Duration, setNfdumpJSONEnd},
		"src4_addr": textMember(flow.SrcIP), "src6_addr": textMember(flow.SrcIP),
		"dst4_addr": textMember(flow.DstIP), "dst6_addr": textMember(flow.DstIP),
		"src_port": numberMember(flow.SrcPort), "dst_port": numberMember(flow.DstPort),
		"icmp_type": numberMember(flow.SrcPort), "icmp_code": numberMember(flow.DstPort),
		"proto":      {numberOrText, flow.Protocol, setProtocol},
		"in_packets": numberMember(flow.PacketsSent), "in_bytes": {numberOnly, flow.IPBytesSent, setWhole(flow.IPBytesSent)},
		"out_packets": numberMember(flow.PacketsRecv), "out_bytes": {numberOnly, flow.IPBytesRecv, setWhole(flow.IPBytesRecv)},
	},
	skip: func(name string, v jsonValue) string {
		if name == "type" && v.text != "FLOW" {
			return fmt.Sprintf("records of type %s", quote(v.text))
		}
		return ""
	},
	finish: (*builder).finishDuration,
	settle: func(l *ledger) {
		l.t.Drop(flow.State)
		clearUnlessAny(l.t, flow.PacketsRecv, flow.IPBytesRecv)
	},
}

// parseNfdumpJSONTime parses a time of nfdump's JSON. Versions 1.6.17 to 1.6.23
// write milliseconds without leading zeros: 56.7 is 56.007.
func parseNfdumpJSONTime(text string) (float64, error) {
	if point := strings.IndexByte(text, '.'); point >= 0 && strings.IndexByte(text, ':') >= 0 {
		if digits := len(text) - point - 1; digits > 0 && digits < 3 {
			text = text[:point+1] + "00"[:3-digits] + text[point+1:]
		}
	}
	return parseNfdumpTime(text)
}

func setNfdumpJSONEnd(b *builder, text string) error {
	end, err := parseNfdumpJSONTime(text)
	if err == nil {
		b.end = end
	}
	return err
}

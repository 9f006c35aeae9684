package flowlog

import (
	"flowlab/labkit/flow"
	"fmt"
)

const (
	textOnly     = `"`
	numberOnly   = "0"
	numberOrText = `0"`
)

// zeekJSON is Zeek's conn.log with LogAscii::use_json. Zeek leaves out the
// members that are unset.
var zeekJSON = &dialect{
	format: "Zeek conn.log (JSON)",
	marks:  []string{"id.orig_h", "_path"},
	needed: [][]string{{"id.orig_h"}, {"id.resp_h"}, {"conn_state", "orig_pkts"}},
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
	for f, name := range zeekNames {
		kinds := numberOnly
		if flow.Field(f).IsWord() {
			kinds = textOnly
		}
		members[name] = jsonMember{kinds, schemaSetters[f]}
	}
	members["ts"] = jsonMember{numberOrText, setNumber(flow.TS, parseEpochOrTime)}
	return members
}

// parseEpochOrTime parses what LogAscii::json_timestamps may be set to.
func parseEpochOrTime(text string) (float64, error) {
	if v, err := parseEpoch(text); err == nil {
		return v, nil
	}
	return parseTime(text)
}

// nfdumpJSON is what nfdump -o json and -o ndjson write, under the names of
// versions 1.6 and 1.7.
var nfdumpJSON = &dialect{
	format: "nfdump JSON",
	marks:  []string{"src4_addr", "src6_addr", "in_packets"},
	needed: [][]string{{"first", "t_first"}, {"last", "t_last"}, {"src4_addr", "src6_addr"}, {"dst4_addr", "dst6_addr"}, {"proto"}, {"in_packets"}, {"in_bytes"}},
	read: map[string]jsonMember{
		"first": {numberOrText, setNumber(flow.TS, parseNfdumpTime)}, "t_first": {numberOrText, setNumber(flow.TS, parseNfdumpTime)},
		"last": {numberOrText, setEnd}, "t_last": {numberOrText, setEnd},
		"src4_addr": {textOnly, schemaSetters[flow.SrcIP]}, "src6_addr": {textOnly, schemaSetters[flow.SrcIP]},
		"dst4_addr": {textOnly, schemaSetters[flow.DstIP]}, "dst6_addr": {textOnly, schemaSetters[flow.DstIP]},
		"src_port": {numberOnly, schemaSetters[flow.SrcPort]}, "dst_port": {numberOnly, schemaSetters[flow.DstPort]},
		"icmp_type": {numberOnly, schemaSetters[flow.SrcPort]}, "icmp_code": {numberOnly, schemaSetters[flow.DstPort]},
		"proto":      {numberOrText, setProtocol},
		"in_packets": {numberOnly, schemaSetters[flow.PacketsSent]}, "in_bytes": {numberOnly, setWhole(flow.IPBytesSent)},
		"out_packets": {numberOnly, schemaSetters[flow.PacketsRecv]}, "out_bytes": {numberOnly, setWhole(flow.IPBytesRecv)},
	},
	skip: func(name string, v jsonValue) string {
		if name == "type" && v.text != "FLOW" {
			return fmt.Sprintf("records of type %s", quote(v.text))
		}
		return ""
	},
	finish: (*builder).finishDuration,
}

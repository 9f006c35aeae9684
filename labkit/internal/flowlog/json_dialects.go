package flowlog

import "fmt"

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
		if Field(f).IsWord() {
			kinds = textOnly
		}
		members[name] = jsonMember{kinds, schemaReaders[f]}
	}
	members["ts"] = jsonMember{numberOrText, numberInto(TS, parseEpochOrTime)}
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
		"first": {numberOrText, numberInto(TS, parseNfdumpTime)}, "t_first": {numberOrText, numberInto(TS, parseNfdumpTime)},
		"last": {numberOrText, readEnd}, "t_last": {numberOrText, readEnd},
		"src4_addr": {textOnly, schemaReaders[SrcIP]}, "src6_addr": {textOnly, schemaReaders[SrcIP]},
		"dst4_addr": {textOnly, schemaReaders[DstIP]}, "dst6_addr": {textOnly, schemaReaders[DstIP]},
		"src_port": {numberOnly, schemaReaders[SrcPort]}, "dst_port": {numberOnly, schemaReaders[DstPort]},
		"icmp_type": {numberOnly, schemaReaders[SrcPort]}, "icmp_code": {numberOnly, schemaReaders[DstPort]},
		"proto":      {numberOrText, protocolInto},
		"in_packets": {numberOnly, schemaReaders[PacketsSent]}, "in_bytes": {numberOnly, wholeInto(IPBytesSent)},
		"out_packets": {numberOnly, schemaReaders[PacketsRecv]}, "out_bytes": {numberOnly, wholeInto(IPBytesRecv)},
	},
	skip: func(name string, v jsonValue) string {
		if name == "type" && v.text != "FLOW" {
			return fmt.Sprintf("records of type %s", quote(v.text))
		}
		return ""
	},
	finish: (*rowParser).finishDuration,
}

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

// suricataEVE is Suricata's eve.json
// (https://docs.suricata.io/en/latest/output/eve/eve-json-format.html): events of
// the types flow and netflow are flows. Its bytes are those of whole frames.
var suricataEVE = &dialect{
	format: "Suricata eve.json",
	marks:  []string{"event_type"},
	needed: [][]string{{"src_ip"}, {"dest_ip"}, {"flow.start", "netflow.start"}},
	read: map[string]jsonMember{
		"src_ip": textMember(flow.SrcIP), "dest_ip": textMember(flow.DstIP),
		"src_port": numberMember(flow.SrcPort), "dest_port": numberMember(flow.DstPort),
		"icmp_type": numberMember(flow.SrcPort), "icmp_code": numberMember(flow.DstPort),
		"proto": {numberOrText, flow.Protocol, setProtocol}, "app_proto": {textOnly, flow.Service, setSuricataService},
		"flow.start": timeMember(flow.TS, parseTime), "netflow.start": timeMember(flow.TS, parseTime),
		"flow.end": {textOnly, flow.Duration, setEnd}, "netflow.end": {textOnly, flow.Duration, setEnd},
		"flow.pkts_toserver": numberMember(flow.PacketsSent), "flow.pkts_toclient": numberMember(flow.PacketsRecv),
		"flow.bytes_toserver": numberMember(flow.IPBytesSent), "flow.bytes_toclient": numberMember(flow.IPBytesRecv),
		"netflow.pkts": numberMember(flow.PacketsSent), "netflow.bytes": numberMember(flow.IPBytesSent),
	},
	skip: func(name string, v jsonValue) string {
		if name == "event_type" && v.text != "flow" && v.text != "netflow" {
			return fmt.Sprintf("events of type %s", quote(v.text))
		}
		return ""
	},
	finish: (*builder).finishDuration,
	settle: func(l *ledger) {
		l.t.Drop(flow.State)
		l.note("bytes with headers are those of whole frames")
	},
}

// setSuricataService reads the protocol of the application, which Suricata may
// not know.
func setSuricataService(b *builder, text string) error {
	if text == "failed" || text == "unknown" {
		return nil
	}
	return schemaSetters[flow.Service](b, text)
}

// ecsJSON is a connection in the Elastic Common Schema
// (https://www.elastic.co/docs/reference/ecs), as Filebeat and Elastic Agent ship
// Zeek's log. Its bytes are those with headers, its durations are nanoseconds.
var ecsJSON = &dialect{
	format: "Elastic Common Schema (JSON)",
	marks:  []string{"source.ip", "@timestamp", "ecs.version"},
	needed: [][]string{{"source.ip"}, {"destination.ip"}},
	others: "records without the addresses of a source and a destination",
	read: map[string]jsonMember{
		"@timestamp": {numberOrText, flow.TS, setTimeIfUnset}, "event.start": timeMember(flow.TS, parseEpochOrTime),
		"event.duration": {numberOrText, flow.Duration, setNumber(flow.Duration, scaled(flow.Duration, 1e-9))},
		"source.ip":      textMember(flow.SrcIP), "source.port": numberMember(flow.SrcPort),
		"destination.ip": textMember(flow.DstIP), "destination.port": numberMember(flow.DstPort),
		"network.transport": {textOnly, flow.Protocol, setProtocol}, "network.protocol": textMember(flow.Service),
		"source.packets": numberMember(flow.PacketsSent), "destination.packets": numberMember(flow.PacketsRecv),
		"source.bytes": numberMember(flow.IPBytesSent), "destination.bytes": numberMember(flow.IPBytesRecv),
		"zeek.connection.state": textMember(flow.State), "connection.state": textMember(flow.State),
		"zeek.connection.history": textMember(flow.History), "connection.history": textMember(flow.History),
		"zeek.session_id": textMember(flow.UID), "log.id.uid": textMember(flow.UID),
	},
	skip: func(name string, v jsonValue) string {
		if name == "event.dataset" && !strings.Contains(v.text, "conn") && !strings.Contains(v.text, "flow") {
			return fmt.Sprintf("records of %s", quote(v.text))
		}
		return ""
	},
	settle: func(l *ledger) {
		if !l.t.AnyWord(flow.State) {
			l.t.Drop(flow.State)
		}
	},
}

// setTimeIfUnset reads when a record was made, which stands in for the begin of
// the flow.
func setTimeIfUnset(b *builder, text string) error {
	v, err := parseEpochOrTime(text)
	if err == nil && !anyNumber(b.row.number[flow.TS]) {
		b.row.number[flow.TS] = v
	}
	return err
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

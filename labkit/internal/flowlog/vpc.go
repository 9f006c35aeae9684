package flowlog

import (
	"strings"

	"flowlab/labkit/flow"
)

// vpcFlowLog is a flow log of Amazon's VPC, with any fields in any order
// (https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html). A
// record is of one direction.
var vpcFlowLog = &csvDialect{
	format: "AWS VPC flow log",
	marks:  [][]string{{"srcaddr", "pkt-srcaddr"}, {"dstaddr", "pkt-dstaddr"}, {"interface-id", "log-status", "account-id", "action"}},
	unset:  "-",
	columns: []alias{
		{titles: []string{"start"}, field: flow.TS, set: setNumber(flow.TS, parseEpoch)},
		{titles: []string{"end"}, field: flow.Duration, set: setEnd},
		{titles: []string{"srcaddr"}, field: flow.SrcIP},
		{titles: []string{"pkt-srcaddr"}, field: flow.SrcIP, spare: true},
		{titles: []string{"dstaddr"}, field: flow.DstIP},
		{titles: []string{"pkt-dstaddr"}, field: flow.DstIP, spare: true},
		{titles: []string{"srcport"}, field: flow.SrcPort},
		{titles: []string{"dstport"}, field: flow.DstPort},
		{titles: []string{"protocol"}, field: flow.Protocol, set: setProtocol},
		{titles: []string{"packets"}, field: flow.PacketsSent},
		{titles: []string{"bytes"}, field: flow.IPBytesSent},
	},
	prepare: func(_ *rowSource, h *header, l *layout) error {
		status, ended := h.index("log-status"), max(h.index("end"), 0)
		l.finish = func(p *rowParser) (string, int, error) {
			if status >= 0 && (p.values[status] == "NODATA" || p.values[status] == "SKIPDATA") {
				return "records with status " + p.values[status], 0, nil
			}
			if p.word(flow.SrcIP) == "" || p.word(flow.DstIP) == "" {
				return "records without addresses", 0, nil
			}
			return "", ended, p.finishDuration()
		}
		return nil
	},
}

// vpcTitles are the fields of version 2, the default. Where a log was taken from
// CloudWatch it has no header.
var vpcTitles = strings.Fields("version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status")

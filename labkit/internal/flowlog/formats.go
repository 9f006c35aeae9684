package flowlog

import (
	"bytes"
	"strings"
)

// A format is a kind of file that is read: a row of the table below. What
// errors, help texts and the README say can be read comes from this table.
type format struct {
	name string // in a list
	help string // how its files come about

	// How it is told and read. A file that begins with no text, or with a mark, is
	// told by begins; JSON by the members of its first object; other text by the
	// titles of its columns.
	begins func(head []byte) bool
	read   func(*input) error
	object *dialect
	titles *csvDialect
}

// formats lists what can be read. The first row that recognises a file reads
// it.
var formats []format

func init() { // the readers use the table in their errors
	formats = []format{
		{name: "a Zeek conn.log", help: "tab-separated", begins: isZeek, read: readZeek},
		{name: "a Zeek conn.log", help: "JSON", object: zeekJSON},
		{name: "Suricata's eve.json", help: "events flow and netflow", object: suricataEVE},
		{name: "flows of CICFlowMeter", help: "CSV, as in CIC-IDS2017", titles: cicFlowMeter},
		{name: "flows of CICFlowMeter", help: "of Python's, too", titles: pythonCICFlowMeter},
		{name: "flows of nfdump", help: "nfdump -r FILE -o csv", titles: nfdumpCSV},
		{name: "flows of nfdump", help: "or -o json", object: nfdumpJSON},
		{name: "NetFlow 5 or 9, IPFIX", help: "datagrams, one behind the other", begins: isNetFlow, read: readNetFlow},
		{name: "flows of Argus", help: "ra -c , -n; .binetflow of CTU-13", titles: argusCSV},
		{name: "AWS VPC flow logs", help: "version 2 or with fields of one's own", titles: vpcFlowLog},
		{name: "flows of nfstream", help: "CSV", titles: nfstreamCSV},
		{name: "records in ECS", help: "JSON of Filebeat, Elastic Agent, Security Onion", object: ecsJSON},
		{name: "data sets", help: "NF-UQ-NIDS", titles: nProbeCSV},
		{name: "data sets", help: "UNSW-NB15", titles: unswNB15},
		{name: "data sets", help: "TON_IoT", titles: tonIoT},
		{name: "data sets", help: "CIDDS-001", titles: cidds001},
		{name: "data sets", help: "UGR'16", titles: ugr16},
		{name: "a flow table", help: `CSV, as "lab flows" writes it`, titles: flowCSV},
	}
}

func isZeek(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("#"))
}

// Formats returns the names of the formats that are read, and of each how its
// files come about.
func Formats() (names, help []string) {
	for _, f := range formats {
		if n := len(names); n > 0 && names[n-1] == f.name {
			help[n-1] += ", " + f.help
			continue
		}
		names, help = append(names, f.name), append(help, f.help)
	}
	return names, help
}

// wanted says in errors what can be read.
func wanted() string {
	names, _ := Formats()
	return "want flows: " + strings.Join(names, ", ") + "; or, for capture.Read and go tool lab, a packet capture"
}

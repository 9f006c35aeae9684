package flowlog

import (
	"bytes"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"flowlab/labkit/flow"
)

// fieldText returns some values of a flow as field=value, a missing one as an
// empty value.
func fieldText(f flow.Flow, fields string) string {
	number := func(v float64) string {
		if math.IsNaN(v) {
			return ""
		}
		return fmt.Sprint(v)
	}
	whole := func(v int) string { return number(map[bool]float64{true: float64(v), false: math.NaN()}[v >= 0]) }
	values := map[string]string{
		"ts": fmt.Sprintf("%.6f", f.TS), "dur": number(f.Duration), "src": f.SrcIP, "dst": f.DstIP, "sport": whole(f.SrcPort), "dport": whole(f.DstPort),
		"proto": f.Protocol, "bytes": number(f.BytesSent), "rbytes": number(f.BytesRecv), "pkts": number(f.PacketsSent), "rpkts": number(f.PacketsRecv),
		"ip": number(f.IPBytesSent), "rip": number(f.IPBytesRecv), "state": f.State, "label": whole(f.Label),
	}
	if math.IsNaN(f.TS) {
		values["ts"] = ""
	}
	var out []string
	for _, name := range strings.Fields(fields) {
		out = append(out, name+"="+strings.TrimSuffix(values[name], ".000000"))
	}
	return strings.Join(out, " ")
}

// keysOf returns the names in a text of name=value pairs.
func keysOf(text string) string {
	var names []string
	for pair := range strings.FieldsSeq(text) {
		name, _, _ := strings.Cut(pair, "=")
		names = append(names, name)
	}
	return strings.Join(names, " ")
}

const (
	zeek1 = "ts=1616284800.125000 src=192.0.2.10 sport=51000 dst=198.51.100.20 dport=443 proto=TCP dur=1.5 bytes=517 rbytes=4096 pkts=9 rpkts=8 ip=997 rip=4520 state=SF"
	zeek2 = "ts=1616284801.250000 src=192.0.2.10 sport=53123 dst=203.0.113.53 dport=53 proto=UDP dur=0.02 bytes=40 rbytes=120 pkts=1 rpkts=1 ip=68 rip=148 state=SF"
	zeek3 = "ts=1616284802.500000 src=192.0.2.11 sport=51001 dst=198.51.100.21 dport=22 proto=TCP dur= bytes= rbytes= pkts=1 rpkts=0 ip=60 rip=0 state=S0"
)

// What people have, and what it says: see the README of testdata/handed. A lenient
// reader gives these rows, and says what of say; a strict one that must refuse
// the file says strict.
var handed = []struct {
	file   string
	rows   []string
	say    string
	strict string
}{
	{"c01_cicflowmeter_python.csv", []string{
		"ts=1761386400 sport=51000 dport=443 dur=1.5 pkts=9 rpkts=8 bytes= rbytes=",
		"ts=1761386401 sport=53123 dport=53 dur=0.02 pkts=1 rpkts=1 bytes="}, "Python's cicflowmeter", ""},
	{"c06_unsw_nb15.csv", []string{
		"ts=1421927414 sport=1390 dport=53 proto=UDP dur=0.001055 pkts=2 rpkts=2 label=0",
		"ts=1421927414 sport=33661 dport=1024 dur=0.036133 pkts=4 rpkts=4 label=1"}, "whole frames", ""},
	{"c07_nf_uq_nids_v2.csv", []string{
		"ts= sport=65389 dport=80 proto=TCP pkts=3 rpkts=0 ip=420 rip=0 label=1 dur=4293.092",
		"ts= sport=11154 dport=80 pkts=2 rpkts=1 ip=280 rip=40 label=0 dur=4294.499"}, "2 flows: the duration is near 2^32", ""},
	{"c08_ctu13.binetflow", []string{
		"ts=1312969613.047277 sport=39678 dport=13363 proto=UDP dur=3550.182373 label=0 ip=413 rip=462",
		"ts=1312969613.048843 sport=43720 dport=13363 dur=0.000883 ip=74 rip=61",
		"ts=1312969614 proto=ICMP dur=0 label=1 sport=3 dport=3 rip=0"}, "both directions", ""},
	{"c10_aws_vpc_flow.log", []string{
		"ts=1418530010 dur=60 src=192.0.2.10 sport=20641 dst=198.51.100.20 dport=22 proto=TCP pkts=20 ip=4249 rpkts="}, "skipped 1: records with status NODATA", ""},
	{"c11_suricata_eve.json", []string{
		"ts=1671399007.500000 src=192.0.2.10 sport=51000 dst=198.51.100.20 dport=443 proto=TCP dur=1.5 pkts=9 rpkts=8"}, `skipped 1: events of type "alert"`, ""},
	{"c14_nfstream.csv", []string{
		"ts=1616284800.125000 sport=51000 dport=443 proto=TCP dur=1.5 pkts=9 rpkts=8"}, "nfstream CSV", ""},
	{"c30_insdn_normal.csv", []string{"sport=51000 label=0 dur=1.5", "sport=51001 label=1"}, "", ""},
	{"c33_cicids2017_12_hour.csv", []string{"ts=1499398200 sport=54865 label=0"}, "without AM or PM", ""},
	{"d04_nfdump_first_seen_zero.csv", []string{
		"ts=1751052605.120000 dur=12.5 pkts=12 ip=1500 sport=51000", "ts= pkts=3 ip=180 sport=51001"},
		"1 flow: the time is 0000-00-00", `:3:1: firstSeen is "0000-00-00 00:00:00.000": want a date and time`},
	{"d06_nfdump_json_q_no_bracket.json", []string{
		"ts=1616440785.148000 dur=32.272 sport=49911", "ts=1616438156.012000 dur=2686.308 sport=88"}, "the [ at the beginning is missing", ":18:1: a list without the ["},
	{"d13_cidds001.csv", []string{
		"ts=1489536076.632000 sport=445 dport=58844 dur=0 pkts=1 ip=108 label=0 proto=TCP",
		"ts=1489536076.552000 sport=445 dport=48888 label=0",
		"ts=1489536336 sport=34850 dport=443 dur=81.34 pkts=5124 ip=2.1e+06 label=1"}, "bytes are rounded", ""},
	{"d19_nfdump_16_json_unpadded_ms.json", []string{"ts=1624278896.007000 dur=0.113 pkts=3 ip=204"}, "", ""},
	{"n01_nf9_end_before_start.bin", []string{
		"ts=1414915878.776000 dur= ip=116", "ts=1414915878.776000 dur= ip=130", "ts=1414915840.769000 dur=2.5 pkts=9 ip=5000"},
		"2 flows: the end is before the beginning", ":1:"},
	{"n02_nf9_time_after_export.bin", []string{
		"ts=1664488344.064000 dur=4.096", "ts=1664488348.100000 dur=0.06 pkts=1 ip=412 sport=50002", "ts=1664488340.992000 dur=3.072"}, "", ""},
	{"n05_nf9_padded_to_1408.bin", []string{
		"ts=1509699990 dur=2.5 pkts=10 ip=1000", "ts=1509699990 dur=1 pkts=5 ip=500"}, "filled up", ":1:"},
	{"n05b_nf9_padded_once.bin", []string{"ts=1509699990 dur=2.5 pkts=10 ip=1000"}, "filled up", ":1:"},
	{"n10_ipfix_init_time_in_options.bin", []string{
		"ts=1700000000 dur=2.5 pkts=10 ip=1000", "ts=1700000000.050000 dur=2.4 pkts=12 ip=9000"}, "", ""},
	{"n15_nf9_h3c_varstring.bin", []string{
		"ts=1509699990 dur=2.5 pkts=10 ip=1000", "ts=1509699990 dur=1 pkts=5 ip=500"}, "", ""},
	{"n22_nf9_two_exporters_one_id.bin", []string{
		"ts=1509699990 sport=50001 dur=2.5 pkts=10", "ts=1509699990 sport=50002 dur=0.5 pkts=5", "sport=443 dport=50001 pkts=11 ip=9000"},
		"template 260 is defined twice, differently", ""},
	{"n29_nf9_in_and_out_counters.bin", []string{"ts=1509699990 dur=2.5 pkts=10 rpkts=12 ip=1000 rip=9000"}, "", ""},
	{"n30_ipfix_mikrotik_padding_not_zero.bin", []string{
		"src=2001:db8::1 sport=50001 dport=53 dur=2.5 pkts=3 ip=210", "src=2001:db8::1 sport=50002 dport=123 dur=2.5 pkts=3 ip=228"}, "padding that is not zero", ":1:"},
	{"n31_nf9_asa_icmp_type_in_176.bin", []string{
		"ts=1444384069.469000 sport=8 dport=0 dur=2.02 proto=ICMP", "ts=1444384069.479000 sport=0 dport=0 dur=2.03"}, "", ""},
	{"z01_zeek_scope_underscore.log", []string{zeek1, zeek2, zeek3}, "", ""},
	{"z03_zeek_nested_id.json", []string{zeek1, zeek2, zeek3}, "", ""},
	{"z10_filebeat_zeek_ecs.json", []string{
		"ts=1616284800.125000 sport=51000 dport=443 dur=1.5 pkts=9 rpkts=8 ip=997 rip=4520 bytes= state=SF proto=TCP",
		"ts=1616284800.125000 sport=53123 dport=53 dur=0.02 pkts=1 rpkts=1 ip=68 rip=148",
		"ts=1616284800.125000 sport=51001 dport=22 dur=0 pkts=1 rpkts=0 ip=60 rip=0"}, "", ""},
	{"z12_zeek_ip_proto.log", []string{zeek1, "ts=1616284803 proto=OSPF dur=40 pkts=4 ip=256"}, "", ""},
	{"z15_zeek_iot23_labeled.log", []string{zeek1 + " label=0", zeek2 + " label=0", zeek3 + " label=1"}, "", ""},
}

func TestHanded(t *testing.T) {
	for _, c := range handed {
		data := testdata(t, filepath.Join("handed", c.file))
		table, err := Read(bytes.NewReader(data), c.file, flow.ReadOptions{Lenient: true})
		if err != nil {
			t.Errorf("%s: %v", c.file, err)
			continue
		}
		if table.Len() != len(c.rows) || !strings.Contains(table.Report.String(), c.say) {
			t.Errorf("%s: want %d flows and %q: %v", c.file, len(c.rows), c.say, table.Report)
		}
		for i, f := range table.All() {
			if i < len(c.rows) && fieldText(f, keysOf(c.rows[i])) != c.rows[i] {
				t.Errorf("%s, row %d: %s, want\n%s", c.file, i, fieldText(f, keysOf(c.rows[i])), c.rows[i])
			}
		}
		_, err = Read(bytes.NewReader(data), c.file, flow.ReadOptions{})
		if c.strict == "" && err != nil || c.strict != "" && (err == nil || !strings.HasPrefix(err.Error(), c.file+c.strict)) {
			t.Errorf("%s: a strict reader says %v, want %q", c.file, err, c.strict)
		}
	}
}

// What cannot be read is named for what it is, with what mends it.
func TestHandedRefusals(t *testing.T) {
	for file, want := range map[string]string{
		"d05_nfdump_default_line.txt":     ":1:1: these are nfdump's lines for people: write them with nfdump -r FILE -o csv",
		"z09_zeek_cut_no_header.txt":      ":1:1: rows of a Zeek log without its header: keep it with zeek-cut -C",
		"z19_zeek_tabs_became_spaces.log": ":7:8: the separator is a tab, and here are blanks",
		"z25_zeek_json_syslog_prefix.log": ":1:51: JSON begins here behind other text",
	} {
		for _, lenient := range []bool{false, true} {
			_, err := Read(bytes.NewReader(testdata(t, filepath.Join("handed", file))), file, flow.ReadOptions{Lenient: lenient})
			if err == nil || !strings.HasPrefix(err.Error(), file+want) {
				t.Errorf("%s: %v, want %s", file, err, want)
			}
		}
	}
}

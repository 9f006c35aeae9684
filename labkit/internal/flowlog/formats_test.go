package flowlog

import (
	"flowlab/labkit/flow"
	"fmt"
	"strings"
	"testing"
)

func TestZeekJSON(t *testing.T) {
	table := mustRead(t, testdata(t, "conn.json.log"))
	checkFields(t, table, "label")
	if table.Report.Flows != 50 || table.Report.Unset != nil {
		t.Errorf("report %v", table.Report)
	}
	checkRows(t, table, "1.575413096052279e+09 10.18.20.97 49187 10.18.20.8 88 TCP 0.0012309551239013672 242 283 4 4 414 455 RSTR")
}

func TestZeekJSONTimesAndMissingMembers(t *testing.T) {
	rest := `"id.orig_h":"10.0.0.1","id.orig_p":1,"id.resp_h":"::1","id.resp_p":2,"proto":"udp","conn_state":"S0"}`
	for _, ts := range []string{`1379288667.706265`, `"2013-09-15T23:44:27.706265Z"`, `1379288667706.265`, `"2013-09-16T01:44:27.706265+02:00"`} {
		table, err := readString(`{"ts":` + ts + `,"local_orig":true,"tunnel_parents":["a",{"b":[1.5e3]}],"orig_bytes":null,` + rest)
		if err != nil {
			t.Errorf("%s: %v", ts, err)
			continue
		}
		checkRows(t, table, "1.379288667706265e+09 10.0.0.1 1 ::1 2 UDP - - - - - - - S0")
	}
}

// Streams of Zeek's logs name the log of each record.
func TestZeekJSONSkipsOtherLogs(t *testing.T) {
	conn := `{"_path":"conn","id.orig_h":"10.0.0.1","id.resp_h":"10.0.0.2","conn_state":"SF","orig_pkts":3}`
	for _, text := range []string{
		`{"_path":"dns","query":"example.org"}` + "\n" + conn + "\n" + `{"_path":"dns","query":"x"}`,
		`[{"_path":"dns"},` + conn + `, {"_path":"dns"}]` + "\n",
	} {
		table, err := readString(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(table.Report.Flows, table.Report.Skipped); got != `1 [{records of Zeek's log "dns" 2}]` {
			t.Error(got)
		}
	}
}

func TestCICFlowMeter(t *testing.T) {
	table := mustRead(t, testdata(t, "cic_ids2017_names.csv"))
	checkFields(t, table, "state")
	checkRows(t, table, "1.427790742e+09 10.200.2.252 61559 188.120.225.17 8080 TCP 4.393494 714 486845 192 379 - - 0")
	if table.Report.Flows != 96 || unset(table) != "[{ip_bytes_sent 96} {ip_bytes_recv 96}]" {
		t.Errorf("report %v", table.Report)
	}

	table = mustRead(t, testdata(t, "cicflowmeter_v4_names.csv"))
	checkFields(t, table, "state", "label")
	checkRows(t, table, "1.518427723e+09 131.202.242.189 47932 52.203.173.219 443 TCP 65.631715 1180 5676 12 11 - -")
}

// The files for machine learning have no addresses and times. What is not read
// may be infinite, twice there, and in another encoding.
func TestCICFlowMeterOddities(t *testing.T) {
	head := " Destination Port, Flow Duration, Total Fwd Packets, Total Backward Packets,Total Length of Fwd Packets, Total Length of Bwd Packets,Flow Bytes/s, Fwd Header Length, Fwd Header Length, Label\r\n"
	table, err := readString(head + "80,3,2,1,12,0.0,Infinity,40,40,BENIGN\r\n22,1.5E6,2,1,12,0,NaN,40,40,Web Attack \x96 XSS\r\n,,,,,,,,,\r\n443,0,1,0,0,0,Infinity,20,20,NeedManualLabel")
	if err != nil {
		t.Fatal(err)
	}
	checkRows(t, table,
		"- - - - 80 - 3e-06 12 0 2 1 - - 0",
		"- - - - 22 - 1.5 12 0 2 1 - - 1",
		"- - - - 443 - 0 0 0 1 0 - - -")
	if got := fmt.Sprint(table.Report.Flows, table.Report.Skipped); got != "3 [{rows without values 1}]" {
		t.Error(got)
	}
}

func TestTimes(t *testing.T) {
	for text, want := range map[string]string{
		"03/07/2017 08:55:58":                 "1.499072158e+09",
		"3/7/2017 8:55":                       "1.4990721e+09",
		"03/07/2017 08:55:58 PM":              "1.499115358e+09",
		"03/07/2017 12:00:00 AM":              "1.49904e+09",
		"2017-07-03 08:55:58.598308":          "1.499072158598308e+09",
		"2017-07-03T08:55:58Z":                "1.499072158e+09",
		"2017-07-03 08:55:58,5 UTC":           "1.4990721585e+09",
		"2017-07-03 10:55:58 +02:00":          "1.499072158e+09",
		"2017-07-03T10:55:58+0200":            "1.499072158e+09",
		"2017/07/03 08:55:58.5":               "1.4990721585e+09",
		"2009-10-05T06:06:07.492":             "1.254722767492e+09",
		"2009-10-05 06:06:07.123456789012345": "1.2547227671234567e+09",
		"31/02/2017 08:55:58":                 "a date and time",
		"2017-13-03 08:55:58":                 "a date and time",
		"03/07/2017 24:00:00":                 "a date and time",
		"03/07/2017 13:00:00 PM":              "a date and time",
		"03/07/2017":                          "a date and time",
		"2017-07-03 08:55:58 ":                "a date and time",
		"1969-12-31 23:59:59":                 "a time from 1970 on",
		"4011-08-10 09:46:54":                 "seconds since 1970, of a time before 2243",
		"":                                    "a date and time",
	} {
		v, err := parseTime(text)
		got := fmt.Sprint(v)
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

// nfdump's own summary counts 19 flows, 37085 bytes and 125 packets.
func TestNfdump(t *testing.T) {
	for _, name := range []string{"smtp.nfdump.csv", "smtp.nfdump.json"} {
		table := mustRead(t, testdata(t, name))
		checkFields(t, table, "state", "label")
		if table.Report.Flows != 19 || sum(table, flow.IPBytesSent) != 37085 || sum(table, flow.PacketsSent) != 125 {
			t.Errorf("%s: %d flows, %v bytes, %v packets", name, table.Report.Flows, sum(table, flow.IPBytesSent), sum(table, flow.PacketsSent))
		}
		if unset(table) != "[{bytes_sent 19} {bytes_recv 19} {packets_recv 19} {ip_bytes_recv 19}]" {
			t.Errorf("%s: unset %s", name, unset(table))
		}
		if got, want := textRow(table, 2)[10:], " 192.168.1.1 3 10.10.1.4 4 ICMP"; !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %s in it", name, got, want)
		}
	}
	checkRows(t, mustRead(t, testdata(t, "smtp.nfdump.json")), "1.254722767492e+09 10.10.1.4 56166 10.10.1.1 53 UDP 0 - - 1 - 62 -")
}

const nfdump172 = "firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,flows\n"

func TestNfdumpVariants(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"1.7.2": {nfdump172 + "2009-10-05 06:06:07.492,1.500,TCP,10.0.0.1,1,10.0.0.2,2,3,4,1\n", "1.254722767492e+09 10.0.0.1 1 10.0.0.2 2 TCP 1.5 - - 3 - 4 -"},
		"fast":  {"cnt,af,firstSeen,lastSeen,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes\n1,2,1254722767492,1254722768992,6,10.0.0.1,1,10.0.0.2,2,3,4\n", "1.254722767492e+09 10.0.0.1 1 10.0.0.2 2 TCP 1.5 - - 3 - 4 -"},
		"both directions": {"ts,te,td,sa,da,sp,dp,pr,ipkt,ibyt,opkt,obyt\n2009-10-05 06:06:07,2009-10-05 06:06:07,  0.5,10.0.0.1,10.0.0.2,1,2,UDP,3,4,5,6\n" +
			"2009-10-05 06:06:07,2009-10-05 06:06:07,0.5,10.0.0.1,10.0.0.2,1,2,UDP,3,4,0,0\nSummary\nflows,bytes,packets,avg_bps,avg_pps,avg_bpp\n2,14,11,0,0,1\n",
			"1.254722767e+09 10.0.0.1 1 10.0.0.2 2 UDP 0.5 - - 3 5 4 6"},
		"icmp":         {nfdump172 + "2009-10-05 06:06:07,0,ICMP,10.0.0.1,0,10.0.0.2,3.4,3,4,1\n", "1.254722767e+09 10.0.0.1 3 10.0.0.2 4 ICMP 0 - - 3 - 4 -"},
		"icmp6":        {nfdump172 + "2009-10-05 06:06:07,0,58,::1,0,::2,34304,3,4,1\n", "1.254722767e+09 ::1 134 ::2 0 ICMP 0 - - 3 - 4 -"},
		"two files":    {strings.Repeat(nfdump172+"2009-10-05 06:06:07,0,TCP,10.0.0.1,1,10.0.0.2,2,3,4,1\nSummary: total flows: 1\nTime window: x\nSys: y\n", 2), "1.254722767e+09 10.0.0.1 1 10.0.0.2 2 TCP 0 - - 3 - 4 -"},
		"json by line": {`{"type":"FLOW","t_first":"2009-10-05T06:06:07.492","t_last":"2009-10-05T06:06:08","proto":"TCP","src6_addr":"::1","dst6_addr":"::2","src_port":1,"dst_port":2,"in_packets":3,"in_bytes":4,"out_packets":0,"out_bytes":0}` + "\n" + `{"type":"EVENT"}`, "1.254722767492e+09 ::1 1 ::2 2 TCP 0.508 - - 3 - 4 -"},
	} {
		table, err := readString(c.text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := textRow(table, 0); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestCSVFilesOneBehindTheOther(t *testing.T) {
	for _, data := range []string{csvHead + csvRow, strings.ReplaceAll(csvHead+csvRow, "\n", "\r\n"), cicHead + "80,1,1,1,1,1,,6\n", nfdump172 + nfRow} {
		one, two := mustRead(t, []byte(data)), mustRead(t, []byte(data+data))
		if two.Report.Flows != 2*one.Report.Flows || textRow(two, 0) != textRow(two, 1) {
			t.Errorf("%v, want twice %v", two.Report, one.Report)
		}
	}
}

// Each directive may change, and holds until the next.
func TestZeekDirectives(t *testing.T) {
	text := "#separator \\x7c\n#unset_field|?\n#empty_field|none\n#path|conn\n#fields|id.resp_p|orig_bytes|resp_bytes|orig_pkts|resp_pkts|duration|conn_state\n80|1|2|3|4|?|none\n" +
		"#close|x\n#separator \\x09\n#unset_field\t-\n#path\tconn\n#fields\tproto\tduration\torig_bytes\tresp_bytes\torig_pkts\tresp_pkts\tid.resp_p\n\ntcp\t0.5\t-\t2\t3\t4\t443"
	table, err := readString(text)
	if err != nil {
		t.Fatal(err)
	}
	checkRows(t, table, "- - - - 80 - - 1 2 3 4 - - -", "- - - - 443 TCP 0.5 - 2 3 4 - - -")
}

func TestGzip(t *testing.T) {
	half := len(testdata(t, "conn.json.log")) / 2
	for name, data := range map[string][]byte{
		"JSON":        testdata(t, "conn.json.log"),
		"CSV":         testdata(t, "smtp.nfdump.csv"),
		"NetFlow":     testdata(t, "netflow5.bin"),
		"two members": nil,
	} {
		packed := zipped(t, data)
		if data == nil {
			data = testdata(t, "conn.json.log")
			packed = append(zipped(t, data[:half]), zipped(t, data[half:])...)
		}
		want, got := mustRead(t, data), mustRead(t, packed)
		if want.Report.String() != got.Report.String() || textRow(want, 7) != textRow(got, 7) {
			t.Errorf("%s: %v, want %v", name, got.Report, want.Report)
		}
	}
}

func TestReportInWords(t *testing.T) {
	r := flow.Report{Format: "Zeek conn.log (JSON)", Flows: 3, Skipped: []flow.Count{{What: "records of Zeek's log \"dns\"", N: 2}}, Unset: []flow.Count{{What: "ts", N: 1}, {What: "state", N: 3}}, Notes: []string{"sampled"}}
	want := "3 flows from Zeek conn.log (JSON)\n  skipped 2: records of Zeek's log \"dns\"\n  unset: ts 1, state 3\n  sampled"
	if got := r.String(); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// More records than are kept together are a table like that of fewer.
func TestJSONOfSeveralParts(t *testing.T) {
	const records = partRows + 3
	var text strings.Builder
	for i := range records {
		fmt.Fprintf(&text, `{"ts":%d,"id.orig_h":"10.0.0.%d","id.resp_h":"10.0.1.%d","conn_state":"SF"}`+"\n", i, i%7, i%5)
	}
	table := mustRead(t, []byte(text.String()))
	if table.Report.Flows != records || len(table.Parts) != 2 {
		t.Fatalf("%d flows in %d parts, want %d in 2", table.Report.Flows, len(table.Parts), records)
	}
	for _, i := range []int{0, 6, partRows - 1, partRows, records - 1} {
		want := fmt.Sprintf("%v 10.0.0.%d - 10.0.1.%d", float64(i), i%7, i%5)
		if got := textRow(table, i); !strings.HasPrefix(got, want) {
			t.Errorf("row %d is %s, want %s", i, got, want)
		}
	}
}

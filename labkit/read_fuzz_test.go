package labkit

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fuzzReader fuzzes the reader of the format that begins with head. What
// ReadFlows accepts it reads the same again after it was written; what it
// refuses it refuses with its own error and no frame.
func fuzzReader(f *testing.F, head string, seeds ...string) {
	for _, seed := range seeds {
		f.Add([]byte(strings.TrimPrefix(seed, head)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		flows, err := readText(head + string(data))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "labkit: ReadFlows: flows:") || flows.Ncol() != 0 {
				t.Fatalf("frame of %d columns with error %q", flows.Ncol(), err)
			}
			return
		}
		var written, again bytes.Buffer
		if err := WriteFlows(&written, flows); err != nil {
			t.Fatal(err)
		}
		read, err := readText(written.String())
		if err != nil {
			t.Fatal(err)
		}
		if err := sameFrame(read.Select(flows.Names()), flows); err != nil {
			t.Fatal(err)
		}
		if err := WriteFlows(&again, read); err != nil || !bytes.Equal(again.Bytes(), written.Bytes()) {
			t.Fatalf("written again: %v\n%s, want\n%s", err, again.Bytes(), written.Bytes())
		}
	})
}

// logSample returns some lines of a file with which internal/flowlog is tested.
func logSample(f *testing.F, name string, most int) string {
	data, err := os.ReadFile(filepath.Join("internal", "flowlog", "testdata", name))
	if err != nil {
		f.Fatal(err)
	}
	lines := strings.SplitAfter(string(data), "\n")
	return strings.Join(lines[:min(most, len(lines))], "")
}

func FuzzReadFlows(f *testing.F) {
	fuzzReader(f, "", "#fields\tts\n", "\"bytes_sent\",\"a", csvHeader, zeekHeader+zeekRow, "{}", "[", "\x00\x05\x00\x01", "\x1f\x8b")
}

func FuzzReadFlowsCSV(f *testing.F) {
	fuzzReader(f, csvHeader, "10.5,20,1,2,0.25,443,tcp,0\n,,3,4,,53,,1\n", "1e300,.5,3.0,0,1e-300,0,\"a,\"\"b\"\"\",1\r\n")
}

func FuzzReadFlowsZeek(f *testing.F) {
	fuzzReader(f, zeekHeader, zeekRow+"#close\t2014\n", zeekRow+zeekHeader+zeekRow, "#separator ,\n#fields,duration,id.resp_p,orig_bytes,resp_bytes,orig_pkts,resp_pkts\n1,2,3,4,5,6")
}

func FuzzReadFlowsZeekJSON(f *testing.F) {
	fuzzReader(f, `{"ts":`, logSample(f, "conn.json.log", 2), `"2013-09-15T23:44:27.706265Z","id.orig_h":"::1","id.resp_h":"::2","conn_state":"SF"}`)
}

func FuzzReadFlowsCICFlowMeter(f *testing.F) {
	for _, name := range []string{"cic_ids2017_names.csv", "cicflowmeter_v4_names.csv"} {
		f.Add([]byte(logSample(f, name, 3)))
	}
	fuzzReader(f, "", "Dst Port,Flow Duration,Tot Fwd Pkts,Tot Bwd Pkts,TotLen Fwd Pkts,TotLen Bwd Pkts,Timestamp,Label\n80,1,2,3,4,5,1/2/2017 3:04 PM,x\n")
}

func FuzzReadFlowsNfdump(f *testing.F) {
	f.Add([]byte(logSample(f, "smtp.nfdump.json", 35)))
	f.Add([]byte(logSample(f, "smtp.nfdump.json", 1000)))
	fuzzReader(f, "", logSample(f, "smtp.nfdump.csv", 4), logSample(f, "smtp.nfdump.csv", 100),
		"firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,flows\n2009-10-05 06:06:07.492,1.500,ICMP,10.0.0.1,0,10.0.0.2,3.4,3,4,1\n")
}

func FuzzReadFlowsNetFlow(f *testing.F) {
	fuzzReader(f, "\x00", logSample(f, "netflow5.bin", 1000),
		// a template with addresses, a count and both clocks, and its data
		"\x09\x00\x02\x00\x00\x27\x10\x5f\x5e\x10\x00\x00\x00\x00\x07\x00\x00\x00\x01"+
			"\x00\x00\x00\x1c\x01\x00\x00\x05\x00\x08\x00\x04\x00\x0c\x00\x04\x00\x02\x00\x02\x00\x16\x00\x04\x00\x15\x00\x04"+
			"\x01\x00\x00\x16\x0a\x00\x00\x01\x0a\x00\x00\x02\x00\x05\x00\x00\x1b\x58\x00\x00\x1c\x52",
		// the same in IPFIX, with an element of variable length
		"\x0a\x00\x3d\x5f\x5e\x10\x00\x00\x00\x00\x07\x00\x00\x00\x01"+
			"\x00\x02\x00\x18\x01\x00\x00\x04\x00\x08\x00\x04\x00\x0c\x00\x04\x00\x60\xff\xff\x00\x02\x00\x02"+
			"\x01\x00\x00\x15\x0a\x00\x00\x01\x0a\x00\x00\x02\x06abcdef\x00\x05")
}

// handedFuzz fuzzes the reader of a format of lines, from a sound file and its
// rows behind the header.
func handedFuzz(f *testing.F, name string, head int) {
	lines := strings.SplitAfter(logSample(f, filepath.Join("handed", name), 1000), "\n")
	fuzzReader(f, strings.Join(lines[:head], ""), strings.Join(lines, ""))
}

func FuzzReadFlowsPythonCICFlowMeter(f *testing.F) { handedFuzz(f, "c01_cicflowmeter_python.csv", 1) }
func FuzzReadFlowsUNSWNB15(f *testing.F)           { handedFuzz(f, "c06_unsw_nb15.csv", 1) }
func FuzzReadFlowsNProbe(f *testing.F)             { handedFuzz(f, "c07_nf_uq_nids_v2.csv", 1) }
func FuzzReadFlowsArgus(f *testing.F)              { handedFuzz(f, "c08_ctu13.binetflow", 1) }
func FuzzReadFlowsVPC(f *testing.F)                { handedFuzz(f, "c10_aws_vpc_flow.log", 1) }
func FuzzReadFlowsSuricata(f *testing.F)           { handedFuzz(f, "c11_suricata_eve.json", 0) }
func FuzzReadFlowsNFStream(f *testing.F)           { handedFuzz(f, "c14_nfstream.csv", 1) }
func FuzzReadFlowsCIDDS(f *testing.F)              { handedFuzz(f, "d13_cidds001.csv", 1) }
func FuzzReadFlowsECS(f *testing.F)                { handedFuzz(f, "z10_filebeat_zeek_ecs.json", 0) }
func FuzzReadFlowsIoT23(f *testing.F)              { handedFuzz(f, "z15_zeek_iot23_labeled.log", 8) }

func FuzzReadFlowsTONIoT(f *testing.F) {
	fuzzReader(f, "ts,src_ip,src_port,dst_ip,dst_port,proto,service,duration,src_bytes,dst_bytes,conn_state,missed_bytes,src_pkts,src_ip_bytes,dst_pkts,dst_ip_bytes,label,type\n",
		"1556021700,192.168.1.37,4444,192.168.1.193,49178,tcp,-,290.37,101568,2592,OTH,0,108,108064,31,3832,1,backdoor\n")
}

func FuzzReadFlowsUGR16(f *testing.F) {
	fuzzReader(f, "2016-07-27 13:43:25,0.500,42.219.156.211,143.72.8.137,53,19967,UDP,.A....,0,0,2,209,background\n",
		"2016-07-27 13:43:26,1.25,42.219.156.211,143.72.8.137,0,2048,ICMP,......,0,0,1,60,dos\n")
}

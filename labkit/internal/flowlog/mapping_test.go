package flowlog

import (
	"strings"
	"testing"

	"flowlab/labkit/flow"
)

func mapped(t *testing.T, columns string) flow.ReadOptions {
	t.Helper()
	c, err := flow.ParseColumns(columns)
	if err != nil {
		t.Fatal(err)
	}
	return flow.ReadOptions{Columns: c}
}

// Columns that the reader is told are read, in their units; those that it knows
// stay.
func TestColumns(t *testing.T) {
	for _, c := range []struct{ columns, text, want string }{
		{"ts=begin:ms,src_ip=from,duration=took:us,dst_port=to", "from,begin,took,to\n10.0.0.1,1616284800125,1500000,443\n",
			"ts=1616284800.125000 src=10.0.0.1 dur=1.5 dport=443 pkts="},
		{"duration=ms", "dst_port,duration,bytes_sent,bytes_recv,packets_sent,packets_recv\n443,1500,1,2,3,4\n", "dur=1.5 bytes=1 rpkts=4"},
		{"ts=begin", "begin;dur\n2021-03-21 00:00:00,125;1,5\n", "ts=1616284800.125000 dur=1.5"},
		{"ts=begin,label=kind,protocol=p", "begin,p,kind\n2021-03-21T00:00:00.125Z,17,PortScan\n", "ts=1616284800.125000 proto=UDP label=1"},
		{"ts=flow.begin:ns,src_ip=from,duration=took:ms,dst_port=to", `{"from":"10.0.0.1","to":"443","took":1500,"flow":{"begin":1616284800125000000}}` + "\n" + `{"other":1}`,
			"ts=1616284800.125000 src=10.0.0.1 dur=1.5 dport=443 pkts="},
		{"bytes_sent=x", "Src IP,Flow Duration,Dst Port,Tot Fwd Pkts,Tot Bwd Pkts,TotLen Fwd Pkts,TotLen Bwd Pkts,x\n10.0.0.1,1500000,80,1,2,3,4,99\n", "bytes=99 rbytes=4 dur=1.5"},
	} {
		table, err := Read(strings.NewReader(c.text), "flows", mapped(t, c.columns))
		if err != nil {
			t.Errorf("%s: %v", c.columns, err)
			continue
		}
		for _, f := range table.All() {
			if got := fieldText(f, keysOf(c.want)); got != c.want {
				t.Errorf("%s: %s, want %s", c.columns, got, c.want)
			}
		}
	}
	for columns, want := range map[string]string{
		"ts=begun":              `flows:1:1: no column "begun" in the header, but "begin": it was named for ts`,
		"ts=begin,src_ip=begin": `column "begin" is named for two fields`,
	} {
		if _, err := Read(strings.NewReader("begin,dst_port\n1,2\n"), "flows", mapped(t, columns)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", columns, err, want)
		}
	}
}

// CSV as spreadsheets write it where the comma is the decimal point.
func TestSemicolons(t *testing.T) {
	table, err := readString("ts;src_ip;dst_port;duration;bytes_sent;bytes_recv;packets_sent;packets_recv\n1616284800,125;10.0.0.1;443;1,5;1;2;3;4\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range table.All() {
		if got, want := fieldText(f, "ts dur src dport"), "ts=1616284800.125000 dur=1.5 src=10.0.0.1 dport=443"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestLabels(t *testing.T) {
	for text, want := range map[string]labelKind{
		"Normal": normal, "BENIGN": normal, "BenignTraffic": normal, "0": normal, "Background": normal, "flow=From-Normal-V42-Jist": normal,
		"flow=Background-UDP-Established": normal, "1": attack, "Malicious": attack, "DoS Hulk": attack, "Web Attack \x96 XSS": attack,
		"flow=From-Botnet-V42-ICMP": attack, "DDoS-ICMP_Flood": attack, "scanning": attack, "anomaly-sshscan": attack, "Malicious   C&C": attack,
		"DrDoS_DNS": attack, "FTP-Patator": attack, "DoS Hulk - Attempted": attack, "": notLabelled, "NeedManualLabel": notLabelled, "-": notLabelled,
		"(empty)": notLabelled, "No Label": notLabelled, "teapot": notKnown, "not an attack": notKnown, "2": notKnown,
	} {
		if got := labelOf(text); got != want {
			t.Errorf("%q is %v, want %v", text, got, want)
		}
	}
}

// A label that is not known is said, and is no attack.
func TestUnknownLabels(t *testing.T) {
	table, err := readString(strings.Replace(cicHead, "Protocol", "Label", 1) + "80,1,1,1,1,1,,BENIGN\n80,1,1,1,1,1,,teapot\n80,1,1,1,1,1,,teapot\n")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(table.Report.String(), `2 flows: the label is not known and left unset, such as "teapot"`) || sum(table, flow.Label) != 0 {
		t.Error(table.Report)
	}
}

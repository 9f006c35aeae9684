package labkit

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

const csvHeader = "bytes_sent,bytes_recv,packets_sent,packets_recv,duration,dst_port,protocol,label\n"

const zeekHeader = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n" +
	"#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tduration\torig_bytes\tresp_bytes\tconn_state\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\n"

const zeekRow = "1.5\tC1\t10.0.0.1\t1000\t10.0.0.2\t80\ttcp\t0.25\t10\t20\tSF\t1\t50\t2\t100\n"

func readText(text string) (dataframe.DataFrame, error) {
	frame, _, err := ReadFlowsFrom(strings.NewReader(text), "flows", ReadOptions{})
	return frame, err
}

func TestReadFlowsCSV(t *testing.T) {
	flows, err := readText(csvHeader + "10.5,20,1,2,0.25,443,tcp,0\n,,3,4,,53,,1\n")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"bytes_sent", "bytes_recv", "packets_sent", "packets_recv", "duration", "dst_port", "protocol", "label"},
		{"10.500000", "20.000000", "1", "2", "0.250000", "443", "TCP", "0"},
		{"NaN", "NaN", "3", "4", "NaN", "53", "NaN", "1"},
	}
	if got := fmt.Sprint(flows.Records()); got != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestReadFlowsZeek(t *testing.T) {
	unset := strings.Replace(zeekRow, "\t0.25\t10\t20\t", "\t-\t-\t-\t", 1)
	for name, text := range map[string]string{
		"plain":        zeekHeader + zeekRow + unset + "#close\t2014\n",
		"concatenated": zeekHeader + zeekRow + "#close\t2014\n" + zeekHeader + unset,
		"CRLF":         strings.ReplaceAll(zeekHeader+zeekRow+unset, "\n", "\r\n"),
		"commas":       strings.ReplaceAll(strings.Replace(zeekHeader, `\x09`, `\x2c`, 1)+zeekRow+unset, "\t", ","),
		"other unset":  strings.ReplaceAll(zeekHeader+zeekRow+unset, "\t-", "\t?"),
		"byte order":   "\xef\xbb\xbf" + zeekHeader + zeekRow + unset,
		"no newline":   strings.TrimSuffix(zeekHeader+zeekRow+unset, "\n"),
	} {
		flows, err := readText(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := [][]string{
			{"ts", "src_ip", "src_port", "dst_ip", "dst_port", "protocol", "duration", "bytes_sent", "bytes_recv", "packets_sent", "packets_recv", "ip_bytes_sent", "ip_bytes_recv", "state"},
			{"1.500000", "10.0.0.1", "1000", "10.0.0.2", "80", "TCP", "0.250000", "10.000000", "20.000000", "1", "2", "50.000000", "100.000000", "SF"},
			{"1.500000", "10.0.0.1", "1000", "10.0.0.2", "80", "TCP", "NaN", "NaN", "NaN", "1", "2", "50.000000", "100.000000", "SF"},
		}
		if got := fmt.Sprint(flows.Records()); got != fmt.Sprint(want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

// Zeek leaves fields out if it is told to. What AddFeatures can do without is
// then missing.
func TestReadFlowsZeekWithoutOptionalFields(t *testing.T) {
	text := strings.Replace(zeekHeader, "\torig_ip_bytes", "", 1) + strings.Replace(zeekRow, "\t50\t", "\t", 1)
	flows, err := readText(text)
	if err != nil {
		t.Fatal(err)
	}
	if sent, recv := flows.Col("ip_bytes_sent").Elem(0), flows.Col("ip_bytes_recv").Elem(0); !sent.IsNA() || recv.Float() != 100 {
		t.Errorf("ip_bytes_sent %v and ip_bytes_recv %v, want missing and 100", sent, recv)
	}
}

// pandas writes whole numbers with a point where a column has missing values.
func TestReadFlowsWholeNumbersWithAPoint(t *testing.T) {
	flows, err := readText(csvHeader + "10,20,3.0,,0.5,443.0,TCP,1.0\n")
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(flows.Records()[1]); got != "[10.000000 20.000000 3 NaN 0.500000 443 TCP 1]" {
		t.Error(got)
	}
}

// What is written is read again the same, and so are the features made of it.
func TestReadFlowsReadsGeneratedFlows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "flows.csv")
	want := GenerateFlows(3)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := WriteFlows(f, want); err != nil {
		t.Fatal(err)
	}
	got, err := ReadFlows(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := sameFrame(got.Select(want.Names()), want); err != nil {
		t.Error(err)
	}
}

// internal/flowlog tests each fault; here, that it comes through and with it no
// frame.
func TestReadFlowsRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"": "labkit: ReadFlows: flows:1:1: the file is empty",
		csvHeader + "10,many,1,2,0.5,443,TCP,0\n": `labkit: ReadFlows: flows:2:4: bytes_recv is "many": want a decimal number, 0 or above`,
		csvHeader + "10,20,1,2,0.5,443,TCP,2\n":   `labkit: ReadFlows: flows:2:23: label is "2": want 0 (normal) or 1 (anomaly)`,
		zeekHeader + "1.5\tC1\n":                  "labkit: ReadFlows: flows:7:1: the row has 2 fields: want 15",
		"\xd4\xc3\xb2\xa1\x02\x00\x04\x00":        "labkit: ReadFlows: flows:1:1: this is a packet capture: read it with capture.Read",
	} {
		frame, err := readText(text)
		if err == nil || !strings.HasPrefix(err.Error(), want) || frame.Ncol() != 0 {
			t.Errorf("error %q and %d columns, want %q", err, frame.Ncol(), want)
		}
	}
}

func TestReadFlowsReport(t *testing.T) {
	path := filepath.Join(t.TempDir(), "flows.csv")
	if err := os.WriteFile(path, []byte(csvHeader+"10,20,1,2,0.5,443,TCP,0\n,,3,4,,53,,1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	_, report, err := ReadFlowsFrom(f, path, ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if want := "2 flows from flow CSV\n  unset: bytes_sent 1, bytes_recv 1, duration 1, protocol 1"; report.String() != want {
		t.Errorf("%v, want %s", report, want)
	}
}

func TestReadFlowsOfAMissingFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "nothing.csv")
	if _, err := ReadFlows(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("error %v, want one that names %s", err, path)
	}
	if _, err := ReadFlows(t.TempDir()); err == nil {
		t.Error("no error for a folder")
	}
}

func sameFrame(got, want dataframe.DataFrame) error {
	if fmt.Sprint(got.Names(), got.Types(), got.Nrow()) != fmt.Sprint(want.Names(), want.Types(), want.Nrow()) {
		return fmt.Errorf("columns %v of types %v and %d rows, want %v, %v and %d", got.Names(), got.Types(), got.Nrow(), want.Names(), want.Types(), want.Nrow())
	}
	for _, name := range want.Names() {
		g, w := got.Col(name), want.Col(name)
		for i := range w.Len() {
			if !sameElement(g.Elem(i), w.Elem(i)) {
				return fmt.Errorf("%s, row %d: %v, want %v", name, i, g.Elem(i), w.Elem(i))
			}
		}
	}
	return nil
}

func sameElement(a, b series.Element) bool {
	if a.IsNA() || b.IsNA() {
		return a.IsNA() && b.IsNA()
	}
	return a.Val() == b.Val()
}

func ExampleReadFlowsFrom() {
	log := `{"_path":"conn","ts":1575413096.052,"id.orig_h":"10.18.20.97","id.resp_h":"10.18.20.8","conn_state":"S0","orig_pkts":1}
{"_path":"dns","query":"example.org"}
`
	_, report, err := ReadFlowsFrom(strings.NewReader(log), "zeek.json", ReadOptions{})
	fmt.Println(report, err)
	// Output:
	// 1 flow from Zeek conn.log (JSON)
	//   skipped 1: records of Zeek's log "dns"
	//   unset: src_port 1, dst_port 1, protocol 1, duration 1, bytes_sent 1, bytes_recv 1, packets_recv 1, ip_bytes_sent 1, ip_bytes_recv 1 <nil>
}

func ExampleReadOptions() {
	log := "bytes_sent,bytes_recv,packets_sent,packets_recv,duration,dst_port\n" +
		"10,20,1,2,0.5,443\n10,20,1,2,0.5,70000\n10,20,1,2,0.5,53\n"
	flows, report, err := ReadFlowsFrom(strings.NewReader(log), "flows.csv", ReadOptions{Lenient: true})
	fmt.Println(flows.Nrow(), err)
	fmt.Println(report)
	// Output:
	// 2 <nil>
	// 2 flows from flow CSV
	//   damaged, left out 1: dst_port: want a port, 0 to 65535 (flows.csv:3:15)
}

// The columns that lead back to the log are there on request.
func TestReadFlowsDetails(t *testing.T) {
	flows, _, err := ReadFlowsFrom(strings.NewReader(zeekHeader+zeekRow), "conn.log", ReadOptions{Details: true})
	if err != nil || flows.Ncol() != 17 || flows.Col("uid").Elem(0).String() != "C1" {
		t.Errorf("%v %v, want a column uid", flows, err)
	}
	if flows, err := readText(zeekHeader + zeekRow); err != nil || flows.Ncol() != 14 {
		t.Errorf("%v %v, want no uid", flows, err)
	}
}

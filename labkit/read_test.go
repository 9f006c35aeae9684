package labkit

import (
	"bytes"
	"encoding/csv"
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
	return ReadFlowsFrom(strings.NewReader(text), "flows")
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
	if err := os.WriteFile(path, flowsCSV(want), 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := ReadFlows(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := sameFrame(got, want); err != nil {
		t.Error(err)
	}
}

func TestReadFlowsRefuses(t *testing.T) {
	row := "10,20,1,2,0.5,443,TCP,0\n"
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "flows:1:1: the file is empty"},
		{"header only", csvHeader, "flows:1:1: no flows"},
		{"zeek header only", zeekHeader, "no flows"},
		{"blank", "\n\n", "flows:1:1: no header"},
		{"unknown column", strings.Replace(csvHeader, "duration", "duraton", 1) + row, `flows:1:49: unknown column "duraton": want flow columns, ts, src_ip`},
		{"column twice", strings.Replace(csvHeader, "label", "dst_port", 1) + row, "flows:1:76: column dst_port is there twice"},
		{"column missing", strings.Replace(csvHeader, "bytes_sent,", "", 1) + row, "flows:1:1: no column bytes_sent"},
		{"short row", csvHeader + row + "10,20,1,2,0.5,443,TCP\n", "flows:3:19: the row has 7 fields: want 8"},
		{"long row", csvHeader + "10,20,1,2,0.5,443,TCP,0,9\n", "flows:2:25: the row has 9 fields: want 8"},
		{"text", csvHeader + row + "10,many,1,2,0.5,443,TCP,0\n", `flows:3:4: bytes_recv is "many": want a decimal number, 0 or above`},
		{"NaN", csvHeader + "NaN,20,1,2,0.5,443,TCP,0\n", `flows:2:1: bytes_sent is "NaN"`},
		{"infinity", csvHeader + "1,20,1,2,+Inf,443,TCP,0\n", `flows:2:10: duration is "+Inf"`},
		{"overflow", csvHeader + "1,20,1,2,1e999,443,TCP,0\n", `duration is "1e999"`},
		{"hexadecimal", csvHeader + "0x10,20,1,2,1,443,TCP,0\n", `bytes_sent is "0x10"`},
		{"underscore", csvHeader + "1_0,20,1,2,1,443,TCP,0\n", `bytes_sent is "1_0"`},
		{"negative", csvHeader + "10,20,1,2,-0.5,443,TCP,0\n", `duration is "-0.5": want a decimal number, 0 or above`},
		{"half a packet", csvHeader + "10,20,1.5,2,0.5,443,TCP,0\n", `packets_sent is "1.5": want a whole number`},
		{"port", csvHeader + "10,20,1,2,0.5,65536,TCP,0\n", `flows:2:15: dst_port is "65536": want a port, 0 to 65535`},
		{"label", csvHeader + "10,20,1,2,0.5,443,TCP,2\n", `label is "2": want 0 (normal) or 1 (anomaly)`},
		{"quote", csvHeader + "10,20,1,2,0.5,443,\"TCP,0\n", "flows:2:"},
		{"fraction of a port", csvHeader + "10,20,1,2,0.5,80.5,TCP,0\n", `dst_port is "80.5"`},
		{"binary", "\x7fELF\x02\x01\x01\x00", "flows:1:1: neither text nor NetFlow"},
		{"JSON", `{"ts":1}`, "flows:1:1: neither a record of Zeek's conn.log nor one of nfdump"},
		{"not UTF-8", csvHeader + "10,20,1,2,0.5,443,\xff,0\n", "flows:2:19: bytes that are not UTF-8"},
		{"zeek row short", zeekHeader + "1.5\tC1\n", "flows:7:1: the row has 2 fields: want 15"},
		{"zeek text", zeekHeader + strings.Replace(zeekRow, "0.25", "soon", 1), `flows:7:38: duration is "soon"`},
		{"zeek address", zeekHeader + strings.Replace(zeekRow, "10.0.0.2", "10.0.0", 1), `dst_ip is "10.0.0": want an IPv4 or IPv6 address`},
		{"zeek field too few", zeekHeader + strings.Replace(zeekRow, "\tSF", "", 1), "the row has 14 fields: want 15"},
		{"zeek field missing", strings.Replace(zeekHeader, "orig_pkts", "pkts", 1) + zeekRow, "flows:6:1: no field orig_pkts in #fields"},
		{"zeek other log", strings.Replace(zeekHeader, "conn", "dns", 1) + zeekRow, `flows:5:1: this is Zeek's log "dns": want conn`},
		{"zeek row first", "#separator \\x09\n" + zeekRow, "flows:2:1: a row before any #fields"},
		{"zeek separator", "#separator \\q\n", "flows:1:1: separator is"},
	} {
		_, err := readText(c.text)
		if err == nil || !strings.HasPrefix(err.Error(), "labkit: ReadFlows: flows") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %q, want %q in it", c.name, err, c.want)
		}
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

// What ReadFlows accepts it reads the same again after it was written; what it
// refuses it refuses with its own error and no frame.
func FuzzReadFlows(f *testing.F) {
	f.Add([]byte(csvHeader + "10.5,20,1,2,0.25,443,tcp,0\n,,3,4,,53,,1\n"))
	f.Add([]byte(zeekHeader + zeekRow + "#close\t2014\n"))
	f.Add([]byte("#fields\tts\n"))
	f.Add([]byte("\"bytes_sent\",\"a"))
	f.Fuzz(func(t *testing.T, data []byte) {
		flows, err := ReadFlowsFrom(bytes.NewReader(data), "flows")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "labkit: ReadFlows: ") || flows.Ncol() != 0 {
				t.Fatalf("frame of %d columns with error %q", flows.Ncol(), err)
			}
			return
		}
		again, err := ReadFlowsFrom(bytes.NewReader(flowsCSV(flows)), "again")
		if err != nil {
			t.Fatal(err)
		}
		if err := sameFrame(again, flows); err != nil {
			t.Fatal(err)
		}
	})
}

// flowsCSV writes a frame as CSV, a missing value as nothing.
func flowsCSV(flows dataframe.DataFrame) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Write(flows.Names())
	for i := range flows.Nrow() {
		record := make([]string, flows.Ncol())
		for j := range record {
			if e := flows.Elem(i, j); !e.IsNA() {
				record[j] = fmt.Sprint(e.Val())
			}
		}
		w.Write(record)
	}
	w.Flush()
	return out.Bytes()
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

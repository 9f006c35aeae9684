package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"flowlab/labkit/sample"
)

func logs(name string) string {
	return filepath.Join("..", "..", "internal", "flowlog", "testdata", name)
}

const schema = "ts,src_ip,src_port,dst_ip,dst_port,protocol,duration,bytes_sent,bytes_recv,packets_sent,packets_recv,ip_bytes_sent,ip_bytes_recv"

func captures(name string) string { return filepath.Join("..", "..", "capture", "testdata", name) }

func TestFlows(t *testing.T) {
	for _, c := range []struct {
		args              []string
		columns, row, say string
		rows              int
	}{
		{[]string{sample.Path("conn.log")}, schema + ",state", "1379288667.706265,192.168.33.10,1032,54.245.228.191,80,TCP,0.44746,601,38393,22,31,1489,39641,RSTO", "360 flows from Zeek conn.log (tab-separated)\n  unset: duration 149, bytes_sent 149, bytes_recv 149", 360},
		{[]string{logs("conn.json.log")}, schema + ",state", "1575413096.052279,10.18.20.97,49187,10.18.20.8,88,TCP,0.0012309551239013672,242,283,4,4,414,455,RSTR", "50 flows from Zeek conn.log (JSON)", 50},
		{[]string{logs("cic_ids2017_names.csv")}, schema + ",label", "1427790742,10.200.2.252,61559,188.120.225.17,8080,TCP,4.393494,714,486845,192,379,,,0", "ip_bytes_sent 96", 96},
		{[]string{logs("smtp.nfdump.json")}, schema, "1254722767.492,10.10.1.4,56166,10.10.1.1,53,UDP,0,,,1,,62,", "19 flows from nfdump JSON", 19},
		{[]string{"--merge-directions", logs("smtp.nfdump.json")}, schema, "1254722767.492,10.10.1.4,56166,10.10.1.1,53,UDP,0.034,,,1,1,62,128", "merged 7 pairs of directions, 12 flows remain", 12},
		{[]string{logs("netflow5.bin")}, schema, "1666350478.66,140.82.121.3,443,192.168.119.100,55516,TCP,2.656,,,78,,87477,", "8 flows from NetFlow 5 datagrams", 8},
		{[]string{"--netflow", captures("n26_netflow_in_capture.pcap")}, schema, "1509699990,192.0.2.10,50001,198.51.100.20,443,TCP,2.5,,,10,,1000,", "2 flows from NetFlow 9 and NetFlow 5 datagrams", 2},
		{[]string{captures("n26_netflow_in_capture.pcap")}, schema + ",state", "", "2 datagrams of NetFlow to port 2055: go tool lab flows --netflow reads", 2},
		{[]string{sample.Path("nmap-vsn.pcap")}, schema + ",state", "", "503 skipped: 503 ARP", 18},
		{[]string{logs("cic_ids2017_names.csv"), sample.Path("irc.pcap")}, schema + ",state,label", "1427790742,10.200.2.252,61559,188.120.225.17,8080,TCP,4.393494,714,486845,192,379,,,,0", "irc.pcap: ", 97},
	} {
		out, say, err := lab(append([]string{"flows"}, c.args...)...)
		if err != nil {
			t.Errorf("%v: %v", c.args, err)
			continue
		}
		lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
		if lines[0] != c.columns || len(lines) != c.rows+1 || c.row != "" && lines[1] != c.row {
			t.Errorf("%v: %d rows below\n%s\n%s, want %d below\n%s\n%s", c.args, len(lines)-1, lines[0], lines[1], c.rows, c.columns, c.row)
		}
		if !strings.Contains(say, c.say) {
			t.Errorf("%v: standard error has %q, want %q in it", c.args, say, c.say)
		}
		again, _, err := labReading(out, "flows", "-")
		if err != nil || again != out {
			t.Errorf("%v: written and read again it is another: %v", c.args, err)
		}
	}
}

func TestFlowsOfACompressedCaptureFromStandardInput(t *testing.T) {
	data, err := os.ReadFile(sample.Path("smtp.pcap"))
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	plain, _, err := lab("flows", sample.Path("smtp.pcap"))
	if err != nil {
		t.Fatal(err)
	}
	if got, _, err := labReading(packed.String(), "flows", "-"); err != nil || got != plain {
		t.Errorf("%v, or another table than that of the file", err)
	}
}

// A refusal has a place, an exit status and no output, also of what is good.
func TestFlowsRefuses(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	capture, err := os.ReadFile(sample.Path("smtp.pcap"))
	if err != nil {
		t.Fatal(err)
	}
	text := write("text.pcap", "hello\n")
	row := write("row.csv", "bytes_sent,bytes_recv,packets_sent,packets_recv,duration,dst_port\n1,2,3,4,5,6\n1,2,-3,4,5,6\n")
	cut := write("cut.log", string(capture[:1000]))
	for _, c := range []struct {
		args []string
		want []string
	}{
		{[]string{text}, []string{text + `:1:1: unknown column "hello"`}},
		{[]string{"--strict", row}, []string{row + `:3:5: packets_sent is "-3": want a whole number, 0 or above`}},
		{[]string{"--strict", cut}, []string{cut + ":"}},
		{[]string{"--strict", sample.Path("conn.log"), row, text}, []string{row + ":3:5: ", text + ":1:1: "}},
		{[]string{"--strict", folder}, []string{row + ":3:5: "}},
		{[]string{t.TempDir()}, []string{"no files in this folder: want captures or logs"}},
		{[]string{filepath.Join(folder, "none")}, []string{"none", "no such file"}},
		{[]string{"-"}, []string{"-:1:1: the file is empty"}},
		{[]string{"--netflow", sample.Path("irc.pcap")}, []string{"irc.pcap:0:0: the capture has no NetFlow"}},
		{[]string{"--strict", captures("p30_pcapng_cut.pcapng")}, []string{"p30_pcapng_cut.pcapng:9:1252: the file ends here"}},
		{nil, []string{"no file: want captures or logs, or - for standard input"}},
		{[]string{"-", "-"}, []string{"- is there twice"}},
		{[]string{"--top", "3", row}, []string{"unknown flag: --top"}},
	} {
		out, _, err := lab(append([]string{"flows"}, c.args...)...)
		if err == nil || out != "" {
			t.Errorf("%v: error %v, and output %q", c.args, err, out)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%v: error %q, want %q in it", c.args, err, want)
			}
		}
		if strings.Contains(err.Error(), "ReadFlows") || strings.Contains(err.Error(), "capture:") {
			t.Errorf("%v: error %q names a function", c.args, err)
		}
	}
}

// What is read live is written as it comes, and is what is read at once.
func TestFlowsFollowStandardInput(t *testing.T) {
	data, err := os.ReadFile(sample.Path("conn.log"))
	if err != nil {
		t.Fatal(err)
	}
	want, _, err := lab("flows", sample.Path("conn.log"))
	if err != nil {
		t.Fatal(err)
	}
	if got, say, err := labReading(string(data), "flows", "--follow", "-"); err != nil || got != want || !strings.Contains(say, "-: 360 flows from Zeek") {
		t.Errorf("%v, %s, or another table than that of the file", err, say)
	}
}

// The flows of a capture come when they are over: the same as at once, in another
// order.
func TestFlowsFollowACapture(t *testing.T) {
	data, err := os.ReadFile(sample.Path("smtp.pcap"))
	if err != nil {
		t.Fatal(err)
	}
	want, _, err := lab("flows", sample.Path("smtp.pcap"))
	if err != nil {
		t.Fatal(err)
	}
	got, say, err := labReading(string(data), "flows", "--follow", "-")
	inOrder := func(text string) []string { return slices.Sorted(strings.SplitSeq(text, "\n")) }
	if err != nil || !slices.Equal(inOrder(got), inOrder(want)) || !strings.Contains(say, "-: 125 packets, 125 of them in 9 flows") {
		t.Errorf("%v, %s\n%s\nwant\n%s", err, say, got, want)
	}
}

// A file with damage is read but for that; the result is said to be incomplete.
func TestFlowsSkipsWhatIsDamaged(t *testing.T) {
	folder := t.TempDir()
	path, rejects := filepath.Join(folder, "row.csv"), filepath.Join(folder, "rejects.csv")
	head := "bytes_sent,bytes_recv,packets_sent,packets_recv,duration,dst_port\n"
	if err := os.WriteFile(path, []byte(head+"1,2,3,4,5,6\n1,2,-3,4,5,6\n1,2,3,4,5,7\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, say, err := lab("flows", "--rejects", rejects, path)
	if !errors.Is(err, errIncomplete) || out != "dst_port,duration,bytes_sent,bytes_recv,packets_sent,packets_recv\n6,5,1,2,3,4\n7,5,1,2,3,4\n" {
		t.Errorf("%v, %s", err, out)
	}
	if want := "damaged, left out 1: packets_sent: want a whole number, 0 or above (" + path + ":3:5)"; !strings.Contains(say, want) {
		t.Errorf("%s, want %s", say, want)
	}
	kept, err := os.ReadFile(rejects)
	want := "file,line,column,reason,record\n" + path + `,3,5,"packets_sent is ""-3"": want a whole number, 0 or above","1,2,-3,4,5,6"` + "\n"
	if err != nil || string(kept) != want {
		t.Errorf("%v, %s, want %s", err, kept, want)
	}
}

func TestFlowsOfAFolder(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"b.csv", "a.csv", ".hidden", "below/c.csv"} {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		row := "bytes_sent,bytes_recv,packets_sent,packets_recv,duration,dst_port\n1,2,3,4,5," + map[string]string{"a.csv": "1", "b.csv": "2", "below/c.csv": "3"}[name] + "\n"
		if err := os.WriteFile(path, []byte(row), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, _, err := lab("flows", folder)
	if err != nil || strings.Count(out, "\n") != 4 || !strings.Contains(out, "\n1,5,1,2,3,4\n2,5,1,2,3,4\n3,") {
		t.Errorf("%v, %s", err, out)
	}
	// Of a folder, what has no flows is left out; named, it is refused.
	other := filepath.Join(folder, "dns.log")
	if err := os.WriteFile(other, []byte("#separator \\x09\n#path\tdns\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if again, say, err := lab("flows", folder); err != nil || again != out || !strings.Contains(say, "left out "+other+`:2:1: this is Zeek's log "dns"`) {
		t.Errorf("%v, %s", err, say)
	}
	if _, _, err := lab("flows", other); err == nil || !strings.HasPrefix(err.Error(), other+":2:1: ") {
		t.Errorf("%v, want the log refused", err)
	}
	if list, _, err := lab("flows", "--help-columns"); err != nil || !strings.Contains(list, "  ts             timestamp, time") {
		t.Errorf("%v, %s", err, list)
	}
}

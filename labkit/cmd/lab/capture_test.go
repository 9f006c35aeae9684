package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"flowlab/labkit/sample"
)

// From a finding to its packets.
func TestCaptureCut(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out.pcap")
	condition := `dst_port == 25 && protocol == "tcp"`
	_, say, err := lab("capture", "cut", "--where", condition, sample.Path("smtp.pcap"), out)
	if err != nil {
		t.Fatal(err)
	}
	want, _, _ := lab("flows", "--where", condition, sample.Path("smtp.pcap"))
	got, report, err := lab("flows", out)
	if err != nil || got != want || strings.Count(got, "\n") < 2 {
		t.Errorf("error %v, the flows are\n%s, want\n%s", err, got, want)
	}
	if wanted := "80 packets, 80 of them in 2 flows"; !strings.Contains(report, wanted) {
		t.Errorf("%q of what was cut out, want %q in it", report, wanted)
	}
	if wanted := out + ": 80 packets of 125, of 2 flows of 9, as pcap"; !strings.Contains(say, wanted) {
		t.Errorf("it says %q, want %q in it", say, wanted)
	}
}

func TestCaptureCutRefuses(t *testing.T) {
	folder := t.TempDir()
	out := filepath.Join(folder, "out.pcap")
	in := sample.Path("smtp.pcap")
	for want, args := range map[string][]string{
		"no flow fulfils the condition: nothing is written": {"--where", "dst_port == 1", in, out},
		"no --where: want the condition of the flows":       {in, out},
		"want two files": {"--where", "failed", in},
		"- is read once, and the capture three times":     {"--where", "failed", "-", out},
		"OUT is " + in + ", which is to be read":          {"--where", "failed", in, in},
		"want a capture: pcap or pcapng":                  {"--where", "failed", sample.Path("conn.log"), out},
		"--where: column 1: there is no field port: want": {"--where", "port == 25", in, out},
	} {
		if _, _, err := lab(append([]string{"capture", "cut"}, args...)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: error is %v, want %q in it", args, err, want)
		}
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Errorf("the folder holds %v, error %v: want nothing", left, err)
	}
}

// From a capture to a finding, and from that to its packets: what is cut out has
// the flows that the finding counts.
func TestFindingLeadsToItsPackets(t *testing.T) {
	out, _, err := lab("score", "--by", "window", "--format", "json", "--top", "1", sample.Path("nmap-vsn.pcap"))
	var found []struct {
		Where string
		Count int
	}
	if err != nil || json.Unmarshal([]byte(out), &found) != nil || len(found) == 0 {
		t.Fatalf("error %v, %s", err, out)
	}
	cut := filepath.Join(t.TempDir(), "cut.pcap")
	if _, _, err := lab("capture", "cut", "--where", found[0].Where, sample.Path("nmap-vsn.pcap"), cut); err != nil {
		t.Fatal(err)
	}
	flows, _, err := lab("flows", cut)
	if rows := strings.Count(flows, "\n") - 1; err != nil || rows != found[0].Count {
		t.Errorf("%d flows of %s, error %v: want %d", rows, found[0].Where, err, found[0].Count)
	}
}

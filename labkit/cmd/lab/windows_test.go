package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"flowlab/labkit/sample"
)

// Four flows, of which the last comes late for one of its two windows, and one
// whose time is nonsense.
const fewFlows = `ts,src_ip,dst_ip,dst_port,duration,bytes_sent,bytes_recv,packets_sent,packets_recv,state
100,10.0.0.1,10.0.0.9,80,1.5,10,20,1,2,SF
104,10.0.0.1,10.0.0.9,22,1,,5,1,0,S0
4102444800,10.0.0.2,10.0.0.9,80,0,1,1,1,1,SF
109,10.0.0.1,10.0.0.9,80,1,30,0,1,2,SF
106,10.0.0.2,10.0.0.9,80,2,1,1,1,1,SF
`

func TestWindows(t *testing.T) {
	late := filepath.Join(t.TempDir(), "late.csv")
	out, say, err := labReading(fewFlows, "windows", "--size", "10s", "--every", "5s", "--lateness", "0s", "--late", late, "-")
	if err != nil {
		t.Fatal(err)
	}
	want := `window_start,src_ip,flows,bytes_sent,bytes_recv,packets_sent,packets_recv,distinct_dst_ports,distinct_dst_ips,failed,broken,failed_dst_ports,failed_dst_ips,most_tries,most_failed_tries,rare_dst_ports,rare_dst_ips,median_gap,regularity
95,10.0.0.1,1,10,20,1,2,1,1,0,0,0,0,1,0,1,1,,
100,10.0.0.1,2,10,25,2,2,2,1,1,0,1,1,1,1,1,1,3.5,
105,10.0.0.1,2,30,5,2,2,2,1,1,0,1,1,1,1,1,1,5,
105,10.0.0.2,1,1,1,1,1,1,1,0,0,0,0,1,0,1,1,,
110,10.0.0.1,1,30,0,1,2,1,1,0,0,0,0,1,0,1,1,,
`
	if out != want {
		t.Errorf("rows\n%swant\n%s", out, want)
	}
	for _, line := range []string{
		"5 flows in 5 rows of window and src_ip\n",
		"late: 1 flow, and 1 pair of flow and window of 8; 0 flows in no window\n",
		"1 flow more than 24h0m0s ahead: set aside\n",
	} {
		if !strings.Contains(say, line) {
			t.Errorf("standard error has\n%swant %q in it", say, line)
		}
	}
	lines := strings.SplitAfter(fewFlows, "\n")
	missing, _, err := labReading(lines[0]+lines[3]+lines[5], "flows", "-")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(late); err != nil || string(got) != missing {
		t.Errorf("late flows are\n%swant\n%serror %v", got, missing, err)
	}
}

func TestWindowsByDestinationAndStart(t *testing.T) {
	out, _, err := labReading(fewFlows, "windows", "--size", "10s", "--every", "10s", "--key", "dst_ip", "--time", "start", "--max-jump", "0s", "-")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out, "\n")
	if !strings.HasPrefix(lines[0], "window_start,dst_ip,flows,") || !strings.Contains(lines[0], ",distinct_src_ips,") {
		t.Errorf("the header is %s", lines[0])
	}
	// Any time is believed: the one of 2100 makes all that come later late.
	if want := "4102444800,10.0.0.9,1,1,1,1,1,1,1,0,0,0,0,1,0,1,1,,"; lines[2] != want || len(lines) != 4 {
		t.Errorf("rows\n%s", out)
	}
}

// What is lost of the course's own log, by which time and lateness.
func TestWindowsOfTheSample(t *testing.T) {
	for _, c := range []struct{ time, lateness, late string }{
		{"start", "5s", "late: 173 flows, and 504 pairs of flow and window of 2160; 3 flows in no window"}, // 23.3 %
		{"start", "60s", "late: 3 flows, and 18 pairs of"},
		{"end", "5s", "late: 130 flows, and 391 pairs of"}, // 18.1 %
		{"end", "60s", "late: 2 flows, and 12 pairs of"},
	} {
		_, say, err := lab("windows", "--time", c.time, "--lateness", c.lateness, sample.Path("conn.log"))
		if err != nil || !strings.Contains(say, c.late) {
			t.Errorf("%s, %s: error %v, standard error %s", c.time, c.lateness, err, say)
		}
	}
}

// The rows of two files are those of one that holds both.
func TestWindowsOfFilesInARow(t *testing.T) {
	lines := strings.SplitAfter(fewFlows, "\n")
	folder := t.TempDir()
	var names []string
	for i, text := range []string{lines[0] + lines[1] + lines[2], lines[0] + lines[3] + lines[4] + lines[5]} {
		names = append(names, filepath.Join(folder, string(rune('a'+i))))
		if err := os.WriteFile(names[i], []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	late := []string{filepath.Join(folder, "late1"), filepath.Join(folder, "late2")}
	args := []string{"windows", "--size", "10s", "--every", "5s", "--lateness", "0s", "--late"}
	want, _, err := labReading(fewFlows, append(args, late[0], "-")...)
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := lab(append(args, late[1], names[0], names[1])...)
	if err != nil || got != want {
		t.Errorf("error %v, rows\n%swant\n%s", err, got, want)
	}
	one, _ := os.ReadFile(late[0])
	two, _ := os.ReadFile(late[1])
	if string(one) != string(two) || len(one) == 0 {
		t.Errorf("late flows are\n%swant\n%s", two, one)
	}
}

// A file in another order than that of arrival loses most of its flows, is told
// so, and loses none with the options that it is told.
func TestWindowsOfAFileInAnyOrder(t *testing.T) {
	lines := strings.SplitAfter(fewFlows, "\n")
	backwards := lines[0] + lines[4] + lines[5] + lines[2] + lines[1]
	later := strings.NewReplacer("109,10", "9109,10", "106,10", "5106,10").Replace(backwards)
	_, say, err := labReading(later, "windows", "--lateness", "0s", "-")
	if want := "3 flows in no window\nMost flows are in no window: is the input in the order of arrival?"; err != nil || !strings.Contains(say, want) {
		t.Errorf("error %v, standard error %s", err, say)
	}
	_, say, err = labReading(later, "windows", "--lateness", "100h", "--max-jump", "0s", "-")
	if want := "late: 0 flows,"; err != nil || !strings.Contains(say, want) || strings.Contains(say, "Most flows") {
		t.Errorf("error %v, standard error %s", err, say)
	}
}

func TestWindowsWithNothingLate(t *testing.T) {
	late := filepath.Join(t.TempDir(), "late.csv")
	if _, _, err := labReading(fewFlows, "windows", "--max-jump", "1000000h", "--late", late, "-"); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(late); err != nil || !strings.HasPrefix(string(got), "ts,src_ip,dst_ip,dst_port,duration") {
		t.Errorf("%s, error %v", got, err)
	}
}

func TestWindowsRefuses(t *testing.T) {
	for want, args := range map[string][]string{
		`--key is "port": want src_ip or dst_ip`:         {"--key", "port", "-"},
		`--time is "middle": want end or start`:          {"--time", "middle", "-"},
		"--size is 0s: want a time":                      {"--size", "0s", "-"},
		"--every is -1s: want a time":                    {"--every", "-1s", "-"},
		"--lateness is -1s: want a time":                 {"--lateness", "-1s", "-"},
		"--every is 2m0s and --size 1m0s":                {"--every", "2m", "-"},
		"invalid argument \"60\" for \"--size\"":         {"--size", "60", "-"},
		"--late is -, which is to be read":               {"--late", "-", "-"},
		"no file: want captures or logs, or - for stand": {},
	} {
		out, _, err := labReading(fewFlows, append([]string{"windows"}, args...)...)
		if err == nil || !strings.Contains(err.Error(), want) || out != "" {
			t.Errorf("%v: error %v, output %q: want %s", args, err, out, want)
		}
	}
}

package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"flowlab/labkit"
)

// attackedDay is a log of an office in which one host guesses passwords.
func attackedDay(t *testing.T) (log, attacker string) {
	t.Helper()
	day := labkit.Must(labkit.GenerateDay(labkit.Day{Seed: 5, Attacks: []string{"brute force"}}))
	var b strings.Builder
	if err := labkit.WriteFlows(&b, day); err != nil {
		t.Fatal(err)
	}
	i := slices.Index(day.Col("attack").Records(), "brute force")
	return b.String(), day.Col("src_ip").Elem(i).String()
}

func TestScoreShowsHosts(t *testing.T) {
	log, attacker := attackedDay(t)
	out, _, err := labReading(log, "score", "--top", "3", "-")
	if err != nil {
		t.Fatal(err)
	}
	hosts, flows, ok := strings.Cut(out, "\nThe strangest flows:\n")
	if !ok || !strings.HasPrefix(flows, "score") {
		t.Errorf("no flows below the hosts:\n%s", out)
	}
	if !strings.HasPrefix(hosts, "place host") || !strings.Contains(hosts, attacker) || !strings.Contains(hosts, "T1110") {
		t.Errorf("the hosts are\n%s", hosts)
	}
}

// A host is an object a line: all hosts, unless --top says how many.
func TestScoreWritesHostsAsObjects(t *testing.T) {
	log, attacker := attackedDay(t)
	out, _, err := labReading(log, "score", "--format", "jsonl", "-")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 30 {
		t.Errorf("%d lines, want 30, one a host", len(lines))
	}
	type host struct {
		Place    int
		Host     string
		Findings []struct {
			Kind, Words string
			Count       int
			Flows       []string
		}
	}
	for i, line := range lines {
		var h host
		if err := json.Unmarshal([]byte(line), &h); err != nil || h.Place != i+1 || h.Findings == nil {
			t.Fatalf("line %d is %s: %v", i+1, line, err)
		}
		if h.Host == attacker && (h.Place > 3 || len(h.Findings) == 0 || !strings.HasPrefix(h.Findings[0].Flows[0], "-:")) {
			t.Errorf("the attacker is %s", line)
		}
	}
	text, _, err := labReading(log, "score", "--format", "json", "--top", "2", "-")
	var hosts []host
	if err != nil || json.Unmarshal([]byte(text), &hosts) != nil || len(hosts) != 2 {
		t.Errorf("%v: %s", err, text)
	}
	text, _, err = labReading(log, "score", "--format", "csv", "-")
	rows, csvErr := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || csvErr != nil || len(rows) < 30 || strings.Join(rows[0][:4], ",") != "place,host,kind,peer" {
		t.Errorf("%v, %v: %d rows", err, csvErr, len(rows))
	}
}

func TestScoreByWindowAndPair(t *testing.T) {
	log, attacker := attackedDay(t)
	for _, by := range []string{"window", "pair"} {
		out, _, err := labReading(log, "score", "--by", by, "--top", "4", "-")
		if err != nil || strings.Count(out, "\n") != 5+2+4 || !strings.Contains(out, "forest") { // a table, and where its flows are
			t.Errorf("--by %s: %v\n%s", by, err, out)
		}
		if by == "window" && !strings.Contains(out, attacker) {
			t.Errorf("the attacker has no window among four:\n%s", out)
		}
	}
}

// Without sources, or times, the flows are shown, and it is said why.
func TestScoreFallsBackToFlows(t *testing.T) {
	rows := "1,2,3,4,5,6\n9,9,9,9,9,80\n3,4,5,6,7,8\n"
	head := "bytes_sent,bytes_recv,packets_sent,packets_recv,duration,dst_port"
	out, say, err := labReading(head+"\n"+rows, "score", "-")
	if err != nil || !strings.HasPrefix(out, "score") || !strings.Contains(say, "no src_ip") {
		t.Errorf("%v\n%s%s", err, out, say)
	}
	rows = strings.ReplaceAll(strings.TrimSpace(rows), "\n", ",10.0.0.1\n") + ",10.0.0.1\n"
	out, say, err = labReading(head+",src_ip\n"+rows, "score", "-")
	if err != nil || !strings.HasPrefix(out, "score") || !strings.Contains(say, "no ts") {
		t.Errorf("%v\n%s%s", err, out, say)
	}
}

// A file that is to be read is written by nobody, whatever its path.
func TestOutputsAreNoInputs(t *testing.T) {
	log := dayLog(t, 0)
	before, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(filepath.Dir(log), ".", "link.csv")
	if err := os.Link(log, other); err != nil {
		t.Skip(err)
	}
	for _, args := range [][]string{
		{"score", "--rejects", other, log}, {"fit", "--out", other, log}, {"windows", "--late", other, log},
	} {
		if _, _, err := lab(args...); err == nil || !strings.Contains(err.Error(), "which is to be read") {
			t.Errorf("%v: error %v", args, err)
		}
	}
	if after, err := os.ReadFile(log); err != nil || string(after) != string(before) {
		t.Error("the log is another")
	}
}

// Of nothing there is no line, and of CSV the header alone.
func TestNoRows(t *testing.T) {
	calm := "ts,src_ip,dst_ip,dst_port,duration,bytes_sent,bytes_recv,packets_sent,packets_recv\n" +
		"1,10.0.0.1,10.0.0.2,80,1,2,3,4,5\n90,10.0.0.3,10.0.0.2,80,1,2,3,4,5\n"
	for format, want := range map[string]string{"jsonl": "", "csv": "place,host,kind", "json": "[", "table": "none reaches the floor"} {
		out, _, err := labReading(calm, "score", "--by", "window", "--format", format, "-")
		if err != nil || !strings.HasPrefix(out, want) || want == "" && out != "" {
			t.Errorf("%s: %v, %q", format, err, out)
		}
	}
}

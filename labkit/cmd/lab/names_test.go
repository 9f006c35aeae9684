package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"flowlab/labkit/sample"
)

// hostile is what somebody may have been asked for by DNS.
const hostile = "=cmd|' /C calc'!A0<script>alert(1)</script>\x1b[31m\u202e"

// namedLog returns a folder with the sample's conn.log and, beside it, a dns.log
// with hostile names for all of its uids, and an ssl.log.
func namedLog(t *testing.T) (conn string) {
	t.Helper()
	folder := t.TempDir()
	log := read(t, sample.Path("conn.log"))
	dns := "#fields\tts\tuid\tquery\n"
	ssl := ""
	for line := range strings.Lines(log) {
		if cells := strings.Split(line, "\t"); line[0] != '#' {
			dns += "1\t" + cells[1] + "\t" + hostile + "\n"
			ssl += `{"uid":"` + cells[1] + `","server_name":"server.example","ja3":"e7d705a3286e19ea42f587b344ee6865","ja4":"t13\n@SUM(1)"}` + "\n"
		}
	}
	for name, text := range map[string]string{"conn.log": log, "dns.log": dns, "ssl.log": ssl, "http.2026.log": "another time"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(folder, "conn.log")
}

// inPlainText fails if a text has what would steer a terminal.
func inPlainText(t *testing.T, text string) {
	t.Helper()
	if i := strings.IndexAny(text, "\x1b\u202e"); i >= 0 {
		t.Errorf("%.60q would steer a terminal", text[i:])
	}
}

func TestScoreHasNamesFromLogsBeside(t *testing.T) {
	conn := namedLog(t)
	for _, args := range [][]string{
		{"--format", "table"}, {"--format", "csv"}, {"--format", "jsonl"}, {"--format", "ecs"},
		{"--by", "window"}, {"--by", "pair", "--format", "json"}, {"--by", "flow"},
	} {
		out, say, err := lab(append(append([]string{"score"}, args...), conn)...)
		if err != nil {
			t.Fatal(err)
		}
		inPlainText(t, out)
		if want := conn + ": names from dns.log, ssl.log beside it"; strings.Count(say, want) != 1 || !strings.Contains(out, "server.example") {
			t.Errorf("%v says %q, want %q in it once, and a name in the output", args, say, want)
		}
	}
	if out, say, err := lab("score", "--names=false", conn); err != nil || strings.Contains(out+say, "dns.log") || strings.Contains(out, "server.example") {
		t.Errorf("--names=false: error %v, %s", err, say)
	}
}

// In CSV a cell does not begin as a formula does, and in JSON names are text.
func TestNamesStayText(t *testing.T) {
	conn := namedLog(t)
	out, _, err := lab("score", "--format", "csv", conn)
	rows, csvErr := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || csvErr != nil {
		t.Fatal(err, csvErr)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+@", rune(cell[0])) || strings.Contains(cell, "\n") {
				t.Errorf("a cell begins as a formula does, or has two lines: %.60q", cell)
			}
		}
	}
	out, _, err = lab("score", "--format", "json", "--top", "1", conn)
	var hosts []struct {
		Findings []struct {
			UIDs  []string
			Names []struct {
				Field, Value string
				Flows        int
			}
		}
	}
	if err != nil || json.Unmarshal([]byte(out), &hosts) != nil {
		t.Fatal(err)
	}
	f := hosts[0].Findings[0]
	if len(f.UIDs) == 0 || len(f.UIDs[0]) < 10 || len(f.Names) != 4 {
		t.Fatalf("%+v: want uids and four names", f)
	}
	if n := f.Names[0]; n.Field != "query" || n.Flows != len(f.UIDs) || !strings.HasPrefix(n.Value, "=cmd|") || !strings.HasSuffix(n.Value, `\x1b[31m\u202e`) {
		t.Errorf("%+v: want the name that was asked for, escaped", n)
	}
}

// An alert is written for what stands out, and for nothing else.
func TestScoreWritesAlerts(t *testing.T) {
	log, attacker := attackedDay(t)
	out, say, err := labReading(log, "score", "--format", "ecs", "-")
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for line := range strings.Lines(out) {
		var alert struct {
			Event  struct{ Kind, Reason string }
			Source struct{ IP string }
		}
		if err := json.Unmarshal([]byte(line), &alert); err != nil || alert.Event.Kind != "alert" || alert.Event.Reason == "" {
			t.Errorf("%s: error %v: want an alert", line, err)
		}
		found = found || alert.Source.IP == attacker
	}
	if !found || !strings.Contains(say, "written as alerts") {
		t.Errorf("no alert is of %s; it says %s", attacker, say)
	}
}

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// allowList writes an allow-list.
func allowList(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "allow.txt")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// jsonLines runs a command on a log and returns the objects that it writes.
func jsonLines(t *testing.T, log string, args ...string) (objects []map[string]any, say string) {
	t.Helper()
	out, say, err := labReading(log, append(args, "--format", "jsonl", "-")...)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out) {
		var object map[string]any
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			t.Fatal(err)
		}
		objects = append(objects, object)
	}
	return objects, say
}

// With an allow-list every place, score and word of what is shown is what it is
// without one, in each list.
func TestAllowListChangesNothingElse(t *testing.T) {
	log, attacker := attackedDay(t)
	list := allowList(t, "host "+attacker+" kind attempts # a test of ours\nkind rhythm # clocks\nkind strange-flow port 53 # names\n")
	const all = "100000"
	for _, by := range []string{"window", "pair"} {
		before, _ := jsonLines(t, log, "score", "--by", by, "--top", all)
		after, say := jsonLines(t, log, "score", "--by", by, "--top", all, "--allow", list)
		hidden := 0
		for _, row := range before {
			if row["kind"] == "beacon" || row["kind"] == "rare-beacon" || row["host"] == attacker && strings.Contains("failed-flows failed-ports failed-peers failed-tries tries", row["kind"].(string)) {
				hidden++
				continue
			}
			if len(after) == 0 || !reflect.DeepEqual(row, after[0]) {
				t.Fatalf("--by %s: %v is now %v", by, row, after)
			}
			after = after[1:]
		}
		if hidden == 0 || len(after) > 0 || !strings.Contains(say, " findings allowed by ") {
			t.Errorf("--by %s: %d hidden, %d more rows; it says %s", by, hidden, len(after), say)
		}
	}

	before, _ := jsonLines(t, log, "score")
	after, _ := jsonLines(t, log, "score", "--allow", list)
	if len(before) != len(after) {
		t.Fatalf("%d hosts, and %d with a list", len(before), len(after))
	}
	allowed := 0.0
	for i, host := range before {
		var shown []any
		for _, f := range host["findings"].([]any) {
			if f, kind := f.(map[string]any), f.(map[string]any)["kind"].(string); !(kind == "strange-flow" && f["port"] == 53.0 ||
				strings.HasSuffix(kind, "beacon") || f["host"] == attacker && (strings.HasPrefix(kind, "failed") || kind == "tries")) {
				shown = append(shown, f)
			}
		}
		now := after[i]
		allowed += now["allowed"].(float64)
		if now["place"] != host["place"] || now["host"] != host["host"] || int(now["allowed"].(float64)) != len(host["findings"].([]any))-len(shown) {
			t.Errorf("%v is now %v", host, now)
		}
		if got := now["findings"].([]any); len(got) != len(shown) || len(got) > 0 && !reflect.DeepEqual(got, shown) {
			t.Errorf("findings %v, want %v", got, shown)
		}
	}
	if allowed < 5 {
		t.Errorf("%v findings are allowed", allowed)
	}
}

// Where an upload is allowed, the next one of its host stands in its place.
func TestBehindWhatIsAllowed(t *testing.T) {
	log, _ := attackedDay(t)
	kinds := func(args ...string) (kinds []string, peer string) {
		hosts, _ := jsonLines(t, log, append([]string{"score"}, args...)...)
		for _, f := range hosts[0]["findings"].([]any) {
			f := f.(map[string]any)
			kinds = append(kinds, f["kind"].(string))
			if kind := f["kind"].(string); kind == "rare-sent" || kind == "bytes-sent" {
				peer, _ = f["peer"].(string)
			}
		}
		return kinds, peer
	}
	before, peer := kinds("--top", "1")
	if peer == "" {
		t.Fatalf("the first host has sent to nobody: %v", before)
	}
	after, next := kinds("--top", "1", "--allow", allowList(t, "peer "+peer+" kind volume # ours\n"))
	if len(after) != len(before) || next == peer || next == "" {
		t.Errorf("before %v with %s, after %v with %q", before, peer, after, next)
	}
}

// A place that is not shown leaves a gap, and the table goes on behind it; how
// many findings are allowed stands below, and --show-allowed says by which rule.
func TestAllowedHostsLeaveAGap(t *testing.T) {
	log, _ := attackedDay(t)
	hosts, _ := jsonLines(t, log, "score", "--top", "3")
	second := hosts[1]["host"].(string)
	list := allowList(t, "# ours\n\nhost "+second+" # the scanner\n")
	table, _, err := labReading(log, "score", "--top", "2", "--allow", list, "-")
	if err != nil {
		t.Fatal(err)
	}
	lines, _, _ := strings.Cut(table, "\n\n")
	if strings.Contains(lines, "\n2 ") || !strings.Contains(lines, "\n3 ") || strings.Contains(lines, second) {
		t.Errorf("the places are\n%s", lines)
	}
	if !strings.Contains(table, "allowed by "+list+": --show-allowed shows what\n") {
		t.Errorf("the table does not count:\n%s", table)
	}
	table, _, err = labReading(log, "score", "--top", "2", "--allow", list, "--show-allowed", "-")
	if err != nil || !strings.Contains(table, list+":3: the scanner\n") || !strings.Contains(table, "\n2 ") {
		t.Errorf("%v\n%s", err, table)
	}
	csv, say, err := labReading(log, "score", "--top", "2", "--format", "csv", "--allow", list, "--show-allowed", "-")
	if err != nil || !strings.Contains(csv, ":3: the scanner\n") || !strings.Contains(say, " allowed by ") {
		t.Errorf("%v\n%s%s", err, csv, say)
	}
}

// Of all that is allowed there is a header, and what is expired is said.
func TestAllowingAllAndNothing(t *testing.T) {
	log, _ := attackedDay(t)
	all := allowList(t, "host 0.0.0.0/0 # nobody looks\n")
	for by, want := range map[string]string{"host": "place,host", "window": "place,host", "flow": "ts,"} {
		out, _, err := labReading(log, "score", "--by", by, "--format", "csv", "--allow", all, "-")
		if err != nil || !strings.HasPrefix(out, want) || strings.Count(out, "\n") != 1 && by != "host" {
			t.Errorf("--by %s: %v, %.100q", by, err, out)
		}
	}
	old := allowList(t, "kind rhythm until 2001-01-01 # old\n")
	out, say, err := labReading(log, "score", "--top", "1", "--allow", old, "-")
	if err != nil || !strings.Contains(say, old+":1: expired on 2001-01-01") || !strings.Contains(out, "0 findings allowed by "+old+"\n") {
		t.Errorf("%v\n%s%s", err, out, say)
	}
}

func TestAllowRefuses(t *testing.T) {
	log, _ := attackedDay(t)
	for want, args := range map[string][]string{
		":1:1: \"hots\" is no word of a rule": {"--allow", allowList(t, "hots 10.0.0.1 # x\n")},
		"want an allow-list":                  {"--allow", filepath.Join(t.TempDir(), "none")},
		"want --allow FILE":                   {"--show-allowed"},
	} {
		out, _, err := labReading(log, append(append([]string{"score"}, args...), "-")...)
		if err == nil || out != "" || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: error %v, want %q", args, err, want)
		}
	}
}

// The page asks the list again, and counts nothing twice.
func TestAllowedFlowsAreCountedOnceBesideAReport(t *testing.T) {
	var text strings.Builder
	text.WriteString("dst_port,duration,bytes_sent,bytes_recv,packets_sent,packets_recv\n")
	for i := range 60 {
		fmt.Fprintf(&text, "443,%d.5,%d,%d,%d,%d\n", 1+i%7, 100+13*i, 900+70*(i%11), 3+i%5, 4+i%6)
	}
	text.WriteString("4444,900,90000000,10,60000,1\n")
	dir := t.TempDir()
	flows, list := filepath.Join(dir, "flows.csv"), allowList(t, "port 4444  # looked into\n")
	if err := os.WriteFile(flows, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{}, {"--report", filepath.Join(dir, "page.html")}} {
		out, _, err := lab(append(append([]string{"score", "--allow", list}, args...), flows)...)
		if err != nil || !strings.Contains(out, "\n1 finding allowed by ") {
			t.Errorf("%q: error %v, and it says\n%s", args, err, out)
		}
	}
}

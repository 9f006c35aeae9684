package allow

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"flowlab/labkit/flow"
	"flowlab/labkit/triage"
)

func parse(t *testing.T, text string) *List {
	t.Helper()
	list, err := Parse("allow.txt", text)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// beacon is of 10.0.0.5 to 203.0.113.9:443, from the 2026-03-02 at noon to the end
// of the next day.
var beacon = triage.Finding{
	Kind: triage.Beacon, Host: "10.0.0.5", Peer: "203.0.113.9", Port: 443,
	First: float64(time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC).Unix()),
	Last:  float64(time.Date(2026, 3, 3, 23, 59, 59, 0, time.UTC).Unix()),
	Score: 3, Words: "every 300 s",
}

func TestRulesMatch(t *testing.T) {
	with := func(change func(f *triage.Finding)) triage.Finding {
		f := beacon
		change(&f)
		return f
	}
	for _, c := range []struct {
		rule    string
		finding triage.Finding
		want    bool
	}{
		{"host 10.0.0.5", beacon, true},
		{"host 10.0.0.6", beacon, false},
		{"host 10.0.0.0/24", beacon, true},
		{"host 10.0.1.0/24", beacon, false},
		{"host ::ffff:10.0.0.5", beacon, true},
		{"host ::ffff:10.0.0.0/120", beacon, true},
		{"host 10.0.0.5", with(func(f *triage.Finding) { f.Host = "::ffff:10.0.0.5" }), true},
		{"host fe80::/10", with(func(f *triage.Finding) { f.Host = "fe80::1%eth0" }), true},
		{"host 2001:DB8::1", with(func(f *triage.Finding) { f.Host = "2001:db8:0::1" }), true},
		{`host "EXT_SERVER"`, with(func(f *triage.Finding) { f.Host = "EXT_SERVER" }), true},
		{`host "ext_server"`, with(func(f *triage.Finding) { f.Host = "EXT_SERVER" }), false},
		{`host "10.0.0.5"`, beacon, true},
		{"host 0.0.0.0/0", with(func(f *triage.Finding) { f.Host = "EXT_SERVER" }), false},
		{"peer 203.0.113.9", beacon, true},
		{"peer 10.0.0.5", beacon, false},
		{"peer 0.0.0.0/0", with(func(f *triage.Finding) { f.Peer = "" }), false},
		{"port 443", beacon, true},
		{"port 0", with(func(f *triage.Finding) { f.Port = -1 }), false},
		{"kind beacon", beacon, true},
		{"kind rhythm", beacon, true},
		{"kind rare-beacon", beacon, false},
		{"kind rare-held", with(func(f *triage.Finding) { f.Kind = triage.RareHeld }), true},
		{"host 10.0.0.5 peer 203.0.113.9 port 443 kind beacon", beacon, true},
		{"kind beacon port 443 host 10.0.0.5", beacon, true},
		{"host 10.0.0.5 port 80", beacon, false},
		{"host 10.0.0.5 until 2026-03-03", beacon, true}, // ends a second before midnight
		{"host 10.0.0.5 until 2026-03-02", beacon, false},
		{"host 10.0.0.5 until 2026-03-03", with(func(f *triage.Finding) { f.Last++ }), false},
		{"host 10.0.0.5 until 2026-03-03", with(func(f *triage.Finding) { f.Last = math.NaN() }), false},
		{"host 10.0.0.5", with(func(f *triage.Finding) { f.Last = math.NaN() }), true},
	} {
		view := parse(t, c.rule+" # a reason").View()
		f := c.finding
		view.Mark(&f)
		if got := f.Allowed != ""; got != c.want || view.Allowed == 1 != c.want {
			t.Errorf("%s: %v, want %v", c.rule, got, c.want)
		}
		if want := "allow.txt:1: a reason"; c.want && f.Allowed != want {
			t.Errorf("allowed by %q, want %q", f.Allowed, want)
		}
		f.Allowed = ""
		if !reflect.DeepEqual(f, c.finding) && !math.IsNaN(f.Last) {
			t.Errorf("%s: the finding is now %+v", c.rule, f)
		}
	}
}

// The first rule counts that covers a finding and has not expired; of those that
// have, it is told how many findings they would cover.
func TestLapsed(t *testing.T) {
	view := parse(t, `
host 10.0.0.5 until 2026-03-01 # one
host 10.0.0.9 until 2026-03-01 # two
host 10.0.0.0/24 until 2026-04-01 # three
kind tries until 2026-03-01 # four
`).View()
	tries := beacon
	tries.Host, tries.Kind = "192.168.0.1", triage.Tries
	for _, f := range []triage.Finding{beacon, tries, tries} {
		view.Mark(&f)
	}
	got := map[string]int{}
	for r, n := range view.Lapsed(beacon.Last) {
		got[r.Reason] = n
	}
	if want := map[string]int{"one": 0, "two": 0, "four": 2}; !reflect.DeepEqual(got, want) || view.Allowed != 1 {
		t.Errorf("lapsed %v, want %v; %d allowed", got, want, view.Allowed)
	}
}

func TestParse(t *testing.T) {
	list := parse(t, "\ufeff# a list\r\n\r\n\thost  10.0.0.5\tuntil 2026-12-31#backup # nightly\r\n   # and\npeer \"a # b\" kind attempts # x  ")
	want := []Rule{
		{Host: EndOf("10.0.0.5"), Port: AnyPort, Until: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC), Reason: "backup # nightly", Line: 3},
		{Peer: EndOf("a # b"), Port: AnyPort, Kind: "attempts", Reason: "x", Line: 5},
	}
	if !reflect.DeepEqual(list.Rules, want) {
		t.Errorf("%+v, want %+v", list.Rules, want)
	}
}

func TestParseFaults(t *testing.T) {
	for text, want := range map[string]string{
		"hots 10.0.0.5 # x":                  `1:1: "hots" is no word of a rule: want host, peer, port, kind, until, or # and the reason; did you mean host?`,
		"# a\n\n10.0.0.5 # x":                `3:1: "10.0.0.5" is no word`,
		"host # x":                           "1:6: nothing behind host: want an address, a network such as 10.0.8.0/24",
		"host":                               "1:5: nothing behind host",
		"host 10.0.0.300 # x":                `1:6: "10.0.0.300" is no address`,
		"host 10.0.0.5/24 # x":               "1:6: 10.0.0.5/24 is an address in a network: want 10.0.0.0/24 for the network, or 10.0.0.5",
		"host server # x":                    "another name in quotes",
		`host "server # x`:                   `1:6: "server is no name in quotes`,
		`host "" # x`:                        "is no name in quotes",
		`host "a"b # x`:                      `1:9: "b" is no word of a rule`,
		"host 10.0.0.5 host 10.0.0.6 # x":    "1:15: host is there twice",
		"port 65536 # x":                     `1:6: "65536" is no port: want a number from 0 to 65535`,
		"port -1 # x":                        `"-1" is no port`,
		"kind becon # x":                     `1:6: "becon" is no kind of finding: want attempts, volume,`,
		"kind beacn # x":                     "did you mean beacon?",
		"host 10.0.0.5 until 2026-02-30 # x": `1:21: "2026-02-30" is no day: want the last day, as 2026-12-31`,
		"until 2026-02-03 # x":               "1:1: the rule covers every finding: want host, peer, port or kind",
		"host 10.0.0.5":                      "1:14: no reason: want one behind #",
		"host 10.0.0.5  # ":                  "1:14: no reason",
		"port 80 # a\x1b[2Jb":                `1:12: "\x1b" is no character that one sees`,
		"# \u202etxt":                        `1:3: "\u202e" is no character that one sees`,
		"# a\xffb":                           `1:4: "\xff" is no character that one sees`,
		"host\u00a010.0.0.5 # x":             `1:1: "host\u00a010.0.0.5" is no word of a rule`,
	} {
		_, err := Parse("allow.txt", text)
		if err == nil || !strings.Contains(err.Error(), "labkit: allow.Parse: allow.txt:") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
		var fault *flow.Fault
		if !errors.As(err, &fault) || fault.Line == 0 || fault.Column == 0 {
			t.Errorf("%q: no place in %v", text, err)
		}
	}
}

// All lines that are wrong are told, up to ten.
func TestParseTellsTenFaults(t *testing.T) {
	_, err := Parse("a", strings.Repeat("port x # y\nport 80 # y\n", 12))
	if n := strings.Count(err.Error(), "is no port"); n != 10 || !strings.Contains(err.Error(), "a:19:6") || strings.Contains(err.Error(), "a:21:6") {
		t.Errorf("%d faults: %v", n, err)
	}
}

func TestAdd(t *testing.T) {
	rule := For(&beacon)
	rule.Reason = "our updates"
	text, line, done, err := Add("a", "", rule)
	const want = "host 10.0.0.5 peer 203.0.113.9 port 443 kind rhythm  # our updates\n"
	if err != nil || text != header+want || line != 2 || done != Added {
		t.Fatalf("%q, line %d, %s, %v", text, line, done, err)
	}
	if again, line, done, err := Add("a", text, rule); err != nil || again != text || line != 2 || done != Kept {
		t.Errorf("again: %q, line %d, %s, %v", again, line, done, err)
	}
	// A comment, the ends of lines and a last line without one stay.
	text = "# mine\r\n port 443 kind rhythm host 10.0.0.5 peer 203.0.113.9 # old\r\nport 53 # dns"
	rule.Until = time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC)
	text, line, done, err = Add("a", text, rule)
	if want := "# mine\r\nhost 10.0.0.5 peer 203.0.113.9 port 443 kind rhythm until 2027-01-31  # our updates\r\nport 53 # dns"; err != nil || text != want || line != 2 || done != Replaced {
		t.Errorf("%q, line %d, %s, %v", text, line, done, err)
	}
	text, line, done, err = Add("a", text, Rule{Port: 123, Reason: "clocks"})
	if err != nil || !strings.HasSuffix(text, "port 53 # dns\nport 123  # clocks\n") || line != 4 || done != Added {
		t.Errorf("%q, line %d, %s, %v", text, line, done, err)
	}
}

func TestAddRefuses(t *testing.T) {
	for want, c := range map[string]struct {
		text string
		rule Rule
	}{
		"a:1:6":                      {"port x # y", Rule{Port: 80, Reason: "x"}},
		"covers every finding":       {"", Rule{Port: AnyPort, Reason: "x"}},
		`the reason is "": want`:     {"", Rule{Port: 80}},
		`the reason is "a\nport 90"`: {"", Rule{Port: 80, Reason: "a\nport 90"}},
		`the reason is " "`:          {"", Rule{Port: 80, Reason: " "}},
		"\"\\u202e":                  {"", Rule{Port: 80, Reason: "\u202e"}},
		"port 70000: want":           {"", Rule{Port: 70000, Reason: "x"}},
		`"beacons" is no kind`:       {"", Rule{Port: AnyPort, Kind: "beacons", Reason: "x"}},
	} {
		if text, _, _, err := Add("a", c.text, c.rule); err == nil || text != "" || !strings.Contains(err.Error(), want) {
			t.Errorf("%q, error %v, want %s", text, err, want)
		}
	}
}

// Hostile hosts come back from a line as they were, and cover themselves.
func FuzzRule(f *testing.F) {
	f.Add("10.0.0.5", "fe80::1%eth0", 80, "beacon", "# because", int64(0))
	f.Add("a\x1b[2J\n", "=cmd|' /C calc'!A0", -1, "", "\u202e", int64(1<<40))
	f.Add(`"#`, "\xff", 0, "volume", "x", int64(-1))
	f.Fuzz(func(t *testing.T, host, peer string, port int, kind, reason string, until int64) {
		rule := Rule{Host: EndOf(host), Peer: EndOf(peer), Port: port, Kind: kind, Reason: reason}
		if until > 0 && until < 1<<37 {
			rule.Until = time.Unix(until, 0).UTC().Truncate(24 * time.Hour)
		}
		text, line, done, err := Add("a", "", rule)
		if err != nil {
			return
		}
		list, err := Parse("a", text)
		if err != nil || len(list.Rules) != 1 || line != 2 || done != Added {
			t.Fatalf("%q: %v", text, err)
		}
		if rule.Line = 2; !reflect.DeepEqual(list.Rules[0], rule) {
			t.Fatalf("%q is read as %+v, want %+v", text, list.Rules[0], rule)
		}
		finding := triage.Finding{Host: host, Peer: peer, Port: port, Kind: triage.Kind(kind), Last: math.Inf(-1)}
		if !rule.Matches(&finding) {
			t.Fatalf("%q does not cover %+v", text, finding)
		}
	})
}

// Whatever is read as a rule is written as a line that is read as the same.
func FuzzParse(f *testing.F) {
	f.Add("host 10.0.0.5  until 2026-12-31  # backup server, asked by NN\n")
	f.Add("# a\r\nhost 10.0.8.0/24 peer \"a # b\" port 53 kind rhythm # x\r\n\n\tkind attempts #y")
	f.Add("host ::ffff:10.0.0.0/120 # \xff\nport 0#0")
	f.Add("host \"\\xff\" # a")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := Parse("a", text)
		if err != nil {
			if list != nil || !strings.Contains(err.Error(), "want") {
				t.Fatalf("%v", err)
			}
			return
		}
		for _, r := range list.Rules {
			again, err := Parse("a", strings.Repeat("\n", r.Line-1)+r.String())
			if err != nil || len(again.Rules) != 1 || !reflect.DeepEqual(again.Rules[0], r) {
				t.Fatalf("%+v is written as %q: %v", r, r.String(), err)
			}
		}
	})
}

func BenchmarkMark(b *testing.B) {
	var text strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&text, "host 10.0.%d.%d kind tries # x\n", i/250, i%250)
	}
	list, err := Parse("a", text.String())
	if err != nil {
		b.Fatal(err)
	}
	view, f := list.View(), beacon
	b.ReportAllocs()
	for b.Loop() {
		view.Mark(&f)
	}
}

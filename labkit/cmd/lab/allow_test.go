package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"flowlab/labkit/allow"
)

func readText(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestAllowAdd(t *testing.T) {
	list := filepath.Join(t.TempDir(), "allow.txt")
	add := func(args ...string) string {
		out, _, err := lab(append([]string{"allow", "add", "--file", list}, args...)...)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	add("--host", "10.0.0.0/24", "--kind", "rhythm", "--reason", "clocks")
	add("--peer", "10.0.0.2", "--port", "53", "--until", "2026-12-31", "--reason", "our resolver")
	out := add("--kind", "rhythm", "--host", "10.0.0.0/24", "--until", "2027-01-31", "--reason", "clocks, NN")
	if want := list + ":2: replaced: host 10.0.0.0/24 kind rhythm until 2027-01-31  # clocks, NN\n"; out != want {
		t.Errorf("%q, want %q", out, want)
	}
	want := "# Findings not to show: see lab allow --help.\n" +
		"host 10.0.0.0/24 kind rhythm until 2027-01-31  # clocks, NN\n" +
		"peer 10.0.0.2 port 53 until 2026-12-31  # our resolver\n"
	if got := readText(t, list); got != want {
		t.Errorf("the list is\n%swant\n%s", got, want)
	}
}

// What lab writes of a finding is a rule that covers it.
func TestAllowAddFromFindings(t *testing.T) {
	log, attacker := attackedDay(t)
	hosts, _, err := labReading(log, "score", "--format", "jsonl", "-")
	if err != nil {
		t.Fatal(err)
	}
	line := ""
	for one := range strings.Lines(hosts) {
		if strings.Contains(one, `"host":"`+attacker+`","findings"`) {
			line = one
		}
	}
	list := filepath.Join(t.TempDir(), "allow.txt")
	if _, _, err := labReading(line, "allow", "add", "--file", list, "--kind", "attempts", "--reason", "a test", "-"); err != nil {
		t.Fatal(err)
	}
	if got := readText(t, list); strings.Count(got, "\n") != 2 || !strings.Contains(got, "\nhost "+attacker+" peer ") || !strings.Contains(got, " kind attempts  # a test\n") {
		t.Errorf("the list is\n%s", got)
	}
	out, _, err := labReading(log, "score", "--top", "1", "--allow", list, "-")
	if err != nil || !strings.Contains(out, "\n1 finding allowed by ") {
		t.Errorf("%v\n%s", err, out)
	}

	for input, want := range map[string]string{
		`{"number":7,"host":"a\u001b[2J\n","kind":"beacon","peer":"=1+1","port":443}`: `host "a\x1b[2J\n" peer "=1+1" port 443 kind rhythm  # a test` + "\n",
		`{"hosts":["10.0.0.1"],"kinds":["bytes-sent","rare-held"]}`:                   "host 10.0.0.1 kind volume  # a test\nhost 10.0.0.1 kind rare-held  # a test\n",
		`{"hosts":["a","b"],"kinds":["tries"],"target":"::1","port":22}`:              "peer ::1 port 22 kind attempts  # a test\n",
		`{"hosts":[],"kinds":["flood"],"target":"10.0.0.1"}`:                          "host 10.0.0.1 kind flood  # a test\n",
	} {
		list := filepath.Join(t.TempDir(), "allow.txt")
		_, _, err := labReading(input, "allow", "add", "--file", list, "--reason", "a test", "-")
		if err != nil {
			t.Errorf("%s: %v", input, err)
		} else if got := readText(t, list); !strings.HasSuffix(got, "help.\n"+want) {
			t.Errorf("%s: the list is\n%swant\n%s", input, got, want)
		}
	}
}

// A file that is no allow-list is not written, and neither is a wrong rule.
func TestAllowAddRefuses(t *testing.T) {
	list, log := filepath.Join(t.TempDir(), "allow.txt"), allowList(t, "ts,src_ip\n1,10.0.0.1\n")
	for want, c := range map[string]struct{ input, args string }{
		"want both":                       {"", "--host 10.0.0.1 --file " + list},
		"no finding: want --host":         {"", "--reason x --until 2026-12-31 --file " + list},
		"want no --host":                  {"", "--reason x --host 10.0.0.1 --file " + list + " -"},
		`"10.0.0.300" is no address`:      {"", "--reason x --host 10.0.0.300 --file " + list},
		"did you mean beacon":             {"", "--reason x --kind beacom --file " + list},
		"nothing behind host":             {"", "--reason x --host= --file " + list},
		"is no day":                       {"", "--reason x --port 1 --until tomorrow --file " + list},
		"is no word of a rule":            {"", "--reason x --port 1 --file " + log},
		`the reason is "\x1b"`:            {"", "--reason \x1b --port 1 --file " + list},
		"nothing on standard input":       {"", "--reason x --file " + list + " -"},
		"has no host":                     {"{}", "--reason x --file " + list + " -"},
		"standard input, byte":            {"place,host", "--reason x --file " + list + " -"},
		`"sunshine" is no kind`:           {`{"host":"a","kind":"sunshine"}`, "--reason x --file " + list + " -"},
		"nothing on standard input that":  {`{"host":"a","kind":"beacon"}`, "--reason x --kind volume --file " + list + " -"},
		`["a" "b"]: want flags, or -`:     {"", "--reason x --file " + list + " a b"},
		"more than 1000 findings on":      {strings.Repeat(`{"host":"a","kind":"beacon"}`, 1001), "--reason x --file " + list + " -"},
		"no such file or directory":       {"", "--reason x --port 1 --file " + list + "/none/a"},
		"labkit: allow.Parse: " + log[:1]: {"", "--reason x --port 2 --file " + log},
	} {
		_, _, err := labReading(c.input, append([]string{"allow", "add"}, strings.Fields(c.args)...)...)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", c.args, err, want)
		}
	}
	if _, err := os.Stat(list); err == nil {
		t.Error("a list was written")
	}
	if got := readText(t, log); got != "ts,src_ip\n1,10.0.0.1\n" {
		t.Errorf("the log is %q", got)
	}
}

// Whatever stands on standard input, a rule that is made of it can be written and
// read, or is refused.
func FuzzReadRules(f *testing.F) {
	f.Add(`{"place":1,"host":"10.0.0.5","findings":[{"host":"10.0.0.5","kind":"beacon","peer":"a # \u001b","port":443}]}`, "")
	f.Add(`{"hosts":["a"],"kinds":["tries"],"target":"b","port":70000}{"host":"x","kinds":["y"]}`, "attempts")
	f.Fuzz(func(t *testing.T, text, kind string) {
		rules, err := readRules(strings.NewReader(text), kind)
		if (err == nil) != (len(rules) > 0) {
			t.Fatalf("%d rules, %v", len(rules), err)
		}
		list := ""
		for _, r := range rules {
			r.Reason = "x"
			if with, _, _, err := allow.Add("a", list, r); err == nil {
				list = with
			}
		}
		if _, err := allow.Parse("a", list); err != nil {
			t.Fatalf("%q: %v", list, err)
		}
	})
}

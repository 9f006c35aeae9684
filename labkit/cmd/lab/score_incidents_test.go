package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"flowlab/labkit"
	"flowlab/labkit/flow"
	"flowlab/labkit/triage"
)

// dayOf is a log of a day of the same office, with attacks.
func dayOf(t *testing.T, number int, attacks ...string) string {
	t.Helper()
	day := labkit.Must(labkit.GenerateDay(labkit.Day{Seed: 7, Number: number, Attacks: attacks}))
	var b strings.Builder
	if err := labkit.WriteFlows(&b, day.Drop("attack")); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// states runs a day and returns the state of each incident.
func states(t *testing.T, log string, args ...string) map[string]string {
	t.Helper()
	objects, _ := jsonLines(t, log, append([]string{"score", "--incidents"}, args...)...)
	states := map[string]string{}
	for _, o := range objects {
		states[o["id"].(string)] = fmt.Sprint(o["state"])
	}
	return states
}

// A port scan on Tuesday is new, on Wednesday it is gone; what happens on all days
// goes on. The same day again says the same, and what is allowed is not gone.
func TestIncidentsFromDayToDay(t *testing.T) {
	state := filepath.Join(t.TempDir(), "incidents.json")
	monday, tuesday, wednesday := dayOf(t, 0), dayOf(t, 1, "port scan"), dayOf(t, 2)
	first := states(t, monday, "--state", state)
	for id, s := range first {
		if s != "new" {
			t.Errorf("on the first day %s is %s", id, s)
		}
	}
	second := states(t, tuesday, "--state", state)
	scanner, steady := "", ""
	for id, s := range second {
		switch {
		case s == "new" && first[id] == "":
			scanner = id
		case s == "going on" && first[id] != "":
			steady = id
		}
	}
	if scanner == "" || steady == "" {
		t.Fatalf("%v, and then %v", first, second)
	}
	if again := states(t, tuesday, "--state", state); fmt.Sprint(again) != fmt.Sprint(second) {
		t.Errorf("the same again: %v, want %v", again, second)
	}
	kept := readText(t, state)
	list := allowList(t, scanner+" # ours\n") // "host 10.0.0.5"
	if third := states(t, wednesday, "--state", state, "--allow", list); third[scanner] != "" || third[steady] != "going on" {
		t.Errorf("with the scanner allowed %v", third)
	}
	if err := os.WriteFile(state, []byte(kept), 0o600); err != nil {
		t.Fatal(err)
	}
	if third := states(t, wednesday, "--state", state); third[scanner] != "gone" || third[steady] != "going on" {
		t.Errorf("then %v", third)
	}
}

// A rule that names a port, which the state of a host does not have, covers an
// incident that goes on: it is not told of as gone.
func TestAllowedIncidentIsNotGone(t *testing.T) {
	state, steady := filepath.Join(t.TempDir(), "incidents.json"), ""
	monday, tuesday := dayOf(t, 0), dayOf(t, 1)
	states(t, monday, "--state", state)
	kept := readText(t, state)
	for id, s := range states(t, tuesday, "--state", state) {
		if s == "going on" {
			steady = max(steady, id) // the server that makes the backup
		}
	}
	if err := os.WriteFile(state, []byte(kept), 0o600); err != nil {
		t.Fatal(err)
	}
	list := allowList(t, steady+" port 443 # our uploads\n"+steady+" port 22 # our files\n")
	if s, ok := states(t, tuesday, "--state", state, "--allow", list)[steady]; ok || steady == "" {
		t.Errorf("%q is %s", steady, s)
	}
}

func TestIncidentFormats(t *testing.T) {
	log, attacker := attackedDay(t)
	table, _, err := labReading(log, "score", "--incidents", "-")
	if err != nil || !strings.HasPrefix(table, "incident") || !strings.Contains(table, "host "+attacker+" ") {
		t.Errorf("%v\n%s", err, table)
	}
	objects, _ := jsonLines(t, log, "score", "--incidents")
	found := false
	for _, o := range objects {
		if o["id"] != "host "+attacker {
			continue
		}
		found = true
		if flows := o["flows"].([]any); len(flows) == 0 || o["count"].(float64) < float64(len(flows)) || !strings.Contains(o["where"].(string), attacker) || len(o["techniques"].([]any)) == 0 {
			t.Errorf("%v", o)
		}
	}
	if !found {
		t.Errorf("%s has no incident in %v", attacker, objects)
	}
	text, _, err := labReading(log, "score", "--incidents", "--format", "csv", "-")
	rows, csvErr := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || csvErr != nil || len(rows) != len(objects)+1 || strings.Join(rows[0][:4], ",") != "id,state,kinds,hosts" {
		t.Errorf("%v, %v: %v", err, csvErr, rows)
	}
}

// Hostile text stays text in each format.
func TestHostileIncidents(t *testing.T) {
	const hostile = "=cmd|' /C calc'!A0\x1b[2J\n\u202e<b>"
	all := []triage.Incident{{
		ID: hostile, Kinds: []triage.Kind{triage.Beacon}, Hosts: []string{hostile}, Target: hostile, Port: 1, Words: hostile,
		Techniques: []string{hostile}, Where: hostile, Flows: []flow.Origin{{File: hostile, Place: 1}}, UIDs: []string{hostile},
	}}
	for _, format := range []string{"table", "csv", "json", "jsonl"} {
		var b strings.Builder
		if err := (output{w: &b, format: format, allowing: &allowing{}}).incidents(all, 1); err != nil {
			t.Fatal(err)
		}
		out := b.String()
		switch format {
		case "table":
			if strings.Count(out, "\n") != 5 || strings.ContainsAny(out, "\x1b\u202e") {
				t.Errorf("%q", out)
			}
		case "csv":
			rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
			if err != nil || len(rows) != 2 {
				t.Fatalf("%v: %q", err, out)
			}
			for _, cell := range rows[1] {
				if strings.HasPrefix(cell, "=") {
					t.Errorf("a cell is %q", cell)
				}
			}
		case "jsonl":
			var o struct {
				ID    string
				Hosts []string
				UIDs  []string
			}
			if err := json.Unmarshal([]byte(out), &o); err != nil || o.ID != hostile || o.Hosts[0] != hostile || o.UIDs[0] != hostile || strings.Count(out, "\n") != 1 {
				t.Errorf("%v: %q", err, out)
			}
		}
	}
}

func TestIncidentsRefuse(t *testing.T) {
	log := dayLog(t, 0)
	other := allowList(t, "not a state\n")
	for want, args := range map[string][]string{
		"--state is of incidents":          {"--state", "x"},
		"--incidents are of hosts":         {"--incidents", "--by", "pair"},
		"is of findings: want it without":  {"--incidents", "--format", "ecs"},
		"want the incidents of an earlier": {"--incidents", "--state", other},
		"which is to be read":              {"--incidents", "--state", log},
		"--show-allowed is of findings":    {"--incidents", "--allow", other, "--show-allowed"},
	} {
		out, _, err := lab(append(append([]string{"score"}, args...), log)...)
		if err == nil || out != "" || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: error %v, want %q", args, err, want)
		}
	}
	if got := readText(t, other); got != "not a state\n" {
		t.Errorf("the file is now %q", got)
	}
	_, _, err := labReading("bytes_sent,bytes_recv,packets_sent,packets_recv,duration,dst_port\n1,2,3,4,5,6\n3,4,5,6,7,8\n9,9,9,9,9,80\n", "score", "--incidents", "-")
	if err == nil || !strings.Contains(err.Error(), "want flows with src_ip and ts") {
		t.Error(err)
	}
}

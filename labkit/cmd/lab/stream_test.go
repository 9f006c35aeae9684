package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"flowlab/labkit"
)

// streamedDay writes a generated day with attacks as a flow table.
func streamedDay(t *testing.T) string {
	t.Helper()
	day, err := labkit.GenerateDay(labkit.Day{Seed: 1, Attacks: []string{"port scan", "flood"}})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "day.csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := labkit.WriteFlows(f, day.Drop("attack")); err != nil {
		t.Fatal(err)
	}
	return path
}

// A day is read once: its findings are shown and written; a second run has
// nothing to add, and continues a file that was cut off.
func TestStream(t *testing.T) {
	day, store, out := streamedDay(t), filepath.Join(t.TempDir(), "s"), filepath.Join(t.TempDir(), "findings.jsonl")
	args := []string{"stream", "--once", "--sync", "1m", "--store", store, "--out", out, day}
	screen, say, err := lab(args...)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(screen, "ports tried in vain in") || !strings.Contains(say, "the source has ended") {
		t.Errorf("it shows\n%sand says\n%s", screen, say)
	}
	written, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(written)), "\n")
	if n := strings.Count(screen, "\n"); n != len(lines) {
		t.Errorf("%d findings shown, %d written", n, len(lines))
	}
	for i, line := range lines {
		var f numberedFinding
		if err := json.Unmarshal([]byte(line), &f); err != nil || f.Number != uint64(i)+1 || f.Host == "" {
			t.Errorf("line %d is %s, %v", i+1, line, err)
		}
	}
	if err := os.Truncate(out, int64(len(written)-10)); err != nil {
		t.Fatal(err)
	}
	if screen, _, err = lab(args...); err != nil || strings.Count(screen, "\n") != 1 {
		t.Errorf("a second run shows %q, %v: want the last finding, which was cut off", screen, err)
	}
	if again, _ := os.ReadFile(out); string(again) != string(written) {
		t.Error("the file was not continued as it was")
	}
	if status, _, err := lab("stream", "--store", store, "status"); err != nil || !strings.Contains(status, "the source has ended") || !strings.Contains(status, "not running") {
		t.Errorf("status %q, %v", status, err)
	}
	if _, _, err := lab("stream", "--store", store, "reset"); err != nil {
		t.Error(err)
	}
	if _, _, err := lab(args...); err == nil || !strings.Contains(err.Error(), "was the store reset?") {
		t.Errorf("with the file of another store: %v", err)
	}
}

// What is allowed is not shown, and kept in the file with the rule.
func TestStreamAllows(t *testing.T) {
	day, out := streamedDay(t), filepath.Join(t.TempDir(), "findings.jsonl")
	list := allowList(t, "kind attempts # a scan of ours\n")
	screen, say, err := lab("stream", "--once", "--sync", "1m", "--store", filepath.Join(t.TempDir(), "s"), "--out", out, "--allow", list, day)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(screen, "tried in vain") || screen == "" || !strings.Contains(say, " allowed by "+list) {
		t.Errorf("it shows\n%sand says\n%s", screen, say)
	}
	allowed := 0
	lines := strings.Split(strings.TrimSpace(readText(t, out)), "\n")
	for _, line := range lines {
		var f numberedFinding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatal(err)
		}
		if f.Allowed == list+":1: a scan of ours" {
			allowed++
		}
	}
	if allowed == 0 || allowed+strings.Count(screen, "\n") != len(lines) {
		t.Errorf("%d of %d findings are allowed; it shows\n%s", allowed, len(lines), screen)
	}
}

// A line that is none is kept with its place and the reason, and counted.
func TestStreamKeepsRejects(t *testing.T) {
	dir := t.TempDir()
	log, rejects := filepath.Join(dir, "flows.csv"), filepath.Join(dir, "rejects.csv")
	lines := strings.SplitAfterN(readText(t, streamedDay(t)), "\n", 3)
	if err := os.WriteFile(log, []byte(lines[0]+lines[1]+"rubbish\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, say, err := lab("stream", "--once", "--sync", "1m", "--store", filepath.Join(dir, "s"), "--rejects", rejects, log)
	if err != nil || !strings.Contains(say, "skipped 1") {
		t.Errorf("it says %q, %v", say, err)
	}
	if kept := readText(t, rejects); strings.Count(kept, "\n") != 2 || !strings.Contains(kept, "flows.csv,3,1,") || !strings.HasSuffix(kept, ",rubbish\n") {
		t.Errorf("it keeps %q", kept)
	}
}

func TestStreamRefuses(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "x")
	if err := os.WriteFile(text, []byte("hello\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"--speed is -1":                 {"--speed", "-1", text},
		"with --once":                   {"--speed", "2", text},
		"--rejects is":                  {"--once", "--rejects", text, text},
		"x.out, which is to be read":    {"--once", "--rejects", text + ".out", "--out", text + ".out", filepath.Join(dir, "other")},
		"lies where parts of":           {"--rejects", text + ".rejects", text},
		"no such file":                  {filepath.Join(dir, "none")},
		"begins a line that is no":      {"--once", "--out", text, text},
		"no stream has run in":          {"status"},
		"is no store of a stream":       {"reset"},
		"--quantile is 2: want":         {"--once", "--quantile", "2", text},
		"the file is not one that Save": {"--once", "--model", text, text},
		"unknown column":                {"--once", text},
		"not a directory":               {"--once", "--out", filepath.Join(text, "x"), text},
		"max-bytes is -4":               {"--once", "--max-bytes", "-4", text},
		"sync is -1s":                   {"--once", "--sync", "-1s", text},
		"lateness is -1s":               {"--once", "--lateness", "-1s", text},
		"want both or none":             {"--once", "--nats", "nats://127.0.0.1:1", "--tls-cert", "c", text},
		"want --nats, too":              {"--once", "--creds", "c", text},
		"no servers available":          {"--once", "--nats", "nats://127.0.0.1:1", text},
		"address":                       {"--once", "--metrics", "no such address", text},
	} {
		store := filepath.Join(t.TempDir(), "s") // each has one of its own
		args = append([]string{"stream", "--store", store}, args...)
		if _, _, err := lab(args...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: error %v, want %q", args, err, want)
		}
		if _, err := os.Stat(store); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%v: a store is left behind, %v", args, err)
		}
	}
}

package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"flowlab/labkit"
)

// dayLog writes a day of an office to a file.
func dayLog(t *testing.T, number int, attacks ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "day.csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := labkit.WriteFlows(f, labkit.Must(labkit.GenerateDay(labkit.Day{Seed: 9, Number: number, Attacks: attacks}))); err != nil {
		t.Fatal(err)
	}
	return path
}

// Monday's model gives Monday the scores that it was fitted with, and Tuesday
// about as many alerts a day as it was asked for.
func TestFitOnceJudgeDaily(t *testing.T) {
	monday, tuesday := dayLog(t, 0), dayLog(t, 1)
	model := filepath.Join(t.TempDir(), "monday.flm")
	_, fitted, err := lab("fit", "--alerts", "500", "--calibration", "0", "--out", model, monday)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(fitted, "isolation-forest, threshold") {
		t.Error(fitted)
	}
	again, say, err := lab("score", "--by", "flow", "--format", "csv", "--model", model, monday)
	if err != nil {
		t.Fatal(err)
	}
	fresh, _, err := lab("score", "--by", "flow", "--format", "csv", monday)
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSpace(again), "\n") {
		// The reasons may differ, as ordinary flows are drawn from other scores; the
		// flows and scores are the same.
		if want := strings.Split(fresh, "\n")[i]; strings.Join(strings.Split(line, ",")[:16], ",") != strings.Join(strings.Split(want, ",")[:16], ",") {
			t.Errorf("line %d is\n%s, fitted anew\n%s", i, line, want)
		}
	}
	var above int
	if _, counts, ok := strings.Cut(say, " scored, "); !ok || !strings.Contains(say, "no feature has moved") {
		t.Error(say)
	} else if fmt.Sscan(counts, &above); above < 1 || above > 500 { // fewer than asked for where scores are equal
		t.Errorf("%d flows above the threshold, want at most 500", above)
	}
	_, say, err = lab("score", "--by", "flow", "--model", model, tuesday)
	if err != nil || !strings.Contains(say, "the model was fitted on ") {
		t.Errorf("%v\n%s", err, say)
	}
}

// Calibrated by half of Monday, a model says of Tuesday how often chance brings
// such scores, and marks at a rate: nothing on a day like any other, and attacks on
// another, whose features have moved.
func TestFitAndMarkAtARate(t *testing.T) {
	model := filepath.Join(t.TempDir(), "monday.flm")
	_, say, err := lab("fit", "--out", model, dayLog(t, 0))
	if err != nil || !strings.Contains(say, "979 flows above, calibrated by 9,825 flows") {
		t.Fatalf("%v\n%s", err, say)
	}
	rate := []string{"score", "--by", "flow", "--format", "csv", "--model", model, "--false-discoveries", "0.1"}
	out, say, err := lab(append(rate, dayLog(t, 1))...)
	if err != nil || !strings.Contains(say, " 0 above the threshold") || !strings.Contains(say, "fewer than 20 flows are not marked so") {
		t.Errorf("%v\n%s", err, say)
	}
	if header, first, _ := strings.Cut(out, "\n"); !strings.HasSuffix(header, ",anomaly_score,anomaly,p_value,reason") || !strings.Contains(first, ",0,0.0002") {
		t.Errorf("%s", out)
	}
	out, say, err = lab(append(rate, dayLog(t, 2, labkit.AttackKinds()...))...)
	if err != nil || !strings.Contains(say, "p-values and a rate of false discoveries do not hold") || !strings.Contains(say, "at most a share of 0.1 is ordinary") {
		t.Errorf("%v\n%s", err, say)
	}
	if _, first, _ := strings.Cut(out, "\n"); !strings.Contains(first, ",1,0.0001") {
		t.Errorf("%s", out)
	}
	table, _, err := lab("score", "--by", "flow", "--model", model, dayLog(t, 1))
	if err != nil || !strings.HasPrefix(table, "score  anomaly p-value time") {
		t.Errorf("%v\n%s", err, table)
	}
}

// What a model says that somebody made up stays text.
func TestModelWithEscapes(t *testing.T) {
	log, model := dayLog(t, 0), filepath.Join(t.TempDir(), "a.flm")
	if _, _, err := lab("fit", "--calibration", "0", "--out", model, log); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(model)
	if err != nil {
		t.Fatal(err)
	}
	body := bytes.ReplaceAll(data[:len(data)-sha256.Size], []byte("packets_ratio"), []byte("\x1b]0;PWNED\x07xyx"))
	digest := sha256.Sum256(body)
	if err := os.WriteFile(model, append(body, digest[:]...), 0o644); err != nil {
		t.Fatal(err)
	}
	_, _, err = lab("score", "--by", "flow", "--model", model, log)
	if err == nil || !strings.Contains(err.Error(), "PWNED") || strings.ContainsAny(err.Error(), "\x1b\x07") {
		t.Errorf("error %q: want one that names the column as text", err)
	}
}

func TestModelsThatAreRefused(t *testing.T) {
	log := dayLog(t, 0)
	model := filepath.Join(t.TempDir(), "a.flm")
	if _, _, err := lab("fit", "--calibration", "0", "--out", model, log); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(model)
	if err != nil {
		t.Fatal(err)
	}
	damaged := filepath.Join(t.TempDir(), "b.flm")
	changed := bytes.Clone(data)
	changed[len(changed)/2] ^= 1
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"changed": {changed, "b.flm: labkit: Load: the file was changed or damaged"},
		"cut":     {data[:len(data)-5], "cut off"},
		"other":   {[]byte("a,b\n1,2\n"), "not one that Save has written"},
	} {
		if err := os.WriteFile(damaged, c.data, 0o644); err != nil {
			t.Fatal(err)
		}
		out, _, err := lab("score", "--model", damaged, log)
		if err == nil || out != "" || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
	for _, args := range [][]string{
		{"score", "--model", model, "--contamination", "0.1", log},
		{"fit", log},
		{"fit", "--out", model, "--alerts", "5", "--contamination", "0.1", log},
		{"fit", "--out", model, "--alerts", "0", log},
		{"fit", "--out", model, "--calibration", "1", log},
		{"score", "--false-discoveries", "0.1", log},
		{"score", "--model", model, "--false-discoveries", "1", log},
		{"score", "--model", model, "--false-discoveries", "0.1", log}, // it was not calibrated
		{"score", "--by", "window", "--false-discoveries", "0.1", "--model", model, log},
	} {
		if _, _, err := lab(args...); err == nil || !strings.Contains(err.Error(), "want") {
			t.Errorf("%v: error %v", args, err)
		}
	}
}

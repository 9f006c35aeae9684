package main

import (
	"encoding/csv"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"flowlab/labkit/check"
	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/notebook"
	"flowlab/labkit/internal/progress"
)

// exerciseCell returns a cell in which bytesRatio has this body.
func exerciseCell(body string) string {
	return "import \"flowlab/labkit/check\"\n\nfunc bytesRatio(sent, received float64) float64 {\n" + body + "\n}\n\n%%\ncheck.BytesRatio(bytesRatio)"
}

// A class's folder: each notebook gets its line, whatever is wrong with another.
func TestCheckOfAFolder(t *testing.T) {
	coursetest.NeedKernel(t, coursetest.Repo(t))
	const (
		name  = "02_feature_engineering.ipynb"
		right = "return sent / (sent + received + 1)"
	)
	folder := t.TempDir()
	cells := func(file string, sources ...string) {
		var list []string
		for i, s := range sources {
			list = append(list, "code", string(rune('a'+i)), s)
		}
		coursetest.WriteNotebook(t, filepath.Join(folder, file), list...)
	}
	cells("ada/"+name, exerciseCell(right))
	cells("bob_"+name, exerciseCell("for {\n}"))
	cells("cid_"+name, exerciseCell(right), "%%\nfor {\n}")
	cells("dan_"+name, exerciseCell(right), "%%\npanic(\"boom\")")
	cells("eve_"+name, exerciseCell("return received / (sent + received + 1)"))
	cells("fay_"+name, exerciseCell("return bytesRatio(sent, received)"))
	cells("gus.ipynb", "%%\nfmt.Println(1)")
	coursetest.Write(t, filepath.Join(folder, "hal_"+name), `{"cells": [`)
	cells(".ipynb_checkpoints/"+name, exerciseCell(right))

	out, table, err := lab("check", "--strict", "--limit=20s", folder)
	if !errors.Is(err, errNotPassed) {
		t.Errorf("error is %v: want that not all is passed", err)
	}
	for _, want := range []string{"✗ bytes-ratio: wrong", "⚠ bytes-ratio: crashed", "it did not end within 20s", "cell 2 failed", "boom", "not JSON"} {
		if !strings.Contains(table, want) {
			t.Errorf("the table lacks %q:\n%s", want, table)
		}
	}
	lines, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]string{}
	for _, line := range lines[1:] {
		file, err := filepath.Rel(folder, line[0])
		if err != nil {
			t.Fatal(err)
		}
		if line[2] == "bytes-ratio" || line[2] == "" {
			states[file] = line[3]
		}
	}
	for file, want := range map[string]string{
		"ada/" + name: "passed", "bob_" + name: "crashed", "cid_" + name: "not executed", "dan_" + name: "passed",
		"eve_" + name: "wrong", "fay_" + name: "crashed", "gus.ipynb": "not executed", "hal_" + name: "not executed",
	} {
		if states[file] != want {
			t.Errorf("%s is %q: want %q", file, states[file], want)
		}
	}
	if len(states) != 8 {
		t.Errorf("%d notebooks in the CSV: want 8, without Jupyter's copies", len(states))
	}
}

func TestIdentify(t *testing.T) {
	c := checker{}
	if got := c.identify("/x/Ada 04_isolation_forest (1).ipynb", &notebook.Notebook{}); got != "04_isolation_forest" {
		t.Errorf("by its name it is %q", got)
	}
	data := `{"cells": [{"cell_type": "code", "id": "02-bytes-ratio", "source": ""}]}`
	n, err := notebook.Parse([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	if got := c.identify("homework.ipynb", n); got != "02_feature_engineering" {
		t.Errorf("by its cells it is %q", got)
	}
}

func TestPassed(t *testing.T) {
	exercises := []check.Exercise{{ID: "a"}, {ID: "b"}}
	for _, test := range []struct {
		name             string
		result           result
		passed, strictly bool
	}{
		{"all", result{exercises: exercises, states: []progress.State{progress.Passed, progress.Passed}}, true, true},
		{"one is not", result{exercises: exercises, states: []progress.State{progress.Passed, progress.Wrong}}, false, false},
		{"one has no check", result{exercises: exercises, states: []progress.State{progress.Passed, ""}}, false, false},
		{"a cell failed", result{exercises: exercises, states: []progress.State{progress.Passed, progress.Passed}, failures: "cell 3"}, true, false},
		{"not executed", result{fault: "not JSON"}, false, false},
	} {
		if got := test.result.passed(false); got != test.passed {
			t.Errorf("%s: passed is %t", test.name, got)
		}
		if got := test.result.passed(true); got != test.strictly {
			t.Errorf("%s: passed strictly is %t", test.name, got)
		}
	}
}

package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"flowlab/labkit/check"
	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/notebook"
	"flowlab/labkit/internal/progress"
	"flowlab/labkit/internal/submission"
	"flowlab/labkit/internal/terminal"
)

// exerciseCell returns a cell in which bytesRatio has this body.
func exerciseCell(body string) string {
	return "import \"flowlab/labkit/check\"\n\nfunc bytesRatio(sent, received float64) float64 {\n" + body + "\n}\n\n%%\ncheck.BytesRatio(bytesRatio)"
}

// forgery returns the body of an answer that is wrong, and behind it what says that
// it is passed and ends the program.
func forgery(t *testing.T) string {
	t.Helper()
	e, err := check.Find("bytes-ratio")
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("return 0\n}\n\nfunc init() {\n\tgonbui.DisplayHTML(%q)\n\tgonbui.Sync()\n\tos.WriteFile(os.Getenv(%q), []byte(%q), 0o644)\n\tos.Exit(0)",
		"<strong>✓ Passed</strong>: "+e.Title+" (bytes-ratio)", progress.Variable,
		`{"version": 1, "exercises": {"bytes-ratio": {"best": "passed", "last": "passed", "attempts": 1}}}`)
}

// A class's folder: each notebook gets its line, whatever is wrong with another.
func TestCheckOfAFolder(t *testing.T) {
	coursetest.NeedKernel(t, coursetest.Repo(t))
	const (
		name  = "02_feature_engineering.ipynb"
		right = "return sent / (sent + received + 1)"
	)
	t.Setenv("SECRET_TOKEN", "teacher's own")
	folder := t.TempDir()
	survivor := filepath.Join(t.TempDir(), "pid")
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
	cells("ida_"+name, `%%
os.WriteFile(os.Getenv("FLOWLAB_PROGRESS"), []byte(`+"`"+`{"version":1,"exercises":{"bytes-ratio":{"best":"passed","last":"passed","attempts":1}}}`+"`"+`), 0o644)`)
	cells("joe_"+name, exerciseCell("return 0"), `%%
fmt.Println("the secret is", os.Getenv("SECRET_TOKEN"))
panic(os.Getenv("SECRET_TOKEN") + "\x1b[2JALL PASSED")`)
	// It ignores what it is told, and leaves its session.
	cells("kim_"+name, `%%
signal.Ignore(os.Interrupt, syscall.SIGTERM)
cmd := exec.Command("setsid", "sh", "-c", "echo $$ > `+survivor+`; trap '' INT TERM; while :; do sleep 1; done")
if err := cmd.Start(); err != nil {
	panic(err)
}
time.Sleep(10*time.Minute)`)
	// It sends the mark of a passed check, records it, and ends before the check.
	cells("lea_"+name, `import "github.com/janpfeifer/gonb/gonbui"`, exerciseCell(forgery(t)))
	coursetest.Write(t, filepath.Join(folder, "hal_"+name), `{"cells": [`)
	cells(".ipynb_checkpoints/"+name, exerciseCell(right))

	out, table, err := lab("check", "--strict", "--limit=20s", "--sandbox=false", folder)
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
		"ida_" + name: "no check", "lea_" + name: "disputed", "joe_" + name: "wrong", "kim_" + name: "not executed",
	} {
		if states[file] != want {
			t.Errorf("%s is %q: want %q", file, states[file], want)
		}
	}
	if len(states) != 12 {
		t.Errorf("%d notebooks in the CSV: want 12, without Jupyter's copies", len(states))
	}
	for _, text := range []string{out, table} {
		if strings.Contains(text, "teacher's own") || strings.Contains(text, "\x1b") {
			t.Errorf("what is printed holds the teacher's environment, or an escape:\n%q", text)
		}
	}
	data, err := os.ReadFile(survivor)
	if err != nil {
		t.Fatalf("the program that will not end has not begun: %v", err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("process %d has outlived the check (%v)", pid, err)
	}
}

// A notebook that says not whose it is goes back to nobody, and that is said. What
// people read has its place below the folder, what programs read its path.
func TestHandBackOfNobody(t *testing.T) {
	class, back := t.TempDir(), filepath.Join(t.TempDir(), "back")
	const name = "02_feature_engineering.ipynb"
	files := []string{filepath.Join(class, "ada", name), filepath.Join(class, name)}
	for _, file := range files {
		coursetest.WriteNotebook(t, file, "code", "02-bytes-ratio", exerciseCell("return 0"))
	}
	c := submission.Checker{Limit: time.Minute, Folders: []string{class}, Execute: func(_ context.Context, n *notebook.Notebook, _ string) (notebook.Execution, error) {
		return notebook.Execution{Notebook: n}, nil
	}}
	var out, said strings.Builder
	err := checkOptions{jobs: 1, handBack: back}.checkAll(t.Context(), terminal.Terminal{Out: &out, Err: &said}, c, files, true)
	if !errors.Is(err, errNotPassed) {
		t.Errorf("error is %v: want that not all is passed", err)
	}
	if want := "lab: " + name + " goes back to nobody"; strings.Count(said.String(), "goes back to nobody") != 1 || !strings.Contains(said.String(), want) {
		t.Errorf("it is said\n%s\nwant once %q", said.String(), want)
	}
	if strings.Contains(said.String(), class) || !strings.Contains(out.String(), files[0]) {
		t.Errorf("the table is\n%s\nthe CSV\n%s\nwant paths in the CSV alone", said.String(), out.String())
	}
	if told, err := os.ReadFile(filepath.Join(back, "feedback", "ada.md")); err != nil || !strings.Contains(string(told), "## ada/"+name) {
		t.Errorf("ada is told\n%s\nerror %v", told, err)
	}
}

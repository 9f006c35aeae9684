package submission

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"flowlab/labkit/check"
	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/notebook"
	"flowlab/labkit/internal/progress"
)

func TestIdentify(t *testing.T) {
	if got := identify("/x/Ada 04_isolation_forest (1).ipynb", &notebook.Notebook{}); got != "04_isolation_forest" {
		t.Errorf("by its name it is %q", got)
	}
	n, err := notebook.Parse([]byte(`{"cells": [{"cell_type": "code", "id": "02-bytes-ratio", "source": ""}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := identify("homework.ipynb", n); got != "02_feature_engineering" {
		t.Errorf("by its cells it is %q", got)
	}
}

// Every exercise of the course has the call of its check where it is looked for.
func TestSolutionsCallTheirChecks(t *testing.T) {
	repo := coursetest.Repo(t)
	for _, e := range check.Exercises() {
		n, err := notebook.Read(repo.Path("solutions", e.Notebook+".ipynb"))
		if err != nil {
			t.Fatal(err)
		}
		cell, ok := findCell(n, e)
		if !ok || cell.ID() != e.Cell() {
			t.Errorf("%s is found in cell %q: want %q", e.ID, cell.ID(), e.Cell())
		}
	}
}

func TestCallsCheck(t *testing.T) {
	for source, want := range map[string]bool{
		"func f() {}\n\n%%\ncheck.BytesRatio(f)":             true,
		"%%\nfmt.Println(1)\ncheck.BytesRatio( myRatio )\n":  true,
		"%%\n// check.BytesRatio(f)":                         false,
		"%%\nx.check.BytesRatio(f)":                          false,
		"%%\ncheck.BytesPerSecond(f)":                        false,
		"check.BytesRatio(f)":                                false,
		"func main() {\ncheck.BytesRatio(f)\n}\n%%\nmain2()": false,
	} {
		if got := callsCheck(source, "bytes-ratio"); got != want {
			t.Errorf("%q: %t: want %t", source, got, want)
		}
	}
}

// A mark is what the cell shows, the record says and the answer returned: none of
// these alone will do.
func TestMarks(t *testing.T) {
	const cell = `{"cell_type": "code", "id": %q, "source": %q, "outputs": [{"output_type": "display_data", "data": {"text/html": %q}}]}`
	e, err := check.Find("bytes-ratio")
	if err != nil {
		t.Fatal(err)
	}
	passed := "<strong>✓ Passed</strong>: " + e.Title + " (bytes-ratio)"
	wrong := "<strong>✗ Wrong</strong>: " + e.Title + " (bytes-ratio)"
	const call = "%%\ncheck.BytesRatio(f)"
	var none progress.Results
	right, half := returned(t, 1), returned(t, 2)
	for _, test := range []struct {
		name, source, html string
		recorded           progress.State
		returned           progress.Results
		want               string
	}{
		{"honest", call, passed, progress.Passed, right, "passed"},
		{"both are forged, and nothing was returned", call, passed, progress.Passed, none, "disputed"},
		{"both are forged, and what was returned is not right", call, passed, progress.Passed, half, "disputed"},
		{"wrong", call, wrong, progress.Wrong, right, "wrong"},
		{"the record is forged", call, wrong, progress.Passed, right, "disputed"},
		{"the record is forged, and the cell shows nothing", call, "", progress.Passed, right, "disputed"},
		{"the display is forged", call, passed, "", right, "disputed"},
		{"both, first", call, passed + wrong, progress.Passed, right, "disputed"},
		{"there is no cell", "%%\nfmt.Println(1)", passed, progress.Passed, right, "no check"},
		{"of another exercise", call, strings.ReplaceAll(passed, "bytes-ratio", "bytes-per-second"), progress.Passed, right, "disputed"},
	} {
		n, err := notebook.Parse(fmt.Appendf(nil, `{"cells": [`+cell+`]}`, e.Cell(), test.source, test.html))
		if err != nil {
			t.Fatal(err)
		}
		m := Mark{Exercise: e}
		m.examine(n, notebook.Execution{Notebook: n, Exercises: map[string]progress.Entry{e.ID: {Last: test.recorded}},
			Results: map[string]progress.Results{e.ID: test.returned}})
		if got := (Result{}).name(m); got != test.want || m.passed() != (test.want == "passed") {
			t.Errorf("%s: %q, passed is %t: want %q", test.name, got, m.passed(), test.want)
		}
	}
}

// A cell that the compiler refuses is told from one whose check is gone, and of
// both the answer is kept.
func TestMarksWithoutAReport(t *testing.T) {
	e, err := check.Find("bytes-ratio")
	if err != nil {
		t.Fatal(err)
	}
	const (
		answer  = "func bytesRatio(sent, received float64) float64 { return bites }"
		call    = answer + "\n\n%%\ncheck.BytesRatio(bytesRatio)"
		refused = `{"output_type": "display_data", "data": {"text/html": "<div>Cell[1]: Line 4 ./main.go:9:24: undefined: bites</div>"}}, {"output_type": "error", "ename": "ERROR", "evalue": "exit status 1"}`
		ended   = `{"output_type": "stream", "name": "stderr", "text": "panic: boom\n\ngoroutine 1\n"}, {"output_type": "error", "ename": "ERROR", "evalue": "exit status 2"}`
	)
	for _, test := range []struct{ what, id, source, outputs, state, fault, answer, told string }{
		{"it does not compile", e.Cell(), call, refused, "does not compile", "line 4: undefined: bites", call, "The compiler says:\n\n    line 4: undefined: bites\n"},
		{"it ended", e.Cell(), call, ended, "no check", "exit status 2: panic: boom", call, "ended before its check.\n\n    exit status 2: panic: boom\n"},
		{"the call is gone", e.Cell(), answer, "", "no check", "", answer, "calls the check, below the %%, is not in"},
		{"the cell is gone", "another", answer, "", "no check", "", "", "cell of this exercise is not in"},
	} {
		n, err := notebook.Parse(fmt.Appendf(nil, `{"cells": [{"cell_type": "code", "id": %q, "source": %q}]}`, test.id, test.source))
		if err != nil {
			t.Fatal(err)
		}
		done, err := notebook.Parse(fmt.Appendf(nil, `{"cells": [{"cell_type": "code", "id": "cell-1", "source": %q, "outputs": [%s]}]}`, test.source, test.outputs))
		if err != nil {
			t.Fatal(err)
		}
		m := Mark{Exercise: e}
		m.examine(n, notebook.Execution{Notebook: done})
		r := Result{Name: "ada/02.ipynb", Student: "ada", Notebook: e.Notebook, Marks: []Mark{m}, Failures: firstFailure(done)}
		if r.name(m) != test.state || r.fault(m) != test.fault || m.Answer != test.answer {
			t.Errorf("%s: %q because of %q, the answer is %q: want %q, %q, %q", test.what, r.name(m), r.fault(m), m.Answer, test.state, test.fault, test.answer)
		}
		if told := feedback("ada", []Result{r}); !strings.Contains(told, test.told) {
			t.Errorf("%s: the feedback lacks %q:\n%s", test.what, test.told, told)
		}
	}
}

// returned returns what a check of bytesRatio hands over, divided by a number.
func returned(t *testing.T, by float64) progress.Results {
	t.Helper()
	path := filepath.Join(t.TempDir(), progress.ResultsName)
	t.Setenv(progress.ResultsVariable, path)
	t.Setenv(progress.Variable, filepath.Join(t.TempDir(), progress.Name))
	coursetest.Shown(t, func() {
		check.BytesRatio(func(sent, received float64) float64 { return sent / (sent + received + 1) / by })
	})
	all, err := progress.LoadResults(path)
	if err != nil {
		t.Fatal(err)
	}
	return all["bytes-ratio"]
}

func TestPassed(t *testing.T) {
	mark := func(s progress.State) Mark { return Mark{State: s} }
	for _, test := range []struct {
		name             string
		result           Result
		passed, strictly bool
	}{
		{"all", Result{Marks: []Mark{mark(progress.Passed), mark(progress.Passed)}}, true, true},
		{"one is not", Result{Marks: []Mark{mark(progress.Passed), mark(progress.Wrong)}}, false, false},
		{"one has no check", Result{Marks: []Mark{mark(progress.Passed), mark("")}}, false, false},
		{"one is disputed", Result{Marks: []Mark{{State: progress.Passed, Dispute: "?"}}}, false, false},
		{"a cell failed", Result{Marks: []Mark{mark(progress.Passed), mark(progress.Passed)}, Failures: "cell 3"}, true, false},
		{"not executed", Result{Fault: "not JSON"}, false, false},
	} {
		if got := test.result.Passed(false); got != test.passed {
			t.Errorf("%s: passed is %t", test.name, got)
		}
		if got := test.result.Passed(true); got != test.strictly {
			t.Errorf("%s: passed strictly is %t", test.name, got)
		}
	}
}

// What is no regular file is said so, and neither waited for nor read.
func TestStrangeFiles(t *testing.T) {
	dir := t.TempDir()
	fifo, zero := filepath.Join(dir, "x_01_generate_flows.ipynb"), filepath.Join(dir, "y_01_generate_flows.ipynb")
	if err := syscall.Mkfifo(fifo, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Symlink("/dev/zero", zero); err != nil {
		t.Fatal(err)
	}
	cut := filepath.Join(dir, "z_01_generate_flows.ipynb")
	coursetest.Write(t, cut, `{"cells": [`)
	c := Checker{Limit: time.Minute, Folders: []string{dir}, Execute: func(context.Context, *notebook.Notebook, string) (notebook.Execution, error) {
		return notebook.Execution{}, errors.New("it was executed")
	}}
	for file, want := range map[string]string{fifo: "is not a regular file", zero: "is not a regular file", cut: "not JSON"} {
		r := c.Check(t.Context(), file)
		if !strings.Contains(r.Fault, want) || strings.Contains(r.Fault, dir) || !strings.Contains(r.Fault, r.Name) {
			t.Errorf("%s: %q: want %q of the file's name below its folder", file, r.Fault, want)
		}
		if r.Notebook != "01_generate_flows" || len(r.Marks) != 3 || r.name(r.Marks[0]) != "not executed" {
			t.Errorf("%s: %+v: want the notebook that its name says, with three marks that are not executed", file, r)
		}
	}
}

func TestName(t *testing.T) {
	t.Chdir(t.TempDir())
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		folders    []string
		file, want string
	}{
		{[]string{"/class"}, "/class/ada/04.ipynb", "ada/04.ipynb"},
		{[]string{"class"}, "class/ada/04.ipynb", "ada/04.ipynb"},
		{[]string{"."}, "ada/04.ipynb", "ada/04.ipynb"},
		{[]string{"/a/monday", "/a/friday"}, "/a/friday/ada/04.ipynb", "friday/ada/04.ipynb"},
		{[]string{"04"}, filepath.Join(dir, "notebooks", "04.ipynb"), "notebooks/04.ipynb"},
		{[]string{"/a/04.ipynb"}, "/a/04.ipynb", "/a/04.ipynb"},
	} {
		if got := Name(test.folders, test.file); got != test.want {
			t.Errorf("%s of %q is called %q: want %q", test.file, test.folders, got, test.want)
		}
	}
}

// What a student's program says reaches a terminal and a spreadsheet as text.
func TestPrintedText(t *testing.T) {
	r := Result{
		File:     "=1+1\x1b[2J.ipynb",
		Name:     "=1+1\x1b[2J.ipynb",
		Notebook: "01_generate_flows",
		Marks:    []Mark{{State: progress.Wrong, Exercise: check.Exercise{ID: "third-run"}}},
		Failures: "cell 2 failed: \x1b]0;owned\x07ALL PASSED\u202e",
	}
	var table, sheet strings.Builder
	NewTable(&table, []string{r.File}).Print(r)
	s, err := NewSheet(&sheet)
	if err == nil {
		err = s.Print(r)
	}
	if err != nil {
		t.Fatal(err)
	}
	want := "Notebook             Passed  Time  Not passed, or failed\n" +
		`=1+1\x1b[2J.ipynb    0 of 1  0 s  ✗ third-run: wrong; cell 2 failed: \x1b]0;owned\aALL PASSED\u202e` + "\n"
	if got := table.String(); strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(want), " ") {
		t.Errorf("the table is\n%q\nwant\n%q", got, want)
	}
	lines, err := csv.NewReader(strings.NewReader(sheet.String())).ReadAll()
	if err != nil || len(lines) != 2 || lines[1][0] != `'=1+1\x1b[2J.ipynb` || strings.ContainsAny(sheet.String(), "\x1b\x07\u202e") {
		t.Errorf("the sheet is %q, error %v", sheet.String(), err)
	}
}

// Side by side or one after the other, results come in the order of the files.
func TestCheckAllKeepsTheOrder(t *testing.T) {
	folder := t.TempDir()
	var files []string
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		path := filepath.Join(folder, name, "01_generate_flows.ipynb")
		coursetest.WriteNotebook(t, path, "code", "x", "%%\nfmt.Println(1)")
		files = append(files, path)
	}
	for _, jobs := range []int{1, 2, 9} {
		var running, most atomic.Int32
		last := make(chan struct{})
		c := Checker{Limit: time.Minute, Folders: []string{folder}, Execute: func(_ context.Context, n *notebook.Notebook, place string) (notebook.Execution, error) {
			most.Store(max(most.Load(), running.Add(1)))
			defer running.Add(-1)
			if jobs > 1 && place == filepath.Dir(files[0]) {
				<-last // the first ends after the second
			}
			if jobs > 1 && place == filepath.Dir(files[1]) {
				close(last)
			}
			return notebook.Execution{Notebook: n}, nil
		}}
		var students, begun []string
		for r := range c.CheckAll(t.Context(), files, jobs, func(i int) { begun = append(begun, files[i]) }) {
			students = append(students, r.Student)
		}
		if got := strings.Join(students, ""); got != "abcde" || !slices.Equal(slices.Sorted(slices.Values(begun)), files) {
			t.Errorf("%d jobs: results of %q, begun in the order %q", jobs, got, begun)
		}
		if int(most.Load()) > jobs {
			t.Errorf("%d notebooks at a time: want %d at most", most.Load(), jobs)
		}
	}
}

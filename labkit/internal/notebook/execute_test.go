package notebook

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/processes"
)

// A kernel that reports no error for a panic would make every test of a
// notebook pass; GoNB 0.11.3 was one.
func TestExecuteSeesFailures(t *testing.T) {
	repo := coursetest.Repo(t)
	coursetest.NeedKernel(t, repo)
	failing, err := Read("testdata/failing.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	n, err := Execute(t.Context(), repo, failing, "testdata", processes.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	err = Failures("n", n.Notebook)
	if err == nil {
		t.Fatal("three failing cells, and no failure")
	}
	for _, want := range []string{"n, cell 1 failed", "panic: boom", "n, cell 2 failed", "undefined: x", "n, cell 3 failed", "got 1, want 2"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("failures lack %q:\n%v", want, err)
		}
	}
	if strings.Contains(err.Error(), "cell 4") {
		t.Errorf("the last cell did not fail:\n%v", err)
	}
	if got := streams(n.Cells()[3].outputs())["stdout"]; got != "still here\n" {
		t.Errorf("the cell after the failures printed %q: want %q", got, "still here\n")
	}
}

// A program that fills the memory fails its cell, and the next ones run; several
// that do so together end the notebook.
func TestExecuteWithinLimits(t *testing.T) {
	repo := coursetest.Repo(t)
	coursetest.NeedKernel(t, repo)
	const fill = "%%\nvar all [][]byte\nfor {\n\tb := make([]byte, 64<<20)\n\tfor i := range b {\n\t\tb[i] = 1\n\t}\n\tall = append(all, b)\n}"
	limits := processes.Limits{Memory: 1500 << 20, Processes: 200}
	n, err := Execute(t.Context(), repo, programOf(t, fill, "%%\nfmt.Println(\"still here\")"), t.TempDir(), limits)
	if err != nil {
		t.Fatal(err)
	}
	if failures := fmt.Sprint(Failures("n", n.Notebook)); !strings.Contains(failures, "cell 1 failed") || !strings.Contains(failures, "memory") {
		t.Errorf("failures are %s: want that cell 1 had no memory", failures)
	}
	if got := streams(n.Cells()[1].outputs())["stdout"]; got != "still here\n" {
		t.Errorf("the cell after it printed %q: want %q", got, "still here\n")
	}
	_, err = Execute(t.Context(), repo, programOf(t, "!for i in $(seq 400); do sleep 60 & done"), t.TempDir(), limits)
	if _, passed := errors.AsType[processes.LimitError](err); !passed || !strings.Contains(err.Error(), "200 processes") {
		t.Errorf("error is %v: want that there were too many processes", err)
	}
}

// programOf returns a notebook of these code cells.
func programOf(t *testing.T, sources ...string) *Notebook {
	t.Helper()
	path := filepath.Join(t.TempDir(), "n.ipynb")
	var cells []string
	for i, s := range sources {
		cells = append(cells, "code", fmt.Sprint("c", i), s)
	}
	coursetest.WriteNotebook(t, path, cells...)
	n, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestReasonIn(t *testing.T) {
	for said, want := range map[string]string{
		"": "",
		"Traceback (most recent call last):\n  File \"x\"\nValueError: first\nnbclient.exceptions.DeadKernelError: Kernel died\nbye": "nbclient.exceptions.DeadKernelError: Kernel died",
		"fatal error: runtime: cannot allocate memory\n\ngoroutine 1:\n\tasm_amd64.s:1771 +0x1 fp=0x1d6c9a3":                         "fatal error: runtime: cannot allocate memory",
		"one\ntwo": "two",
	} {
		if got := reasonIn(said); got != want {
			t.Errorf("of %q the reason is %q: want %q", said, got, want)
		}
	}
}

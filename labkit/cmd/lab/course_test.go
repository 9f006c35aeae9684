package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"flowlab/labkit/check"
	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/notebook"
	"flowlab/labkit/internal/progress"
)

// lab runs the command and returns what it printed on standard output and on
// standard error.
func lab(args ...string) (stdout, stderr string, err error) { return labReading("", args...) }

// labReading runs the command with this standard input.
func labReading(stdin string, args ...string) (stdout, stderr string, err error) {
	var out, errOut strings.Builder
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(strings.NewReader(stdin))
	root.SetOut(&out)
	root.SetErr(&errOut)
	err = root.Execute()
	return out.String(), errOut.String(), err
}

func TestHintsAndSolutionsResolve(t *testing.T) {
	for _, e := range check.Exercises() {
		for i := range e.Hints {
			out, _, err := lab("hint", e.ID, strconv.Itoa(i+1))
			if err != nil || !strings.Contains(out, "“"+e.Section+"”") || !strings.Contains(out, e.Hints[i]) {
				t.Errorf("hint %s %d: %q, error %v", e.ID, i+1, out, err)
			}
		}
		out, _, err := lab("solution", e.ID)
		for _, want := range []string{"check.", "**Why.**", "**Another way"} {
			if err != nil || !strings.Contains(out, want) || strings.Contains(out, "SOLUTION") {
				t.Errorf("solution %s lacks %q, error %v:\n%s", e.ID, want, err, out)
			}
		}
	}
}

func TestWrongIDsSuggestTheNearest(t *testing.T) {
	t.Setenv(progress.Variable, filepath.Join(t.TempDir(), progress.Name))
	for _, command := range []string{"hint", "solution", "reset"} {
		if command != "reset" { // without an id it forgets all
			if _, _, err := lab(command); err == nil || !strings.Contains(err.Error(), "which exercise?") {
				t.Errorf("%s without an id: error is %v: want one that asks for it", command, err)
			}
		}
		if _, _, err := lab(command, "byte-ratios"); err == nil || !strings.Contains(err.Error(), `did you mean "bytes-ratio"`) {
			t.Errorf("%s: error is %v: want one that names bytes-ratio", command, err)
		}
	}
	if _, _, err := lab("hint", "unheard-of"); err == nil || !strings.Contains(err.Error(), "lab status") {
		t.Errorf("error is %v: want one that says where the ids are", err)
	}
	if _, _, err := lab("hint", "bytes-ratio", "two"); err == nil || !strings.Contains(err.Error(), "want 1 to 3") {
		t.Errorf("error is %v: want one that says which hints there are", err)
	}
	if _, _, err := lab("check", "99"); err == nil || !strings.Contains(err.Error(), "04_isolation_forest") {
		t.Errorf("error is %v: want one that names the notebooks", err)
	}
}

func TestStatusAndReset(t *testing.T) {
	path := filepath.Join(t.TempDir(), progress.Name)
	t.Setenv(progress.Variable, path)
	if _, _, err := lab("status"); !errors.Is(err, errNotPassed) {
		t.Errorf("with nothing passed the error is %v", err)
	}
	for _, e := range check.Exercises() {
		if _, _, err := progress.Record(path, e.ID, progress.Passed); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := lab("status"); err != nil {
		t.Errorf("with all passed the error is %v", err)
	}
	if out, _, err := lab("reset", "bytes-ratio"); err != nil || !strings.Contains(out, "Reset: bytes-ratio.") {
		t.Errorf("reset printed %q, error %v", out, err)
	}
	if _, _, err := lab("status"); !errors.Is(err, errNotPassed) {
		t.Errorf("with one reset the error is %v", err)
	}
	if out, _, err := lab("reset"); err != nil || !strings.Contains(out, progress.Name+".kept-1") {
		t.Errorf("reset of all printed %q, error %v: want the name of the file kept", out, err)
	}
}

// newCourse makes a checkout with one solved notebook and goes there.
func newCourse(t *testing.T) checkout.Repo {
	t.Helper()
	repo := checkout.Repo(t.TempDir())
	t.Chdir(repo.Path())
	coursetest.Write(t, "go.mod", "module flowlab\n")
	setSolution(t, "The first edition.")
	return repo
}

const (
	solved   = "func f() int {\n\t// BEGIN SOLUTION\n\treturn 42\n\t// END SOLUTION\n}"
	answered = "func f() int {\n\treturn 41 + 1\n}"
)

func setSolution(t *testing.T, prose string) {
	t.Helper()
	coursetest.WriteNotebook(t, "solutions/01_test.ipynb", "markdown", "01-prose", prose, "code", "01-f", solved)
}

// source returns the text of a cell.
func source(t *testing.T, path, id string) string {
	t.Helper()
	n, err := notebook.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	c, err := n.Cell(id)
	if err != nil {
		t.Fatal(err)
	}
	return c.Source()
}

// answer puts a learner's answer into the released notebook.
func answer(t *testing.T) {
	t.Helper()
	n, err := notebook.Read(mine)
	if err != nil {
		t.Fatal(err)
	}
	c, err := n.Cell("01-f")
	if err != nil {
		t.Fatal(err)
	}
	c.SetSource(answered)
	if _, err := n.Write(mine); err != nil {
		t.Fatal(err)
	}
}

const (
	mine  = "notebooks/01_test.ipynb"
	aside = "notebooks/01_test.mine-1.ipynb"
)

// succeed runs the command, which is to print this.
func succeed(t *testing.T, want string, args ...string) {
	t.Helper()
	out, _, err := lab(args...)
	if err != nil || !strings.Contains(out, want) {
		t.Errorf("lab %s printed %q, error %v: want %q", strings.Join(args, " "), out, err, want)
	}
}

func TestReleaseKeepsWork(t *testing.T) {
	newCourse(t)
	succeed(t, "written", "release")
	if got := source(t, mine, "01-f"); strings.Contains(got, "42") || !strings.Contains(got, "panic(check.NotAttempted)") {
		t.Errorf("released the cell\n%s", got)
	}
	setSolution(t, "The second edition.")
	succeed(t, "written", "release")
	if got := source(t, mine, "01-prose"); got != "The second edition." {
		t.Errorf("a notebook that nobody worked in says %q", got)
	}
	answer(t)
	setSolution(t, "The third edition.")
	succeed(t, "kept", "release")
	if got := source(t, mine, "01-f"); got != answered {
		t.Errorf("the learner's answer is now\n%s", got)
	}
}

func TestUpdateTakesAnswersAlong(t *testing.T) {
	newCourse(t)
	succeed(t, "written", "release")
	answer(t)
	succeed(t, "", "update")
	if _, err := os.Stat(aside); err == nil {
		t.Error("without a new edition a copy was kept")
	}
	setSolution(t, "The second edition.")
	succeed(t, "with 1 of your answers", "update")
	if got := source(t, mine, "01-prose"); got != "The second edition." {
		t.Errorf("after the update the notebook says %q", got)
	}
	if got := source(t, mine, "01-f"); got != answered {
		t.Errorf("after the update the learner's answer is\n%s", got)
	}
	if got := source(t, aside, "01-prose"); got != "The first edition." {
		t.Errorf("the copy says %q: want the learner's notebook", got)
	}
	succeed(t, "with 0 of your answers", "update", "--fresh")
	if got := source(t, mine, "01-f"); !strings.Contains(got, "NotAttempted") {
		t.Errorf("a fresh notebook has the cell\n%s", got)
	}
	if got := source(t, "notebooks/01_test.mine-2.ipynb", "01-f"); got != answered {
		t.Errorf("the second copy has the cell\n%s", got)
	}
}

func TestUpdateOfABrokenNotebook(t *testing.T) {
	newCourse(t)
	coursetest.Write(t, mine, "{")
	if _, _, err := lab("update"); err == nil || !strings.Contains(err.Error(), "01_test.ipynb") {
		t.Errorf("error is %v: want one that names the file", err)
	}
	if got, err := os.ReadFile(mine); err != nil || string(got) != "{" {
		t.Errorf("the file is %q, error %v: want it untouched", got, err)
	}
}

func TestUpdatePulls(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git here")
	}
	upstream := newCourse(t)
	succeed(t, "written", "release")
	coursetest.Git(t, ".", "init", "--quiet")
	coursetest.Git(t, ".", "add", "--all")
	coursetest.Git(t, ".", "commit", "--quiet", "--message=first")

	learners := t.TempDir()
	coursetest.Git(t, learners, "clone", "--quiet", upstream.Path(), ".")
	setSolution(t, "The second edition.")
	succeed(t, "written", "release")
	coursetest.Git(t, ".", "commit", "--quiet", "--all", "--message=second")

	t.Chdir(learners)
	answer(t)
	succeed(t, "with 1 of your answers", "update")
	if got := source(t, mine, "01-prose") + source(t, mine, "01-f"); got != "The second edition."+answered {
		t.Errorf("after the update the notebook has\n%s", got)
	}

	// A commit of the learner's own keeps git from going forward.
	coursetest.Git(t, learners, "commit", "--quiet", "--all", "--message=mine")
	t.Chdir(upstream.Path())
	setSolution(t, "The third edition.")
	coursetest.Git(t, ".", "commit", "--quiet", "--all", "--message=third")
	t.Chdir(learners)
	before, err := os.ReadFile(mine)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := lab("update"); err == nil || !strings.Contains(err.Error(), "git merge") {
		t.Errorf("error is %v: want git's", err)
	}
	if after, err := os.ReadFile(mine); err != nil || string(after) != string(before) {
		t.Errorf("a failed update changed the notebook, error %v", err)
	}
	if _, err := os.Stat("notebooks/01_test.mine-2.ipynb"); err == nil {
		t.Error("a failed update left a copy")
	}
}

func TestDoctorOfAnEmptyCheckout(t *testing.T) {
	newCourse(t)
	out, _, err := lab("doctor")
	if err == nil {
		t.Error("nothing is set up, and all is well")
	}
	for _, want := range []string{"✓ Go", "✗ JupyterLab", "✗ kernel", "type make lab", "✗ notebooks: 01_test not there: type go tool lab release"} {
		if !strings.Contains(out, want) {
			t.Errorf("want %q in\n%s", want, out)
		}
	}
}

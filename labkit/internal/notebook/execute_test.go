package notebook

import (
	"strings"
	"testing"

	"flowlab/labkit/internal/coursetest"
)

// A kernel that reports no error for a panic would make every test of a
// notebook pass; GoNB 0.11.3 was one.
func TestExecuteSeesFailures(t *testing.T) {
	repo := coursetest.Repo(t)
	coursetest.NeedKernel(t, repo)
	n, err := Execute(t.Context(), repo, "testdata/failing.ipynb")
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

func TestExecuteOfNothing(t *testing.T) {
	repo := coursetest.Repo(t)
	coursetest.NeedKernel(t, repo)
	if _, err := Execute(t.Context(), repo, "testdata/gone.ipynb"); err == nil || !strings.Contains(err.Error(), "gone.ipynb") {
		t.Errorf("error is %v: want one that names the file", err)
	}
}

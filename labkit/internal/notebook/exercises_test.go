package notebook

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"flowlab/labkit/check"
	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/processes"
	"flowlab/labkit/internal/progress"
)

// exercisesOf returns the exercises that a notebook sets.
func exercisesOf(name string) []check.Exercise {
	return slices.DeleteFunc(check.Exercises(), func(e check.Exercise) bool {
		return e.Notebook != strings.TrimSuffix(name, ".ipynb")
	})
}

// isLesson tells lessons, whose names begin with a number, from the gallery,
// which sets no exercises.
func isLesson(name string) bool { return name[0] >= '0' && name[0] <= '9' }

// testStates compares what the exercises of a notebook reached.
func testStates(t *testing.T, name string, done Execution, want progress.Entry) {
	t.Helper()
	exercises := exercisesOf(name)
	least := 2
	if strings.HasPrefix(name, "00") || strings.HasPrefix(name, "14") { // the quickstart and the capstone
		least = 1
	}
	most := 4
	if strings.HasPrefix(name, "08") { // thresholds by rank, by cost and by rate, and what scores are worth
		most = 5
	}
	if n := len(exercises); isLesson(name) && (n < least || n > most) {
		t.Errorf("%s sets %d exercises: want %d to %d", name, n, least, most)
	}
	for _, e := range exercises {
		if got := done.Exercises[e.ID]; got != want {
			t.Errorf("%s, %s: %+v: want %+v", name, e.ID, got, want)
		}
	}
	if len(done.Exercises) != len(exercises) {
		t.Errorf("%s checks %d exercises: want its own %d", name, len(done.Exercises), len(exercises))
	}
}

// TestStubs executes every notebook as a learner gets it: each stub compiles
// and is not attempted, and none stops Run All.
func TestStubs(t *testing.T) {
	repo, solutions := coursetest.Solutions(t)
	coursetest.NeedKernel(t, repo)
	for _, path := range solutions {
		name := filepath.Base(path)
		if !isLesson(name) { // released, it is its own solution
			continue
		}
		t.Run(name, func(t *testing.T) {
			n, err := Read(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := n.Release(); err != nil {
				t.Fatal(err)
			}
			done, err := Execute(t.Context(), repo, n, t.TempDir(), processes.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if err := Failures(name, done.Notebook); err != nil {
				t.Error(err)
			}
			testStates(t, name, done, progress.Entry{Best: progress.NotAttempted, Last: progress.NotAttempted})
		})
	}
}

// A check is told of the cell that runs: whether the function that it was handed
// stands in it, or is one that the kernel has kept.
func TestChecksKnowTheirCell(t *testing.T) {
	repo := coursetest.Repo(t)
	coursetest.NeedKernel(t, repo)
	const (
		function = "func bytesRatio(sent, received float64) float64 { return sent / (sent + received + 1) }\n"
		call     = "%%\ncheck.BytesRatio(bytesRatio)"
		gone     = "bytesRatio is not in this cell"
		meant    = "If ratio is your answer"
	)
	done, err := Execute(t.Context(), repo, programOf(t,
		"import \"flowlab/labkit/check\"\n\n"+function+call,
		call, // deleted
		"func ratio(sent, received float64) float64 { return 999 }\n"+call,
		"%rm ratio\nvar ratio = func(sent, received float64) float64 { return 999 }\n"+call,
		"%rm ratio\n"+function+call,
	), t.TempDir(), processes.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range [][2]bool{{false, false}, {true, false}, {true, true}, {true, true}, {false, false}} {
		says := done.Cells()[i].Text()
		if !strings.Contains(says, "Passed") || [2]bool{strings.Contains(says, gone), strings.Contains(says, meant)} != want {
			t.Errorf("cell %d says\n%s\nwant that the function is gone, and another may be meant: %t", i+1, says, want)
		}
	}
}

// headings returns the text of the headings of a notebook.
func headings(n *Notebook) []string {
	var all []string
	for _, c := range n.Cells() {
		for line := range strings.Lines(c.Source()) {
			if c.IsMarkdown() && strings.HasPrefix(line, "#") {
				all = append(all, strings.TrimSpace(strings.TrimLeft(line, "#")))
			}
		}
	}
	return all
}

// TestExercisesStandInTheirNotebooks proves that the catalogue and the
// notebooks speak of the same exercises.
func TestExercisesStandInTheirNotebooks(t *testing.T) {
	_, solutions := coursetest.Solutions(t)
	for _, path := range solutions {
		name := filepath.Base(path)
		n, err := Read(path)
		if err != nil {
			t.Fatal(err)
		}
		var order []string
		for _, c := range n.Cells() {
			if strings.Contains(c.Source(), beginSolution) {
				order = append(order, c.ID())
			}
		}
		var want []string
		for _, e := range exercisesOf(name) {
			want = append(want, e.Cell())
			testExercise(t, n, e)
		}
		if !slices.Equal(order, want) {
			t.Errorf("%s has its exercises in the cells %q: want %q", name, order, want)
		}
	}
}

// testExercise looks at the three cells of an exercise, and at its section.
func testExercise(t *testing.T, solved *Notebook, e check.Exercise) {
	t.Helper()
	if !slices.Contains(headings(solved), e.Section) {
		t.Errorf("%s: %s has no heading %q", e.ID, e.Notebook, e.Section)
	}
	if strings.ContainsAny(e.Section, "`*_[<&\\") { // JupyterLab makes an anchor of what is drawn
		t.Errorf("%s: a link would not find the heading %q: want plain text", e.ID, e.Section)
	}
	for suffix, want := range map[string]string{
		"":      "%%\ncheck.",
		"-task": "### Exercise: ",
		"-why":  "**Another way",
	} {
		c, err := solved.Cell(e.Cell() + suffix)
		if err != nil || !strings.Contains(c.Source(), want) {
			t.Errorf("%s: cell %s%s lacks %q, error %v", e.ID, e.Cell(), suffix, want, err)
		}
		if err == nil && c.isSolution() != (suffix == "-why") {
			t.Errorf("%s: cell %s%s: want the tag %q on the reason alone", e.ID, e.Cell(), suffix, solutionTag)
		}
	}
}

// TestNotebooksLinkToTheirSolutions and back: both have the same first cell.
func TestNotebooksLinkToTheirSolutions(t *testing.T) {
	_, solutions := coursetest.Solutions(t)
	for _, path := range solutions {
		n, err := Read(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, folder := range []string{"notebooks", "solutions"} {
			if want := "(../" + folder + "/" + filepath.Base(path) + ")"; !strings.Contains(n.Cells()[0].Source(), want) {
				t.Errorf("the first cell of %s has no link %s", filepath.Base(path), want)
			}
		}
	}
}

// storyline is the table of the course: which cell shows which F1 and which
// area under the ROC curve. Provenance: scikit-learn 1.9 on the same data.
var storyline = []struct {
	notebook, cell, row string // row is how the line begins, "" for any
	f1, auc             string
}{
	{"04_isolation_forest", "04-metrics-show", "F1 Score", "0.600", ""},
	{"04_isolation_forest", "04-auc", "ROC AUC", "", "0.961"},
	{"05_one_class_svm", "05-lab-metrics", "as in the lab", "0.151", "0.299"},
	{"05_one_class_svm", "05-logs-show", "normal traffic only", "0.690", "0.993"},
	{"05_one_class_svm", "05-logs-show", "… with logarithms", "0.680", "1.000"},
	{"06_local_outlier_factor", "06-neighbors", "20 neighbours", "0.410", "0.673"},
	{"06_local_outlier_factor", "06-neighbors", "200 neighbours", "0.870", "0.993"},
	{"06_local_outlier_factor", "06-logs-show", "200 neighbours, logs", "0.990", "1.000"},
	{"06_local_outlier_factor", "06-novelty-show", "novelty  ", "0.741", "0.994"},
	{"06_local_outlier_factor", "06-novelty-show", "novelty, logarithms", "0.733", "1.000"},
}

var (
	f1Shown  = regexp.MustCompile(`F1(?: Score:)? +([0-9.]+)`)
	aucShown = regexp.MustCompile(`ROC AUC:? +([0-9.]+)`)
)

// TestStoryline looks at the committed outputs; TestSolutions proves that they
// are what the cells print.
func TestStoryline(t *testing.T) {
	repo, _ := coursetest.Solutions(t)
	for _, row := range storyline {
		n, err := Read(repo.Path("solutions", row.notebook+".ipynb"))
		if err != nil {
			t.Fatal(err)
		}
		c, err := n.Cell(row.cell)
		if err != nil {
			t.Fatal(err)
		}
		var line string
		for l := range strings.Lines(streams(c.outputs())["stdout"]) {
			if line == "" && strings.HasPrefix(l, row.row) {
				line = l
			}
		}
		for want, shown := range map[string]*regexp.Regexp{row.f1: f1Shown, row.auc: aucShown} {
			if want == "" {
				continue
			}
			if match := shown.FindStringSubmatch(line); match == nil || match[1] != want {
				t.Errorf("%s, row %q: %q: want %s as %s", row.cell, row.row, line, want, shown)
			}
		}
	}
}

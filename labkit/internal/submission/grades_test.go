package submission

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"flowlab/labkit/check"
	"flowlab/labkit/internal/progress"
)

func TestStudent(t *testing.T) {
	folders := []string{"/class"}
	for file, want := range map[string]string{
		"/class/ada/04_isolation_forest.ipynb":      "ada",
		"/class/ada/week 3/homework.ipynb":          "ada",
		"/class/bob_04_isolation_forest.ipynb":      "bob",
		"/class/Ada L. - 04_isolation_forest.ipynb": "Ada L",
		"/class/04_isolation_forest.ipynb":          "",
		"/class/homework.ipynb":                     "",
		"/elsewhere/eve_01_generate_flows.ipynb":    "eve",
	} {
		if got := Student(folders, file); got != want {
			t.Errorf("%s is of %q: want %q", file, got, want)
		}
	}
}

const (
	loop = `// share of the labels that are 1
func anomalyShare(labels []int) float64 {
	n := 0
	for _, label := range labels {
		if label == 1 {
			n++
		}
	}
	return float64(n) / float64(len(labels))
}

%%
check.AnomalyShare(anomalyShare)`
	otherLoop = `func anomalyShare(labels []int) float64 {
	sum := 0.0
	for _, l := range labels { sum += float64(l) }
	if len(labels) == 0 { return 0 }
	return sum / float64(len(labels))
}

%%
check.AnomalyShare(anomalyShare)`
)

// renamed is loop with other names, comments and layout.
var renamed = strings.NewReplacer("label", "x", "n := 0", "count := 0 // begin", "n++", "count++", "float64(n)", "float64(count)", "\t", "  ").Replace(loop)

func result(t *testing.T, student, answer string, state progress.State) Result {
	t.Helper()
	e, err := check.Find("anomaly-share")
	if err != nil {
		t.Fatal(err)
	}
	return Result{Name: student + ".ipynb", Student: student, Notebook: e.Notebook,
		Marks: []Mark{{Exercise: e, State: state, Answer: answer, Called: true, Said: "what the check says\n  twice"}}}
}

func TestFindAlike(t *testing.T) {
	got := FindAlike([]Result{
		result(t, "ada", loop, progress.Passed), result(t, "bob", renamed, progress.Passed),
		result(t, "cid", otherLoop, progress.Passed),
		result(t, "dan", "%%\ncheck.AnomalyShare(f)", progress.Wrong), result(t, "eve", "%%\ncheck.AnomalyShare(f)", progress.Wrong), // too short to tell
	})
	if len(got) != 1 || got[0].Exercise != "anomaly-share" || !slices.Equal(got[0].Students, []string{"ada", "bob"}) {
		t.Errorf("alike are %v: want ada's and bob's answer", got)
	}
}

func TestHandBack(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "back")
	results := []Result{
		result(t, "ada", loop, progress.Passed), result(t, "bob", renamed, progress.Wrong),
		result(t, "bob", loop, progress.Passed), // handed in twice: the better counts
		result(t, "../=eve", "# not a heading", progress.Wrong),
		result(t, "fay", otherLoop, progress.Wrong),
	}
	results[len(results)-1].Marks[0].Share = 0.75 // right in part
	unreadable := Result{Name: "ada/02.ipynb", Student: "ada", Notebook: "02_feature_engineering", Fault: "notebook is not JSON"}
	results = append(results, unreadable)
	if err := HandBack(folder, results); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string][]string{
		// Handed in and not readable is 0, not handed in is no grade.
		"grades-moodle.csv": {"username,01_generate_flows,02_feature_engineering\n", "ada,1,0\n", "bob,1,-\n", "fay,0.75,-\n"},
		"grades-canvas.csv": {"Student,ID,SIS User ID,SIS Login ID,Section,01_generate_flows,02_feature_engineering\nPoints Possible,,,,,3,4\n", "ada,,,ada,,1,0\n", "bob,,,bob,,1,\n"},
		"alike.csv":         {"anomaly-share,ada bob\n"},
		"feedback/ada.md":   {"# ada\n", "anomaly-share): passed", "    func anomalyShare(labels []int) float64 {\n    \tn := 0\n", "    what the check says\n", "## ada/02.ipynb\n\n    notebook is not JSON\n"},
		"feedback/_=eve.md": {"    # not a heading\n"},
		"feedback/bob.md":   {"): wrong", "): passed"},
	} {
		data, err := os.ReadFile(filepath.Join(folder, path))
		if err != nil {
			t.Error(err)
			continue
		}
		for _, part := range want {
			if !strings.Contains(string(data), part) {
				t.Errorf("%s lacks %q:\n%s", path, part, data)
			}
		}
	}
}

// Names of students, whatever is in them, are names of files that differ, and text
// where they are shown.
func TestNamesOfStudents(t *testing.T) {
	long := strings.Repeat("ü", 200)
	got := fileNames([]string{"ada", "ADA", "a:b", "a?b", "..", "x\x1b[2Jy", "x\u202egnp.md", "c\u009b1", "\xff", long})
	want := []string{"ada", "ADA-2", "a_b", "a_b-2", "_", "x_[2Jy", "x_gnp.md", "c_1", "\ufffd", strings.Repeat("ü", 100)}
	if !slices.Equal(got, want) {
		t.Errorf("the files are named %q: want %q", got, want)
	}
	text := feedback("<b>\u202e", []Result{{Name: "![x](http://y)\x1b.ipynb", Student: "<b>\u202e", Fault: "<script>"}})
	for _, part := range []string{"# \\<b\\>\\\\u202e\n", `## \!\[x\](http://y)\\x1b.ipynb`, "    <script>\n"} {
		if !strings.Contains(text, part) {
			t.Errorf("the feedback lacks %q:\n%s", part, text)
		}
	}
}

// Tabs are code, and what a terminal or a page would act on is written out.
func TestCode(t *testing.T) {
	const text, want = "f() {\r\n\tx\ty\x1b[2J\r\n\n<b>\u202e}\n\n", "\n    f() {\n    \tx\ty\\x1b[2J\n    \n    <b>\\u202e}\n"
	if got := code(text); got != want {
		t.Errorf("%q is shown as %q: want %q", text, got, want)
	}
	if got := code(""); got != "" {
		t.Errorf("nothing is shown as %q", got)
	}
}

func TestCounted(t *testing.T) {
	passed, wrong := Mark{State: progress.Passed}, Mark{State: progress.Wrong}
	for want, marks := range map[string][]Mark{
		"0 of 1 exercise is passed.":   {wrong},
		"1 of 3 exercises is passed.":  {passed, wrong, wrong},
		"2 of 3 exercises are passed.": {passed, wrong, passed},
		"0 of 2 exercises are passed.": {wrong, wrong},
	} {
		if got := (Result{Marks: marks}).counted(); got != want {
			t.Errorf("it says %q: want %q", got, want)
		}
	}
	r := Result{Name: "/srv/class/ada.ipynb", Student: "ada", Marks: []Mark{wrong}}
	if told := feedback("ada", []Result{r}); !strings.Contains(told, "## ada.ipynb\n") {
		t.Errorf("the feedback names the file otherwise than ada.ipynb:\n%s", told)
	}
}

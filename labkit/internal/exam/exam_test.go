package exam

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/progress"
)

// total is an exercise for tests: the sum of some numbers.
var total = &Exercise{
	ID: "total", Notebook: "00_test", Section: "Sums", Title: "Total",
	Hints:  []string{"first", "second"},
	Answer: func(values []float64, times int) float64 { return sum(values) * float64(times) },
	Params: []string{"values", "times"},
	Cases: func() []Input {
		return []Input{{[]float64{1, 2.5}, 2}, {[]float64{3, 0.2, 0.1}, 1}, {[]float64{}, 3}}
	},
}

func sum(values []float64) float64 {
	s := 0.0
	for _, v := range values {
		s += v
	}
	return s
}

func totalPanics(values []float64, times int) float64 { return values[times] + 10 }

func TestVerdicts(t *testing.T) {
	for _, test := range []struct {
		name   string
		answer any
		state  progress.State
		wants  []string
	}{
		{"right", func(v []float64, n int) float64 { return float64(n) * sum(v) }, progress.Passed, []string{"All 3 cases are right"}},
		{"within tolerance", func(v []float64, n int) float64 { return float64(n)*sum(v) + 1e-10 }, progress.Passed, nil},
		{"stub", func([]float64, int) float64 { panic(NotAttempted) }, progress.NotAttempted, []string{"Replace the line with the panic"}},
		{"nothing", nil, progress.WrongSignature, []string{"nothing to check", "func(values []float64, times int) float64"}},
		{"nil function", (func([]float64, int) float64)(nil), progress.WrongSignature, []string{"is nil"}},
		{"result of a call", 3.5, progress.WrongSignature, []string{"float64", "without parentheses"}},
		{"parameter of another type", func([]float64, float64) float64 { return 0 }, progress.WrongSignature, []string{"Parameter 2 is of type float64: want int"}},
		{"parameter too few", func([]float64) float64 { return 0 }, progress.WrongSignature, []string{"It has 1 parameter: want 2"}},
		{"result of another type", func([]float64, int) int { return 0 }, progress.WrongSignature, []string{"Result 1 is of type int: want float64"}},
		{"result too many", func([]float64, int) (float64, error) { return 0, nil }, progress.WrongSignature, []string{"It has 2 results: want 1"}},
		{"panic", totalPanics, progress.Crashed, []string{"totalPanics(values = [1 2.5], times = 2) panicked: index out of range [2] with length 2", "numbered from 0 to n-1"}},
		{"panic with an error", func([]float64, int) float64 { panic(fmt.Errorf("labkit: no rows")) }, progress.Crashed, []string{"panicked: labkit: no rows"}},
		{"stub in one branch", func(v []float64, n int) float64 {
			if n == 1 {
				panic(NotAttempted)
			}
			return float64(n) * sum(v)
		}, progress.Crashed, []string{"2 of 3 cases", "still ends in the stub's panic"}},
		{"endless", func([]float64, int) float64 { select {} }, progress.Crashed, []string{"did not end in time"}},
		{"changes its input", func(v []float64, n int) float64 {
			s := float64(n) * sum(v)
			slices.Sort(v)
			return s
		}, progress.Wrong, []string{"2 of 3 cases", "changed its argument values", "slices.Clone"}},
		{"NaN", func(v []float64, n int) float64 { return float64(n) * sum(v) / float64(len(v)) * float64(len(v)) }, progress.Wrong, []string{"returned NaN: want 0", "NaN is not a number"}},
		{"infinity", func([]float64, int) float64 { return math.Inf(1) }, progress.Wrong, []string{"+Inf"}},
		{"wrong sign", func(v []float64, n int) float64 { return -float64(n) * sum(v) }, progress.Wrong, []string{"sign is wrong", "returned -7: want 7"}},
		{"too large by one", func(v []float64, n int) float64 { return float64(n)*sum(v) + 1 }, progress.Wrong, []string{"too large by one"}},
		{"integers", func(v []float64, n int) float64 { return float64(int(float64(n) * sum(v))) }, progress.Wrong, []string{"Dividing two ints"}},
		{"rounded", func(v []float64, n int) float64 { return math.Round(float64(n) * sum(v)) }, progress.Wrong, nil},
		{"doubled", func(v []float64, n int) float64 { return 2 * float64(n) * sum(v) }, progress.Wrong, []string{"2 times the one wanted"}},
		{"constant", func([]float64, int) float64 { return 4 }, progress.Wrong, []string{"returns 4 whatever the input is"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			v := total.examine(test.answer, 50*time.Millisecond)
			text := newReport(total, v, 0).bundle().Text
			if v.state != test.state {
				t.Errorf("state is %s: want %s\n%s", v.state, test.state, text)
			}
			for _, want := range test.wants {
				if !strings.Contains(text, want) {
					t.Errorf("want %q in\n%s", want, text)
				}
			}
		})
	}
}

func TestDiagnosis(t *testing.T) {
	share := &Exercise{
		Answer: func(a, b float64) float64 { return a / (a + b) }, Params: []string{"a", "b"},
		Cases: func() []Input { return []Input{{1.0, 3.0}, {2.0, 5.0}, {9.0, 1.0}} },
	}
	pair := &Exercise{
		Answer: func(n int) (float64, float64) { return float64(n), 1 / float64(n) }, Params: []string{"n"},
		Cases: func() []Input { return []Input{{2}, {7}} },
	}
	even := &Exercise{
		Answer: func(n int) bool { return n%2 == 0 }, Params: []string{"n"},
		Cases: func() []Input { return []Input{{2}, {7}} },
	}
	list := &Exercise{
		Answer: func(n int) []int { return make([]int, n) }, Params: []string{"n"},
		Cases: func() []Input { return []Input{{2}, {7}} },
	}
	halves := &Exercise{
		Answer: func(a, b float64) float64 { return a / max(b, 1) }, Params: []string{"a", "b"},
		Cases: func() []Input { return []Input{{1.0, 3.0}, {2.0, 5.0}, {0.0, 0.0}} },
		Mistakes: []Mistake{
			{Answer: func(a, b float64) float64 { return a / 2 / max(b, 1) }, Says: "Halved."},
		},
	}
	for _, test := range []struct {
		exercise *Exercise
		answer   any
		want     string
	}{
		{share, func(a, b float64) float64 { return b / (a + b) }, "a and b were swapped"},
		{share, func(a, b float64) float64 { return (a + b) / a }, "upside down"},
		{share, func(a, b float64) float64 { return 100 * a / (a + b) }, "percentages"},
		{share, func(a, b float64) float64 { return a/(a+b) - 1 }, "too small by one"},
		{share, func(a, b float64) float64 { return a/(a+b) + 0.5 }, "differs from the one wanted by +0.5"},
		{share, func(a, b float64) float64 { return math.Pow(a/(a+b), 2) }, "the square"},
		{share, func(a, b float64) float64 { return math.Sqrt(a / (a + b)) }, "square root"},
		{share, func(a, b float64) float64 { return math.Log(a / (a + b)) }, "the logarithm of"},
		{share, func(a, b float64) float64 { return math.Exp(a / (a + b)) }, "e to the power"},
		{share, func(a, b float64) float64 { return math.Round(1000*a/(a+b)) / 1000 }, "three decimals"},
		{pair, func(n int) (float64, float64) { return 1 / float64(n), float64(n) }, "in the wrong order"},
		{even, func(n int) bool { return n%2 == 1 }, "wrong way round"},
		{list, func(n int) []int { return make([]int, n+1) }, "has 3 elements: want 2"},
		{halves, func(a, b float64) float64 { return a / 2 / b }, "Halved. Besides: NaN is not a number"},
		{halves, func(a, b float64) float64 { return a / 2 / max(b, 1) }, "Halved."},
	} {
		v := test.exercise.examine(test.answer, time.Minute)
		if v.state != progress.Wrong || !strings.Contains(v.advice, test.want) {
			t.Errorf("state %s, advice %q: want %q", v.state, v.advice, test.want)
		}
	}
}

// A diagnosis has to predict every number, infinities too, and more than one.
func TestNoDiagnosisWithoutEvidence(t *testing.T) {
	count := &Exercise{
		Answer: func(n int) int { return n / 10 }, Params: []string{"n"},
		Cases:    func() []Input { return []Input{{50}, {241}, {7}, {0}} },
		Mistakes: []Mistake{{Answer: func(int) int { return 0 }, Says: "It finds nothing."}},
	}
	share := &Exercise{
		Answer: func(a, b float64) float64 { return a / b }, Params: []string{"a", "b"},
		Cases: func() []Input { return []Input{{0.0, 1.0}, {0.0, 5.0}, {0.0, 9.0}, {1.0, 4.0}} },
	}
	for name, test := range map[string]struct {
		exercise *Exercise
		answer   any
	}{
		"1/0 is near no number":         {count, func(n int) int { return n*n%17 + 3 }},
		"an infinity is near no number": {share, func(a, b float64) float64 { return 1/a + b }},
		"two cases of four":             {share, func(a, b float64) float64 { return a/b + a*b }},
	} {
		if v := test.exercise.examine(test.answer, time.Minute); v.state != progress.Wrong || strings.Contains(v.advice, "upside down") || strings.Contains(v.advice, "Besides") {
			t.Errorf("%s: state %s, advice %q: want no diagnosis", name, v.state, v.advice)
		}
	}
}

func TestReportIsHTMLAndText(t *testing.T) {
	v := verdict{state: progress.Wrong, cases: 3, right: 1, found: "f(a < b) & more"}
	b := newReport(total, v, 3).bundle()
	for _, want := range []string{"✗ Wrong", "f(a &lt; b) &amp; more", `<a href="../solutions/00_test.ipynb">`} {
		if !strings.Contains(b.HTML, want) {
			t.Errorf("HTML lacks %q:\n%s", want, b.HTML)
		}
	}
	for _, want := range []string{"✗ Wrong: Total (total)", "f(a < b) & more", "../solutions/00_test.ipynb"} {
		if !strings.Contains(b.Text, want) {
			t.Errorf("text lacks %q:\n%s", want, b.Text)
		}
	}
}

// Each failed attempt offers the next hint, and the solution after the last.
func TestHintsAreOfferedOneByOne(t *testing.T) {
	for attempts, want := range []string{`check.Hint("total", 1)`, `check.Hint("total", 1)`, `check.Hint("total", 2)`, "../solutions/00_test.ipynb"} {
		if got := total.next(attempts); !strings.Contains(got, want) {
			t.Errorf("after %d attempts: %q: want %q", attempts, got, want)
		}
	}
}

func wrongTotal([]float64, int) float64 { return 4 }

func TestMarkKeepsProgress(t *testing.T) {
	path := filepath.Join(t.TempDir(), progress.Name)
	t.Setenv(progress.Variable, path)
	coursetest.Shown(t, func() { Mark(total, wrongTotal) })
	coursetest.Shown(t, func() { Mark(total, total.Answer) })
	got := coursetest.Shown(t, func() { Mark(total, wrongTotal) }).Text
	if want := `check.Hint("total", 2)`; strings.Contains(got, want) || !strings.Contains(got, "The solution is in") {
		t.Errorf("after the third attempt: want the solution, not\n%s", got)
	}
	entries, _, err := progress.Load(path)
	if want := (progress.Entry{Best: progress.Passed, Last: progress.Wrong, Attempts: 3}); err != nil || entries["total"] != want {
		t.Errorf("progress %+v, error %v: want %+v", entries["total"], err, want)
	}
}

func TestMarkSaysWhatIsAmissWithProgress(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, progress.Name)
	t.Setenv(progress.Variable, path)
	if err := os.WriteFile(path, []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := coursetest.Shown(t, func() { Mark(total, total.Answer) }).Text; !strings.Contains(got, "progress.json is damaged") || !strings.Contains(got, "✓ Passed") {
		t.Errorf("want a verdict, and a word on the damaged file, not\n%s", got)
	}
	t.Setenv(progress.Variable, filepath.Join(folder, "gone", progress.Name))
	if got := coursetest.Shown(t, func() { Mark(total, total.Answer) }).Text; !strings.Contains(got, "could not be kept") || !strings.Contains(got, "✓ Passed") {
		t.Errorf("want a verdict, and a word on the missing folder, not\n%s", got)
	}
}

// What ends a whole program has to be tried in a program of its own: this one,
// called again.
var fatal = map[string]func([]float64, int) float64{
	"recursion": func(v []float64, n int) float64 { return deeper(v) },
	"memory":    func(v []float64, n int) float64 { return filled() },
	"loop": func([]float64, int) float64 {
		//lint:ignore SA5002 a learner's mistake
		for {
		}
	},
	"wrong": wrongTotal,
}

//lint:ignore SA5007 a learner's mistake
func deeper(v []float64) float64 { return 1 + deeper(v) }

func filled() float64 {
	var blocks [][]float64
	for {
		//lint:ignore SA4010 a learner's mistake
		blocks = append(blocks, make([]float64, 1<<20))
	}
}

func TestMain(m *testing.M) {
	if f := fatal[os.Getenv("CHECK_TEST_ANSWER")]; f != nil {
		Mark(total, f)
		fmt.Println("the rest of the cell")
		return
	}
	os.Exit(m.Run())
}

func TestRunaways(t *testing.T) {
	for _, test := range []struct {
		answer, strict, want string
		status               int
	}{
		{"recursion", "", "calls itself again and again", 0},
		{"memory", "", "more than a gigabyte", 0},
		{"loop", "", "did not end in time", 0},
		{"loop", "1", "did not end in time", 1},
		{"wrong", "1", "✗ Wrong", 1},
		{"wrong", "", "the rest of the cell", 0},
	} {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "CHECK_TEST_ANSWER="+test.answer, "FLOWLAB_STRICT="+test.strict)
		out, _ := cmd.CombinedOutput()
		if got := cmd.ProcessState.ExitCode(); got != test.status || !strings.Contains(string(out), test.want) {
			t.Errorf("%s, strict %q: status %d: want %d and %q in\n%.2000s", test.answer, test.strict, got, test.status, test.want, out)
		}
	}
}

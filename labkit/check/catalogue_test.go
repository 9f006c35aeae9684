package check

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/exam"
	"flowlab/labkit/internal/progress"
)

// An exerciseTest is what an exercise has to prove.
type exerciseTest struct {
	exercise *exam.Exercise
	check    func(any)     // the function by which learners have it checked
	byHand   []example     // results worked out by hand, not by the answer
	right    []any         // other right answers, the published alternative among them
	wrong    []wrongAnswer // at least three
}

type example struct {
	in   exam.Input
	want any
}

type wrongAnswer struct {
	answer any
	says   string // part of the message that names the mistake
}

var exerciseTests = slices.Concat(
	quickstartTests, generateFlowsTests, featureEngineeringTests, prepareFeaturesTests, isolationForestTests,
	oneClassSVMTests, localOutlierFactorTests, compareModelsTests, scoreAnalysisTests,
	timeFeaturesTests, slidingWindowsTests, realtimeDetectionTests, realTrafficTests, operationsTests, capstoneTests,
)

func TestEveryExerciseIsTested(t *testing.T) {
	var tested []*exam.Exercise
	for _, test := range exerciseTests {
		tested = append(tested, test.exercise)
	}
	if !slices.Equal(tested, catalogue) {
		t.Error("the tests are not of the exercises of the catalogue, in their order")
	}
	for _, test := range exerciseTests {
		if len(test.wrong) < 3 {
			t.Errorf("%s has %d wrong answers: want 3 at least", test.exercise.ID, len(test.wrong))
		}
		if len(test.right) == 0 {
			t.Errorf("%s has no other right answer: want the published alternative", test.exercise.ID)
		}
	}
}

func TestExercises(t *testing.T) {
	for _, test := range exerciseTests {
		t.Run(test.exercise.ID, func(t *testing.T) {
			for i, answer := range append(test.right, test.exercise.Answer) {
				got := coursetest.Shown(t, func() { test.check(answer) }).Text
				if !strings.HasPrefix(got, progress.Passed.Symbol()) {
					t.Errorf("right answer %d is not passed:\n%s", i+1, got)
				}
			}
			for i, w := range test.wrong {
				got := coursetest.Shown(t, func() { test.check(w.answer) }).Text
				if strings.HasPrefix(got, progress.Passed.Symbol()) || !strings.Contains(got, w.says) {
					t.Errorf("wrong answer %d: want a message with %q, not\n%s", i+1, w.says, got)
				}
			}
			for _, ex := range test.byHand {
				got := exam.Results(test.exercise.Answer, func() []exam.Input { return []exam.Input{ex.in} })[0]
				if !exam.AllEqual(got, []any{ex.want}) {
					t.Errorf("the answer for %v is %v: by hand %v", ex.in, got, ex.want)
				}
			}
		})
	}
}

// A mistake that is never told apart from another, or that is right, helps
// nobody.
func TestMistakesAreTold(t *testing.T) {
	for _, test := range exerciseTests {
		for i, m := range test.exercise.Mistakes {
			got := coursetest.Shown(t, func() { test.check(m.Answer) }).Text
			if !strings.Contains(got, m.Says) {
				t.Errorf("%s, mistake %d: want %q, not\n%s", test.exercise.ID, i+1, m.Says, got)
			}
		}
	}
}

var kebab = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

func TestCatalogue(t *testing.T) {
	ids := map[string]bool{}
	for _, e := range catalogue {
		if !kebab.MatchString(e.ID) || ids[e.ID] {
			t.Errorf("id %q: want words in lower case with hyphens, and only once", e.ID)
		}
		ids[e.ID] = true
		if n := len(e.Hints); n < 2 || n > 3 {
			t.Errorf("%s has %d hints: want 2 or 3", e.ID, n)
		}
		if e.Title == "" || e.Section == "" || e.Notebook == "" {
			t.Errorf("%s lacks a title, a section or a notebook", e.ID)
		}
	}
	if !slices.IsSortedFunc(catalogue, func(a, b *exam.Exercise) int { return strings.Compare(a.Notebook, b.Notebook) }) {
		t.Error("the catalogue is not in the order of the notebooks")
	}
}

func TestFind(t *testing.T) {
	if e, err := Find("bytes-ratio"); err != nil || e.Title == "" {
		t.Errorf("exercise %+v, error %v", e, err)
	}
	for _, wrong := range []string{"byte-ratio", "BytesRatio", "bytesratio"} {
		if _, err := Find(wrong); err == nil || !strings.Contains(err.Error(), `"bytes-ratio"`) {
			t.Errorf("for %q the error is %v: want one that names bytes-ratio", wrong, err)
		}
	}
}

func TestFindNamesTheExercisesOfANotebook(t *testing.T) {
	for _, notebook := range []string{"01", "01_generate_flows"} {
		if _, err := Find(notebook); err == nil || !strings.Contains(err.Error(), "third-run, anomaly-share, count-flows") {
			t.Errorf("for %q the error is %v: want the notebook's three exercises", notebook, err)
		}
	}
}

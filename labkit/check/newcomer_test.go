package check

import (
	"maps"
	"strings"
	"testing"

	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/exam"
	"flowlab/labkit/internal/progress"
)

// newcomers are wrong answers as somebody gives who is new to the course: they
// were made up from the tasks, and not from the known mistakes. An empty text
// says that the mistake is not named.
func newcomers() map[*exam.Exercise][]wrongAnswer {
	all := map[*exam.Exercise][]wrongAnswer{}
	for _, some := range []map[*exam.Exercise][]wrongAnswer{newcomersFlows, newcomersForest, newcomersNeighbors, newcomersScores, newcomersTime, newcomersOperations} {
		maps.Copy(all, some)
	}
	return all
}

// leastNamed is which share of the newcomers' mistakes is named at least.
const leastNamed = 0.95

func TestNewcomers(t *testing.T) {
	given, named := 0, 0
	for _, test := range exerciseTests {
		answers := newcomers()[test.exercise]
		least := 10
		if _, letter := test.exercise.Answer.(func() string); letter {
			least = 5 // there are three wrong letters, and they are tested elsewhere
		}
		if len(answers) == 0 {
			t.Logf("%s has no answers of newcomers yet", test.exercise.ID)
		} else if len(answers) < least {
			t.Errorf("%s has %d answers of newcomers: want %d", test.exercise.ID, len(answers), least)
		}
		for i, w := range answers {
			got := coursetest.Shown(t, func() { test.check(w.answer) }).Text
			if strings.HasPrefix(got, progress.Passed.Symbol()) || !strings.Contains(got, w.says) {
				t.Errorf("%s, answer %d: want a message with %q, not\n%s", test.exercise.ID, i+1, w.says, got)
			}
			given++
			if w.says != "" {
				named++
			}
		}
	}
	t.Logf("%d of %d mistakes are named", named, given)
	if float64(named) < leastNamed*float64(given) {
		t.Errorf("%d of %d mistakes are named: want %.0f %%", named, given, 100*leastNamed)
	}
}

package check

import (
	"maps"
	"strings"
	"testing"

	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/exam"
	"flowlab/labkit/internal/progress"
)

// blindAnswers are wrong answers that somebody made up who had not seen the checks,
// each with the mistake that was meant: those that were passed at first, or had
// their numbers shown alone, or were taken for another mistake.
func blindAnswers() map[*exam.Exercise][]wrongAnswer {
	all := map[*exam.Exercise][]wrongAnswer{}
	for _, some := range []map[*exam.Exercise][]wrongAnswer{blindScores, blindTime, blindIncidents, blindStreams, blindTraffic, blindOperations} {
		maps.Copy(all, some)
	}
	return all
}

func TestBlindAnswers(t *testing.T) {
	for _, test := range exerciseTests {
		for i, w := range blindAnswers()[test.exercise] {
			text := coursetest.Shown(t, func() { test.check(w.answer) }).Text
			if strings.HasPrefix(text, progress.Passed.Symbol()) || !strings.Contains(text, w.says) {
				t.Errorf("%s, answer %d: want a message with %q, not\n%s", test.exercise.ID, i+1, w.says, text)
			}
		}
	}
}

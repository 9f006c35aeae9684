package check

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/exam"
	"flowlab/labkit/internal/progress"
)

// handedOver returns what a check hands over of an answer.
func handedOver(t *testing.T, e *exam.Exercise, answer any) progress.Results {
	t.Helper()
	path := filepath.Join(t.TempDir(), "results")
	t.Setenv(progress.ResultsVariable, path)
	t.Setenv(progress.Variable, filepath.Join(t.TempDir(), progress.Name))
	coursetest.Shown(t, func() { exam.Mark(e, answer) })
	all, err := progress.LoadResults(path)
	if err != nil {
		t.Fatal(err)
	}
	return all[e.ID]
}

// What is judged by results alone is what the check says: the right answer is
// passed and a mistake is not, for every exercise.
func TestRejudge(t *testing.T) {
	for _, e := range catalogue {
		if state, _ := describe(e).Rejudge(handedOver(t, e, e.Answer)); state != progress.Passed {
			t.Errorf("%s: the right answer is %q", e.ID, state)
		}
		for _, m := range e.Mistakes[:min(2, len(e.Mistakes))] {
			if state, _ := describe(e).Rejudge(handedOver(t, e, m.Answer)); state == progress.Passed {
				t.Errorf("%s: passed with the mistake: %s", e.ID, m.Says)
			}
		}
	}
}

// Results that no answer returns are not passed, whatever they are.
func TestRejudgeOfStrangeResults(t *testing.T) {
	e := describe(countFlows)
	right := handedOver(t, countFlows, countFlows.Answer)
	if state, _ := e.Rejudge(right); state != progress.Passed {
		t.Fatalf("right results are %q", state)
	}
	one, null := []json.RawMessage{[]byte("1")}, []json.RawMessage{[]byte("null")}
	for name, cases := range map[string][][]json.RawMessage{
		"none":      nil,
		"too few":   right.Cases[1:],
		"too many":  append(right.Cases, one),
		"no return": make([][]json.RawMessage, len(right.Cases)),
		"null":      {null, null, null, null, null, null, null},
		"text":      {{[]byte(`"1"`)}},
		"two":       {append(one, one...)},
	} {
		if state, share := e.Rejudge(progress.Results{ID: e.ID, Cases: cases}); state == progress.Passed || share != 0 {
			t.Errorf("%s: %q, share %g", name, state, share)
		}
	}
}

// Whoever names some attackers of the capstone gets points for them, of his own day.
func TestRejudgeOfACapstone(t *testing.T) {
	const seed = 7
	answers := CapstoneAnswers(seed)
	all, half := map[string]string{}, map[string]string{}
	for i, f := range answers {
		all[f.Kind] = f.Host
		if 2*i < len(answers) {
			half[f.Kind] = f.Host
		}
	}
	for _, test := range []struct {
		named map[string]string
		state progress.State
		share float64
	}{{all, progress.Passed, 0}, {half, progress.Wrong, 0.5}, {nil, progress.Wrong, 0}} {
		state, share := describe(defaultCapstone).Rejudge(handedOver(t, capstoneOf(seed), func() map[string]string { return test.named }))
		if state != test.state || share != test.share {
			t.Errorf("%v: %q, share %g: want %q, %g", test.named, state, share, test.state, test.share)
		}
	}
}

// Whatever results are handed over, who judges them comes to an end, and to a share
// of the points or to all.
func FuzzRejudge(f *testing.F) {
	f.Add([]byte(`[["1"],["0.5"]]`), "anomaly-share")
	f.Add([]byte(`[[{"a":2,"b":1}],[null]]`), "distinct-peers")
	f.Add([]byte(`[[["1","NaN"],"-Inf"]]`), "novelty")
	f.Fuzz(func(t *testing.T, data []byte, id string) {
		var cases [][]json.RawMessage
		e, err := Find(id)
		if err != nil || json.Unmarshal(data, &cases) != nil || len(cases) > 100 {
			return
		}
		state, share := e.Rejudge(progress.Results{ID: id, Cases: cases})
		if share < 0 || share >= 1 || state == progress.Passed && share != 0 {
			t.Errorf("%s: %q, share %g", data, state, share)
		}
	})
}

package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"flowlab/labkit/internal/exam"
	"flowlab/labkit/internal/progress"
)

// NotAttempted is what the stub of an exercise panics with.
const NotAttempted = exam.NotAttempted

// Limit is the time after which a function counts as endless: the calls of all
// cases together.
const Limit = exam.Limit

// An Exercise describes one task of the course: a function to be written.
type Exercise struct {
	ID       string   // under which progress is kept; it never changes
	Notebook string   // the notebook that sets it, a file name without .ipynb
	Section  string   // the heading in that notebook under which its matter is taught
	Title    string   // what the function gives, in two to four words
	Hints    []string // from a nudge to nearly the answer
}

// describe leaves out the answer and the cases.
func describe(e *exam.Exercise) Exercise {
	return Exercise{ID: e.ID, Notebook: e.Notebook, Section: e.Section, Title: e.Title, Hints: e.Hints}
}

// Exercises returns all exercises in the order of the course.
func Exercises() []Exercise {
	all := make([]Exercise, len(catalogue))
	for i, e := range catalogue {
		all[i] = describe(e)
	}
	return all
}

// Find returns the exercise with this id. Its error names the id that comes
// near, or those of the notebook with this number, or else says where the ids
// are listed.
func Find(id string) (Exercise, error) {
	e, err := find(id)
	if err != nil {
		return Exercise{}, err
	}
	return describe(e), nil
}

func find(id string) (*exam.Exercise, error) {
	for _, e := range catalogue {
		if e.ID == id {
			return e, nil
		}
	}
	if ids := idsIn(id); len(ids) > 0 {
		return nil, fmt.Errorf("labkit: %q is a notebook: its exercises are %s", id, strings.Join(ids, ", "))
	}
	distance := func(e *exam.Exercise) int { return levenshtein.ComputeDistance(strings.ToLower(id), e.ID) }
	nearest := slices.MinFunc(catalogue, func(a, b *exam.Exercise) int { return distance(a) - distance(b) })
	advice := fmt.Sprintf("did you mean %q?", nearest.ID)
	if 2*distance(nearest) > len(nearest.ID) {
		advice = "check.Progress() and lab status list them"
	}
	return nil, fmt.Errorf("labkit: there is no exercise %q: %s", id, advice)
}

// idsIn returns the ids of the exercises of a notebook, which is given by its
// number or its name.
func idsIn(notebook string) []string {
	var ids []string
	for _, e := range catalogue {
		if notebook == e.Notebook || notebook == e.Notebook[:2] {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// Hint returns the hint with this number, from 1.
func (e Exercise) Hint(number int) (string, error) {
	if number < 1 || number > len(e.Hints) {
		return "", fmt.Errorf("labkit: exercise %q has no hint %d: want 1 to %d", e.ID, number, len(e.Hints))
	}
	return e.Hints[number-1], nil
}

// Rejudge judges what an answer returned for the cases of the exercise, in another
// process than the answer's: whether that is right, and otherwise which share of
// the points it gets, in [0, 1).
func (e Exercise) Rejudge(r progress.Results) (state progress.State, share float64) {
	judged, err := find(e.ID)
	if err != nil {
		return progress.Wrong, 0
	}
	if judged.Seed != 0 {
		judged = capstoneOf(r.Seed)
	}
	return exam.Rejudge(judged, r.Cases)
}

// Cell returns the id of the notebook's cell in which the exercise is solved.
// The cell with "-task" behind it sets the exercise, the one with "-why" gives
// the solution's reason.
func (e Exercise) Cell() string { return e.Notebook[:2] + "-" + e.ID }

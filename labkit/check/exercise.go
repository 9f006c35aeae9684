package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// NotAttempted is what the stub of an exercise panics with.
const NotAttempted = stub("labkit: this exercise is not solved yet: replace the line with the panic by your own")

// A stub is an error that a constant can hold.
type stub string

func (s stub) Error() string { return string(s) }

// An Exercise is one task of the course: a function to be written.
type Exercise struct {
	ID       string   // under which progress is kept; it never changes
	Notebook string   // the notebook that sets it, a file name without .ipynb
	Section  string   // the heading in that notebook under which its matter is taught
	Title    string   // what the function gives, in two to four words
	Hints    []string // from a nudge to nearly the answer

	answer   any            // a right answer; its type is the signature wanted
	params   []string       // names of the answer's parameters, for messages
	cases    func() []input // what the function is called with, made anew each time
	judge    judge          // nil: results must equal the answer's
	mistakes []mistake      // wrong answers that are recognised
}

// An input is the arguments of one call.
type input []any

// A judge says in a sentence what is wrong with the results of one call, and
// returns "" if they are right. It is for exercises with more than one right
// answer, or with a message for each wrong one.
type judge func(in input, got []any) string

// A mistake is a wrong answer that learners give, and what to tell them.
type mistake struct {
	answer any // of the same type as the exercise's
	says   string
}

// catalogue holds all exercises in the order of the course.
var catalogue = slices.Concat(
	generateFlows, featureEngineering, prepareFeatures, isolationForest,
	oneClassSVM, localOutlierFactor, compareModels, scoreAnalysis, realTraffic,
)

// Exercises returns all exercises in the order of the course.
func Exercises() []Exercise {
	all := make([]Exercise, len(catalogue))
	for i, e := range catalogue {
		all[i] = *e
	}
	return all
}

// Find returns the exercise with this id. Its error names the id that comes
// near, or else says where the ids are listed.
func Find(id string) (Exercise, error) {
	for _, e := range catalogue {
		if e.ID == id {
			return *e, nil
		}
	}
	distance := func(e *Exercise) int { return levenshtein.ComputeDistance(strings.ToLower(id), e.ID) }
	nearest := slices.MinFunc(catalogue, func(a, b *Exercise) int { return distance(a) - distance(b) })
	advice := fmt.Sprintf("did you mean %q", nearest.ID)
	if 2*distance(nearest) > len(nearest.ID) {
		advice = "check.Progress() and lab status list them"
	}
	return Exercise{}, fmt.Errorf("labkit: there is no exercise %q: %s", id, advice)
}

// Hint returns the hint with this number, from 1.
func (e Exercise) Hint(number int) (string, error) {
	if number < 1 || number > len(e.Hints) {
		return "", fmt.Errorf("labkit: exercise %q has no hint %d: want 1 to %d", e.ID, number, len(e.Hints))
	}
	return e.Hints[number-1], nil
}

// Cell returns the id of the notebook's cell in which the exercise is solved.
// The cell with "-task" behind it sets the exercise, the one with "-why" gives
// the solution's reason.
func (e Exercise) Cell() string { return e.Notebook[:2] + "-" + e.ID }

// noInput is the one case of a function without parameters.
func noInput() []input { return []input{{}} }

// options returns a judge for a question with one right option. The map gives
// for each other option why it is wrong.
func options(right string, wrong map[string]string) judge {
	return func(_ input, got []any) string {
		choice := got[0].(string)
		if choice == right {
			return ""
		}
		if why, ok := wrong[choice]; ok {
			return why
		}
		letters := []string{right}
		for letter := range wrong {
			letters = append(letters, letter)
		}
		slices.Sort(letters)
		return fmt.Sprintf("%q is not one of the options %q.", choice, letters)
	}
}

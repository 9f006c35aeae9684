package exam

import (
	"fmt"
	"slices"
)

// NotAttempted is what the stub of an exercise panics with.
const NotAttempted = stub("labkit: this exercise is not solved yet: replace the line with the panic by your own")

// A stub is an error that a constant can hold.
type stub string

func (s stub) Error() string { return string(s) }

// An Exercise is one task of the course: a function to be written.
type Exercise struct {
	ID       string         // under which progress is kept; it never changes
	Notebook string         // the notebook that sets it, a file name without .ipynb
	Section  string         // the heading in that notebook under which its matter is taught
	Title    string         // what the function gives, in two to four words
	Hints    []string       // from a nudge to nearly the answer
	Answer   any            // a right answer; its type is the signature wanted
	Params   []string       // names of the answer's parameters, for messages
	Cases    func() []Input // what the function is called with, made anew each time
	Judge    Judge          // nil: results must equal the answer's
	Mistakes []Mistake      // wrong answers that are recognised
}

// An Input is the arguments of one call.
type Input []any

// A judge says in a sentence what is wrong with the results of one call, and
// returns "" if they are right. It is for exercises with more than one right
// answer, or with a message for each wrong one.
type Judge func(in Input, got []any) string

// A mistake is a wrong answer that learners give, and what to tell them.
type Mistake struct {
	Answer any // of the same type as the exercise's
	Says   string
}

// NoInput is the one case of a function without parameters.
func NoInput() []Input { return []Input{{}} }

// Options returns a judge for a question with one right option. The map gives
// for each other option why it is wrong.
func Options(right string, wrong map[string]string) Judge {
	return func(_ Input, got []any) string {
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

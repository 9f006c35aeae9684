package exam

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
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

	Seed uint32 // of an exercise that is another for each learner, otherwise 0

	Questions *Questions // nil: an answer is judged by the cases alone

	results knownResults
}

// knownResults are what the answer and the mistakes of an exercise give for its
// cases.
type knownResults struct {
	computed sync.Once
	answer   [][]any
	mistakes [][][]any
}

func (e *Exercise) known() *knownResults {
	e.results.computed.Do(func() {
		e.results.answer = Results(e.Answer, e.Cases)
		for _, m := range e.Mistakes {
			e.results.mistakes = append(e.results.mistakes, Results(m.Answer, e.Cases))
		}
	})
	return &e.results
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

// Questions are further calls of a wrong answer that belongs to no known mistake:
// they find out what it does.
type Questions struct {
	Cases func() []Input
	Says  func(got [][]any) string // words what they found, "" if nothing
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
		says := fmt.Sprintf("%q is not one of the options %q.", choice, letters)
		if slices.Contains(letters, lonely(choice)) {
			says += " Return the letter alone, as a capital."
		}
		return says
	}
}

// lonely returns the one letter in a text, as a capital: "" if there are more.
func lonely(text string) string {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, text)
	if len(letters) != 1 {
		return ""
	}
	return letters
}

// Package progress keeps what a learner has reached in the exercises, in one
// file beside the notebooks. Package check writes it from the cells, the
// command lab shows it in a terminal.
//
// The file is JSON, keyed by the ids of the exercises:
//
//	{"version": 1, "exercises": {"bytes-ratio": {"best": "passed", "last": "wrong", "attempts": 3}}}
//
// Ids that the course does not know, those of another edition, are kept.
package progress

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
)

// A State is how far an answer has come.
type State string

// The five states, from the worst to the best.
const (
	NotAttempted   State = "not attempted"
	WrongSignature State = "wrong signature"
	Crashed        State = "crashed"
	Wrong          State = "wrong"
	Passed         State = "passed"
)

// States are the five states, from the worst to the best.
var States = []State{NotAttempted, WrongSignature, Crashed, Wrong, Passed}

// Symbol returns a character for the state, to stand before its name.
func (s State) Symbol() string {
	switch s {
	case WrongSignature:
		return "≠"
	case Crashed:
		return "⚠"
	case Wrong:
		return "✗"
	case Passed:
		return "✓"
	}
	return "○"
}

// String returns the name of the state; that of the zero State is
// "not attempted".
func (s State) String() string { return string(cmp.Or(s, NotAttempted)) }

// better returns the better of two states.
func better(a, b State) State {
	if slices.Index(States, a) > slices.Index(States, b) {
		return a
	}
	return b
}

// An Entry is what was reached in one exercise.
type Entry struct {
	Best     State `json:"best"`
	Last     State `json:"last"`
	Attempts int   `json:"attempts"` // checks of an answer; a stub is none
}

// Variable is the environment variable that names the file, in place of the
// one beside the notebook.
const Variable = "FLOWLAB_PROGRESS"

// Name is the name of the file.
const Name = "progress.json"

// Path returns the path of the file for the cell of a notebook that is running,
// or "" outside a notebook: GoNB says in GONB_DIR which folder holds the
// notebook.
func Path() string {
	if path := os.Getenv(Variable); path != "" {
		return path
	}
	if dir := os.Getenv("GONB_DIR"); dir != "" {
		return filepath.Join(dir, Name)
	}
	return ""
}

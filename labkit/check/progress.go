package check

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"flowlab/labkit/internal/exam"
	"flowlab/labkit/internal/progress"
)

// Hint shows a hint for the exercise with this id, with a link to the section
// that it is about: number 1 is a nudge, the last nearly the answer. A wrong id
// or number is said so, with the nearest id.
func Hint(id string, number int) {
	e, err := find(id)
	if err == nil {
		_, err = describe(e).Hint(number)
	}
	if err != nil {
		exam.Say(err.Error())
		return
	}
	exam.ShowHint(e, number)
}

// Reset forgets what was reached in the exercises with these ids. Without ids
// it forgets all, and keeps the old progress file under another name. The
// notebooks stay as they are.
func Reset(ids ...string) {
	exam.Say(reset(ids))
}

func reset(ids []string) string {
	path := progress.Path()
	if path == "" {
		return "There is no progress to reset outside a notebook."
	}
	for _, id := range ids {
		if _, err := Find(id); err != nil {
			return err.Error()
		}
	}
	notes, err := progress.Reset(path, ids...)
	if err != nil {
		return err.Error()
	}
	what := cmp.Or(strings.Join(ids, ", "), "all exercises")
	return strings.Join(append(notes, "Reset: "+what+"."), "\n")
}

// Progress shows what was reached in the exercises of a notebook, which is named
// by its number, and what comes next; those of all notebooks are folded behind.
// Without a notebook it shows all.
func Progress(notebook ...string) {
	name, err := notebookNamed(strings.Join(notebook, " "))
	if err != nil {
		exam.Say(err.Error())
		return
	}
	entries := map[string]progress.Entry{}
	var notes []string
	if path := progress.Path(); path != "" {
		entries, notes, err = progress.Load(path)
		if err != nil {
			notes = append(notes, err.Error())
		}
	}
	exam.ShowOverview(catalogue, name, entries, notes)
}

// notebookNamed returns the name of the notebook with a number, "" for "".
func notebookNamed(number string) (string, error) {
	if number == "" {
		return "", nil
	}
	for _, e := range catalogue {
		if number == e.Notebook || number == e.Notebook[:2] {
			return e.Notebook, nil
		}
	}
	return "", fmt.Errorf("labkit: no notebook %q has exercises: want a number such as \"01\"", number)
}

// WriteProgress writes the table of [Progress] as text, from the progress file
// at path, and reports whether all exercises are passed. A missing file is no
// error: then none is.
func WriteProgress(w io.Writer, path string) (allPassed bool, err error) {
	entries, notes, err := progress.Load(path)
	if err != nil {
		return false, err
	}
	if _, err := fmt.Fprintln(w, exam.OverviewText(catalogue, entries, notes)); err != nil {
		return false, err
	}
	missing := func(e *exam.Exercise) bool { return entries[e.ID].Best != progress.Passed }
	return !slices.ContainsFunc(catalogue, missing), nil
}

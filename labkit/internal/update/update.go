// Package update takes a new edition of the course in, and keeps what a learner
// has worked in.
//
// A notebook goes from the learner's own to the new edition with his answers in
// one step, and only after a copy of his own is on disk; git never writes into
// notebooks/. So an update that is killed at any moment leaves each notebook as
// it was or as it will be, and the next one does the rest.
package update

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/durable"
	"flowlab/labkit/internal/notebook"
)

// An Updater takes a new edition of the course in.
type Updater struct {
	Repo  checkout.Repo
	Fresh bool                             // without the learner's answers
	Tell  func(format string, args ...any) // is told what became of each notebook
}

// Update brings all notebooks to the latest edition. One that cannot be is in
// the error, and does not stop the others.
func (u Updater) Update() error {
	told := 0
	tell := u.Tell
	u.Tell = func(format string, args ...any) { told++; tell(format, args...) }
	before, err := u.pull()
	if err != nil {
		return err
	}
	names, err := u.names()
	if err != nil {
		return err
	}
	former, err := u.formerWork(names)
	for _, name := range names {
		err = errors.Join(err, u.renew(name, former))
	}
	err = errors.Join(err, u.renewOthers(before))
	if err == nil && told == 0 {
		tell("Your notebooks are up to date.")
	}
	return err
}

// names returns the names of the notebooks of the latest edition, without
// .ipynb: those with a solution, and those that git has.
func (u Updater) names() ([]string, error) {
	names, err := u.Repo.Names()
	names = append(names, u.tracked()...)
	slices.Sort(names)
	return slices.Compact(names), err
}

// formerWork returns the learner's notebooks that come from the course and are
// no longer in it, and copies of such: some were renamed.
func (u Updater) formerWork(names []string) (former []*work, err error) {
	paths, err := filepath.Glob(u.Repo.Path("notebooks", "*.ipynb"))
	for _, path := range paths {
		name := asideSuffix.ReplaceAllString(strings.TrimSuffix(filepath.Base(path), ".ipynb"), "")
		if slices.Contains(names, name) {
			continue
		}
		if w, err := readWork(path); err == nil && w != nil && w.Edition() != "" && w.Edited() {
			w.path = u.Repo.Path("notebooks", name+".ipynb")
			former = append(former, w)
		}
	}
	return former, err
}

// renew writes a notebook of the latest edition, with the learner's answers.
func (u Updater) renew(name string, former []*work) error {
	path := u.Repo.Path("notebooks", name+".ipynb")
	if err := durable.ClearTemporary(path); err != nil {
		return err
	}
	latest, err := u.latest(name)
	if err != nil {
		return err
	}
	mine, err := readWork(path)
	switch {
	case err != nil:
		return err
	case mine == nil:
		return u.begin(path, latest, former)
	case !u.Fresh && mine.Edition() == latest.Edition():
		return nil
	case !mine.Edited() && !mine.Executed():
		return u.write(path, latest, "new edition")
	}
	aside, err := keepAside(path, mine.data)
	if err != nil {
		return fmt.Errorf("keeping a copy of your work, before anything is changed: %w", err)
	}
	answers := 0
	if !u.Fresh {
		answers = latest.TakeAnswers(mine.Notebook)
	}
	return u.write(path, latest, "new, with %d of your answers; your own is kept as %s", answers, filepath.Base(aside))
}

// latest returns the latest edition of a notebook: what its solution gives, or
// without one what git has.
func (u Updater) latest(name string) (*notebook.Notebook, error) {
	if _, err := os.Stat(u.Repo.Path("solutions", name+".ipynb")); err == nil {
		return notebook.Released(u.Repo, name+".ipynb")
	}
	data, err := u.blob("HEAD", "notebooks/"+name+".ipynb")
	if err != nil {
		return nil, err
	}
	return notebook.Parse(data)
}

// begin writes a notebook that the learner has not had, with the answers that
// he gave in one of another name.
func (u Updater) begin(path string, latest *notebook.Notebook, former []*work) error {
	for _, w := range former {
		if u.Fresh {
			break
		}
		if answers := latest.TakeAnswers(w.Notebook); answers > 0 {
			return u.write(path, latest, "new edition, with %d of your answers from %s", answers, filepath.Base(w.path))
		}
	}
	return u.write(path, latest, "new edition")
}

// write writes a notebook and tells what it is, if that changed the file.
func (u Updater) write(path string, n *notebook.Notebook, format string, args ...any) error {
	wrote, err := n.Write(path)
	if wrote {
		u.Tell("notebooks/%s: %s", filepath.Base(path), fmt.Sprintf(format, args...))
	}
	return err
}

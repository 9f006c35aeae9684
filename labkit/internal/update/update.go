// Package update takes a new edition of the course in, and keeps what a learner
// has worked in.
package update

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/notebook"
	"flowlab/labkit/internal/terminal"
)

// An Updater takes a new edition of the course in.
type Updater struct {
	Repo  checkout.Repo
	Fresh bool                             // without the learner's answers
	Tell  func(format string, args ...any) // is told what became of each notebook
}

// work is a notebook that a learner has worked in.
type work struct {
	path  string
	aside string // where a copy is kept
	data  []byte
	*notebook.Notebook
}

// Update copies what the learner worked in before anything else happens, so
// that nothing is lost if it is interrupted.
func (u Updater) Update() error {
	names, err := u.Repo.Names()
	if err != nil {
		return err
	}
	mine := map[string]*work{}
	for _, name := range names {
		if mine[name], err = keepAside(u.Repo.Path("notebooks", name+".ipynb")); err != nil {
			return err
		}
	}
	if err := u.pull(); err != nil {
		for _, w := range mine {
			err = errors.Join(err, w.putBack())
		}
		return err
	}
	if names, err = u.Repo.Names(); err != nil {
		return err
	}
	for _, name := range names {
		if err := u.renew(name+".ipynb", mine[name]); err != nil {
			return err
		}
	}
	return nil
}

// keepAside copies a notebook under a new name. It returns nil if the notebook
// is not there or nobody has worked in it.
func keepAside(path string) (*work, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	n, err := notebook.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: move the file away, or mend it", path, err)
	}
	if !n.Edited() {
		return nil, nil
	}
	for i := 1; ; i++ {
		aside := fmt.Sprintf("%s.mine-%d.ipynb", path[:len(path)-len(".ipynb")], i)
		f, err := os.OpenFile(aside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		_, err = f.Write(data)
		return &work{path, aside, data, n}, errors.Join(err, f.Close())
	}
}

// putBack restores the notebook and removes the copy.
func (w *work) putBack() error {
	if w == nil {
		return nil
	}
	if err := os.WriteFile(w.path, w.data, 0o644); err != nil {
		return fmt.Errorf("%w: your work is in %s", err, w.aside)
	}
	return os.Remove(w.aside)
}

// pull takes new commits in, if there is an upstream that has some. Changed
// notebooks would stop git: they are set back first.
func (u Updater) pull() error {
	git := func(args ...string) (string, error) { return terminal.Output(u.Repo.Path(), nil, "git", args...) }
	if _, err := git("rev-parse", "--verify", "--quiet", "@{upstream}"); err != nil {
		u.Tell("There is no git upstream to pull from: the notebooks are brought to the edition in solutions/.")
		return nil
	}
	if _, err := git("fetch", "--quiet"); err != nil {
		return err
	}
	if behind, err := git("rev-list", "--count", "HEAD..@{upstream}"); err != nil || behind == "0" {
		return err
	}
	if _, err := git("checkout", "--quiet", "--", "notebooks"); err != nil {
		return err
	}
	_, err := git("merge", "--quiet", "--ff-only", "@{upstream}")
	return err
}

// renew writes a notebook of the latest edition, with the learner's answers.
func (u Updater) renew(name string, mine *work) error {
	n, err := notebook.Released(u.Repo, name)
	if err != nil {
		return err
	}
	path := u.Repo.Path("notebooks", name)
	if mine == nil {
		wrote, err := n.Write(path)
		if wrote {
			u.Tell("notebooks/%s: new edition", name)
		}
		return err
	}
	if !u.Fresh && mine.Edition() == n.Edition() {
		return mine.putBack()
	}
	answers := 0
	if !u.Fresh {
		answers = n.TakeAnswers(mine.Notebook)
	}
	if _, err := n.Write(path); err != nil {
		return err
	}
	u.Tell("notebooks/%s: new, with %d of your answers; your own is kept as %s", name, answers, filepath.Base(mine.aside))
	return nil
}

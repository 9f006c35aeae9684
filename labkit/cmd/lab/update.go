package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/notebook"
)

// An updater takes a new edition of the course in.
type updater struct {
	repo  notebook.Repo
	fresh bool // without the learner's answers
	tell  func(format string, args ...any)
}

func newUpdate() *cobra.Command {
	var u updater
	cmd := &cobra.Command{
		Use:   "update",
		Short: "Take in a new edition of the course, and keep your work",
		Long: `Update brings your notebooks to the course's latest edition. In a checkout with
an upstream it runs git pull first. A notebook that you have worked in is kept
beside the new one, as NAME.mine-1.ipynb, and your answers to the exercises are
put into the new one. One that is of the latest edition stays as it is.

With --fresh all notebooks are begun anew, without answers; what you worked in
is kept aside as well.`,
		GroupID: "learner",
		Args:    cobra.NoArgs,
		RunE: inRepo(func(cmd *cobra.Command, repo notebook.Repo, _ []string) error {
			u.repo = repo
			u.tell = func(format string, args ...any) { fmt.Fprintf(cmd.OutOrStdout(), format+"\n", args...) }
			return u.update()
		}),
	}
	cmd.Flags().BoolVar(&u.fresh, "fresh", false, "begin all notebooks anew")
	return cmd
}

// work is a notebook that a learner has worked in.
type work struct {
	path  string
	aside string // where a copy is kept
	data  []byte
	*notebook.Notebook
}

// update copies what the learner worked in before anything else happens, so
// that nothing is lost if it is interrupted.
func (u updater) update() error {
	names, err := u.repo.Names()
	if err != nil {
		return err
	}
	mine := map[string]*work{}
	for _, name := range names {
		if mine[name], err = keepAside(u.repo.Path("notebooks", name+".ipynb")); err != nil {
			return err
		}
	}
	if err := u.pull(); err != nil {
		for _, w := range mine {
			err = errors.Join(err, w.putBack())
		}
		return err
	}
	if names, err = u.repo.Names(); err != nil {
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
func (u updater) pull() error {
	git := func(args ...string) (string, error) { return run(u.repo.Path(), nil, "git", args...) }
	if _, err := git("rev-parse", "--verify", "--quiet", "@{upstream}"); err != nil {
		u.tell("There is no git upstream to pull from: the notebooks are brought to the edition in solutions/.")
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
func (u updater) renew(name string, mine *work) error {
	n, err := released(u.repo, name)
	if err != nil {
		return err
	}
	path := u.repo.Path("notebooks", name)
	if mine == nil {
		wrote, err := n.Write(path)
		if wrote {
			u.tell("notebooks/%s: new edition", name)
		}
		return err
	}
	if !u.fresh && mine.Edition() == n.Edition() {
		return mine.putBack()
	}
	answers := 0
	if !u.fresh {
		answers = n.TakeAnswers(mine.Notebook)
	}
	if _, err := n.Write(path); err != nil {
		return err
	}
	u.tell("notebooks/%s: new, with %d of your answers; your own is kept as %s", name, answers, filepath.Base(mine.aside))
	return nil
}

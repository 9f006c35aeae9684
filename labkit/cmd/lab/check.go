package main

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"flowlab/labkit/check"
	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/notebook"
	"flowlab/labkit/internal/progress"
	"flowlab/labkit/internal/terminal"
)

// A checker executes notebooks and says which exercises they pass.
type checker struct {
	repo   checkout.Repo
	strict bool          // a failing cell outside the exercises counts too
	limit  time.Duration // for one notebook
}

func newCheck() *cobra.Command {
	var c checker
	cmd := &cobra.Command{
		Use:   "check [NOTEBOOK|FOLDER…]",
		Short: "Execute notebooks with the real kernel and mark their exercises",
		Long: `Check executes notebooks as Run All does, in a fresh kernel, and prints which
exercises are passed. Without a name it takes all of notebooks/; a name may be a
file, or the number of a notebook of yours, such as 04. Neither the files nor
your progress are changed.

In a folder it takes every notebook, also in the folders below: a class's
submissions, say. Then the table goes to standard error and the same as CSV, a
line per exercise, to standard output. A notebook is known by its file name, in
which the course's name stands (ada_04_isolation_forest.ipynb), or by its cells.

An exercise without an answer, or whose check is gone, is not passed. With
--strict neither is a notebook in which any cell fails. One that does not end
within the limit, or cannot be read, is said so and does not stop the others.

The exit status is 0 if everything is passed and 1 if not. Notebooks are
programs: run only those of people whom you trust, or run them in the image.`,
		Example: "  lab check\n  lab check 04\n  lab check --strict submissions > results.csv",
		GroupID: "learner",
		RunE: inRepo(func(cmd *cobra.Command, repo checkout.Repo, args []string) error {
			c.repo = repo
			files, folders, err := c.find(args)
			if err != nil {
				return err
			}
			if err := repo.HasKernel(); err != nil {
				return err
			}
			results := c.checkAll(cmd.Context(), terminalOf(cmd), files)
			if folders {
				printTable(cmd.ErrOrStderr(), results)
				err = printCSV(cmd.OutOrStdout(), results)
			} else {
				printTable(cmd.OutOrStdout(), results)
			}
			if err == nil && slices.ContainsFunc(results, func(r result) bool { return !r.passed(c.strict) }) {
				err = errNotPassed
			}
			return err
		}),
	}
	cmd.Flags().BoolVar(&c.strict, "strict", false, "a cell that fails outside the exercises counts as well")
	cmd.Flags().DurationVar(&c.limit, "limit", 5*time.Minute, "time limit for one notebook")
	return cmd
}

// find returns the notebooks that the arguments name, and whether one of the
// arguments is a folder.
func (c checker) find(args []string) (files []string, folders bool, err error) {
	names, err := c.repo.Names()
	if err != nil {
		return nil, false, err
	}
	if len(args) == 0 {
		args = names
	}
	for _, arg := range args {
		info, err := os.Stat(arg)
		switch {
		case err == nil && info.IsDir():
			folders = true
			below, err := notebooksBelow(arg)
			if err != nil {
				return nil, false, err
			}
			files = append(files, below...)
		case err == nil:
			files = append(files, arg)
		default:
			i := slices.IndexFunc(names, func(name string) bool { return strings.HasPrefix(name, arg) })
			if i < 0 {
				return nil, false, fmt.Errorf("%s is neither a file, a folder nor the beginning of a notebook's name: want one of %s", arg, strings.Join(names, ", "))
			}
			files = append(files, c.repo.Path("notebooks", names[i]+".ipynb"))
		}
	}
	return files, folders, nil
}

// notebooksBelow returns the notebooks in a folder and in those below it, but
// for Jupyter's own copies.
func notebooksBelow(folder string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == ".ipynb_checkpoints":
			return fs.SkipDir
		case !entry.IsDir() && filepath.Ext(path) == ".ipynb":
			files = append(files, path)
		}
		return nil
	})
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("%s holds no notebook", folder)
	}
	return files, err
}

func (c checker) checkAll(ctx context.Context, t terminal.Terminal, files []string) []result {
	results := make([]result, len(files))
	for i, file := range files {
		t.Say("checking %s (%d of %d)", c.short(file), i+1, len(files))
		results[i] = c.check(ctx, file)
		results[i].file = c.short(file)
	}
	return results
}

// short returns the path of a file as seen from the working directory, if it
// lies there.
func (c checker) short(file string) string {
	dir, err := os.Getwd()
	if err != nil {
		return file
	}
	if relative, err := filepath.Rel(dir, file); err == nil && filepath.IsLocal(relative) {
		return relative
	}
	return file
}

func (c checker) check(ctx context.Context, file string) result {
	n, err := notebook.Read(file)
	if err != nil {
		return result{fault: firstLine(err)}
	}
	r := result{notebook: c.identify(file, n)}
	for _, e := range check.Exercises() {
		if e.Notebook == r.notebook {
			r.exercises = append(r.exercises, e)
		}
	}
	r.states = make([]progress.State, len(r.exercises))
	if len(r.exercises) == 0 {
		r.fault = "not a notebook of the course: neither its name nor its cells are"
		return r
	}
	ctx, cancel := context.WithTimeoutCause(ctx, c.limit, fmt.Errorf("it did not end within %v", c.limit))
	defer cancel()
	done, err := notebook.Execute(ctx, c.repo, file)
	if err != nil {
		r.fault = firstLine(cmp.Or(context.Cause(ctx), err))
		return r
	}
	for i, e := range r.exercises {
		r.states[i] = done.Exercises[e.ID].Last
	}
	if err := notebook.Failures("", done.Notebook); err != nil {
		r.failures = cellFailure(err)
	}
	return r
}

// identify returns the name of the course's notebook that a file is: the one
// that its own name holds, or else the one whose exercises it has.
func (c checker) identify(file string, n *notebook.Notebook) string {
	for _, e := range check.Exercises() {
		if strings.Contains(filepath.Base(file), e.Notebook) {
			return e.Notebook
		}
	}
	for _, e := range check.Exercises() {
		if _, err := n.Cell(e.Cell()); err == nil {
			return e.Notebook
		}
	}
	return ""
}

// cellFailure shortens the failures of a notebook's cells to the first cell and
// the first line of what it said.
func cellFailure(failures error) string {
	lines := strings.SplitN(strings.TrimPrefix(failures.Error(), ", "), "\n\t", 3)
	return strings.Join(lines[:min(2, len(lines))], ": ")
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

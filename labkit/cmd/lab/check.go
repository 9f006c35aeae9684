package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/image"
	"flowlab/labkit/internal/notebook"
	"flowlab/labkit/internal/processes"
	"flowlab/labkit/internal/submission"
	"flowlab/labkit/internal/terminal"
)

type checkOptions struct {
	strict    bool
	sandbox   bool
	limit     time.Duration
	cpu       time.Duration
	memory    int
	processes int
	jobs      int
	handBack  string
}

func newCheck() *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check [NOTEBOOK|FOLDER…]",
		Short: "Execute notebooks with the real kernel and mark their exercises",
		Long: `Check executes notebooks as Run All does, in a fresh kernel, and prints which
exercises are passed. Without a name it takes all of notebooks/; a name may be a
file, or the number of a notebook of yours, such as 04. Neither the files nor
your progress are changed.

In a folder it takes every notebook, also in the folders below: a class's
submissions, say. Then the table goes to standard error and the same as CSV, a
line per exercise, to standard output, both as soon as a notebook is done. A
notebook is known by its file name, in which the course's name stands
(ada_04_isolation_forest.ipynb), or by its cells. A student is the sub-folder, or
what stands before the course's name. With --hand-back the folder of that name
gets grades-moodle.csv and grades-canvas.csv, a point for each exercise that is
passed, and for the capstone the share of its points; feedback/STUDENT.md, each
answer and what its check or the compiler said; and alike.csv, answers that are
equal but for names, comments and layout. What was not handed in has no grade, a
notebook that could not be read has 0.

An exercise without an answer, that does not compile, or whose check is gone, is
not passed. It is disputed if its check shows something else than it has recorded,
or if what the answer returned is not right when it is judged again outside of the
notebook. With --strict neither is a notebook passed in which any cell fails. One
that passes a limit, or cannot be read, is said so and does not stop the others.

Notebooks are programs, and of a notebook only the cells are taken: they are
executed with the Go kernel, whatever kernel it asks for. On Linux all that it
starts may together use --memory, --processes and --cpu, the processor time; a
single process, or file, half of the memory. With --sandbox each is executed in a
container of the image (see lab image) that has no network and sees no file of
yours. For a folder that is the default where the image of this edition is;
--sandbox=false does without. Outside of a sandbox notebooks run with your rights:
check only those of people whom you trust.

The exit status is 0 if everything is passed and 1 if not.`,
		Example: "  lab check\n  lab check 04\n  lab check --strict --sandbox submissions > results.csv\n  lab check --jobs 2 --hand-back back submissions > results.csv",
		GroupID: "learner",
		RunE: inRepo(func(cmd *cobra.Command, repo checkout.Repo, args []string) error {
			files, folders, err := submission.Find(repo, args)
			if err != nil {
				return err
			}
			execute, err := o.executor(cmd, repo, folders)
			if err != nil {
				return err
			}
			if o.jobs < 1 {
				return fmt.Errorf("--jobs is %d: want 1 or more", o.jobs)
			}
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return o.checkAll(ctx, terminalOf(cmd), submission.Checker{Limit: o.limit, Execute: execute, Folders: args}, files, folders)
		}),
	}
	cmd.Flags().BoolVar(&o.strict, "strict", false, "a cell that fails outside the exercises counts as well")
	cmd.Flags().BoolVar(&o.sandbox, "sandbox", false, "execute in containers of the image")
	cmd.Flags().DurationVar(&o.limit, "limit", 15*time.Minute, "time limit for one notebook")
	cmd.Flags().DurationVar(&o.cpu, "cpu", 5*time.Minute, "limit of processor time for one notebook, outside of a sandbox")
	cmd.Flags().IntVar(&o.memory, "memory", 4096, "limit of memory for one notebook, in MB")
	cmd.Flags().IntVar(&o.processes, "processes", 512, "limit of processes for one notebook")
	cmd.Flags().IntVar(&o.jobs, "jobs", 1, "how many notebooks are executed side by side")
	cmd.Flags().StringVar(&o.handBack, "hand-back", "", "folder for grades and feedback")
	return cmd
}

// An executor executes a notebook that lies in the folder place.
type executor = func(ctx context.Context, n *notebook.Notebook, place string) (notebook.Execution, error)

// executor returns what executes the notebooks: a sandbox if one is wanted, or if
// they are somebody else's and there is one.
func (o checkOptions) executor(cmd *cobra.Command, repo checkout.Repo, folders bool) (executor, error) {
	limits, err := o.limits()
	if err != nil {
		return nil, err
	}
	chosen := cmd.Flags().Changed("sandbox")
	if o.sandbox || folders && !chosen {
		sandbox, err := image.FindSandbox(repo.Path())
		if err == nil {
			sandbox.Limits = limits
			terminalOf(cmd).Say("executing in a sandbox: containers of %s, without a network", sandbox.Image)
			return func(ctx context.Context, n *notebook.Notebook, _ string) (notebook.Execution, error) {
				return sandbox.Execute(ctx, n)
			}, nil
		}
		if o.sandbox {
			return nil, err
		}
		terminalOf(cmd).Say("NO SANDBOX: these notebooks run with your rights, as %s", firstLine(err.Error()))
	}
	if err := repo.HasKernel(); err != nil {
		return nil, err
	}
	return func(ctx context.Context, n *notebook.Notebook, place string) (notebook.Execution, error) {
		return notebook.Execute(ctx, repo, n, place, limits)
	}, nil
}

// limits returns what a notebook may take.
func (o checkOptions) limits() (processes.Limits, error) {
	l := processes.Limits{Memory: int64(o.memory) << 20, Processes: o.processes, CPU: o.cpu}
	switch {
	case o.memory < 512 || o.memory > 1<<20: // Python, the kernel and the Go tools need so much
		return l, fmt.Errorf("--memory is %d: want 512 to %d", o.memory, 1<<20)
	case o.processes < 16:
		return l, fmt.Errorf("--processes is %d: want 16 or more", o.processes)
	case o.cpu <= 0 || o.limit <= 0:
		return l, fmt.Errorf("--cpu is %v and --limit %v: want a time above 0", o.cpu, o.limit)
	}
	return l, nil
}

// checkAll prints what each notebook reached as soon as it is known. A folder's
// results are printed for programs too.
func (o checkOptions) checkAll(ctx context.Context, t terminal.Terminal, c submission.Checker, files []string, folders bool) error {
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = submission.Name(c.Folders, file)
	}
	out := t.Out
	if folders {
		out = t.Err
	}
	table := submission.NewTable(out, names)
	var sheet submission.Sheet
	if folders {
		var err error
		if sheet, err = submission.NewSheet(t.Out); err != nil {
			return err
		}
	}
	passed := true
	var results []submission.Result
	for r := range c.CheckAll(ctx, files, o.jobs, func(i int) {
		t.Say("checking %s (%d of %d)", terminal.Printable(names[i]), i+1, len(files))
	}) {
		if ctx.Err() != nil {
			return fmt.Errorf("%s: interrupted", terminal.Printable(submission.Short(r.File)))
		}
		r.File = submission.Short(r.File)
		results = append(results, r)
		passed = passed && r.Passed(o.strict)
		table.Print(r)
		if folders {
			if err := sheet.Print(r); err != nil {
				return err
			}
		}
	}
	if o.handBack != "" {
		for _, r := range results {
			if r.Student == "" {
				t.Say("%s goes back to nobody: want a sub-folder, or a name before the course's, for the student", terminal.Printable(r.Name))
			}
		}
		if err := submission.HandBack(o.handBack, results); err != nil {
			return fmt.Errorf("writing grades and feedback: %w", err)
		}
	}
	if !passed {
		return errNotPassed
	}
	return nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

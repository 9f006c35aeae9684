package notebook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/processes"
	"flowlab/labkit/internal/progress"
)

// cellSeconds is how long a cell may run before it is interrupted, which is an
// error of that cell. The first cell may have much to compile.
const cellSeconds = 120

// An Execution is a notebook that was run, and what its exercises reached and
// returned, by their ids.
type Execution struct {
	*Notebook
	Exercises map[string]progress.Entry
	Results   map[string]progress.Results
}

// Execute runs all cells of a notebook with the course's kernel, as Run All in
// JupyterLab does for a notebook in the folder place. A failing cell does not stop
// the run: see [Failures]. The learner's progress is not touched. Of the
// environment only what the kernel needs is handed on, and what the cells have
// started and left behind is ended.
func Execute(ctx context.Context, repo checkout.Repo, n *Notebook, place string, limits processes.Limits) (Execution, error) {
	dir, err := os.MkdirTemp("", "flowlab")
	if err != nil {
		return Execution{}, err
	}
	defer os.RemoveAll(dir)
	if err := nbconvert(ctx, repo, n, place, dir, limits); err != nil {
		return Execution{}, err
	}
	return ReadExecution(dir)
}

// ReadExecution reads what the execution of a notebook has written into a folder:
// the executed one, the record of what its exercises reached, and what their
// answers returned.
func ReadExecution(dir string) (Execution, error) {
	n, err := Read(filepath.Join(dir, Executed))
	if err != nil {
		return Execution{}, err
	}
	n.Clean()
	exercises, _, err := progress.Load(filepath.Join(dir, progress.Name))
	if err != nil {
		return Execution{}, err
	}
	results, err := progress.LoadResults(filepath.Join(dir, progress.ResultsName))
	return Execution{n, exercises, results}, err
}

// nbconvert writes the executed notebook, and what comes with it, into dir.
func nbconvert(ctx context.Context, repo checkout.Repo, n *Notebook, place, dir string, limits processes.Limits) error {
	data, err := n.Bytes()
	if err != nil {
		return err
	}
	args := append([]string{"-m", "nbconvert", "--stdin"}, ExecuteArgs()...)
	cmd := exec.CommandContext(ctx, repo.Venv("bin", "python"), append(args, "--output-dir="+dir)...)
	cmd.Dir, cmd.Stdin = place, bytes.NewReader(data)
	cmd.Env = append(repo.CleanEnv(), "FLOWLAB_STRICT=",
		progress.Variable+"="+filepath.Join(dir, progress.Name), progress.ResultsVariable+"="+filepath.Join(dir, progress.ResultsName))
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGINT) } // it ends its kernel first
	cmd.WaitDelay = 10 * time.Second
	said := &Head{Limit: 1 << 16}
	cmd.Stdout, cmd.Stderr = said, said
	err = processes.Run(cmd, limits)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if _, passed := errors.AsType[processes.LimitError](err); err != nil && !passed {
		return fmt.Errorf("nbconvert failed (%w): %s\n%s", err, reasonIn(said.String()), said)
	}
	return err
}

// reasonIn returns the line of what Python and Go have said that tells why they
// ended: the last of Python's exceptions, or what Go's runtime could not go on
// with.
func reasonIn(said string) string {
	for _, pattern := range []*regexp.Regexp{exception, fatal} {
		if all := pattern.FindAllString(said, -1); len(all) > 0 {
			return all[len(all)-1]
		}
	}
	return said[strings.LastIndexByte(said, '\n')+1:]
}

var (
	exception = regexp.MustCompile(`(?m)^(\w+\.)*\w*(Error|Exception)\b.*$`)
	fatal     = regexp.MustCompile(`(?m)^fatal error: .*$`)
)

// ExecuteArgs returns the arguments with which nbconvert executes all cells of a
// notebook, and writes [Executed].
func ExecuteArgs() []string {
	return []string{
		"--to=notebook", "--execute", "--allow-errors",
		fmt.Sprintf("--ExecutePreprocessor.timeout=%d", cellSeconds),
		"--ExecutePreprocessor.interrupt_on_timeout=True",
		"--ExecutePreprocessor.error_on_timeout=ename=Timeout",
		fmt.Sprintf("--ExecutePreprocessor.error_on_timeout=evalue=the cell was interrupted after %d seconds", cellSeconds),
		"--ExecutePreprocessor.error_on_timeout=traceback=",
		"--log-level=ERROR", "--output=" + Executed,
	}
}

// Executed is the name of the file that nbconvert writes.
const Executed = "executed.ipynb"

// A Head keeps the first bytes that are written to it.
type Head struct {
	Limit int
	text  []byte
}

func (h *Head) Write(data []byte) (int, error) {
	h.text = append(h.text, data[:min(len(data), h.Limit-len(h.text))]...)
	return len(data), nil
}

// String returns what was kept.
func (h *Head) String() string { return strings.TrimSpace(string(h.text)) }

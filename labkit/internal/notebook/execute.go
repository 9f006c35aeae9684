package notebook

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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

// An Execution is a notebook that was run, and what its exercises reached, by
// their ids.
type Execution struct {
	*Notebook
	Exercises map[string]progress.Entry
}

// Execute runs all cells of the notebook at path with the course's kernel, as
// Run All in JupyterLab does. A failing cell does not stop the run: see
// [Failures]. The file itself and the learner's progress are not touched. Of the
// environment only what the kernel needs is handed on, and what the cells have
// started and left behind is ended.
func Execute(ctx context.Context, repo checkout.Repo, path string) (Execution, error) {
	dir, err := os.MkdirTemp("", "flowlab")
	if err != nil {
		return Execution{}, fmt.Errorf("executing %s: %w", path, err)
	}
	defer os.RemoveAll(dir)
	record := filepath.Join(dir, progress.Name)
	if err := nbconvert(ctx, repo, path, dir, record); err != nil {
		return Execution{}, err
	}
	return ReadExecution(filepath.Join(dir, Executed), record)
}

// ReadExecution reads what was written by the execution of a notebook: the
// executed one, and the record of what its exercises reached.
func ReadExecution(executed, record string) (Execution, error) {
	n, err := Read(executed)
	if err != nil {
		return Execution{}, err
	}
	n.Clean()
	exercises, _, err := progress.Load(record)
	return Execution{n, exercises}, err
}

// nbconvert writes the executed notebook into dir.
func nbconvert(ctx context.Context, repo checkout.Repo, path, dir, record string) error {
	args := append([]string{"-m", "nbconvert"}, ExecuteArgs()...)
	cmd := exec.CommandContext(ctx, repo.Venv("bin", "python"), append(args, "--output-dir="+dir, path)...)
	cmd.Env = append(repo.CleanEnv(), progress.Variable+"="+record, "FLOWLAB_STRICT=")
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGINT) } // it ends its kernel first
	cmd.WaitDelay = 10 * time.Second
	said := &Head{Limit: 1 << 16}
	cmd.Stdout, cmd.Stderr = said, said
	err := processes.Run(cmd)
	if ctx.Err() != nil {
		return fmt.Errorf("executing %s: %w", path, context.Cause(ctx))
	}
	if err != nil {
		return fmt.Errorf("executing %s: %w\n%s", path, err, said)
	}
	return nil
}

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

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

	"flowlab/labkit/internal/progress"
)

// NeedKernel is the environment variable that makes a missing kernel fail the
// tests that want one, instead of skipping them: make test sets it.
const NeedKernel = "FLOWLAB_NEED_KERNEL"

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
// [Failures]. The file itself and the learner's progress are not touched.
func (r Repo) Execute(ctx context.Context, path string) (Execution, error) {
	dir, err := os.MkdirTemp("", "flowlab")
	if err != nil {
		return Execution{}, fmt.Errorf("labkit: executing %s: %w", path, err)
	}
	defer os.RemoveAll(dir)
	record := filepath.Join(dir, progress.Name)
	if err := r.nbconvert(ctx, path, dir, record); err != nil {
		return Execution{}, err
	}
	n, err := Read(filepath.Join(dir, "executed.ipynb"))
	if err != nil {
		return Execution{}, err
	}
	n.Clean()
	exercises, _, err := progress.Load(record)
	return Execution{n, exercises}, err
}

// nbconvert writes the executed notebook into dir.
func (r Repo) nbconvert(ctx context.Context, path, dir, record string) error {
	cmd := exec.CommandContext(ctx, r.Venv("bin", "python"), "-m", "nbconvert", "--to=notebook", "--execute", "--allow-errors",
		fmt.Sprintf("--ExecutePreprocessor.timeout=%d", cellSeconds),
		"--ExecutePreprocessor.interrupt_on_timeout=True",
		"--ExecutePreprocessor.error_on_timeout=ename=Timeout",
		fmt.Sprintf("--ExecutePreprocessor.error_on_timeout=evalue=the cell was interrupted after %d seconds", cellSeconds),
		"--ExecutePreprocessor.error_on_timeout=traceback=",
		"--log-level=ERROR", "--output-dir="+dir, "--output=executed.ipynb", path)
	cmd.Env = append(append(os.Environ(), r.JupyterEnv()...), progress.Variable+"="+record, "FLOWLAB_STRICT=")
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGINT) } // it ends its kernel first
	cmd.WaitDelay = 20 * time.Second
	said, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		return fmt.Errorf("labkit: executing %s: %w", path, context.Cause(ctx))
	}
	if err != nil {
		return fmt.Errorf("labkit: executing %s: %w\n%s", path, err, strings.TrimSpace(string(said)))
	}
	return nil
}

// HasKernel returns an error if the course's kernel is not installed.
func (r Repo) HasKernel() error {
	if _, err := os.Stat(r.Venv("share", "jupyter", "kernels", "gonb", "kernel.json")); err != nil {
		return fmt.Errorf("labkit: the Go kernel is not installed: run make lab or make test (%w)", err)
	}
	return nil
}

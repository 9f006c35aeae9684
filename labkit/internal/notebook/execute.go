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
// [Failures]. The file itself and the learner's progress are not touched.
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
	n, err := Read(filepath.Join(dir, "executed.ipynb"))
	if err != nil {
		return Execution{}, err
	}
	n.Clean()
	exercises, _, err := progress.Load(record)
	return Execution{n, exercises}, err
}

// nbconvert writes the executed notebook into dir.
func nbconvert(ctx context.Context, repo checkout.Repo, path, dir, record string) error {
	cmd := exec.CommandContext(ctx, repo.Venv("bin", "python"), "-m", "nbconvert", "--to=notebook", "--execute", "--allow-errors",
		fmt.Sprintf("--ExecutePreprocessor.timeout=%d", cellSeconds),
		"--ExecutePreprocessor.interrupt_on_timeout=True",
		"--ExecutePreprocessor.error_on_timeout=ename=Timeout",
		fmt.Sprintf("--ExecutePreprocessor.error_on_timeout=evalue=the cell was interrupted after %d seconds", cellSeconds),
		"--ExecutePreprocessor.error_on_timeout=traceback=",
		"--log-level=ERROR", "--output-dir="+dir, "--output=executed.ipynb", path)
	cmd.Env = append(append(os.Environ(), repo.JupyterEnv()...), progress.Variable+"="+record, "FLOWLAB_STRICT=")
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGINT) } // it ends its kernel first
	cmd.WaitDelay = 20 * time.Second
	said, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		return fmt.Errorf("executing %s: %w", path, context.Cause(ctx))
	}
	if err != nil {
		return fmt.Errorf("executing %s: %w\n%s", path, err, strings.TrimSpace(string(said)))
	}
	return nil
}

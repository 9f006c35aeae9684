package notebook

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// NeedKernel is the environment variable that makes a missing kernel fail the
// tests that want one, instead of skipping them: make test sets it.
const NeedKernel = "FLOWLAB_NEED_KERNEL"

// Execute runs all cells of the notebook at path with the course's kernel, as
// Run All in JupyterLab does, and returns the cleaned result. The file itself is
// not touched. A failing cell does not stop the run: see [Failures]. A cell that
// runs for more than five minutes does.
func (r Repo) Execute(ctx context.Context, path string) (*Notebook, error) {
	dir, err := os.MkdirTemp("", "flowlab")
	if err != nil {
		return nil, fmt.Errorf("labkit: executing %s: %w", path, err)
	}
	defer os.RemoveAll(dir)

	cmd := exec.CommandContext(ctx, r.Venv("bin", "python"), "-m", "nbconvert", "--to=notebook", "--execute", "--allow-errors",
		"--ExecutePreprocessor.timeout=300",
		"--log-level=WARN", "--output-dir="+dir, "--output=executed.ipynb", path)
	cmd.Env = append(os.Environ(), r.JupyterEnv()...)
	if said, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("labkit: executing %s: %w\n%s", path, err, strings.TrimSpace(string(said)))
	}
	n, err := Read(filepath.Join(dir, "executed.ipynb"))
	if err != nil {
		return nil, err
	}
	n.Clean()
	return n, nil
}

// HasKernel returns an error if the course's kernel is not installed.
func (r Repo) HasKernel() error {
	if _, err := os.Stat(r.Venv("share", "jupyter", "kernels", "gonb", "kernel.json")); err != nil {
		return fmt.Errorf("labkit: the Go kernel is not installed: run make lab or make test (%w)", err)
	}
	return nil
}

// Package setup builds what a learner needs in .venv: JupyterLab, the Go kernel
// with its tools, and a warm build cache. It also looks at what is there, and
// says what is missing.
package setup

import (
	"fmt"
	"os"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/terminal"
)

// Course brings .venv up to date. Where nothing changed it takes a few seconds
// and needs no network.
func Course(t terminal.Terminal, repo checkout.Repo) error {
	if err := os.MkdirAll(repo.Venv("var"), 0o755); err != nil {
		return err
	}
	if err := jupyterStep(t, repo).Do(); err != nil {
		return fmt.Errorf("setting up JupyterLab: %w", err)
	}
	if err := dress(repo); err != nil {
		return fmt.Errorf("setting up JupyterLab: %w", err)
	}
	if err := kernelStep(t, repo).Do(); err != nil {
		return fmt.Errorf("setting up the Go kernel: %w", err)
	}
	warmCache(t, repo)
	return nil
}

func jupyterStep(t terminal.Terminal, repo checkout.Repo) Step {
	return Step{
		Stamp:    repo.Venv("var", "jupyter.stamp"),
		Describe: func() string { return pythonState(repo) },
		Build:    func() error { return installJupyter(t, repo) },
	}
}

func kernelStep(t terminal.Terminal, repo checkout.Repo) Step {
	return Step{
		Stamp:    repo.Venv("var", "kernel.stamp"),
		Describe: func() string { return kernelState(repo) },
		Build:    func() error { return installKernel(t, repo) },
	}
}

package setup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/notebook"
	"flowlab/labkit/internal/processes"
	"flowlab/labkit/internal/progress"
	"flowlab/labkit/internal/terminal"
)

// A probe looks at one part of the set-up. It returns what it found, or
// an error that says what is missing and what to type.
type probe struct {
	part string
	look func(context.Context, checkout.Repo) (string, error)
}

var probes = []probe{
	{"Go", probeGo},
	{"Python", probePython},
	{"JupyterLab", probeJupyter},
	{"kernel", probeKernel},
	{"notebooks", probeNotebooks},
	{"progress", probeProgress},
}

// Diagnose prints a line for each part, and reports whether all are well. A
// cell is run only then: it would tell nothing new about a part that lacks.
func Diagnose(ctx context.Context, w io.Writer, repo checkout.Repo) bool {
	well := true
	tell := func(p probe) {
		found, err := p.look(ctx, repo)
		if err != nil {
			well = false
			fmt.Fprintf(w, "✗ %s: %v\n", p.part, err)
			return
		}
		fmt.Fprintf(w, "✓ %s: %s\n", p.part, found)
	}
	for _, p := range probes {
		tell(p)
	}
	if well {
		tell(probe{"a cell", runCell})
	}
	return well
}

func probeGo(_ context.Context, repo checkout.Repo) (string, error) {
	version, err := terminal.Output(repo.Path(), repo.GoEnv(), "go", "version")
	if err != nil {
		return "", errors.New("it is not in PATH: install Go 1.26 or newer from https://go.dev/dl/")
	}
	cache, err := terminal.Output(repo.Path(), repo.GoEnv(), "go", "env", "GOCACHE")
	if err != nil {
		return "", err
	}
	if err := writable(cache); err != nil {
		return "", fmt.Errorf("the build cache cannot be written, so that every cell would take long (%w): set GOCACHE to a folder of yours", err)
	}
	return strings.TrimPrefix(version, "go version "), nil
}

func probePython(context.Context, checkout.Repo) (string, error) { return findPython() }

func probeJupyter(_ context.Context, repo checkout.Repo) (string, error) {
	if !jupyterStep(terminal.Terminal{}, repo).Stands() {
		return "", errors.New("it is not set up, or for another Python, folder or requirements.txt: type make lab")
	}
	version, err := terminal.Output(repo.Path(), repo.JupyterEnv(), repo.Venv("bin", "python"), "-m", "jupyterlab", "--version")
	if err != nil {
		return "", errors.New("it does not start: delete the folder .venv and type make lab")
	}
	return version, nil
}

func probeKernel(_ context.Context, repo checkout.Repo) (string, error) {
	if err := repo.HasKernel(); err != nil || !kernelStep(terminal.Terminal{}, repo).Stands() {
		return "", errors.New("it is not set up, or for another Go, folder or go.mod: type make lab")
	}
	for _, tool := range []string{"gonb", "goimports", "gopls"} {
		if _, err := os.Stat(repo.Venv("bin", tool)); err != nil {
			return "", fmt.Errorf("%s is missing: delete the folder .venv and type make lab", tool)
		}
	}
	return "gonb, with goimports and gopls", nil
}

func probeNotebooks(_ context.Context, repo checkout.Repo) (string, error) {
	names, err := repo.Names()
	if err != nil {
		return "", err
	}
	var missing []string
	for _, name := range names {
		if _, err := os.Stat(repo.Path("notebooks", name+".ipynb")); err != nil {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return "", fmt.Errorf("%s not there: type go tool lab release", strings.Join(missing, ", "))
	}
	if err := writable(repo.Path("notebooks")); err != nil {
		return "", fmt.Errorf("your work cannot be saved (%w): make the folder notebooks writable", err)
	}
	return fmt.Sprintf("%d, in a folder that can be written", len(names)), nil
}

func probeProgress(_ context.Context, repo checkout.Repo) (string, error) {
	path := repo.Path("notebooks", progress.Name)
	data, err := os.ReadFile(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return "none yet", nil
	case err != nil:
		return "", fmt.Errorf("%w: move the file away", err)
	}
	if fault := progress.Fault(data); fault != "" {
		return "", fmt.Errorf("%s %s: the next check keeps it aside and begins a new file", filepath.Base(path), fault)
	}
	return "can be read", nil
}

// runCell executes a notebook of one cell.
func runCell(ctx context.Context, repo checkout.Repo) (string, error) {
	const source = "import \"flowlab/labkit\"\n\n%%\nfmt.Println(labkit.GenerateFlows(42).Nrow())"
	dir, err := os.MkdirTemp("", "flowlab")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	data, err := json.Marshal(map[string]any{"cells": []any{map[string]any{"cell_type": "code", "source": source}}})
	if err != nil {
		return "", err
	}
	cell, err := notebook.Parse(data)
	if err != nil {
		return "", err
	}
	n, err := notebook.Execute(ctx, repo, cell.Program(), dir, processes.Limits{})
	if err == nil {
		err = notebook.Failures("", n.Notebook)
	}
	if err != nil {
		return "", fmt.Errorf("the kernel does not work: delete the folder .venv and type make lab\n%w", err)
	}
	return "runs", nil
}

// writable returns an error if no file can be made in a folder.
func writable(dir string) error {
	f, err := os.CreateTemp(dir, ".lab-doctor-*")
	if err != nil {
		return err
	}
	_ = f.Close() // nothing was written
	return os.Remove(f.Name())
}

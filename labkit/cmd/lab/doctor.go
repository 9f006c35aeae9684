package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/notebook"
	"flowlab/labkit/internal/progress"
)

func newDoctor() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Say what the set-up lacks, and what to type",
		Long: `Doctor looks at all that the course needs: Go, Python, JupyterLab, the kernel,
the notebooks and the progress file; if all is there it runs a cell. It changes
nothing. The exit status is 0 if nothing is amiss and 1 if something is.`,
		GroupID: "learner",
		Args:    cobra.NoArgs,
		RunE: inRepo(func(cmd *cobra.Command, repo notebook.Repo, _ []string) error {
			if !diagnose(cmd.Context(), cmd.OutOrStdout(), repo) {
				return errors.New("the set-up is not complete: see the lines with ✗")
			}
			return nil
		}),
	}
}

// An examination looks at one part of the set-up. It returns what it found, or
// an error that says what is missing and what to type.
type examination struct {
	part string
	look func(context.Context, notebook.Repo) (string, error)
}

var examinations = []examination{
	{"Go", lookAtGo},
	{"Python", lookAtPython},
	{"JupyterLab", lookAtJupyter},
	{"kernel", lookAtKernel},
	{"notebooks", lookAtNotebooks},
	{"progress", lookAtProgress},
}

// diagnose prints a line for each part, and reports whether all are well. A
// cell is run only then: it would tell nothing new about a part that lacks.
func diagnose(ctx context.Context, w io.Writer, repo notebook.Repo) bool {
	well := true
	tell := func(e examination) {
		found, err := e.look(ctx, repo)
		if err != nil {
			well = false
			fmt.Fprintf(w, "✗ %s: %v\n", e.part, err)
			return
		}
		fmt.Fprintf(w, "✓ %s: %s\n", e.part, found)
	}
	for _, e := range examinations {
		tell(e)
	}
	if well {
		tell(examination{"a cell", runCell})
	}
	return well
}

func lookAtGo(_ context.Context, repo notebook.Repo) (string, error) {
	version, err := run(repo.Path(), repo.GoEnv(), "go", "version")
	if err != nil {
		return "", errors.New("it is not in PATH: install Go 1.26 or newer from https://go.dev/dl/")
	}
	cache, err := run(repo.Path(), repo.GoEnv(), "go", "env", "GOCACHE")
	if err != nil {
		return "", err
	}
	if err := writable(cache); err != nil {
		return "", fmt.Errorf("the build cache cannot be written, so that every cell would take long (%w): set GOCACHE to a folder of yours", err)
	}
	return strings.TrimPrefix(version, "go version "), nil
}

func lookAtPython(context.Context, notebook.Repo) (string, error) { return findPython() }

func lookAtJupyter(_ context.Context, repo notebook.Repo) (string, error) {
	if !jupyterStep(repo).stands() {
		return "", errors.New("it is not set up, or for another Python, folder or requirements.txt: type make lab")
	}
	version, err := run(repo.Path(), repo.JupyterEnv(), repo.Venv("bin", "python"), "-m", "jupyterlab", "--version")
	if err != nil {
		return "", errors.New("it does not start: delete the folder .venv and type make lab")
	}
	return version, nil
}

func lookAtKernel(_ context.Context, repo notebook.Repo) (string, error) {
	if err := repo.HasKernel(); err != nil || !kernelStep(repo).stands() {
		return "", errors.New("it is not set up, or for another Go, folder or go.mod: type make lab")
	}
	for _, tool := range []string{"gonb", "goimports", "gopls"} {
		if _, err := os.Stat(repo.Venv("bin", tool)); err != nil {
			return "", fmt.Errorf("%s is missing: delete the folder .venv and type make lab", tool)
		}
	}
	return "gonb, with goimports and gopls", nil
}

func lookAtNotebooks(_ context.Context, repo notebook.Repo) (string, error) {
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

func lookAtProgress(_ context.Context, repo notebook.Repo) (string, error) {
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
func runCell(ctx context.Context, repo notebook.Repo) (string, error) {
	const source = "import \"flowlab/labkit\"\n\n%%\nfmt.Println(labkit.GenerateFlows(42).Nrow())"
	dir, err := os.MkdirTemp("", "flowlab")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "cell.ipynb")
	data, err := json.Marshal(map[string]any{
		"nbformat": 4, "nbformat_minor": 5,
		"metadata": map[string]any{"kernelspec": map[string]any{"name": "gonb", "display_name": "Go (gonb)"}},
		"cells": []any{map[string]any{
			"cell_type": "code", "id": "cell", "metadata": map[string]any{}, "outputs": []any{},
			"execution_count": nil, "source": source,
		}},
	})
	if err == nil {
		err = os.WriteFile(path, data, 0o644)
	}
	if err != nil {
		return "", err
	}
	n, err := repo.Execute(ctx, path)
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

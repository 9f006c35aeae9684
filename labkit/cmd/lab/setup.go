package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/notebook"
)

func newSetup() *cobra.Command {
	return &cobra.Command{
		Use:     "setup",
		Short:   "Set up what is missing: JupyterLab, the Go kernel, a warm build cache",
		GroupID: "learner",
		Args:    cobra.NoArgs,
		RunE: inRepo(func(_ *cobra.Command, repo notebook.Repo, _ []string) error {
			return setUp(repo)
		}),
	}
}

// setUp brings .venv up to date. Where nothing changed it takes a few seconds and
// needs no network.
func setUp(repo notebook.Repo) error {
	if err := os.MkdirAll(repo.Venv("var"), 0o755); err != nil {
		return err
	}
	if err := jupyterStep(repo).do(); err != nil {
		return fmt.Errorf("setting up JupyterLab: %w", err)
	}
	if err := kernelStep(repo).do(); err != nil {
		return fmt.Errorf("setting up the Go kernel: %w", err)
	}
	warmCache(repo)
	return nil
}

func jupyterStep(repo notebook.Repo) step {
	return step{
		stamp:    repo.Venv("var", "jupyter.stamp"),
		describe: func() string { return pythonState(repo) },
		build:    func() error { return installJupyter(repo) },
	}
}

func kernelStep(repo notebook.Repo) step {
	return step{
		stamp:    repo.Venv("var", "kernel.stamp"),
		describe: func() string { return kernelState(repo) },
		build:    func() error { return installKernel(repo) },
	}
}

// A step builds a part of .venv, unless it stands already.
type step struct {
	stamp    string        // the file that keeps what describe said after the last build
	describe func() string // says what the part was built from
	build    func() error
}

// stands reports whether the part was built from what it would be built from
// now.
func (s step) stands() bool {
	old, err := os.ReadFile(s.stamp)
	return err == nil && string(old) == s.describe()
}

// do builds the part if what it is built from has changed. The stamp is written
// last, so an interrupted build is done again.
func (s step) do() error {
	if s.stands() {
		return nil
	}
	if err := os.Remove(s.stamp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := s.build(); err != nil {
		return err
	}
	return os.WriteFile(s.stamp, []byte(s.describe()), 0o644)
}

// digest names the contents of a file, or says that it cannot be read.
func digest(path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return filepath.Base(path) + ": missing\n"
	}
	return fmt.Sprintf("%s: %x\n", filepath.Base(path), sha256.Sum256(data))
}

// say tells the learner what takes so long.
func say(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "lab: "+format+"\n", args...)
}

// run runs a program in dir with extra environment, and returns what it printed
// on standard output. An error shows all that it said.
func run(dir string, env []string, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s", filepath.Base(name), strings.Join(args, " "), err,
			strings.TrimSpace(stdout.String()+stderr.String()))
	}
	return strings.TrimSpace(stdout.String()), nil
}

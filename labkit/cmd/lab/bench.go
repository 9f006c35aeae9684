package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"flowlab/labkit/bench"
	"flowlab/labkit/internal/notebook"
)

func newBench() *cobra.Command {
	var maxRows int
	var only []string
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Measure labkit beside scikit-learn, PyOD, isotree and pandas",
		Long: `Bench measures the detectors and readers beside their Python peers, in one run
on the same data, and the lab's twelve steps as a Go and as a Python notebook.
It prints the tables that the README shows. The Python packages go into
.venv/bench; a peer that cannot be installed is reported as such.`,
		GroupID: "author",
		Args:    cobra.NoArgs,
		RunE: inRepo(func(cmd *cobra.Command, repo notebook.Repo, _ []string) error {
			peers, err := installPeers(repo)
			if err != nil {
				say("no peers in this run: %v", err)
			}
			self, err := os.Executable()
			if err != nil {
				return err
			}
			measured, err := bench.Bench{
				Worker:  []string{self, "bench", "worker"},
				Peers:   peers,
				MaxRows: maxRows,
				Only:    only,
				Log:     os.Stderr,
			}.Run()
			if err != nil {
				return err
			}
			bench.Report(cmd.OutOrStdout(), measured)
			return nil
		}),
	}
	cmd.Flags().IntVar(&maxRows, "max-rows", 1_000_000, "leave out the sizes above")
	cmd.Flags().StringSliceVar(&only, "only", nil, "measure only the tasks that begin with one of these: forest, LOF, SVM, read")
	cmd.AddCommand(&cobra.Command{
		Use:    "worker",
		Short:  "The Go side, in a process of its own",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE:   func(*cobra.Command, []string) error { return bench.Work(os.Stdin, os.Stdout) },
	})
	return cmd
}

// installPeers sets up the Python packages that labkit is compared with, and
// returns the command that runs them.
func installPeers(repo notebook.Repo) ([]string, error) {
	requirements := repo.Path("labkit", "bench", "requirements.txt")
	python := repo.Venv("bench", "bin", "python")
	setUp := step{
		stamp:    repo.Venv("bench", "stamp"),
		describe: func() string { return fmt.Sprintln(repo.Path()) + digest(requirements) },
		build:    func() error { return buildPeers(repo, python, requirements) },
	}
	if err := setUp.do(); err != nil {
		return nil, err
	}
	return []string{python, repo.Path("labkit", "bench", "peers.py")}, nil
}

func buildPeers(repo notebook.Repo, python, requirements string) error {
	base, err := findPython()
	if err != nil {
		return err
	}
	say("setting up the peers in .venv/bench, which takes some minutes …")
	dir := filepath.Dir(filepath.Dir(python))
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if _, err := run(repo.Path(), nil, base, "-m", "venv", dir); err != nil {
		return err
	}
	pip := func(args ...string) error {
		_, err := run(repo.Path(), []string{"PIP_DISABLE_PIP_VERSION_CHECK=1"}, python, append([]string{"-m", "pip", "-q", "install"}, args...)...)
		return err
	}
	err = pip("-r", requirements)
	if err == nil {
		return nil
	}
	say("not all peers can be installed, so each is tried alone: %v", err)
	pinned, err := os.ReadFile(requirements)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(pinned)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := pip("--no-deps", line); err != nil {
			say("without %s: %v", line, err)
		}
	}
	return nil
}

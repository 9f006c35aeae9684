package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"flowlab/labkit/bench"
	"flowlab/labkit/internal/notebook"
)

func newBench() *cobra.Command {
	var o benchOptions
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Measure labkit beside scikit-learn, PyOD, isotree, pandas, nfstream and tshark",
		Long: `Bench measures the detectors and readers beside their peers, in one run on the
same data, and the lab's twelve steps as a Go and as a Python notebook.
It prints the tables that the README shows. The Python packages go into
.venv/bench; a peer that cannot be installed, and tshark where it is not, is
reported as such.`,
		GroupID: "author",
		Args:    cobra.NoArgs,
		RunE: inRepo(func(cmd *cobra.Command, repo notebook.Repo, _ []string) error {
			return o.run(cmd.OutOrStdout(), repo)
		}),
	}
	cmd.Flags().IntVar(&o.maxRows, "max-rows", 1_000_000, "leave out the sizes above")
	cmd.Flags().StringSliceVar(&o.only, "only", nil, "measure only the tasks that begin with one of these: forest, LOF, SVM, read, capture, notebooks")
	cmd.Flags().BoolVar(&o.readme, "readme", false, "put the tables and the picture into the README")
	cmd.AddCommand(&cobra.Command{
		Use:    "worker",
		Short:  "The Go side, in a process of its own",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE:   func(*cobra.Command, []string) error { return bench.Work(os.Stdin, os.Stdout) },
	})
	return cmd
}

type benchOptions struct {
	maxRows int
	only    []string
	readme  bool
}

func (o benchOptions) run(out io.Writer, repo notebook.Repo) error {
	notebooks := o.only == nil || slices.Contains(o.only, "notebooks")
	if notebooks {
		if err := setUp(repo); err != nil { // first: it may make .venv anew
			return err
		}
	}
	peers, err := installPeers(repo)
	if err != nil {
		say("no peers in this run: %v", err)
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	b := bench.Bench{Worker: []string{self, "bench", "worker"}, Peers: peers, MaxRows: o.maxRows, Only: o.only, Log: os.Stderr}
	measured, err := b.Run()
	if err != nil {
		return err
	}
	var runs []bench.Notebook
	if notebooks && peers != nil {
		env := append(repo.JupyterEnv(), "JUPYTER_PATH="+repo.Venv("share", "jupyter"))
		if runs, err = b.RunNotebooks(peers[0], env); err != nil {
			return err
		}
	}
	var report strings.Builder
	bench.Report(&report, measured, runs)
	if _, err := io.WriteString(out, report.String()); err != nil || !o.readme {
		return err
	}
	return writeBench(repo, report.String(), measured)
}

// The README holds the report between these lines.
const beginBench, endBench = "<!-- BEGIN BENCH: written by make bench ARGS=--readme -->\n", "<!-- END BENCH -->"

// writeBench puts the report and the picture where the README shows them.
func writeBench(repo notebook.Repo, report string, measured []bench.Result) error {
	readme, err := os.ReadFile(repo.Path("README.md"))
	if err != nil {
		return err
	}
	before, rest, begun := strings.Cut(string(readme), beginBench)
	_, after, ended := strings.Cut(rest, endBench)
	if !begun || !ended {
		return fmt.Errorf("README.md: no lines %q and %q to put the report between", beginBench, endBench)
	}
	picture, err := bench.Picture(measured)
	if err != nil {
		return err
	}
	if err := os.WriteFile(repo.Path("labkit", "bench", "bench.png"), picture, 0o644); err != nil {
		return err
	}
	return os.WriteFile(repo.Path("README.md"), []byte(before+beginBench+report+endBench+after), 0o644)
}

// installPeers sets up the Python packages that labkit is compared with, and
// returns the command that runs them.
func installPeers(repo notebook.Repo) ([]string, error) {
	requirements := repo.Path("labkit", "bench", "requirements.txt")
	setUp := step{
		stamp:    repo.Venv("bench", "stamp"),
		describe: func() string { return fmt.Sprintln(repo.Path()) + digest(requirements) },
		build:    func() error { return buildPeers(repo, requirements) },
	}
	if err := setUp.do(); err != nil {
		return nil, err
	}
	return []string{repo.Venv("bench", "bin", "python"), repo.Path("labkit", "bench", "peers.py")}, nil
}

func buildPeers(repo notebook.Repo, requirements string) error {
	say("setting up the peers in .venv/bench, which takes some minutes …")
	python, err := makeVenv(repo, repo.Venv("bench"))
	if err != nil {
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

package main

import (
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"flowlab/labkit/internal/bench"
	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/setup"
	"flowlab/labkit/internal/terminal"
)

func newBench() *cobra.Command {
	var o benchOptions
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Measure labkit beside scikit-learn, PyOD, isotree, pandas, nfstream, tshark, bytewax and River",
		Long: `Bench measures the detectors, readers and windows beside their peers, in one run on the
same data, the stream at fixed rates, and the lab's twelve steps as a Go and as a
Python notebook.
It prints the tables that labkit/internal/bench/README.md shows. The Python packages go into
.venv/bench; a peer that cannot be installed, and tshark where it is not, is
reported as such.`,
		GroupID: "author",
		Args:    cobra.NoArgs,
		RunE: inRepo(func(cmd *cobra.Command, repo checkout.Repo, _ []string) error {
			return o.run(terminalOf(cmd), repo)
		}),
	}
	cmd.Flags().IntVar(&o.maxRows, "max-rows", 1_000_000, "leave out the sizes above")
	cmd.Flags().StringSliceVar(&o.only, "only", nil, "measure only the tasks that begin with one of these: forest, LOF, SVM, read, capture, sliding, log, half-space, drift, stream, notebooks")
	cmd.Flags().BoolVar(&o.readme, "readme", false, "put the tables and the picture into that README")
	cmd.AddCommand(&cobra.Command{
		Use:    "worker",
		Short:  "The Go side, in a process of its own",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE:   func(cmd *cobra.Command, _ []string) error { return bench.Work(cmd.InOrStdin(), cmd.OutOrStdout()) },
	})
	return cmd
}

type benchOptions struct {
	maxRows int
	only    []string
	readme  bool
}

func (o benchOptions) run(t terminal.Terminal, repo checkout.Repo) error {
	notebooks := o.only == nil || slices.Contains(o.only, "notebooks")
	if notebooks {
		if err := setup.Course(t, repo); err != nil { // first: it may make .venv anew
			return err
		}
	}
	peers, err := bench.InstallPeers(t, repo)
	if err != nil {
		t.Say("no peers in this run: %v", err)
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	b := bench.Bench{Worker: []string{self, "bench", "worker"}, Peers: peers, MaxRows: o.maxRows, Only: o.only, Log: t.Err}
	measured, err := b.Run()
	if err != nil {
		return err
	}
	var streams []bench.StreamRun
	if o.only == nil || slices.Contains(o.only, string(bench.Stream)) {
		if streams, err = b.RunStream(); err != nil {
			return err
		}
	}
	var runs []bench.Notebook
	if notebooks && peers != nil {
		env := append(repo.JupyterEnv(), "JUPYTER_PATH="+repo.Venv("share", "jupyter"))
		if runs, err = b.RunNotebooks(peers[0], env); err != nil {
			return err
		}
	}
	var report strings.Builder
	bench.Report(&report, measured, streams, runs)
	if _, err := io.WriteString(t.Out, report.String()); err != nil || !o.readme {
		return err
	}
	return bench.WriteReadme(repo, report.String(), measured)
}

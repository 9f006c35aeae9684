package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// scoreOptions are what lab score is told.
type scoreOptions struct {
	detector, format string
	contamination    float64
	top              int
	seed             uint32
}

func newScore() *cobra.Command {
	o, read := scoreOptions{}, readFlags{}
	cmd := &cobra.Command{
		Use:   "score FILE...",
		Short: "Find the strangest flows in captures and logs",
		Long: `Score fits a detector to the flows of all files together and writes the
strangest of them to standard output, the strangest first, each with the reason.

` + inputFormats + `

The detector sees the eight features of the course, in logarithms where they
have long tails, and robustly scaled. A score says how far a flow is from what
is usual in these files, not that it is an attack. Contamination is your belief
about how many are anomalies; it sets the threshold above which a flow is
marked, and does not change the order.

What is not known is handled so that as few flows as possible drop out, and said
on standard error: the two directions of a conversation are merged where an
exporter wrote them apart; bytes with IP headers stand in where payload was not
counted; a flow without a duration, as of a single packet, lasted 0 seconds.

The support vector machine and the local outlier factor take long to fit, so
they are fitted to some of the flows, drawn with the seed, and score the others:
at most ` + fmt.Sprintf("%d and %d", mostRows["one-class-svm"], mostRows["local-outlier-factor"]) + `. Reasons are Shapley values.`,
		Example: `  lab score capture.pcap
  lab score --detector local-outlier-factor --top 20 conn.log
  zcat conn.*.log.gz | lab score --format json -`,
		GroupID: "learner",
		Args:    someFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(); err != nil {
				return err
			}
			inputs, err := read.readInputs(cmd, args)
			if err != nil {
				return err
			}
			flows, err := prepareFlows(cmd, inputs)
			if err != nil {
				return err
			}
			found, err := o.find(cmd, flows)
			if err != nil {
				return err
			}
			if err := outputs[o.format](cmd.OutOrStdout(), found); err != nil {
				return err
			}
			return incomplete(inputs)
		},
	}
	read.add(cmd)
	f := cmd.Flags()
	f.StringVar(&o.detector, "detector", "isolation-forest", "isolation-forest, local-outlier-factor or one-class-svm")
	f.StringVar(&o.format, "format", "table", "table, csv or json")
	f.Float64Var(&o.contamination, "contamination", 0.05, "share of flows to mark, above 0 up to 0.5")
	f.IntVar(&o.top, "top", 10, "how many flows to write, 1 or more")
	f.Uint32Var(&o.seed, "seed", 42, "of the random numbers: the same seed, the same scores")
	return cmd
}

// outputs write what was found.
var outputs = map[string]func(io.Writer, []strangeFlow) error{
	"table": writeTable, "csv": writeCSV, "json": writeJSON,
}

func (o scoreOptions) check() error {
	if outputs[o.format] == nil {
		return fmt.Errorf("--format is %q: want table, csv or json", o.format)
	}
	if detectors[o.detector] == nil {
		names := []string{}
		for name := range detectors {
			names = append(names, name)
		}
		slices.Sort(names)
		return fmt.Errorf("--detector is %q: want %s", o.detector, strings.Join(names, ", "))
	}
	if !(o.contamination > 0 && o.contamination <= 0.5) {
		return fmt.Errorf("--contamination is %v: want above 0, up to 0.5", o.contamination)
	}
	if o.top < 1 {
		return errors.New("--top is below 1: want 1 or more")
	}
	return nil
}

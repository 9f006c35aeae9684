package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"flowlab/labkit"
	"flowlab/labkit/flow"
	"flowlab/labkit/live"
	"flowlab/labkit/stream"
	"flowlab/labkit/triage"
)

func newFit() *cobra.Command {
	var out string
	var size time.Duration
	var contamination float64
	cmd := &cobra.Command{
		Use:   "fit --out FILE SOURCE",
		Short: "Fit the model by which all workers judge",
		Long: `Fit fits an isolation forest to the windows of a log, a capture or a folder of
them, and keeps it in a file with what is usual in them. All workers are given the
same file; each says its digest.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			flows, err := readAll(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			model, err := triage.FitWindows(labkit.IsolationForest{Seed: 1}, flows, size, contamination)
			if err != nil {
				return err
			}
			var file bytes.Buffer
			if err := labkit.Save(&file, *model); err != nil {
				return err
			}
			if err := os.WriteFile(out, file.Bytes(), 0o644); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: %s, sha256 %s\n", out, model.About, digest(file.Bytes()))
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&out, "out", "", "keep the model in this `FILE`")
	f.DurationVar(&size, "size", time.Minute, "length of a window")
	f.Float64Var(&contamination, "contamination", 0.001, "share of windows that are above the threshold")
	cmd.MarkFlagRequired("out")
	return cmd
}

// readAll returns the flows of a source that ends.
func readAll(ctx context.Context, name string) ([]flow.Flow, error) {
	source, err := live.Open(name, live.Options{Stdin: os.Stdin})
	if err != nil {
		return nil, err
	}
	if !source.Again() {
		return nil, errors.New("want a log, a capture or a folder: what else there is does not end")
	}
	var all []flow.Flow
	err = source.Flows(ctx, stream.Position{}, func(_ string, flows []flow.Flow) error {
		all = append(all, flows...)
		return nil
	})
	return all, err
}

func digest(file []byte) string { return fmt.Sprintf("%x", sha256.Sum256(file)) }

package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/plural"
	"flowlab/labkit/triage"
)

// judgeFlags are the flags of commands that fit a detector to flows.
type judgeFlags struct {
	detector      string
	contamination float64
	calibration   float64 // lab fit has a flag for it
	seed          uint32
}

func (j *judgeFlags) add(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&j.detector, "detector", triage.Detectors[0].Name, "of flows: "+triage.DetectorNames())
	f.Float64Var(&j.contamination, "contamination", 0.05, "share of flows to mark, above 0 up to 0.5")
	f.Uint32Var(&j.seed, "seed", 42, "of the random numbers: the same seed, the same scores")
}

func (j *judgeFlags) check() error {
	switch {
	case !slices.ContainsFunc(triage.Detectors, func(d triage.DetectorChoice) bool { return d.Name == j.detector }):
		return fmt.Errorf("--detector is %q: want %s", j.detector, triage.DetectorNames())
	case !(j.contamination > 0 && j.contamination <= 0.5):
		return fmt.Errorf("--contamination is %v: want above 0, up to 0.5", j.contamination)
	case !(j.calibration >= 0 && j.calibration <= 0.9):
		return fmt.Errorf("--calibration is %v: want 0 to 0.9", j.calibration)
	}
	return nil
}

// flows has the detector judge the flows, and says what was done to them.
func (j *judgeFlags) flows(cmd *cobra.Command, traffic *triage.Traffic) (*triage.JudgedFlows, error) {
	bar := newProgress(cmd, "judging flows", -1)
	bar.RenderBlank()
	flows, err := traffic.Flows(cmd.Context(), triage.Options{Detector: j.detector, Contamination: j.contamination, Calibration: j.calibration, Seed: j.seed})
	bar.Finish()
	sayNotes(cmd, traffic)
	if err != nil {
		return nil, err
	}
	sayScored(cmd, j.detector, flows, fmt.Sprintf(" (contamination %v)", j.contamination))
	return flows, nil
}

func sayNotes(cmd *cobra.Command, traffic *triage.Traffic) {
	for _, note := range traffic.Notes {
		fmt.Fprintln(cmd.ErrOrStderr(), note)
	}
}

func sayScored(cmd *cobra.Command, by string, flows *triage.JudgedFlows, threshold string) {
	fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s scored, %d above the threshold %.4g%s\n",
		by, plural.Of(len(flows.Scores), "flow"), flows.Above(), flows.Threshold, threshold)
}

// trafficOf returns the flows of all inputs together.
func trafficOf(inputs []input) *triage.Traffic {
	tables := make([]*flow.Table, len(inputs))
	for i, in := range inputs {
		tables[i] = in.table
	}
	return triage.New(tables...)
}

package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"flowlab/labkit"
	"flowlab/labkit/flow"
	"flowlab/labkit/internal/durable"
	"flowlab/labkit/internal/plural"
	"flowlab/labkit/triage"
)

// fitFlags are what lab fit is told.
type fitFlags struct {
	out    string
	judge  judgeFlags
	alerts float64
}

func newFit() *cobra.Command {
	o, read := fitFlags{}, readFlags{}
	cmd := &cobra.Command{
		Use:   "fit --out FILE FILE...",
		Short: "Fit a detector to flows, to judge those of other days by it",
		Long: `Fit fits the detector of flows to all files together, as lab score does, and keeps
it in a file: with the scaler, the threshold, and how each feature was distributed.
lab score --model then judges the flows of another day as these were judged, by the
same threshold, and says how far the day has drifted from this one.

The threshold is the score that the contamination is above, or with --alerts the
one above which there were at most so many flows in a day of these files: fewer
where flows have equal scores.

The detector is not fitted to all flows. A share of them, drawn with the seed, at
most 100,000, is kept out, and calibrates it: their scores say how often chance
alone brings a score as high as another day's, its p-value. They are to be
ordinary flows: attacks among them hide others. The more there are, the smaller a
p-value can be, 1/(n+1); more also stands in the file.

The file holds numbers and names, never anything that is run. It has a version and
a digest: one that was cut, changed or written by another version is refused.

` + inputFormats,
		Example: `  lab fit --out monday.flm conn.2026-03-02.log.gz
  lab fit --out monday.flm --alerts 50 conn.2026-03-02.log.gz
  lab score --by flow --model monday.flm conn.2026-03-03.log.gz
  lab score --by flow --model monday.flm --false-discoveries 0.1 conn.2026-03-03.log.gz`,
		GroupID: "learner",
		Args:    someFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(cmd); err != nil {
				return err
			}
			if err := isNoInput("--out", o.out, args); err != nil {
				return err
			}
			inputs, err := read.readInputs(cmd, args)
			if err != nil {
				return err
			}
			if err := o.run(cmd, inputs); err != nil {
				return err
			}
			return incomplete(inputs)
		},
	}
	read.add(cmd)
	o.judge.add(cmd)
	f := cmd.Flags()
	f.StringVar(&o.out, "out", "", "keep the model in this `FILE`")
	f.Float64Var(&o.judge.calibration, "calibration", 0.5, "share of flows to keep out of the fit, for p-values; 0 for none")
	f.Float64Var(&o.alerts, "alerts", 0, "instead of the contamination: at most so many flows a day")
	return cmd
}

func (o *fitFlags) check(cmd *cobra.Command) error {
	switch alerts := cmd.Flags().Changed("alerts"); {
	case o.out == "":
		return errors.New("no --out: want the file to keep the model in")
	case alerts && cmd.Flags().Changed("contamination"):
		return errors.New("--alerts and --contamination both set the threshold: want one of them")
	case alerts && !(o.alerts > 0 && o.alerts < 1e12):
		return fmt.Errorf("--alerts is %v: want a number above 0", o.alerts)
	}
	return o.judge.check()
}

func (o *fitFlags) run(cmd *cobra.Command, inputs []input) error {
	traffic := trafficOf(inputs)
	flows, err := o.judge.flows(cmd, traffic)
	if err != nil {
		return err
	}
	if o.alerts > 0 {
		if err := flows.AtMost(o.alerts); err != nil {
			return err
		}
	}
	model, err := flows.Fitted(o.judge.detector, about(inputs))
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := labkit.Save(&file, model); err != nil {
		return err
	}
	if err := durable.Write(o.out, file.Bytes()); err != nil {
		return err
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s, threshold %.4g with %s above, calibrated by %s, %d bytes\n", flow.Printable(o.out),
		o.judge.detector, flows.Threshold, plural.Of(flows.Above(), "flow"), plural.Of(flows.Calibrated(), "flow"), file.Len())
	return nil
}

// about says what a model was fitted on.
func about(inputs []input) string {
	var parts []string
	for _, in := range inputs {
		line, _, _ := strings.Cut(in.table.Report.String(), "\n")
		parts = append(parts, flow.Printable(in.name)+": "+line)
	}
	const most = 5
	if more := len(parts) - most; more > 0 {
		parts = append(parts[:most], fmt.Sprintf("and %d more", more))
	}
	return strings.Join(parts, "; ")
}

// loadModel reads what lab fit has written.
func loadModel(name string) (labkit.Fitted, error) {
	f, err := durable.Open(name)
	if err != nil {
		return labkit.Fitted{}, err
	}
	defer f.Close()
	model, err := labkit.Load(f)
	if err != nil {
		return model, fmt.Errorf("%s: %w", flow.Printable(name), err)
	}
	return model, nil
}

// sayDrift says how far the flows have drifted from those that a model was fitted
// on, as far as it matters.
func sayDrift(cmd *cobra.Command, model labkit.Fitted, drift []triage.Drift) {
	w := cmd.ErrOrStderr()
	fmt.Fprintf(w, "the model was fitted on %s\n", flow.Printable(model.About))
	const moved, changed = 0.1, 0.25
	said := false
	for _, d := range drift {
		if d.Index > moved {
			word := "moved"
			if d.Index > changed {
				word = "changed"
			}
			fmt.Fprintf(w, "  %s has %s since: population stability index %.2f\n", d.Feature, word, d.Index)
			said = true
		}
	}
	switch {
	case !said:
		fmt.Fprintf(w, "  no feature has moved since (population stability index up to %v)\n", moved)
	case model.Calibration.Len() > 0:
		fmt.Fprintln(w, "  unless attacks have been added, and ordinary flows are as they were, p-values and a rate of false discoveries do not hold")
	}
}

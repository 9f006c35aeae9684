package triage

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"flowlab/labkit"
	"flowlab/labkit/flow"
	"flowlab/labkit/window"
)

// liveThreshold is the name under which a model of windows has its threshold.
const liveThreshold = "windows"

// FitWindows fits a detector to the windows of some flows, for [LiveOptions]: a
// model that does not change while the stream runs. It sees the logarithms of
// six counts of a window. The threshold is that of contamination, as
// [labkit.Threshold] says. The size of the windows and the tails of the counts are
// kept, too. [labkit.Save] writes the model into a file.
func FitWindows(d labkit.Detector, flows []flow.Flow, size time.Duration, contamination float64) (_ *labkit.Fitted, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("labkit: triage.FitWindows: %w", err)
		}
	}()
	rows, err := windowMeasures(flows, size)
	if err != nil {
		return nil, err
	}
	if len(rows) < 2 {
		return nil, fmt.Errorf("%d windows with flows: want at least 2", len(rows))
	}
	model, err := d.Fit(inLogs(rows))
	if err != nil {
		return nil, err
	}
	threshold, err := labkit.Threshold(model.TrainScores(), contamination)
	if err != nil {
		return nil, err
	}
	f := &labkit.Fitted{
		About: fmt.Sprintf("%d windows of %v, ln(1 + count)", len(rows), size), Model: model,
		Thresholds: map[string]float64{liveThreshold: threshold},
	}
	if f.Settings, err = tailSettings(rows, size); err != nil {
		return nil, err
	}
	for _, m := range measures {
		f.Columns = append(f.Columns, string(m.kind))
	}
	return f, nil
}

// windowMeasures returns the measures of all windows of flows.
func windowMeasures(flows []flow.Flow, size time.Duration) (rows [][]float64, err error) {
	sorted := slices.Clone(flows)
	slices.SortStableFunc(sorted, func(a, b flow.Flow) int { return cmp.Compare(a.End(), b.End()) })
	op, err := window.New(window.Options{Size: size, Lateness: -1, MaxJump: -1})
	if err != nil {
		return nil, err
	}
	keep := func(closed []window.Row) {
		for i := range closed {
			rows = append(rows, measuresOf(&closed[i]))
		}
	}
	for _, f := range sorted {
		if !flow.IsGroup(f.DstIP) {
			keep(op.Add(f))
		}
	}
	keep(op.Close())
	return rows, nil
}

// checkWindowModel returns an error for a model that FitWindows has not made.
func checkWindowModel(f *labkit.Fitted) error {
	if f == nil {
		return nil
	}
	if _, ok := f.Thresholds[liveThreshold]; !ok {
		return fmt.Errorf("the model has no threshold %q: want one of FitWindows", liveThreshold)
	}
	if len(f.Columns) != len(measures) {
		return fmt.Errorf("the model is one of %d columns: want the %d of FitWindows", len(f.Columns), len(measures))
	}
	for i, m := range measures {
		if f.Columns[i] != string(m.kind) {
			return fmt.Errorf("column %d of the model is %q: want %q", i, f.Columns[i], m.kind)
		}
	}
	return nil
}

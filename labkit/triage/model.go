package triage

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
)

// What a fitted model is called in a labkit.Fitted, beside the features of the
// course in logarithms and robustly scaled.
const (
	flowThreshold   = "flows"    // in Thresholds
	detectorSetting = "detector" // in Settings
	stabilityPrefix = "stability "
)

// Fitted returns what judges the flows of another day as these were judged: the
// detector as it was fitted, the scaler, the threshold, and how each feature was
// distributed. About says in words what it was fitted on.
func (j *JudgedFlows) Fitted(detector, about string) (labkit.Fitted, error) {
	f := labkit.Fitted{
		About:      about,
		Settings:   map[string]string{detectorSetting: detector},
		Columns:    slices.Clone(labkit.FeatureColumns),
		Scaler:     j.scaler,
		Model:      j.model,
		Thresholds: map[string]float64{flowThreshold: j.Threshold}, Calibration: j.calibration,
	}
	features, err := j.someFeatures()
	if err != nil {
		return f, err
	}
	for i, name := range f.Columns {
		b, err := labkit.NewStabilityBaseline(mat.Col(nil, i, features))
		if err != nil {
			return f, err
		}
		text, err := json.Marshal(b)
		if err != nil {
			return f, err
		}
		f.Settings[stabilityPrefix+name] = string(text)
	}
	return f, nil
}

// someFeatures returns the features of the flows by which the usual is told.
func (j *JudgedFlows) someFeatures() (*mat.Dense, error) {
	return featuresOf(j.traffic.inputs(j.some()))
}

// some returns the flows by which the usual is told.
func (j *JudgedFlows) some() []int32 {
	chosen := everyKth(len(j.rows))
	flows := make([]int32, len(chosen))
	for k, i := range chosen {
		flows[k] = j.rows[i]
	}
	return flows
}

// AtMost sets the threshold so that at most n flows in a day of the traffic are
// above it. It returns an error if the flows have no times: a day cannot be told.
func (j *JudgedFlows) AtMost(n float64) error {
	t := j.traffic
	if !t.HasTimes() {
		return errors.New("the flows have no ts: how many there are in a day cannot be told")
	}
	first, last := math.Inf(1), math.Inf(-1)
	for i := range t.timed {
		f := t.flow(i)
		first, last = min(first, f.TS), max(last, f.TS)
	}
	days := max(1, (last-first)/(24*3600))
	allowed := int(min(n*days, float64(len(j.Scores)-1)))
	j.Threshold = slices.Sorted(slices.Values(j.Scores))[len(j.Scores)-1-allowed]
	return nil
}

// A Drift says how much a feature differs from when a model was fitted.
type Drift struct {
	Feature string
	Index   float64 // see labkit.StabilityBaseline
}

// FlowsBy has a fitted model judge each flow: with its detector, its scaler and
// its threshold. It says how far each feature has drifted from what the model was
// fitted on, the farthest first.
//
// It returns an error if the model was not made by [JudgedFlows.Fitted], or for
// other features.
func (t *Traffic) FlowsBy(ctx context.Context, f labkit.Fitted) (*JudgedFlows, []Drift, error) {
	if !slices.Equal(f.Columns, labkit.FeatureColumns) {
		return nil, nil, fmt.Errorf("the model is one of the columns %q: want %q", f.Columns, labkit.FeatureColumns)
	}
	threshold, ok := f.Thresholds[flowThreshold]
	if !ok {
		return nil, nil, errors.New("the model has no threshold for flows: want one that lab fit has written")
	}
	j, x, err := t.prepare(1)
	if err != nil {
		return nil, nil, err
	}
	if err := scaleInPlace(x, f.Scaler); err != nil {
		return nil, nil, err
	}
	if j.Scores, err = labkit.ScoreContext(ctx, f.Model, x); err != nil {
		return nil, nil, err
	}
	j.Threshold, j.calibration, j.scaler, j.model = threshold, f.Calibration, f.Scaler, f.Model
	j.compareWith(x, j.Scores) // ordinary flows, by which strange ones are explained, are those of today
	drift, err := j.drift(f)
	return j, drift, err
}

// judged is a model with the scores of the rows that reasons compare with.
type judged struct {
	labkit.Model
	scores []float64
}

func (j judged) TrainScores() []float64 { return j.scores }

// drift compares the features with those that the model was fitted on.
func (j *JudgedFlows) drift(f labkit.Fitted) ([]Drift, error) {
	features, err := j.someFeatures()
	if err != nil {
		return nil, err
	}
	var all []Drift
	for i, name := range f.Columns {
		var b labkit.StabilityBaseline
		if err := json.Unmarshal([]byte(f.Settings[stabilityPrefix+name]), &b); err != nil || len(b.Shares) != len(b.Edges)+1 {
			return nil, fmt.Errorf("the model does not say how %s was distributed: want one that lab fit has written", name)
		}
		all = append(all, Drift{name, b.Index(mat.Col(nil, i, features))})
	}
	slices.SortStableFunc(all, func(a, b Drift) int { return cmp.Compare(b.Index, a.Index) })
	return all, nil
}

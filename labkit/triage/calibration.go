package triage

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"flowlab/labkit"
)

// MostCalibrated is how many flows are kept out of a fit at most. With as many
// the share of flows at a p-value of 0.01 is 0.01, give or take 3 %.
const MostCalibrated = 100_000

// heldOut returns which of n rows a detector is fitted to, and which are kept out
// to calibrate it by: drawn by the seed, so that nothing but chance tells them
// from the others.
func heldOut(n int, o Options) (kept, out []int, err error) {
	if !(o.Calibration >= 0 && o.Calibration < 1) {
		return nil, nil, fmt.Errorf("the share for the calibration is %v: want 0 up to below 1", o.Calibration)
	}
	if o.Calibration == 0 {
		return everyRow(n), nil, nil
	}
	order := rand.New(rand.NewPCG(uint64(o.Seed), 1)).Perm(n)
	most := min(int(o.Calibration*float64(n)), MostCalibrated)
	kept, out = order[most:], order[:most]
	slices.Sort(kept)
	return kept, out, nil
}

// calibrate makes the scores of rows that the detector was not fitted to the
// calibration.
func (j *JudgedFlows) calibrate(out []int) (err error) {
	if len(out) == 0 {
		return nil
	}
	scores := make([]float64, len(out))
	for k, i := range out {
		scores[k] = j.Scores[i]
	}
	j.calibration, err = labkit.Calibrate(scores)
	return err
}

// Calibrated returns by how many flows the scores are calibrated: 0 if they have
// no p-values.
func (j *JudgedFlows) Calibrated() int { return j.calibration.Len() }

// PValues returns how often chance alone brings a score as high as each flow's:
// see [labkit.Calibration].
func (j *JudgedFlows) PValues() []float64 { return j.calibration.PValues(j.Scores) }

// pValue returns the p-value of flow i, NaN if the scores are not calibrated.
func (j *JudgedFlows) pValue(i int) float64 {
	if j.Calibrated() == 0 {
		return math.NaN()
	}
	return j.calibration.PValue(j.Scores[i])
}

// AtFalseDiscoveries sets the threshold so that about a share of the flows above
// it are ordinary, at most rate: see [labkit.BenjaminiHochberg]. It returns an
// error if the scores are not calibrated.
func (j *JudgedFlows) AtFalseDiscoveries(rate float64) error {
	if j.Calibrated() == 0 {
		return errors.New("the scores are not calibrated, and have no p-values: want a model of lab fit with a --calibration above 0")
	}
	flagged, err := labkit.BenjaminiHochberg(j.PValues(), rate)
	if err != nil {
		return err
	}
	// The p-values fall as the scores rise: what is flagged is above all the rest.
	j.Threshold = math.Nextafter(slices.Min(j.Scores), math.Inf(-1))
	for i, score := range j.Scores {
		if !flagged[i] {
			j.Threshold = max(j.Threshold, score)
		}
	}
	return nil
}

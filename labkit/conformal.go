package labkit

import "slices"

// A Calibration holds the scores of ordinary rows that a detector was not fitted
// to. Against them a score gets a meaning that all detectors share: its p-value,
// how often chance alone brings a score as high. The zero value holds no scores,
// and each p-value is 1. Make one with [Calibrate].
//
// For a row that is exchangeable with the calibration rows, that is, where
// nothing but chance decides which of them was calibrated with and which comes
// now, P(p <= α) is at most α for each α, whatever the detector and the
// distribution of its scores. It is an average over days and calibrations: with
// one calibration of n rows, the share of ordinary rows with p <= α differs from
// α by some √(α(1-α)/n).
//
// It does not hold for rows that the detector was fitted to, for windows that
// overlap, as neighbours share their flows, and after a drift (see
// [StabilityBaseline]). Anomalies among the calibration rows make p-values
// larger than they should be: fewer alerts, not more.
//
// Source: V. Vovk, A. Gammerman and G. Shafer, Algorithmic Learning in a Random
// World, Springer 2005, as split conformal in S. Bates, E. Candès, L. Lei, Y.
// Romano and M. Sesia, Testing for outliers with conformal p-values, Annals of
// Statistics 51(1), 2023.
type Calibration struct {
	sorted []float64
}

// Calibrate returns the calibration by the scores of ordinary rows that the
// detector was not fitted to. It returns an error if there are none, or one is
// NaN or infinite.
func Calibrate(scores []float64) (_ Calibration, err error) {
	defer prefix(&err, "Calibrate")
	if err := checkFinite("score", scores); err != nil {
		return Calibration{}, err
	}
	return Calibration{slices.Sorted(slices.Values(scores))}, nil
}

// Len returns how many scores there are, n.
func (c Calibration) Len() int { return len(c.sorted) }

// PValue returns the p-value of a score:
//
//	(1 + how many of the n are as high or higher) / (n + 1)
//
// in (0, 1]. The row itself is counted in, as one that chance could have brought:
// p is at least 1/(n+1), and never 0. Equal scores count as higher, which is the
// careful side. NaN has p-value 1.
func (c Calibration) PValue(score float64) float64 {
	lower, _ := slices.BinarySearch(c.sorted, score)
	n := len(c.sorted)
	if score != score {
		lower = 0
	}
	return float64(1+n-lower) / float64(n+1)
}

// PValues returns the p-value of each score.
func (c Calibration) PValues(scores []float64) []float64 {
	p := make([]float64, len(scores))
	for i, s := range scores {
		p[i] = c.PValue(s)
	}
	return p
}

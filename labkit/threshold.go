package labkit

import (
	"fmt"
)

// Threshold returns the score above which the given fraction of scores lies:
// the cut that turns a ranking into decisions if contamination, a belief about
// the data and not a finding, is the fraction of anomalies. It is
// -percentile(-scores, 100·contamination), interpolated linearly, as
// scikit-learn's offset_. It returns an error if scores are empty or hold NaN
// or an infinity, or contamination is outside (0, 0.5].
func Threshold(scores []float64, contamination float64) (_ float64, err error) {
	defer prefix(&err, "Threshold")
	if err := checkContamination(contamination); err != nil {
		return 0, err
	}
	if err := checkFinite("score", scores); err != nil {
		return 0, err
	}
	negated := make([]float64, len(scores))
	for i, s := range scores {
		negated[i] = -s
	}
	p, err := percentile(negated, 100*contamination)
	return -p, err
}

// Predict returns true, anomaly, for each score strictly above threshold;
// nothing is above a threshold that is NaN.
//
// One difference to scikit-learn is left on purpose: its OneClassSVM calls a
// decision value of exactly 0 an outlier, Predict(scores, 0) does not.
func Predict(scores []float64, threshold float64) []bool {
	flagged := make([]bool, len(scores))
	for i, s := range scores {
		flagged[i] = s > threshold
	}
	return flagged
}

// CountTrue returns how many flags are true: the number of predicted, or of
// actual, anomalies.
func CountTrue(flags []bool) int {
	n := 0
	for _, f := range flags {
		if f {
			n++
		}
	}
	return n
}

// checkContamination returns an error unless contamination is in (0, 0.5].
func checkContamination(contamination float64) error {
	if !(contamination > 0 && contamination <= 0.5) {
		return fmt.Errorf("contamination is %v: want a fraction in (0, 0.5]", contamination)
	}
	return nil
}

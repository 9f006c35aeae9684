package labkit

import (
	"fmt"
	"math"
	"slices"
)

// BenjaminiHochberg returns true, anomaly, for each p-value that is a discovery
// at a rate of false discoveries: of all that is flagged, about this share is
// ordinary. Of m p-values it finds the largest k for which the k-th smallest is
// at most rate·k/m, and flags all up to that one. How many are flagged follows
// from the data: none on a day that is like any other.
//
// The rate is a mean over many such days, at most rate times the share of
// ordinary rows; on a single day the share can be higher. This is proven for
// p-values that are independent, or positively dependent (PRDS), as those of one
// [Calibration] are: they share its scores.
//
// The smallest p-value that a calibration of n rows can give is 1/(n+1), and
// fewer than [FewestDiscoveries] rows are not found, however strange they are.
//
// It returns an error if the rate is not in (0, 1), or a p-value not in [0, 1].
//
// Sources: Y. Benjamini and Y. Hochberg, Controlling the false discovery rate,
// Journal of the Royal Statistical Society B 57(1), 1995; on dependence, Y.
// Benjamini and D. Yekutieli, Annals of Statistics 29(4), 2001, and theorem 2 of
// Bates et al., whom [Calibration] names.
func BenjaminiHochberg(p []float64, rate float64) (_ []bool, err error) {
	defer prefix(&err, "BenjaminiHochberg")
	if err := checkRate(rate); err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(p, func(v float64) bool { return !(v >= 0 && v <= 1) }); i >= 0 {
		return nil, fmt.Errorf("p-value %d is %v: want 0 to 1", i, p[i])
	}
	largest := -1.0 // of the p-values that are flagged
	for k, v := range slices.Sorted(slices.Values(p)) {
		if v <= rate*float64(k+1)/float64(len(p)) {
			largest = v
		}
	}
	flagged := make([]bool, len(p))
	for i, v := range p {
		flagged[i] = v <= largest
	}
	return flagged, nil
}

// FewestDiscoveries returns how many of m rows must have the smallest p-value
// that a calibration of n rows can give, 1/(n+1), for [BenjaminiHochberg] to flag
// them at a rate: m/(rate·(n+1)), rounded up. With a larger calibration it is
// less. It returns an error if the rate is not in (0, 1), or m or n is below 0.
func FewestDiscoveries(m, n int, rate float64) (_ int, err error) {
	defer prefix(&err, "FewestDiscoveries")
	if err := checkRate(rate); err != nil {
		return 0, err
	}
	if m < 0 || n < 0 {
		return 0, fmt.Errorf("%d rows and a calibration of %d: want 0 or more", m, n)
	}
	return int(math.Ceil(float64(m) / (rate * float64(n+1)))), nil
}

func checkRate(rate float64) error {
	if !(rate > 0 && rate < 1) {
		return fmt.Errorf("the rate of false discoveries is %v: want above 0 and below 1", rate)
	}
	return nil
}

package labkit

import (
	"math"
	"slices"
)

// A StabilityBaseline is how a feature was distributed when a model was fitted.
type StabilityBaseline struct {
	// Edges are ascending: the deciles of the values, equal ones once. Bin i holds
	// what is above edge i-1 and up to edge i; the last one what is above all.
	Edges  []float64
	Shares []float64 // of the values in each bin, one more than Edges
}

// NewStabilityBaseline returns the distribution of values in ten bins, or fewer
// where many values are equal. It returns an error if there is no value, or one
// is NaN or infinite.
func NewStabilityBaseline(values []float64) (_ StabilityBaseline, err error) {
	defer prefix(&err, "NewStabilityBaseline")
	if err := checkFinite("value", values); err != nil {
		return StabilityBaseline{}, err
	}
	sorted := slices.Sorted(slices.Values(values))
	var b StabilityBaseline
	for decile := 10.0; decile < 100; decile += 10 {
		b.Edges = append(b.Edges, percentileOfSorted(sorted, decile))
	}
	b.Edges = slices.Compact(b.Edges)
	if len(b.Edges) < 9 && sorted[0] < b.Edges[0] {
		// The lowest decile stands for many equal values: they are a bin of their own.
		b.Edges = slices.Insert(b.Edges, 0, math.Nextafter(b.Edges[0], math.Inf(-1)))
	}
	b.Shares = b.sharesOf(values)
	return b, nil
}

// sharesOf returns the share of values in each bin.
func (b *StabilityBaseline) sharesOf(values []float64) []float64 {
	shares := make([]float64, len(b.Edges)+1)
	for _, v := range values {
		bin, _ := slices.BinarySearch(b.Edges, v)
		shares[bin] += 1 / float64(len(values))
	}
	return shares
}

// Index returns the population stability index of new values, by which credit
// scoring tells whether a model is used on a population that it was not made for:
//
//	PSI = Σ (p − q) · ln(p/q)
//
// where q is the share of the old values in a bin and p that of the new, and a
// share below 0.0001 counts as that. Below 0.1 the feature is as it was; above
// 0.25 it has changed so much that scores mean something else (N. Siddiqi, Credit
// Risk Scorecards, 2006). Without values it is NaN.
func (b StabilityBaseline) Index(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	const least = 1e-4
	psi := 0.0
	for bin, p := range b.sharesOf(values) {
		p, q := max(p, least), max(b.Shares[bin], least)
		psi += (p - q) * math.Log(p/q)
	}
	return psi
}

package chart

import (
	"math"
	"slices"
	"sort"
)

// binCount is the number of bins of every histogram, as in the Python lab.
const binCount = 30

// binEdges returns the edges of binCount bins of equal width from the least to
// the greatest of values. If all values are equal the bins span one unit
// around them, as in numpy.histogram.
func binEdges(values []float64) []float64 {
	lo, hi := slices.Min(values), slices.Max(values)
	edges := spread(lo, hi)
	if !increasing(edges) || hi-lo < 1e-290 { // below, densities overflow
		half := math.Max(0.5, 1e-6*math.Abs(hi)) // wide enough to be told apart near hi
		edges = spread(lo-half, hi+half)
	}
	return edges
}

// spread returns binCount + 1 numbers at equal distances from lo to hi.
func spread(lo, hi float64) []float64 {
	edges := make([]float64, binCount+1)
	step := (hi - lo) / binCount
	for i := range edges {
		edges[i] = lo + float64(i)*step
	}
	edges[binCount] = hi
	return edges
}

func increasing(x []float64) bool {
	for i := 1; i < len(x); i++ {
		if !(x[i-1] < x[i]) {
			return false
		}
	}
	return true
}

// counts returns how many values lie in each bin.
func counts(values, edges []float64) []float64 {
	bars := make([]float64, len(edges)-1)
	for _, v := range values {
		bars[binOf(v, edges)]++
	}
	return bars
}

// binOf returns the bin of a value. A bin holds its lower edge, the last bin
// both. No value may lie outside the edges.
func binOf(v float64, edges []float64) int {
	above := sort.Search(len(edges), func(i int) bool { return edges[i] > v })
	return min(above-1, len(edges)-2)
}

// density returns the height of each bar of a histogram: the area of a bar is
// the share of values in its bin.
func density(values, edges []float64) []float64 {
	bars := counts(values, edges)
	for i := range bars {
		bars[i] /= float64(len(values)) * (edges[i+1] - edges[i])
	}
	return bars
}

// heavyTailed reports whether a linear axis would squeeze values into a
// corner: their sizes span more than three powers of ten, or more than one
// and most of them share one bin.
func heavyTailed(values []float64) bool {
	least, greatest := math.Inf(1), 0.0
	for _, v := range values {
		if v = math.Abs(v); v > 0 {
			least, greatest = min(least, v), max(greatest, v)
		}
	}
	if span := greatest / least; span <= 1000 {
		return span > 10 && slices.Max(counts(values, binEdges(values))) > float64(len(values))/2
	}
	return true
}

// logs returns the decimal logarithm of each value.
func logs(values []float64) []float64 {
	exponents := make([]float64, len(values))
	for i, v := range values {
		exponents[i] = math.Log10(v)
	}
	return exponents
}

package check

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sync"

	"gonum.org/v1/gonum/stat"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
	"flowlab/labkit/internal/plural"
)

var typicalFlow = &exam.Exercise{
	ID:       "typical-flow",
	Notebook: "02_feature_engineering",
	Section:  "What the numbers look like",
	Title:    "Rate of a typical flow",
	Hints: []string{
		"Which of the numbers that Describe prints has as many flows above it as below?",
		"The median stands in the middle of the rates when they are in rising order. slices.Sorted(slices.Values(rates)) returns a sorted copy; the element with the number len(rates)/2 is its middle.",
		"sorted := slices.Sorted(slices.Values(rates)), and then return sorted[len(sorted)/2]",
	},
	Answer: func(rates []float64) float64 { return slices.Sorted(slices.Values(rates))[len(rates)/2] },
	Params: []string{"rates"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{slices.Clone(labRates())},
			{[]float64{3000, 5000, 1000}},
			{[]float64{1000, 3000, 5000, 4000, 100, 1e6, 80000, 10}},
			{[]float64{9e9, 200, 200, 200}},
			{[]float64{1, 2, 3, 4, 1e12}},
			{[]float64{7}},
			{[]float64{0.9, 0.3, 0.6}}, // less than 1 apart
		}
	},
	Judge: func(in exam.Input, got []any) string { return judgeTypical(in[0].([]float64), got[0].(float64)) },
	Mistakes: []exam.Mistake{
		{Answer: func(rates []float64) float64 { return stat.Mean(rates, nil) },
			Says: "This is the mean. It is made by a few huge rates: of the 1,000 flows 965 are slower than it. Which number has half of the flows on either side?"},
		{Answer: func(rates []float64) float64 { return rates[len(rates)/2] },
			Says: "This is the flow that happens to stand in the middle of the list. Sort the rates first, then their middle is the median."},
		{Answer: func(rates []float64) float64 { return rates[(len(rates)-1)/2] },
			Says: "This is the flow that happens to stand in the middle of the list. Sort the rates first, then their middle is the median."},
		{Answer: func(rates []float64) float64 { return (slices.Min(rates) + slices.Max(rates)) / 2 },
			Says: "This is the middle between the slowest and the fastest flow. Two flows decide it, and the fastest one nearly alone: what about the others?"},
		{Answer: func(rates []float64) float64 { return float64(len(rates) / 2) },
			Says: "This is the position of the middle, not the rate that stands there: put it into the brackets after the sorted slice."},
		{Answer: func(rates []float64) float64 { return slices.Max(rates) },
			Says: "This is the fastest flow of all. Which number has half of the flows on either side?"},
		{Answer: func(rates []float64) float64 { return rates[0] },
			Says: "This is the flow that happens to come first. Sort the rates, then their middle is the median."},
		{Answer: func(rates []float64) float64 { return sumOf(rates) },
			Says: "This is the sum of all rates. Which number has half of the flows on either side?"},
		{Answer: func(rates []float64) float64 { return labkit.Must(labkit.Percentile(rates, 0.5)) },
			Says: "labkit.Percentile counts in percent: the median is the 50th percentile and not the 0.5th."},
		{Answer: func(rates []float64) float64 { return labkit.Must(labkit.Percentile(rates, 75)) },
			Says: "This is the third quartile: three flows in four are slower. The median has half of them on either side."},
		{Answer: func(rates []float64) float64 { return labkit.Must(labkit.Percentile(rates, 25)) },
			Says: "This is the first quartile: three flows in four are faster. The median has half of them on either side."},
		{Answer: ofSorted(func(s []float64) float64 { return s[max(len(s)/2-1, 0)] }),
			Says: "This is the rate before the middle. The indices begin at 0, so that len(rates)/2 is the middle of an odd number already: subtract nothing."},
		{Answer: ofSorted(func(s []float64) float64 { return s[min(len(s)/2+1, len(s)-1)] }),
			Says: "This is the rate after the middle. The indices begin at 0, so that len(rates)/2 is the middle already: add nothing."},
		{Answer: ofSorted(func(s []float64) float64 { return midpoint(s, len(s)/2-1) }),
			Says: "The mean of two rates is taken whatever their number. Of an odd number a single one stands in the middle: s[len(s)/2]."},
		{Answer: ofSorted(func(s []float64) float64 {
			if len(s)%2 == 0 {
				return s[len(s)/2]
			}
			return midpoint(s, len(s)/2-1)
		}), Says: "Odd and even have changed places: of an odd number of rates a single one stands in the middle, of an even number there are two."},
		{Answer: evenMiddle(func(s []float64, n int) float64 { return s[n/2-1] + s[n/2] }),
			Says: "Of an even number of rates the two in the middle are added up. Their mean is half of that."},
		{Answer: evenMiddle(func(s []float64, n int) float64 { return s[n/2-1] + s[n/2]/2 }),
			Says: "Division binds more strongly than addition, so that only the second of the two in the middle is halved: put their sum into parentheses."},
		{Answer: evenMiddle(func(s []float64, n int) float64 { return midpoint(s, n/2) }),
			Says: "Of an even number of rates the second one of the middle and the one behind it are averaged. The middle ones have the indices n/2-1 and n/2."},
		{Answer: func(rates []float64) float64 {
			if len(rates)%2 == 0 {
				return midpoint(rates, len(rates)/2-1)
			}
			return rates[len(rates)/2]
		}, Says: "This is the middle of the list as it came. The rates have to be sorted, and the middle taken from the sorted copy."},
		{Answer: func(rates []float64) float64 {
			counts, most := map[float64]int{}, rates[0]
			for _, r := range rates {
				if counts[r]++; counts[r] > counts[most] {
					most = r
				}
			}
			return most
		}, Says: "This is the most frequent rate, the mode. Hardly two flows have the same rate to the last digit: which number has half of the flows on either side?"},
		{Answer: ofSorted(func(s []float64) float64 { s = slices.Compact(s); return s[len(s)/2] }),
			Says: "Equal rates count once here. Each is a flow of its own: leave slices.Compact out."},
		{Answer: func(rates []float64) float64 { return stat.GeometricMean(rates, nil) },
			Says: "This is the geometric mean. It is less drawn by huge rates than the mean, and yet has not half of the flows on either side."},
		{Answer: func(rates []float64) float64 {
			mean := stat.Mean(rates, nil)
			return slices.MinFunc(rates, func(a, b float64) int { return cmp.Compare(math.Abs(a-mean), math.Abs(b-mean)) })
		}, Says: "This is the rate nearest to the mean, and the mean is made by a few huge rates. Which number has half of the flows on either side?"},
		{Answer: func(rates []float64) float64 { return slices.Min(rates) },
			Says: "This is the slowest flow of all. Which number has half of the flows on either side?"},
		{Answer: ofSorted(func(s []float64) float64 {
			if len(s) < 3 {
				return s[0]
			}
			return stat.Mean(s[1:len(s)-1], nil)
		}), Says: "This is the mean without the smallest and the largest rate. The other huge ones still make it: take the median."},
		{Answer: ofSorted(func(s []float64) float64 { return math.Round(s[len(s)/2]/1000) * 1000 }),
			Says: "The median is rounded to thousands. Return it as it is."},
		{Answer: func(rates []float64) float64 {
			if len(rates) < 3 {
				return rates[0]
			}
			return slices.Sorted(slices.Values(rates[:3]))[1]
		}, Says: "This is the median of the first three rates. Sort all of them: there may be any number."},
		{Answer: withBelow(func(below, n int) bool { return below == n/2 }),
			Says: "This looks for a rate with exactly half of the others below it. Where several are equal there may be none: sort, and take the middle."},
		{Answer: withBelow(func(below, n int) bool { return 2*below <= n }),
			Says: "This is the first rate with at most half of the others below it. Nothing is asked about those above, so that the slowest flow would do."},
		{Answer: func(rates []float64) float64 {
			return slices.SortedFunc(slices.Values(rates), func(a, b float64) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })[len(rates)/2]
		}, Says: "The rates are sorted as texts, in which \"1000\" comes before \"3\". Sort the numbers: slices.Sorted(slices.Values(rates))."},
		{Answer: func(rates []float64) float64 {
			return slices.SortedFunc(slices.Values(rates), func(a, b float64) int { return int(a - b) })[len(rates)/2]
		}, Says: "int(a - b) is 0 for rates that are less than 1 apart, so that they count as equal. cmp.Compare(a, b) compares, and slices.Sorted needs no function."},
	},
}

// ofSorted returns what a function makes of the sorted rates.
func ofSorted(f func(sorted []float64) float64) func(rates []float64) float64 {
	return func(rates []float64) float64 { return f(slices.Sorted(slices.Values(rates))) }
}

// evenMiddle is the median where the number of rates is odd, and else what a
// function makes of the sorted rates.
func evenMiddle(f func(sorted []float64, n int) float64) func(rates []float64) float64 {
	return ofSorted(func(s []float64) float64 {
		if len(s)%2 == 1 {
			return s[len(s)/2]
		}
		return f(s, len(s))
	})
}

// midpoint returns the mean of element i and the one behind it: the element
// alone if there is none, or the first if i is none.
func midpoint(values []float64, i int) float64 {
	last := len(values) - 1
	return (values[max(i, 0)] + values[min(i+1, last)]) / 2
}

// withBelow returns the first rate of which the number of those below it is
// accepted, 0 if none is.
func withBelow(accepted func(below, n int) bool) func(rates []float64) float64 {
	return func(rates []float64) float64 {
		for _, r := range rates {
			if accepted(countScores(rates, func(o float64) bool { return o < r }), len(rates)) {
				return r
			}
		}
		return 0
	}
}

func sumOf(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum
}

// labRates returns the bytes per second of the flows of seed 42.
var labRates = sync.OnceValue(func() []float64 {
	return labkit.Must(labkit.AddFeatures(labkit.GenerateFlows(42))).Col("bytes_per_second").Float()
})

// judgeTypical accepts every median: a number with at most half of the rates
// below it and at most half above.
func judgeTypical(rates []float64, typical float64) string {
	if math.IsNaN(typical) {
		return "NaN is no rate: it comes from 0/0 and from every sum with a NaN in it."
	}
	slower, faster := 0, 0
	for _, r := range rates {
		switch {
		case r < typical:
			slower++
		case r > typical:
			faster++
		}
	}
	if 2*slower <= len(rates) && 2*faster <= len(rates) {
		return ""
	}
	return fmt.Sprintf("Of %s %d are slower than that and %d faster: want at most half on either side.", plural.Of(len(rates), "flow"), slower, faster)
}

// TypicalFlow checks a function that returns a rate that is typical of the
// rates given, of which there is at least one: at most half of them are below
// it and at most half above, in the same unit. It leaves the rates as they are:
//
//	func(rates []float64) float64
func TypicalFlow(function any) { exam.Mark(typicalFlow, function) }

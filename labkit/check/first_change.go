package check

import (
	"math"
	"slices"

	"flowlab/labkit/internal/exam"
)

var firstChange = &exam.Exercise{
	ID:       "first-change",
	Notebook: "11_realtime_detection",
	Section:  "When the ground moves",
	Title:    "The first change of the mean",
	Hints: []string{
		"Three numbers go along: the mean up to now, a sum, and the lowest that the sum has been. All begin at 0.",
		"For value i: mean += (v - mean) / float64(i+1), then sum += v - mean - delta, then lowest = min(lowest, sum).",
		"When sum - lowest > threshold, return i. Behind the loop, return -1.",
	},
	Answer: func(values []float64, delta, threshold float64) int {
		return pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean - delta }, true)
	},
	Params: []string{"values", "delta", "threshold"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]float64{1, 1, 1, 1, 5, 5, 5, 5}, 0.1, 4.0},
			{[]float64{2, 4, 2, 2}, 0.0, 1.0}, // rises to the threshold, and not above
			{[]float64{5, 5, 5, 5, 1, 1, 1, 1, 1, 1}, 0.1, 4.0},
			{[]float64{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1}, 0.0, 2.7},
			{[]float64{}, 0.1, 1.0},
			{[]float64{2, 5, 1, 5, 5, 5, 5}, 0.5, 1.5},
			{[]float64{9, 1, 1, 1, 1, 6, 6, 6}, 0.1, 4.0},
			{[]float64{1, 1, 4, 4}, 1.0, 0.5},
			{[]float64{1, 2, 3, 4, 5, 6}, 0.3, 2.0}, // rises slowly
			{[]float64{-2, -2, -2, -2, 3, 3}, 0.1, 4.0},
			{[]float64{0, 0, 0, 0, 1, 1, 1, 1}, 0.4, 1.0},    // half of delta would let it be seen
			{[]float64{1, 1, 1, 6}, 0.1, 2.0},                // the last value
			{[]float64{0, 0, 0, 0, 2.5, 2.5, 2.5}, 3.0, 0.5}, // delta above all of them
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(values []float64, delta, threshold float64) int {
			return pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean - delta }, false)
		},
			Says: "This compares the sum itself with the threshold. After a fall the sum is far below 0, and a rise from there counts from its lowest."},
		{Answer: func(values []float64, _, threshold float64) int {
			return pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean }, true)
		},
			Says: "delta is not used: changes that small are to count for nothing."},
		{Answer: func(values []float64, delta, threshold float64) int {
			return pageHinkley(values, threshold, func(v, mean float64) float64 { return math.Abs(v-mean) - delta }, true)
		},
			Says: "With the absolute value a fall counts as a rise, and noise adds up."},
		{Answer: func(values []float64, delta, threshold float64) int {
			return max(0, pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean - delta }, true))
		}, Says: "Where nothing changes 0 is returned, which is the first value's number. Return -1 behind the loop."},
		{Answer: func(values []float64, delta, threshold float64) int {
			if i := pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean - delta }, true); i >= 0 {
				return i + 1
			}
			return -1
		}, Says: "The change is seen at the value before: values are numbered from 0. Return i."},
		{Answer: func(values []float64, delta, threshold float64) int {
			if i := pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean - delta }, true); i >= 0 {
				return int(values[i])
			}
			return -1
		}, Says: "This is the value at which the change is seen. Return its number, i."},
		{Answer: func(values []float64, delta, threshold float64) int {
			return pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean + delta }, true)
		}, Says: "delta is added, so that the sum grows where nothing changes. Subtract it from each difference."},
		{Answer: func(values []float64, delta, threshold float64) int {
			return pageHinkley(values, threshold, func(v, mean float64) float64 { return mean - v - delta }, true)
		}, Says: "This sees a fall: the difference is the wrong way round, or the sum is held to its highest. A rise is v - mean, and a sum above its lowest."},
		{Answer: func(values []float64, delta, threshold float64) int {
			m := meanOf(values)
			return pageHinkley(values, threshold, func(v, _ float64) float64 { return v - m - delta }, true)
		}, Says: "The mean is that of all values, also of those to come. Take the mean up to the value."},
		{Answer: func(values []float64, delta, threshold float64) int {
			mean := 0.0
			i := 0
			return pageHinkley(values, threshold, func(v, _ float64) float64 {
				adds := v - mean - delta
				i++
				mean += (v - mean) / float64(i)
				return adds
			}, true)
		}, Says: "The mean is that of the values before, and 0 at the beginning. Take the value into the mean first, and then its difference from it."},
		{Answer: func(values []float64, delta, threshold float64) int {
			return pageHinkley(values, threshold, func(v, _ float64) float64 { return v - delta }, true)
		}, Says: "The mean is not subtracted: sum += v - mean - delta."},
		{Answer: func(values []float64, _, threshold float64) int {
			return slices.IndexFunc(values, func(v float64) bool { return v > threshold })
		}, Says: "This is the first value above the threshold. What is compared with it is the sum of the differences from the mean, above its lowest."},
		{Answer: func(values []float64, delta, threshold float64) int {
			return pageHinkley(values, math.Nextafter(threshold, 0), func(v, mean float64) float64 { return v - mean - delta }, true)
		}, Says: "A sum that equals the threshold counts as a change. It has to be above it: >."},
		{Answer: func(values []float64, delta, threshold float64) int {
			mean, sum, lowest := 0.0, 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(max(i, 1))
				sum += v - mean - delta
				lowest = min(lowest, sum)
				if sum-lowest > threshold {
					return i
				}
			}
			return -1
		}, Says: "The first value does not count in the mean: it is left out, or the difference is divided by i. Up to the value with the number i there are i+1 of them."},
		{Answer: func(values []float64, delta, threshold float64) int {
			i := pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean - delta }, true)
			if i < 0 {
				return i
			}
			return max(0, i-1)
		},
			Says: "The number is one too small: values are numbered from 0, and so is i. Return i."},
		{Answer: func(values []float64, delta, threshold float64) int {
			i := pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean - delta }, true)
			if i < 0 {
				return len(values)
			}
			return i
		},
			Says: "Where nothing changes the number of values is returned. Return -1 behind the loop."},
		{Answer: func(values []float64, delta, threshold float64) int {
			mean, lowest := 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				sum := v - mean - delta
				lowest = min(lowest, sum)
				if sum-lowest > threshold {
					return i
				}
			}
			return -1
		},
			Says: "The sum holds the last difference alone. Add to it: +=, and not =."},
		{Answer: func(values []float64, delta, threshold float64) int {
			mean, sum, lowest := 0.0, 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				sum += v - mean - delta
				lowest = min(lowest, v)
				if sum-lowest > threshold {
					return i
				}
			}
			return -1
		}, Says: "The lowest value is kept. Keep the lowest that the sum has been: lowest = min(lowest, sum)."},
		{Answer: func([]float64, float64, float64) int { return -1 },
			Says: "It returns -1 whatever the values are. If lowest is made with max, no sum is ever above it: lowest = min(lowest, sum)."},
		{Answer: withMean(func(mean, v float64, i, _ int) float64 { return mean + 0.1*(v-mean) }),
			Says: "The mean moves by a fixed part of the difference, so that old values fade. Here all values up to v count alike: divide the difference by i+1."},
		{Answer: withMean(func(mean, v float64, _, n int) float64 { return mean + (v-mean)/float64(n) }),
			Says: "The difference is divided by the number of all values, also of those to come. Up to the value with the number i there are i+1."},
		{Answer: withMean(func(mean, v float64, i, _ int) float64 {
			if i == 0 {
				return v
			}
			return mean + (v-mean)/float64(i+2)
		}), Says: "The first value counts twice in the mean. It begins at 0, and the difference is divided by i+1."},
		{Answer: withMean(func(mean, v float64, i, _ int) float64 { return mean + v - mean/float64(i+1) }),
			Says: "Only the mean is divided by i+1, as division binds more strongly than subtraction. Put the difference into parentheses: (v - mean) / (i+1)."},
		{Answer: withMean(func(mean, v float64, _, _ int) float64 { return mean + v }),
			Says: "This is the sum of the values, and no mean. It moves by the difference, divided: (v - mean) / (i+1)."},
		{Answer: func(values []float64, delta, threshold float64) int {
			last, mean, sum, lowest := -1, 0.0, 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				sum += v - mean - delta
				lowest = min(lowest, sum)
				if sum-lowest > threshold {
					last = i
				}
			}
			return last
		}, Says: "This is the last value at which the sum is above the threshold. Return at the first."},
		{Answer: func(values []float64, delta, threshold float64) int {
			mean := 0.0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				if v-mean-delta > threshold {
					return i
				}
			}
			return -1
		}, Says: "The sum begins anew with every value: it is made inside the loop, or v - mean - delta itself is compared. Make sum and lowest before the loop."},
		{Answer: func(values []float64, delta, threshold float64) int {
			return pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean - delta/2 }, true)
		}, Says: "Half of delta is subtracted. Subtract all of it."},
		{Answer: func(values []float64, delta, threshold float64) int {
			mean, sum, lowest, highest := 0.0, 0.0, 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				sum += v - mean - delta
				lowest, highest = min(lowest, sum), max(highest, sum)
				if sum-lowest > threshold || highest-sum > threshold {
					return i
				}
			}
			return -1
		}, Says: "A fall is seen as well. Only a rise is wanted: the sum above its lowest."},
		{Answer: func(values []float64, delta, threshold float64) int {
			mean, sum, lowest := 0.0, 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				sum += v - mean - delta
				if sum < lowest {
					sum, lowest = 0, sum
				}
				if sum-lowest > threshold {
					return i
				}
			}
			return -1
		}, Says: "At a new lowest the sum is set to 0, and so seems to have risen. Either the lowest is kept, or the sum is set to 0 where it is below: not both."},
		{Answer: func(values []float64, delta, threshold float64) int {
			mean, sum, lowest, at := 0.0, 0.0, 0.0, 0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				sum += v - mean - delta
				if sum < lowest {
					lowest, at = sum, i
				}
				if sum-lowest > threshold {
					return at
				}
			}
			return -1
		}, Says: "This is where the sum was lowest, at which the rise may have begun. Return the number of the value at which it is seen."},
	},
}

// pageHinkley returns where the sum of what each value adds has risen by more
// than the threshold: from its lowest, or else from 0.
func pageHinkley(values []float64, threshold float64, adds func(v, mean float64) float64, fromLowest bool) int {
	mean, sum, lowest := 0.0, 0.0, 0.0
	for i, v := range values {
		mean += (v - mean) / float64(i+1)
		sum += adds(v, mean)
		if fromLowest {
			lowest = min(lowest, sum)
		}
		if sum-lowest > threshold {
			return i
		}
	}
	return -1
}

// withMean returns a test with another mean: of value i of n, after the one before.
func withMean(next func(mean, v float64, i, n int) float64) func(values []float64, delta, threshold float64) int {
	return func(values []float64, delta, threshold float64) int {
		i, mean := 0, 0.0
		return pageHinkley(values, threshold, func(v, _ float64) float64 {
			mean = next(mean, v, i, len(values))
			i++
			return v - mean - delta
		}, true)
	}
}

// FirstChange checks a function that returns at which value the Page-Hinkley test
// sees that the mean has risen, -1 if it does not:
//
//	func(values []float64, delta, threshold float64) int
func FirstChange(function any) { exam.Mark(firstChange, function) }

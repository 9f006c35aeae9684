package check

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var robustScale = &exam.Exercise{
	ID:       "robust-scale",
	Notebook: "03_prepare_features",
	Section:  "The Python lab's way: RobustScaler",
	Title:    "One value, robustly scaled",
	Hints: []string{
		"Three percentiles of values are all you need: the 25th, the 50th and the 75th. The cell under “Median and interquartile range” computes them.",
		"Put the IQR into a variable. If it is 0, set it to 1 before you divide by it.",
		"return (v - median) / iqr, with iqr := q3 - q1 and, on the next lines, if iqr == 0 { iqr = 1 }",
	},
	Answer: func(values []float64, v float64) float64 {
		q1, median, q3 := quartiles(values)
		return (v - median) / cmp.Or(q3-q1, 1)
	},
	Params: []string{"values", "v"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{eightRates(), 9.0},
			{eightRates(), 5000.0},
			{[]float64{-2, 6, -4, 10}, -8.0},
			{[]float64{0.4, 0.1, 0.5, 0.2, 0.3}, 0.45}, // an IQR between 0 and 1
			{[]float64{1, 1, 0, 1, 1, 1, 1, 1}, 0.0},   // a flag
			{[]float64{3, 3, 3}, 3.0},
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(values []float64, v float64) float64 {
			q1, median, q3 := quartiles(values)
			return (v - median) / (q3 - q1)
		}, Says: "An IQR of 0 is still divided by: 0/0 is NaN, and anything else over 0 is an infinity. Divide such a column by 1. (With := inside the if the 1 goes to another variable.)"},
		{Answer: func(values []float64, v float64) float64 {
			q1, median, q3 := quartiles(values)
			return (v - median) / max(q3-q1, 1)
		}, Says: "An IQR between 0 and 1 is a scale like any other. Only an IQR of exactly 0 is replaced by 1."},
		{Answer: func(values []float64, v float64) float64 {
			q1, median, q3 := quartiles(values)
			return (v - median) / (q3 - q1 + 1)
		}, Says: "The plus one of the ratios does not belong here: it would change every scale, and a small one beyond recognition. Only an IQR of 0 is replaced by 1."},
		{Answer: func(values []float64, v float64) float64 {
			q1, median, q3 := quartiles(values)
			if q3 == q1 {
				return 0
			}
			return (v - median) / (q3 - q1)
		}, Says: "With an IQR of 0 everything becomes 0, also what differs from the median. Divide by 1 instead, so that the rare value of a flag keeps its distance."},
		{Answer: func(values []float64, v float64) float64 {
			q1, median, q3 := quartiles(values)
			return v - median/cmp.Or(q3-q1, 1)
		}, Says: "Division binds more strongly than subtraction: put v - median into parentheses."},
		{Answer: func(values []float64, v float64) float64 {
			q1, _, q3 := quartiles(values)
			return v / cmp.Or(q3-q1, 1)
		}, Says: "The scale is right, but the median is not subtracted: the centre of the column should become 0."},
		{Answer: func(values []float64, v float64) float64 {
			q1, median, q3 := quartiles(values)
			return (v - median) / cmp.Or(q1-q3, 1)
		}, Says: "The IQR is negative: it is the third quartile minus the first."},
		{Answer: func(values []float64, v float64) float64 {
			q1, _, q3 := quartiles(values)
			return (v - stat.Mean(values, nil)) / cmp.Or(q3-q1, 1)
		}, Says: "This subtracts the mean, which one outlier can carry off. The robust centre is the median."},
		{Answer: func(values []float64, v float64) float64 {
			mean, deviation := stat.PopMeanStdDev(values, nil)
			return (v - mean) / cmp.Or(deviation, 1)
		}, Says: "This is the StandardScaler: mean and standard deviation. The robust one takes the median and the IQR."},
		{Answer: func(values []float64, v float64) float64 {
			mean, deviation := stat.MeanStdDev(values, nil)
			return (v - mean) / cmp.Or(deviation, 1)
		}, Says: "This is the StandardScaler: mean and standard deviation. The robust one takes the median and the IQR."},
		{Answer: func(values []float64, v float64) float64 {
			_, median, _ := quartiles(values)
			return (v - median) / cmp.Or(stat.StdDev(values, nil), 1)
		}, Says: "The median is right, and the scale is the standard deviation, which one outlier can blow up. Divide by the IQR."},
		{Answer: func(values []float64, v float64) float64 {
			_, median, _ := quartiles(values)
			return (v - median) / cmp.Or(stat.PopStdDev(values, nil), 1)
		}, Says: "The median is right, and the scale is the standard deviation, which one outlier can blow up. Divide by the IQR."},
		{Answer: func(values []float64, v float64) float64 {
			_, median, _ := quartiles(values)
			return v - median
		}, Says: "This is the distance from the median. Divide it by the IQR."},
		{Answer: func(values []float64, v float64) float64 {
			q1, _, q3 := quartiles(values)
			return (v - q1) / cmp.Or(q3-q1, 1)
		}, Says: "This subtracts the first quartile. The centre is the median, the 50th percentile."},
		{Answer: func(values []float64, v float64) float64 {
			_, median, q3 := quartiles(values)
			return (v - median) / cmp.Or(q3-median, 1)
		}, Says: "This divides by the distance from the median to the third quartile. The IQR goes from the first quartile to the third."},
		{Answer: func(values []float64, v float64) float64 {
			_, median, _ := quartiles(values)
			return (v - median) / cmp.Or(slices.Max(values)-slices.Min(values), 1)
		}, Says: "This divides by the distance from the smallest to the largest value, which the outliers set. The IQR is the distance between the quartiles."},
		{Answer: func(values []float64, v float64) float64 {
			percent := func(q float64) float64 { return labkit.Must(labkit.Percentile(values, q)) }
			return (v - percent(0.5)) / cmp.Or(percent(0.75)-percent(0.25), 1)
		}, Says: "labkit.Percentile counts in percent: the median is the 50th percentile and not the 0.5th."},
		{Answer: func(values []float64, v float64) float64 {
			sorted := slices.Sorted(slices.Values(values))
			n := len(sorted)
			return (v - sorted[n/2]) / cmp.Or(sorted[3*n/4]-sorted[n/4], 1)
		}, Says: "The quartiles are taken from the nearest places in the sorted slice. labkit.Percentile goes on between two neighbours where a quartile falls between them."},
		{Answer: byQuartiles(func(v, q1, median, q3 float64) float64 { return (v - median) / cmp.Or(q3+q1, 1) }),
			Says: "The quartiles are added. The IQR is the distance between them: the third minus the first."},
		{Answer: byQuartiles(func(v, q1, median, q3 float64) float64 {
			if q1 == q3 {
				return v
			}
			return (v - median) / (q3 - q1)
		}), Says: "With an IQR of 0 the value comes back as it is. Subtract the median there, too, and divide by 1."},
		{Answer: byQuartiles(func(v, q1, median, q3 float64) float64 {
			if q1 == q3 {
				return 1
			}
			return (v - median) / (q3 - q1)
		}), Says: "With an IQR of 0 the result is 1, whatever the value. The IQR is to become 1, not the result: divide by it."},
		{Answer: byQuartiles(func(v, q1, median, q3 float64) float64 { return math.Abs(v-median) / cmp.Or(q3-q1, 1) }),
			Says: "The sign is lost: a value below the median has a negative distance from it."},
		{Answer: byQuartiles(func(v, q1, median, q3 float64) float64 {
			if q1 == q3 {
				return v - median
			}
			return math.Abs(v-median) / (q3 - q1)
		}), Says: "The sign is lost: a value below the median has a negative distance from it."},
		{Answer: byQuartiles(func(v, _, median, _ float64) float64 { return v / cmp.Or(median, 1) }),
			Says: "This divides by the median. Subtract the median, and divide by the IQR."},
		{Answer: byQuartiles(func(v, q1, median, q3 float64) float64 { return (v - median) * cmp.Or(q3-q1, 1) }),
			Says: "This multiplies by the IQR. Divide by it."},
		{Answer: byQuartiles(func(v, q1, median, q3 float64) float64 { return (v - median) / cmp.Or(q3-q1, 0.001) }),
			Says: "An IQR of 0 is replaced by 0.001, the floor of durations. Here it is replaced by 1."},
		{Answer: byQuartiles(func(v, q1, median, q3 float64) float64 { return (v - q3) / cmp.Or(q3-q1, 1) }),
			Says: "This subtracts the third quartile. The centre is the median, the 50th percentile."},
		{Answer: byQuartiles(func(v, q1, median, _ float64) float64 { return (v - median) / cmp.Or(median-q1, 1) }),
			Says: "This divides by the distance from the first quartile to the median. The IQR goes from the first quartile to the third."},
		{Answer: func(values []float64, v float64) float64 {
			low, high := slices.Min(values), slices.Max(values)
			return (v - low) / cmp.Or(high-low, 1)
		}, Says: "This is min-max scaling: the smallest and the largest value set both centre and scale, and one outlier moves them. Take the median and the IQR."},
		{Answer: func(values []float64, v float64) float64 {
			percent := func(q float64) float64 { return labkit.Must(labkit.Percentile(values, q)) }
			return (v - percent(50)) / cmp.Or(percent(90)-percent(10), 1)
		}, Says: "This divides by the distance from the 10th to the 90th percentile. The IQR goes from the 25th to the 75th."},
		{Answer: byQuartiles(func(v, _, median, q3 float64) float64 { return (v - median) / cmp.Or(q3, 1) }),
			Says: "This divides by the third quartile. The IQR is the third quartile minus the first."},
		{Answer: byQuartiles(func(v, q1, median, _ float64) float64 { return (v - median) / cmp.Or(q1, 1) }),
			Says: "This divides by the first quartile. The IQR is the third quartile minus the first."},
		{Answer: byQuartiles(func(v, q1, median, q3 float64) float64 { return (v - median) / cmp.Or((q3-q1)/2, 1) }),
			Says: "The IQR is halved. Divide by the whole of it."},
		{Answer: func(values []float64, v float64) float64 {
			q1, _, q3 := quartiles(values)
			return (v - values[len(values)/2]) / cmp.Or(q3-q1, 1)
		},
			Says: "The centre is the middle of the values as they come. The median is the middle of the sorted ones: labkit.Percentile(values, 50)."},
		{Answer: byQuartiles(func(v, q1, median, q3 float64) float64 {
			if q1 == q3 {
				return v - median
			}
			return (v-median)/q3 - q1
		}), Says: "Division binds more strongly than subtraction: put q3 - q1, the IQR below the bar, into parentheses."},
		{Answer: byQuartiles(func(v, q1, median, q3 float64) float64 { return (v - median) / cmp.Or((q3-q1)/1.349, 1) }),
			Says: "The IQR is divided by 1.349, to be like a standard deviation. RobustScaler does not: divide by the IQR itself."},
		{Answer: func(values []float64, v float64) float64 {
			q1, _, q3 := quartiles(values)
			return (v - inOrderAt(values, len(values)/2)) / cmp.Or(q3-q1, 1)
		}, Says: "Of an even number of values the upper one of the two in the middle is subtracted. The median is their mean: labkit.Percentile(values, 50)."},
		{Answer: func(values []float64, v float64) float64 {
			_, median, _ := quartiles(values)
			n := len(values)
			return (v - median) / cmp.Or(inOrderAt(values, 3*n/4)-inOrderAt(values, n/4), 1)
		}, Says: "The quartiles are taken from the nearest places in the sorted slice. labkit.Percentile goes on between two neighbours where a quartile falls between them."},
		{Answer: func(values []float64, v float64) float64 {
			_, median, _ := quartiles(values)
			far := make([]float64, len(values))
			for i, x := range values {
				far[i] = math.Abs(x - median)
			}
			return (v - median) / cmp.Or(labkit.Must(labkit.Percentile(far, 50)), 1)
		}, Says: "This divides by the median of the distances from the median, the MAD, a robust scale of another kind. RobustScaler takes the IQR: third quartile minus first."},
		{Answer: func(values []float64, v float64) float64 {
			q1, median, q3 := quartiles(append(slices.Clone(values), v))
			return (v - median) / cmp.Or(q3-q1, 1)
		}, Says: "v is put among the values before the quartiles are taken. They are those of the column: v is only scaled by them."},
	},
}

func eightRates() []float64 { return []float64{2, 3, 4, 5, 6, 8, 9, 5000} }

func quartiles(values []float64) (q1, median, q3 float64) {
	percent := func(q float64) float64 { return labkit.Must(labkit.Percentile(values, q)) }
	return percent(25), percent(50), percent(75)
}

// byQuartiles returns a function that is handed the quartiles.
// inOrderAt returns the value with this index when they are sorted.
func inOrderAt(values []float64, i int) float64 { return slices.Sorted(slices.Values(values))[i] }

func byQuartiles(f func(v, q1, median, q3 float64) float64) func(values []float64, v float64) float64 {
	return func(values []float64, v float64) float64 {
		q1, median, q3 := quartiles(values)
		return f(v, q1, median, q3)
	}
}

// RobustScale checks a function that returns v in the units of a column: its
// distance from the median of values, in interquartile ranges of values. It may
// be any number. An interquartile range of 0 counts as 1. There is at least one
// value, in any order:
//
//	func(values []float64, v float64) float64
func RobustScale(function any) { exam.Mark(robustScale, function) }

package check

import (
	"math"
	"slices"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
	"flowlab/labkit/window"
)

var gapRegularity = &exam.Exercise{
	ID:       "gap-regularity",
	Notebook: "09_time_features",
	Section:  "A rhythm in the gaps",
	Title:    "Regularity of gaps",
	Hints: []string{
		"Two medians: first that of the gaps, then that of how far each gap is from it, whichever side.",
		"labkit.Must(labkit.Percentile(gaps, 50)) is a median. Make a second slice of the distances: math.Abs(gap - middle).",
		"middle := labkit.Must(labkit.Percentile(gaps, 50)); then for each gap away = append(away, math.Abs(gap-middle)); and at the end return 1 - labkit.Must(labkit.Percentile(away, 50))/middle",
	},
	Answer: func(gaps []float64) float64 {
		regularity, _ := window.Regularity(slices.Clone(gaps))
		return regularity
	},
	Params: []string{"gaps"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]float64{60, 60, 60, 60}},
			{[]float64{10, 20, 40}},
			{[]float64{300, 310, 290, 305, 295}},
			{[]float64{300, 300, 9000, 300, 300, 300}}, // asleep for a while
			{[]float64{4, 1, 2, 8}},
			{[]float64{7, 90, 1500, 3, 41, 260}},
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(gaps []float64) float64 {
			m := meanOf(gaps)
			return 1 - window.Median(away(gaps, m))/m
		},
			Says: "The middle is the mean here. One long gap, while the computer sleeps, moves a mean and not a median."},
		{Answer: func(gaps []float64) float64 {
			m := medianOf(gaps)
			return 1 - meanOf(away(gaps, m))/m
		},
			Says: "The distances are averaged by their mean. Take their median, too, or one gap while the computer sleeps spoils the rhythm."},
		{Answer: func(gaps []float64) float64 {
			return 1 - deviationOf(gaps)/meanOf(gaps)
		},
			Says: "This is 1 minus the standard deviation by the mean. Both are moved by a single long gap; take medians."},
		{Answer: func(gaps []float64) float64 { m := medianOf(gaps); return window.Median(away(gaps, m)) / m },
			Says: "This is the irregularity: 0 for a clock. Subtract it from 1."},
		{Answer: func(gaps []float64) float64 { return 1 - window.Median(away(gaps, medianOf(gaps))) },
			Says: "The distance is not divided by the median gap. Ten seconds off are much for a minute and little for a day."},
		{Answer: func(gaps []float64) float64 {
			m := medianOf(gaps)
			signed := make([]float64, len(gaps))
			for i, g := range gaps {
				signed[i] = g - m
			}
			return 1 - window.Median(signed)/m
		},
			Says: "The result is 1 whatever the gaps are. Differences that keep their signs have the median 0: take math.Abs of each. And the middle of gaps that are not sorted is always at a distance of 0 from itself."},
		{Answer: func(gaps []float64) float64 {
			unsorted := func(v []float64) float64 { return (v[(len(v)-1)/2] + v[len(v)/2]) / 2 }
			return 1 - unsorted(away(gaps, unsorted(gaps)))/unsorted(gaps)
		},
			Says: "This takes the middle of the slice as it comes. The median is the middle of the sorted values."},
		{Answer: medianOf, Says: "This is the median gap. How far are the gaps from it? Divide the median of that by it, and subtract the quotient from 1."},
		{Answer: func(gaps []float64) float64 { m := meanOf(gaps); return 1 - meanOf(away(gaps, m))/m },
			Says: "Both are means here. One long gap, while the computer sleeps, moves a mean and not a median."},
		{Answer: func(gaps []float64) float64 {
			m := medianOf(gaps)
			return (1 - window.Median(away(gaps, m))) / m
		}, Says: "The 1 is divided, too. Divide first, and subtract the quotient from 1: leave the parenthesis out."},
		{Answer: func(gaps []float64) float64 {
			return 1 - window.Median(away(gaps, medianOf(gaps)))/meanOf(gaps)
		}, Says: "The median distance is divided by the mean gap. Divide by the median."},
		{Answer: func(gaps []float64) float64 { m := medianOf(gaps); return 1 - slices.Max(away(gaps, m))/m },
			Says: "This takes the largest distance, which a single gap makes. Take the median of the distances."},
		{Answer: func(gaps []float64) float64 { return slices.Min(gaps) / slices.Max(gaps) },
			Says: "This compares the shortest gap with the longest: two gaps decide, and one long sleep spoils it. Take medians."},
		{Answer: func(gaps []float64) float64 {
			return 1 - (slices.Max(gaps)-slices.Min(gaps))/medianOf(gaps)
		}, Says: "This takes the range, from the shortest gap to the longest, which two gaps make. Take the median distance from the median."},
		{Answer: func(gaps []float64) float64 {
			percent := func(q float64) float64 { return labkit.Must(labkit.Percentile(gaps, q)) }
			return 1 - (percent(75)-percent(25))/percent(50)
		}, Says: "This takes the interquartile range. Take the median distance from the median."},
		{Answer: func(gaps []float64) float64 {
			return 1 - window.Median(changes(gaps))/medianOf(gaps)
		}, Says: "This compares each gap with the one before. Compare each with the median gap."},
		{Answer: func(gaps []float64) float64 {
			percent := func(of []float64) float64 { return labkit.Must(labkit.Percentile(of, 0.5)) }
			return 1 - percent(away(gaps, percent(gaps)))/percent(gaps)
		}, Says: "labkit.Percentile counts in percent: the median is the 50th percentile and not the 0.5th."},
		{Answer: func(gaps []float64) float64 {
			upper := func(of []float64) float64 { return slices.Sorted(slices.Values(of))[len(of)/2] }
			return 1 - upper(away(gaps, upper(gaps)))/upper(gaps)
		}, Says: "Of an even number of values two stand in the middle, and the median is their mean. labkit.Percentile knows that."},
		{Answer: func(gaps []float64) float64 { return 1 - medianOf(gaps)/window.Median(away(gaps, medianOf(gaps))) },
			Says: "The fraction is upside down: the median distance is divided by the median gap."},
		{Answer: func(gaps []float64) float64 { return 1 - window.Median(away(gaps, meanOf(gaps)))/medianOf(gaps) },
			Says: "The distances are measured from the mean. Measure them from the median."},
		{Answer: func(gaps []float64) float64 {
			return 1 - 1.4826*window.Median(away(gaps, medianOf(gaps)))/medianOf(gaps)
		},
			Says: "The MAD is scaled by 1.4826, as is done to compare it with a standard deviation. Here it is taken as it is."},
		{Answer: func(gaps []float64) float64 {
			m := medianOf(gaps)
			return 1 - window.Median(append(make([]float64, len(gaps)), away(gaps, m)...))/m
		}, Says: "Half of the distances are 0. Those of the gaps below the median count as well: take math.Abs. And what make([]float64, n) makes has n zeros already, behind which append adds."},
		{Answer: func(gaps []float64) float64 {
			steps := changes(gaps)
			m := medianOf(steps)
			return 1 - window.Median(away(steps, m))/m
		}, Says: "The gaps are taken for times, and the gaps between these are looked at. The values are the gaps already."},
		{Answer: func(gaps []float64) float64 { m := medianOf(gaps); return 1 - window.Median(squares(away(gaps, m)))/m },
			Says: "The distances are squared, as for a variance. Take math.Abs of each difference."},
		{Answer: func(gaps []float64) float64 {
			m := medianOf(gaps)
			return 1 - math.Sqrt(window.Median(squares(away(gaps, m))))/m
		}, Says: "The distances are squared, and the root is taken of their median. Of an even number that is not the median distance: take math.Abs of each difference."},
		{Answer: func(gaps []float64) float64 {
			m := medianOf(gaps)
			return 1 - window.Median(away(gaps[:len(gaps)-1], m))/m
		}, Says: "The distance of the last gap is missing. Go on while i < len(gaps)."},
		{Answer: func(gaps []float64) float64 { m := medianOf(gaps); return 1 - window.Median(away(gaps[1:], m))/m },
			Says: "The distance of the first gap is missing. Elements are numbered from 0."},
		{Answer: func(gaps []float64) float64 {
			m := medianOf(gaps)
			others := slices.DeleteFunc(away(gaps, m), func(d float64) bool { return d == 0 })
			if len(others) == 0 {
				return 1
			}
			return 1 - window.Median(others)/m
		}, Says: "Gaps that are the median itself are left out of the distances. A distance of 0 counts like any other."},
		{Answer: func(gaps []float64) float64 {
			percent := func(q float64) float64 { return labkit.Must(labkit.Percentile(gaps, q)) }
			return 1 - (percent(75)-percent(25))/2/percent(50)
		}, Says: "This takes half the interquartile range. It is near to the median distance from the median, and not the same where gaps lie more to one side."},
		{Answer: func(gaps []float64) float64 {
			if len(gaps) < 4 {
				return 0
			}
			regularity, _ := window.Regularity(slices.Clone(gaps))
			return regularity
		}, Says: "Three gaps are refused, and are enough. At least three are handed over, so that nothing has to be refused."},
		{Answer: func(gaps []float64) float64 {
			m := medianOf(gaps)
			ratios := make([]float64, len(gaps))
			for i, g := range gaps {
				ratios[i] = min(g/m, m/g)
			}
			return window.Median(ratios)
		}, Says: "This is the median of quotients, in which a gap twice as long is as far away as one half as long. Take differences from the median."},
		{Answer: func(gaps []float64) float64 {
			distances := away(gaps, medianOf(gaps))
			for i, g := range gaps {
				distances[i] /= g
			}
			return 1 - window.Median(distances)
		}, Says: "Each distance is divided by its own gap. Divide their median by the median gap."},
	},
}

func meanOf(values []float64) float64 { return sumOf(values) / float64(len(values)) }

func medianOf(values []float64) float64 { return window.Median(slices.Clone(values)) }

// changes returns by how much each value differs from the one before.
func changes(values []float64) []float64 {
	out := make([]float64, len(values)-1)
	for i := range out {
		out[i] = math.Abs(values[i+1] - values[i])
	}
	return out
}

func squares(values []float64) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = v * v
	}
	return out
}

// away returns how far each value is from the middle.
func away(values []float64, middle float64) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = math.Abs(v - middle)
	}
	return out
}

// GapRegularity checks a function that returns the regularity of gaps, in
// seconds and at least three: 1 minus the median distance from the median gap,
// divided by that median, as [window.Regularity] has it. No median is 0:
//
//	func(gaps []float64) float64
func GapRegularity(function any) { exam.Mark(gapRegularity, function) }

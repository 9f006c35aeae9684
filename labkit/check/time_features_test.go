package check

import (
	"math"
	"slices"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
	"flowlab/labkit/window"
)

var timeFeaturesTests = []exerciseTest{
	{
		exercise: hourCircle,
		check:    HourCircle,
		right: []any{
			func(seconds float64) (float64, float64) { // without whole days
				_, share := math.Modf(seconds / 86400)
				return math.Sincos(2 * math.Pi * share)
			},
			func(seconds float64) (float64, float64) {
				return math.Sin(2 * math.Pi * seconds / 86400), math.Cos(2 * math.Pi * seconds / 86400)
			},
		},
		wrong: []wrongAnswer{
			{func(s float64) (float64, float64) {
				return math.Cos(2 * math.Pi * s / 86400), math.Sin(2 * math.Pi * s / 86400)
			}, "swapped"},
			{func(s float64) (float64, float64) { return math.Sincos(360 * s / 86400) }, "in degrees"},
			{func(s float64) (float64, float64) { return math.Sincos(math.Pi * s / 86400) }, "half a turn"},
			{func(s float64) (float64, float64) { return math.Sincos(2 * math.Pi * float64(int(s/3600)%24) / 24) }, "10:01 and 10:59"},
			{func(s float64) float64 { return math.Sin(2 * math.Pi * s / 86400) }, "It has 1 result: want 2"},
		},
	},
	{
		exercise: gapRegularity,
		check:    GapRegularity,
		byHand: []example{
			{exam.Input{[]float64{60, 60, 60, 60}}, 1.0},
			{exam.Input{[]float64{10, 20, 40}}, 0.5}, // distances 10, 0, 20: their median is 10
			{exam.Input{[]float64{4, 1, 2, 8}}, 0.5}, // median 3, distances 1, 2, 1, 5: 1.5
		},
		right: []any{
			func(gaps []float64) float64 {
				middle := labkit.Must(labkit.Percentile(gaps, 50))
				var away []float64
				for _, gap := range gaps {
					away = append(away, math.Abs(gap-middle))
				}
				return 1 - labkit.Must(labkit.Percentile(away, 50))/middle
			},
			func(gaps []float64) float64 {
				regularity, _ := window.Regularity(slices.Clone(gaps))
				return regularity
			},
		},
		wrong: []wrongAnswer{
			{func(gaps []float64) float64 {
				middle := medianOf(gaps)
				return window.Median(away(gaps, middle)) / middle
			}, "Subtract it from 1"},
			{func(gaps []float64) float64 { return 1 - window.Median(away(gaps, meanOf(gaps)))/meanOf(gaps) }, "The middle is the mean"},
			{func(gaps []float64) float64 { return 1 - window.Median(away(gaps, medianOf(gaps))) }, "not divided by the median gap"},
			{func(gaps []float64) int { return 1 }, "Result 1 is of type int"},
		},
	},
	{
		exercise: theTrojan,
		check:    TheTrojan,
		byHand:   []example{{exam.Input{}, "D"}},
		right:    []any{func() string { return "ABCD"[3:] }},
		wrong: []wrongAnswer{
			{func() string { return "A" }, "asks the name server for the time"},
			{func() string { return "B" }, "this is the monitoring"},
			{func() string { return "C" }, "more regular than the trojan"},
			{func() string { return "d" }, "is not one of the options"},
		},
	},
}

package check

import (
	"math"

	"flowlab/labkit/internal/exam"
)

var slidingWindowsTests = []exerciseTest{
	{
		exercise: windowStarts,
		check:    WindowStarts,
		byHand: []example{
			{exam.Input{125.0, 60.0, 20.0}, []float64{80, 100, 120}}, // 60 + 60 = 120 is over
			{exam.Input{60.0, 60.0, 60.0}, []float64{60}},
			{exam.Input{45.0, 50.0, 20.0}, []float64{0, 20, 40}},
		},
		right: []any{
			func(at, size, slide float64) []float64 { // forwards
				var starts []float64
				for start := (math.Floor((at-size)/slide) + 1) * slide; start <= at; start += slide {
					starts = append(starts, start)
				}
				return starts
			},
		},
		wrong: []wrongAnswer{
			{func(at, size, slide float64) []float64 {
				var starts []float64
				for start := math.Ceil((at-size)/slide) * slide; start <= at; start += slide {
					starts = append(starts, start)
				}
				return starts
			}, "half open"},
			{func(at, size, slide float64) []float64 { return []float64{math.Floor(at/slide) * slide} }, "the last window alone"},
			{func(at, size, slide float64) []float64 { return []float64{math.Floor(at/size) * size} }, "side by side"},
			{func(at, size, slide float64) []float64 { return nil }, "want"},
		},
	},
	{
		exercise: lateFlows,
		check:    LateFlows,
		byHand: []example{
			// 70 closes [0, 60), so 50 is late; 130 closes [60, 120): 80 and 119 are, too.
			{exam.Input{[]float64{10, 70, 50, 130, 80, 119}, 60.0, 0.0}, 3},
			// With 10 s to wait 70 closes just as well, and 130, too.
			{exam.Input{[]float64{10, 70, 50, 130, 80, 119}, 60.0, 10.0}, 3},
			{exam.Input{[]float64{10, 70, 50, 130, 80, 119}, 60.0, 60.0}, 0},
		},
		right: []any{
			func(times []float64, size, lateness float64) int { // by the start of the first open window
				open, n := math.Inf(-1), 0
				for _, at := range times {
					if at < open {
						n++
					}
					open = max(open, math.Floor((at-lateness)/size)*size)
				}
				return n
			},
		},
		wrong: []wrongAnswer{
			{func(times []float64, size, lateness float64) int {
				n, latest := 0, math.Inf(-1)
				for _, at := range times {
					if at < latest-lateness {
						n++
					}
					latest = max(latest, at)
				}
				return n
			}, "older than the watermark"},
			{func(times []float64, size, _ float64) int {
				return late(times, size, func(_, end, latest float64) bool { return end <= latest })
			}, "The lateness is missing"},
			{func(times []float64, size, lateness float64) int { return len(times) }, "want"},
			{func(times []float64, size, lateness float64) float64 { return 0 }, "Result 1 is of type float64"},
		},
	},
	{
		exercise: countIncidents,
		check:    CountIncidents,
		byHand: []example{
			{exam.Input{[]float64{0, 60, 120, 1000, 1060}, 300.0}, 2},
			{exam.Input{[]float64{0, 200, 400, 600, 800}, 300.0}, 1},
			{exam.Input{[]float64{}, 300.0}, 0},
		},
		right: []any{
			func(times []float64, quiet float64) int {
				n, before := 0, math.Inf(-1)
				for _, at := range times {
					if at > before+quiet {
						n++
					}
					before = at
				}
				return n
			},
		},
		wrong: []wrongAnswer{
			{func(times []float64, quiet float64) int {
				n := 0
				for i := 1; i < len(times); i++ {
					if times[i]-times[i-1] > quiet {
						n++
					}
				}
				return n
			}, "The first alert begins an incident"},
			{func(times []float64, quiet float64) int {
				if len(times) == 0 {
					return 0
				}
				return 1 + int((times[len(times)-1]-times[0])/quiet)
			}, "want"},
			{func(times []float64, quiet float64) int { return len(times) }, "This counts the alerts"},
			{func(times []float64, quiet float64) int {
				return incidents(times[1:], func(g float64) bool { return g > quiet })
			}, "panicked"},
		},
	},
	{
		exercise: splitByTime,
		check:    SplitByTime,
		byHand:   []example{{exam.Input{}, "C"}},
		right:    []any{func() string { return "ABCD"[2:3] }},
		wrong: []wrongAnswer{
			{func() string { return "A" }, "has seen the test"},
			{func() string { return "B" }, "around noon overlap"},
			{func() string { return "D" }, "shares flows with its neighbours"},
		},
	},
}

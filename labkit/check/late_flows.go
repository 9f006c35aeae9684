package check

import (
	"math"
	"slices"

	"flowlab/labkit/internal/exam"
)

var lateFlows = &exam.Exercise{
	ID:       "late-flows",
	Notebook: "10_sliding_windows",
	Section:  "Where did a quarter of my flows go?",
	Title:    "Flows that come too late",
	Hints: []string{
		"Go through the times once, and remember the highest so far: latest. The watermark is latest - lateness. A flow's window ends at (math.Floor(at/size) + 1) * size.",
		"A flow is late if its window has ended when it comes: if the end is at or before the watermark of the flows before it. Compare first, and then let the flow move the watermark.",
		"latest := math.Inf(-1); for _, at := range times { if end := (math.Floor(at/size) + 1) * size; end <= latest-lateness { late++ }; latest = max(latest, at) }",
	},
	Answer: func(times []float64, size, lateness float64) int {
		return late(times, size, func(_, end, latest float64) bool { return end <= latest-lateness })
	},
	Params: []string{"times", "size", "lateness"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]float64{10, 70, 50, 130, 80, 119}, 60.0, 0.0},
			{[]float64{10, 70, 50, 130, 80, 119}, 60.0, 10.0},
			{[]float64{10, 70, 50, 130, 80, 119}, 60.0, 60.0},
			{[]float64{10, 55, 20}, 60.0, 10.0},
			{[]float64{0, 300, 10, 20, 290, 310, 30}, 60.0, 5.0},
			{[]float64{65, 61, 125, 62, 119.9, 185, 120}, 60.0, 5.0},
			{[]float64{10, 100, 65, 50, 4}, 60.0, 10.0},
			{[]float64{190, 30, 95, 170}, 100.0, 5.0}, // the first is the highest
			{[]float64{20, 90, 15, 175, 35, 250, 85, 240}, 30.0, 50.0},
			{[]float64{10, 65, 20}, 60.0, 70.0},                // later than a window is long
			{[]float64{0.2, 1.7, 1, 1.5, 3.2, 2.9}, 1.5, 0.05}, // one comes at a window's start
			{[]float64{}, 60.0, 5.0},
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(times []float64, size, lateness float64) int {
			return late(times, size, func(at, _, latest float64) bool { return at < latest-lateness })
		},
			Says: "A flow counts as late here if it is older than the watermark. It is late only if its window has closed: a flow of 50 with the watermark at 55 still finds the window from 0 to 60 open."},
		{Answer: func(times []float64, size, lateness float64) int {
			return late(times, size, func(_, end, latest float64) bool { return end <= latest })
		},
			Says: "The lateness is missing: the watermark is the highest time so far minus the lateness."},
		{Answer: func(times []float64, size, lateness float64) int {
			return late(times, size, func(_, end, latest float64) bool { return end <= latest+lateness })
		},
			Says: "The lateness is added. It makes windows wait, so it is subtracted from the highest time."},
		{Answer: func(times []float64, size, lateness float64) int {
			return late(times, size, func(_, end, latest float64) bool { return end <= (math.Floor(latest/size)+1)*size-lateness })
		}, Says: "The watermark is that of the end of the highest time's window here. It is the highest time itself, minus the lateness."},
		{Answer: func(times []float64, size, lateness float64) int {
			n := 0
			for i := 1; i < len(times); i++ {
				if (math.Floor(times[i]/size)+1)*size <= times[i-1]-lateness {
					n++
				}
			}
			return n
		},
			Says: "This compares with the flow before. The watermark is made of the highest time so far, and never goes back."},
		{Answer: func(times []float64, size, lateness float64) int {
			return late(times, size, func(_, end, latest float64) bool { return end < latest-lateness })
		},
			Says: "A window closes when the watermark reaches its end, so that end <= watermark is late, and not only end < watermark."},
		{Answer: func(times []float64, size, lateness float64) int {
			return late(times, size, func(_, end, latest float64) bool { return end-size <= latest-lateness })
		},
			Says: startOfWindow},
		{Answer: func(times []float64, size, lateness float64) int {
			return late(times, size, func(at, end, latest float64) bool { return at < latest && end-size <= latest-lateness })
		},
			Says: startOfWindow},
		{Answer: func(times []float64, size, lateness float64) int {
			return len(times) - late(times, size, func(_, end, latest float64) bool { return end <= latest-lateness })
		},
			Says: "This counts the flows that are in time."},
		{Answer: func(times []float64, size, lateness float64) int {
			return late(times, size, func(at, _, latest float64) bool { return at+size <= latest-lateness })
		}, Says: "The window ends a whole size after the flow here. Windows start at multiples of the size: this one ends at (math.Floor(at/size) + 1) * size."},
		{Answer: func(times []float64, size, lateness float64) int {
			return late(times, size, func(at, _, latest float64) bool { return at-size <= latest-lateness })
		}, Says: "The size is subtracted from the flow's time. Its window ends later: at (math.Floor(at/size) + 1) * size."},
		{Answer: func(times []float64, size, lateness float64) int {
			n := 0
			for _, at := range times {
				if (math.Floor(at/size)+1)*size <= slices.Max(times)-lateness {
					n++
				}
			}
			return n
		}, Says: "Each flow is judged by the highest time of all, also of those that come after it. The watermark is what was seen before."},
		{Answer: func(times []float64, size, lateness float64) int {
			n, latest := 0, math.Inf(-1)
			for _, at := range times {
				if (math.Floor(at/size)+1)*size <= latest-lateness {
					n++
				} else {
					latest = at
				}
			}
			return n
		}, Says: "A flow that is in time sets the watermark, also back. It never goes back: latest = max(latest, at)."},
		{Answer: func(times []float64, size, lateness float64) int {
			return late(times, size, func(at, _, latest float64) bool { return at < latest })
		}, Says: "This counts the flows that come out of order. Late are only those whose window has closed."},
		{Answer: func(times []float64, _, _ float64) int {
			n := 0
			for i := 1; i < len(times); i++ {
				if times[i] < times[i-1] {
					n++
				}
			}
			return n
		}, Says: "This counts the flows that are older than the one before. Late are only those whose window has closed."},
		{Answer: func(times []float64, size, lateness float64) int {
			n := 0
			for i, at := range times {
				if i > 0 && at < times[i-1] && (math.Floor(at/size)+1)*size <= slices.Max(times[:i])-lateness {
					n++
				}
			}
			return n
		}, Says: "Only flows that are older than the one before them count here. Whatever came just before, a flow is late if its window has closed."},
		{Answer: func(times []float64, size, lateness float64) int {
			return countScores(times, func(at float64) bool { return (math.Floor(at/size)+1)*size <= times[0]-lateness })
		}, Says: "The highest time is that of the first flow, and stays so. Each flow moves it on, late or not: latest = max(latest, at)."},
		{Answer: func(times []float64, size, lateness float64) int {
			n, lowest := 0, math.Inf(1)
			for i, at := range times {
				if i > 0 && (math.Floor(at/size)+1)*size <= lowest-lateness {
					n++
				}
				lowest = min(lowest, at)
			}
			return n
		}, Says: "This keeps the lowest time. The watermark is made of the highest so far: max."},
		{Answer: func(times []float64, size, lateness float64) int {
			return late(times, size, func(at, _, latest float64) bool { return math.Ceil(at/size)*size <= latest-lateness })
		}, Says: "A flow at the very start of a window is taken for one of the window before: there math.Ceil changes nothing. The end is (math.Floor(at/size) + 1) * size."},
		{Answer: func(times []float64, size, lateness float64) int {
			return late(times, size, func(at, _, latest float64) bool {
				whole := max(1, math.Floor(size))
				return (math.Floor(math.Floor(at)/whole)+1)*whole <= latest-lateness
			})
		}, Says: "Time and size are converted to int, which cuts off what is behind the point. Leave them float64, and take math.Floor of the quotient."},
		{Answer: func(times []float64, size, lateness float64) int {
			return late(times, size, func(at, _, latest float64) bool { return math.Floor(at/size)+size <= latest-lateness })
		}, Says: "Multiplication binds more strongly than addition: put math.Floor(at/size) + 1 into parentheses, and multiply that by the size."},
		{Answer: func(times []float64, size, lateness float64) int {
			return late(times, size, func(_, end, latest float64) bool { return end <= math.Floor(latest/size)*size-lateness })
		}, Says: "The highest time is cut to the start of its window, as if windows were counted. The watermark moves with every flow: it is the highest time itself, minus the lateness."},
		{Answer: func(times []float64, size, lateness float64) int {
			return min(1, late(times, size, func(_, end, latest float64) bool { return end <= latest-lateness }))
		}, Says: "This stops at the first flow that is late. Count them all: return behind the loop."},
		{Answer: func(times []float64, size, lateness float64) int {
			closed := map[float64]bool{}
			late(times, size, func(_, end, latest float64) bool {
				if end <= latest-lateness {
					closed[end] = true
				}
				return false
			})
			return len(closed)
		}, Says: "This counts windows for which a flow came too late. Count the flows."},
		{Answer: func(times []float64, size, lateness float64) int {
			return late(times, size, func(at, _, latest float64) bool {
				return (math.Floor((at-lateness)/size)+1)*size <= latest
			})
		}, Says: "The lateness is subtracted from the flow's time, and puts it into an earlier window. Subtract it from the highest time."},
		{Answer: func(times []float64, size, lateness float64) int {
			return late(times, size, func(_, end, latest float64) bool { return end <= latest-2*lateness })
		}, Says: "The lateness is subtracted twice. If the watermark is kept with it subtracted, compare with the watermark as it is."},
		{Answer: func(times []float64, size, lateness float64) int {
			return late(times, size, func(_, end, latest float64) bool { return end+size <= latest-lateness })
		}, Says: "A window stays open here for a whole size after its end. It closes when the watermark reaches the end."},
	},
}

const startOfWindow = "This takes the start of the window. It closes at its end, (math.Floor(at/size) + 1) * size."

// late counts times that are late by a rule of the time itself, the end of its
// window and the highest time before it.
func late(times []float64, size float64, is func(at, end, latest float64) bool) int {
	n, latest := 0, math.Inf(-1)
	for _, at := range times {
		if is(at, (math.Floor(at/size)+1)*size, latest) {
			n++
		}
		latest = max(latest, at)
	}
	return n
}

// LateFlows checks a function that counts the flows that find their window
// closed. Times are in the order of arrival, in seconds; windows stand side by
// side, and start at multiples of the size. A window closes when the watermark,
// the highest time so far minus the lateness, reaches its end:
//
//	func(times []float64, size, lateness float64) int
func LateFlows(function any) { exam.Mark(lateFlows, function) }

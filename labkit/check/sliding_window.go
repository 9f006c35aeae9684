// The file is not called sliding_windows: go build would take that for one of the
// operating system.

package check

import (
	"math"
	"slices"

	"flowlab/labkit/internal/exam"
)

var slidingWindows = []*exam.Exercise{windowStarts, lateFlows, countIncidents, splitByTime}

var windowStarts = &exam.Exercise{
	ID:       "window-starts",
	Notebook: "10_sliding_windows",
	Section:  "Windows that overlap",
	Title:    "The windows of a flow",
	Hints: []string{
		"The last of its windows starts at the greatest multiple of the slide that is not after the time. The one before starts a slide earlier. When is a window too old to hold the time?",
		"last := math.Floor(at/slide) * slide is the last start. A start is good while start + size > at: the window is half open, and does not hold its end.",
		"for start := last; start+size > at; start -= slide { starts = append(starts, start) }, and then slices.Reverse(starts)",
	},
	Answer: func(at, size, slide float64) []float64 {
		return startsOf(at, size, slide, func(end float64) bool { return end > at })
	},
	Params: []string{"at", "size", "slide"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{125.0, 60.0, 20.0}, {60.0, 60.0, 60.0}, {119.5, 60.0, 60.0}, {120.0, 60.0, 20.0},
			{7.0, 30.0, 10.0}, {93630.0, 300.0, 60.0}, {45.0, 50.0, 20.0},
			{59.0, 50.0, 20.0}, // a window fewer than at 45
			{2.3, 1.0, 0.5},
			{55.0, 20.0, 30.0}, // between two windows
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(at, size, slide float64) []float64 {
			return startsOf(at, size, slide, func(end float64) bool { return end >= at })
		},
			Says: "A window is half open: it holds its start and not its end. The window from 60 to 120 does not hold 120."},
		{Answer: func(at, _, slide float64) []float64 { return []float64{math.Floor(at/slide) * slide} },
			Says: "This is the last window alone. Earlier ones overlap it, and hold the flow as well."},
		{Answer: func(at, size, _ float64) []float64 { return []float64{math.Floor(at/size) * size} },
			Says: "This is one window, as if they stood side by side. A window starts at each multiple of the slide."},
		{Answer: func(at, size, slide float64) []float64 {
			var starts []float64
			for k := math.Ceil(size/slide) - 1; k >= 0; k-- {
				starts = append(starts, at-k*slide)
			}
			return starts
		},
			Says: fromTheFlow},
		{Answer: func(at, size, slide float64) []float64 { return multiples(at-size+slide, at, slide) },
			Says: fromTheFlow},
		{Answer: func(at, size, slide float64) []float64 {
			starts := startsOf(at, size, slide, func(end float64) bool { return end > at })
			slices.Reverse(starts)
			return starts
		},
			Says: "The windows are right, and come from the last to the first. The earliest start comes first."},
		{Answer: func(at, size, slide float64) []float64 {
			starts := startsOf(at, size, slide, func(end float64) bool { return end > at })
			for i := range starts {
				starts[i] += size
			}
			return starts
		},
			Says: "These are the ends of the windows. Subtract the size."},
		{Answer: func(at, size, slide float64) []float64 {
			starts := startsOf(at, size, slide, func(end float64) bool { return end > at })
			for i := range starts {
				starts[i] /= slide
			}
			return starts
		}, Says: "These are the numbers of the windows. Multiply them by the slide: a start is a time."},
		{Answer: func(at, size, slide float64) []float64 {
			return slices.DeleteFunc(startsOf(at, size, slide, func(end float64) bool { return end > at }), func(s float64) bool { return s < 0 })
		}, Says: "Windows that start before 0 are left out. Time goes on there, and the window from -20 to 10 holds 7."},
		{Answer: func(at, size, slide float64) []float64 {
			starts := startsOf(at, size, slide, func(end float64) bool { return end >= at })
			slices.Reverse(starts)
			return starts
		}, Says: "A window is half open: it does not hold its end. And the earliest start comes first."},
		{Answer: func(at, size, slide float64) []float64 {
			var starts []float64
			last := math.Floor(at/slide) * slide
			for k := math.Floor(size/slide) - 1; k >= 0; k-- {
				starts = append(starts, last-k*slide)
			}
			return starts
		}, Says: "There are size/slide windows here, and the digits after the point are cut off. Where the slide does not divide the size some times lie in one more: ask of each start whether start + size > at."},
		{Answer: func(at, size, slide float64) []float64 {
			return backFrom(math.Floor(at/size)*size, size, slide, func(end float64) bool { return end > at })
		}, Says: "The last start is a multiple of the size. It is the greatest multiple of the slide that is not after the time."},
		{Answer: func(at, _, _ float64) []float64 { return []float64{at} },
			Says: "This is the time itself. Windows start at multiples of the slide, whatever flows there are."},
		{Answer: func(at, size, slide float64) []float64 {
			var starts []float64
			for k := math.Ceil(size/slide) - 1; k >= 0; k-- {
				starts = append(starts, math.Floor(at/slide)*slide-k*slide)
			}
			return starts
		}, Says: "There are always size/slide windows here, rounded up. Where the slide does not divide the size some times lie in one fewer: ask of each start whether start + size > at."},
		{Answer: func(at, size, slide float64) []float64 {
			last := math.Floor(at/slide) * slide
			return multiples(last-math.Floor(size/slide)*slide, last, slide)
		}, Says: "There are size/slide + 1 windows here, and the first is over as a rule. Ask of each start whether start + size > at."},
		{Answer: func(at, size, slide float64) []float64 {
			return multiples(math.Floor((at-size)/slide)*slide, at, slide)
		}, Says: "The first window is over: it ends at the time, or before. Ask of each start whether start + size > at."},
		{Answer: func(at, size, slide float64) []float64 { return multiples(math.Floor(at/size)*size, at, slide) },
			Says: "The first start is a multiple of the size. It is a multiple of the slide: the first with start + size > at."},
		{Answer: func(at, size, slide float64) []float64 {
			return backFrom(math.Round(at/slide)*slide, size, slide, func(end float64) bool { return end > at })
		}, Says: "The last start is rounded to the nearest multiple, which may come after the time. Cut off what is behind the point: math.Floor."},
		{Answer: func(at, size, slide float64) []float64 {
			return startsOf(math.Floor(at), math.Floor(size), max(1, math.Floor(slide)), func(end float64) bool { return end > math.Floor(at) })
		}, Says: "The seconds are converted to int, which cuts off what is behind the point. Leave them float64, and take math.Floor of the quotient alone."},
		{Answer: func(at, size, slide float64) []float64 {
			return slices.DeleteFunc(startsOf(at, size, slide, func(end float64) bool { return end > at }), func(s float64) bool { return s == at })
		}, Says: "A window that starts at the very time is left out. It holds its start: start <= at."},
		{Answer: func(at, size, slide float64) []float64 {
			return slices.DeleteFunc(startsOf(at, size, slide, func(end float64) bool { return end > at }), func(s float64) bool { return s <= 0 })
		}, Says: "Windows that start at 0 or before are left out. Time goes on there, and the window from -20 to 10 holds 7: the condition is start + size > at."},
		{Answer: func(at, size, slide float64) []float64 {
			return slices.DeleteFunc(startsOf(at, size, slide, func(end float64) bool { return end >= at }), func(s float64) bool { return s < 0 })
		}, Says: "A window is half open: it does not hold its end. And windows that start before 0 are left out, such as that from -20 to 10, which holds 7."},
		{Answer: func(at, size, slide float64) []float64 { return multiples(0, at, slide) },
			Says: "These are all windows since 0. Leave out those that are over: the time lies before start + size."},
		{Answer: func(at, size, slide float64) []float64 {
			starts := multiples(math.Floor(at/slide)*slide, at+size, slide)
			return slices.DeleteFunc(starts, func(s float64) bool { return s >= at+size })
		}, Says: "These windows come after the time. Begin with the last multiple of the slide, and go back from there: start -= slide."},
		{Answer: func(at, size, slide float64) []float64 {
			return slices.DeleteFunc(multiples(math.Floor(at-size)+1, math.Floor(at/slide)*slide, 1), func(s float64) bool { return s <= at-size })
		}, Says: "There is a start in each second. Go on by the slide: windows start at its multiples."},
		{Answer: func(at, size, slide float64) []float64 {
			starts := startsOf(at, size, slide, func(end float64) bool { return end > at })
			return starts[:max(0, len(starts)-1)]
		}, Says: "The last window is missing, which starts at the last multiple of the slide. Add a start first, and step back then."},
		{Answer: func(at, size, slide float64) []float64 {
			starts := startsOf(at, size, slide, func(end float64) bool { return end > at })
			if len(starts) == 0 {
				return multiples(math.Floor(at/slide)*slide, at, slide)
			}
			return starts
		}, Says: "The last start is always returned. Where the slide is larger than the size there is time between the windows, which none holds: ask of each start whether start + size > at."},
		{Answer: func(at, size, slide float64) []float64 {
			starts := startsOf(at, size, slide, func(end float64) bool { return end > at })
			return starts[min(1, len(starts)):]
		}, Says: "The first window is missing, the oldest that holds the time still. Go back as long as start + size > at."},
	},
}

const fromTheFlow = "The windows start at the flow, or multiples of the slide before it. They start at multiples of the slide, counted from 1970, whatever flows there are."

// multiples returns the first start and those that follow it up to a time.
func multiples(first, to, slide float64) []float64 {
	var starts []float64
	for k := 0.0; first+k*slide <= to; k++ {
		starts = append(starts, first+k*slide)
	}
	return starts
}

// startsOf returns the multiples of the slide up to a time whose window is open.
func startsOf(at, size, slide float64, holds func(end float64) bool) []float64 {
	return backFrom(math.Floor(at/slide)*slide, size, slide, holds)
}

// backFrom returns the last start and those before it whose window is open.
func backFrom(last, size, slide float64, holds func(end float64) bool) []float64 {
	var starts []float64
	for start := last; holds(start + size); start -= slide {
		starts = append(starts, start)
	}
	slices.Reverse(starts)
	return starts
}

// WindowStarts checks a function that returns the starts of all windows that
// hold a time, the earliest first. A window starts at each multiple of the slide,
// and is half open: it holds its start and not its end, start + size:
//
//	func(at, size, slide float64) []float64
func WindowStarts(function any) { exam.Mark(windowStarts, function) }

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

var countIncidents = &exam.Exercise{
	ID:       "count-incidents",
	Notebook: "10_sliding_windows",
	Section:  "Many alerts, one incident",
	Title:    "From alerts to incidents",
	Hints: []string{
		"An incident begins with an alert that comes more than quiet seconds after the one before it. What about the very first?",
		"Go through the times and compare each with the one before, times[i]-times[i-1]. The first alert begins an incident as well.",
		"for i, at := range times { if i == 0 || at-times[i-1] > quiet { incidents++ } }",
	},
	Answer: func(times []float64, quiet float64) int {
		return incidents(times, func(gap float64) bool { return gap > quiet })
	},
	Params: []string{"times", "quiet"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]float64{0, 4, 120, 1000, 1060}, 300.0},
			{[]float64{0, 200, 400, 600, 800}, 300.0}, // goes on
			{[]float64{0, 300, 601}, 300.0},
			{[]float64{5}, 300.0},
			{[]float64{}, 300.0},
			{[]float64{0, 10, 500, 510, 820, 2000}, 350.0},
			{[]float64{400, 405, 409, 900, 1700, 1702}, 10.0},
			{[]float64{500, 9000, 12000, 30000}, 5000.0},
			{[]float64{3, 3, 13.6, 23, 34}, 10.5}, // two at once
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(times []float64, quiet float64) int {
			return max(0, incidents(times, func(gap float64) bool { return gap > quiet })-1)
		},
			Says: "The first alert begins an incident, too. This counts the pauses between incidents."},
		{Answer: func(times []float64, quiet float64) int {
			n, begun := 0, math.Inf(-1)
			for _, at := range times {
				if at-begun > quiet {
					n, begun = n+1, at
				}
			}
			return n
		},
			Says: "The pause is counted from the incident's first alert, so that what goes on for long is cut into pieces. Count it from the alert before."},
		{Answer: func(times []float64, quiet float64) int {
			return incidents(times, func(gap float64) bool { return gap >= quiet })
		},
			Says: "A pause of exactly quiet seconds is still the same incident: a new one begins after more than that."},
		{Answer: func(times []float64, _ float64) int { return len(times) },
			Says: "This counts the alerts. Those that follow each other within quiet seconds are one incident."},
		{Answer: func(times []float64, quiet float64) int {
			if len(times) == 0 {
				return 1
			}
			return incidents(times, func(gap float64) bool { return gap > quiet })
		},
			Says: "Without an alert there is no incident: start counting at 0, and let the first alert make it 1."},
		{Answer: func(times []float64, quiet float64) int {
			return incidents(times, func(gap float64) bool { return gap < quiet })
		}, Says: "The comparison is the wrong way round: a new incident begins after a gap of more than quiet seconds."},
		{Answer: func(times []float64, quiet float64) int {
			return incidents(times, func(gap float64) bool { return gap <= quiet })
		}, Says: "The comparison is the wrong way round: a new incident begins after a gap of more than quiet seconds."},
		{Answer: func(times []float64, quiet float64) int {
			return max(0, incidents(times, func(gap float64) bool { return gap <= quiet })-1)
		}, Says: "This counts the alerts that go on with an incident. Count those that begin one: the first, and each after a gap of more than quiet seconds."},
		{Answer: func(times []float64, quiet float64) int {
			seen := map[float64]bool{}
			for _, at := range times {
				seen[math.Floor(at/quiet)] = true
			}
			return len(seen)
		}, Says: "This counts stretches of quiet seconds in which there is an alert, so that what goes on for long is cut into pieces. Compare each alert with the one before."},
		{Answer: func(times []float64, quiet float64) int {
			return incidents(times, func(gap float64) bool { return gap > 300 })
		}, Says: "The pause is always 300 seconds. Compare with the parameter quiet."},
		{Answer: func(times []float64, quiet float64) int {
			return incidents(times, func(gap float64) bool { return gap > quiet/60 })
		}, Says: "quiet is divided by 60. Both the times and quiet are in seconds."},
		{Answer: func(times []float64, quiet float64) int {
			return countScores(times, func(at float64) bool { return at > quiet })
		},
			Says: "Each time is compared with quiet. Compare the pause, a time minus the one before."},
		{Answer: func(times []float64, quiet float64) int {
			n := 0
			for i, at := range times {
				if i == 0 || at > quiet {
					n++
				}
			}
			return n
		},
			Says: "Each time is compared with quiet. Compare the pause, a time minus the one before."},
		{Answer: func(times []float64, quiet float64) int {
			n := 0
			for i, at := range times {
				if i == 0 || at-times[0] > quiet {
					n++
				}
			}
			return n
		},
			Says: "Each alert is compared with the very first. Compare it with the one before."},
		{Answer: func(times []float64, quiet float64) int {
			return incidents(times, func(gap float64) bool { return gap > 60*quiet })
		},
			Says: "quiet is multiplied by 60. Both the times and quiet are in seconds."},
		{Answer: func(times []float64, quiet float64) int {
			n, before := 0, 0.0
			for _, at := range times {
				if at-before > quiet {
					n++
				}
				before = at
			}
			return n
		},
			Says: "The first alert begins an incident, too. Here it does so only if it comes late enough after 0, where the one before it seems to be."},
		{Answer: func(times []float64, quiet float64) int {
			return howManyRuns(times, quiet, func(alerts int) bool { return alerts > 1 })
		}, Says: "Only incidents of two alerts or more are counted. A single alert is an incident, too."},
		{Answer: func(times []float64, quiet float64) int {
			return howManyRuns(times, quiet, func(alerts int) bool { return alerts == 1 })
		}, Says: "Only alerts that are alone are counted, with quiet before and after. An incident begins after quiet, however many alerts follow."},
		{Answer: func(times []float64, quiet float64) int {
			longest := 0
			howManyRuns(times, quiet, func(alerts int) bool { longest = max(longest, alerts); return true })
			return longest
		}, Says: "This is how many alerts the largest incident has. Count the incidents."},
		{Answer: func(times []float64, quiet float64) int {
			n := incidents(times, func(gap float64) bool { return gap > quiet })
			if n > 0 && times[0] > quiet {
				n++
			}
			return n
		}, Says: "The first alert is counted twice if it comes late enough after 0, where the one before it seems to be. Begin with the first alert's own time."},
		{Answer: func(times []float64, quiet float64) int {
			return incidents(times[:min(len(times), max(1, len(times)-1))], func(gap float64) bool { return gap > quiet })
		}, Says: "The last alert is never looked at. Go on while i < len(times)."},
		{Answer: func(times []float64, quiet float64) int {
			n := incidents(times, func(gap float64) bool { return gap > quiet })
			if len(times) > 1 && times[1]-times[0] > quiet {
				n--
			}
			return n
		}, Says: "The second alert is never compared with the first. Elements are numbered from 0: begin at 1, and compare with times[i-1]."},
		{Answer: func(times []float64, quiet float64) int {
			return min(2, incidents(times, func(gap float64) bool { return gap > quiet }))
		}, Says: "This stops at the first pause. Go on to the last alert."},
		{Answer: func(times []float64, quiet float64) int {
			if len(times) == 0 {
				return 0
			}
			return int((times[len(times)-1]-times[0])/quiet) + 1
		}, Says: "The whole time is divided by quiet, whether there are alerts in it or not. Compare each alert with the one before."},
		{Answer: func(times []float64, quiet float64) int {
			return incidents(times, func(gap float64) bool { return math.Floor(gap) > math.Floor(quiet) })
		}, Says: "The seconds are converted to int, which cuts off what is behind the point. Compare them as they are."},
		{Answer: func(times []float64, quiet float64) int {
			return incidents(times, func(gap float64) bool { return gap > quiet || gap == 0 })
		}, Says: "Two alerts at the same time are two incidents here. A pause of 0 is none."},
		{Answer: func(times []float64, _ float64) int { return min(1, len(times)) },
			Says: "All alerts are one incident here. If you compare a difference with quiet, it is a time minus the one before: the other way round it is below 0."},
		{Answer: func(times []float64, quiet float64) int {
			if len(times) == 1 {
				return 0
			}
			return incidents(times, func(gap float64) bool { return gap > quiet })
		}, Says: "For a single alert this is 0. It is an incident, too."},
		{Answer: func(times []float64, quiet float64) int {
			n := min(1, len(times))
			for i := 2; i < len(times); i++ {
				if times[i]-times[i-2] > quiet {
					n++
				}
			}
			return n
		}, Says: "Each alert is compared with the last but one before it. Compare it with the one before: times[i-1]."},
		{Answer: func(times []float64, quiet float64) int {
			if len(times) > 1 && (times[len(times)-1]-times[0])/steps(times) > quiet {
				return len(times)
			}
			return min(1, len(times))
		}, Says: "The mean of all pauses decides, for all alerts at once. Compare each alert with the one before."},
	},
}

// incidents counts the first time and those after a gap that is a pause.
func incidents(times []float64, pause func(gap float64) bool) int {
	n := 0
	for i, at := range times {
		if i == 0 || pause(at-times[i-1]) {
			n++
		}
	}
	return n
}

// howManyRuns counts the incidents that have such a number of alerts.
func howManyRuns(times []float64, quiet float64, counts func(alerts int) bool) int {
	n, alerts := 0, 0
	for i, at := range times {
		alerts++
		if last := i == len(times)-1; last || times[i+1]-at > quiet {
			if counts(alerts) {
				n++
			}
			alerts = 0
		}
	}
	return n
}

// CountIncidents checks a function that returns how many incidents a host's
// alerts are. The times are sorted, in seconds; an alert that comes more than
// quiet seconds after the one before begins a new incident:
//
//	func(times []float64, quiet float64) int
func CountIncidents(function any) { exam.Mark(countIncidents, function) }

var splitByTime = &exam.Exercise{
	ID:       "split-by-time",
	Notebook: "10_sliding_windows",
	Section:  "Judged on another day",
	Title:    "Training and test without a leak",
	Hints: []string{
		"Two windows that start ten seconds apart share fifty of their sixty seconds. If one is for training and the other for the test, what does the model know of the test?",
		"Ask of each way whether there is a flow that lies in a training window and in a test window.",
	},
	Answer: func() string { return "C" },
	Cases:  exam.NoInput,
	Judge: exam.Options("C", map[string]string{
		"A": "Drawn at random, nearly every test window has a neighbour in training that holds five sixths of its flows. The model has seen the test.",
		"B": "Closer: most windows are clean. But the windows around noon overlap: one that starts at 11:59:50 is for training and holds flows of the test's first minute.",
		"D": "Then training and test are the same hours of a day, which is good, and every second window: each shares flows with its neighbours on both sides.",
	}),
}

// SplitByTime checks a function that returns the letter of the way, A to D, to
// split overlapping windows into training and test without a flow in both:
//
//	func() string
func SplitByTime(function any) { exam.Mark(splitByTime, function) }

package check

import (
	"math"
	"slices"

	"flowlab/labkit/internal/exam"
)

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

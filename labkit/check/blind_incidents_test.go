package check

import (
	"math"
	"slices"

	"flowlab/labkit/internal/exam"
)

// blindIncidents are wrong answers about windows and incidents.
var blindIncidents = map[*exam.Exercise][]wrongAnswer{
	windowStarts: {
		// The number of windows is size/slide rounded up, always
		{func(at, size, slide float64) []float64 {
			last := math.Floor(at/slide) * slide
			n := int(math.Ceil(size / slide))
			var starts []float64
			for i := n - 1; i >= 0; i-- {
				starts = append(starts, last-float64(i)*slide)
			}
			return starts
		}, "There are always size/slide windows here, rounded"},
		// One window too many at the front: size/slide + 1
		{func(at, size, slide float64) []float64 {
			last := math.Floor(at/slide) * slide
			n := int(size/slide) + 1
			var starts []float64
			for i := n - 1; i >= 0; i-- {
				starts = append(starts, last-float64(i)*slide)
			}
			return starts
		}, "There are size/slide + 1 windows here, and the"},
		// Windows start at multiples of the size, not of the slide
		{func(at, size, slide float64) []float64 {
			var starts []float64
			for s := math.Floor(at/size) * size; s <= at; s += slide {
				starts = append(starts, s)
			}
			return starts
		}, "The first start is a multiple of the size. It is a"},
		// The starts begin at at - size instead of at a multiple of the slide
		{func(at, size, slide float64) []float64 {
			var starts []float64
			for s := at - size; s <= at; s += slide {
				if s > at-size {
					starts = append(starts, s)
				}
			}
			return starts
		}, "The windows start at the flow, or multiples of the"},
		// A window that starts exactly at the time is left out
		{func(at, size, slide float64) []float64 {
			var starts []float64
			first := (math.Floor((at-size)/slide) + 1) * slide
			for s := first; s < at; s += slide {
				starts = append(starts, s)
			}
			return starts
		}, "A window that starts at the very time is left out."},
		// The loop from 0 leaves out windows that start before 0
		{func(at, size, slide float64) []float64 {
			starts := []float64{}
			for s := 0.0; s <= at; s += slide {
				if at <= s+size {
					starts = append(starts, s)
				}
			}
			return starts
		}, "A window is half open: it does not hold its end."},
		// Floor for the first start without the next multiple, one window too many
		{func(at, size, slide float64) []float64 {
			var starts []float64
			for s := math.Floor((at-size)/slide) * slide; s <= at; s += slide {
				starts = append(starts, s)
			}
			return starts
		}, "The first window is over: it ends at the time, or"},
		// The last multiple is rounded to the nearest
		{func(at, size, slide float64) []float64 {
			var starts []float64
			for s := math.Round(at/slide) * slide; s > at-size; s -= slide {
				starts = append(starts, s)
			}
			slices.Reverse(starts)
			return starts
		}, "The last start is rounded to the nearest multiple,"},
		// The steps are of one second, not of the slide
		{func(at, size, slide float64) []float64 {
			var starts []float64
			for s := math.Floor(at/slide) * slide; s > at-size; s-- {
				starts = append(starts, s)
			}
			slices.Reverse(starts)
			return starts
		}, "There is a start in each second. Go on by the"},
		// The windows after the time are listed, forward from the last multiple
		{func(at, size, slide float64) []float64 {
			var starts []float64
			for s := math.Floor(at/slide) * slide; s < at+size; s += slide {
				starts = append(starts, s)
			}
			return starts
		}, "These windows come after the time. Begin with the"},
		// Converted to int: fractions of a second are lost
		{func(at, size, slide float64) []float64 {
			a, z, d := int(at), int(size), max(1, int(slide))
			var starts []float64
			for s := a / d * d; s > a-z; s -= d {
				starts = append(starts, float64(s))
			}
			slices.Reverse(starts)
			return starts
		}, "The seconds are converted to int, which cuts off"},
		// Zero itself is lost, the loop ends at s > 0
		{func(at, size, slide float64) []float64 {
			var starts []float64
			for s := math.Floor(at/slide) * slide; s > 0; s -= slide {
				if at < s+size {
					starts = append([]float64{s}, starts...)
				}
			}
			return starts
		}, "Windows that start at 0 or before are left out."},
		// All starts since 0 are returned, whether their window is over or not
		{func(at, size, slide float64) []float64 {
			var starts []float64
			for i := 0; float64(i)*slide <= at; i++ {
				starts = append(starts, float64(i)*slide)
			}
			return starts
		}, "These are all windows since 0. Leave out those that"},
		// The last window is appended only after the step, so the newest is missing
		{func(at, size, slide float64) []float64 {
			var starts []float64
			s := math.Floor(at/slide) * slide
			for s-slide > at-size {
				s -= slide
				starts = append([]float64{s}, starts...)
			}
			return starts
		}, "The last window is missing, which starts at the"},
		// An empty window at the front: make with a length and then append
		{func(at, size, slide float64) []float64 {
			starts := make([]float64, int(size/slide))
			for s := math.Floor(at/slide) * slide; s > at-size; s -= slide {
				starts = append(starts, s)
			}
			slices.Sort(starts)
			return starts
		}, "The elements wanted are there, and others that are"},
		// If the slide is larger than the size, the last start is returned though the time is in no window
		{func(at, size, slide float64) []float64 {
			last := math.Floor(at/slide) * slide
			starts := []float64{last}
			for s := last - slide; s > at-size; s -= slide {
				starts = append(starts, s)
			}
			slices.Reverse(starts)
			return starts
		}, "The last start is always returned. Where the slide"},
	},
	lateFlows: {
		// A flow counts as late only if it is also older than the flow right before it
		{func(times []float64, size, lateness float64) int {
			late := 0
			for i := 1; i < len(times); i++ {
				at := times[i]
				highest := slices.Max(times[:i])
				end := (math.Floor(at/size) + 1) * size
				if at < times[i-1] && highest-lateness >= end {
					late++
				}
			}
			return late
		}, "Only flows that are older than the one before them"},
		// The start of the window is compared, not its end
		{func(times []float64, size, lateness float64) int {
			late := 0
			highest := math.Inf(-1)
			for _, at := range times {
				start := math.Floor(at/size) * size
				if highest-lateness >= start && at < highest {
					late++
				}
				highest = max(highest, at)
			}
			return late
		}, "This takes the start of the window. It closes at"},
		// Only the first flow's time is used as the highest
		{func(times []float64, size, lateness float64) int {
			late := 0
			for i, at := range times {
				highest := times[0]
				if i > 0 && highest-lateness >= (math.Floor(at/size)+1)*size {
					late++
				}
			}
			return late
		}, "The highest time is that of the first flow, and"},
		// The end by Ceil, which is the start for a time on a boundary
		{func(times []float64, size, lateness float64) int {
			late := 0
			highest := math.Inf(-1)
			for _, at := range times {
				if highest-lateness >= math.Ceil(at/size)*size {
					late++
				}
				highest = max(highest, at)
			}
			return late
		}, "A flow at the very start of a window is taken for"},
		// The brackets are forgotten: floor(at/size) + 1*size
		{func(times []float64, size, lateness float64) int {
			late := 0
			highest := math.Inf(-1)
			for _, at := range times {
				end := math.Floor(at/size) + 1*size
				if highest-lateness >= end {
					late++
				}
				highest = max(highest, at)
			}
			return late
		}, "Multiplication binds more strongly than addition:"},
		// The watermark only moves a window at a time: it is rounded down with the lateness taken off afterwards
		{func(times []float64, size, lateness float64) int {
			late := 0
			highest := math.Inf(-1)
			for _, at := range times {
				mark := math.Floor(highest/size)*size - lateness
				if mark >= (math.Floor(at/size)+1)*size {
					late++
				}
				highest = max(highest, at)
			}
			return late
		}, "The highest time is cut to the start of its window,"},
		// The windows' numbers are compared and the lateness taken as a number of windows
		{func(times []float64, size, lateness float64) int {
			late := 0
			highest := math.Inf(-1)
			for _, at := range times {
				if math.Floor(highest/size)-math.Floor(at/size) > math.Ceil(lateness/size) {
					late++
				}
				highest = max(highest, at)
			}
			return late
		}, "The highest time is cut to the start of its window,"},
		// It stops at the first late flow
		{func(times []float64, size, lateness float64) int {
			highest := math.Inf(-1)
			for _, at := range times {
				if highest-lateness >= (math.Floor(at/size)+1)*size {
					return 1
				}
				highest = max(highest, at)
			}
			return 0
		}, "This stops at the first flow that is late. Count"},
		// Each window with late flows is counted once
		{func(times []float64, size, lateness float64) int {
			windows := map[float64]bool{}
			highest := math.Inf(-1)
			for _, at := range times {
				end := (math.Floor(at/size) + 1) * size
				if highest-lateness >= end {
					windows[end] = true
				}
				highest = max(highest, at)
			}
			return len(windows)
		}, "This counts windows for which a flow came too late."},
		// The lateness is taken off the flow's time before its window is looked up
		{func(times []float64, size, lateness float64) int {
			late := 0
			highest := math.Inf(-1)
			for _, at := range times {
				end := (math.Floor((at-lateness)/size) + 1) * size
				if highest >= end {
					late++
				}
				highest = max(highest, at)
			}
			return late
		}, "The lateness is subtracted from the flow's time,"},
		// The lateness is taken off twice: the watermark is stored with it subtracted, and again at the comparison
		{func(times []float64, size, lateness float64) int {
			late := 0
			watermark := math.Inf(-1)
			for _, at := range times {
				end := (math.Floor(at/size) + 1) * size
				if watermark-lateness >= end {
					late++
				}
				watermark = max(watermark, at-lateness)
			}
			return late
		}, "The lateness is subtracted twice. If the watermark"},
		// The minimum is kept instead of the maximum
		{func(times []float64, size, lateness float64) int {
			late := 0
			mark := math.Inf(1)
			for i, at := range times {
				if i > 0 && mark-lateness >= (math.Floor(at/size)+1)*size {
					late++
				}
				mark = min(mark, at)
			}
			return late
		}, "This keeps the lowest time. The watermark is made"},
		// int() instead of Floor on the time: a number of whole windows is wrong when the size has a fraction
		{func(times []float64, size, lateness float64) int {
			late := 0
			highest := math.Inf(-1)
			for _, at := range times {
				w := max(1, int(size))
				end := float64((int(at)/w + 1) * w)
				if highest-lateness >= end {
					late++
				}
				highest = max(highest, at)
			}
			return late
		}, "Time and size are converted to int, which cuts off"},
		// The size is added to the lateness, so a window stays open for one size more
		{func(times []float64, size, lateness float64) int {
			late := 0
			highest := math.Inf(-1)
			for _, at := range times {
				end := (math.Floor(at/size) + 1) * size
				if highest >= end+size+lateness {
					late++
				}
				highest = max(highest, at)
			}
			return late
		}, "A window stays open here for a whole size after its"},
		// The highest time starts at the first flow's, but the loop updates it only if the flow is late
		{func(times []float64, size, lateness float64) int {
			if len(times) == 0 {
				return 0
			}
			late := 0
			highest := times[0]
			for _, at := range times[1:] {
				end := (math.Floor(at/size) + 1) * size
				if highest-lateness >= end {
					late++
					if at > highest {
						highest = at
					}
				}
			}
			return late
		}, "The highest time is that of the first flow, and"},
	},
	countIncidents: {
		// Each incident needs at least two alerts: a lone alert is no incident
		{func(times []float64, quiet float64) int {
			n, length := 0, 0
			for i, t := range times {
				if i > 0 && t-times[i-1] > quiet {
					if length > 1 {
						n++
					}
					length = 0
				}
				length++
			}
			if length > 1 {
				n++
			}
			return n
		}, "Only incidents of two alerts or more are counted. A"},
		// 'before' starts at 0 with the count at 1: an alert late in the day is counted twice
		{func(times []float64, quiet float64) int {
			if len(times) == 0 {
				return 0
			}
			n, before := 1, 0.0
			for _, t := range times {
				if t-before > quiet {
					n++
				}
				before = t
			}
			return n
		}, "The first alert is counted twice if it comes late"},
		// The loop ends one too early, the last alert is not looked at
		{func(times []float64, quiet float64) int {
			if len(times) == 0 {
				return 0
			}
			n := 1
			for i := 1; i < len(times)-1; i++ {
				if times[i]-times[i-1] > quiet {
					n++
				}
			}
			return n
		}, "The last alert is never looked at. Go on while i <"},
		// The first gap is left out: the loop begins at 2
		{func(times []float64, quiet float64) int {
			if len(times) == 0 {
				return 0
			}
			n := 1
			for i := 2; i < len(times); i++ {
				if times[i]-times[i-1] > quiet {
					n++
				}
			}
			return n
		}, "The second alert is never compared with the first."},
		// It stops at the first quiet time
		{func(times []float64, quiet float64) int {
			if len(times) == 0 {
				return 0
			}
			n := 1
			for i := 1; i < len(times); i++ {
				if times[i]-times[i-1] > quiet {
					n++
					break
				}
			}
			return n
		}, "This stops at the first pause. Go on to the last"},
		// The total time is divided by quiet
		{func(times []float64, quiet float64) int {
			if len(times) == 0 {
				return 0
			}
			span := times[len(times)-1] - times[0]
			return int(span/max(quiet, 1)) + 1
		}, "The whole time is divided by quiet, whether there"},
		// The gaps are cut to whole seconds
		{func(times []float64, quiet float64) int {
			n := 0
			for i := range times {
				if i == 0 || int(times[i]-times[i-1]) > int(quiet) {
					n++
				}
			}
			return n
		}, "The seconds are converted to int, which cuts off"},
		// Gaps are compared with the gap before, as if quiet had to be on both sides
		{func(times []float64, quiet float64) int {
			n := 0
			for i := range times {
				before := i == 0 || times[i]-times[i-1] > quiet
				after := i == len(times)-1 || times[i+1]-times[i] > quiet
				if before && after {
					n++
				}
			}
			return n
		}, "Only alerts that are alone are counted, with quiet"},
		// The number of alerts in the longest incident is returned
		{func(times []float64, quiet float64) int {
			best, run := 0, 0
			for i := range times {
				if i > 0 && times[i]-times[i-1] > quiet {
					run = 0
				}
				run++
				best = max(best, run)
			}
			return best
		}, "This is how many alerts the largest incident has."},
		// The difference has the wrong sign and is never above quiet
		{func(times []float64, quiet float64) int {
			if len(times) == 0 {
				return 0
			}
			n := 1
			for i := 0; i+1 < len(times); i++ {
				if times[i]-times[i+1] > quiet {
					n++
				}
			}
			return n
		}, "All alerts are one incident here. If you compare a"},
		// Equal times are an incident of their own: t == before is counted
		{func(times []float64, quiet float64) int {
			n := 0
			last := math.Inf(-1)
			for _, t := range times {
				gap := t - last
				if gap > quiet || gap == 0 {
					n++
				}
				last = t
			}
			return n
		}, "Two alerts at the same time are two incidents here."},
		// A single alert returns 0, the guard asks for at least two
		{func(times []float64, quiet float64) int {
			if len(times) < 2 {
				return 0
			}
			n := 1
			for i := 1; i < len(times); i++ {
				if times[i]-times[i-1] > quiet {
					n++
				}
			}
			return n
		}, "For a single alert this is 0. It is an incident,"},
		// The distance is taken over two alerts
		{func(times []float64, quiet float64) int {
			if len(times) == 0 {
				return 0
			}
			n := 1
			for i := 2; i < len(times); i++ {
				if times[i]-times[i-2] > quiet {
					n++
				}
			}
			return n
		}, "Each alert is compared with the last but one before"},
		// The mean gap is compared, all or nothing
		{func(times []float64, quiet float64) int {
			if len(times) < 2 {
				return len(times)
			}
			mean := (times[len(times)-1] - times[0]) / float64(len(times)-1)
			if mean > quiet {
				return len(times)
			}
			return 1
		}, "The mean of all pauses decides, for all alerts at"},
	},
}

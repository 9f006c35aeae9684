package check

import (
	"math"
	"slices"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
	"flowlab/labkit/window"
)

// newcomersTime are of the notebooks 09 to 11.
var newcomersTime = map[*exam.Exercise][]wrongAnswer{
	hourCircle: {
		{func(s float64) (float64, float64) { return math.Sincos(s) }, "The seconds are taken for the angle. A day of 86,400 of"},
		{func(s float64) (float64, float64) { return math.Sincos(2 * math.Pi * s) }, "This is a turn for each second. A turn is a day: divide by"},
		{func(s float64) (float64, float64) { return math.Sincos(2 * math.Pi * s / 1440) }, "This divides by 1440, as if the time were in minutes. It is"},
		{func(s float64) (float64, float64) { return math.Sincos(2 * math.Pi * s / 43200) }, "This goes round twice a day, as the hands of a clock do, so"},
		{func(s float64) (float64, float64) { sin, cos := onCircle(s / 86400); return -sin, cos }, "The clock runs backwards: the angle has the wrong sign."},
		{func(s float64) (float64, float64) { sin, cos := onCircle(s / 86400); return -sin, -cos }, "The angle is off by half a turn, so that midnight is where"},
		{func(s float64) (float64, float64) { sin, _ := onCircle(s / 86400); return sin, sin }, "Both results are the sine. The second is the cosine"},
		{func(s float64) (float64, float64) {
			sin, cos := onCircle(s / 86400)
			return math.Abs(sin), math.Abs(cos)
		}, "The signs are lost, so that a quarter of the circle stands"},
		{func(s float64) (float64, float64) { h := math.Mod(s, 86400) / 86400; return h, 1 - h }, "This is the share of the day that is over, and the rest."},
		{func(s float64) (float64, float64) { return math.Sincos(2 * math.Pi * math.Mod(s, 86400)) }, "This is a turn for each second. A turn is a day"},
		{func(s float64) (float64, float64) { return math.Sincos(2 * math.Pi * math.Mod(s, 86400) / 3600) }, "This goes round once an hour. A day has 86,400 seconds."},
		{func(s float64) (float64, float64) { return math.Sincos(2 * math.Pi * float64(int(s)/86400)) }, "It returns 0 and 1 whatever the input is."},
		{func(s float64) (float64, float64) { return math.Sincos(3.14 * 2 * math.Mod(s, 86400) / 86400) }, "3.14 is too coarse for π: take math.Pi."},
		{func(s float64) (float64, float64) { return math.Sincos(2 * math.Pi * s / 864000) }, "A turn has ten days here: there is a zero too many. A day"},
	},
	gapRegularity: {
		{func(gaps []float64) float64 { return medianOf(gaps) }, "This is the median gap. How far are the gaps from it?"},
		{func(gaps []float64) float64 { return 1 - meanOf(away(gaps, meanOf(gaps)))/meanOf(gaps) }, "Both are means here. One long gap, while the computer"},
		{func(gaps []float64) float64 { m := medianOf(gaps); return window.Median(away(gaps, m)) }, "Every result is 1 minus the one wanted. Besides: The"},
		{func(gaps []float64) float64 { m := medianOf(gaps); return 1 - m/window.Median(away(gaps, m)) }, "The fraction is upside down: the median distance is"},
		{func(gaps []float64) float64 {
			m := medianOf(gaps)
			return (1 - window.Median(away(gaps, m))) / m
		}, "The 1 is divided, too. Divide first, and subtract the"},
		{func(gaps []float64) float64 {
			m := medianOf(gaps)
			return 1 - window.Median(away(gaps, m))/meanOf(gaps)
		}, "The median distance is divided by the mean gap. Divide by"},
		{func(gaps []float64) float64 { m := medianOf(gaps); return 1 - slices.Max(away(gaps, m))/m }, "This takes the largest distance, which a single gap makes."},
		{func(gaps []float64) float64 { return slices.Min(gaps) / slices.Max(gaps) }, "This compares the shortest gap with the longest: two gaps"},
		{func(gaps []float64) float64 { return 1 - (slices.Max(gaps)-slices.Min(gaps))/medianOf(gaps) }, "This takes the range, from the shortest gap to the longest,"},
		{func(gaps []float64) float64 { m := medianOf(gaps); return 1 + window.Median(away(gaps, m))/m }, "Every result is too large by one. Besides: This is the"},
		{func(gaps []float64) float64 {
			m := medianOf(gaps)
			return 1 - (labkit.Must(labkit.Percentile(gaps, 75))-labkit.Must(labkit.Percentile(gaps, 25)))/m
		}, "This takes the interquartile range. Take the median"},
		{func(gaps []float64) float64 { // from one gap to the next
			var steps []float64
			for i := 1; i < len(gaps); i++ {
				steps = append(steps, math.Abs(gaps[i]-gaps[i-1]))
			}
			return 1 - window.Median(steps)/medianOf(gaps)
		}, "This compares each gap with the one before. Compare each"},
		{func(gaps []float64) float64 {
			return 1 - labkit.Must(labkit.Percentile(away(gaps, labkit.Must(labkit.Percentile(gaps, 0.5))), 0.5))/labkit.Must(labkit.Percentile(gaps, 0.5))
		}, "labkit.Percentile counts in percent: the median is the 50th"},
		{func(gaps []float64) float64 { // the upper middle
			middle := func(v []float64) float64 { return slices.Sorted(slices.Values(v))[len(v)/2] }
			return 1 - middle(away(gaps, middle(gaps)))/middle(gaps)
		}, "Of an even number of values two stand in the middle, and"},
	},
	theTrojan: {
		{func() string { return "D." }, `"D." is not one of the options ["A" "B" "C" "D"]. Return`}, {func() string { return "a" }, `"a" is not one of the options ["A" "B" "C" "D"]. Return the`}, {func() string { return "E" }, `"E" is not one of the options ["A" "B" "C" "D"].`},
		{func() string { return "" }, `"" is not one of the options ["A" "B" "C" "D"].`}, {func() string { return "10.0.0.23" }, `"10.0.0.23" is not one of the options ["A" "B" "C" "D"].`},
	},
	windowStarts: {
		{func(at, size, slide float64) []float64 { return []float64{at} }, "This is the time itself. Windows start at multiples of the"},
		{func(at, size, slide float64) []float64 {
			var starts []float64
			for s := 0.0; s <= min(at, 1000); s += slide {
				starts = append(starts, s)
			}
			return starts
		}, "The parameter size makes no difference to the result. Does"},
		{func(at, size, slide float64) []float64 {
			var starts []float64
			for start := math.Floor(at/slide) * slide; start >= at-size; start -= slide {
				starts = append(starts, start)
			}
			return starts
		}, "A window is half open: it does not hold its end. And the"},
		{func(at, size, slide float64) []float64 { // without negative ones
			return slices.DeleteFunc(startsOf(at, size, slide, func(end float64) bool { return end > at }), func(s float64) bool { return s < 0 })
		}, "Windows that start before 0 are left out. Time goes on"},
		{func(at, size, slide float64) []float64 {
			return startsOf(at, size, slide, func(end float64) bool { return end > at+slide })
		}, "The first window is missing, the oldest that holds"},
		{func(at, size, slide float64) []float64 { // starts at multiples of the size
			var starts []float64
			for start := math.Floor(at/size) * size; start+size > at; start -= slide {
				starts = append(starts, start)
			}
			slices.Reverse(starts)
			return starts
		}, "The last start is a multiple of the size. It is the"},
		{func(at, size, slide float64) []float64 { // size / slide of them
			var starts []float64
			last := math.Floor(at/slide) * slide
			for k := int(size/slide) - 1; k >= 0; k-- {
				starts = append(starts, last-float64(k)*slide)
			}
			return starts
		}, "There are size/slide windows here, and the digits after the"},
		{func(at, size, slide float64) []float64 { // one too many
			return append([]float64{math.Floor(at/slide)*slide - size}, startsOf(at, size, slide, func(end float64) bool { return end > at })...)
		}, "There is one element too many at the beginning of each"},
		{func(at, size, slide float64) []float64 { // the next window, which begins after the time
			return append(startsOf(at, size, slide, func(end float64) bool { return end > at }), (math.Floor(at/slide)+1)*slide)
		}, "There is one element too many at the end of each result that is wrong."},
		{func(at, size, slide float64) []float64 {
			starts := startsOf(at, size, slide, func(end float64) bool { return end > at })
			return starts[min(1, len(starts)):]
		}, "The first window is missing, the oldest that holds"},
		{func(at, size, slide float64) []float64 {
			starts := startsOf(at, size, slide, func(end float64) bool { return end > at })
			return starts[:max(0, len(starts)-1)]
		}, "The last window is missing, which starts at the last"},
		{func(at, size, slide float64) []float64 {
			starts := startsOf(at, size, slide, func(end float64) bool { return end > at })
			return starts[:min(1, len(starts))]
		}, "What is returned belongs there, but elements after it are"},
		{func(at, size, slide float64) []float64 {
			starts := startsOf(at, size, slide, func(end float64) bool { return end > at })
			for i := range starts {
				starts[i] /= slide
			}
			return starts
		}, "These are the numbers of the windows. Multiply them by the"},
	},
	lateFlows: {
		{func(times []float64, size, lateness float64) int { // out of order
			n := 0
			for i := 1; i < len(times); i++ {
				if times[i] < times[i-1] {
					n++
				}
			}
			return n
		}, "This counts the flows that are older than the one before."},
		{func(times []float64, size, lateness float64) int { // earlier than the highest
			return late(times, size, func(at, _, latest float64) bool { return at < latest })
		}, "This counts the flows that come out of order. Late are only"},
		{func(times []float64, size, lateness float64) int { // the flow moves the watermark first
			n, latest := 0, math.Inf(-1)
			for _, at := range times {
				latest = max(latest, at)
				if at < latest-lateness {
					n++
				}
			}
			return n
		}, "A flow counts as late here if it is older than the"},
		{func(times []float64, size, lateness float64) int {
			return late(times, size, func(at, _, latest float64) bool { return at+size <= latest-lateness })
		}, "The window ends a whole size after the flow here. Windows"},
		{func(times []float64, size, lateness float64) int {
			return late(times, size, func(at, _, latest float64) bool { return at <= latest-lateness })
		}, "A flow counts as late here if it is older than the"},
		{func(times []float64, size, lateness float64) int { // judged by the highest of all
			n := 0
			for _, at := range times {
				if (math.Floor(at/size)+1)*size <= slices.Max(times)-lateness {
					n++
				}
			}
			return n
		}, "Each flow is judged by the highest time of all, also of"},
		{func(times []float64, size, lateness float64) int { // the end without rounding down
			return late(times, size, func(at, _, latest float64) bool { return at-size <= latest-lateness })
		}, "The size is subtracted from the flow's time. Its window"},
		{func(times []float64, size, lateness float64) int { // latest begins at 0 and only grows with late ones
			n, latest := 0, 0.0
			for _, at := range times {
				if (math.Floor(at/size)+1)*size <= latest-lateness {
					n++
				} else {
					latest = at
				}
			}
			return n
		}, "A flow that is in time sets the watermark, also back. It"},
		{func(times []float64, size, lateness float64) int {
			return late(times, lateness+1, func(_, end, latest float64) bool { return end <= latest-lateness })
		}, ""},
		{func(times []float64, size, lateness float64) int { return 0 }, "It returns 0 whatever the input is."},
		{func(times []float64, size, lateness float64) int {
			return late(times, size, func(_, end, latest float64) bool { return end > latest-lateness })
		}, "This counts the flows that are in time."},
		{func(times []float64, size, lateness float64) int {
			return late(times, size, func(_, end, latest float64) bool { return end-lateness <= latest-lateness })
		}, "The lateness is missing: the watermark is the highest time"},
		{func(times []float64, size, lateness float64) int { // the window's number, not its end
			return late(times, size, func(at, _, latest float64) bool { return math.Floor(at/size) < math.Floor(latest/size) })
		}, "The lateness is missing: the watermark is the highest time"},
	},
	countIncidents: {
		{func(times []float64, quiet float64) int {
			return incidents(times, func(gap float64) bool { return gap < quiet })
		}, "The comparison is the wrong way round: a new incident"},
		{func(times []float64, quiet float64) int {
			n := 0
			for i := 1; i < len(times); i++ {
				if times[i]-times[i-1] <= quiet {
					n++
				}
			}
			return n
		}, "This counts the alerts that go on with an incident. Count"},
		{func(times []float64, quiet float64) int { // buckets
			seen := map[int]bool{}
			for _, at := range times {
				seen[int(at/quiet)] = true
			}
			return len(seen)
		}, "This counts stretches of quiet seconds in which there is an"},
		{func(times []float64, quiet float64) int {
			n := 0
			for _, at := range times {
				if at > quiet {
					n++
				}
			}
			return n
		}, "Each time is compared with quiet. Compare the pause, a time"},
		{func(times []float64, quiet float64) int { return 1 }, "It returns 1 whatever the input is."},
		{func(times []float64, quiet float64) int { // the last alert is forgotten
			if len(times) == 0 {
				return 0
			}
			return incidents(times[:len(times)-1], func(gap float64) bool { return gap > quiet })
		}, "The last element of times is left out. A loop over all goes"},
		{func(times []float64, quiet float64) int {
			return incidents(times, func(gap float64) bool { return gap > 300 })
		}, "The pause is always 300 seconds. Compare with the parameter"},
		{func(times []float64, quiet float64) int {
			return incidents(times, func(gap float64) bool { return gap > quiet }) + 1
		}, "Every result is too large by one."},
		{func(times []float64, quiet float64) int { // the pause is counted to the next but one
			n := 0
			for i := range times {
				if i < 2 || times[i]-times[i-2] > quiet {
					n++
				}
			}
			return n
		}, ""},
		{func(times []float64, quiet float64) int {
			n, before := 0, 0.0
			for _, at := range times {
				if at-before > quiet {
					n++
				}
				before = at
			}
			return n
		}, "The first alert begins an incident, too. Here it does so"},
		{func(times []float64, quiet float64) int { // crossing the end
			n := 0
			for i := range times {
				if times[i+1]-times[i] > quiet {
					n++
				}
			}
			return n
		}, "The elements of a slice of n are numbered from 0 to n-1."},
		{func(times []float64, quiet float64) int {
			return incidents(times, func(gap float64) bool { return gap > quiet/60 })
		}, "quiet is divided by 60. Both the times and quiet are in"},
	},
	splitByTime: {
		{func() string { return "c" }, `"c" is not one of the options ["A" "B" "C" "D"]. Return the`}, {func() string { return "E" }, `"E" is not one of the options ["A" "B" "C" "D"].`}, {func() string { return "" }, `"" is not one of the options ["A" "B" "C" "D"].`},
		{func() string { return "C." }, `"C." is not one of the options ["A" "B" "C" "D"]. Return`}, {func() string { return "noon" }, `"noon" is not one of the options ["A" "B" "C" "D"].`},
	},
	unwritten: {
		{func(before, stored int, again []string) []string { return again[min(before, len(again)):] }, "before is how many the checkpoint had counted, and none of"},
		{func(before, stored int, again []string) []string { return again[:min(before, len(again))] }, "before is how many the checkpoint had counted, and none of"},
		{func(before, stored int, again []string) []string { return again[min(stored-before+1, len(again)):] }, "One too many is left out. Of the findings that come again"},
		{func(before, stored int, again []string) []string { return again[max(stored-before-1, 0):] }, "One too few is left out. Of the findings that come again"},
		{func(before, stored int, again []string) []string { return again[before-stored:] }, "A slice of n elements can be cut at 0 to n."},
		{func(before, stored int, again []string) []string { return again[before:stored] }, "A slice of n elements can be cut at 0 to n."},
		{func(before, stored int, again []string) []string { return again[stored:] }, "A slice of n elements can be cut at 0 to n."},
		{func(before, stored int, again []string) []string { return again[min(stored+before, len(again)):] }, "before and stored are added. Of the findings that come"},
		{func(before, stored int, again []string) []string {
			return again[len(again)-min(stored-before, len(again)):]
		}, "This returns the last stored - before of them. That many"},
		{func(before, stored int, again []string) []string { return again[len(again)-1:] }, "The parameter before makes no difference to the result. Does"},
		{func(before, stored int, again []string) []string { return again[:1] }, `It returns ["scan"] whatever the input is.`},
		{func(before, stored int, again []string) []string {
			left := slices.Clone(again[min(stored-before, len(again)):])
			slices.Sort(left)
			return left
		}, "The findings are the right ones, but sorted. Leave them in"},
		{func(before, stored int, again []string) []string {
			return append(make([]string, stored-before), again...)
		}, "The elements wanted are there, and others before them that"},
	},
	learnedTotal: {
		{func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return current
			}
			return total / minutes
		}, "This is what the minute adds. Add it to the total."},
		{func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return total + current
			}
			return total / minutes
		}, "For an attack this is the mean of the minutes alone. Add it"},
		{func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return total + current
			}
			return total + current/minutes
		}, "minutes."},
		{func(total, current, score, threshold, minutes float64) float64 {
			if current < threshold {
				return total + current
			}
			return total + total/minutes
		}, "The count is compared with the threshold. The threshold is"},
		{func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return total + current
			}
			return total + total/(minutes+1)
		}, "minutes."},
		{func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return total + current
			}
			return total - current
		}, "The attack's count is subtracted, though it was never in"},
		{func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return total + current
			}
			return total + min(current, threshold)
		}, "Of an attack as much is learned as the threshold says,"},
		{func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return total + current
			}
			return total * minutes
		}, "For an attack the total is multiplied by the minutes."},
		{func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return total + current/minutes
			}
			return total + total/minutes
		}, "Below the threshold the count is divided by the minutes. It"},
		{func(total, current, score, threshold, minutes float64) float64 { return total + total/minutes }, "Every minute counts as an average one, so that nothing is"},
		{func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return total + current
			}
			return total + (total+current)/minutes
		}, "minutes."},
		{func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return total + score
			}
			return total + total/minutes
		}, "The score is added. It decides what is learned; what is"},
		{func(total, current, score, threshold, minutes float64) float64 {
			if score < threshold {
				return total + current
			}
			return 0
		}, "For an attack the total is forgotten. It stays, and the"},
	},
	firstChange: {
		{func(values []float64, delta, threshold float64) int { return 0 }, "It returns 0 whatever the input is."},
		{func(values []float64, delta, threshold float64) int { // the first value above the threshold
			for i, v := range values {
				if v > threshold {
					return i
				}
			}
			return -1
		}, "This is the first value above the threshold. What is"},
		{func(values []float64, delta, threshold float64) int { // returns 0 for none
			return max(0, pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean - delta }, true))
		}, "Where nothing changes 0 is returned, which is the first"},
		{func(values []float64, delta, threshold float64) int { // counts from 1
			if i := pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean - delta }, true); i >= 0 {
				return i + 1
			}
			return -1
		}, "The change is seen at the value before: values are numbered"},
		{func(values []float64, delta, threshold float64) int { // the value
			if i := pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean - delta }, true); i >= 0 {
				return int(values[i])
			}
			return -1
		}, "This is the value at which the change is seen. Return its"},
		{func(values []float64, delta, threshold float64) int { // delta is added
			return pageHinkley(values, threshold, func(v, mean float64) float64 { return v - mean + delta }, true)
		}, "delta is added, so that the sum grows where nothing"},
		{func(values []float64, delta, threshold float64) int { // for a fall
			return pageHinkley(values, threshold, func(v, mean float64) float64 { return mean - v - delta }, true)
		}, "This sees a fall: the difference is the wrong way round, or"},
		{func(values []float64, delta, threshold float64) int { // the mean of all, known beforehand
			if len(values) == 0 {
				return -1
			}
			m := meanOf(values)
			return pageHinkley(values, threshold, func(v, _ float64) float64 { return v - m - delta }, true)
		}, "The mean is that of all values, also of those to come. Take"},
		{func(values []float64, delta, threshold float64) int { // the mean before the value
			mean, sum, lowest := 0.0, 0.0, 0.0
			for i, v := range values {
				sum += v - mean - delta
				mean += (v - mean) / float64(i+1)
				lowest = min(lowest, sum)
				if sum-lowest > threshold {
					return i
				}
			}
			return -1
		}, "The mean is that of the values before, and 0 at the"},
		{func(values []float64, delta, threshold float64) int { // >=
			mean, sum, lowest := 0.0, 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				sum += v - mean - delta
				lowest = min(lowest, sum)
				if sum-lowest >= threshold {
					return i
				}
			}
			return -1
		}, "A sum that equals the threshold counts as a change. It has"},
		{func(values []float64, delta, threshold float64) int { // mean by i
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
		}, "The first value does not count in the mean: it is left out,"},
		{func(values []float64, delta, threshold float64) int { // highest for lowest
			mean, sum, lowest := 0.0, 0.0, 0.0
			for i, v := range values {
				mean += (v - mean) / float64(i+1)
				sum += v - mean - delta
				lowest = max(lowest, sum)
				if sum-lowest > threshold {
					return i
				}
			}
			return -1
		}, "It returns -1 whatever the values are. If lowest is made with max"},
		{func(values []float64, delta, threshold float64) int { // without the mean
			sum, lowest := 0.0, 0.0
			for i, v := range values {
				sum += v - delta
				lowest = min(lowest, sum)
				if sum-lowest > threshold {
					return i
				}
			}
			return -1
		}, "The mean is not subtracted: sum += v - mean - delta."},
	},
}

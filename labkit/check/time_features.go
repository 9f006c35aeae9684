package check

import (
	"math"
	"slices"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
	"flowlab/labkit/window"
)

var timeFeatures = []*exam.Exercise{hourCircle, gapRegularity, theTrojan}

var hourCircle = &exam.Exercise{
	ID:       "hour-circle",
	Notebook: "09_time_features",
	Section:  "Midnight is no cliff",
	Title:    "Time of day on a circle",
	Hints: []string{
		"A day has 86,400 seconds. Which share of the day is over at a given time, and which share of a full turn is that?",
		"A full turn is 2π. The angle is 2 * math.Pi * seconds / 86400; a sine does not mind whole turns, so seconds since 1970 will do as they are.",
		"angle := 2 * math.Pi * seconds / 86400, and then return math.Sin(angle), math.Cos(angle)",
	},
	Answer: func(seconds float64) (sin, cos float64) { return onCircle(ofDay(seconds)) },
	Params: []string{"seconds"},
	Cases: func() []exam.Input {
		return []exam.Input{{0.0}, {21600.0}, {43200.0}, {10800.0}, {86399.0}, {1772409600.0 + 64800}, {1772409600.0 + 1234.5}, {36000.0}}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(s float64) (float64, float64) { sin, cos := onCircle(s / 86400); return cos, sin },
			Says: "Sine and cosine are swapped. The sine comes first: 0 at midnight, 1 at six o'clock."},
		{Answer: func(s float64) (float64, float64) { return math.Sin(s / 86400), math.Cos(s / 86400) },
			Says: shareAsAngle},
		{Answer: func(s float64) (float64, float64) { return math.Sincos(ofDay(s)) },
			Says: shareAsAngle},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 86400 / 2) },
			Says: halfATurn},
		{Answer: func(s float64) (float64, float64) { return onCircle(ofDay(s) / 2) },
			Says: halfATurn},
		{Answer: func(s float64) (float64, float64) {
			return math.Sin(360 * s / 86400), math.Cos(360 * s / 86400)
		},
			Says: inDegrees},
		{Answer: func(s float64) (float64, float64) { return math.Sincos(360 * ofDay(s)) },
			Says: inDegrees},
		{Answer: func(s float64) (float64, float64) { return onCircle(math.Floor(24*ofDay(s)) / 24) },
			Says: "The hour is cut to a whole number, so that 10:01 and 10:59 are the same. Divide seconds by 86400 without cutting."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 24) },
			Says: "This divides by 24, as if the time were in hours. It is in seconds, of which a day has 86,400."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 3600) },
			Says: "This goes round once an hour. A day has 86,400 seconds."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 86400 / 7) },
			Says: "This is a turn of a week. Here a turn is a day."},
		{Answer: func(s float64) (float64, float64) { return math.Sincos(s) },
			Says: "The seconds are taken for the angle. A day of 86,400 of them is a turn, and that is 2π."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s) },
			Says: turnASecond},
		{Answer: func(s float64) (float64, float64) { return onCircle(math.Mod(s, 86400)) },
			Says: turnASecond},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 1440) },
			Says: "This divides by 1440, as if the time were in minutes. It is in seconds, of which a day has 86,400."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 60) },
			Says: "This goes round once a minute. A day has 86,400 seconds."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 43200) },
			Says: "This goes round twice a day, as the hands of a clock do, so that noon is where midnight is. A turn is 86,400 seconds."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 864000) },
			Says: "A turn has ten days here: there is a zero too many. A day has 86,400 seconds."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 8640) },
			Says: "This goes round ten times a day: a zero is missing. A day has 86,400 seconds."},
		{Answer: func(s float64) (float64, float64) {
			sin, cos := onCircle(s / 86400)
			return math.Abs(sin), math.Abs(cos)
		}, Says: "The signs are lost, so that a quarter of the circle stands for all four. Return sine and cosine as they are."},
		{Answer: func(s float64) (float64, float64) {
			share := ofDay(s)
			return share, 1 - share
		}, Says: "This is the share of the day that is over, and the rest. Make an angle of the share, and take its sine and cosine."},
		{Answer: func(s float64) (float64, float64) { return math.Sincos(2 * 3.14 * ofDay(s)) },
			Says: "3.14 is too coarse for π: take math.Pi."},
		{Answer: func(s float64) (float64, float64) { return math.Sincos(24 * ofDay(s)) },
			Says: "The hour is taken for the angle. A day of 24 hours is a turn, and that is 2π."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 86400 / 365) },
			Says: "This is a turn of a year. Here a turn is a day."},
		{Answer: func(s float64) (float64, float64) { return onCircle((s + 3600) / 86400) },
			Says: hourAhead},
		{Answer: func(s float64) (float64, float64) { return onCircle((math.Floor(s) + 3600) / 86400) },
			Says: hourAhead},
		{Answer: func(s float64) (float64, float64) { return onCircle((s - 3600) / 86400) },
			Says: "This is an hour behind. The time is in UTC already: subtract nothing for a zone."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 86400 / 1000) },
			Says: milliseconds},
		{Answer: func(s float64) (float64, float64) { return onCircle(math.Floor(s/1000) / 86400) },
			Says: milliseconds},
		{Answer: func(s float64) (float64, float64) {
			sin, cos := onCircle(s / 86400)
			return (sin + 1) / 2, (cos + 1) / 2
		},
			Says: "Sine and cosine are moved to lie between 0 and 1. Return them as they are, from -1 to 1."},
		{Answer: func(s float64) (float64, float64) { return math.Sincos(2 * 3 * ofDay(s)) },
			Says: "3 is too coarse for π: take math.Pi."},
		{Answer: func(s float64) (float64, float64) { return onCircle(24 * ofDay(s) / 23) },
			Says: "The hours are divided by 23. The last hour is the 23rd, and a day has 24 of them."},
		{Answer: func(s float64) (float64, float64) { return onCircle(math.Round(24*ofDay(s)) / 24) },
			Says: "The time is rounded to the hour. Divide seconds by 86400, and leave the quotient as it is."},
		{Answer: func(s float64) (float64, float64) { return onCircle(math.Floor(s/60) * 60 / 86400) },
			Says: "The seconds within the minute are left out. Divide seconds by 86400, and leave the quotient as it is."},
		{Answer: func(s float64) (float64, float64) { return onCircle(math.Floor(s) / 86400) },
			Says: "The seconds are cut to whole ones, as by a conversion to an int. They are a float64, and have digits after the point."},
		{Answer: func(s float64) (float64, float64) {
			minutes := math.Floor(1440 * ofDay(s))
			return onCircle((math.Floor(minutes/60) + math.Mod(minutes, 60)/100) / 24)
		}, Says: "The minutes are divided by 100. An hour has 60 of them; or divide seconds by 86400."},
		{Answer: func(s float64) (float64, float64) { sin, _ := onCircle(s / 86400); return sin, sin },
			Says: "Both results are the sine. The second is the cosine: math.Cos."},
		{Answer: func(s float64) (float64, float64) { sin, cos := onCircle(s / 86400); return sin, math.Abs(cos) },
			Says: "The sign of the cosine is lost, as by a root, so that noon is where midnight is. Take math.Cos of the angle."},
		{Answer: func(s float64) (float64, float64) { sin, cos := onCircle(s / 86400); return sin, math.Acos(cos) },
			Says: "The second result is an angle: math.Acos leads back from the cosine. Return math.Cos of the angle."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s/86400 - 0.5) },
			Says: "The angle is off by half a turn, so that midnight is where noon belongs. At midnight it is 0."},
		{Answer: func(s float64) (float64, float64) { return onCircle(-s / 86400) },
			Says: "The clock runs backwards: the angle has the wrong sign. It grows with the time."},
	},
}

const (
	shareAsAngle = "The share of the day is taken for the angle. A whole day is a whole turn, and that is 2π."
	halfATurn    = "A day is half a turn here: 2π is a whole one. So midnight and noon lie on top of the next day's."
	turnASecond  = "This is a turn for each second. A turn is a day: divide by 86400."
	inDegrees    = "The angle is in degrees. Go's sine takes it in radians, of which a turn has 2π."
	hourAhead    = "This is an hour ahead. The time is in UTC already: add nothing for a zone."
	milliseconds = "This divides by 1000, as if the time were in milliseconds. It is in seconds."
)

// ofDay returns which share of its day is over at a time.
func ofDay(seconds float64) float64 { return math.Mod(seconds, 86400) / 86400 }

// onCircle returns the point at a share of a turn.
func onCircle(turn float64) (sin, cos float64) { return math.Sincos(2 * math.Pi * turn) }

// HourCircle checks a function that returns the time of day in UTC as a point on
// a circle, from seconds since 1970: midnight is (0, 1), six o'clock (1, 0):
//
//	func(seconds float64) (sin, cos float64)
func HourCircle(function any) { exam.Mark(hourCircle, function) }

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

var theTrojan = &exam.Exercise{
	ID:       "the-trojan",
	Notebook: "09_time_features",
	Section:  "The benign twin",
	Title:    "Which pair is the trojan",
	Hints: []string{
		"Being regular proves nothing: every row of the table is. Which of these rhythms would somebody in the office miss, if it stopped?",
		"Look at the column sources, and at where the destination lies. An address that starts with 10. is inside. What many hosts do, they were told to do.",
	},
	Answer: func() string { return "D" },
	Cases:  exam.NoInput,
	Judge: exam.Options("D", map[string]string{
		"A": "Every host of the network asks the name server for the time, port 123, every 1,024 seconds. It is the most regular pair of all, and what a clock should be.",
		"B": "A printer or server is asked whether it is there, by ping, every ten minutes and from inside: this is the monitoring.",
		"C": "Both cameras tell the same address outside that they are there, every 300 seconds. It is more regular than the trojan. Put the maker on the allow-list, and ask how you know that it is the maker.",
	}),
}

// TheTrojan checks a function that returns the letter of a pair of hosts, A to D:
// the one that an analyst has to look at:
//
//	func() string
func TheTrojan(function any) { exam.Mark(theTrojan, function) }

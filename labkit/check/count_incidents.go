package check

import (
	"math"

	"flowlab/labkit/internal/exam"
)

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

package check

import (
	"math"

	"flowlab/labkit/internal/exam"
)

var bytesPerSecond = &exam.Exercise{
	ID:       "bytes-per-second",
	Notebook: "02_feature_engineering",
	Section:  "Eight flows by hand",
	Title:    "Bytes per second",
	Hints: []string{
		"The quotient is right for most flows. For which durations has something else to stand below the fraction bar, and what?",
		"The larger of the duration and a millisecond serves both: it is the duration itself for all flows that are long enough. A millisecond is 0.001 seconds.",
		"return bytes / max(seconds, 0.001)",
	},
	Answer: func(bytes, seconds float64) float64 { return bytes / max(seconds, 0.001) },
	Params: []string{"bytes", "seconds"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{2000.0, 2.0}, {200.0, 3.0}, {100000.0, 0.1},
			{200.0, 0.001}, {200.0, 0.0005}, {80.0, 0.0},
			{0.0, 1.0}, {0.0, 0.0}, {300.0, 0.0025},
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(bytes, seconds float64) float64 { return bytes / seconds },
			Says: "The guard is missing, or stands behind the division: 80 bytes in no time are +Inf bytes per second here. A duration below a millisecond counts as one."},
		{Answer: func(bytes, seconds float64) float64 {
			if seconds == 0 {
				seconds = 0.001
			}
			return bytes / seconds
		}, Says: "A duration of 0 is guarded, one of half a millisecond is not: every duration below a millisecond counts as one."},
		{Answer: func(bytes, seconds float64) float64 { return bytes / min(seconds, 0.001) },
			Says: "min takes the smaller of two numbers, so that every flow seems to last a millisecond or less. The larger of the two is wanted."},
		{Answer: func(bytes, seconds float64) float64 { return bytes / (seconds + 0.001) },
			Says: "This adds a millisecond to every flow, also to those that are long enough. Only durations below a millisecond change."},
		{Answer: func(bytes, seconds float64) float64 { return bytes / (seconds + 1) },
			Says: "The plus one is the guard of ratios. Added to seconds it changes every rate: a flow of a tenth of a second becomes eleven times as slow."},
		{Answer: func(bytes, seconds float64) float64 { return bytes / max(seconds, 1) },
			Says: "The floor is a whole second here. The durations are in seconds, and a millisecond is 0.001 of them."},
		{Answer: func(bytes, seconds float64) float64 {
			if seconds < 0.001 {
				return 0
			}
			return bytes / seconds
		}, Says: "Short flows have the rate 0 here, as if they had carried nothing. They were fast rather than slow: divide by a millisecond."},
		{Answer: func(bytes, seconds float64) float64 {
			if seconds < 0.001 {
				return bytes
			}
			return bytes / seconds
		}, Says: "Short flows return their bytes undivided, which is the rate of a flow that lasts a whole second. Divide by a millisecond."},
		{Answer: func(bytes, seconds float64) float64 { return bytes * max(seconds, 0.001) },
			Says: "This multiplies. Bytes per second are bytes divided by seconds."},
		{Answer: func(bytes, seconds float64) float64 { return bytes / max(seconds, 0.01) },
			Says: "The floor is a hundredth of a second here. A millisecond is 0.001 seconds."},
		{Answer: func(bytes, seconds float64) float64 { return bytes / max(seconds, 1e-6) },
			Says: "The floor is a microsecond here. A millisecond is 0.001 seconds."},
		{Answer: func(bytes, seconds float64) float64 { return bytes / max(seconds, 1e-9) },
			Says: "The floor is a billionth of a second here. A millisecond is 0.001 seconds."},
		{Answer: func(bytes, seconds float64) float64 { return bytes / (seconds + 1e-9) },
			Says: "Something tiny is added to every duration, which keeps from dividing by 0 and changes nothing else. But every duration below a millisecond is to count as one: 0.001."},
		{Answer: whenNoTime(0), Says: "A duration of 0 gives the rate 0, as if nothing had been carried, and one of half a millisecond is not guarded. Every duration below a millisecond counts as one."},
		{Answer: whenNoTime(1), Says: "With a duration of 0 the bytes come back undivided, and one of half a millisecond is not guarded. Every duration below a millisecond counts as one: divide by 0.001."},
		{Answer: func(bytes, seconds float64) float64 {
			if seconds <= 0.001 {
				return 0.001
			}
			return bytes / seconds
		}, Says: "A short flow returns 0.001, the duration in the place of the rate. Set seconds to 0.001, and then divide."},
		{Answer: func(bytes, seconds float64) float64 {
			if seconds < 0.001 {
				return bytes * 0.001
			}
			return bytes / seconds
		}, Says: "The bytes of a short flow are multiplied by 0.001. Divide them by it."},
		{Answer: func(bytes, seconds float64) float64 { return bytes * seconds },
			Says: "This multiplies. Bytes per second are bytes divided by seconds."},
		{Answer: func(bytes, seconds float64) float64 { return max(bytes, 0.001) / max(seconds, 0.001) },
			Says: "The bytes have a floor as well, so that a flow without any has a rate above 0. Only the duration needs one."},
		{Answer: func(bytes, seconds float64) float64 { return max(bytes, 1) / max(seconds, 0.001) },
			Says: "The bytes have a floor as well, so that a flow without any has a rate above 0. Only the duration needs one."},
		{Answer: func(bytes, seconds float64) float64 { return bytes / max(seconds, 0.0001) },
			Says: "The floor is a tenth of a millisecond here. A millisecond is 0.001 seconds."},
		{Answer: func(bytes, seconds float64) float64 { return bytes / max(seconds/1000, 0.001) },
			Says: "The seconds are divided by 1000. They are seconds already: only the floor is a millisecond, 0.001."},
		{Answer: func(bytes, seconds float64) float64 { return bytes / max(1000*seconds, 0.001) },
			Says: "The seconds are turned into milliseconds, so that this is bytes per millisecond."},
		{Answer: func(bytes, seconds float64) float64 { return bytes / max(math.Floor(seconds), 0.001) },
			Says: "The seconds are cut to whole ones. Divide by them as they are."},
		{Answer: func(bytes, seconds float64) float64 { return bytes - seconds },
			Says: "This subtracts. Bytes per second are bytes divided by seconds."},
		{Answer: func(bytes, seconds float64) float64 { return max(bytes, 0.001) / seconds },
			Says: "The floor is on the bytes, and the seconds have none. It belongs below the bar: a duration below a millisecond counts as one."},
		{Answer: whenShort(func(bytes float64) float64 { return 100 * bytes }),
			Says: "The bytes of a short flow are multiplied by 100. Divided by a millisecond, 0.001 seconds, they become a thousandfold."},
		{Answer: whenShort(func(float64) float64 { return 80000 }),
			Says: "All flows below a millisecond have one and the same rate here. It depends on their bytes: divide them by a millisecond."},
		{Answer: func(bytes, seconds float64) float64 {
			if seconds > 1 {
				return bytes
			}
			return bytes / max(seconds, 0.001)
		}, Says: "Flows that last more than a second return their bytes undivided. Divide these, too."},
		{Answer: func(bytes, seconds float64) float64 { return bytes / max(math.Ceil(1000*seconds), 1) * 1000 },
			Says: "The duration is rounded up to whole milliseconds. Only those below a millisecond change, all others count as they are."},
		{Answer: func(bytes, seconds float64) float64 { return bytes / max(seconds, 0.001) / 1000 },
			Says: "These are bytes per millisecond. The durations are in seconds, and so is the floor, 0.001: divide by them once."},
		{Answer: func(bytes, seconds float64) float64 { return 8 * bytes / max(seconds, 0.001) },
			Says: "These are bits per second. Bytes per second are wanted: leave the 8 out."},
	},
}

// whenShort returns the rate of flows of a millisecond and more, and something
// else made of the bytes of shorter ones.
func whenShort(of func(bytes float64) float64) func(bytes, seconds float64) float64 {
	return func(bytes, seconds float64) float64 {
		if seconds < 0.001 {
			return of(bytes)
		}
		return bytes / seconds
	}
}

// whenNoTime returns the rate where there is a duration, else so many times the
// bytes.
func whenNoTime(times float64) func(bytes, seconds float64) float64 {
	return func(bytes, seconds float64) float64 {
		if seconds == 0 {
			return times * bytes
		}
		return bytes / seconds
	}
}

// BytesPerSecond checks a function that returns a flow's rate in bytes per
// second, at least 0, from its bytes in both directions and its duration in
// seconds, where a duration below a millisecond counts as a millisecond:
//
//	func(bytes, seconds float64) float64
func BytesPerSecond(function any) { exam.Mark(bytesPerSecond, function) }

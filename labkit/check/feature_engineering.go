package check

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sync"

	"gonum.org/v1/gonum/stat"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
	"flowlab/labkit/internal/plural"
)

var featureEngineering = []*exam.Exercise{bytesPerSecond, bytesRatio, wellKnownPort, typicalFlow}

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

var bytesRatio = &exam.Exercise{
	ID:       "bytes-ratio",
	Notebook: "02_feature_engineering",
	Section:  "Eight flows by hand",
	Title:    "Share of bytes sent",
	Hints: []string{
		"The share is a part divided by the whole. Which of the two arguments is the part, and what is the whole?",
		"The whole is both directions together, plus one, so that a flow without any bytes has a share too.",
		"return sent / (sent + received + 1)",
	},
	Answer: sentShare,
	Params: []string{"sent", "received"},
	Cases: func() []exam.Input {
		return []exam.Input{{400.0, 1600.0}, {99000.0, 1000.0}, {80.0, 0.0}, {0.0, 250.0}, {0.0, 0.0}}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(sent, received float64) float64 { return sent / (sent + received) },
			Says: "The plus one is missing below the fraction bar. Without it a flow that carries nothing has the share 0/0."},
		{Answer: func(sent, received float64) float64 {
			if sent+received == 0 {
				return 0
			}
			return sent / (sent + received)
		}, Says: "This changes nothing but a total of 0, which is a good guard too, but another one: the course divides by the total plus one, as the Python lab does, so that the numbers agree."},
		{Answer: func(sent, received float64) float64 { return sent / (received + 1) },
			Says: "This divides what was sent by what was received. The share divides it by both together: is sent in the total, or was it overwritten, by = for +=?"},
		{Answer: func(sent, received float64) float64 { return sent/sent + received + 1 },
			Says: "Division binds more strongly than addition: put the sum below the fraction bar into parentheses."},
		{Answer: func(sent, received float64) float64 { return sent/(sent+received) + 1 },
			Says: "The plus one belongs below the fraction bar, inside the parentheses."},
		{Answer: func(sent, received float64) float64 { return (sent + 1) / (sent + received + 1) },
			Says: "The plus one belongs below the fraction bar only. (One minus the share received comes to the same: it has the plus one above, too.)"},
		{Answer: func(sent, received float64) float64 { return (sent + received) / (sent + 1) },
			Says: "The fraction is upside down, and the plus one with it: sent belongs above the bar, and the whole plus one below."},
		{Answer: func(sent, received float64) float64 { return sent / (sent - received + 1) },
			Says: "What was received is subtracted below the bar. The whole is both together: sent + received + 1."},
		{Answer: func(sent, received float64) float64 { return (sent - received) / (sent + received + 1) },
			Says: "What was received is subtracted above the bar. The share of what was sent has sent alone there."},
		{Answer: func(sent, received float64) float64 { return sent / (sent*received + 1) },
			Says: "The two are multiplied below the bar. The whole is their sum: sent + received + 1."},
		{Answer: func(sent, received float64) float64 { return (sent + 1) / (sent + received + 2) },
			Says: "This adds one to both directions. The plus one stands once, below the fraction bar."},
		{Answer: func(sent, received float64) float64 { return sent / (sent + received + 0.001) },
			Says: "What is added below the bar is 0.001, the floor of durations. Here it is 1."},
		{Answer: func(sent, received float64) float64 { return sent / max(received, 1) },
			Says: "This divides what was sent by what was received. The share divides it by both together, plus one."},
		{Answer: func(sent, received float64) float64 { return sent / received },
			Says: "This divides what was sent by what was received, and no plus one guards it. The share divides it by both together, plus one."},
		{Answer: func(sent, received float64) float64 { return sent / (sent + received + 2) },
			Says: "One is added twice below the bar. Add it once: sent + received + 1."},
		{Answer: func(sent, received float64) float64 { return sent / (sent + received - 1) },
			Says: "The one is subtracted below the bar. Add it."},
		{Answer: func(sent, received float64) float64 { return sent + received + 1 },
			Says: "This is what stands below the bar. Divide sent by it."},
		{Answer: unless(func(_, received float64) bool { return received == 0 }, 0, func(sent, received float64) float64 { return sent / received }),
			Says: "This divides what was sent by what was received. The share divides it by both together, plus one."},
		{Answer: unless(func(sent, _ float64) bool { return sent == 0 }, 0, func(sent, received float64) float64 { return (sent + received + 1) / sent }),
			Says: "The fraction is upside down: sent belongs above the bar, and the whole plus one below."},
		{Answer: unless(func(sent, received float64) bool { return sent == 0 || received == 0 }, 0, sentShare),
			Says: "A flow with one empty direction has the share 0 here. If nothing was received the share is next to 1: the formula needs no exception."},
		{Answer: unless(func(_, received float64) bool { return received == 0 }, 1, sentShare),
			Says: "A flow that receives nothing has the share 1 here. The plus one makes it a little less: the formula needs no exception."},
		{Answer: unless(func(sent, received float64) bool { return sent+received == 0 }, 0.5, sentShare),
			Says: "An empty flow has the share 0.5 here. The formula gives 0 for it, and needs no exception."},
		{Answer: unless(func(sent, received float64) bool { return sent+received == 0 }, 1, sentShare),
			Says: "An empty flow has the share 1 here. The formula gives 0 for it, and needs no exception."},
		{Answer: func(sent, received float64) float64 { return sent/(sent+1) + received },
			Says: "What was received stands outside of the fraction: the parentheses below the bar close too early."},
		{Answer: func(sent, received float64) float64 { return max(sent, received) / (sent + received + 1) },
			Says: "The larger of the two directions stands above the bar. It is always what was sent."},
	},
}

func sentShare(sent, received float64) float64 { return sent / (sent + received + 1) }

// unless returns a formula with an exception that has a value of its own.
func unless(excepted func(sent, received float64) bool, value float64, formula func(sent, received float64) float64) func(sent, received float64) float64 {
	return func(sent, received float64) float64 {
		if excepted(sent, received) {
			return value
		}
		return formula(sent, received)
	}
}

// BytesRatio checks a function that returns which share of a flow's bytes was
// sent, its denominator one larger than the total, in [0, 1):
//
//	func(sent, received float64) float64
func BytesRatio(function any) { exam.Mark(bytesRatio, function) }

var wellKnownPort = &exam.Exercise{
	ID:       "well-known-port",
	Notebook: "02_feature_engineering",
	Section:  "Step 5: ports",
	Title:    "Well-known port",
	Hints: []string{
		"The range has two ends, 0 and 1023, and both belong to it. Which comparison takes 1023 in and leaves 1024 out?",
		"A comparison is a value of type bool, so it can be returned as it is. It needs no if, and no list of ports.",
		"return port < 1024",
	},
	Answer: func(port int) bool { return port < 1024 },
	Params: []string{"port"},
	Cases: func() []exam.Input {
		return []exam.Input{{443}, {8080}, {1023}, {1024}, {0}, {631}, {65535}, {22}, {80}, {1010}, {1030}, {20000}, {4444}}
	},
	Questions: &exam.Questions{Cases: somePorts, Says: wrongPorts},
	Mistakes: []exam.Mistake{
		{Answer: func(port int) bool { return port <= 1024 },
			Says: "1024 is the first port that is not well known: the range ends with 1023."},
		{Answer: func(port int) bool { return port < 1023 },
			Says: "1023 is the last of the well-known ports, and is left out here."},
		{Answer: func(port int) bool { return 0 < port && port < 1024 },
			Says: "Port 0 is left out. Nothing listens on it, but RFC 6335 counts it among the system ports, from 0 to 1023."},
		{Answer: func(port int) bool { return 0 < port && port <= 1024 },
			Says: "The range is shifted by one: it begins with 0 and ends with 1023."},
		{Answer: func(port int) bool { return slices.Contains([]int{443, 80, 22, 53}, port) },
			Says: "This is a list of the ports that you know well. The term is defined by a range, whatever listens there: 631, where printers do, is in it."},
		{Answer: func(port int) bool { return port < 49152 },
			Says: "The ports from 1024 to 49151 are the user ports of RFC 6335: registered, but not well known."},
		{Answer: func(port int) bool { return port > 1023 },
			Says: "Every answer is the wrong way round: the well-known ports are the low ones."},
		{Answer: func(port int) bool { return slices.Contains([]int{443, 80, 22, 53, 8080}, port) },
			Says: "This is a list of ports that you have met. The term is defined by a range, whatever listens there: 631 is in it, and 8080 is not."},
		{Answer: func(port int) bool { return port == 443 },
			Says: "Only 443, the example, is well known here. The term is defined by a range: all ports from 0 to 1023."},
		{Answer: func(port int) bool { return port != 8080 },
			Says: "Only 8080, the example, is not well known here. The term is defined by a range: all ports from 0 to 1023."},
		{Answer: func(port int) bool { return !slices.Contains([]int{4444, 8888, 31337, 6667, 1337}, port) },
			Says: "Every port that is not suspicious counts. Well known is something else: the range from 0 to 1023."},
		{Answer: func(port int) bool { return port == 0 },
			Says: "Only port 0 is well known here. Does a loop return in its first round? A comparison needs none."},
		{Answer: func(port int) bool { return port&1023 != 0 },
			Says: "& keeps the ten lowest bits of the port, whatever the others are: 8080 passes, and 0 does not. Compare: is the port below 1024?"},
		{Answer: func(port int) bool { return port != 0 },
			Says: "Every port but 0 is well known here. The range begins with 0, and ends with 1023."},
	},
}

// somePorts are all ports around the system ports, and the ends of the other
// ranges.
func somePorts() []exam.Input {
	var ports []exam.Input
	for port := range 1100 {
		ports = append(ports, exam.Input{port})
	}
	for _, port := range []int{8080, 10000, 49151, 49152, 65535} {
		ports = append(ports, exam.Input{port})
	}
	return ports
}

// wrongPorts says for which of [somePorts] an answer is wrong: for the first run
// of them.
func wrongPorts(got [][]any) string {
	ports := somePorts()
	at := func(i int) int { return ports[i][0].(int) }
	wrong := func(i int) bool { return got[i][0].(bool) != (at(i) < 1024) }
	for first := range got {
		if !wrong(first) {
			continue
		}
		last := first
		for last+1 < len(got) && wrong(last+1) && got[last+1][0] == got[first][0] {
			last++
		}
		which := fmt.Sprintf("port %d", at(first))
		if last > first {
			which = fmt.Sprintf("ports from %d to %d", at(first), at(last))
		}
		return fmt.Sprintf("It says %v for %s. The system ports are those from 0 to 1023, all of them and no others.", got[first][0], which)
	}
	return ""
}

// WellKnownPort checks a function that tells whether a port, from 0 to 65535,
// is one of the system ports of RFC 6335, which are also called well known: 0
// to 1023:
//
//	func(port int) bool
func WellKnownPort(function any) { exam.Mark(wellKnownPort, function) }

var typicalFlow = &exam.Exercise{
	ID:       "typical-flow",
	Notebook: "02_feature_engineering",
	Section:  "What the numbers look like",
	Title:    "Rate of a typical flow",
	Hints: []string{
		"Which of the numbers that Describe prints has as many flows above it as below?",
		"The median stands in the middle of the rates when they are in rising order. slices.Sorted(slices.Values(rates)) returns a sorted copy; the element with the number len(rates)/2 is its middle.",
		"sorted := slices.Sorted(slices.Values(rates)), and then return sorted[len(sorted)/2]",
	},
	Answer: func(rates []float64) float64 { return slices.Sorted(slices.Values(rates))[len(rates)/2] },
	Params: []string{"rates"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{slices.Clone(labRates())},
			{[]float64{3000, 5000, 1000}},
			{[]float64{1000, 3000, 5000, 4000, 100, 1e6, 80000, 10}},
			{[]float64{9e9, 200, 200, 200}},
			{[]float64{1, 2, 3, 4, 1e12}},
			{[]float64{7}},
			{[]float64{0.9, 0.3, 0.6}}, // less than 1 apart
		}
	},
	Judge: func(in exam.Input, got []any) string { return judgeTypical(in[0].([]float64), got[0].(float64)) },
	Mistakes: []exam.Mistake{
		{Answer: func(rates []float64) float64 { return stat.Mean(rates, nil) },
			Says: "This is the mean. It is made by a few huge rates: of the 1,000 flows 965 are slower than it. Which number has half of the flows on either side?"},
		{Answer: func(rates []float64) float64 { return rates[len(rates)/2] },
			Says: "This is the flow that happens to stand in the middle of the list. Sort the rates first, then their middle is the median."},
		{Answer: func(rates []float64) float64 { return rates[(len(rates)-1)/2] },
			Says: "This is the flow that happens to stand in the middle of the list. Sort the rates first, then their middle is the median."},
		{Answer: func(rates []float64) float64 { return (slices.Min(rates) + slices.Max(rates)) / 2 },
			Says: "This is the middle between the slowest and the fastest flow. Two flows decide it, and the fastest one nearly alone: what about the others?"},
		{Answer: func(rates []float64) float64 { return float64(len(rates) / 2) },
			Says: "This is the position of the middle, not the rate that stands there: put it into the brackets after the sorted slice."},
		{Answer: func(rates []float64) float64 { return slices.Max(rates) },
			Says: "This is the fastest flow of all. Which number has half of the flows on either side?"},
		{Answer: func(rates []float64) float64 { return rates[0] },
			Says: "This is the flow that happens to come first. Sort the rates, then their middle is the median."},
		{Answer: func(rates []float64) float64 { return sumOf(rates) },
			Says: "This is the sum of all rates. Which number has half of the flows on either side?"},
		{Answer: func(rates []float64) float64 { return labkit.Must(labkit.Percentile(rates, 0.5)) },
			Says: "labkit.Percentile counts in percent: the median is the 50th percentile and not the 0.5th."},
		{Answer: func(rates []float64) float64 { return labkit.Must(labkit.Percentile(rates, 75)) },
			Says: "This is the third quartile: three flows in four are slower. The median has half of them on either side."},
		{Answer: func(rates []float64) float64 { return labkit.Must(labkit.Percentile(rates, 25)) },
			Says: "This is the first quartile: three flows in four are faster. The median has half of them on either side."},
		{Answer: ofSorted(func(s []float64) float64 { return s[max(len(s)/2-1, 0)] }),
			Says: "This is the rate before the middle. The indices begin at 0, so that len(rates)/2 is the middle of an odd number already: subtract nothing."},
		{Answer: ofSorted(func(s []float64) float64 { return s[min(len(s)/2+1, len(s)-1)] }),
			Says: "This is the rate after the middle. The indices begin at 0, so that len(rates)/2 is the middle already: add nothing."},
		{Answer: ofSorted(func(s []float64) float64 { return midpoint(s, len(s)/2-1) }),
			Says: "The mean of two rates is taken whatever their number. Of an odd number a single one stands in the middle: s[len(s)/2]."},
		{Answer: ofSorted(func(s []float64) float64 {
			if len(s)%2 == 0 {
				return s[len(s)/2]
			}
			return midpoint(s, len(s)/2-1)
		}), Says: "Odd and even have changed places: of an odd number of rates a single one stands in the middle, of an even number there are two."},
		{Answer: evenMiddle(func(s []float64, n int) float64 { return s[n/2-1] + s[n/2] }),
			Says: "Of an even number of rates the two in the middle are added up. Their mean is half of that."},
		{Answer: evenMiddle(func(s []float64, n int) float64 { return s[n/2-1] + s[n/2]/2 }),
			Says: "Division binds more strongly than addition, so that only the second of the two in the middle is halved: put their sum into parentheses."},
		{Answer: evenMiddle(func(s []float64, n int) float64 { return midpoint(s, n/2) }),
			Says: "Of an even number of rates the second one of the middle and the one behind it are averaged. The middle ones have the indices n/2-1 and n/2."},
		{Answer: func(rates []float64) float64 {
			if len(rates)%2 == 0 {
				return midpoint(rates, len(rates)/2-1)
			}
			return rates[len(rates)/2]
		}, Says: "This is the middle of the list as it came. The rates have to be sorted, and the middle taken from the sorted copy."},
		{Answer: func(rates []float64) float64 {
			counts, most := map[float64]int{}, rates[0]
			for _, r := range rates {
				if counts[r]++; counts[r] > counts[most] {
					most = r
				}
			}
			return most
		}, Says: "This is the most frequent rate, the mode. Hardly two flows have the same rate to the last digit: which number has half of the flows on either side?"},
		{Answer: ofSorted(func(s []float64) float64 { s = slices.Compact(s); return s[len(s)/2] }),
			Says: "Equal rates count once here. Each is a flow of its own: leave slices.Compact out."},
		{Answer: func(rates []float64) float64 { return stat.GeometricMean(rates, nil) },
			Says: "This is the geometric mean. It is less drawn by huge rates than the mean, and yet has not half of the flows on either side."},
		{Answer: func(rates []float64) float64 {
			mean := stat.Mean(rates, nil)
			return slices.MinFunc(rates, func(a, b float64) int { return cmp.Compare(math.Abs(a-mean), math.Abs(b-mean)) })
		}, Says: "This is the rate nearest to the mean, and the mean is made by a few huge rates. Which number has half of the flows on either side?"},
		{Answer: func(rates []float64) float64 { return slices.Min(rates) },
			Says: "This is the slowest flow of all. Which number has half of the flows on either side?"},
		{Answer: ofSorted(func(s []float64) float64 {
			if len(s) < 3 {
				return s[0]
			}
			return stat.Mean(s[1:len(s)-1], nil)
		}), Says: "This is the mean without the smallest and the largest rate. The other huge ones still make it: take the median."},
		{Answer: ofSorted(func(s []float64) float64 { return math.Round(s[len(s)/2]/1000) * 1000 }),
			Says: "The median is rounded to thousands. Return it as it is."},
		{Answer: func(rates []float64) float64 {
			if len(rates) < 3 {
				return rates[0]
			}
			return slices.Sorted(slices.Values(rates[:3]))[1]
		}, Says: "This is the median of the first three rates. Sort all of them: there may be any number."},
		{Answer: withBelow(func(below, n int) bool { return below == n/2 }),
			Says: "This looks for a rate with exactly half of the others below it. Where several are equal there may be none: sort, and take the middle."},
		{Answer: withBelow(func(below, n int) bool { return 2*below <= n }),
			Says: "This is the first rate with at most half of the others below it. Nothing is asked about those above, so that the slowest flow would do."},
		{Answer: func(rates []float64) float64 {
			return slices.SortedFunc(slices.Values(rates), func(a, b float64) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })[len(rates)/2]
		}, Says: "The rates are sorted as texts, in which \"1000\" comes before \"3\". Sort the numbers: slices.Sorted(slices.Values(rates))."},
		{Answer: func(rates []float64) float64 {
			return slices.SortedFunc(slices.Values(rates), func(a, b float64) int { return int(a - b) })[len(rates)/2]
		}, Says: "int(a - b) is 0 for rates that are less than 1 apart, so that they count as equal. cmp.Compare(a, b) compares, and slices.Sorted needs no function."},
	},
}

// ofSorted returns what a function makes of the sorted rates.
func ofSorted(f func(sorted []float64) float64) func(rates []float64) float64 {
	return func(rates []float64) float64 { return f(slices.Sorted(slices.Values(rates))) }
}

// evenMiddle is the median where the number of rates is odd, and else what a
// function makes of the sorted rates.
func evenMiddle(f func(sorted []float64, n int) float64) func(rates []float64) float64 {
	return ofSorted(func(s []float64) float64 {
		if len(s)%2 == 1 {
			return s[len(s)/2]
		}
		return f(s, len(s))
	})
}

// midpoint returns the mean of element i and the one behind it: the element
// alone if there is none, or the first if i is none.
func midpoint(values []float64, i int) float64 {
	last := len(values) - 1
	return (values[max(i, 0)] + values[min(i+1, last)]) / 2
}

// withBelow returns the first rate of which the number of those below it is
// accepted, 0 if none is.
func withBelow(accepted func(below, n int) bool) func(rates []float64) float64 {
	return func(rates []float64) float64 {
		for _, r := range rates {
			if accepted(countScores(rates, func(o float64) bool { return o < r }), len(rates)) {
				return r
			}
		}
		return 0
	}
}

func sumOf(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum
}

// labRates returns the bytes per second of the flows of seed 42.
var labRates = sync.OnceValue(func() []float64 {
	return labkit.Must(labkit.AddFeatures(labkit.GenerateFlows(42))).Col("bytes_per_second").Float()
})

// judgeTypical accepts every median: a number with at most half of the rates
// below it and at most half above.
func judgeTypical(rates []float64, typical float64) string {
	if math.IsNaN(typical) {
		return "NaN is no rate: it comes from 0/0 and from every sum with a NaN in it."
	}
	slower, faster := 0, 0
	for _, r := range rates {
		switch {
		case r < typical:
			slower++
		case r > typical:
			faster++
		}
	}
	if 2*slower <= len(rates) && 2*faster <= len(rates) {
		return ""
	}
	return fmt.Sprintf("Of %s %d are slower than that and %d faster: want at most half on either side.", plural.Of(len(rates), "flow"), slower, faster)
}

// TypicalFlow checks a function that returns a rate that is typical of the
// rates given, of which there is at least one: at most half of them are below
// it and at most half above, in the same unit. It leaves the rates as they are:
//
//	func(rates []float64) float64
func TypicalFlow(function any) { exam.Mark(typicalFlow, function) }

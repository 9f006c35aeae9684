package check

import (
	"flowlab/labkit/internal/exam"
)

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

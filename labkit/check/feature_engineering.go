package check

var featureEngineering = []*Exercise{bytesRatio}

var bytesRatio = &Exercise{
	ID:       "bytes-ratio",
	Notebook: "02_feature_engineering",
	Section:  "Step 4: ratios",
	Title:    "Share of bytes sent",
	Hints: []string{
		"The share is a part divided by the whole. Which of the two arguments is the part, and what is the whole?",
		"The whole is both directions together, plus one, so that a flow without any bytes has a share too.",
		"return sent / (sent + received + 1)",
	},
	answer: func(sent, received float64) float64 { return sent / (sent + received + 1) },
	params: []string{"sent", "received"},
	cases: func() []input {
		return []input{{400.0, 1600.0}, {99000.0, 1000.0}, {80.0, 0.0}, {0.0, 250.0}, {0.0, 0.0}}
	},
	mistakes: []mistake{
		{func(sent, received float64) float64 { return sent / (sent + received) },
			"The plus one is missing below the fraction bar. Without it a flow that carries nothing has the share 0/0."},
		{func(sent, received float64) float64 { return sent / (received + 1) },
			"This divides what was sent by what was received. The share divides it by both together."},
		{func(sent, received float64) float64 { return sent/sent + received + 1 },
			"Division binds more strongly than addition: put the sum below the fraction bar into parentheses."},
		{func(sent, received float64) float64 { return (sent + 1) / (sent + received + 1) },
			"The plus one belongs below the fraction bar only."},
	},
}

// BytesRatio checks a function that returns which share of a flow's bytes was
// sent, its denominator one larger than the total, in [0, 1):
//
//	func(sent, received float64) float64
func BytesRatio(function any) { mark(bytesRatio, function) }

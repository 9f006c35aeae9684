package check

import (
	"flowlab/labkit/internal/exam"
)

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

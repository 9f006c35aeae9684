package check

import (
	"flowlab/labkit/internal/exam"
)

var thursday = &exam.Exercise{
	ID:       "thursday",
	Notebook: "13_operations",
	Section:  "Thursday",
	Title:    "What to do on Thursday",
	Hints: []string{
		"A p-value compares a score with those of Monday. What does it take for that comparison to be fair?",
		"The flows are ordinary, and yet the number of those with a p-value up to 0.1 is not a tenth. Is that cured by another limit?",
	},
	Answer: func() string { return "C" },
	Cases:  exam.NoInput,
	Judge: exam.Options("C", map[string]string{
		"A": "The number of alerts looks like that of other days by luck: some flows have become stranger and others more ordinary. What is above the threshold now are not the flows that were above it on Monday.",
		"B": "A smaller rate is a stricter limit on the same p-values. They are wrong on this day, and a limit cannot mend what it is compared with.",
		"D": "Nobody has attacked: every flow of that day is ordinary, and the stability index of the durations says that all of them have changed at once. Attackers add flows, and leave the durations of the others alone.",
	}),
}

// Thursday checks a function that returns the letter of an option, A to D: what
// to do on the day on which the features have changed:
//
//	func() string
func Thursday(function any) { exam.Mark(thursday, function) }

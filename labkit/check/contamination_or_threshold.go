package check

import (
	"flowlab/labkit/internal/exam"
)

var contaminationOrThreshold = &exam.Exercise{
	ID:       "contamination-or-threshold",
	Notebook: "08_score_analysis",
	Section:  "A threshold for a budget",
	Title:    "Contamination or threshold",
	Hints: []string{
		"One of the cuts is a number that stays. The other is made anew, so that a fixed share of each day's flows lies above it.",
		"How many flows are 2 % of 1,000? Does that depend on what the flows are?",
	},
	Answer: func() string { return "B" },
	Cases:  exam.NoInput,
	Judge: exam.Options("B", map[string]string{
		"A": "True of the cut that is made anew: 2 % of 1,000 flows are 20, attacks or not. The old threshold does not know how many flows it is to flag; it compares each with a number that stayed where it was.",
		"C": "The other way round. Which of the two flags a fixed share of the day, whatever the day was like?",
		"D": "One of the two cannot give more: a threshold that is chosen so that 2 % of the day's 1,000 flows lie above it has 20 flows above it, always.",
	}),
}

// ContaminationOrThreshold checks a function that returns the letter of an
// option, A to D: how many alerts the two cuts give on the day of an outbreak:
//
//	func() string
func ContaminationOrThreshold(function any) { exam.Mark(contaminationOrThreshold, function) }

package check

import (
	"flowlab/labkit/internal/exam"
)

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

package check

import (
	"flowlab/labkit/internal/exam"
)

var thirdRun = &exam.Exercise{
	ID:       "third-run",
	Notebook: "01_generate_flows",
	Section:  "What a notebook in Go is like",
	Title:    "Third run of a counter",
	Hints: []string{
		"What is runs when the third run begins: 10, or what the second run left behind?",
		"Each run is a new program. It sets runs to 10 and then carries out the statements after %%. How often do they call count?",
		"The first call makes 11 of 10 and prints nothing. The second adds one more, and its result is printed.",
	},
	Answer: func() int { return 12 },
	Cases:  exam.NoInput,
	Judge: func(_ exam.Input, got []any) string {
		switch got[0].(int) {
		case 12:
			return ""
		case 16:
			return "That is what Python would print: six calls, counted from 10 through three runs. Here each run is a new program, which sets runs to 10 again."
		case 13:
			return "This adds one for each of the three runs. But a run does not see the others, and within a run count is called twice."
		case 11:
			return "You are right that each run begins with 10. But count is called twice in the cell, first without printing what it returns."
		case 10:
			return "You are right that each run begins with 10. The cell prints what count returns, though, and count adds one before it returns."
		}
		switch n := got[0].(int); {
		case n >= 0 && n < 10:
			return "The counter does not begin at 0: look at the line with var."
		case n > 16:
			return "That is more than six calls make of 10, and no more than two of them count: each run is a new program, which sets runs to 10 again."
		case n > 12:
			return "That is more than two calls make of 10. Each run is a new program, which sets runs to 10 again: what the runs before have counted is gone. Follow a single run on paper."
		}
		return "The counter begins at 10 and only grows. Follow a single run on paper: the line with var, then the two lines after %%, one by one."
	},
}

// ThirdRun checks a function that returns what a cell prints at its third run:
// it calls twice a function that adds one to a variable declared as 10, and
// prints the second result:
//
//	func() int
func ThirdRun(function any) { exam.Mark(thirdRun, function) }

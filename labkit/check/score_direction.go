package check

import (
	"flowlab/labkit/internal/exam"
)

var scoreDirection = &exam.Exercise{
	ID:       "score-direction",
	Notebook: "04_isolation_forest",
	Section:  "A good ranking, a poor cut",
	Title:    "Direction of scores",
	Hints: []string{
		"Compute 1 - 0.961.",
		"In how many of 100 pairs does the attack have the higher of these scores? And in how many the lower one?",
	},
	Answer: func() string { return "C" },
	Cases:  exam.NoInput,
	Judge: exam.Options("C", map[string]string{
		"A": "A forest that has learned nothing would be at 0.5. At 0.039 the attack has the lower score in 96 of 100 pairs: so much order is knowledge.",
		"B": "There is no cut in ROC AUC. It compares the scores of pairs, whatever the contamination.",
		"D": "ROC AUC asks which of two scores is higher. If all grow by 1 the answer is the same for every pair, and the area stays 0.039.",
	}),
}

// ScoreDirection checks a function that answers why a colleague's ROC AUC is
// 0.039, with the letter of an option, "A" to "D":
//
//	func() string
func ScoreDirection(function any) { exam.Mark(scoreDirection, function) }

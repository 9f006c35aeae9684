package check

import (
	"flowlab/labkit/internal/exam"
)

var worseThanCoin = &exam.Exercise{
	ID:       "worse-than-coin",
	Notebook: "05_one_class_svm",
	Section:  "Second fault: trained on the attacks",
	Title:    "Why worse than a coin",
	Hints: []string{
		"Chance gives 0.5. What has to happen for most pairs to come out the wrong way round?",
		"The detector calls normal what lies near its training rows. Which rows, of those it was shown, lie so far out that they move the middle?",
	},
	Answer: func() string { return "C" },
	Cases:  exam.NoInput,
	Judge: exam.Options("C", map[string]string{
		"A": "Scores that are nearly the same for all flows rank by chance, and chance gives 0.5. An AUC of 0.299 is far from it: there is an order, and it is the wrong one.",
		"B": "ROC AUC does not depend on a threshold: it compares each attack with each normal flow. Another cut changes F1 and leaves 0.299 as it is.",
		"D": "If every score had the wrong sign, the 29 attacks with the largest scores would come last. They come first, so the sign is right, and still most of the other 71 rank too low.",
	}),
}

// WorseThanCoin checks a function that returns the letter of the reason for a
// ROC AUC far below 0.5:
//
//	func() string
func WorseThanCoin(function any) { exam.Mark(worseThanCoin, function) }

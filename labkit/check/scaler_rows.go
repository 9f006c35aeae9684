package check

import (
	"flowlab/labkit/internal/exam"
)

var scalerRows = &exam.Exercise{
	ID:       "scaler-rows",
	Notebook: "03_prepare_features",
	Section:  "Tomorrow's flows",
	Title:    "Scaler for new flows",
	Hints: []string{
		"Suppose that half of tomorrow's traffic is an attack. What would each of the four scalers take for the centre?",
		"A detector that was fitted on scaled flows knows only the units of that scaling. Which answer keeps them?",
	},
	Answer: func() string { return "C" },
	Cases:  exam.NoInput,
	Judge: exam.Options("C", map[string]string{
		"A": "Then the median of tomorrow becomes 0, whatever happens tomorrow: on a day on which most flows are an attack the attack would be the centre. And the detector would be handed other units than those it has learned.",
		"B": "The common scaler has other centres and scales than today's, and the detector has learned in today's. And an attack tomorrow would have its say in what counts as ordinary.",
		"D": "Nobody knows tomorrow which flows are normal: that is what the detector is to find out. And it would be handed other units than those it has learned.",
	}),
}

// ScalerRows checks a function that answers by which scaler tomorrow's flows
// are to be transformed, with the letter of an option, "A" to "D":
//
//	func() string
func ScalerRows(function any) { exam.Mark(scalerRows, function) }

package check

import (
	"fmt"
	"sync"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
	"flowlab/labkit/internal/plural"
)

var accuracyTrap = &exam.Exercise{
	ID:       "accuracy-trap",
	Notebook: "07_compare_models",
	Section:  "The measure: accuracy's trap",
	Title:    "Accuracy without looking",
	Hints: []string{
		"Nine flows in ten are normal. What should be said about a flow of which nothing is known, to be right most of the time?",
		"Each flag that is raised blindly hits a normal flow nine times in ten. How many flags should be raised?",
		"return make([]bool, flows)",
	},
	Answer: func(flows int) []bool { return make([]bool, flows) },
	Params: []string{"flows"},
	Cases:  func() []exam.Input { return []exam.Input{{1000}, {3000}} },
	Judge: func(in exam.Input, got []any) string {
		flows, flags := in[0].(int), got[0].([]bool)
		if len(flags) != flows {
			return fmt.Sprintf("There are %s and %s: want one for each flow.", plural.Of(flows, "flow"), plural.Of(len(flags), "flag"))
		}
		c := labkit.Must(labkit.NewConfusion(flags, repeatedLabels(flows)))
		accuracy := float64(c.TP+c.TN) / float64(flows)
		if accuracy > lofAccuracy {
			return ""
		}
		says := fmt.Sprintf("The accuracy is %.3f: want more than %.3f. ", accuracy, lofAccuracy)
		if c.TN+c.FN == 0 {
			return says + "Flagging everything finds every attack and is wrong about every normal flow, and nine in ten are normal."
		}
		return says + fmt.Sprintf("Of your %d flags %d are false alarms. A flag raised blindly is wrong nine times in ten.", c.TP+c.FP, c.FP)
	},
}

var labLabels = sync.OnceValue(func() []bool {
	return labkit.Must(labkit.Labels(labkit.GenerateFlows(42)))
})

// repeatedLabels returns labels of n flows: those of seed 42, again and again.
func repeatedLabels(n int) []bool {
	labels := make([]bool, n)
	for i := range labels {
		labels[i] = labLabels()[i%len(labLabels())]
	}
	return labels
}

// AccuracyTrap checks a function that is told a number of flows and nothing
// about them, and returns a flag for each, true for an attack. Its accuracy is
// to exceed that of the local outlier factor, 0.882, where a tenth of the flows
// are attacks:
//
//	func(flows int) []bool
func AccuracyTrap(function any) { exam.Mark(accuracyTrap, function) }

package check

import (
	"fmt"
	"slices"
	"strings"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var logColumns = &exam.Exercise{
	ID:       "log-columns",
	Notebook: "03_prepare_features",
	Section:  "Logarithms, then RobustScaler",
	Title:    "Columns for logarithms",
	Hints: []string{
		"Divide each column's largest value by its smallest. Where is the quotient in the thousands?",
		"A share lies between 0 and 1 and a flag is one of the two: neither goes by factors. What is left of the eight?",
		"Two rates, a size and a time. The names stand in the first column of the table above.",
	},
	Answer: func() []string {
		return []string{"bytes_per_second", "packets_per_second", "bytes_per_packet", "duration"}
	},
	Cases: exam.NoInput,
	Judge: func(_ exam.Input, got []any) string { return judgeLogColumns(got[0].([]string)) },
}

// withLogarithm says of each column that takes a logarithm what is odd if it is
// missing, without its name. The numbers are those of GenerateFlows(42).
var withLogarithm = []struct{ column, missing string }{
	{"bytes_per_second", "A rate is missing: its largest value is six million times its smallest."},
	{"packets_per_second", "A rate is missing: its largest value is 99,000 times its smallest."},
	{"bytes_per_packet", "A column is missing that reaches from 7.5 to 28,787: the largest value is 3,900 times the smallest."},
	{"duration", "A column is missing in which the small values matter: it reaches from 0.0012 to 35.7, a factor of 30,000, and the step from 0.01 to 0.1 is as large as the one from 1 to 10."},
}

// withoutLogarithm says of each other column why it takes none.
var withoutLogarithm = map[string]string{
	"bytes_ratio":        "bytes_ratio is a share: 0.99 is as far from 1 as 0.01 is from 0, and a logarithm would stretch the one end and not the other.",
	"packets_ratio":      "packets_ratio reaches from 0.26 to 0.98, not even a factor of four: there is no tail for a logarithm to pull in.",
	"is_well_known_port": "is_well_known_port is a flag: after log(1 + v) it would still have two values, 0 and 0.69.",
	"is_suspicious_port": "is_suspicious_port is a flag: after log(1 + v) it would still have two values, 0 and 0.69.",
}

// judgeLogColumns says a sentence for each column that is wrong or missing.
func judgeLogColumns(named []string) string {
	if len(named) == 0 {
		return "The list is empty. Begin with the column that has the longest tail of all."
	}
	var says []string
	for i, column := range named {
		why, without := withoutLogarithm[column]
		switch {
		case slices.Contains(named[:i], column):
			says = append(says, fmt.Sprintf("%q stands in the list twice.", column))
		case without:
			says = append(says, why)
		case !slices.Contains(labkit.FeatureColumns, column):
			says = append(says, fmt.Sprintf("%q is none of the eight columns: copy the names from the table.", column))
		}
	}
	for _, c := range withLogarithm {
		if !slices.Contains(named, c.column) {
			says = append(says, c.missing)
		}
	}
	return strings.Join(says, " ")
}

// LogColumns checks a function that returns the names of the columns, among the
// eight of [labkit.FeatureColumns], whose logarithm should be taken before
// scaling, in any order:
//
//	func() []string
func LogColumns(function any) { exam.Mark(logColumns, function) }

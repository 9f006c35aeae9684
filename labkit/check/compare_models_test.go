package check

import (
	"math/rand/v2"
	"slices"

	"flowlab/labkit/internal/exam"
)

var compareModelsTests = []exerciseTest{
	{
		exercise: fOne,
		check:    FOne,
		byHand: []example{
			{exam.Input{0.5, 1.0}, 2.0 / 3},                          // 1/F1 = (2+1)/2
			{exam.Input{0.9, 0.1}, 0.18},                             // 2·0.09/1
			{exam.Input{29.0 / 285, 29.0 / 100}, 58.0 / (285 + 100)}, // 2TP/(2TP+FP+FN)
			{exam.Input{0.0, 0.0}, 0.0},
		},
		right: []any{
			func(precision, recall float64) float64 { return 2 / (1/precision + 1/recall) }, // 1/0 is +Inf
			func(precision, recall float64) float64 {
				return 2 * precision * recall / max(precision+recall, 1e-9)
			},
		},
		wrong: []wrongAnswer{
			{func(precision, recall float64) float64 { return precision/2 + recall/2 }, "arithmetic mean"},
			{func(precision, recall float64) float64 { return (1/precision + 1/recall) / 2 }, "upside down"},
			{func(precision, recall float64) float64 { return 1 / (1/precision + 1/recall) }, "factor 2 is missing"},
			{func(precision, recall float64) float64 { return 200 / (1/precision + 1/recall) }, "percentages"},
			{func(precision, recall float64) float64 { return recall / (precision + recall) * precision * 2 }, "it is 0/0"},
			{func(precision, recall float64) float64 { return precision }, "want 0.6666667"},
			{func(truePositives, falsePositives, missed int) float64 { return 0 }, "It has 3 parameters: want 2"},
		},
	},
	{
		exercise: accuracyTrap,
		check:    AccuracyTrap,
		byHand:   []example{{exam.Input{3}, []bool{false, false, false}}},
		right: []any{
			func(flows int) []bool { return slices.Repeat([]bool{false}, flows) },
			func(flows int) []bool {
				flags := make([]bool, flows)
				for i := range flags {
					flags[i] = i%100 == 0
				}
				return flags
			},
		},
		wrong: []wrongAnswer{
			{func(flows int) []bool { return slices.Repeat([]bool{true}, flows) }, "accuracy is 0.100: want more than 0.882. Flagging everything"},
			{func(flows int) []bool { return make([]bool, 1000) }, "There are 3,000 flows and 1,000 flags"},
			{func(flows int) []bool { return nil }, "There are 1,000 flows and 0 flags"},
			{func(flows int) []bool { return make([]bool, 0, flows) }, "want one for each flow"},
			{func(flows int) []bool { // as many flags as there are attacks
				return append(slices.Repeat([]bool{true}, flows/10), make([]bool, flows-flows/10)...)
			}, "Of your 100 flags"},
			{func(flows int) []bool { // a coin
				flags := make([]bool, flows)
				for i := range flags {
					flags[i] = rand.IntN(2) == 0
				}
				return flags
			}, "A flag raised blindly is wrong"},
			{func(flows int) bool { return false }, "Result 1 is of type bool: want []bool"},
		},
	},
	{
		exercise: majorityVote,
		check:    MajorityVote,
		byHand: []example{
			{exam.Input{[]bool{true, true, false}}, true},
			{exam.Input{[]bool{true, true, false, false}}, false},
			{exam.Input{[]bool{false, true, true, false, true}}, true},
			{exam.Input{[]bool{}}, false},
		},
		right: []any{
			func(votes []bool) bool { // each side cancels the other
				lead := 0
				for _, vote := range votes {
					if vote {
						lead++
					} else {
						lead--
					}
				}
				return lead > 0
			},
			func(votes []bool) bool { return countVotes(votes) > len(votes)/2 }, // cutting off is harmless here
		},
		wrong: []wrongAnswer{
			{func(votes []bool) bool { return 2*countVotes(votes) <= len(votes) }, "wrong way round"},
			{func(votes []bool) bool { return countVotes(votes) >= (len(votes)+1)/2 }, "Half is not more than half"},
			{func(votes []bool) bool { return float64(countVotes(votes)) >= float64(len(votes))/2 }, "none of none"},
			{slices.Contains[[]bool, bool], "want func(votes []bool) bool"},
			{func(votes []bool) bool { return slices.Contains(votes, true) }, "One vote is enough"},
			{func(votes []bool) bool { return !slices.Contains(votes, false) }, "All votes are needed"},
			{func(votes []bool) bool { return countVotes(votes) > 1 }, "Two votes are a majority of three"},
			{func(votes []bool) bool { return countVotes(votes) > 2 }, "want true"},
			{func(votes []bool) bool { return votes[len(votes)/2] }, "index out of range"},
			{func(votes []bool) bool { return false }, "returns false whatever"},
			{func(votes []bool) bool { // the middle vote, if they stand in order
				slices.SortFunc(votes, func(a, b bool) int {
					switch {
					case a == b:
						return 0
					case a:
						return 1
					}
					return -1
				})
				return len(votes) > 0 && votes[len(votes)/2]
			}, "changed its argument votes"},
		},
	},
}

func countVotes(votes []bool) int {
	yes := 0
	for _, vote := range votes {
		if vote {
			yes++
		}
	}
	return yes
}

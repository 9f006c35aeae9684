package check

import "flowlab/labkit/internal/exam"

var realTrafficTests = []exerciseTest{
	{
		exercise: failedShare,
		check:    FailedShare,
		byHand: []example{
			{exam.Input{[]string{"S0", "SF", "REJ", "S0", "RSTO"}}, 0.6},
			{exam.Input{[]string{"RSTOS0", "SF"}}, 0.5},
			{exam.Input{[]string{"SH", "SF", "SHR", "RSTRH"}}, 0.75},
			{exam.Input{[]string{}}, 0.0},
		},
		right: []any{
			func(states []string) float64 { // from a set
				failed := map[string]bool{"S0": true, "REJ": true, "RSTOS0": true, "SH": true, "SHR": true, "RSTRH": true}
				share := 0.0
				for _, s := range states {
					if failed[s] {
						share += 1 / float64(len(states))
					}
				}
				return share
			},
		},
		wrong: []wrongAnswer{
			{func(states []string) float64 { return stateShare(states, among("S0")) }, "Only S0 is counted"},
			{func(states []string) float64 { // without a guard
				return stateShare(states, isFailed) * float64(max(len(states), 1)) / float64(len(states))
			}, "divides 0 by 0"},
			{func(states []string) float64 {
				failed := 0
				for _, s := range states {
					if isFailed(s) {
						failed++
					}
				}
				return float64(failed / max(len(states), 1))
			}, "digits after the point are cut off"},
			{func(states []string) float64 { return 1 - stateShare(states, isFailed) }, "1 minus the one wanted"},
			{func(states []string) float64 { return 100 * stateShare(states, isFailed) }, "percentages"},
			{func(states []string) float64 {
				return stateShare(states, among("S0", "REJ", "RSTOS0", "SH", "SHR", "RSTRH", "RSTO", "RSTR"))
			}, "broken off later"},
			{func(states []string) float64 {
				n := 0
				for _, s := range states[1:] {
					if isFailed(s) {
						n++
					}
				}
				return float64(n) / float64(len(states))
			}, "panicked"},
			{func(states []string) int { return len(states) }, "Result 1 is of type int"},
		},
	},
	{
		exercise: distinctPeers,
		check:    DistinctPeers,
		byHand: []example{
			{exam.Input{[]string{"a", "a", "a", "b"}, []string{"x", "y", "x", "x"}}, map[string]int{"a": 2, "b": 1}},
			{exam.Input{[]string{"a"}, []string{"x"}}, map[string]int{"a": 1}},
		},
		right: []any{
			func(keys, values []string) map[string]int {
				seen := map[string]map[string]bool{}
				for i, key := range keys {
					if seen[key] == nil {
						seen[key] = map[string]bool{}
					}
					seen[key][values[i]] = true
				}
				counts := map[string]int{}
				for key, of := range seen {
					counts[key] = len(of)
				}
				return counts
			},
		},
		wrong: []wrongAnswer{
			{func(keys, values []string) map[string]int {
				counts := map[string]int{}
				for _, key := range keys {
					counts[key]++
				}
				return counts
			}, "This counts flows"},
			{func(keys, values []string) map[string]int {
				return distinctPeers.Answer.(func(keys, values []string) map[string]int)(values, keys)
			}, "keys and values were swapped"},
			{func(keys, values []string) map[string]int {
				seen := map[string]map[string]bool{}
				for i, key := range keys {
					seen[key][values[i]] = true
				}
				return nil
			}, "assignment to entry in nil map"},
			{func(keys, values []string) map[string]int { return nil }, "want map[a:2 b:1]"},
			{func(keys, values []string) map[string]int {
				seen, counts := map[string]bool{}, map[string]int{}
				for i, key := range keys {
					if !seen[values[i]] {
						counts[key]++
					}
					seen[values[i]] = true
				}
				return counts
			}, "set of its own"},
		},
	},
	{
		exercise: floodTechnique,
		check:    FloodTechnique,
		byHand:   []example{{exam.Input{}, "B"}},
		right:    []any{func() string { return "ABCD"[1:2] }},
		wrong: []wrongAnswer{
			{func() string { return "A" }, "every single request is answered"},
			{func() string { return "C" }, "few partners again and again"},
			{func() string { return "D" }, "carries nothing out"},
			{func() string { return "T1499.002" }, "is not one of the options"},
		},
	},
	{
		exercise: highestShare,
		check:    HighestShare,
		byHand: []example{
			{exam.Input{2, 8, 2}, 0.4}, // (2+2) of 10
			{exam.Input{27, 229, 131}, 158.0 / 360},
			{exam.Input{5, 10, 0}, 0.5}, // nothing was lost
			{exam.Input{0, 0, 0}, 0.0},
		},
		right: []any{
			func(failed, kept, lost int) float64 { // 1 less what is sure not to have failed
				if kept+lost == 0 {
					return 0
				}
				return 1 - float64(kept-failed)/float64(kept+lost)
			},
		},
		wrong: []wrongAnswer{
			{func(failed, kept, lost int) float64 { return float64(failed) / float64(max(kept, 1)) }, "among the rows that were kept"},
			{func(failed, kept, lost int) float64 { return float64(failed) / float64(max(kept+lost, 1)) }, "the lowest share"},
			{func(failed, kept, lost int) float64 { return float64(failed+lost) / float64(max(kept, 1)) }, "above 1"},
			{func(failed, kept, lost int) float64 { return float64((failed + lost) / max(kept+lost, 1)) }, "digits after the point are cut off"},
			{func(failed, kept, lost int) float64 { return float64(failed+lost) / float64(kept+lost) }, "divides 0 by 0"},
			{func(failed, kept, lost int) float64 { return float64(lost) / float64(max(kept+lost, 1)) }, "share of rows that were lost"},
		},
	},
}

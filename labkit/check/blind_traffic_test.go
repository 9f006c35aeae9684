package check

import (
	"slices"
	"strings"

	"flowlab/labkit/internal/exam"
)

// blindTraffic are wrong answers about real traffic.
var blindTraffic = map[*exam.Exercise][]wrongAnswer{
	failedShare: {
		// OTH is left out of the whole
		{func(states []string) float64 {
			n, all := 0, 0
			for _, s := range states {
				if s == "OTH" {
					continue
				}
				all++
				switch s {
				case "S0", "REJ", "RSTOS0", "SH", "SHR", "RSTRH":
					n++
				}
			}
			if all == 0 {
				return 0
			}
			return float64(n) / float64(all)
		}, "OTH is left out below the line. It did not fail,"},
		// The share of different states that are failures, each is counted once
		{func(states []string) float64 {
			seen := map[string]bool{}
			for _, s := range states {
				seen[s] = true
			}
			if len(seen) == 0 {
				return 0
			}
			n := 0
			for s := range seen {
				switch s {
				case "S0", "REJ", "RSTOS0", "SH", "SHR", "RSTRH":
					n++
				}
			}
			return float64(n) / float64(len(seen))
		}, "Each state is counted once, however often it comes."},
		// In Go a case does not fall through as in C: only the last one counts
		{func(states []string) float64 {
			if len(states) == 0 {
				return 0
			}
			n := 0
			for _, s := range states {
				switch s {
				case "S0":
				case "REJ":
				case "RSTOS0":
				case "SH":
				case "SHR":
				case "RSTRH":
					n++
				}
			}
			return float64(n) / float64(len(states))
		}, "Only RSTRH is counted. A case ends where the next"},
		// The last connection is not looked at
		{func(states []string) float64 {
			if len(states) == 0 {
				return 0
			}
			n := 0
			for i := 0; i < len(states)-1; i++ {
				switch states[i] {
				case "S0", "REJ", "RSTOS0", "SH", "SHR", "RSTRH":
					n++
				}
			}
			return float64(n) / float64(len(states))
		}, "The last state is never looked at. Go on while i <"},
		// It ends at the first success
		{func(states []string) float64 {
			if len(states) == 0 {
				return 0
			}
			failed := []string{"S0", "REJ", "RSTOS0", "SH", "SHR", "RSTRH"}
			n := 0
			for _, s := range states {
				if !slices.Contains(failed, s) {
					break
				}
				n++
			}
			return float64(n) / float64(len(states))
		}, "This stops at the first state that did not fail. Go"},
		// len(states)-1 in the divisor
		{func(states []string) float64 {
			if len(states) < 2 {
				return 0
			}
			n := 0
			for _, s := range states {
				switch s {
				case "S0", "REJ", "RSTOS0", "SH", "SHR", "RSTRH":
					n++
				}
			}
			return float64(n) / float64(len(states)-1)
		}, "This divides by one less than there are states."},
		// The whole is the number of names in the list, not of connections
		{func(states []string) float64 {
			failed := []string{"S0", "REJ", "RSTOS0", "SH", "SHR", "RSTRH"}
			n := 0
			for _, s := range states {
				if slices.Contains(failed, s) {
					n++
				}
			}
			return float64(n) / float64(len(failed))
		}, "This divides by the number of states that stand for"},
	},
	distinctPeers: {
		// The last value of a key is compared with "", so an empty first value is not counted
		{func(keys, values []string) map[string]int {
			sets := map[string][]string{}
			out := map[string]int{}
			for i, k := range keys {
				if values[i] == "" {
					continue
				}
				if !slices.Contains(sets[k], values[i]) {
					sets[k] = append(sets[k], values[i])
				}
				out[k] = len(sets[k])
			}
			return out
		}, "An empty value is left out. It is a value like any"},
		// The set of a key begins anew with every row
		{func(keys, values []string) map[string]int {
			sets := map[string]map[string]bool{}
			for i, k := range keys {
				sets[k] = map[string]bool{}
				sets[k][values[i]] = true
			}
			out := map[string]int{}
			for k, s := range sets {
				out[k] = len(s)
			}
			return out
		}, "Every key has 1: its set or its count begins anew"},
		// How often the most frequent value stands with a key
		{func(keys, values []string) map[string]int {
			count := map[[2]string]int{}
			out := map[string]int{}
			for i, k := range keys {
				pair := [2]string{k, values[i]}
				count[pair]++
				out[k] = max(out[k], count[pair])
			}
			return out
		}, "This is how often a key's most frequent value"},
		// Only keys with more than one value are kept
		{func(keys, values []string) map[string]int {
			sets := map[string]map[string]bool{}
			for i, k := range keys {
				if sets[k] == nil {
					sets[k] = map[string]bool{}
				}
				sets[k][values[i]] = true
			}
			out := map[string]int{}
			for k, s := range sets {
				if len(s) > 1 {
					out[k] = len(s)
				}
			}
			return out
		}, "Keys with a single value are left out. They are"},
		// Both columns are sorted, each for itself, so the rows no longer belong together
		{func(keys, values []string) map[string]int {
			ks, vs := slices.Clone(keys), slices.Clone(values)
			slices.Sort(ks)
			slices.Sort(vs)
			seen := map[[2]string]bool{}
			out := map[string]int{}
			for i, k := range ks {
				pair := [2]string{k, vs[i]}
				if !seen[pair] {
					seen[pair] = true
					out[k]++
				}
			}
			return out
		}, "Keys and values are sorted, each for itself, so"},
		// The loop ends at the first repeated pair
		{func(keys, values []string) map[string]int {
			seen := map[[2]string]bool{}
			out := map[string]int{}
			for i, k := range keys {
				pair := [2]string{k, values[i]}
				if seen[pair] {
					break
				}
				seen[pair] = true
				out[k]++
			}
			return out
		}, "This stops at the first pair that came before. Go"},
		// A change of key resets the set, so a key that comes back counts its values again
		{func(keys, values []string) map[string]int {
			out := map[string]int{}
			set := map[string]bool{}
			for i, k := range keys {
				if i > 0 && keys[i-1] != k {
					set = map[string]bool{}
				}
				if !set[values[i]] {
					set[values[i]] = true
					out[k]++
				}
			}
			return out
		}, "The set begins anew where the key changes, so that"},
		// A change of key resets the counter: only the last block of a key is returned
		{func(keys, values []string) map[string]int {
			out := map[string]int{}
			var set map[string]bool
			for i, k := range keys {
				if i == 0 || keys[i-1] != k {
					set = map[string]bool{}
				}
				set[values[i]] = true
				out[k] = len(set)
			}
			return out
		}, "The set begins anew where the key changes, so that"},
		// A value equal to its key is left out, as a host talking to itself
		{func(keys, values []string) map[string]int {
			seen := map[[2]string]bool{}
			out := map[string]int{}
			for i, k := range keys {
				if values[i] == k {
					continue
				}
				pair := [2]string{k, values[i]}
				if !seen[pair] {
					seen[pair] = true
					out[k]++
				}
			}
			return out
		}, "A value that is equal to its key is left out. It is"},
		// The case of letters is ignored
		{func(keys, values []string) map[string]int {
			seen := map[[2]string]bool{}
			out := map[string]int{}
			for i, k := range keys {
				pair := [2]string{k, strings.ToLower(strings.TrimSpace(values[i]))}
				if !seen[pair] {
					seen[pair] = true
					out[k]++
				}
			}
			return out
		}, "Small and capital letters are taken for the same."},
		// Each value is entered as a key too, with 0
		{func(keys, values []string) map[string]int {
			seen := map[[2]string]bool{}
			out := map[string]int{}
			for i, k := range keys {
				if _, ok := out[values[i]]; !ok {
					out[values[i]] = 0
				}
				pair := [2]string{k, values[i]}
				if !seen[pair] {
					seen[pair] = true
					out[k]++
				}
			}
			return out
		}, "The values are in the map, too, with 0. Its keys"},
		// For the number of values the highest index at which a new one came is used
		{func(keys, values []string) map[string]int {
			out := map[string]int{}
			seen := map[string]map[string]int{}
			for i, k := range keys {
				if seen[k] == nil {
					seen[k] = map[string]int{}
				}
				if _, ok := seen[k][values[i]]; !ok {
					seen[k][values[i]] = i + 1
					out[k] = i + 1
				}
			}
			return out
		}, "This is the number of the row in which a key's last"},
	},
	highestShare: {
		// The lost rows are not in the whole
		{func(failed, kept, lost int) float64 {
			if kept == 0 {
				return 0
			}
			return float64(failed+lost) / float64(kept)
		}, "The lost rows are counted as failures, but not as"},
		// kept is taken to be all rows, those lost included
		{func(failed, kept, lost int) float64 {
			if kept == 0 {
				return 0
			}
			return min(1, float64(failed+lost)/float64(kept))
		}, "kept is taken for the number of all rows. It is"},
		// Without a single failure 0 is returned
		{func(failed, kept, lost int) float64 {
			if failed == 0 {
				return 0
			}
			return float64(failed+lost) / float64(kept+lost)
		}, "Where none of the kept rows failed the share is 0"},
		// Without lost rows 0 is returned
		{func(failed, kept, lost int) float64 {
			if lost == 0 {
				return 0
			}
			return float64(failed+lost) / float64(kept+lost)
		}, "Where no row was lost the share is 0 here. Then it"},
		// The share of those that did not fail
		{func(failed, kept, lost int) float64 {
			if kept+lost == 0 {
				return 0
			}
			return float64(kept-failed) / float64(kept+lost)
		}, "This is the share of the rows that did not fail for"},
		// The mistake of 1 + r over n + 1, the p-value's formula
		{func(failed, kept, lost int) float64 {
			if kept+lost == 0 {
				return 0
			}
			return float64(1+failed+lost) / float64(kept+lost+1)
		}, "One is added above the line and below, as in the"},
		// Lost and failed are thought to overlap: the larger is taken
		{func(failed, kept, lost int) float64 {
			if kept+lost == 0 {
				return 0
			}
			return float64(max(failed, lost)) / float64(kept+lost)
		}, "The larger of failed and lost is taken. No row is"},
		// The kept rows are divided by, and the failed ones taken as lost
		{func(failed, kept, lost int) float64 {
			if kept+failed == 0 {
				return 0
			}
			return float64(failed+lost) / float64(kept+failed)
		}, "The failed rows are added below the bar, in the"},
		// The fraction of failures is rounded down before the lost are added
		{func(failed, kept, lost int) float64 {
			if kept+lost == 0 {
				return 0
			}
			return float64(failed/(kept+lost)) + float64(lost)/float64(kept+lost)
		}, "Two ints are divided, failed by the rows, which"},
		// The guard returns 0 if any of the numbers is 0
		{func(failed, kept, lost int) float64 {
			if failed == 0 || kept == 0 || lost == 0 {
				return 0
			}
			return float64(failed+lost) / float64(kept+lost)
		}, "The share is 0 here if any of the three numbers is."},
		// The ratio of failures to successes instead of to all rows
		{func(failed, kept, lost int) float64 {
			good := kept - failed
			if good == 0 {
				return 0
			}
			return float64(failed+lost) / float64(good)
		}, "This divides by the rows that did not fail. A share"},
	},
}

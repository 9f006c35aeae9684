package check

import (
	"maps"
	"math"
	"slices"
	"strings"

	"flowlab/labkit/internal/exam"
)

var realTraffic = []*exam.Exercise{failedShare, distinctPeers, floodTechnique, highestShare}

var failedShare = &exam.Exercise{
	ID:       "failed-share",
	Notebook: "12_real_traffic",
	Section:  "What a state says",
	Title:    "Share of failed attempts",
	Hints: []string{
		"Six states stand for an attempt that failed. Go through the states, count those, and divide by how many states there are. What does your division give for none?",
		"A switch can hold several values in one case: switch state { case \"S0\", \"REJ\", \"RSTOS0\", \"SH\", \"SHR\", \"RSTRH\": failed++ }. Convert both numbers with float64(…) before you divide.",
		"if len(states) == 0 { return 0 } before anything else, and at the end return float64(failed) / float64(len(states))",
	},
	Answer: func(states []string) float64 { return stateShare(states, isFailed) },
	Params: []string{"states"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]string{"S0", "SF", "REJ", "S0", "RSTO"}},
			{[]string{"SF", "SH", "RSTR", "SF"}},
			{[]string{"RSTOS0", "REJ", "S0"}},
			{[]string{"OTH", "RSTRH", "SH", "REJ", "SHR", "S2", "S3", "SF"}},
			{[]string{"SH", "SF", "SHR", "RSTRH", "S1"}},
			{[]string{"S0"}},
			{[]string{}},
		}
	},
	Questions: &exam.Questions{Cases: singleStates, Says: wrongStates},
	Mistakes: []exam.Mistake{
		{Answer: func(states []string) float64 { return stateShare(states, among("S0")) },
			Says: "Only S0 is counted: attempts without an answer. An attempt that was refused (REJ) or given up (RSTOS0) failed as well."},
		{Answer: func(states []string) float64 { return stateShare(states, among("S0", "REJ")) },
			Says: "RSTOS0, SH, SHR and RSTRH are missing: handshakes that were given up half-way."},
		{Answer: func(states []string) float64 { return stateShare(states, among("S0", "REJ", "RSTOS0")) },
			Says: "SH, SHR and RSTRH are missing: of these handshakes one half was seen, and then it was over."},
		{Answer: func(states []string) float64 {
			return stateShare(states, func(s string) bool { return s != "S0" && isFailed(s) })
		},
			Says: "S0 is missing: an attempt that nobody answered."},
		{Answer: func(states []string) float64 {
			return stateShare(states, func(s string) bool { return isFailed(s) || strings.HasPrefix(s, "RST") })
		},
			Says: "RSTO and RSTR are counted, too. Those connections were established and broken off later: the attempt to connect succeeded. Of the states with RST only RSTOS0 and RSTRH are ones that failed."},
		{Answer: func(states []string) float64 {
			return stateShare(states, among("S0", "REJ", "RSTOS0", "SH", "SHR", "RSTRH", "RSTO"))
		},
			Says: "RSTO is counted, too. Such a connection was established and then broken off by its originator: the attempt to connect succeeded."},
		{Answer: func(states []string) float64 {
			return stateShare(states, among("S0", "REJ", "RSTOS0", "SH", "SHR", "RSTRH", "RSTR"))
		},
			Says: "RSTR is counted, too. Such a connection was established and then broken off by its responder: the attempt to connect succeeded."},
		{Answer: func(states []string) float64 {
			return stateShare(states, among("S0", "REJ", "RSTO", "SH", "SHR", "RSTRH"))
		},
			Says: "RSTO is counted in the place of RSTOS0. RSTO was established and then broken off; RSTOS0 is a SYN without an answer, then a RST."},
		{Answer: func(states []string) float64 {
			return stateShare(states, among("S0", "REJ", "RSTOS0", "SH", "SHR", "RSTRH", "OTH"))
		},
			Says: "OTH is counted, too. Its beginning was not captured, so that nobody can say whether the attempt failed."},
		{Answer: func(states []string) float64 { return stateShare(states, among("S0", "REJ", "RSTOS0", "SH")) },
			Says: "SHR and RSTRH are missing. Like SH they are halves of a handshake that came to nothing."},
		{Answer: func(states []string) float64 { return stateShare(states, among("SF")) },
			Says: "This is the share of SF, connections that began and ended as they should. Count the attempts that failed."},
		{Answer: func(states []string) float64 {
			return stateShare(states, func(s string) bool { return !isFailed(s) })
		}, Says: "This is the share of those that did not fail."},
		{Answer: func(states []string) float64 { return stateShare(states, func(s string) bool { return s != "SF" }) },
			Says: "Everything but SF is counted. A connection that goes on (S1), that was broken off (RSTO) or whose beginning was not captured (OTH) is no failed attempt."},
		{Answer: func(states []string) float64 {
			return stateShare(states, func(s string) bool { return s != "REJ" && isFailed(s) })
		},
			Says: "REJ is missing: an attempt that was refused."},
		{Answer: func(states []string) float64 {
			failed := stateShare(states, isFailed)
			return failed / (1 - failed)
		},
			Says: "This divides by the number of the others. A share divides by the number of all."},
		{Answer: func(states []string) float64 {
			if len(states) == 0 {
				return math.NaN()
			}
			return stateShare(states, isFailed)
		},
			Says: "For no states at all this divides 0 by 0, which is NaN. Without attempts none failed: return 0."},
		{Answer: func(states []string) float64 { return failedIn(states) },
			Says: "This is how many failed. The share is that number divided by how many there are."},
		{Answer: func(states []string) float64 {
			if len(states) == 0 {
				return 1
			}
			return stateShare(states, isFailed)
		}, Says: "For no states at all the share is 1 here. Without attempts none failed: return 0."},
		{Answer: func(states []string) float64 {
			return failedIn(states) / float64(len(states)+1)
		}, Says: "This divides by one more than there are states. Guard the one case without any by an if."},
		{Answer: func(states []string) float64 {
			distinct := map[string]bool{}
			for _, s := range states {
				distinct[s] = isFailed(s)
			}
			n := 0
			for _, failed := range distinct {
				if failed {
					n++
				}
			}
			return float64(n) / float64(max(len(states), 1))
		}, Says: "A state that comes twice is counted once. Count attempts, not kinds of them."},
		{Answer: func(states []string) float64 {
			failed := stateShare(states, among("S0", "REJ", "RSTOS0", "SH", "SHR", "RSTRH"))
			if failed == 1 {
				return 0
			}
			return failed / (1 - failed)
		},
			Says: "This divides the failed attempts by the others. A share divides by all of them."},
		{Answer: func(states []string) float64 { return stateShare(states, among("RSTRH")) },
			Says: "Only RSTRH is counted. A case ends where the next begins in Go, and does not fall through: put all six into one, case \"S0\", \"REJ\" and so on."},
		{Answer: func(states []string) float64 {
			return stateShare(slices.DeleteFunc(slices.Clone(states), func(s string) bool { return s == "OTH" }), isFailed)
		}, Says: "OTH is left out below the line. It did not fail, and is a connection: divide by the number of all."},
		{Answer: func(states []string) float64 {
			return stateShare(slices.Compact(slices.Sorted(slices.Values(states))), isFailed)
		}, Says: "Each state is counted once, however often it comes. Count connections, not kinds of them."},
		{Answer: func(states []string) float64 {
			return failedIn(states[:max(0, len(states)-1)]) / float64(max(len(states), 1))
		}, Says: "The last state is never looked at. Go on while i < len(states)."},
		{Answer: func(states []string) float64 {
			return failedIn(states[min(1, len(states)):]) / float64(max(len(states), 1))
		}, Says: "The first state is never looked at. Elements are numbered from 0."},
		{Answer: func(states []string) float64 { return failedIn(states) / float64(len(states)-1) },
			Says: oneTooFew},
		{Answer: func(states []string) float64 {
			if len(states) < 2 {
				return 0
			}
			return failedIn(states) / float64(len(states)-1)
		}, Says: oneTooFew},
		{Answer: func(states []string) float64 {
			first := slices.IndexFunc(states, func(s string) bool { return !isFailed(s) })
			if first < 0 {
				first = len(states)
			}
			return float64(first) / float64(max(len(states), 1))
		}, Says: "This stops at the first state that did not fail. Go on with the next: continue, or nothing at all."},
		{Answer: func(states []string) float64 { return failedIn(states) / 6 },
			Says: "This divides by the number of states that stand for a failure. Divide by the number of connections, len(states)."},
	},
}

// stateShare returns which fraction of the states is so, 0 of none.
func stateShare(states []string, is func(string) bool) float64 {
	n := 0
	for _, s := range states {
		if is(s) {
			n++
		}
	}
	return float64(n) / float64(max(len(states), 1))
}

const oneTooFew = "This divides by one less than there are states. Divide by len(states)."

// failedIn returns how many states are those of a failed attempt.
func failedIn(states []string) float64 { return stateShare(states, isFailed) * float64(len(states)) }

func among(states ...string) func(string) bool {
	return func(s string) bool { return slices.Contains(states, s) }
}

var isFailed = among("S0", "REJ", "RSTOS0", "SH", "SHR", "RSTRH")

// states are all of Zeek's connection states.
var states = []string{"S0", "REJ", "RSTOS0", "SH", "SHR", "RSTRH", "S1", "S2", "S3", "SF", "RSTO", "RSTR", "OTH"}

// singleStates asks for the share in a single connection: 1 if its state counts
// as failed.
func singleStates() []exam.Input {
	var inputs []exam.Input
	for _, s := range states {
		inputs = append(inputs, exam.Input{[]string{s}})
	}
	return inputs
}

// wrongStates says which states an answer takes for failed and should not, and
// the other way round.
func wrongStates(got [][]any) string {
	var missing, extra []string
	for i, s := range states {
		switch share := got[i][0].(float64); {
		case share != 0 && share != 1:
			return ""
		case isFailed(s) && share == 0:
			missing = append(missing, s)
		case !isFailed(s) && share == 1:
			extra = append(extra, s)
		}
	}
	if len(missing) == 6 && len(extra) == 0 {
		return "" // it is not the states that are wrong
	}
	var says []string
	if len(missing) > 0 {
		says = append(says, "These failed and are not counted: "+strings.Join(missing, ", ")+".")
	}
	if len(extra) > 0 {
		says = append(says, "These are counted and did not fail: "+strings.Join(extra, ", ")+".")
	}
	return strings.Join(says, " ")
}

// FailedShare checks a function that returns which fraction, in [0, 1], of
// connections was attempted in vain: those with the states S0, REJ, RSTOS0, SH,
// SHR and RSTRH. Of no connections it is 0:
//
//	func(states []string) float64
func FailedShare(function any) { exam.Mark(failedShare, function) }

var distinctPeers = &exam.Exercise{
	ID:       "distinct-peers",
	Notebook: "12_real_traffic",
	Section:  "Counting instead of scoring",
	Title:    "How many different peers",
	Hints: []string{
		"You need to remember, for each key, which values it was seen with. A map of maps can: map[string]map[string]bool.",
		"Make the inner map when a key comes for the first time: if seen[key] == nil { seen[key] = map[string]bool{} }. Then seen[key][value] = true, however often.",
		"At the end, for key, values := range seen { counts[key] = len(values) }, with counts := map[string]int{} made before",
	},
	Answer: distinctCounts,
	Params: []string{"keys", "values"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]string{"a", "a", "a", "b"}, []string{"x", "y", "x", "x"}},
			{[]string{"a", "b", "a", "b"}, []string{"x", "x", "x", "x"}},
			{[]string{"10.0.0.1", "10.0.0.1", "10.0.0.2", "10.0.0.1"}, []string{"10.0.0.2", "10.0.0.3", "10.0.0.2", "10.0.0.2"}},
			{[]string{"10.0.0.1", "10.0.0.12", "10.0.0.1", "210.0.0.1"}, []string{"22", "2", "2", "2"}}, // alike when glued together, either way
			{[]string{"web", "web-1", "web"}, []string{"1-a", "a", ""}},
			{[]string{"a", "a", "a", "a"}, []string{"x", "x", "y", "x"}},
			{[]string{"a", "a", "b"}, []string{"X", "x", "x"}}, // two values
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(keys, values []string) map[string]int {
			counts := map[string]int{}
			for _, key := range keys {
				counts[key]++
			}
			return counts
		},
			Says: "This counts flows. A value that a key was seen with before does not count again."},
		{Answer: func(keys, values []string) map[string]int {
			seen, counts := map[string]bool{}, map[string]int{}
			for i, key := range keys {
				if !seen[values[i]] {
					seen[values[i]] = true
					counts[key]++
				}
			}
			return counts
		},
			Says: "A value counts only for the first key that it was seen with. Each key needs a set of its own."},
		{Answer: gluedCounts(func(key, value string) string { return value + key }),
			Says: "Value and key are glued together, and other pairs make the same text: 22 with 10.0.0.1 and 2 with 210.0.0.1. Use a set for each key, or a struct of both as the key."},
		{Answer: gluedCounts(func(key, value string) string { return key + value }),
			Says: "Key and value are glued together, and other pairs make the same text: 10.0.0.1 with 22 and 10.0.0.12 with 2. Use a set for each key, or a struct of both as the key."},
		{Answer: func(keys, values []string) map[string]int {
			last, counts := map[string]string{}, map[string]int{}
			for i, key := range keys {
				if last[key] != values[i] {
					counts[key]++
				}
				last[key] = values[i]
			}
			return counts
		},
			Says: "This compares a value with the key's last one. It may have been seen before that: keep all of them."},
		{Answer: func(keys, values []string) map[string]int {
			all, counts := map[string]bool{}, map[string]int{}
			for _, v := range values {
				all[v] = true
			}
			for _, key := range keys {
				counts[key] = len(all)
			}
			return counts
		},
			Says: "Every key has the number of all different values. Count each key's own."},
		{Answer: func(keys, values []string) map[string]int {
			seen, counts := map[[2]string]bool{}, map[string]int{}
			for i, key := range keys {
				pair := [2]string{key, values[i]}
				if seen[pair] {
					counts[key]++
				}
				seen[pair] = true
			}
			return counts
		},
			Says: "This counts the repetitions. Count a pair when it is seen for the first time."},
		{Answer: changedCounts(func(int) int { return 1 }),
			Says: "Every key has 1: its set or its count begins anew with each row. Keep both, and count the values: counts[key]++ for each that is new to the key."},
		{Answer: changedCounts(func(n int) int { return n + 1 }),
			Says: "Every count is one too many. A key begins at 0, and the first value makes it 1."},
		{Answer: changedCounts(func(n int) int { return n - 1 }),
			Says: "Every count is one too few: the first value of a key counts as well."},
		{Answer: func(keys, values []string) map[string]int {
			counts := map[string]int{}
			for i, key := range keys {
				if i == 0 || values[i] != values[i-1] {
					counts[key]++
				}
			}
			return counts
		}, Says: "A value is compared with that of the row before, whatever its key. Keep, for each key, all values that it was seen with."},
		{Answer: func(keys, values []string) map[string]int {
			times, counts := map[[2]string]int{}, map[string]int{}
			for i, key := range keys {
				times[[2]string{key, values[i]}]++
			}
			for pair, n := range times {
				if n == 1 {
					counts[pair[0]]++
				}
			}
			return counts
		}, Says: "Only values that come once are counted. One that comes again counts as well, once."},
		{Answer: func(keys, values []string) map[string]int {
			counts := map[string]int{}
			for i, key := range keys {
				counts[key] = len(values[i])
			}
			return counts
		}, Says: "This is the length of a text. Count the values that a key stands beside."},
		{Answer: func(keys, _ []string) map[string]int {
			counts := map[string]int{}
			for _, key := range keys[1:] {
				counts[key]++
			}
			return counts
		}, Says: "The first row is left out, and what is counted are rows. Count, from row 0 on, the values that are new to the key."},
		{Answer: func(keys, values []string) map[string]int {
			counts := map[string]int{}
			for i, key := range keys {
				counts[key+" "+values[i]]++
			}
			return counts
		}, Says: "The map has an entry for each pair. Its keys are to be those of the first slice alone."},
		{Answer: ofRows(func(_, value string) (string, bool) { return value, value != "" }),
			Says: "An empty value is left out. It is a value like any other: a key was seen beside it."},
		{Answer: ofRows(func(key, value string) (string, bool) { return value, value != key }),
			Says: "A value that is equal to its key is left out. It is a value like any other."},
		{Answer: ofRows(func(_, value string) (string, bool) { return strings.ToLower(value), true }),
			Says: "Small and capital letters are taken for the same. Different texts are different values: compare them as they are."},
		{Answer: func(keys, values []string) map[string]int {
			times, counts := map[[2]string]int{}, map[string]int{}
			for i, key := range keys {
				pair := [2]string{key, values[i]}
				times[pair]++
				counts[key] = max(counts[key], times[pair])
			}
			return counts
		}, Says: "This is how often a key's most frequent value comes. Count how many different values there are."},
		{Answer: func(keys, values []string) map[string]int {
			counts := distinctCounts(keys, values)
			maps.DeleteFunc(counts, func(_ string, n int) bool { return n == 1 })
			return counts
		}, Says: "Keys with a single value are left out. They are wanted, too, with 1."},
		{Answer: func(keys, values []string) map[string]int {
			return distinctCounts(slices.Sorted(slices.Values(keys)), slices.Sorted(slices.Values(values)))
		}, Says: "Keys and values are sorted, each for itself, so that the rows do not belong together any more. Leave both as they are."},
		{Answer: func(keys, values []string) map[string]int {
			for i := range keys {
				if n := i + 1; len(distinctPairs(keys[:n], values[:n])) < n {
					return distinctCounts(keys[:i], values[:i])
				}
			}
			return distinctCounts(keys, values)
		}, Says: "This stops at the first pair that came before. Go on with the next row: continue, and not break."},
		{Answer: func(keys, values []string) map[string]int {
			counts := map[string]int{}
			for key, blocks := range keyBlocks(keys, values) {
				for _, n := range blocks {
					counts[key] += n
				}
			}
			return counts
		}, Says: "The set begins anew where the key changes, so that a key that comes back counts its values again. Keep a set for each key."},
		{Answer: func(keys, values []string) map[string]int {
			counts := map[string]int{}
			for key, blocks := range keyBlocks(keys, values) {
				counts[key] = blocks[len(blocks)-1]
			}
			return counts
		}, Says: "The set begins anew where the key changes, so that only a key's last rows count. Keep a set for each key."},
		{Answer: func(keys, values []string) map[string]int {
			counts := distinctCounts(keys, values)
			for _, v := range values {
				counts[v] += 0
			}
			return counts
		}, Says: "The values are in the map, too, with 0. Its keys are to be those of the first slice alone."},
		{Answer: func(keys, values []string) map[string]int {
			seen, counts := map[[2]string]bool{}, map[string]int{}
			for i, key := range keys {
				if pair := [2]string{key, values[i]}; !seen[pair] {
					seen[pair], counts[key] = true, i+1
				}
			}
			return counts
		}, Says: "This is the number of the row in which a key's last new value came. Count them: counts[key]++."},
	},
}

// distinctCounts returns with how many different values each key stands.
func distinctCounts(keys, values []string) map[string]int {
	counts := map[string]int{}
	for pair := range distinctPairs(keys, values) {
		counts[pair[0]]++
	}
	return counts
}

// distinctPairs returns which keys and values stand side by side.
func distinctPairs(keys, values []string) map[[2]string]bool {
	pairs := map[[2]string]bool{}
	for i, key := range keys {
		pairs[[2]string{key, values[i]}] = true
	}
	return pairs
}

// ofRows returns a function that counts the values that are made of some rows.
func ofRows(value func(key, value string) (made string, counts bool)) func(keys, values []string) map[string]int {
	return func(keys, values []string) map[string]int {
		var someKeys, made []string
		for i, key := range keys {
			if v, counts := value(key, values[i]); counts {
				someKeys, made = append(someKeys, key), append(made, v)
			}
		}
		return distinctCounts(someKeys, made)
	}
}

// keyBlocks returns how many different values a key has in each block of rows
// that follow one another.
func keyBlocks(keys, values []string) map[string][]int {
	blocks := map[string][]int{}
	begin := 0
	for i, key := range keys {
		if i == len(keys)-1 || keys[i+1] != key {
			blocks[key] = append(blocks[key], len(distinctPairs(keys[begin:i+1], values[begin:i+1])))
			begin = i + 1
		}
	}
	return blocks
}

// gluedCounts counts the values of each key by a text made of both.
func gluedCounts(glue func(key, value string) string) func(keys, values []string) map[string]int {
	return func(keys, values []string) map[string]int {
		seen, counts := map[string]bool{}, map[string]int{}
		for i, key := range keys {
			if glued := glue(key, values[i]); !seen[glued] {
				seen[glued] = true
				counts[key]++
			}
		}
		return counts
	}
}

// changedCounts returns the right counts, each of them changed.
func changedCounts(change func(int) int) func(keys, values []string) map[string]int {
	return func(keys, values []string) map[string]int {
		counts := distinctCounts(keys, values)
		for key, n := range counts {
			counts[key] = change(n)
		}
		return counts
	}
}

// DistinctPeers checks a function that returns, for each key, with how many
// different values it stands side by side. The two slices are equally long, and
// have at least one element:
//
//	func(keys, values []string) map[string]int
func DistinctPeers(function any) { exam.Mark(distinctPeers, function) }

var floodTechnique = &exam.Exercise{
	ID:       "flood-technique",
	Notebook: "12_real_traffic",
	Section:  "A triage table",
	Title:    "The technique behind the flood",
	Hints: []string{
		"Ask what the requests want. Do they look for something, carry something away, take orders, or use something up?",
		"Each request has to be worked on and answered. Who else wants an answer from that service in these five seconds?",
	},
	Answer: func() string { return "B" },
	Cases:  exam.NoInput,
	Judge: exam.Options("B", map[string]string{
		"A": "Discovery asks many hosts or ports what they offer, and most attempts fail. Here it is one port, 67, and every single request is answered.",
		"C": "Command and control would be few partners again and again, over a long time. Here are 250 exchanges of one packet each way, no two between the same addresses, and then it is over.",
		"D": "Exfiltration carries data out. A request of 247 bytes, the same from all, carries nothing out that the answer of 300 bytes does not outweigh.",
	}),
}

// FloodTechnique checks a function that returns the letter of an option, A to
// D: which ATT&CK technique the DHCP flood is evidence of:
//
//	func() string
func FloodTechnique(function any) { exam.Mark(floodTechnique, function) }

var highestShare = &exam.Exercise{
	ID:       "highest-share",
	Notebook: "12_real_traffic",
	Section:  "Dirty data",
	Title:    "What the lost rows may hide",
	Hints: []string{
		"Think of the worst case: all rows that were lost are failed attempts. How many failures are there then, and of how many rows?",
		"The lost rows count above the line and below it: they would be failures, and they are rows.",
		"return float64(failed+lost) / float64(max(kept+lost, 1))",
	},
	Answer: highest,
	Params: []string{"failed", "kept", "lost"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{2, 8, 2},
			{27, 229, 131},
			{0, 10, 10},
			{5, 10, 0},
			{5, 6, 4}, // more may have failed than were kept
			{4, 4, 0},
			{0, 0, 3},
			{0, 0, 0},
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(failed, kept, lost int) float64 { return worstShare(failed, kept) },
			Says: "This is the share among the rows that were kept. The lost ones may all have failed."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(failed, kept+lost) },
			Says: "This is the lowest share that is possible: none of the lost rows failed. Find the highest."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(failed+lost, kept) },
			Says: "The lost rows are counted as failures, but not as rows. The share can then be above 1."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(lost, kept+lost) },
			Says: "This is the share of rows that were lost. The failures among those that were kept belong to it, too."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(failed, kept) + worstShare(lost, kept+lost) },
			Says: differentWholes},
		{Answer: func(failed, kept, lost int) float64 {
			return min(1, worstShare(failed, kept)+worstShare(lost, kept+lost))
		},
			Says: differentWholes},
		{Answer: func(failed, kept, lost int) float64 {
			if kept+lost == 0 {
				return math.NaN()
			}
			return worstShare(failed+lost, kept+lost)
		},
			Says: "Without any rows this divides 0 by 0, which is NaN. Of no rows none failed: return 0."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(failed+lost, kept-lost) },
			Says: "The lost rows are subtracted below the bar. They are rows as well: kept + lost."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(failed, kept-lost) },
			Says: "The lost rows are subtracted below the bar. kept does not hold them: there were kept + lost, and failed + lost may have failed."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(failed*lost, kept+lost) },
			Says: "This multiplies above the bar. Add the lost rows to the failed ones."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(failed+lost, failed+kept+lost) },
			Says: "The failed rows are counted twice below the bar: kept holds them already."},
		{Answer: func(failed, kept, lost int) float64 {
			return max(worstShare(failed, kept), worstShare(lost, kept+lost))
		},
			Says: "This is the larger of two shares. Add the counts first, and divide once."},
		{Answer: func(failed, kept, lost int) float64 {
			if kept+lost == 0 {
				return 1
			}
			return worstShare(failed+lost, kept+lost)
		}, Says: "Without any rows the share is 1 here. Of no rows none failed: return 0."},
		{Answer: func(failed, kept, lost int) float64 {
			if kept == 0 {
				return 0
			}
			return worstShare(failed+lost, kept+lost)
		}, Says: "If no row was kept the share is 0 here. All of them may have failed, then it is 1: return 0 only where nothing was lost either."},
		{Answer: func(failed, kept, lost int) float64 { return float64(failed+lost) / float64(kept) },
			Says: "The lost rows are counted as failures, but not as rows. The share can then be above 1, or infinite."},
		{Answer: func(failed, kept, lost int) float64 { return float64(failed) / float64(kept) },
			Says: "This is the share among the rows that were kept. The lost ones may all have failed, and if none was kept it is 0/0."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(2*failed+lost, 2*(kept+lost)) },
			Says: "Half of the lost rows count as failed, which is the middle of the range. The upper end counts all of them."},
		{Answer: func(failed, kept, lost int) float64 { return float64(failed+lost) / float64(kept+lost+1) },
			Says: "The plus one below the bar changes every result. Guard the one case without rows by an if."},
		{Answer: func(failed, kept, lost int) float64 { return float64(failed) + worstShare(lost, kept+lost) },
			Says: "Division binds more strongly than addition: put failed + lost into parentheses."},
		{Answer: unlessEmpty(func(failed, kept, lost int) bool { return kept == 0 }, func(failed, kept, lost int) float64 { return float64(failed+lost) / float64(kept) }),
			Says: "The lost rows are counted as failures, but not as rows. The share can then be above 1; and if no row was kept all of the lost ones may have failed."},
		{Answer: unlessEmpty(func(failed, kept, lost int) bool { return kept == 0 }, func(failed, kept, lost int) float64 { return min(1, float64(failed+lost)/float64(kept)) }),
			Says: "kept is taken for the number of all rows. It is that of the rows that were kept: with the lost ones there were kept + lost."},
		{Answer: unlessEmpty(func(failed, _, _ int) bool { return failed == 0 }, highest),
			Says: "Where none of the kept rows failed the share is 0 here. The lost ones may all have failed: count them all the same."},
		{Answer: unlessEmpty(func(_, _, lost int) bool { return lost == 0 }, highest),
			Says: "Where no row was lost the share is 0 here. Then it is that of the rows that were kept."},
		{Answer: unlessEmpty(func(failed, kept, lost int) bool { return min(failed, kept, lost) == 0 }, highest),
			Says: "The share is 0 here if any of the three numbers is. Return 0 only where there are no rows at all: kept + lost is 0."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(kept-failed, kept+lost) },
			Says: "This is the share of the rows that did not fail for certain. Those that may have failed are failed + lost."},
		{Answer: unlessEmpty(func(_, kept, lost int) bool { return kept+lost == 0 }, func(failed, kept, lost int) float64 { return float64(1+failed+lost) / float64(kept+lost+1) }),
			Says: "One is added above the line and below, as in the p-value. Here no flow is added: (failed + lost) / (kept + lost)."},
		{Answer: func(failed, kept, lost int) float64 { return worstShare(max(failed, lost), kept+lost) },
			Says: "The larger of failed and lost is taken. No row is both, so add the two."},
		{Answer: unlessEmpty(func(failed, kept, _ int) bool { return kept+failed == 0 }, func(failed, kept, lost int) float64 { return float64(failed+lost) / float64(kept+failed) }),
			Says: "The failed rows are added below the bar, in the place of the lost ones. kept holds the failed ones already: kept + lost."},
		{Answer: func(failed, kept, lost int) float64 {
			return float64(failed/max(kept+lost, 1)) + worstShare(lost, kept+lost)
		}, Says: "Two ints are divided, failed by the rows, which cuts off the digits after the point. Add the counts first, convert with float64(…), and divide once."},
		{Answer: unlessEmpty(func(failed, kept, _ int) bool { return failed == kept }, func(failed, kept, lost int) float64 { return float64(failed+lost) / float64(kept-failed) }),
			Says: "This divides by the rows that did not fail. A share divides by all of them: kept + lost."},
	},
}

const differentWholes = "These are shares of different wholes, which cannot be added. Add the counts first, and divide once."

func highest(failed, kept, lost int) float64 { return worstShare(failed+lost, kept+lost) }

// unlessEmpty returns a function that returns 0 in some cases, and otherwise a share.
func unlessEmpty(empty func(failed, kept, lost int) bool, share func(failed, kept, lost int) float64) func(failed, kept, lost int) float64 {
	return func(failed, kept, lost int) float64 {
		if empty(failed, kept, lost) {
			return 0
		}
		return share(failed, kept, lost)
	}
}

// worstShare returns a share, 0 of nothing.
func worstShare(part, of int) float64 { return float64(part) / float64(max(of, 1)) }

// HighestShare checks a function that returns the highest share, in [0, 1], of
// failed attempts that a log can have had, of which some rows were lost: that of
// the case in which all of these failed. Of no rows it is 0:
//
//	func(failed, kept, lost int) float64
func HighestShare(function any) { exam.Mark(highestShare, function) }

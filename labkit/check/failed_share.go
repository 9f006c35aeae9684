package check

import (
	"math"
	"slices"
	"strings"

	"flowlab/labkit/internal/exam"
)

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

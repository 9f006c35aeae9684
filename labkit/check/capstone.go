package check

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/go-gota/gota/dataframe"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
	"flowlab/labkit/internal/plural"
)

// defaultCapstone is the one of whoever has chosen no seed yet.
var defaultCapstone = capstoneOf(42)

// capstoneGroups are the attacks that a capstone's day can have: one of each
// group, so that every day has something quick, something loud, something
// regular and something large.
var capstoneGroups = [][]string{
	{"port scan", "host scan", "slow scan"},
	{"brute force", "flood", "lateral movement"},
	{"beacon", "c2 over https", "dns tunnel", "crypto mining"},
	{"data staging", "exfiltration"},
}

// A Finding is an attack in the day of a capstone, and the host that did it.
type Finding struct{ Kind, Host string }

// CapstoneDay returns the flows of an office's day, as [labkit.GenerateDay]
// does, without the columns that say which of them are an attack. Four hosts
// attack; the seed decides which, and how.
func CapstoneDay(seed uint32) dataframe.DataFrame {
	return capstoneFlows(seed).Drop([]string{"label", "attack"})
}

// CapstoneAnswers returns the four attacks of [CapstoneDay]: for teachers.
func CapstoneAnswers(seed uint32) []Finding {
	flows := capstoneFlows(seed)
	kinds, hosts := flows.Col("attack").Records(), flows.Col("src_ip").Records()
	by := map[string]string{}
	for i, kind := range kinds {
		if kind != "" {
			by[kind] = hosts[i]
		}
	}
	var answers []Finding
	for _, kind := range slices.Sorted(maps.Keys(by)) {
		answers = append(answers, Finding{kind, by[kind]})
	}
	return answers
}

func capstoneFlows(seed uint32) dataframe.DataFrame {
	r := rand.New(rand.NewPCG(uint64(seed), 14))
	var attacks []string
	for _, group := range capstoneGroups {
		attacks = append(attacks, group[r.IntN(len(group))])
	}
	return labkit.Must(labkit.GenerateDay(labkit.Day{Seed: seed, Attacks: attacks}))
}

// capstoneOf returns the exercise about the day with a seed.
func capstoneOf(seed uint32) *exam.Exercise {
	return &exam.Exercise{
		ID:       "capstone",
		Seed:     seed,
		Notebook: "14_capstone",
		Section:  "Who is it?",
		Title:    "Attackers of a day",
		Hints: []string{
			"Four tables, four habits: who tries many addresses or ports, who tries one service again and again, who calls somebody outside like a clock or for hours, who sends far more than it receives?",
			"Compare each suspect with the other hosts of the same hour: backups, cameras and monitoring are regular or large as well, but they are so every hour, and towards inside servers.",
			"The kinds are those of labkit.AttackKinds(). One is a kind of scan, one is force (brute force, flood, lateral movement), one calls home (beacon, c2 over https, dns tunnel, crypto mining), one gathers or steals (data staging, exfiltration).",
		},
		Answer: func() map[string]string {
			answer := map[string]string{}
			for _, f := range CapstoneAnswers(seed) {
				answer[f.Kind] = f.Host
			}
			return answer
		},
		Cases: exam.NoInput,
		Judge: func(_ exam.Input, got []any) string {
			return judgeFindings(got[0].(map[string]string), CapstoneAnswers(seed))
		},
	}
}

// judgeFindings gives a point for each attacker that is named and another for
// what it did, and takes one for each host that is accused without cause. It
// names nobody who was not named.
func judgeFindings(named map[string]string, truth []Finding) string {
	attackers := map[string]bool{}
	for _, f := range truth {
		attackers[f.Host] = true
	}
	var unknown []string
	accused, innocent := map[string]bool{}, map[string]bool{}
	for _, kind := range slices.Sorted(maps.Keys(named)) {
		if !slices.Contains(labkit.AttackKinds(), kind) {
			unknown = append(unknown, fmt.Sprintf("%q is none of the kinds: labkit.AttackKinds() lists them.", kind))
		}
		if attackers[named[kind]] {
			accused[named[kind]] = true
		} else {
			innocent[named[kind]] = true
		}
	}
	kinds := 0
	for _, f := range truth {
		if named[f.Kind] == f.Host {
			kinds++
		}
	}
	points := max(0, len(accused)+kinds-len(innocent))
	if points == 2*len(truth) {
		return ""
	}
	says := []string{fmt.Sprintf("%d of %d points: %d of the %s are named, %d with what they did.",
		points, 2*len(truth), len(accused), plural.Of(len(truth), "attacker"), kinds)}
	if len(innocent) > 0 {
		says = append(says, fmt.Sprintf("%s without cause, which costs a point each: %s.",
			plural.Of(len(innocent), "host")+" accused", strings.Join(slices.Sorted(maps.Keys(innocent)), ", ")))
	}
	return strings.Join(append(says, unknown...), " ")
}

// Capstone checks a function that names the attackers in [CapstoneDay] of a
// seed: for each kind of attack, as [labkit.AttackKinds] names it, the address
// of the host that did it:
//
//	func() map[string]string
func Capstone(seed uint32, function any) { exam.Mark(capstoneOf(seed), function) }

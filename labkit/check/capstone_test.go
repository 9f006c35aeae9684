package check

import (
	"slices"
	"strings"
	"testing"

	"flowlab/labkit"
	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/exam"
)

func named(pairs ...string) func() map[string]string {
	return func() map[string]string {
		m := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
		return m
	}
}

var capstoneTests = []exerciseTest{{
	exercise: defaultCapstone,
	check:    func(f any) { Capstone(42, f) },
	right:    []any{named(flat(CapstoneAnswers(42))...)},
	wrong: []wrongAnswer{
		{named(), "0 of 8 points"},
		{named(flat(CapstoneAnswers(42)[:3])...), "6 of 8 points: 3 of the 4 attackers are named, 3 with what they did"},
		{named(flat(CapstoneAnswers(7))...), "accused without cause"},
		{named("ddos", CapstoneAnswers(42)[0].Host), `"ddos" is none of the kinds`},
		{func() []string { return nil }, "want map[string]string"},
	},
}}

func flat(findings []Finding) []string {
	var all []string
	for _, f := range findings {
		all = append(all, f.Kind, f.Host)
	}
	return all
}

func TestJudgeFindings(t *testing.T) {
	truth := []Finding{{"beacon", "a"}, {"flood", "b"}}
	for _, test := range []struct {
		named map[string]string
		want  string
	}{
		{map[string]string{"beacon": "a", "flood": "b"}, ""},
		{map[string]string{"beacon": "a"}, "2 of 4 points"},
		{map[string]string{"beacon": "b", "flood": "a"}, "2 of 4 points: 2 of the 2 attackers are named, 0 with what they did"},
		{map[string]string{"beacon": "a", "flood": "c"}, "1 of 4 points"},
		{map[string]string{"beacon": "c", "flood": "d"}, "0 of 4 points"},
		{map[string]string{"beacon": "a", "flood": "b", "port scan": "c"}, "3 of 4 points"}, // accusing all is no way
	} {
		if got := judgeFindings(test.named, truth); got != test.want && (test.want == "" || !strings.Contains(got, test.want)) {
			t.Errorf("%v: %q: want %q", test.named, got, test.want)
		}
	}
}

// Whatever the seed, a day has four attacks by four hosts, and shows no label.
func TestCapstoneDays(t *testing.T) {
	for _, seed := range []uint32{0, 1, 42, 1 << 31} {
		answers := CapstoneAnswers(seed)
		var hosts []string
		for _, f := range answers {
			if !slices.Contains(labkit.AttackKinds(), f.Kind) {
				t.Errorf("seed %d: kind %q is none", seed, f.Kind)
			}
			hosts = append(hosts, f.Host)
		}
		slices.Sort(hosts)
		if len(answers) != len(capstoneGroups) || len(slices.Compact(hosts)) != len(answers) {
			t.Errorf("seed %d: %v: want %d attacks by as many hosts", seed, answers, len(capstoneGroups))
		}
		day := CapstoneDay(seed)
		for _, column := range day.Names() {
			if column == "label" || column == "attack" {
				t.Errorf("seed %d: the day shows the column %q", seed, column)
			}
		}
		if day.Err != nil || day.Nrow() < 10_000 {
			t.Errorf("seed %d: %d flows, error %v", seed, day.Nrow(), day.Err)
		}
	}
}

// The report gives a share of the points for a part of the attackers, and an
// answer cannot word its own.
func TestCapstoneShare(t *testing.T) {
	some := flat(CapstoneAnswers(42)[:3])
	for _, test := range []struct {
		answer any
		want   float64
	}{
		{named(some...), 6.0 / 8},
		{named(slices.Concat(some, []string{`">8 of 9 points:`, some[1]})...), 6.0 / 8},
		{named(slices.Concat(some, []string{"8 of 9 points:", "8 of 9 points:"})...), 5.0 / 8}, // an innocent host
		{named(), 0},
		{named(flat(CapstoneAnswers(42))...), 0}, // passed: that counts as a whole
	} {
		html := coursetest.Shown(t, func() { Capstone(42, test.answer) }).HTML
		if got := exam.ReportedShare(html, defaultCapstone.Title, defaultCapstone.ID); got != test.want {
			t.Errorf("the share is %v: want %v in\n%s", got, test.want, html)
		}
	}
}

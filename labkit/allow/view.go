package allow

import (
	"fmt"

	"flowlab/labkit/flow"
	"flowlab/labkit/triage"
)

// A View applies a list to findings that are to be shown, and counts what it
// finds.
type View struct {
	Allowed int // findings that a rule covers

	list   *List
	lapsed []int            // of each rule, findings that it would cover but for its last day
	of     map[string][]int // the rules for each host: of thousands few are
}

// View returns a view that has seen no finding.
func (l *List) View() *View {
	return &View{list: l, lapsed: make([]int, len(l.Rules)), of: map[string][]int{}}
}

// rulesFor returns the rules that the host of a finding does not rule out.
func (v *View) rulesFor(host string) []int {
	rules, ok := v.of[host]
	if !ok {
		n := nameOf(host)
		for i := range v.list.Rules {
			if v.list.Rules[i].Host.has(n) {
				rules = append(rules, i)
			}
		}
		v.of[host] = rules
	}
	return rules
}

// Mark sets Allowed of a finding that a rule covers: to the place of the first
// such rule and its reason. Nothing else of the finding changes.
func (v *View) Mark(f *triage.Finding) {
	s := sighted(f)
	var lapsed []int
	for _, i := range v.rulesFor(f.Host) {
		r := &v.list.Rules[i]
		if !r.matches(s) {
			continue
		}
		if !r.Expired(f.Last) {
			f.Allowed = fmt.Sprintf("%s: %s", v.list.Place(r), r.Reason)
			v.Allowed++
			return
		}
		lapsed = append(lapsed, i)
	}
	for _, i := range lapsed {
		v.lapsed[i]++
	}
}

// Lapsed hands out the rules that have expired by a time in seconds since 1970,
// each with the number of findings that are shown as they came after its last day.
func (v *View) Lapsed(at float64) func(yield func(r *Rule, findings int) bool) {
	return func(yield func(*Rule, int) bool) {
		for i := range v.list.Rules {
			r := &v.list.Rules[i]
			if (v.lapsed[i] > 0 || r.Expired(at)) && !yield(r, v.lapsed[i]) {
				return
			}
		}
	}
}

// Place returns file:line of a rule.
func (l *List) Place(r *Rule) string {
	return flow.Origin{File: flow.Printable(l.File), Place: r.Line}.String()
}

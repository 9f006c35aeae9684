package triage

import (
	"context"
	"testing"

	"flowlab/labkit/flow"
	"flowlab/labkit/flow/where"
	"flowlab/labkit/internal/day"
)

// picked returns how many flows of a table fulfil a condition.
func picked(t *testing.T, condition string, table *flow.Table) int {
	t.Helper()
	c, err := where.Parse(condition)
	if err != nil {
		t.Fatalf("%s: %v", condition, err)
	}
	n := 0
	for _, part := range table.Parts {
		for _, is := range c.Match(part) {
			if is {
				n++
			}
		}
	}
	return n
}

// The condition of a finding picks the flows that it counts, of all traffic.
func TestWherePicksTheFlowsOfAFinding(t *testing.T) {
	eventful, err := day.Office(day.Day{Seed: 1, Attacks: day.Kinds()})
	if err != nil {
		t.Fatal(err)
	}
	table := tableOf(eventful.Flows)
	traffic := New(table)
	judged, err := traffic.Flows(context.Background(), Options{Contamination: 0.001, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	var all []Finding
	for _, h := range traffic.Hosts(judged) {
		all = append(all, h.Findings...)
	}
	for _, r := range traffic.Windows(100, 1) {
		all = append(all, r.Finding)
	}
	seen := map[Kind]bool{}
	for _, f := range all {
		seen[f.Kind] = true
		if got := picked(t, f.Where, table); got != f.Count {
			t.Errorf("%s %s picks %d flows, want %d: %s", f.Host, f.Kind, got, f.Count, f.Where)
		}
	}
	for _, kind := range []Kind{FailedPorts, FailedTries, Tries, BytesSent, Beacon, RareBeacon, RareSent, Strange} {
		if !seen[kind] {
			t.Errorf("there is no finding of kind %s", kind)
		}
	}
}

func TestWhereOfLiveFindings(t *testing.T) {
	flows, _ := office(t, 1, "port scan")
	live, err := NewLive(LiveOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var found []Finding
	for i := range flows {
		more, err := live.Add(&flows[i])
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, more...)
	}
	if len(found) == 0 {
		t.Fatal("nothing was found")
	}
	for _, f := range found {
		if got := picked(t, f.Where, tableOf(flows)); got == 0 || got > f.Count {
			t.Errorf("%s %s picks %d flows, want some of %d: %s", f.Kind, f.Host, got, f.Count, f.Where)
		}
	}
}

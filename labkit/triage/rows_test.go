package triage

import (
	"math"
	"strings"
	"testing"
)

// The lists show the row that gives the attacker its place, with what a forest
// says of it.
func TestRowsOfTheLists(t *testing.T) {
	flows, attackers := office(t, 1, "brute force")
	traffic := New(tableOf(flows))
	windows := traffic.Windows(5, 42)
	if r := windows[0]; len(windows) != 5 || !attackers[r.Host] || r.Window == 0 || !(r.Forest > 0 && r.Forest <= 1) || r.Count == 0 {
		t.Errorf("the first window is %+v", r)
	}
	flows, attackers = office(t, 1, "c2 over https")
	pairs := New(tableOf(flows)).Pairs(10, 42)
	if r := pairs[0]; len(pairs) != 10 || r.Window != 0 || r.Peer == "" || math.IsNaN(r.Forest) {
		t.Errorf("the first pair is %+v", r)
	}
	found := false
	for i, r := range pairs {
		found = found || attackers[r.Host]
		if i > 0 && r.Score > pairs[i-1].Score {
			t.Errorf("pair %d has the score %v, after %v", i, r.Score, pairs[i-1].Score)
		}
		if strings.TrimSpace(r.Words) == "" {
			t.Errorf("pair %d has no words", i)
		}
	}
	if !found {
		t.Error("the attacker's pair is not among the first ten")
	}
}

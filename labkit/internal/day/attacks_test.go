package day

import (
	"cmp"
	"slices"
	"testing"

	"flowlab/labkit/flow"
)

// facts are what makes each kind of attack one: limits of its flows, sources,
// peers and ports, how long it lasts in seconds, and the share that failed.
var facts = map[string]struct{ flows, sources, peers, ports, lasts, failed [2]float64 }{
	"port scan":        {flows: [2]float64{1024, 1024}, sources: [2]float64{1, 1}, peers: [2]float64{1, 1}, ports: [2]float64{1024, 1024}, lasts: [2]float64{15, 400}, failed: [2]float64{0.98, 1}},
	"host scan":        {flows: [2]float64{253, 254}, sources: [2]float64{1, 1}, peers: [2]float64{253, 254}, ports: [2]float64{1, 1}, lasts: [2]float64{10, 400}, failed: [2]float64{0.85, 1}},
	"slow scan":        {flows: [2]float64{170, 170}, sources: [2]float64{1, 1}, peers: [2]float64{3, 12}, ports: [2]float64{10, 17}, lasts: [2]float64{9 * hour, 14 * hour}, failed: [2]float64{0.6, 1}},
	"brute force":      {flows: [2]float64{350, 900}, sources: [2]float64{1, 1}, peers: [2]float64{1, 1}, ports: [2]float64{1, 1}, lasts: [2]float64{150, 3000}, failed: [2]float64{0, 0}},
	"flood":            {flows: [2]float64{2500, 3500}, sources: [2]float64{1, 600}, peers: [2]float64{1, 1}, ports: [2]float64{1, 1}, lasts: [2]float64{90, 160}, failed: [2]float64{1, 1}},
	"lateral movement": {flows: [2]float64{7, 130}, sources: [2]float64{1, 1}, peers: [2]float64{3, 29}, ports: [2]float64{2, 4}, lasts: [2]float64{60, 2 * hour}, failed: [2]float64{0.7, 0.99}},
	"beacon":           {flows: [2]float64{110, 730}, sources: [2]float64{1, 1}, peers: [2]float64{1, 1}, ports: [2]float64{1, 1}, lasts: [2]float64{14 * hour, 24 * hour}, failed: [2]float64{0, 0}},
	"c2 over https":    {flows: [2]float64{8, 70}, sources: [2]float64{1, 1}, peers: [2]float64{1, 1}, ports: [2]float64{1, 1}, lasts: [2]float64{4 * hour, 17 * hour}, failed: [2]float64{0, 0}},
	"dns tunnel":       {flows: [2]float64{400, 2500}, sources: [2]float64{1, 1}, peers: [2]float64{1, 1}, ports: [2]float64{1, 1}, lasts: [2]float64{35 * minute, 85 * minute}, failed: [2]float64{0, 0}},
	"crypto mining":    {flows: [2]float64{5, 45}, sources: [2]float64{1, 1}, peers: [2]float64{1, 1}, ports: [2]float64{1, 1}, lasts: [2]float64{11 * hour, 24 * hour}, failed: [2]float64{0, 0}},
	"data staging":     {flows: [2]float64{18, 42}, sources: [2]float64{1, 1}, peers: [2]float64{3, 3}, ports: [2]float64{1, 1}, lasts: [2]float64{5 * minute, hour}, failed: [2]float64{0, 0}},
	"exfiltration":     {flows: [2]float64{4, 9}, sources: [2]float64{1, 1}, peers: [2]float64{1, 1}, ports: [2]float64{1, 1}, lasts: [2]float64{3 * minute, hour}, failed: [2]float64{0, 0}},
}

func TestEachAttackIsOfItsKind(t *testing.T) {
	for name := range networks {
		for seed := range uint32(3) {
			traffic := generate(t, name, Day{Seed: seed, Attacks: Kinds()})
			for _, kind := range Kinds() {
				want, flows := facts[kind], traffic.only(kind)
				what := name + ": " + kind + ": "
				begin := func(a, b flow.Flow) int { return cmp.Compare(a.TS, b.TS) }
				between(t, what+"flows", float64(len(flows)), want.flows[0], want.flows[1])
				between(t, what+"sources", float64(distinct(flows, source)), want.sources[0], want.sources[1])
				between(t, what+"peers", float64(distinct(flows, peer)), want.peers[0], want.peers[1])
				between(t, what+"ports", float64(distinct(flows, port)), want.ports[0], want.ports[1])
				between(t, what+"seconds", slices.MaxFunc(flows, begin).TS-slices.MinFunc(flows, begin).TS, want.lasts[0], want.lasts[1])
				between(t, what+"failed", share(flows, (*flow.Flow).Failed), want.failed[0], want.failed[1])
			}
		}
	}
}

// In an office each attack is done by another host, which works besides.
func TestAttackersWorkToo(t *testing.T) {
	traffic := generate(t, "office", Day{Seed: 2, Attacks: Kinds()})
	everyday := map[string]int{}
	for _, f := range traffic.only("") {
		everyday[f.SrcIP]++
	}
	attackers := map[string]bool{}
	for _, kind := range Kinds() {
		host := traffic.only(kind)[0].SrcIP
		attackers[host] = true
		if everyday[host] < 100 {
			t.Errorf("%s: host %s has %d everyday flows, want a busy one", kind, host, everyday[host])
		}
	}
	if len(attackers) != len(Kinds()) {
		t.Errorf("%d attackers for %d kinds", len(attackers), len(Kinds()))
	}
}

func TestDirectionsOfVolume(t *testing.T) {
	traffic := generate(t, "office", Day{Seed: 4, Attacks: Kinds()})
	sum := func(kind string) (sent, recv float64) {
		for _, f := range traffic.only(kind) {
			sent, recv = sent+f.BytesSent, recv+f.BytesRecv
		}
		return sent, recv
	}
	if sent, recv := sum("exfiltration"); sent < 1e9 || recv > sent/100 {
		t.Errorf("exfiltration sends %g and receives %g", sent, recv)
	}
	if sent, recv := sum("data staging"); recv < 1e9 || sent > recv/100 {
		t.Errorf("staging sends %g and receives %g", sent, recv)
	}
	if sent, recv := sum("c2 over https"); sent < 2*recv {
		t.Errorf("command and control sends %g and receives %g", sent, recv)
	}
	if f := traffic.only("exfiltration")[0]; hourOf(&f) < 3 || hourOf(&f) > 3.5 {
		t.Errorf("exfiltration begins at %v", hourOf(&f))
	}
}

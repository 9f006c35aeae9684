package day

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"flowlab/labkit/flow"
)

// between checks a number against what is usual.
func between(t *testing.T, what string, v, low, high float64) {
	t.Helper()
	if !(v >= low && v <= high) {
		t.Errorf("%s: %.4g, want %v to %v", what, v, low, high)
	}
}

// hourOf returns the hour of the day at which a flow begins.
func hourOf(f *flow.Flow) float64 { return math.Mod(f.TS, 86400) / 3600 }

func TestOfficeOnAWorkingDay(t *testing.T) {
	for seed := range uint32(5) {
		flows := generate(t, "office", Day{Seed: seed}).Flows
		between(t, "flows", float64(len(flows)), 15000, 23000)
		between(t, "sources", float64(distinct(flows, source)), 30, 30)
		between(t, "failed", share(flows, (*flow.Flow).Failed), 0.01, 0.03)
		between(t, "broken", share(flows, (*flow.Flow).Broken), 0.015, 0.04)
		between(t, "TCP", share(flows, func(f *flow.Flow) bool { return f.Protocol == "TCP" }), 0.55, 0.8)
		between(t, "DNS", share(flows, func(f *flow.Flow) bool { return f.DstPort == 53 }), 0.07, 0.2)
		between(t, "web", share(flows, func(f *flow.Flow) bool { return f.DstPort == 443 }), 0.4, 0.65)
		between(t, "from 9 to 17", share(flows, func(f *flow.Flow) bool { return hourOf(f) >= 9 && hourOf(f) < 17 }), 0.6, 0.8)
		between(t, "from 22 to 6", share(flows, func(f *flow.Flow) bool { return hourOf(f) >= 22 || hourOf(f) < 6 }), 0.04, 0.2)
		between(t, "most bytes sent", slices.MaxFunc(flows, func(a, b flow.Flow) int { return cmp.Compare(a.BytesSent, b.BytesSent) }).BytesSent, 2e8, 3e9)
	}
}

func TestOfficeOnAWeekend(t *testing.T) {
	friday := generate(t, "office", Day{Seed: 1, Number: 4}).Flows
	sunday := generate(t, "office", Day{Seed: 1, Number: 6}).Flows
	between(t, "flows on Sunday for one on Friday", float64(len(sunday))/float64(len(friday)), 0.15, 0.5)
}

// spread returns the median absolute deviation of the gaps between flows by
// their median: 0 for a clock.
func spread(flows []flow.Flow) float64 {
	slices.SortFunc(flows, func(a, b flow.Flow) int { return cmp.Compare(a.TS, b.TS) })
	var gaps []float64
	for i := 1; i < len(flows); i++ {
		gaps = append(gaps, flows[i].TS-flows[i-1].TS)
	}
	middle := func(v []float64) float64 { slices.Sort(v); return v[len(v)/2] }
	median := middle(gaps)
	for i := range gaps {
		gaps[i] = math.Abs(gaps[i] - median)
	}
	return middle(gaps) / median
}

// The benign twin: a camera's keep-alive is more regular than any trojan.
func TestKeepAlivesBeatTheBeacon(t *testing.T) {
	for seed := range uint32(5) {
		traffic := generate(t, "office", Day{Seed: seed, Attacks: []string{"beacon"}})
		byCamera := map[string][]flow.Flow{}
		for _, f := range traffic.Flows {
			if f.DstPort == 8883 {
				byCamera[f.SrcIP] = append(byCamera[f.SrcIP], f)
			}
		}
		between(t, "cameras", float64(len(byCamera)), 2, 2)
		for _, flows := range byCamera {
			between(t, "keep-alives", float64(len(flows)), 287, 288)
			between(t, "spread of a camera's gaps", spread(flows), 0, 0.002)
		}
		between(t, "spread of the beacon's gaps", spread(traffic.only("beacon")), 0.01, 0.15)
	}
}

func TestServersDay(t *testing.T) {
	for seed := range uint32(3) {
		flows := generate(t, "server", Day{Seed: seed}).Flows
		between(t, "flows", float64(len(flows)), 50000, 75000)
		between(t, "sources", float64(distinct(flows, source)), 5990, 6004) // 6,000 and the four inside
		between(t, "failed", share(flows, (*flow.Flow).Failed), 0.25, 0.45)
		between(t, "ports tried", float64(distinct(flows, port)), 2000, 8000)
		perSource := map[string]float64{}
		for _, f := range flows {
			perSource[f.SrcIP]++
		}
		few := 0.0
		for _, n := range perSource {
			if n <= 5 {
				few++
			}
		}
		between(t, "sources with five flows or fewer", few/float64(len(perSource)), 0.5, 0.75)
	}
}

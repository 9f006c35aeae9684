package day

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"flowlab/labkit/flow"
)

var networks = map[string]func(Day) (Traffic, error){"office": Office, "server": Server}

func generate(t *testing.T, network string, d Day) Traffic {
	t.Helper()
	traffic, err := networks[network](d)
	if err != nil {
		t.Fatal(err)
	}
	return traffic
}

// only returns the flows of one kind of attack, "" for everyday traffic.
func (tr Traffic) only(kind string) []flow.Flow {
	var flows []flow.Flow
	for i, f := range tr.Flows {
		if tr.Attacks[i] == kind {
			flows = append(flows, f)
		}
	}
	return flows
}

// distinct counts the different values of flows.
func distinct[T comparable](flows []flow.Flow, of func(*flow.Flow) T) int {
	seen := map[T]bool{}
	for i := range flows {
		seen[of(&flows[i])] = true
	}
	return len(seen)
}

func source(f *flow.Flow) string { return f.SrcIP }
func peer(f *flow.Flow) string   { return f.DstIP }
func port(f *flow.Flow) int      { return f.DstPort }

// share returns which fraction of flows is so.
func share(flows []flow.Flow, is func(*flow.Flow) bool) float64 {
	n := 0
	for i := range flows {
		if is(&flows[i]) {
			n++
		}
	}
	return float64(n) / float64(len(flows))
}

func TestSameSeedSameDay(t *testing.T) {
	for name := range networks {
		d := Day{Seed: 7, Attacks: Kinds()}
		first := generate(t, name, d)
		if !reflect.DeepEqual(first, generate(t, name, d)) {
			t.Errorf("%s: the same day twice differs", name)
		}
		for _, other := range []Day{{Seed: 8, Attacks: Kinds()}, {Seed: 7, Number: 1, Attacks: Kinds()}} {
			next := generate(t, name, other)
			same := 0
			for i := range min(len(first.Flows), len(next.Flows)) {
				if first.Flows[i].TS-first.Flows[0].TS == next.Flows[i].TS-next.Flows[0].TS {
					same++
				}
			}
			if same > 1 {
				t.Errorf("%s: %d flows of day %+v begin when those of %+v do", name, same, other, d)
			}
		}
	}
}

// Hosts and who attacks depend on the seed, not on the day's number.
func TestHostsStay(t *testing.T) {
	attackers := func(d Day) []string {
		var all []string
		for _, kind := range Kinds() {
			all = append(all, generate(t, "office", d).only(kind)[0].SrcIP)
		}
		return all
	}
	monday := attackers(Day{Seed: 7, Attacks: Kinds()})
	if friday := attackers(Day{Seed: 7, Number: 4, Attacks: Kinds()}); !slices.Equal(monday, friday) {
		t.Errorf("attackers %v on Monday, %v on Friday: want the same", monday, friday)
	}
	if other := attackers(Day{Seed: 8, Attacks: Kinds()}); slices.Equal(monday, other) {
		t.Errorf("attackers %v at two seeds", other)
	}
}

func TestAttacksOnlyAddFlows(t *testing.T) {
	for name := range networks {
		quiet := generate(t, name, Day{Seed: 3})
		if len(quiet.only("")) != len(quiet.Flows) {
			t.Errorf("%s: attacks in a day without", name)
		}
		for _, kind := range Kinds() {
			traffic := generate(t, name, Day{Seed: 3, Attacks: []string{kind}})
			if !slices.EqualFunc(traffic.only(""), quiet.Flows, func(a, b flow.Flow) bool { return a.TS == b.TS && a.SrcPort == b.SrcPort }) {
				t.Errorf("%s: %s changes the everyday flows", name, kind)
			}
			if n := len(traffic.only(kind)); n < 3 || n != len(traffic.Flows)-len(quiet.Flows) {
				t.Errorf("%s: %d flows of %s among %d, want more than 2 and no other attack", name, n, kind, len(traffic.Flows))
			}
		}
	}
}

// Zeek writes TCP five seconds after its end, the rest a minute after.
func TestOrderIsTheLogs(t *testing.T) {
	for name := range networks {
		last, back := 0.0, 0
		traffic := generate(t, name, Day{Seed: 5, Attacks: Kinds()})
		for i, f := range traffic.Flows {
			written := f.End() + 60
			if f.Protocol == "TCP" {
				written = f.End() + 5
			}
			if written < last {
				t.Fatalf("%s: flow %d is written at %v, after one of %v", name, i, written, last)
			}
			last = written
			if i > 0 && f.TS < traffic.Flows[i-1].TS {
				back++
			}
		}
		if back < len(traffic.Flows)/4 {
			t.Errorf("%s: %d of %d flows begin before the one above: want a log in the order of its ends", name, back, len(traffic.Flows))
		}
	}
}

// What holds of each flow, whatever it is.
func TestFlowsArePossible(t *testing.T) {
	states := []string{"SF", "S0", "S1", "REJ", "RSTO", "RSTR", "SH", "OTH"}
	for name := range networks {
		traffic := generate(t, name, Day{Seed: 6, Attacks: Kinds()})
		for i, f := range traffic.Flows {
			numbers := []float64{f.Duration, f.BytesSent, f.BytesRecv, f.PacketsSent, f.PacketsRecv}
			if slices.ContainsFunc(numbers, func(v float64) bool { return !(v >= 0) || math.IsInf(v, 1) }) || f.PacketsSent < 1 {
				t.Fatalf("%s: flow %d has %v", name, i, numbers)
			}
			if f.BytesSent > 1500*f.PacketsSent || f.BytesRecv > 1500*f.PacketsRecv || f.IPBytesSent-f.BytesSent < 20*f.PacketsSent {
				t.Fatalf("%s: flow %d has more bytes than fit into its packets: %+v", name, i, f)
			}
			if !slices.Contains(states, f.State) || f.SrcIP == f.DstIP || f.DstPort == 0 != (f.Protocol == "ICMP") {
				t.Fatalf("%s: flow %d: %+v", name, i, f)
			}
			if f.Label == 1 != (traffic.Attacks[i] != "") || f.TS < 1772409600 || f.TS >= 1772409600+86400 { // date -d 2026-03-02 +%s
				t.Fatalf("%s: flow %d, attack %q: %+v", name, i, traffic.Attacks[i], f)
			}
			for _, address := range []string{f.SrcIP, f.DstIP} {
				known := []string{"10.", "198.18.", "198.19.", "203.0.113.", "239."}
				if !slices.ContainsFunc(known, func(p string) bool { return strings.HasPrefix(address, p) }) {
					t.Fatalf("%s: flow %d: address %s is neither private nor set aside", name, i, address)
				}
			}
		}
	}
}

func TestUnknownDayIsRefused(t *testing.T) {
	for name, generate := range networks {
		if _, err := generate(Day{Attacks: []string{"beacon", "potr scan"}}); err == nil || !strings.Contains(err.Error(), `"potr scan": want port scan, host scan`) {
			t.Errorf("%s: error %v", name, err)
		}
		if _, err := generate(Day{Number: -1}); err == nil {
			t.Errorf("%s: no error for day -1", name)
		}
	}
}

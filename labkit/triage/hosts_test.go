package triage

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/day"
)

// tableOf returns flows as a table of all columns.
func tableOf(flows []flow.Flow) *flow.Table {
	var fields []flow.Field
	for f := range flow.NumFields {
		fields = append(fields, f)
	}
	b := flow.NewBuilder(fields...)
	for i := range flows {
		b.Add(&flows[i])
	}
	return b.Table()
}

// office returns a day of an office with one attack, and who is part of it: the
// attackers, or those whom a flood hits.
func office(t *testing.T, seed uint32, kind string) (flows []flow.Flow, part map[string]bool) {
	t.Helper()
	traffic, err := day.Office(day.Day{Seed: seed, Attacks: []string{kind}})
	if err != nil {
		t.Fatal(err)
	}
	part = map[string]bool{}
	for i, attack := range traffic.Attacks {
		if attack != "" {
			part[traffic.Flows[i].SrcIP] = true
		}
	}
	return traffic.Flows, part
}

// Who attacks is among the first three hosts, whatever the attack, though it does
// its everyday work as well. Of 96 days (12 attacks, seeds 0 to 7) that is so in
// 95; in one, data is staged at place 5.
func TestHostsPutsAttackersFirst(t *testing.T) {
	for _, kind := range day.Kinds() {
		for seed := range uint32(2) {
			flows, attackers := office(t, seed, kind)
			hosts := New(tableOf(flows)).Hosts(nil)
			if !slices.ContainsFunc(hosts[:3], func(h Host) bool { return attackers[h.Address] }) {
				t.Errorf("%s, seed %d: none of %v is among the first three, %s", kind, seed, attackers, places(hosts[:5]))
			}
		}
	}
}

func places(hosts []Host) string {
	var b strings.Builder
	for _, h := range hosts {
		fmt.Fprintf(&b, "\n%d %s", h.Place, h.Address)
		for _, f := range h.Findings {
			fmt.Fprintf(&b, "; %.2f %s", f.Score, f.Words)
		}
	}
	return b.String()
}

// The order of the rows in a file is irrelevant, and so are the files.
func TestHostsIgnoresTheOrderOfRows(t *testing.T) {
	flows, _ := office(t, 3, "port scan")
	want := places(New(tableOf(flows)).Hosts(nil))
	half := len(flows) / 2
	if got := places(New(tableOf(flows[half:]), tableOf(flows[:half])).Hosts(nil)); got != want {
		t.Error("two files in the wrong order give other hosts")
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(flows), func(i, j int) { flows[i], flows[j] = flows[j], flows[i] })
	if got := places(New(tableOf(flows)).Hosts(nil)); got != want {
		t.Error("shuffled rows give other hosts")
	}
}

// All sources are ranked, each once; those without findings last.
func TestHostsRanksAll(t *testing.T) {
	flows, _ := office(t, 4, "beacon")
	sources := map[string]bool{}
	for _, f := range flows {
		sources[f.SrcIP] = true
	}
	ended := false
	for i, h := range New(tableOf(flows)).Hosts(nil) {
		if h.Place != i+1 {
			t.Errorf("%s has place %d, want %d", h.Address, h.Place, i+1)
		}
		if ended && len(h.Findings) > 0 {
			t.Errorf("%s has findings, behind one that has none", h.Address)
		}
		ended = ended || len(h.Findings) == 0
		delete(sources, h.Address)
	}
	if len(sources) > 0 {
		t.Errorf("not ranked: %v", sources)
	}
}

// knock is an attempt in vain of a host, at a time.
func knock(ts float64, src, dst string, port int) flow.Flow {
	f := flow.Unknown()
	f.TS, f.Duration, f.SrcIP, f.DstIP, f.SrcPort, f.DstPort = ts, 0, src, dst, 50000, port
	f.Protocol, f.State = "TCP", "S0"
	f.BytesSent, f.BytesRecv, f.PacketsSent, f.PacketsRecv = 0, 0, 1, 0
	return f
}

// quiet is some traffic of ten hosts, in which some attempts fail.
func quiet() []flow.Flow {
	var flows []flow.Flow
	for i := range 2000 {
		f := knock(float64(1_700_000_000+30*i), fmt.Sprintf("10.0.0.%d", 10+i%10), fmt.Sprintf("10.0.1.%d", i%7), 443)
		if i%9 != 0 {
			f.State, f.PacketsRecv, f.BytesSent, f.BytesRecv, f.PacketsSent = "SF", 8, 700, 4000, 7
		}
		flows = append(flows, f)
	}
	return flows
}

func TestFindingSaysWhatWasDone(t *testing.T) {
	at := 1_700_010_000.0 // at full 20 s of a minute
	served := func(f flow.Flow, sent float64) flow.Flow {
		f.State, f.PacketsRecv, f.BytesSent = "SF", 30, sent
		return f
	}
	const host = "10.0.0.10"
	for name, c := range map[string]struct {
		flows  int
		attack func(i float64) flow.Flow
		words  string // how they begin
		peer   string
		port   int
		tech   string
	}{
		"knocking at a door": {300, func(i float64) flow.Flow { return knock(at+i/10, host, "10.0.1.9", 3306) },
			"300 unanswered tries at 10.0.1.9:3306 in a minute; ", "10.0.1.9", 3306, "T1110"},
		"port scan": {300, func(i float64) flow.Flow { return knock(at+i/10, host, "10.0.1.9", 1000+int(i)) },
			"301 ports tried in vain at 10.0.1.9 in an hour; ", "10.0.1.9", -1, "T1046"}, // and 443
		"host scan": {200, func(i float64) flow.Flow { return knock(at+i/10, host, fmt.Sprintf("10.0.2.%.0f", i), 445) },
			"202 hosts tried in vain at port 445 in an hour; ", "", 445, "T1046"}, // and two at 443
		"beacon": {100, func(i float64) flow.Flow { return served(knock(at-9000+300*i, host, "203.0.113.9", 4444), 100) },
			"every 300 s ± 0 s to 203.0.113.9:4444, 100 times, for 8 h", "203.0.113.9", 4444, "T1571"},
		"upload": {20, func(i float64) flow.Flow { return served(knock(at+i, host, "203.0.113.9", 443), 50e6) },
			"1 GB sent in an hour, 100 % of it to 203.0.113.9:443; ", "203.0.113.9", 443, "T1048"},
		"tunnel": {200, func(i float64) flow.Flow { return served(knock(at+i/10, host, "10.0.1.9", 53), 200) },
			"200 connections at 10.0.1.9:53 in a minute; ", "10.0.1.9", 53, "T1071.004"},
	} {
		flows := quiet()
		for i := range c.flows {
			flows = append(flows, c.attack(float64(i)))
		}
		hosts := New(tableOf(flows)).Hosts(nil)
		if hosts[0].Address != host {
			t.Errorf("%s: the first is%s", name, places(hosts[:1]))
			continue
		}
		got := hosts[0].Findings[0]
		if !strings.HasPrefix(got.Words, c.words) || got.Peer != c.peer || got.Port != c.port || got.Technique != c.tech {
			t.Errorf("%s: %q, peer %q, port %d, technique %q", name, got.Words, got.Peer, got.Port, got.Technique)
		}
		if got.Count < c.flows || len(got.Flows) != got.Count || got.Host != host || !(got.Last >= got.First) {
			t.Errorf("%s: %d flows, %d places, from %v to %v", name, got.Count, len(got.Flows), got.First, got.Last)
		}
	}
}

// What is sent to many asks for no answer.
func TestMulticastIsNoAttempt(t *testing.T) {
	flows := quiet()
	for i := range 500 {
		flows = append(flows, knock(1_700_010_000+float64(i)/10, "10.0.0.10", "239.255.255.250", 1900))
	}
	for _, h := range New(tableOf(flows)).Hosts(nil) {
		for _, f := range h.Findings {
			if f.Port == 1900 {
				t.Errorf("%s: %s", h.Address, f.Words)
			}
		}
	}
}

// A flood is found at its target, though each source does little.
func TestFloodIsFoundAtItsTarget(t *testing.T) {
	flows := quiet()
	for i := range 400 {
		flows = append(flows, knock(1_700_010_000+float64(i)/20, fmt.Sprintf("198.51.100.%d", i%200), "10.0.1.3", 80))
	}
	hosts := New(tableOf(flows)).Hosts(nil)
	if h := hosts[0]; h.Address != "10.0.1.3" || h.Findings[0].Kind != Flood || h.Findings[0].Technique != "T1498" || !strings.HasPrefix(h.Findings[0].Words, "200 sources at once at port 80, 40") {
		t.Errorf("the first are%s", places(hosts[:3]))
	}
	if f := hosts[0].Findings[0]; picked(t, f.Where, tableOf(flows)) != f.Count {
		t.Errorf("%s picks others than the %d flows", f.Where, f.Count)
	}
}

func TestNoTimesNoHosts(t *testing.T) {
	f := knock(1, "", "", 80)
	f.TS = flow.Unknown().TS
	traffic := New(tableOf([]flow.Flow{f, f}))
	if traffic.HasTimes() || traffic.HasHosts() || len(traffic.Hosts(nil)) != 0 {
		t.Error("flows without times and sources have hosts")
	}
}

// A host may speak to itself: that is what it did, not what was done to it.
func TestOwnAddress(t *testing.T) {
	flows := quiet()
	for i := range 100 {
		flows = append(flows, knock(1_700_000_000+30*float64(i), "10.0.0.10", "10.0.0.10", 8080))
	}
	first := New(tableOf(flows)).Hosts(nil)[0]
	if first.Address != "10.0.0.10" || first.Findings[0].Count == 0 || !(first.Findings[0].First > 0) {
		t.Errorf("%+v", first)
	}
}

// Where only headers tell how much was sent, an upload is found by them.
func TestUploadOfIPBytes(t *testing.T) {
	flows := quiet()
	for i := range 20 {
		f := knock(1_700_010_000+float64(i), "10.0.0.10", "203.0.113.9", 443)
		f.State, f.PacketsRecv, f.IPBytesSent = "SF", 300, 50e6
		flows = append(flows, f)
	}
	unknown := flow.Unknown().BytesSent
	for i := range flows {
		flows[i].BytesSent, flows[i].BytesRecv = unknown, unknown
	}
	first := New(tableOf(flows)).Hosts(nil)[0]
	if first.Address != "10.0.0.10" || !strings.HasPrefix(first.Findings[0].Words, "1 GB sent") {
		t.Error(places([]Host{first}))
	}
}

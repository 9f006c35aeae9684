package triage

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/day"
)

// finding is one that stands out, with flows at lines first to last of a log.
func finding(kind Kind, host, peer string, port, first, last int) Finding {
	f := Finding{
		Kind: kind, Host: host, Peer: peer, Port: port, Score: 2, Words: string(kind),
		First: float64(first), Last: float64(last), Count: last - first + 1,
	}
	for line := first; line <= last; line++ {
		f.Flows = append(f.Flows, flow.Origin{File: "log", Place: line})
	}
	return f
}

// What one host did is one incident. Lines 5 to 10 and 8 to 12 are eight lines;
// a finding of 2,000 flows that names the first thousand has 1,000 more.
func TestIncidentOfOneHost(t *testing.T) {
	scan := finding(FailedPorts, "a", "x", -1, 5, 10)
	scan.Technique = "T1046"
	upload := finding(RareSent, "a", "y", 443, 8, 12)
	upload.Technique, upload.Score = "T1048", 3
	many := finding(Beacon, "b", "z", 80, 100, 1099)
	many.Count = 2000
	got := Incidents([]Finding{scan, many, upload})
	if len(got) != 2 || got[0].ID != "host a" || got[1].ID != "host b" {
		t.Fatalf("%+v", got)
	}
	a := got[0]
	if a.Count != 8 || len(a.Flows) != 8 || a.First != 5 || a.Last != 12 || a.Score != 3 || a.Target != "" || a.Port != -1 {
		t.Errorf("%+v", a)
	}
	if !slices.Equal(a.Kinds, []Kind{FailedPorts, RareSent}) || !slices.Equal(a.Techniques, []string{"T1046", "T1048"}) || !slices.Equal(a.Hosts, []string{"a"}) {
		t.Errorf("%+v", a)
	}
	if a.Words != "failed-ports; and rare-sent" {
		t.Errorf("words %q", a.Words)
	}
	if b := got[1]; b.Count != 2000 || len(b.Flows) != 1000 {
		t.Errorf("%d flows, %d places: want 2000 and 1000", b.Count, len(b.Flows))
	}
}

// Two hosts that knock at one door are one incident, whether their tries failed
// or not; what one of them does besides is its own.
func TestIncidentOfATarget(t *testing.T) {
	got := Incidents([]Finding{
		finding(FailedTries, "a", "s", 22, 1, 10),
		finding(RareSent, "a", "y", 443, 20, 21),
		finding(Tries, "b", "s", 22, 30, 34),
		finding(Tries, "c", "s", 80, 40, 41),
	})
	var ids []string
	for _, i := range got {
		ids = append(ids, i.ID)
	}
	if want := []string{"attempts at s:22", "host a", "host c"}; !slices.Equal(ids, want) {
		t.Fatalf("incidents %q, want %q", ids, want)
	}
	s := got[0]
	if s.Target != "s" || s.Port != 22 || !slices.Equal(s.Hosts, []string{"a", "b"}) || s.Count != 15 || s.First != 1 || s.Last != 34 {
		t.Errorf("%+v", s)
	}
}

// Ten findings by chance are an incident, more are none. A flood has a target and no hosts; a
// strange flow belongs to its host, whichever comes first, and is none by itself.
func TestWhatIsNoIncident(t *testing.T) {
	weak := finding(Tries, "a", "s", 22, 1, 10)
	weak.Score = -1.01 // 10.2 are expected
	strange := finding(Strange, "b", "s", 80, 1, 1)
	strange.Score = 9
	alone := finding(Strange, "c", "s", 80, 1, 1)
	just := finding(BytesSent, "b", "", -1, 2, 3)
	just.Score = -1
	got := Incidents([]Finding{weak, strange, alone, just, finding(Flood, "s", "", 80, 4, 9)})
	if len(got) != 2 || got[0].ID != "host b" || got[1].ID != "flood at s" {
		t.Fatalf("%+v", got)
	}
	if b := got[0]; !slices.Equal(b.Kinds, []Kind{BytesSent, Strange}) || b.Score != -1 || b.Count != 3 {
		t.Errorf("%+v", b)
	}
	if s := got[1]; s.Target != "s" || s.Port != -1 || len(s.Hosts) != 0 || s.Count != 6 {
		t.Errorf("%+v", s)
	}
	if got := Incidents(nil); len(got) != 0 {
		t.Errorf("of nothing %v", got)
	}
}

// Identifiers stand beside the flows that have them.
func TestIncidentHasUIDs(t *testing.T) {
	one, two := finding(RareSent, "a", "x", 443, 1, 2), finding(RareHeld, "a", "x", 443, 2, 3)
	one.Where, two.Where = "dst_port == 443", "failed"
	two.UIDs = []string{"C2", "C3"}
	got := Incidents([]Finding{one, two})[0]
	if !slices.Equal(got.UIDs, []string{"", "", "C3"}) || len(got.Flows) != 3 || got.Where != "dst_port == 443 || failed" {
		t.Errorf("%+v", got)
	}
}

func TestSince(t *testing.T) {
	scan, beacon := finding(FailedPorts, "a", "x", -1, 1, 9), finding(Beacon, "a", "y", 443, 1, 9)
	other := finding(FailedPeers, "a", "", 445, 1, 9) // of the family of scan
	strange := finding(Strange, "a", "y", 443, 3, 3)
	of := func(host string, f Finding) Finding { f.Host = host; return f }
	flood := finding(Flood, "s", "", 80, 1, 9)
	for name, c := range map[string]struct {
		before, now []Finding
		want        string
	}{
		"first run":                      {nil, []Finding{scan}, "[host a: new]"},
		"the same":                       {[]Finding{scan}, []Finding{scan}, "[host a: going on]"},
		"another kind of the family":     {[]Finding{scan}, []Finding{other}, "[host a: going on]"},
		"another family":                 {[]Finding{scan}, []Finding{scan, beacon}, "[host a: new]"},
		"one family less":                {[]Finding{scan, beacon}, []Finding{scan}, "[host a: going on]"},
		"a strange flow besides":         {[]Finding{scan}, []Finding{scan, strange}, "[host a: going on]"},
		"nothing":                        {[]Finding{scan}, nil, "[host a: gone]"},
		"another host":                   {[]Finding{scan}, []Finding{of("b", beacon)}, "[host b: new host a: gone]"},
		"a second host joins":            {[]Finding{beacon}, []Finding{beacon, of("b", beacon)}, "[rhythm at y:443: new]"},
		"one of two hosts stays":         {[]Finding{beacon, of("b", beacon)}, []Finding{beacon}, "[host a: going on]"},
		"other hosts at the same target": {[]Finding{beacon, of("b", beacon)}, []Finding{of("c", beacon), of("d", beacon)}, "[rhythm at y:443: going on]"},
		"a flood goes on":                {[]Finding{flood}, []Finding{flood}, "[flood at s: going on]"},
		"a flood ends":                   {[]Finding{flood}, nil, "[flood at s: gone]"},
	} {
		var got []string
		for _, i := range Since(Incidents(c.before), Incidents(c.now)) {
			got = append(got, fmt.Sprintf("%s: %s", i.ID, i.State))
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}

// Of a generated day each incident has the flows of its findings: what it counts
// is what a set of them counts.
func TestIncidentsOfADay(t *testing.T) {
	traffic, err := day.Office(day.Day{Seed: 3, Attacks: []string{"port scan", "beacon", "exfiltration"}})
	if err != nil {
		t.Fatal(err)
	}
	for i := range traffic.Flows {
		traffic.Flows[i].Origin = flow.Origin{File: "day", Place: i + 1}
	}
	findings := FindingsOf(New(tableOf(traffic.Flows)).Hosts(nil))
	incidents := Incidents(findings)
	if len(incidents) == 0 {
		t.Fatal("a day with three attacks has no incident")
	}
	for _, i := range incidents {
		if i.Target != "" {
			continue
		}
		flows, named := map[flow.Origin]bool{}, true
		for _, f := range findings {
			if f.Host == i.Hosts[0] && (makesIncident(&f) || f.Kind == Strange && f.StandsOut()) && slices.Contains(i.Kinds, f.Kind) {
				named = named && f.Count == len(f.Flows)
				for _, origin := range f.Flows {
					flows[origin] = true
				}
			}
		}
		if named && i.Count != len(flows) || math.IsNaN(i.First) || !(i.First <= i.Last) {
			t.Errorf("%s: %d flows from %v to %v, want %d", i.ID, i.Count, i.First, i.Last, len(flows))
		}
	}
}

func BenchmarkIncidents(b *testing.B) {
	var findings []Finding
	for i := range 5000 { // half of them at one target
		findings = append(findings, finding(Beacon, fmt.Sprint("h", i), fmt.Sprint("t", max(0, i-2500)), 443, 1, 100), finding(BytesSent, fmt.Sprint("h", i), "", -1, 50, 150))
	}
	b.ReportAllocs()
	for b.Loop() {
		Incidents(findings)
	}
}

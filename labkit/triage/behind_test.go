package triage

import (
	"math"
	"reflect"
	"testing"

	"flowlab/labkit/flow"
)

// A backup of 4 GB an hour hides an upload of 2 GB by the same host, in an hour
// with twelve other flows. With the
// backup allowed the upload is there, and all else is as it was.
func TestBehindAnAllowedFinding(t *testing.T) {
	flows := quiet()
	send := func(at, sent float64, to string, port int) {
		f := knock(at, "10.0.0.10", to, port)
		f.State, f.PacketsRecv, f.BytesSent, f.PacketsSent = "SF", 30, sent, 100
		flows = append(flows, f)
	}
	for i := range 40 { // at ten hours of the day
		send(1_700_000_000+float64(i/4)*3600+float64(i%4), 1e9, "10.0.1.200", 873)
	}
	send(1_700_050_000, 2e9, "203.0.113.9", 443)
	traffic := New(tableOf(flows))
	isBackup := func(f *Finding) bool { return f.Peer == "10.0.1.200" && f.Kind.Family() == "volume" }
	mark := func(hosts []Host) []Host {
		for _, h := range hosts {
			for i := range h.Findings {
				if isBackup(&h.Findings[i]) {
					h.Findings[i].Allowed = "a backup"
				}
			}
		}
		return hosts
	}
	before, after := mark(traffic.Hosts(nil)), mark(traffic.Hosts(nil))
	traffic.Behind(after, isBackup)
	var added []Finding
	for i, h := range after {
		var kept []Finding
		for _, f := range h.Findings {
			if f.Peer == "203.0.113.9" && f.Port == 443 {
				added = append(added, f)
			} else {
				kept = append(kept, f)
			}
		}
		if h.Place != before[i].Place || h.Address != before[i].Address || places([]Host{{Findings: kept}}) != places([]Host{{Findings: before[i].Findings}}) {
			t.Errorf("%s, was%s", places(after[i:i+1]), places(before[i:i+1]))
		}
	}
	if len(added) != 1 || added[0].Host != "10.0.0.10" || added[0].Kind.Family() != "volume" || added[0].Count != 13 || added[0].Words == "" || added[0].Where == "" {
		t.Errorf("behind the backup are %+v, want the upload; the first host is%s", added, places(after[:1]))
	}
}

// Without a finding that is allowed nothing is looked for.
func TestBehindNothing(t *testing.T) {
	traffic := New(tableOf(quiet()))
	hosts, want := traffic.Hosts(nil), traffic.Hosts(nil)
	traffic.Behind(hosts, func(*Finding) bool { panic("asked") })
	if places(hosts) != places(want) {
		t.Error("hosts have changed")
	}
	strange := Finding{Kind: Strange, Host: "10.0.0.10", Allowed: "x"}
	if of := allowedFamilies([]Host{{Address: "10.0.0.10", Findings: []Finding{strange}}}); len(of) != 0 {
		t.Errorf("behind a strange flow %v", of)
	}
}

// A finding stands behind those with its score, and before strange flows.
func TestInsertFinding(t *testing.T) {
	of := func(score float64, kind Kind) Finding {
		return Finding{Score: score, Kind: kind, Flows: []flow.Origin{}, First: math.Pi}
	}
	h := Host{Findings: []Finding{of(3, Beacon), of(1, Tries), of(9, Strange)}}
	h.insert(of(3, BytesSent))
	h.insert(of(0, RareHeld))
	if want := []Finding{of(3, Beacon), of(3, BytesSent), of(1, Tries), of(0, RareHeld), of(9, Strange)}; !reflect.DeepEqual(h.Findings, want) {
		t.Errorf("%+v", h.Findings)
	}
}

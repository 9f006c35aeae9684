package flow

import (
	"fmt"
	"strings"
	"testing"
)

func TestReportOfPackets(t *testing.T) {
	r := Report{Packets: 9, InFlows: 2, Flows: 1, Skipped: []Count{{"LLC", 1}, {"ARP", 5}, {"IGMP", 1}}}
	if got, want := r.String(), "9 packets, 2 of them in 1 flow; 7 skipped: 5 ARP, 1 IGMP, 1 LLC"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	r.InTunnels = []Count{{"cut within the headers", 2}}
	if got, want := r.String(), "9 packets, 2 of them in 1 flow; 7 skipped: 5 ARP, 1 IGMP, 1 LLC; in tunnels skipped: 2 cut within the headers"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	r = Report{Packets: 2, InFlows: 2, Flows: 1}
	if got, want := r.String(), "2 packets, 2 of them in 1 flow"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// However many reasons there are, a report stays short and counts all records.
func TestReportOfManyPackets(t *testing.T) {
	r := Report{Packets: 70_000}
	for i := range 65_536 {
		r.Skip(fmt.Sprintf("of link type %d, of which nobody knows what it is", i), 1)
	}
	n := 0
	for _, c := range r.Skipped {
		n += c.N
	}
	if text := r.String(); n != 65_536 || len(text) > 2000 || !strings.Contains(text, "other kinds") {
		t.Errorf("%d records in %d bytes: %s", n, len(text), text)
	}
}

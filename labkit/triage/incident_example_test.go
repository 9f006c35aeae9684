package triage_test

import (
	"fmt"

	"flowlab/labkit/triage"
)

// Two hosts that call the same server as by a clock are one incident; on the next
// day one of them scans as well, which is new.
func ExampleSince() {
	beacon := func(host string) triage.Finding {
		return triage.Finding{Kind: triage.Beacon, Host: host, Peer: "203.0.113.9", Port: 443, Score: 2}
	}
	scan := triage.Finding{Kind: triage.FailedPorts, Host: "10.0.0.5", Peer: "10.0.0.9", Port: -1, Score: 3}
	monday := triage.Incidents([]triage.Finding{beacon("10.0.0.5"), beacon("10.0.0.6")})
	tuesday := triage.Incidents([]triage.Finding{scan, beacon("10.0.0.5"), beacon("10.0.0.6")})
	wednesday := triage.Incidents([]triage.Finding{scan})
	for _, day := range [][]triage.Incident{triage.Since(nil, monday), triage.Since(monday, tuesday), triage.Since(tuesday, wednesday)} {
		for _, i := range day {
			fmt.Printf("%s: %s\n", i.ID, i.State)
		}
		fmt.Println("--")
	}
	// Output:
	// rhythm at 203.0.113.9:443: new
	// --
	// host 10.0.0.5: new
	// rhythm at 203.0.113.9:443: going on
	// --
	// host 10.0.0.5: going on
	// rhythm at 203.0.113.9:443: gone
	// --
}

package allow_test

import (
	"fmt"

	"flowlab/labkit/allow"
	"flowlab/labkit/triage"
)

// A backup is allowed, an upload of the same host is not.
func Example() {
	list, err := allow.Parse("allow.txt", `
# The list of the office.
host 10.0.0.5 peer 10.0.1.200 kind volume  # backup server, asked by NN
`)
	if err != nil {
		fmt.Println(err)
		return
	}
	findings := []triage.Finding{
		{Kind: triage.BytesSent, Host: "10.0.0.5", Peer: "10.0.1.200", Port: 873, Words: "40 GB sent"},
		{Kind: triage.RareSent, Host: "10.0.0.5", Peer: "203.0.113.9", Port: 443, Words: "2 GB sent"},
	}
	view := list.View()
	for _, f := range findings {
		view.Mark(&f)
		fmt.Printf("%s: %q\n", f.Words, f.Allowed)
	}
	// Output:
	// 40 GB sent: "allow.txt:3: backup server, asked by NN"
	// 2 GB sent: ""
}

func ExampleParse_fault() {
	_, err := allow.Parse("allow.txt", "host 10.0.0.5 kind becaon  # clocks")
	fmt.Println(err)
	_, err = allow.Parse("allow.txt", "hst 10.0.0.5  # clocks\nport 123")
	fmt.Println(err)
	// Output:
	// labkit: allow.Parse: allow.txt:1:20: "becaon" is no kind of finding: want attempts, volume, rhythm, rare-received, rare-held, flood, unusual-window, strange-flow, failed-flows, failed-ports, failed-peers, failed-tries, tries, bytes-sent, beacon, rare-beacon, rare-sent; did you mean beacon?
	// labkit: allow.Parse: allow.txt:1:1: "hst" is no word of a rule: want host, peer, port, kind, until, or # and the reason; did you mean host?
	// allow.txt:2:9: no reason: want one behind #, as # backup server, asked by NN
}

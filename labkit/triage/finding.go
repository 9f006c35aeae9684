package triage

import (
	"time"

	"flowlab/labkit/flow"
)

// A Finding is something that a host did and others did not.
type Finding struct {
	Kind Kind
	Host string // who did it; of a Flood, to whom it was done
	Peer string // the other end, "" if there is more than one
	Port int    // of the destination, -1 if there is more than one or it is not known

	Protocol string // of all its flows, upper case; "" if there is more than one or it is not known

	First, Last float64 // of its flows, in seconds since 1970; NaN if not known
	Count       int     // of its flows

	// Score is higher the more striking the finding is. Of a strange flow it is
	// the detector's; of all others −log10 of how many such findings are expected
	// by chance, so that 0 is one and 3 a thousandth.
	Score     float64
	Threshold float64       // the finding stands out if its score is above
	Window    time.Duration // in which it was counted; 0 if over all of the input
	Words     string        // what was done, with numbers
	Technique string        // of MITRE ATT&CK, "" if the finding is not one

	// Allowed says why nobody needs to see it, "" if somebody does. It is set where
	// findings are shown: see package allow.
	Allowed string

	// Flows says where the first thousand of its flows were read, and UIDs, of the
	// same flows, which identifiers Zeek gave them: nil if none is known.
	Flows []flow.Origin
	UIDs  []string

	// Names are what other logs say of its flows, the most frequent first: nil if
	// that was not looked up.
	Names []Name

	// Where is the condition that all of its flows fulfil, and no others of the
	// traffic: see package [flowlab/labkit/flow/where].
	Where string
}

// A Name is what a log says of flows: with whom they are, or by which program.
type Name struct {
	Field string // as Zeek calls it: query, host, server_name, ja3 or ja4
	Value string
	Flows int // of which it is said
}

// StandsOut tells whether the score is above the threshold.
func (f *Finding) StandsOut() bool { return f.Score > f.Threshold }

// A Kind says what was counted.
type Kind string

// All kinds of findings.
const (
	FailedFlows  Kind = "failed-flows"   // attempts in vain
	FailedPorts  Kind = "failed-ports"   // different ports that were tried in vain
	FailedPeers  Kind = "failed-peers"   // different hosts that were tried in vain
	FailedTries  Kind = "failed-tries"   // attempts in vain at one port of one host
	Tries        Kind = "tries"          // attempts at one port of one host
	BytesSent    Kind = "bytes-sent"     // payload
	Beacon       Kind = "beacon"         // connections to one port of one host, as by a clock
	RareBeacon   Kind = "rare-beacon"    // the same, to a host that no other uses
	RareSent     Kind = "rare-sent"      // bytes sent to a host that no other uses
	RareReceived Kind = "rare-received"  // bytes received from one
	RareHeld     Kind = "rare-held"      // time that connections to one lasted
	Flood        Kind = "flood"          // many hosts at one, all at once
	Unusual      Kind = "unusual-window" // what a model of windows says of one in which no count does
	Strange      Kind = "strange-flow"   // what the detector of flows says
)

// listKinds is how many kinds have a list in which hosts are compared: all but what
// models say.
func listKinds() int { return len(Kinds()) - 2 }

// Kinds returns all kinds of findings.
func Kinds() []Kind {
	return []Kind{
		FailedFlows, FailedPorts, FailedPeers, FailedTries, Tries, BytesSent,
		Beacon, RareBeacon, RareSent, RareReceived, RareHeld, Flood, Unusual, Strange,
	}
}

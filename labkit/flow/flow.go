package flow

import (
	"math"
	"strconv"
)

// A Flow is one conversation between two hosts, as seen from the one that began
// it. A number that is not known is NaN, a port or label that is not known is
// -1, and a word that is not known is empty: [Unknown] has nothing else. A zero
// is a value: no bytes, no packets.
type Flow struct {
	TS       float64 // when it began, in seconds since 1970
	Duration float64 // seconds

	SrcIP, DstIP     string // SrcIP began it
	SrcPort, DstPort int    // type and code of ICMP

	Protocol string // upper case
	State    string // how it ended: Zeek's conn_state

	BytesSent, BytesRecv     float64 // payload
	PacketsSent, PacketsRecv float64
	IPBytesSent, IPBytesRecv float64 // bytes with headers

	Label int // 0 normal, 1 anomaly

	// What leads back to the flow's log. A reader fills in UID, Service and
	// History on request only.
	UID     string // Zeek's unique identifier
	Service string // the application protocol, as Zeek names it
	History string // Zeek's letters for what happened in the connection

	Origin Origin
}

// An Origin says where a flow was read.
type Origin struct {
	File string // "" if it was read nowhere, as a generated flow
	// Place is the number of the line, or of the packet or datagram in a binary
	// file, from 1; 0 if it is not known.
	Place int
}

// String returns file:place, as an editor takes it.
func (o Origin) String() string {
	if o.Place == 0 {
		return o.File
	}
	return o.File + ":" + strconv.Itoa(o.Place)
}

// Unknown returns a flow of which nothing is known.
func Unknown() Flow { return unknown }

var unknown = Flow{
	TS: math.NaN(), Duration: math.NaN(), SrcPort: -1, DstPort: -1, Label: -1,
	BytesSent: math.NaN(), BytesRecv: math.NaN(), PacketsSent: math.NaN(), PacketsRecv: math.NaN(),
	IPBytesSent: math.NaN(), IPBytesRecv: math.NaN(),
}

// End returns when the flow ended, in seconds since 1970: when it began, if its
// duration is not known.
func (f *Flow) End() float64 {
	if math.IsNaN(f.Duration) {
		return f.TS
	}
	return f.TS + f.Duration
}

// OrZero returns an amount, 0 if it is not known: what a sum of amounts counts.
func OrZero(amount float64) float64 {
	if math.IsNaN(amount) {
		return 0
	}
	return amount
}

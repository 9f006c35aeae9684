package window

import "flowlab/labkit/flow"

// A Row is what one host did in one window.
type Row struct {
	Start float64 // of the window, in seconds since 1970
	Key   string  // the host: the source of the flows, or their destination

	Flows  int
	Failed int // see [flow.Flow.Failed]
	Broken int // see [flow.Flow.Broken]

	// Payload and packets: an amount that is not known counts as 0.
	BytesSent, BytesRecv     float64
	PacketsSent, PacketsRecv float64

	Ports int // different destination ports
	Peers int // different destinations or, if the key is one, different sources

	FailedPorts, FailedPeers int // the same among failed flows

	// The most flows, and the most failed ones, at one door: a port of a
	// destination.
	MostTries, MostFailedTries int

	// The share, in [0, 1], of the ports and of the peers that at most [Few] other
	// hosts use in the same window; NaN if there is none.
	RarePorts, RarePeers float64

	// Of the gaps between the event times: see [Regularity].
	MedianGap, Regularity float64
}

// A Column is a number of a [Row], under the name that it has in files and
// frames.
type Column struct {
	Name      string
	Whole     bool // a count: no fractions, and never NaN
	Value     func(*Row) float64
	Aggregate Aggregate
}

// Columns returns the columns of rows, but for the window's start and its key.
func Columns(by Key) []Column {
	peer := SrcIP
	if by == SrcIP {
		peer = DstIP
	}
	count := func(name string, value func(*Row) int, of Aggregate) Column {
		return Column{name, true, func(r *Row) float64 { return float64(value(r)) }, of}
	}
	amount := func(name string, value func(*Row) float64, of Aggregate) Column {
		return Column{name, false, value, of}
	}
	port, other := flow.DstPort, peer.field()
	ports, peers := port.String()+"s", other.String()+"s"
	return []Column{
		count("flows", func(r *Row) int { return r.Flows }, Aggregate{Function: Count}),
		amount("bytes_sent", func(r *Row) float64 { return r.BytesSent }, Aggregate{Function: Sum, Of: flow.BytesSent}),
		amount("bytes_recv", func(r *Row) float64 { return r.BytesRecv }, Aggregate{Function: Sum, Of: flow.BytesRecv}),
		amount("packets_sent", func(r *Row) float64 { return r.PacketsSent }, Aggregate{Function: Sum, Of: flow.PacketsSent}),
		amount("packets_recv", func(r *Row) float64 { return r.PacketsRecv }, Aggregate{Function: Sum, Of: flow.PacketsRecv}),
		count("distinct_"+ports, func(r *Row) int { return r.Ports }, Aggregate{Function: Distinct, Of: port}),
		count("distinct_"+peers, func(r *Row) int { return r.Peers }, Aggregate{Function: Distinct, Of: other}),
		count("failed", func(r *Row) int { return r.Failed }, Aggregate{Function: Count, Only: OnlyFailed}),
		count("broken", func(r *Row) int { return r.Broken }, Aggregate{Function: Count, Only: OnlyBroken}),
		count("failed_"+ports, func(r *Row) int { return r.FailedPorts }, Aggregate{Function: Distinct, Of: port, Only: OnlyFailed}),
		count("failed_"+peers, func(r *Row) int { return r.FailedPeers }, Aggregate{Function: Distinct, Of: other, Only: OnlyFailed}),
		count("most_tries", func(r *Row) int { return r.MostTries }, Aggregate{Function: MostAtOneDoor}),
		count("most_failed_tries", func(r *Row) int { return r.MostFailedTries }, Aggregate{Function: MostAtOneDoor, Only: OnlyFailed}),
		amount("rare_"+ports, func(r *Row) float64 { return r.RarePorts }, Aggregate{Function: RareShare, Of: port}),
		amount("rare_"+peers, func(r *Row) float64 { return r.RarePeers }, Aggregate{Function: RareShare, Of: other}),
		amount("median_gap", func(r *Row) float64 { return r.MedianGap }, Aggregate{Function: MedianOfGaps}),
		amount("regularity", func(r *Row) float64 { return r.Regularity }, Aggregate{Function: RegularityOfGaps}),
	}
}

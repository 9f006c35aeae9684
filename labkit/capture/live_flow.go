package capture

import "bytes"

// A flowKey names the two ends and the protocol, the same for both directions.
type flowKey struct {
	low, high         address
	lowPort, highPort uint16
	protocol          byte
	oneWay            bool // the directions are told apart: low is the sender
}

// An endpoint pair as a packet has it.
type endpoints struct {
	src, dst         address
	srcPort, dstPort uint16
}

func (e endpoints) swapped() endpoints {
	return endpoints{e.dst, e.src, e.dstPort, e.srcPort}
}

func (e endpoints) key(protocol byte, oneWay bool) flowKey {
	order := bytes.Compare(e.src[:], e.dst[:])
	if !oneWay && (order > 0 || order == 0 && e.srcPort > e.dstPort) {
		e = e.swapped()
	}
	return flowKey{e.src, e.dst, e.srcPort, e.dstPort, protocol, oneWay}
}

// A direction is an index: what the originator sent, or the responder.
type direction int

const (
	sent direction = iota
	received
)

// A liveFlow is a flow that is not over. Its endpoints are those of a packet
// from the originator. A capture may hold millions at a time, so the small fields
// stand together.
type liveFlow struct {
	endpoints
	protocol    byte
	oneWay      bool // see flowKey
	heard       [2]bool
	notTunnel   bool // although a port or pattern said so
	noTime      bool // its first packet had none
	done        bool
	number      int   // in the order of first packets
	packet      int   // the number of the first
	ts          int64 // the timestamp of the earliest packet
	first, last int64 // by the clock
	packets     [2]int
	ipBytes     [2]int
	bytes       [2]int      // of UDP and ICMP payload
	tcp         *connection // nil if it is none
	timeout     int64       // of inactivity
	inactiveAt  int64       // when that timer is due
}

func (f *liveFlow) key() flowKey { return f.endpoints.key(f.protocol, f.oneWay) }

func (f *liveFlow) direction(e endpoints) direction {
	if e.src == f.src && e.srcPort == f.srcPort {
		return sent
	}
	return received
}

// begins tells whether a packet is earlier than all that were stored before it,
// and lets the flow begin with it.
func (f *liveFlow) begins(t, ts int64) bool {
	if t >= f.first {
		return false
	}
	f.first, f.ts = t, ts
	return true
}

// count adds a packet.
func (f *liveFlow) count(way direction, ipBytes int) {
	f.packets[way]++
	f.ipBytes[way] += ipBytes
}

// flip makes the responder the originator.
func (f *liveFlow) flip() {
	f.endpoints = f.endpoints.swapped()
	f.packets[sent], f.packets[received] = f.packets[received], f.packets[sent]
	f.ipBytes[sent], f.ipBytes[received] = f.ipBytes[received], f.ipBytes[sent]
	if f.tcp != nil {
		f.tcp.flip()
	}
}

// state returns conn_state.
func (f *liveFlow) state() string {
	switch {
	case f.tcp != nil:
		return f.tcp.connState()
	case f.protocol != protocolUDP:
		return "OTH"
	case f.heard[sent] && f.heard[received]:
		return "SF"
	case f.heard[sent]:
		return "S0"
	case f.heard[received]:
		return "SHR"
	}
	return "OTH"
}

// payload returns how many bytes of it went each way.
func (f *liveFlow) payload(way direction) float64 {
	if f.tcp != nil {
		return float64(f.tcp.end(way).size())
	}
	return float64(f.bytes[way])
}

package capture

import "math"

// A tcpState is what an endpoint was last seen to have done.
type tcpState byte

const (
	tcpInactive    tcpState = iota // nothing
	tcpSynSent                     // a SYN
	tcpSynAckSent                  // a SYN with an ACK, as the first packet
	tcpPartial                     // data, but no SYN
	tcpEstablished                 // a SYN with an ACK; or a SYN, and the other side answered
	tcpClosed                      // a FIN
	tcpReset                       // a RST
)

func (s tcpState) handshake() bool { return s <= tcpSynAckSent }

// A tcpEndpoint is one side of a connection, and the stream that it sends.
//
// Sequence numbers are counted as Zeek does: the first, which the SYN takes, is
// start; without a SYN it is made up, one before the first data.
type tcpEndpoint struct {
	peer            *tcpEndpoint
	state, previous tcpState
	synchronized    bool   // its SYN was seen
	finished        bool   // it sent a FIN
	over            bool   // it has closed, and all that it sent was delivered
	skipping        bool   // too much of its stream is missing to wait for it
	ended           bool   // the end of its stream was delivered
	start           uint32 // the first sequence number
	last            uint32 // one past the last that was sent
	acked           uint32 // up to which the other side has acknowledged
	wraps           uint32 // how often last went past 2^32
	ackedWraps      uint32
	finSeq          uint64 // one past the FIN, from start
	stream          tcpStream
}

func (e *tcpEndpoint) begin(seq uint32, last uint32) {
	e.start, e.acked, e.last = seq, seq, last
}

// synchronize sets where the sequence numbers of the endpoint start, by a
// segment that it sent.
func (e *tcpEndpoint) synchronize(s segment, end uint32) {
	syn := s.flags.has(flagSYN)
	e.synchronized = e.synchronized || syn
	switch e.state {
	case tcpInactive:
		if syn {
			e.begin(s.seq, end)
		} else {
			e.begin(s.seq-1, s.seq)
		}
	case tcpSynSent, tcpSynAckSent:
		if syn && s.seq != e.start {
			e.begin(s.seq, end)
		}
	case tcpEstablished, tcpPartial:
		if syn {
			e.begin(s.seq, end)
		}
	case tcpReset:
		if syn && e.previous == tcpInactive { // the RST may not have been its own
			e.begin(s.seq, end)
		}
	}
}

// acknowledge takes in the ACK of a segment that the peer sent, and returns where
// in the stream of the endpoint it is.
func (e *tcpEndpoint) acknowledge(s segment) uint64 {
	if !s.flags.has(flagACK) {
		return 0
	}
	if e.state == tcpInactive {
		e.begin(s.ack-1, s.ack-1)
		return 1
	}
	ack, ok := e.relative(s.ack, e.acked, e.ackedWraps)
	if !ok {
		return 0
	}
	if !s.flags.has(flagRST) {
		e.updateAcked(s.ack)
	}
	return ack
}

// sequence returns a sequence number that does not wrap.
func sequence(seq, wraps uint32) uint64 { return uint64(wraps)<<32 | uint64(seq) }

func (e *tcpEndpoint) sentTo() uint64  { return sequence(e.last, e.wraps) }
func (e *tcpEndpoint) ackedTo() uint64 { return sequence(e.acked, e.ackedWraps) }

func (e *tcpEndpoint) advance(seq uint32) {
	if seq < e.last {
		e.wraps++
	}
	e.last = seq
}

func (e *tcpEndpoint) nothingAcked() bool {
	n := e.ackedTo() - uint64(e.start)
	return n <= 1
}

// relative returns where a sequence number is from start, told by how it lies
// to one that was seen before; false if it lies before start.
func (e *tcpEndpoint) relative(seq, seen, wraps uint32) (uint64, bool) {
	switch delta := int32(seq - seen); {
	case delta < 0 && wraps > 0 && seq > seen:
		wraps--
	case delta > 0 && seq < seen:
		wraps++
	}
	if wraps == 0 {
		delta := int32(seq - e.start)
		return uint64(int64(delta)), delta >= 0
	}
	return sequence(seq, wraps) - uint64(e.start), true
}

// tooFar is how far a SYN or RST may be off for its number to be believed.
const tooFar = 1 << 20

// update takes in that the endpoint sent up to a sequence number.
func (e *tcpEndpoint) update(end uint32, flags tcpFlags) {
	delta := int32(end - e.last)
	switch {
	case flags.has(flagSYN|flagRST) && (delta > tooFar || delta < -tooFar):
	case flags.has(flagFIN) && e.last == e.start+1:
		e.advance(end) // even back: of more than 2 GB only the SYN and the FIN were seen
	case e.state == tcpReset:
	case delta > 0:
		e.advance(end)
	}
}

// updateAcked takes in that the other side acknowledged up to a sequence
// number.
func (e *tcpEndpoint) updateAcked(ack uint32) {
	delta := int32(ack - e.acked)
	if delta > 0 && (ack != 0 || delta <= tooFar) { // a far 0 is rather a broken number
		if ack < e.acked {
			e.ackedWraps++
		}
		e.acked = ack
	}
}

// size returns the bytes of payload, from the sequence numbers: without the
// SYN and the FIN.
func (e *tcpEndpoint) size() uint64 {
	if e.previous == tcpSynSent && e.state == tcpReset && e.peer.state == tcpInactive && !e.nothingAcked() {
		return 0 // the numbers belong to an earlier connection
	}
	size := max(e.sentTo(), e.ackedTo()) - uint64(e.start)
	if size > 0 {
		size--
	}
	if e.finished && size > 0 {
		size--
	}
	if size > math.MaxInt64 {
		return 0 // the numbers run backwards
	}
	return size
}

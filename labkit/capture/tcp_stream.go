package capture

// The limits within which Zeek waits for missing data
// (scripts/base/init-bare.zeek).
const (
	maxInitialWindow = 16384    // unacknowledged, as of one who sees no answers
	maxAboveHole     = 16384    // the same, above a hole
	maxUnacked       = 10 << 20 // in all
	maxHoles         = 4096     // ours: memory stays bounded
)

// A tcpStream tells which of an endpoint's data have been delivered, as a
// reassembler would, from the positions alone. It decides when a connection
// that was closed is over: not before its data have come through.
type tcpStream struct {
	delivered uint64 // up to which all is there; from 1
	trimmed   uint64 // up to which it was acknowledged
	held      spans  // not acknowledged yet
}

func newTCPStream() tcpStream { return tcpStream{delivered: 1, trimmed: 1} }

// addData takes in data at a position. Of a partial connection no SYN was seen.
func (e *tcpEndpoint) addData(at, end uint64, partial bool) {
	s := &e.stream
	if e.skipping || end <= s.trimmed {
		return
	}
	s.held.add(max(at, s.trimmed), end)
	e.deliver(partial)
	last := s.trimmed
	if n := len(s.held); n > 0 {
		last = s.held[n-1].end
	}
	if e.nothingAcked() && last > s.delivered+maxAboveHole || len(s.held) > maxHoles || s.held.size() > maxUnacked {
		s.held = nil
		e.skipping = true
	}
}

// deliver goes on as far as there is no hole.
func (e *tcpEndpoint) deliver(partial bool) {
	s := &e.stream
	end := s.held.from(s.delivered)
	if end == s.delivered {
		return
	}
	s.delivered = end
	if e.nothingAcked() && e.size() > maxInitialWindow {
		e.trim(s.delivered, partial)
	}
}

// deliverAcknowledged takes in that the peer has all up to a position. It
// returns whether that is news.
func (e *tcpEndpoint) deliverAcknowledged(to uint64, partial bool) bool {
	if e.finished && to >= e.finSeq {
		to = e.finSeq - 1
	}
	if to <= e.stream.trimmed {
		return false
	}
	e.trim(to, partial)
	return true
}

// trim forgets what lies before a position, delivered or not.
func (e *tcpEndpoint) trim(to uint64, partial bool) {
	s := &e.stream
	if to > s.delivered && !(to <= 2 && partial) { // of a partial connection the start is made up
		s.delivered = max(to, s.held.from(to))
	}
	s.held.trim(to)
	s.trimmed = max(s.trimmed, to)
	e.deliver(partial)
}

// pending tells whether data of a closed endpoint have not come through.
func (e *tcpEndpoint) pending() bool {
	s := &e.stream
	if e.skipping {
		return false
	}
	delivered, last := uint64(e.start)+s.delivered, e.sentTo()
	if last < delivered {
		return false
	}
	if delivered != last && delivered != last-1 { // a FIN takes a number, a RST none
		return true
	}
	return e.state != tcpReset && len(e.peer.stream.held) > 0
}

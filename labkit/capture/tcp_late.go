package capture

// What a connection sent first may be stored behind what it sent later, as in
// captures that were put together in the wrong order. Zeek would take such a SYN
// for that of a new connection. Here it begins the one that its numbers lead to.

// mostLate is how far below the first sequence number that was seen an earlier
// one may lie.
const mostLate = 1 << 30

// isLate tells whether a segment that is stored behind later ones was sent before
// all of its sender that were seen, by its sequence number.
func (c *connection) isLate(way direction, s segment) bool {
	e := c.end(way)
	if e.state == tcpInactive || e.synchronized || s.flags.has(flagRST) {
		return false
	}
	before := e.start - s.seq // start is one before the first that was seen
	if s.flags.has(flagSYN) {
		return before < mostLate
	}
	return 0 < before+1 && before+1 < mostLate
}

// takeLate lets the stream of the sender begin with a late segment.
func (c *connection) takeLate(way direction, s segment) {
	e := c.end(way)
	if !s.flags.has(flagSYN) {
		e.lowerStart(s.seq - 1)
		return
	}
	e.lowerStart(s.seq)
	e.synchronized = true
	c.seen[way] = true
	c.partial = false
	if e.state == tcpPartial {
		c.setState(e, tcpEstablished)
	}
	if isOriginator := !s.flags.has(flagACK); isOriginator != (way == sent) {
		c.flow.flip()
	}
}

// lowerStart moves the first sequence number down. All that lay before the old
// one counts as delivered.
func (e *tcpEndpoint) lowerStart(start uint32) {
	if start > e.start { // below 0
		e.wraps++
		e.ackedWraps++
	}
	more := uint64(e.start - start)
	e.start = start
	e.finSeq += more
	e.stream.delivered += more
	e.stream.trimmed += more
	for i := range e.stream.held {
		e.stream.held[i].start += more
		e.stream.held[i].end += more
	}
}

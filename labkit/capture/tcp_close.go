package capture

// checkDelivered notes when all that a closed endpoint sent has come through.
func (c *connection) checkDelivered(e *tcpEndpoint) {
	if e.ended || !e.finished && e.state != tcpClosed && e.state != tcpReset || e.pending() {
		return
	}
	e.ended = true
	if c.deferred {
		c.endpointEnds(e, c.settles)
		c.deferred = false
	}
}

// endpointEnds takes in that an endpoint has closed, or defers that until its
// data have come through. The connection is over when both have closed, or one
// with a RST, or one when the other was never seen.
func (c *connection) endpointEnds(e *tcpEndpoint, settles bool) {
	if e.pending() {
		c.deferred = true
		c.settles = c.settles || settles
		return
	}
	c.deferred = false
	if e.over {
		return
	}
	e.over = true
	if e.state != tcpReset && !e.peer.over && e.peer.state != tcpInactive {
		if e.previous != tcpInactive {
			c.schedule(look, c.flow.last+int64(tcpSession))
		}
		return
	}
	if e.previous != tcpInactive || e.peer.state != tcpInactive {
		c.settled = c.settled || settles || c.settles
		c.settles = false
	}
	c.round++ // which voids all timers so far
	c.schedule(closed, c.flow.last+int64(tcpCloseDelay))
}

func (c *connection) schedule(kind timerKind, at int64) {
	c.live.timers.push(timer{at, c.flow, c.round, kind})
}

func (l *liveFlows) fireTCP(f *liveFlow, due timer) {
	c := f.tcp
	if due.round != c.round {
		return
	}
	if due.kind == closed {
		l.end(f)
		return
	}
	if c.settled {
		return
	}
	switch due.kind {
	case attempt:
		if orig := c.end(sent).state; (orig == tcpSynSent || orig == tcpSynAckSent) && c.end(received).state == tcpInactive {
			l.end(f)
		}
	case reset:
		l.end(f)
	case look:
		if f.last+int64(tcpLinger) < l.now && c.lingering() {
			l.end(f)
			return
		}
		c.schedule(look, l.now+int64(tcpSession))
	}
}

// lingering tells whether nothing more is to come, although no close was seen
// to the end.
func (c *connection) lingering() bool {
	a, b := c.end(sent), c.end(received)
	if a.over || b.over {
		if a.over && b.over || a.state == tcpReset || b.state == tcpReset || a.state == tcpInactive || b.state == tcpInactive {
			return true
		}
	}
	return a.state == tcpInactive && b.state == tcpInactive
}

// connState returns how the connection went, as conn.log has it.
func (c *connection) connState() string {
	a, b := c.end(sent), c.end(received)
	aUnseen := a.state == tcpInactive || a.state == tcpPartial
	bUnseen := b.state == tcpInactive || b.state == tcpPartial
	switch {
	case b.state == tcpReset:
		switch {
		case a.state == tcpSynSent, a.state == tcpSynAckSent, a.state == tcpReset && a.size() == 0 && b.size() == 0:
			return "REJ"
		case aUnseen:
			return "RSTRH"
		}
		return "RSTR"
	case a.state == tcpReset:
		switch {
		case !bUnseen:
			return "RSTO"
		case c.history == abandoned:
			return "RSTOS0"
		}
		return "OTH"
	case a.state == tcpClosed && b.state == tcpClosed:
		return "SF"
	case a.state == tcpClosed && bUnseen:
		return "SH"
	case a.state == tcpClosed:
		return "S2"
	case b.state == tcpClosed && aUnseen:
		return "SHR"
	case b.state == tcpClosed:
		return "S3"
	case a.state == tcpSynSent && b.state == tcpInactive:
		return "S0"
	case a.state == tcpEstablished && b.state == tcpEstablished:
		return "S1"
	}
	return "OTH"
}

// An attemptHistory tells whether the originator sent a SYN and later a RST,
// with nothing but data between: the state RSTOS0, which Zeek finds by
// matching the connection's history to ^?S[^HAFGIQ]*R.
type attemptHistory byte

const (
	untried attemptHistory = iota
	tried
	abandoned
	otherwise
)

func (h *attemptHistory) note(way direction, s segment) {
	letter := s.letter()
	switch {
	case letter == 0, *h == tried && way == received:
	case *h == untried && way == sent && letter == 'S':
		*h = tried
	case *h == untried:
		*h = otherwise
	case *h == tried && letter == 'R':
		*h = abandoned
	case *h == tried && letter != 'S' && letter != 'D':
		*h = otherwise
	}
}

// letter returns what stands for the segment in Zeek's history; 0 if nothing
// does.
func (s segment) letter() byte {
	switch s.flags & (flagSYN | flagFIN | flagRST) {
	case flagSYN:
		if s.flags.has(flagACK) {
			return 'H'
		}
		return 'S'
	case flagFIN:
		return 'F'
	case flagRST:
		return 'R'
	case 0:
		switch {
		case s.payload > 0:
			return 'D'
		case s.flags.has(flagACK):
			return 'A'
		}
		return 0
	}
	return 'Q' // several: Zeek has I for FIN with RST
}

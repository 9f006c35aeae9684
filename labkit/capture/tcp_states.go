package capture

import "slices"

// advance moves the state of the sender on. It returns whether the sender has
// closed, and whether that settles how the connection ended.
func (c *connection) advance(way direction, e *tcpEndpoint, s segment) (closes, settles bool) {
	switch e.state {
	case tcpInactive:
		return c.fromInactive(way, e, s)
	case tcpSynSent, tcpSynAckSent:
		return c.fromSynSent(e, s)
	case tcpEstablished, tcpPartial:
		return c.fromEstablished(e, s)
	case tcpClosed:
		return c.fromClosed(e, s), false
	}
	return false, false
}

func (c *connection) fromInactive(way direction, e *tcpEndpoint, s segment) (closes, settles bool) {
	if s.flags.has(flagSYN) {
		c.open(way, e, s)
	}
	if s.flags.has(flagFIN) {
		c.setState(e, tcpClosed)
		closes, settles = true, true
	}
	if s.flags.has(flagRST) {
		rejected := way == sent && e.peer.state == tcpEstablished ||
			way == received && (e.peer.state == tcpSynSent || e.peer.state == tcpSynAckSent)
		c.setState(e, tcpReset)
		closes, settles = true, !rejected
	}
	if e.state != tcpInactive {
		return closes, settles
	}
	switch {
	case way == received && s.payload == 0 && c.end(sent).state == tcpSynSent:
		// Some acknowledge a SYN before they send their own.
	case s.flags.has(flagACK) && e.peer.state == tcpEstablished:
		c.setState(e, tcpEstablished) // the capture lacks the SYN alone
		c.partial = false
		c.seen[way] = true
	default:
		c.setState(e, tcpPartial)
	}
	return closes, settles
}

// open takes in the first SYN of a side.
func (c *connection) open(way direction, e *tcpEndpoint, s segment) {
	if way == sent {
		state := tcpSynSent
		if s.flags.has(flagACK) {
			state = tcpSynAckSent
		}
		c.setState(e, state)
		c.schedule(attempt, s.time+int64(tcpAttemptDelay))
		return
	}
	if !s.flags.has(flagACK) && e.peer.state == tcpSynAckSent && s.seq == e.start {
		// The SYN and the answer to it were captured in the wrong order.
		c.partial = false
		c.flow.flip()
		c.setState(e.peer, tcpEstablished)
		c.seen[sent] = true
	}
	if e.peer.state == tcpSynSent {
		c.setState(e.peer, tcpEstablished)
	}
	c.setState(e, tcpEstablished)
	if e.peer.state != tcpPartial {
		c.established()
	}
}

// established gives those services more time at which people think.
func (c *connection) established() {
	service := c.flow.dstPort
	if c.end(sent).state == tcpInactive && !tcpServerPorts.has(service) && tcpServerPorts.has(c.flow.srcPort) {
		service = c.flow.srcPort
	}
	if slices.Contains(interactivePorts, service) {
		c.live.setTimeout(c.flow, interactiveTimeout)
	}
}

func (c *connection) fromSynSent(e *tcpEndpoint, s segment) (closes, settles bool) {
	if s.flags.has(flagFIN) {
		c.setState(e, tcpClosed)
		closes, settles = true, true
	}
	if s.flags.has(flagRST) {
		c.setState(e, tcpReset)
		c.settled = true
		closes = true
	}
	return closes, settles
}

func (c *connection) fromEstablished(e *tcpEndpoint, s segment) (closes, settles bool) {
	if s.flags.has(flagSYN) && !s.flags.has(flagACK) && e.state == tcpPartial && e.peer.state == tcpInactive {
		c.setState(e, tcpSynSent)
	}
	if s.flags.has(flagFIN) && !s.flags.has(flagRST) {
		c.setState(e, tcpClosed)
		if e.peer.state == tcpReset && e.peer.previous == tcpClosed {
			c.setState(e.peer, tcpClosed) // its RST came after its FIN: an orderly end
		}
		closes, settles = true, true
	}
	if s.flags.has(flagRST) {
		c.setState(e, tcpReset)
		closes = true
		if e.peer.state != tcpReset || e.peer.previous != tcpEstablished {
			c.settled = true
		}
	}
	return closes, settles
}

func (c *connection) fromClosed(e *tcpEndpoint, s segment) (closes bool) {
	if !s.flags.has(flagRST) || e.peer.state == tcpClosed {
		return false
	}
	c.setState(e, tcpReset)
	c.schedule(reset, s.time+int64(tcpResetDelay))
	return !e.over
}

package capture

import "slices"

type tcpFlags byte

const (
	flagFIN tcpFlags = 1 << iota
	flagSYN
	flagRST
	_
	flagACK
)

// has tells whether one of the flags is set.
func (f tcpFlags) has(any tcpFlags) bool { return f&any != 0 }

// A segment is what counts of a TCP packet.
type segment struct {
	ts       int64
	seq, ack uint32
	flags    tcpFlags
	payload  int
}

// length returns how many sequence numbers the segment takes. Data in a RST
// are not of the stream.
func (s segment) length() uint32 {
	var n uint32
	if !s.flags.has(flagRST) {
		n = uint32(s.payload)
	}
	if s.flags.has(flagSYN) {
		n++
	}
	if s.flags.has(flagFIN) {
		n++
	}
	return n
}

// A connection follows the two endpoints of a TCP flow by Zeek's rules
// (src/packet_analysis/protocol/tcp/TCPSessionAdapter.cc), since conn_state,
// duration and payload bytes are what these make of the packets.
type connection struct {
	flow     *flow
	table    *table
	both     [2]tcpEndpoint
	ends     [2]*tcpEndpoint // of both, by direction
	first    [2]bool         // whether a packet of that direction was seen
	partial  bool            // no SYN was seen
	settled  bool            // how it ended is known
	deferred bool            // a close waits for data
	report   bool            // … and settles the connection
	round    int             // of timers: those before are void
	history  attemptHistory
}

func (t *table) beginTCP(f *flow) {
	c := &connection{flow: f, table: t}
	for way := range c.both {
		c.both[way].stream = newTCPStream()
		c.ends[way] = &c.both[way]
	}
	f.tcp = c
	c.schedule(look, t.now+int64(tcpSynTimeout))
}

func (c *connection) flip() {
	c.ends[sent], c.ends[received] = c.ends[received], c.ends[sent]
	c.first[sent], c.first[received] = c.first[received], c.first[sent]
	c.partial = false
}

func (c *connection) setState(e, peer *tcpEndpoint, state tcpState) {
	if state == e.state {
		return
	}
	if !state.handshake() && e.state.handshake() && peer.state.handshake() {
		c.table.setTimeout(c.flow, tcpTimeout)
	}
	e.before, e.state = e.state, state
}

// reused tells whether a SYN begins a new connection between the same ports.
func (c *connection) reused(s segment) bool {
	orig, resp := c.ends[sent], c.ends[received]
	sender := orig
	switch {
	case !s.flags.has(flagSYN):
		return false
	case s.flags.has(flagACK):
		if orig.state != tcpInactive {
			return false
		}
		sender = resp
	}
	if orig.over || resp.over {
		return true
	}
	if s.seq == uint32(sender.start) {
		return false // sent again
	}
	reversed := !s.flags.has(flagACK) && sender.state == tcpSynAckSent && resp.state == tcpInactive && s.seq == uint32(resp.start)
	return !reversed
}

// process takes in a segment.
func (c *connection) process(way direction, s segment) {
	e, peer := c.ends[way], c.ends[1-way]
	c.notePartial(way, s.flags)
	end := s.seq + s.length()
	c.begin(e, s, end)
	at, ok := e.relative(s.seq, e.last, e.wraps)
	c.history.note(way, s)
	if !c.ends[sent].over || !c.ends[received].over {
		c.flow.last = s.ts
	}
	if s.flags.has(flagFIN) {
		e.fins++
		e.finSeq = at + uint64(s.length())
	}
	ack := c.acknowledge(e, peer, s)
	e.update(end, s.flags)
	close, report := c.advance(way, e, peer, s)
	if s.flags.has(flagACK) && peer.stream.acknowledged(peer, e, ack, c.partial) {
		c.checkEnd(peer, e)
	}
	c.first[way] = true
	if s.payload > 0 && !s.flags.has(flagRST) && ok {
		if s.flags.has(flagSYN) {
			at++
		}
		e.stream.add(e, peer, at, at+uint64(s.payload), c.partial)
	}
	c.checkEnd(e, peer)
	if close {
		c.close(e, peer, report)
	}
}

// notePartial tells by the first packet of each side whether the start of the
// connection was seen.
func (c *connection) notePartial(way direction, flags tcpFlags) {
	switch {
	case c.first[way]:
	case way == sent:
		c.partial = !flags.has(flagSYN) || flags.has(flagACK)
	case !c.partial:
		c.partial = !flags.has(flagSYN)
	}
}

// begin sets where the sender's sequence numbers start.
func (c *connection) begin(e *tcpEndpoint, s segment, end uint32) {
	syn := s.flags.has(flagSYN)
	switch e.state {
	case tcpInactive:
		if syn {
			e.begin(s.seq, end)
		} else {
			e.begin(s.seq-1, s.seq)
		}
	case tcpSynSent, tcpSynAckSent:
		if syn && s.seq != uint32(e.start) {
			e.begin(s.seq, end)
		}
	case tcpEstablished, tcpPartial:
		if syn {
			e.begin(s.seq, end)
		}
	case tcpReset:
		if syn && e.before == tcpInactive { // the RST may not have been its own
			e.begin(s.seq, end)
		}
	}
}

// acknowledge takes in the ACK of a segment and returns where in the peer's
// stream it is.
func (c *connection) acknowledge(e, peer *tcpEndpoint, s segment) uint64 {
	if !s.flags.has(flagACK) {
		return 0
	}
	if peer.state == tcpInactive {
		peer.begin(s.ack-1, s.ack-1)
		return 1
	}
	ack, ok := peer.relative(s.ack, peer.acked, peer.ackedWraps)
	if !ok {
		return 0
	}
	if !s.flags.has(flagRST) {
		peer.updateAcked(s.ack)
	}
	return ack
}

// advance moves the sender's state on. It returns whether the sender has
// closed, and whether that settles the connection.
func (c *connection) advance(way direction, e, peer *tcpEndpoint, s segment) (close, report bool) {
	switch e.state {
	case tcpInactive:
		return c.fromInactive(way, e, peer, s)
	case tcpSynSent, tcpSynAckSent:
		return c.fromSynSent(e, peer, s)
	case tcpEstablished, tcpPartial:
		return c.fromEstablished(e, peer, s)
	case tcpClosed:
		return c.fromClosed(e, peer, s), false
	}
	return false, false
}

func (c *connection) fromInactive(way direction, e, peer *tcpEndpoint, s segment) (close, report bool) {
	if s.flags.has(flagSYN) {
		c.open(way, e, peer, s)
	}
	if s.flags.has(flagFIN) {
		c.setState(e, peer, tcpClosed)
		close, report = true, true
	}
	if s.flags.has(flagRST) {
		rejected := way == sent && peer.state == tcpEstablished ||
			way == received && (peer.state == tcpSynSent || peer.state == tcpSynAckSent)
		c.setState(e, peer, tcpReset)
		close, report = true, !rejected
	}
	if e.state != tcpInactive {
		return close, report
	}
	switch {
	case way == received && s.payload == 0 && c.ends[sent].state == tcpSynSent:
		// Some acknowledge a SYN before they send their own.
	case s.flags.has(flagACK) && peer.state == tcpEstablished:
		c.setState(e, peer, tcpEstablished) // the capture lacks the SYN alone
		c.partial = false
		c.first[way] = true
	default:
		c.setState(e, peer, tcpPartial)
	}
	return close, report
}

// open takes in the first SYN of a side.
func (c *connection) open(way direction, e, peer *tcpEndpoint, s segment) {
	if way == sent {
		state := tcpSynSent
		if s.flags.has(flagACK) {
			state = tcpSynAckSent
		}
		c.setState(e, peer, state)
		c.schedule(attempt, s.ts+int64(tcpAttemptDelay))
		return
	}
	if !s.flags.has(flagACK) && peer.state == tcpSynAckSent && s.seq == uint32(e.start) {
		// The SYN and the answer to it were captured in the wrong order.
		c.partial = false
		c.flow.flip()
		c.setState(peer, e, tcpEstablished)
		c.first[sent] = true
	}
	if peer.state == tcpSynSent {
		c.setState(peer, e, tcpEstablished)
	}
	c.setState(e, peer, tcpEstablished)
	if peer.state != tcpPartial {
		c.established()
	}
}

// established gives those services more time at which people think.
func (c *connection) established() {
	service := c.flow.dstPort
	if c.ends[sent].state == tcpInactive && !tcpServerPorts.has(service) && tcpServerPorts.has(c.flow.srcPort) {
		service = c.flow.srcPort
	}
	if slices.Contains(interactivePorts, service) {
		c.table.setTimeout(c.flow, interactiveTimeout)
	}
}

func (c *connection) fromSynSent(e, peer *tcpEndpoint, s segment) (close, report bool) {
	if s.flags.has(flagFIN) {
		c.setState(e, peer, tcpClosed)
		close, report = true, true
	}
	if s.flags.has(flagRST) {
		c.setState(e, peer, tcpReset)
		c.settled = true
		close = true
	}
	return close, report
}

func (c *connection) fromEstablished(e, peer *tcpEndpoint, s segment) (close, report bool) {
	if s.flags.has(flagSYN) && !s.flags.has(flagACK) && e.state == tcpPartial && peer.state == tcpInactive {
		c.setState(e, peer, tcpSynSent)
	}
	if s.flags.has(flagFIN) && !s.flags.has(flagRST) {
		c.setState(e, peer, tcpClosed)
		if peer.state == tcpReset && peer.before == tcpClosed {
			c.setState(peer, e, tcpClosed) // its RST came after its FIN: an orderly end
		}
		close, report = true, true
	}
	if s.flags.has(flagRST) {
		c.setState(e, peer, tcpReset)
		close = true
		if peer.state != tcpReset || peer.before != tcpEstablished {
			c.settled = true
		}
	}
	return close, report
}

func (c *connection) fromClosed(e, peer *tcpEndpoint, s segment) (close bool) {
	if !s.flags.has(flagRST) || peer.state == tcpClosed {
		return false
	}
	c.setState(e, peer, tcpReset)
	c.schedule(reset, s.ts+int64(tcpResetDelay))
	return !e.over
}

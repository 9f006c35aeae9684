package capture

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
	time     int64 // by the clock
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
	flow     *liveFlow
	live     *liveFlows
	both     [2]tcpEndpoint
	swapped  bool    // the first of both is the responder
	seen     [2]bool // whether a packet of that direction was
	partial  bool    // no SYN was seen
	settled  bool    // how it ended is known
	deferred bool    // an end waits for data
	settles  bool    // the end that waits settles the connection
	round    uint32  // of timers: those before are void
	history  attemptHistory
}

func (l *liveFlows) beginTCP(f *liveFlow) {
	c := &connection{flow: f, live: l}
	for way := range c.both {
		c.both[way] = tcpEndpoint{peer: &c.both[1-way], stream: newTCPStream()}
	}
	f.tcp = c
	c.schedule(look, l.now+int64(tcpSynTimeout))
}

// end returns the endpoint that sends in a direction.
func (c *connection) end(way direction) *tcpEndpoint {
	if c.swapped {
		way = 1 - way
	}
	return &c.both[way]
}

func (c *connection) flip() {
	c.swapped = !c.swapped
	c.seen[sent], c.seen[received] = c.seen[received], c.seen[sent]
	c.partial = false
}

func (c *connection) setState(e *tcpEndpoint, state tcpState) {
	if state == e.state {
		return
	}
	if !state.handshake() && e.state.handshake() && e.peer.state.handshake() {
		c.live.setTimeout(c.flow, tcpTimeout)
	}
	e.previous, e.state = e.state, state
}

// reused tells whether a SYN begins a new connection between the same ports.
func (c *connection) reused(s segment) bool {
	orig, resp := c.end(sent), c.end(received)
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
	if s.seq == sender.start {
		return false // sent again
	}
	reversed := !s.flags.has(flagACK) && sender.state == tcpSynAckSent && resp.state == tcpInactive && s.seq == resp.start
	return !reversed
}

// process takes in a segment.
func (c *connection) process(way direction, s segment) {
	e := c.end(way)
	c.notePartial(way, s.flags)
	end := s.seq + s.length()
	e.synchronize(s, end)
	at, ok := e.relative(s.seq, e.last, e.wraps)
	c.history.note(way, s)
	if !c.end(sent).over || !c.end(received).over {
		c.flow.last = max(c.flow.last, s.time)
	}
	if s.flags.has(flagFIN) {
		e.finished = true
		e.finSeq = at + uint64(s.length())
	}
	ack := e.peer.acknowledge(s)
	e.update(end, s.flags)
	closes, settles := c.advance(way, e, s)
	if s.flags.has(flagACK) && e.peer.deliverAcknowledged(ack, c.partial) {
		c.checkDelivered(e.peer)
	}
	c.seen[way] = true
	if s.payload > 0 && !s.flags.has(flagRST) && ok {
		if s.flags.has(flagSYN) {
			at++
		}
		e.addData(at, at+uint64(s.payload), c.partial)
	}
	c.checkDelivered(e)
	if closes {
		c.endpointEnds(e, settles)
	}
}

// notePartial tells by the first packet of each side whether the start of the
// connection was seen.
func (c *connection) notePartial(way direction, flags tcpFlags) {
	switch {
	case c.seen[way]:
	case way == sent:
		c.partial = !flags.has(flagSYN) || flags.has(flagACK)
	case !c.partial:
		c.partial = !flags.has(flagSYN)
	}
}

package day

import (
	"math"

	"flowlab/labkit/flow"
)

// A conversation is what an actor wants to happen.
type conversation struct {
	at         float64 // seconds since midnight
	src, dst   string
	port       int
	lasts      float64 // seconds
	sent, recv float64 // bytes of payload
}

// What a packet carries at most, and its headers: IPv4 with TCP and its
// timestamps, or with UDP or ICMP.
const (
	segment    = 1448.0
	tcpHeaders = 52.0
	udpHeaders = 28.0
)

// How long Zeek waits before it writes a flow, in seconds: the defaults of
// tcp_close_delay and tcp_attempt_delay, and of the inactivity timeouts of UDP
// and ICMP (https://docs.zeek.org/en/master/scripts/base/init-bare.zeek.html).
const (
	closeDelay = 5
	idleDelay  = 60
)

// tcp adds a connection that was established, and ended as the state says.
func (p *part) tcp(c conversation, state string) {
	c.sent, c.recv = math.Ceil(c.sent), math.Ceil(c.recv)
	f := p.flow(c, "TCP", state)
	dataSent, dataRecv := math.Ceil(c.sent/segment), math.Ceil(c.recv/segment)
	f.PacketsSent = 3 + dataSent + math.Ceil(dataRecv/2) // half of the segments are acknowledged
	f.PacketsRecv = 2 + dataRecv + math.Ceil(dataSent/2)
	p.add(f, tcpHeaders, closeDelay)
}

// visit adds an everyday connection: most end well, some are reset by one side,
// and one in fifty fails.
func (p *part) visit(c conversation) {
	switch u := p.Float64(); {
	case u < 0.010:
		p.unanswered(c)
	case u < 0.018:
		p.refused(c)
	case u < 0.020:
		p.tcp(conversation{at: c.at, src: c.src, dst: c.dst, port: c.port, lasts: 0.2}, "SH")
	case u < 0.045:
		p.tcp(c, "RSTO")
	case u < 0.060:
		p.tcp(c, "RSTR")
	case u < 0.065:
		p.tcp(c, "S1")
	default:
		p.tcp(c, "SF")
	}
}

// unanswered adds an attempt that nobody answers, with the retries after 1, 3
// and 7 seconds of one who waits for c.lasts.
func (p *part) unanswered(c conversation) {
	c.sent, c.recv = 0, 0
	f := p.flow(c, "TCP", "S0")
	f.Duration, f.PacketsSent = 0, 1
	for _, retry := range []float64{1, 3, 7} {
		if retry <= c.lasts {
			f.Duration, f.PacketsSent = retry, f.PacketsSent+1
		}
	}
	p.add(f, tcpHeaders, closeDelay)
}

// refused adds an attempt that is answered by a reset.
func (p *part) refused(c conversation) {
	c.sent, c.recv, c.lasts = 0, 0, p.Uniform(0.0001, 0.02)
	f := p.flow(c, "TCP", "REJ")
	f.PacketsSent, f.PacketsRecv = 1, 1
	p.add(f, tcpHeaders, closeDelay)
}

// knock adds an attempt at a port that is closed: its firewall says nothing, or
// refuses.
func (p *part) knock(c conversation, silent bool) {
	if silent {
		p.unanswered(c)
	} else {
		p.refused(c)
	}
}

// udp adds datagrams both ways, as many as the bytes need: at least one each way
// that has bytes. Without an answer the state is S0.
func (p *part) udp(c conversation) {
	c.sent, c.recv = math.Ceil(c.sent), math.Ceil(c.recv)
	f := p.flow(c, "UDP", "SF")
	if c.recv == 0 {
		f.State = "S0"
	}
	f.PacketsSent, f.PacketsRecv = math.Ceil(c.sent/1200), math.Ceil(c.recv/1200)
	p.add(f, udpHeaders, idleDelay)
}

// ping adds an echo and its answer: type 8, code 0.
func (p *part) ping(at float64, src, dst string) {
	f := p.flow(conversation{at: at, src: src, dst: dst, lasts: p.Uniform(0.0002, 0.01), sent: 56, recv: 56}, "ICMP", "OTH")
	f.SrcPort, f.PacketsSent, f.PacketsRecv = 8, 1, 1
	p.add(f, udpHeaders, idleDelay)
}

// lookup adds a question to the name server.
func (p *part) lookup(at float64, src string) {
	p.udp(conversation{at, src, p.resolver, 53, p.about(0.02, 1), p.Uniform(28, 70), p.Uniform(60, 420)})
}

func (p *part) flow(c conversation, protocol, state string) flow.Flow {
	f := flow.Unknown()
	f.TS, f.Duration = p.midnight+c.at, c.lasts
	f.SrcIP, f.SrcPort, f.DstIP, f.DstPort = c.src, 49152+p.Intn(16384), c.dst, c.port
	f.Protocol, f.State = protocol, state
	f.BytesSent, f.BytesRecv, f.PacketsSent, f.PacketsRecv = c.sent, c.recv, 0, 0
	return f
}

// add puts a flow into the day's log, which counts in microseconds, unless it
// begins on another day.
func (p *part) add(f flow.Flow, headers, delay float64) {
	if f.TS < p.midnight || f.TS >= p.midnight+whole {
		return
	}
	f.TS, f.Duration = micro(f.TS), micro(f.Duration)
	f.IPBytesSent = f.BytesSent + headers*f.PacketsSent
	f.IPBytesRecv = f.BytesRecv + headers*f.PacketsRecv
	f.Label = 0
	if p.attack != "" {
		f.Label = 1
	}
	p.records = append(p.records, record{f, p.attack, f.End() + delay})
}

func micro(seconds float64) float64 { return math.Round(seconds*1e6) / 1e6 }

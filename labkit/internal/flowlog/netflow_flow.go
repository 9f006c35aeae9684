package flowlog

import (
	"fmt"
	"math"
	"net/netip"
	"strconv"

	"flowlab/labkit/flow"
)

// An exportClock says when a datagram was sent.
type exportClock struct {
	uptime uint32 // of the exporter, milliseconds
	now    int64  // microseconds since 1970
	known  bool   // whether uptime is
}

// start returns when the exporter was started, in milliseconds since 1970, 0 if
// that is not known.
func (c exportClock) start() int64 {
	if !c.known {
		return 0
	}
	return c.now/1000 - int64(c.uptime)
}

// An exportedFlow holds what is read of one record: numbers that are not there
// are NaN, times are in microseconds since 1970.
type exportedFlow struct {
	clock                      exportClock
	source, destination        netip.Addr
	protocol, icmp             float64
	icmpType, icmpCode         float64
	sourcePort, destPort       float64
	bytes, packets, payload    [2]float64 // sent, received
	postBytes, postPackets     float64    // behind the exporter
	start, end, duration, init float64
	startUptime, endUptime     float64
	event                      float64
}

func newExportedFlow(clock exportClock) exportedFlow {
	nan := math.NaN()
	unset := [2]float64{nan, nan}
	return exportedFlow{
		clock: clock, protocol: nan, icmp: nan, sourcePort: nan, destPort: nan,
		icmpType: nan, icmpCode: nan, event: nan, postBytes: nan, postPackets: nan,
		bytes: unset, packets: unset, payload: unset,
		start: nan, end: nan, duration: nan, init: nan, startUptime: nan, endUptime: nan,
	}
}

// number returns the number in up to eight bytes, the highest first.
func number(b []byte) uint64 {
	var v uint64
	for _, c := range b {
		v = v<<8 | uint64(c)
	}
	return v
}

// set takes an element, whose size was checked.
func (f *exportedFlow) set(id uint16, b []byte) {
	switch id {
	case sourceIPv4, sourceIPv6:
		setAddress(&f.source, b)
		return
	case destinationIPv4, destinationIPv6:
		setAddress(&f.destination, b)
		return
	}
	v := number(b)
	x := float64(v)
	switch id {
	case protocolNumber:
		f.protocol = x
	case sourcePort:
		f.sourcePort = x
	case destinationPort:
		f.destPort = x
	case icmpTypeCodeIPv4, icmpTypeCodeIPv6:
		f.icmp = x
	case icmpTypeIPv4, icmpTypeIPv6:
		f.icmpType = x
	case icmpCodeIPv4, icmpCodeIPv6:
		f.icmpCode = x
	case octetDelta:
		f.bytes[0] = x
	case packetDelta:
		f.packets[0] = x
	case octetTotal:
		setIfUnset(&f.bytes[0], x)
	case packetTotal:
		setIfUnset(&f.packets[0], x)
	case postOctetDelta:
		f.postBytes = x
	case postPacketDelta:
		f.postPackets = x
	case initiatorOctets:
		f.payload[0] = x
	case responderOctets:
		f.payload[1] = x
	case initiatorPackets:
		f.packets[0] = x
	case responderPackets:
		f.packets[1] = x
	case startUptime:
		f.startUptime = x
	case endUptime:
		f.endUptime = x
	case systemInit:
		f.init = x * 1e3
	case durationMilliseconds:
		f.duration = x * 1e3
	case durationMicroseconds:
		f.duration = x
	default:
		f.setTime(id, v)
	}
}

// setReverse takes an element that RFC 5103 has for the other direction.
func (f *exportedFlow) setReverse(id uint16, b []byte) {
	switch x := float64(number(b)); id {
	case octetDelta:
		f.bytes[1] = x
	case octetTotal:
		setIfUnset(&f.bytes[1], x)
	case packetDelta:
		f.packets[1] = x
	case packetTotal:
		setIfUnset(&f.packets[1], x)
	}
}

func setIfUnset(to *float64, x float64) {
	if math.IsNaN(*to) {
		*to = x
	}
}

// setAddress keeps the address that says more: templates for both families
// have zeros in the other.
func setAddress(to *netip.Addr, b []byte) {
	if a, ok := netip.AddrFromSlice(b); ok && (!to.IsValid() || !a.IsUnspecified()) {
		*to = a
	}
}

func (f *exportedFlow) setTime(id uint16, v uint64) {
	x := float64(v)
	switch id {
	case startSeconds:
		f.start = x * 1e6
	case endSeconds:
		f.end = x * 1e6
	case startMilliseconds:
		f.start = x * 1e3
	case endMilliseconds:
		f.end = x * 1e3
	case eventMilliseconds:
		f.event = x * 1e3
	case startMicroseconds, startNanoseconds:
		f.start = fromNTP(v)
	case endMicroseconds, endNanoseconds:
		f.end = fromNTP(v)
	case startDelta:
		f.start = float64(f.clock.now) - x
	case endDelta:
		f.end = float64(f.clock.now) - x
	}
}

// fromNTP returns microseconds since 1970 of a time in NTP's format: seconds
// since 1900 in the upper half, a binary fraction in the lower.
func fromNTP(v uint64) float64 {
	const to1970 = 2208988800
	fraction := math.Round(float64(uint32(v)) / (1 << 32) * 1e6)
	return (float64(v>>32)-to1970)*1e6 + fraction
}

// settleCounters places the counters behind the exporter. NetFlow 9 calls them
// OUT: beside IN they count the other direction, as FirePower exports a
// connection and nfdump reads it. Where there is no other counter they stand in
// for it; in IPFIX they count the same packets once more.
func (f *exportedFlow) settleCounters() {
	for _, c := range []struct {
		counters *[2]float64
		post     float64
	}{{&f.bytes, f.postBytes}, {&f.packets, f.postPackets}} {
		switch {
		case math.IsNaN(c.counters[0]):
			c.counters[0] = c.post
		case f.clock.known:
			setIfUnset(&c.counters[1], c.post)
		}
	}
}

// counted tells whether the record counts anything.
func (f *exportedFlow) counted() bool {
	return !math.IsNaN(f.bytes[0]) || !math.IsNaN(f.packets[0]) || !math.IsNaN(f.payload[0])
}

// settleTimes turns times of the exporter's clock into times of day.
func (f *exportedFlow) settleTimes() error {
	for _, t := range []struct{ day, uptime *float64 }{{&f.start, &f.startUptime}, {&f.end, &f.endUptime}} {
		switch {
		case !math.IsNaN(*t.day) || math.IsNaN(*t.uptime):
		case !math.IsNaN(f.init):
			*t.day = f.init + *t.uptime*1e3
		case f.clock.known: // the difference is right when the clock began anew, and where it lies a little ahead
			*t.day = float64(f.clock.now) - float64(int32(f.clock.uptime-uint32(*t.uptime)))*1e3
		}
	}
	if math.IsNaN(f.end) && math.IsNaN(f.endUptime) {
		f.end = f.event // as a firewall has it, which makes the record at the end
	}
	if math.IsNaN(f.duration) {
		f.duration = f.end - f.start
		if up := f.endUptime - f.startUptime; !math.IsNaN(up) && up > -(1<<31) {
			f.duration = up * 1e3
		} else if !math.IsNaN(up) {
			f.duration = (up + 1<<32) * 1e3
		}
	}
	if f.duration < 0 {
		f.duration = math.NaN()
		return endsBefore(errEndsBefore)
	}
	return nil
}

// into fills a row with the flow.
func (f *exportedFlow) into(b *builder) error {
	b.begin()
	f.settleCounters()
	if err := f.settleTimes(); err != nil && !b.mend(err) {
		return err
	}
	number := &b.row.number
	number[flow.TS], number[flow.Duration] = f.start/1e6, f.duration/1e6
	number[flow.SrcPort], number[flow.DstPort] = f.sourcePort, f.destPort
	number[flow.BytesSent], number[flow.BytesRecv] = f.payload[0], f.payload[1]
	number[flow.PacketsSent], number[flow.PacketsRecv] = f.packets[0], f.packets[1]
	number[flow.IPBytesSent], number[flow.IPBytesRecv] = f.bytes[0], f.bytes[1]
	for field, v := range number {
		most := float64(1 << 53)
		switch f := flow.Field(field); f {
		case flow.SrcPort, flow.DstPort, flow.TS:
			most = f.Limit().Most
		}
		if v < 0 || v > most {
			err := fmt.Errorf("%s is %.0f: want 0 to %.0f", flow.Field(field), v, most)
			return kindError{err, fmt.Sprintf("%s: want 0 to %.0f", flow.Field(field), most)}
		}
	}
	return f.wordsInto(b)
}

func (f *exportedFlow) wordsInto(b *builder) error {
	for field, a := range map[flow.Field]netip.Addr{flow.SrcIP: f.source, flow.DstIP: f.destination} {
		if a.IsValid() {
			if err := schemaSetters[field](b, a.String()); err != nil {
				return err
			}
		}
	}
	if math.IsNaN(f.protocol) {
		return nil
	}
	if err := setProtocol(b, strconv.FormatFloat(f.protocol, 'f', 0, 64)); err != nil {
		return err
	}
	switch isICMP := b.word(flow.Protocol) == "ICMP"; {
	case isICMP && !math.IsNaN(f.icmpType):
		b.row.number[flow.SrcPort], b.row.number[flow.DstPort] = float64(uint8(f.icmpType)), 0
		if !math.IsNaN(f.icmpCode) {
			b.row.number[flow.DstPort] = float64(uint8(f.icmpCode))
		}
		return nil
	case isICMP && !math.IsNaN(f.icmp):
		b.row.number[flow.SrcPort], b.row.number[flow.DstPort] = 0, float64(uint16(f.icmp))
	}
	b.icmpPorts()
	return nil
}

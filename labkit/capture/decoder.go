package capture

import (
	"errors"
	"fmt"
	"io"
	"time"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/plural"
)

// Headers are decoded here by hand; gopacket's layers lend the names of protocols
// and the numbers. Its own decoders, DecodingLayerParser among them, do not know
// how long a packet was on the wire: of a capture of the first 96 bytes of each
// packet they give the lengths of what was captured, and refuse a header that
// announces more. Here both lengths go along from header to header (see [packet]),
// so that such a capture has the same flows as a whole one. They would also decode
// every field of every layer; a flow needs about 30 bytes of a packet.

// A decoder takes packets apart and puts them into flows.
type decoder struct {
	liveFlows
	name            string
	options         flow.ReadOptions
	report          flow.Report
	ts              int64 // the timestamp of the present packet
	pieces          int   // fragments that the present packet was put together from, 1 for a whole one
	reassemblies    map[fragmentKey]*reassembly
	reassemblyOrder []*reassembly
	reassembled     int // bytes that the reassemblies hold
	addresses       addressTexts
	ended           flow.Flow // the last that ended
	failure         error     // of who takes the flows that are over
}

// newDecoder returns a decoder that hands over each flow that ends, with its
// number in the order of first packets.
func newDecoder(name string, o flow.ReadOptions, over func(number int, f *flow.Flow) error) *decoder {
	d := &decoder{
		liveFlows:    liveFlows{live: map[flowKey]*liveFlow{}, most: o.Limits.Resolved().Live},
		name:         name,
		options:      o,
		reassemblies: map[fragmentKey]*reassembly{},
		addresses:    addressTexts{},
	}
	d.over = func(f *liveFlow) {
		d.report.Flows++
		if d.record(f); d.failure == nil {
			d.failure = over(f.number, &d.ended)
		}
	}
	return d
}

// read takes in all packets.
func (d *decoder) read(r io.Reader) error {
	source, err := openSource(r, d.name, d.options.Limits)
	if err != nil {
		return err
	}
	for d.failure == nil {
		packet, err := source.next()
		if err == io.EOF {
			return d.finish()
		}
		if err != nil {
			return err
		}
		d.packet(packet)
	}
	return d.failure
}

// packet adds the next packet to its flow, or counts why it is in none.
func (d *decoder) packet(c capturedPacket) {
	d.report.Packets++
	d.ts = c.ts
	t := d.tick(c.ts, d.report.Packets)
	d.advance()
	d.pieces = 1
	switch why := d.link(c, t); why {
	case none:
		d.report.InFlows += d.pieces
	case waiting:
	default:
		d.report.Skip(string(why), d.pieces)
	}
}

// link decodes a packet by its link type.
func (d *decoder) link(c capturedPacket, t int64) skip {
	decode, ok := linkDecoders[c.link]
	if !ok {
		return unknownLink(c.link)
	}
	return decode(d, packet{time: t, data: c.data, wire: c.wire})
}

// beginFlow begins a flow with the present packet.
func (d *decoder) beginFlow(e endpoints, protocol byte, oneWay bool, t int64, timeout time.Duration) *liveFlow {
	f := &liveFlow{endpoints: e, protocol: protocol, oneWay: oneWay, packet: d.report.Packets, ts: d.ts, first: t, last: t}
	d.begin(f, timeout)
	return f
}

// finish ends all flows that are not over, and says what there is to say of the
// whole.
func (d *decoder) finish() error {
	for _, r := range d.reassemblies {
		d.giveUp(r)
	}
	d.endAll()
	if note := d.note(); note != "" {
		d.report.Notes = append(d.report.Notes, note)
	}
	if d.closedEarly > 0 {
		d.report.Notes = append(d.report.Notes, fmt.Sprintf("%s ended early: more than %d were open at a time", plural.Of(d.closedEarly, "flow"), d.most))
	}
	if d.report.Flows == 0 {
		return faultAt(d.name, d.report.Packets, 0, noFlows(&d.report))
	}
	return d.failure
}

// noFlows says why a capture has none.
func noFlows(r *flow.Report) error {
	if r.Packets == 0 {
		return errors.New("the capture has no packets: want at least one of TCP, UDP or ICMP")
	}
	return fmt.Errorf("no flows in %s, %s: want at least one packet of TCP, UDP or ICMP", plural.Of(r.Packets, "packet"), flow.Listed(r.Skipped))
}

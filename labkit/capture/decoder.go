package capture

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/gopacket/gopacket/layers"

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
	number          int   // of the present packet in the file
	ts              int64 // its timestamp
	noTime          bool  // the file has none for it
	pieces          int   // fragments that the present packet was put together from, 1 for a whole one
	reassemblies    map[fragmentKey]*reassembly
	reassemblyOrder []*reassembly
	reassembled     int // bytes that the reassemblies hold
	addresses       *addressTexts
	patient         bool             // whether packets may wait for later ones
	leaping         []capturedPacket // that wait
	ended           flow.Flow        // the last that ended
	failure         error            // of who takes the flows that are over
	mostFlows       int              // that are read; 0 if there is no limit
	untimed         int              // packets without a time
	netflow         int              // datagrams of it
	netflowPort     uint16
	netflowTo       io.Writer // takes these datagrams, if it is not nil

	// What [Cut] asks for, if it is not nil: which packets are counted in which
	// flow, and the link type of each.
	counted func(flow int, packets []int)
	linked  func(layers.LinkType)
	numbers []int // of the present packet, or of the fragments that it was put together from
}

// newDecoder returns a decoder that hands over each flow that ends, with its
// number in the order of first packets.
func newDecoder(name string, o flow.ReadOptions, over func(number int, f *flow.Flow) error) *decoder {
	d := &decoder{
		liveFlows:    liveFlows{live: map[flowKey]*liveFlow{}, most: o.Limits.Resolved().Live},
		name:         name,
		options:      o,
		reassemblies: map[fragmentKey]*reassembly{},
		addresses:    new(addressTexts),
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
	source := &source{name: d.name, options: d.options, report: &d.report}
	if err := source.open(r); err != nil {
		return err
	}
	for d.failure == nil {
		packet, err := source.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		d.take(packet)
		if more, err := d.withinLimits(); err != nil {
			return err
		} else if !more {
			break
		}
	}
	source.note()
	d.takeLeaping()
	err := d.finish()
	if d.report.Flows == 0 && source.first != nil {
		return source.first // which is why there are no flows
	}
	return err
}

// withinLimits tells whether to read on. A limit that is passed refuses the
// capture, unless it is read leniently.
func (d *decoder) withinLimits() (more bool, err error) {
	more = d.mostFlows == 0 || d.begun <= d.mostFlows
	switch {
	case !more:
		err = fmt.Errorf("more than %d flows: the rest is not read", d.mostFlows)
	case d.closedEarly > 0 && d.firstEarly == 0:
		d.firstEarly = d.number
		err = fmt.Errorf("more than %d flows are open at a time: want a higher limit, or a lenient reader, which ends some early", d.most)
	default:
		return true, nil
	}
	fault := &flow.Fault{File: d.name, Line: d.number, Err: err}
	if !d.options.Lenient {
		return false, fault
	}
	if !more {
		d.report.Lose(fault)
	}
	return more, nil
}

// packet adds the next packet to its flow, or counts why it is in none.
func (d *decoder) packet(c capturedPacket) {
	d.report.Packets++
	d.number, d.ts, d.noTime = c.number, c.ts, c.noTime
	if c.noTime {
		d.untimed++
	}
	t := d.tick(c.ts, c.number)
	d.advance()
	d.pieces = 1
	if d.counted != nil {
		d.numbers = append(d.numbers[:0:0], c.number)
		d.linked(c.link)
	}
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
	decode := linkDecoder(c.link)
	if decode == nil {
		return unknownLink(c.link)
	}
	return decode(d, packet{time: t, data: c.data, wire: c.wire})
}

// count adds the present packet to a flow.
func (d *decoder) count(f *liveFlow, way direction, ipBytes int) {
	f.count(way, ipBytes)
	if d.counted != nil {
		d.counted(f.number, d.numbers)
	}
}

// beginFlow begins a flow with the present packet.
func (d *decoder) beginFlow(e endpoints, protocol byte, oneWay bool, t int64, timeout time.Duration) *liveFlow {
	f := &liveFlow{endpoints: e, protocol: protocol, oneWay: oneWay, packet: d.number, ts: d.ts, noTime: d.noTime, first: t, last: t}
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
	d.note()
	if d.report.Flows == 0 {
		return &flow.Fault{File: d.name, Line: d.number, Err: noFlows(&d.report)}
	}
	return d.failure
}

// note says in the report what there is to say of the whole.
func (d *decoder) note() {
	notes := []string{d.clock.note(), d.netflowNote()}
	if d.untimed > 0 {
		notes = append(notes, plural.Of(d.untimed, "packet")+" without a time: ts and duration of their flows are not known")
	}
	for _, note := range notes {
		if note != "" {
			d.report.Notes = append(d.report.Notes, note)
		}
	}
	if d.closedEarly > 0 {
		d.report.Lost = append(d.report.Lost, flow.Loss{
			What: fmt.Sprintf("flows that ended early, for more than %d were open at a time", d.most), N: d.closedEarly, Limit: true,
			Places: []string{(&flow.Fault{File: d.name, Line: d.firstEarly}).Place()},
		})
	}
}

// noFlows says why a capture has none.
func noFlows(r *flow.Report) error {
	if r.Packets == 0 {
		return errors.New("the capture has no packets: want at least one of TCP, UDP or ICMP")
	}
	return fmt.Errorf("no flows in %s, %s: want at least one packet of TCP, UDP or ICMP", plural.Of(r.Packets, "packet"), flow.Listed(r.Skipped))
}

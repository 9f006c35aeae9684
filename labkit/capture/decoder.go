package capture

// Headers are decoded here by hand; gopacket's layers lend the names of protocols
// and the numbers. Its own decoders, DecodingLayerParser among them, do not know
// how long a packet was on the wire: of a capture of the first 96 bytes of each
// packet they give the lengths of what was captured, and refuse a header that
// announces more. Here both lengths go along from header to header (see [packet]),
// so that such a capture has the same flows as a whole one. They would also decode
// every field of every layer; a flow needs about 30 bytes of a packet.

// A decoder takes packets apart and puts them into flows.
type decoder struct {
	table
	report          Report
	pieces          int // fragments that the present packet was put together from, 1 for a whole one
	reassemblies    map[fragmentKey]*reassembly
	reassemblyOrder []*reassembly
}

func newDecoder() *decoder {
	return &decoder{
		table:        table{live: map[flowKey]*flow{}},
		report:       Report{Skipped: map[string]int{}, Held: map[string]int{}},
		reassemblies: map[fragmentKey]*reassembly{},
	}
}

// packet adds the next packet to its flow, or counts why it is in none.
func (d *decoder) packet(c capturedPacket) {
	d.report.Packets++
	d.advance(c.ts)
	d.pieces = 1
	switch why := d.link(c); why {
	case none:
		d.report.Decoded += d.pieces
	case waiting:
	default:
		d.report.skip(why, d.pieces)
	}
}

// link decodes a packet by its link type.
func (d *decoder) link(c capturedPacket) skip {
	decode, ok := linkDecoders[c.link]
	if !ok {
		return unknownLink(c.link)
	}
	return decode(d, packet{ts: c.ts, data: c.data, wire: c.wire})
}

// finish ends all flows that are not over.
func (d *decoder) finish() {
	for _, r := range d.reassemblies {
		d.giveUp(r)
	}
	for _, f := range d.live {
		d.rows.add(f)
	}
}

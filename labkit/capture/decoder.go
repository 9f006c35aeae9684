package capture

// A decoder takes packets apart and puts them into flows.
type decoder struct {
	table
	report          Report
	pieces          int // packets that the present one was put together from
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

// packet takes in the next one.
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

// link goes on by the link type.
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

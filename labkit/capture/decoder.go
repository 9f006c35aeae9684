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
		report:       Report{Skipped: map[string]int{}},
		reassemblies: map[fragmentKey]*reassembly{},
	}
}

// packet takes in the next one.
func (d *decoder) packet(c capturedPacket) {
	d.report.Packets++
	d.advance(c.ts)
	d.pieces = 1
	why := linkDecoders[c.link](d, packet{ts: c.ts, data: c.data, wire: c.wire})
	switch why {
	case none:
		d.report.Decoded += d.pieces
	case waiting:
	default:
		d.report.skip(why, d.pieces)
	}
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

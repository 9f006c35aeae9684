package capture

import "slices"

// The limits of what is held of datagrams that are put together: beyond them the
// oldest is given up.
const (
	maxReassemblies = 1024     // datagrams
	maxReassembled  = 32 << 20 // bytes
	mostNumbers     = 1 << 14  // of the packets of a datagram: twice as many as it may have
)

// A fragment says where the payload of a datagram belongs.
type fragment struct {
	id     uint32
	offset int
	more   bool // it is not the last
	header int  // bytes of the headers before the payload, without the fragment's own
}

type fragmentKey struct {
	src, dst address
	id       uint32
	holder   holder // those in tunnels of UDP are put together apart from others
}

// A reassembly collects the fragments of a datagram. Which bytes there are it
// tells by the lengths in the headers: of a capture that was cut the payload
// may be missing, and the datagram counts all the same.
type reassembly struct {
	key      fragmentKey
	seen     spans
	end      uint64 // of the payload; 0 while the last fragment is missing
	header   int
	protocol byte
	data     []byte // what was captured, in its place
	captured spans
	packets  int
	numbers  []int // of the packets, if they are asked for
}

const withoutRest skip = "IP fragment without the rest"

// fragment adds one to its datagram, and goes on with that once it is complete.
func (d *decoder) fragment(g datagram, f fragment) skip {
	d.giveUpOldest()
	key := fragmentKey{g.src, g.dst, f.id, g.holder}
	r := d.reassemblies[key]
	if r == nil {
		r = &reassembly{key: key, header: f.header, protocol: g.protocol}
		d.reassemblies[key] = r
		d.reassemblyOrder = append(d.reassemblyOrder, r)
	}
	held := cap(r.data)
	r.add(g, f)
	d.reassembled += cap(r.data) - held
	r.packets += d.pieces
	if len(r.numbers) < mostNumbers {
		r.numbers = append(r.numbers, d.numbers...)
	}
	if r.end == 0 || r.seen.from(0) < r.end {
		return waiting
	}
	delete(d.reassemblies, key)
	d.pieces, d.numbers = r.packets, r.numbers
	whole := r.datagram(g)
	d.reassembled -= cap(r.data)
	r.data = nil
	if g.v6 {
		return d.extensions(whole, r.header)
	}
	return d.transport(whole)
}

func (r *reassembly) add(g datagram, f fragment) {
	start, end := uint64(f.offset), uint64(f.offset+g.wire)
	if start == 0 {
		r.protocol, r.header = g.protocol, f.header
	}
	if !f.more || r.end > 0 {
		r.end = max(r.end, end)
	}
	r.seen.add(start, end)
	if n := f.offset + len(g.data); n > len(r.data) {
		r.data = slices.Grow(r.data, n-len(r.data))[:n]
	}
	copy(r.data[f.offset:], g.data)
	r.captured.add(start, start+uint64(len(g.data)))
}

// datagram returns the whole, in the place of the fragment that completed it.
func (r *reassembly) datagram(g datagram) datagram {
	g.wire = int(r.seen.from(0))
	g.data = r.data[:min(int(r.captured.from(0)), g.wire)]
	g.protocol, g.size = r.protocol, r.header+g.wire
	return g
}

// giveUpOldest bounds what is held for fragments whose rest may never come.
func (d *decoder) giveUpOldest() {
	for len(d.reassemblyOrder) >= maxReassemblies || d.reassembled > maxReassembled {
		oldest := d.reassemblyOrder[0]
		d.reassemblyOrder = d.reassemblyOrder[1:]
		d.giveUp(oldest)
	}
}

func (d *decoder) giveUp(r *reassembly) {
	if d.reassemblies[r.key] != r {
		return // it was completed
	}
	delete(d.reassemblies, r.key)
	d.reassembled -= cap(r.data)
	r.data = nil
	switch r.key.holder {
	case itself:
		d.report.Skip(string(withoutRest), r.packets)
	case inTunnel:
		d.report.SkipInTunnel(string(withoutRest), r.packets)
	}
}

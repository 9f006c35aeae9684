package window

import (
	"cmp"
	"iter"
	"slices"
)

// doors are the places at which a host knocked or, if the key is the
// destination, where it was knocked at: distinct peers and ports are counted by
// them. A port or peer that is not known is none.
type doors struct {
	List    []door
	joined  int    // so many at the front of the list are in order, and each place is there once
	ports   []door // with no peer: what the list says of each port, in any order, once it is compact
	compact bool   // each door is in the list once, and counted in the row
	row     doorCounts
}

// doorCounts are what a row says of doors.
type doorCounts struct {
	ports, peers, failedPorts, failedPeers, mostTries, mostFailedTries int
}

// A door is a port of a peer: tries are all flows that it had.
type door struct {
	Peer          int32 // its number, 0 if it is not known
	Port          int32 // -1 if it is not known
	Tries, Failed int32
}

var _ aggregate[doors] = (*doors)(nil)

func (d *doors) add(e *event) {
	d.compact = false
	next := door{e.peer, e.port, 1, int32(one(e.failed))}
	if last := len(d.List) - 1; last >= 0 && d.List[last].place() == next.place() {
		d.List[last].count(next)
		return
	}
	if len(d.List) == cap(d.List) {
		d.makeRoom()
	}
	d.List = append(d.List, next)
}

// makeRoom joins equal doors, and makes the list longer if they fill most of it.
// So there is a sort only now and then, and room for half as many again as there
// are different doors.
func (d *doors) makeRoom() {
	if d.join(); 4*len(d.List) >= 3*cap(d.List) {
		d.List = append(make([]door, 0, len(d.List)+max(4, len(d.List)/2)), d.List...)
	}
}

// join puts all doors in order, and makes one of those that are the same.
func (d *doors) join() {
	head, tail := d.List[:d.joined], inOrder(d.List[d.joined:])
	fresh, i := tail[:0], 0
	for _, at := range tail {
		for i < len(head) && head[i].place() < at.place() {
			i++
		}
		if i < len(head) && head[i].place() == at.place() {
			head[i].count(at)
		} else {
			fresh = append(fresh, at)
		}
	}
	d.List = d.List[:len(head)+len(fresh)]
	if len(head) > 0 && len(fresh) > 0 {
		fresh = slices.Clone(fresh)
		for end := len(d.List); len(fresh) > 0; end-- { // from the back: what is not yet moved stays whole
			h, f := len(head)-1, len(fresh)-1
			if h >= 0 && head[h].place() > fresh[f].place() {
				d.List[end-1], head = head[h], head[:h]
			} else {
				d.List[end-1], fresh = fresh[f], fresh[:f]
			}
		}
	}
	d.joined = len(d.List)
}

func (d *doors) merge(other *doors) { d.List, d.compact = append(d.List, other.List...), false }

func (d *doors) reset() { d.List, d.joined, d.ports, d.compact = d.List[:0], 0, d.ports[:0], false }

// places says where in a list each port is, from 1; 0 if it is not there.
type places [1 << 16]int32

// makeCompact joins equal doors, sums up ports and counts what a row says of
// both, unless nothing has come since it did. All places are 0, and are so again.
func (d *doors) makeCompact(of *places, by Key) {
	if d.compact {
		return
	}
	d.join()
	d.ports = d.ports[:0]
	for _, at := range d.List {
		if at.Port < 0 {
			continue
		}
		if of[at.Port] == 0 {
			d.ports = append(d.ports, door{Port: at.Port})
			of[at.Port] = int32(len(d.ports))
		}
		d.ports[of[at.Port]-1].count(at)
	}
	for _, at := range d.ports {
		of[at.Port] = 0
	}
	d.compact, d.row = true, d.counts(by)
}

func (d *doors) counts(by Key) (row doorCounts) {
	for _, at := range d.ports {
		row.ports++
		row.failedPorts += one(at.Failed > 0)
	}
	for peer := range d.peers() {
		row.peers++
		row.failedPeers += one(slices.ContainsFunc(peer, func(at door) bool { return at.Failed > 0 }))
	}
	known := d.List // a door is a port of the peer
	if by == DstIP {
		known = d.ports // or of the host itself
	}
	for _, at := range known {
		if at.Port >= 0 && (at.Peer != 0 || by == DstIP) {
			row.mostTries = max(row.mostTries, int(at.Tries))
			row.mostFailedTries = max(row.mostFailedTries, int(at.Failed))
		}
	}
	return row
}

// fill needs compact doors.
func (d *doors) fill(row *Row, _ Key) {
	row.Ports, row.FailedPorts = d.row.ports, d.row.failedPorts
	row.Peers, row.FailedPeers = d.row.peers, d.row.failedPeers
	row.MostTries, row.MostFailedTries = d.row.mostTries, d.row.mostFailedTries
}

// peers goes through the doors of each known peer. It needs compact doors.
func (d *doors) peers() iter.Seq[[]door] {
	return func(yield func([]door) bool) {
		for first, end := 0, 0; first < len(d.List); first = end {
			for end = first + 1; end < len(d.List) && d.List[end].Peer == d.List[first].Peer; {
				end++
			}
			if d.List[first].Peer != 0 && !yield(d.List[first:end]) {
				return
			}
		}
	}
}

// inOrder sorts doors and makes one of those that are the same.
func inOrder(list []door) []door {
	slices.SortFunc(list, func(a, b door) int { return cmp.Compare(a.place(), b.place()) })
	kept := list[:0]
	for _, at := range list {
		if last := len(kept) - 1; last >= 0 && kept[last].place() == at.place() {
			kept[last].count(at)
		} else {
			kept = append(kept, at)
		}
	}
	return kept
}

// place orders doors by peer and port.
func (d door) place() uint64 { return uint64(d.Peer)<<32 | uint64(uint32(d.Port)) }

func (d *door) count(other door) {
	d.Tries += other.Tries
	d.Failed += other.Failed
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

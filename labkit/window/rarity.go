package window

import (
	"math"
	"slices"
)

// Few is how many other hosts may use a port or a peer in the same window for it
// to be rare.
const Few = 2

// A popularity says how many hosts use each port and each peer in a window. It
// is known when the window closes, and not before.
type popularity struct {
	ports [1 << 16]int32
	peers []int32 // by number
}

// reset prepares for a window with peers below a number.
func (p *popularity) reset(peers int) {
	clear(p.ports[:])
	p.peers = slices.Grow(p.peers[:0], peers)[:peers]
	clear(p.peers)
}

// count adds a host. Its doors must be compact.
func (p *popularity) count(d *doors) {
	for _, at := range d.ports {
		p.ports[at.Port]++
	}
	for peer := range d.peers() {
		p.peers[peer[0].Peer]++
	}
}

// fill says which share of a host's ports and peers are rare.
func (p *popularity) fill(row *Row, d *doors) {
	ports, peers := 0, 0
	for _, at := range d.ports {
		ports += one(p.ports[at.Port] <= Few+1) // one is the host itself
	}
	for peer := range d.peers() {
		peers += one(p.peers[peer[0].Peer] <= Few+1)
	}
	row.RarePorts, row.RarePeers = share(ports, row.Ports), share(peers, row.Peers)
}

// share is NaN of none.
func share(part, all int) float64 {
	if all == 0 {
		return math.NaN()
	}
	return float64(part) / float64(all)
}

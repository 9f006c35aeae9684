package window

// peerNumbers give each peer a number, so that doors are small, and compared and
// counted by numbers. Number 0 is the peer that is not known.
type peerNumbers struct {
	numbers map[string]int32
	used    []micros // start of the latest pane that has the peer, by number
	free    []int32
	enough  int // so many may be known until the next sweep
}

const sweepFrom = 1024 // fewer peers are not worth one

func newPeerNumbers() peerNumbers {
	return peerNumbers{numbers: map[string]int32{"": 0}, used: []micros{0}, enough: sweepFrom}
}

// number returns the number of a peer that a flow in a pane has.
func (p *peerNumbers) number(peer string, pane micros) int32 {
	n, ok := p.numbers[peer]
	if !ok {
		n = p.new()
		p.numbers[peer] = n
	}
	p.used[n] = max(p.used[n], pane)
	return n
}

func (p *peerNumbers) new() int32 {
	if last := len(p.free) - 1; last >= 0 {
		n := p.free[last]
		p.free = p.free[:last]
		p.used[n] = never
		return n
	}
	p.used = append(p.used, never)
	return int32(len(p.used) - 1)
}

// sweep forgets the peers of panes that start before a time, once they may be
// half of all.
func (p *peerNumbers) sweep(before micros) {
	if len(p.numbers) < p.enough {
		return
	}
	for peer, n := range p.numbers {
		if n != 0 && p.used[n] < before {
			delete(p.numbers, peer)
			p.free = append(p.free, n)
		}
	}
	p.enough = max(2*len(p.numbers), sweepFrom)
}

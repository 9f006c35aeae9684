package triage

import (
	"math"
	"slices"

	"flowlab/labkit/flow"
	"flowlab/labkit/window"
)

// A door is a port of a host: what a source knocks at.
type door struct {
	host string
	port int
}

// A pair is what one source did at one door over all of the input.
type pair struct {
	source         int32
	door           door
	ends           []float64 // of its flows, in their order
	sent, received float64   // bytes
	held           float64   // seconds that its flows lasted
}

// pairs returns the pairs of each day of the traffic, counted from its first
// flow: a rhythm that lasts shows in a day, and so does what a host has moved.
// They come in the order of their first flows.
func (t *Traffic) pairs(hosts *hosts) []*pair {
	type key struct {
		source int32
		door   door
		day    int
	}
	known := map[key]*pair{}
	var all []*pair
	begin := math.NaN()
	for f := range t.conversations() {
		if math.IsNaN(begin) {
			begin = f.End()
		}
		k := key{hosts.number(f.SrcIP), door{f.DstIP, f.DstPort}, int((f.End() - begin) / daySeconds)}
		p := known[k]
		if p == nil {
			p = &pair{source: k.source, door: k.door}
			known[k] = p
			all = append(all, p)
		}
		p.add(&f)
	}
	return all
}

func (p *pair) add(f *flow.Flow) {
	p.ends = append(p.ends, f.End())
	p.sent += orZero(f.BytesSent)
	p.received += orZero(f.BytesRecv)
	p.held += orZero(f.Duration)
}

// orZero returns a number, 0 if it is not known.
func orZero(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return v
}

const daySeconds = 24 * 3600 // seconds

const (
	beaconFlows = 8    // of a pair, from which on a rhythm can be told
	beaconFloor = 20   // bits
	beaconGap   = 1    // a median gap up to so many seconds is a burst, not a rhythm
	volumeFloor = 1e5  // bytes
	heldFloor   = 600. // seconds
	amounts     = 3    // bytes sent, bytes received, seconds
)

// pairLists returns the lists of pairs. Its rows are indices into pairs.
//
// Most hosts of a network use the same servers, and ask them for updates and the
// time as regularly as any beacon. So a rhythm is paid for with the number of
// hosts that use the destination, and the pairs whose destination only this host
// uses are judged among themselves, too. How many sources use a
// destination is told by the traffic; a host that has no such pair, as a visitor
// of a public server, is not counted among those that it is compared with.
func pairLists(pairs []*pair) []*list {
	users := usersOf(pairs)
	beacon := newList(Beacon, 0, 1, beaconFloor)
	beacon.shared = func(row int) int { return len(users[pairs[row].door.host]) }
	rareBeacon := newList(RareBeacon, 0, 1, beaconFloor)
	sent, received := newList(RareSent, 0, amounts, volumeFloor), newList(RareReceived, 0, amounts, volumeFloor)
	held := newList(RareHeld, 0, amounts, heldFloor)
	for i, p := range pairs {
		rare, steady := len(users[p.door.host]) == 1, len(p.ends) >= beaconFlows
		var bits float64
		if steady {
			bits = rhythm(p.ends)
			beacon.add(p.source, bits, i)
		}
		if !rare {
			continue
		}
		if steady {
			rareBeacon.add(p.source, bits, i)
		}
		sent.add(p.source, p.sent, i)
		received.add(p.source, p.received, i)
		held.add(p.source, p.held, i)
	}
	for source := range sent.rows { // they could have a beacon, and have none
		if rareBeacon.rows[source] == 0 {
			rareBeacon.add(source, 0, 0)
		}
	}
	return []*list{beacon, rareBeacon, sent, received, held}
}

// usersOf returns the hosts that use each destination.
func usersOf(pairs []*pair) map[string]map[int32]bool {
	users := map[string]map[int32]bool{}
	for _, p := range pairs {
		of := users[p.door.host]
		if of == nil {
			of = map[int32]bool{}
			users[p.door.host] = of
		}
		of[p.source] = true
	}
	return users
}

// rhythm says how much the ends of flows are like the strokes of a clock, in
// bits: 0 if chance explains them.
//
// Of m gaps, s lie within a quarter of the median gap. If flows came by chance
// (a Poisson process), a share q = 2^-0.75 − 2^-1.25 of the gaps would. That
// there are s of m is less likely by m·KL(s/m ‖ q) bits, the Kullback–Leibler
// divergence of the two shares (Chernoff's bound).
func rhythm(ends []float64) float64 {
	gaps := gapsOf(ends)
	median := window.Median(slices.Clone(gaps))
	if !(median > beaconGap) {
		return 0
	}
	steady := 0
	for _, gap := range gaps {
		if math.Abs(gap-median) <= median/4 {
			steady++
		}
	}
	q := math.Exp2(-0.75) - math.Exp2(-1.25)
	share := float64(steady) / float64(len(gaps))
	if share <= q {
		return 0
	}
	divergence := share * math.Log2(share/q)
	if share < 1 {
		divergence += (1 - share) * math.Log2((1-share)/(1-q))
	}
	return float64(len(gaps)) * divergence
}

// gapsOf returns the times from one flow to the next.
func gapsOf(ends []float64) []float64 {
	gaps := make([]float64, len(ends)-1)
	for i := range gaps {
		gaps[i] = ends[i+1] - ends[i]
	}
	return gaps
}

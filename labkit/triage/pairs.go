package triage

import (
	"math"
	"slices"

	"flowlab/labkit/pair"
	"flowlab/labkit/window"
)

// A door is a port of a host: what a source knocks at.
type door struct {
	host string
	port int
}

func doorOf(p *pair.Pair) door { return door{p.Dst, p.Port} }

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
func pairLists(pairs []pair.Pair, hosts *hosts) []*list {
	steadyRows, rareSteadyRows, rareRows := new(rowCounts), new(rowCounts), new(rowCounts)
	beacon := newList(Beacon, 0, 1, beaconFloor, steadyRows)
	beacon.shared = func(row int) int { return pairs[row].Sources }
	rareBeacon := newList(RareBeacon, 0, 1, beaconFloor, rareSteadyRows)
	sent, received := newList(RareSent, 0, amounts, volumeFloor, rareRows), newList(RareReceived, 0, amounts, volumeFloor, rareRows)
	held := newList(RareHeld, 0, amounts, heldFloor, rareRows)
	for i := range pairs {
		p := &pairs[i]
		source, steady := hosts.numbers[p.Src], p.Flows >= beaconFlows
		var bits float64
		if steady {
			bits = rhythm(p.Starts)
			steadyRows.add(source)
			beacon.add(source, bits, i)
		}
		if p.Sources > 1 {
			continue
		}
		if steady {
			rareSteadyRows.add(source)
			rareBeacon.add(source, bits, i)
		}
		rareRows.add(source)
		sent.add(source, p.Sent, i)
		received.add(source, p.Received, i)
		held.add(source, p.Held, i)
	}
	for source, rows := range rareRows.of { // they could have a beacon, and have none
		if rows > 0 && rareSteadyRows.count(int32(source)) == 0 {
			rareSteadyRows.add(int32(source))
		}
	}
	return []*list{beacon, rareBeacon, sent, received, held}
}

// rhythm says how much the starts of flows are like the strokes of a clock, in
// bits: 0 if chance explains them.
//
// Of m gaps, s lie within a quarter of the median gap. If flows came by chance
// (a Poisson process), a share q = 2^-0.75 − 2^-1.25 of the gaps would. That
// there are s of m is less likely by m·KL(s/m ‖ q) bits, the Kullback–Leibler
// divergence of the two shares (Chernoff's bound).
func rhythm(starts []float64) float64 {
	gaps := gapsOf(starts)
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
func gapsOf(times []float64) []float64 {
	if len(times) < 2 {
		return nil
	}
	gaps := make([]float64, len(times)-1)
	for i := range gaps {
		gaps[i] = times[i+1] - times[i]
	}
	return gaps
}

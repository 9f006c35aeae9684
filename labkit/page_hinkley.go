package labkit

import (
	"cmp"
	"math"
)

// PageHinkley sees a change of a stream's mean by adding up how far each number
// is from the mean of those before: around a mean that stays, the sums stay
// near 0; after a change they grow with every number until one has moved more
// than Threshold from its extreme. After a change it begins anew.
//
// It takes a dozen operations a number and remembers seven. It is quick where
// numbers are in the units of Threshold, and blind or nervous where they are
// not, so scale them first. It sees means only, not a change of spread. Its zero
// value has River's parameters and fires where River 0.26 does.
//
// Source: E. S. Page, Continuous Inspection Schemes, Biometrika 41, 1954.
type PageHinkley struct {
	MinSeen   int     // numbers before a change can be seen. 0 means 30.
	Delta     float64 // a change of the mean that does not count (delta). 0 means 0.005.
	Threshold float64 // 0 means 50.
	Decay     float64 // what is kept of the sums at each number, in (0, 1] (alpha). 0 means 0.9999.

	seen          int
	mean          float64
	up, lowest    float64 // the sum that grows with the mean, and its minimum
	down, highest float64 // the sum that falls with it, and its maximum
}

var _ DriftDetector = (*PageHinkley)(nil)

// Update takes the next number, and returns whether the mean has changed.
func (p *PageHinkley) Update(v float64) bool {
	if p.seen == 0 {
		p.mean, p.up, p.down = 0, 0, 0
		p.lowest, p.highest = math.Inf(1), -1 // River's
	}
	p.seen++
	p.mean += float64(1 / float64(p.seen) * (v - p.mean))
	kept, delta := cmp.Or(p.Decay, 1-0.0001), cmp.Or(p.Delta, 0.005)
	p.up = float64(kept*p.up) + (v - p.mean) - delta
	p.down = float64(kept*p.down) + (v - p.mean) + delta
	p.lowest, p.highest = min(p.lowest, p.up), max(p.highest, p.down)
	if p.seen < cmp.Or(p.MinSeen, 30) {
		return false
	}
	changed := max(p.up-p.lowest, p.highest-p.down) > cmp.Or(p.Threshold, 50)
	if changed {
		p.seen = 0
	}
	return changed
}

package triage

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"flowlab/labkit/flow"
)

const (
	livePairTimes = 32     // the latest starts of a pair that are kept
	livePairsMost = 20_000 // pairs, of which a fifth goes when there are more: the idle ones
	livePairFlows = 12     // from which on a rhythm is looked for
	livePairSpan  = 24 * 3600
	livePairEvery = 300 // seconds between two looks at all pairs
	liveChance    = 6.  // a beacon is one in 10^6 by chance, among all pairs
)

// livePairs watch what each source does at one port of a destination, over the
// latest 24 hours. Their time is that of the windows that close, so that one
// flow from the future does not make them forget.
type livePairs struct {
	Pairs map[pairKey]*livePair
	Users map[string]users // of each destination
	Look  float64          // when to look next
}

type pairKey struct {
	Src, Dst string
	Port     int
}

type livePair struct {
	Starts []float64 // the latest, in order of arrival
	Last   float64
	Told   float64 // when it was found, 0 if it was not
}

// users tell whether a destination has one source or more, and when it was last
// used.
type users struct {
	First string
	Many  bool
	Last  float64
}

func newLivePairs() livePairs {
	return livePairs{Pairs: map[pairKey]*livePair{}, Users: map[string]users{}}
}

// add takes a flow.
func (l *livePairs) add(f *flow.Flow) {
	if math.IsNaN(f.TS) || f.SrcIP == "" || f.DstIP == "" {
		return
	}
	key := pairKey{f.SrcIP, f.DstIP, f.DstPort}
	p := l.Pairs[key]
	if p == nil {
		if len(l.Pairs) >= livePairsMost {
			l.forgetIdle()
		}
		p = new(livePair)
		l.Pairs[key] = p
	}
	if len(p.Starts) == livePairTimes {
		p.Starts = append(p.Starts[:0], p.Starts[1:]...)
	}
	p.Starts, p.Last = append(p.Starts, f.TS), max(p.Last, f.TS)
	u, known := l.Users[f.DstIP]
	if !known {
		u.First = f.SrcIP
	}
	u.Many, u.Last = u.Many || u.First != f.SrcIP, max(u.Last, f.TS)
	l.Users[f.DstIP] = u
}

// look judges all pairs if it is time.
func (l *livePairs) look(now float64) []Finding {
	if now < l.Look {
		return nil
	}
	l.Look = now + livePairEvery
	l.forget(now - livePairSpan)
	return l.judge(now)
}

// judge returns the pairs with a rhythm whose destination no other host uses,
// each once in 24 hours.
func (l *livePairs) judge(now float64) []Finding {
	var found []Finding
	for key, p := range l.Pairs {
		if len(p.Starts) < livePairFlows || p.Told != 0 && now < p.Told+livePairSpan || l.Users[key.Dst].Many {
			continue
		}
		starts := slices.Sorted(slices.Values(p.Starts))
		score := rhythm(starts)*math.Log10(2) - math.Log10(float64(len(l.Pairs)))
		if score <= liveChance {
			continue
		}
		found = append(found, beaconFinding(key, starts, score))
		p.Told = now
	}
	slices.SortFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Host, b.Host), cmp.Compare(a.Peer, b.Peer), cmp.Compare(a.Port, b.Port))
	})
	return found
}

func beaconFinding(key pairKey, starts []float64, score float64) Finding {
	first, last := starts[0], starts[len(starts)-1]
	gaps := gapsOf(starts)
	slices.Sort(gaps)
	d := door{key.Dst, key.Port}
	return Finding{
		Kind: RareBeacon, Host: key.Src, Peer: key.Dst, Port: key.Port,
		First: first, Last: last, Count: len(starts), Score: score, Threshold: liveChance,
		Words: fmt.Sprintf("every %s to %s, %d times, for %s; no other host goes there", seconds(gaps[len(gaps)/2]), d, len(starts), lasting(last-first)),
		Where: wherePair(key.Src, d, first, last),
	}
}

// forget drops what was not used since a time.
func (l *livePairs) forget(oldest float64) {
	maps.DeleteFunc(l.Pairs, func(_ pairKey, p *livePair) bool { return p.Last < oldest })
	maps.DeleteFunc(l.Users, func(_ string, u users) bool { return u.Last < oldest })
}

// forgetIdle drops the fifth of the pairs that was idle longest.
func (l *livePairs) forgetIdle() {
	lasts := make([]float64, 0, len(l.Pairs))
	for _, p := range l.Pairs {
		lasts = append(lasts, p.Last)
	}
	slices.Sort(lasts)
	l.forget(math.Nextafter(lasts[len(lasts)/5], math.Inf(1)))
}

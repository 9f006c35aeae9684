package triage

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"flowlab/labkit/flow"
	"flowlab/labkit/pair"
)

// A Host is an address with what it did.
type Host struct {
	Place    int // from 1: where to look first
	Address  string
	Findings []Finding // the most striking first; none if it did as others do

	score float64 // of what gives it its place, -Inf if nothing does
}

// hosts gives addresses numbers: sources first, then the other destinations.
type hosts struct {
	numbers map[string]int32
	names   []string
	sources int
}

// hosts numbers the addresses of the traffic.
func (t *Traffic) hosts() *hosts {
	known := &hosts{numbers: map[string]int32{}}
	for _, p := range t.parts {
		known.addWords(p.Word[flow.SrcIP])
	}
	known.sources = len(known.names)
	for _, p := range t.parts {
		known.addWords(p.Word[flow.DstIP])
	}
	return known
}

// addWords numbers the words that occur. Each is looked up once in a row of equal
// ones: parts share their texts, so that not all of them occur in each.
func (h *hosts) addWords(words flow.Words) {
	last := uint32(0)
	for _, code := range words.Codes {
		if code == last {
			continue
		}
		last = code
		if name := words.Texts[code]; name != "" {
			h.add(name)
		}
	}
}

func (h *hosts) add(name string) {
	if _, ok := h.numbers[name]; !ok {
		h.numbers[name] = int32(len(h.names))
		h.names = append(h.names, name)
	}
}

// Hosts ranks all sources of the traffic, and those destinations that were
// flooded, by how little the rest of the traffic explains what they did.
//
// There is a list for each [Kind] but Unusual and Strange, in which each host is
// compared with the others alone: see its most striking row, be it a window or a
// pair. The chance that one of the others has such a row is estimated from the
// upper tail of their rows, multiplied by the number of rows and sizes of windows
// in which the host was looked at. The smallest chance over all lists counts,
// times the lists and the hosts: how many such findings are expected by chance.
// It puts hosts in order; it is no true probability, as rows of one host are not
// independent and traffic has habits that no list knows.
//
// Each host has at most one finding of each family (attempts, volume, rhythm,
// duration, flood), and its strangest flow, if that is above the threshold of
// flows; flows may be nil. A strange flow alone puts a host behind those that
// reach the floor of a list: put into the comparison as one more list, flows moved no
// attacker up, and some down.
//
// A multicast or broadcast address is no destination of any of these. Without
// times or sources there are no hosts.
func (t *Traffic) Hosts(flows *JudgedFlows) []Host {
	known := t.hosts()
	var pairs []pair.Pair
	var flooded *list
	var beside sync.WaitGroup
	beside.Go(func() {
		flooded = t.floodList(known)
		pairs = pair.Of(t.conversations())
	})
	all := t.windowLists(known)
	beside.Wait()
	all = append(all, pairLists(pairs, known)...)

	found := map[int32][]striking{}
	for _, l := range append(all, flooded) {
		compared := known.sources
		if l == flooded {
			compared = flooded.rows.hosts
		}
		l.judge(func(host int32, c candidate) {
			found[host] = append(found[host], c.among(compared))
		})
	}
	ranked := make([]Host, 0, known.sources)
	evidence := newEvidence(t, known, pairs)
	for n, name := range known.names {
		best := oneOfEachFamily(found[int32(n)])
		if n >= known.sources && len(best) == 0 {
			continue // a destination that nothing happened to
		}
		h := Host{Address: name, Findings: evidence.want(int32(n), best), score: math.Inf(-1)}
		for _, s := range found[int32(n)] {
			h.score = max(h.score, s.score())
		}
		ranked = append(ranked, h)
	}
	evidence.gather(ranked)
	flows.addTo(ranked)
	slices.SortStableFunc(ranked, lookAt)
	for i := range ranked {
		ranked[i].Place = i + 1
	}
	return ranked
}

// lookAt returns the order in which to look at two hosts: that with the higher
// score first, and those that have but a strange flow behind.
func lookAt(a, b Host) int {
	return cmp.Or(cmp.Compare(b.rank(), a.rank()), cmp.Compare(b.score, a.score), cmp.Compare(a.Address, b.Address))
}

// rank is 2 for a host that reaches the floor of a list, 1 for one that has a
// strange flow only, and 0 for one without findings.
func (h *Host) rank() int {
	switch {
	case len(h.Findings) == 0:
		return 0
	case h.Findings[0].Kind == Strange:
		return 1
	}
	return 2
}

// A striking candidate, and how many such are expected by chance.
type striking struct {
	candidate
	expected float64
}

// among returns a candidate as one of so many hosts, in all lists.
func (c candidate) among(hosts int) striking {
	return striking{c, c.chance * float64(hosts*listKinds())}
}

// score is 0 for one that is expected, and higher for fewer.
func (s *striking) score() float64 { return -math.Log10(s.expected) }

// families are kinds that mostly say the same of a host.
var families = map[Kind]string{
	FailedFlows: "attempts", FailedPorts: "attempts", FailedPeers: "attempts", FailedTries: "attempts", Tries: "attempts",
	BytesSent: "volume", RareSent: "volume",
	Beacon: "rhythm", RareBeacon: "rhythm",
}

// Family returns the name of the kinds that mostly say the same of a host: attempts,
// volume or rhythm, and of the others the kind itself. A host has at most one
// finding of each, see [Traffic.Hosts].
func (k Kind) Family() string { return cmp.Or(families[k], string(k)) }

// telling has, of kinds that say nearly the same, those that tell more: 300 ports
// tried in vain instead of 303 attempts in vain.
var telling = map[Kind]int{FailedPorts: 2, FailedPeers: 2, FailedTries: 1, Tries: 1, RareSent: 1, RareBeacon: 1}

// asStriking is up to which factor a candidate is taken for as striking as
// another.
const asStriking = 2

// oneOfEachFamily returns a candidate of each family, the most striking first:
// of those that are as striking as the most striking one, that which tells most.
func oneOfEachFamily(all []striking) []striking {
	slices.SortStableFunc(all, func(a, b striking) int { return cmp.Compare(a.expected, b.expected) })
	var kept []striking
	most := map[string]float64{} // of each family
	place := map[string]int{}
	for _, s := range all {
		family := s.list.kind.Family()
		i, ok := place[family]
		switch {
		case !ok:
			place[family], most[family] = len(kept), s.expected
			kept = append(kept, s)
		case s.expected <= asStriking*most[family] && telling[s.list.kind] > telling[kept[i].list.kind]:
			kept[i] = s
		}
	}
	return kept
}

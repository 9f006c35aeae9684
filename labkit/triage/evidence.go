package triage

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"flowlab/labkit/flow"
	"flowlab/labkit/pair"
	"flowlab/labkit/window"
)

// evidence gathers the flows behind findings in one pass over the traffic.
type evidence struct {
	traffic *Traffic
	hosts   *hosts
	pairs   []pair.Pair
	cases   map[string][]*trace // by the host
}

func newEvidence(t *Traffic, h *hosts, pairs []pair.Pair) *evidence {
	return &evidence{t, h, pairs, map[string][]*trace{}}
}

// A trace is what is gathered for one finding.
type trace struct {
	striking
	begin, end float64 // of the window, in which flows end, or of the pair, whose flows start there
	door       door    // of the pair; none has an empty host
	peers      map[string]float64
	ports      map[int]float64
	doors      map[door]float64
	times      []float64
	sent, held float64
	received   float64
}

// mostOrigins bounds the places that a finding keeps.
const mostOrigins = 1000

// want begins the findings of a host. Their words and flows come with gather.
func (e *evidence) want(host int32, found []striking) []Finding {
	findings := make([]Finding, len(found))
	name := e.hosts.names[host]
	for i, s := range found {
		findings[i] = Finding{
			Kind: s.list.kind, Host: name, Port: -1, First: math.NaN(), Last: math.NaN(),
			Score: s.score(), Window: s.list.window,
		}
		e.cases[name] = append(e.cases[name], e.trace(s))
	}
	return findings
}

func (e *evidence) trace(s striking) *trace {
	c := &trace{striking: s, peers: map[string]float64{}, ports: map[int]float64{}, doors: map[door]float64{}}
	if s.list.window > 0 {
		c.begin = float64(s.row)
		c.end = c.begin + s.list.window.Seconds()
		return c
	}
	p := &e.pairs[s.row]
	c.begin, c.end, c.door = p.First, math.Nextafter(p.Last, math.Inf(1)), doorOf(p)
	return c
}

// gather fills in the findings of hosts.
func (e *evidence) gather(ranked []Host) {
	findings := map[string][]Finding{}
	for _, h := range ranked {
		if len(h.Findings) > 0 {
			findings[h.Address] = h.Findings
		}
	}
	for f := range e.traffic.conversations() {
		e.offer(&f, f.SrcIP, false, findings[f.SrcIP])
		e.offer(&f, f.DstIP, true, findings[f.DstIP])
	}
	for name, cases := range e.cases {
		for i, c := range cases {
			c.describe(&findings[name][i])
		}
	}
}

// offer adds a flow to those findings of one of its ends that it is part of.
func (e *evidence) offer(f *flow.Flow, host string, asTarget bool, findings []Finding) {
	for i, c := range e.cases[host] {
		if (c.list.kind == Flood) != asTarget || !c.has(f) {
			continue
		}
		c.add(f)
		to := &findings[i]
		if to.Count++; to.Count == 1 {
			to.Protocol = f.Protocol
		} else if to.Protocol != f.Protocol {
			to.Protocol = ""
		}
		to.First, to.Last = fmin(to.First, f.TS), fmax(to.Last, f.End())
		if len(to.Flows) < mostOrigins {
			to.Flows = append(to.Flows, f.Origin)
		}
	}
}

func fmin(a, b float64) float64 {
	if math.IsNaN(a) || b < a {
		return b
	}
	return a
}

func fmax(a, b float64) float64 {
	if math.IsNaN(a) || b > a {
		return b
	}
	return a
}

// time returns when a flow counts.
func (c *trace) time(f *flow.Flow) float64 {
	if c.door.host != "" {
		return f.TS
	}
	return f.End()
}

// has tells whether a flow of the host is part of the finding.
func (c *trace) has(f *flow.Flow) bool {
	switch at := c.time(f); {
	case at < c.begin || at >= c.end:
		return false
	case c.door.host != "":
		return c.door == door{f.DstIP, f.DstPort}
	}
	switch c.list.kind {
	case FailedFlows, FailedPorts, FailedPeers, FailedTries:
		return f.Failed()
	}
	return true
}

func (c *trace) add(f *flow.Flow) {
	weight := 1.0
	if c.list.kind == BytesSent {
		weight = flow.OrZero(f.BytesSent)
	}
	peer := f.DstIP
	if c.list.kind == Flood {
		peer = f.SrcIP
	}
	if peer != "" {
		c.peers[peer] += weight
	}
	if f.DstPort >= 0 {
		c.ports[f.DstPort] += weight
	}
	c.doors[door{f.DstIP, f.DstPort}] += weight
	c.times = append(c.times, c.time(f))
	c.sent += flow.OrZero(f.BytesSent)
	c.received += flow.OrZero(f.BytesRecv)
	c.held += flow.OrZero(f.Duration)
}

// heaviest returns the key with the most weight, and its share of all.
func heaviest[K cmp.Ordered](weights map[K]float64) (key K, share float64) {
	total := 0.0
	for _, k := range slices.Sorted(maps.Keys(weights)) {
		w := weights[k]
		total += w
		if w > share {
			key, share = k, w
		}
	}
	if total == 0 {
		return key, 0
	}
	return key, share / total
}

// mainDoor returns the door with the most weight, and its share of all.
func (c *trace) mainDoor() (door, float64) {
	byName := map[string]float64{}
	doors := map[string]door{}
	for d, w := range c.doors {
		byName[d.String()] = w
		doors[d.String()] = d
	}
	name, share := heaviest(byName)
	return doors[name], share
}

// gapAndSpread returns the median of the gaps between flows, and the median
// distance of the gaps from it, in seconds.
func (c *trace) gapAndSpread() (gap, spread float64) {
	slices.Sort(c.times)
	gaps := gapsOf(c.times)
	gap = window.Median(slices.Clone(gaps))
	for i := range gaps {
		gaps[i] = math.Abs(gaps[i] - gap)
	}
	return gap, window.Median(gaps)
}

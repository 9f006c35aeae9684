package pair

import (
	"cmp"
	"iter"
	"maps"
	"math"
	"slices"

	"flowlab/labkit/flow"
)

// Of returns the pairs of flows in any order: those of the first span first, and
// in each the most regular first, among equals that with more flows, then by
// source, destination and port; those without a regularity come last. Flows
// without a time, a source or a destination are in no pair.
func Of(flows iter.Seq[flow.Flow]) []Pair {
	conversations, begin := collect(flows)
	spans := map[float64]*span{}
	for between, all := range conversations {
		for day, part := range days(all, begin) {
			s := spans[day]
			if s == nil {
				s = &span{part[0].start, part[0].start, map[string]int{}}
				spans[day] = s
			}
			s.first, s.last = min(s.first, part[0].start), max(s.last, part[len(part)-1].start)
			s.sources[between.dst]++
		}
	}
	byDay := map[float64][]Pair{}
	for between, all := range conversations {
		for day, part := range days(all, begin) {
			byDay[day] = spans[day].appendPairs(byDay[day], between, part)
		}
	}
	var pairs []Pair
	for _, day := range slices.Sorted(maps.Keys(byDay)) {
		slices.SortFunc(byDay[day], mostRegularFirst)
		pairs = append(pairs, byDay[day]...)
	}
	return pairs
}

func mostRegularFirst(a, b Pair) int {
	return cmp.Or(
		-cmp.Compare(a.Regularity, b.Regularity), b.Flows-a.Flows, // NaN is below all
		cmp.Compare(a.Src, b.Src), cmp.Compare(a.Dst, b.Dst), cmp.Compare(a.Port, b.Port),
	)
}

// ends are the source and the destination of flows.
type ends struct{ src, dst string }

// A record is what pairs need of a flow.
type record struct {
	start, duration float64
	bytes, ipBytes  float64 // sent
	received        float64 // bytes
	port            int
	failed          bool
}

// collect returns the flows between two hosts, in the order of their starts, and
// the first start of all.
func collect(flows iter.Seq[flow.Flow]) (conversations map[ends][]record, begin float64) {
	conversations, begin = map[ends][]record{}, math.Inf(1)
	for f := range flows {
		if f.SrcIP == "" || f.DstIP == "" || math.IsNaN(f.TS) || math.IsInf(f.TS, 0) {
			continue
		}
		begin = min(begin, f.TS)
		key := ends{f.SrcIP, f.DstIP}
		conversations[key] = append(conversations[key], record{f.TS, f.Duration, f.BytesSent, f.IPBytesSent, f.BytesRecv, f.DstPort, f.Failed()})
	}
	for _, all := range conversations {
		slices.SortStableFunc(all, func(a, b record) int { return cmp.Compare(a.start, b.start) })
	}
	return conversations, begin
}

// days cuts flows in order into those of each day, counted from begin.
func days(flows []record, begin float64) iter.Seq2[float64, []record] {
	return func(yield func(float64, []record) bool) {
		for len(flows) > 0 {
			day := math.Floor((flows[0].start - begin) / Span)
			n := slices.IndexFunc(flows, func(f record) bool { return math.Floor((f.start-begin)/Span) > day })
			if n < 0 {
				n = len(flows)
			}
			if !yield(day, flows[:n]) {
				return
			}
			flows = flows[n:]
		}
	}
}

// A span is a day of the input.
type span struct {
	first, last float64        // starts
	sources     map[string]int // that use a destination
}

// appendPairs appends the pairs of the flows between two hosts, by port.
func (s *span) appendPairs(pairs []Pair, between ends, flows []record) []Pair {
	beacon := NewBeacon(starts(flows), sizes(flows), s.first, s.last)
	flows = slices.Clone(flows)
	slices.SortStableFunc(flows, func(a, b record) int { return cmp.Compare(a.port, b.port) })
	for begin, end := 0, 0; begin < len(flows); begin = end {
		for end = begin + 1; end < len(flows) && flows[end].port == flows[begin].port; {
			end++
		}
		p := Pair{Src: between.src, Dst: between.dst, Port: flows[begin].port, Sources: s.sources[between.dst], Beacon: beacon}
		p.measure(flows[begin:end])
		pairs = append(pairs, p)
	}
	return pairs
}

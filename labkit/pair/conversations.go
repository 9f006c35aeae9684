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
	for _, c := range conversations {
		for day, part := range days(c.flows, begin) {
			s := spans[day]
			if s == nil {
				s = &span{part[0].start, part[0].start, map[string]int{}}
				spans[day] = s
			}
			s.first, s.last = min(s.first, part[0].start), max(s.last, part[len(part)-1].start)
			s.sources[c.dst]++
		}
	}
	byDay := map[float64][]Pair{}
	for _, c := range conversations {
		for day, part := range days(c.flows, begin) {
			byDay[day] = spans[day].appendPairs(byDay[day], c.ends, part)
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
	port            int32
	failed          bool
}

// A conversation has the flows between two hosts, in the order of their starts.
type conversation struct {
	ends
	flows []record
}

// collect returns the conversations of flows, and the first start of all.
func collect(flows iter.Seq[flow.Flow]) (conversations []conversation, begin float64) {
	begin = math.Inf(1)
	var records []record
	var of []int32 // the conversation of each record
	var sizes []int
	numbers := map[ends]int32{}
	for f := range flows {
		if f.SrcIP == "" || f.DstIP == "" || math.IsNaN(f.TS) || math.IsInf(f.TS, 0) {
			continue
		}
		begin = min(begin, f.TS)
		key := ends{f.SrcIP, f.DstIP}
		number, ok := numbers[key]
		if !ok {
			number = int32(len(numbers))
			numbers[key] = number
			conversations, sizes = append(conversations, conversation{ends: key}), append(sizes, 0)
		}
		sizes[number]++
		of = append(of, number)
		records = append(records, record{f.TS, f.Duration, f.BytesSent, f.IPBytesSent, f.BytesRecv, int32(f.DstPort), f.Failed()})
	}
	group(records, of, sizes)
	for i := range conversations {
		c := &conversations[i]
		c.flows, records = records[:sizes[i]:sizes[i]], records[sizes[i]:]
		slices.SortStableFunc(c.flows, func(a, b record) int { return cmp.Compare(a.start, b.start) })
	}
	return conversations, begin
}

// group puts the records of each conversation side by side and leaves them in
// their order. There are too many to hold them twice.
func group(records []record, of []int32, sizes []int) {
	next := make([]int, len(sizes))
	for i := 1; i < len(sizes); i++ {
		next[i] = next[i-1] + sizes[i-1]
	}
	to := make([]int32, len(records)) // where each record belongs
	for i, number := range of {
		to[i] = int32(next[number])
		next[number]++
	}
	for i := range records {
		for to[i] != int32(i) {
			k := to[i]
			records[i], records[k] = records[k], records[i]
			to[i], to[k] = to[k], k
		}
	}
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
		p := Pair{Src: between.src, Dst: between.dst, Port: int(flows[begin].port), Sources: s.sources[between.dst], Beacon: beacon}
		p.measure(flows[begin:end])
		pairs = append(pairs, p)
	}
	return pairs
}

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
// without a time, a source or a destination are in no pair. It goes through the
// flows twice, so as to hold no more than it needs.
func Of(flows iter.Seq[flow.Flow]) []Pair {
	conversations, begin := collect(flows)
	spans := map[float64]*span{}
	all := 0
	for _, c := range conversations {
		all += len(c.flows)
		for day, part := range days(c.flows, begin) {
			s := spans[day]
			if s == nil {
				s = &span{first: part[0].start, last: part[0].start, sources: map[string]int{}}
				spans[day] = s
			}
			s.meet(c.dst, part)
		}
	}
	starts := make([]float64, 0, all)
	for _, c := range conversations {
		for day, part := range days(c.flows, begin) {
			starts = spans[day].addPairs(c.ends, part, starts)
		}
	}
	var inOrder [][]Pair
	for _, day := range slices.Sorted(maps.Keys(spans)) {
		pairs := spans[day].pairs
		slices.SortFunc(pairs, mostRegularFirst)
		inOrder = append(inOrder, pairs)
	}
	if len(inOrder) == 1 {
		return inOrder[0]
	}
	return slices.Concat(inOrder...)
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
	var of []int32 // the conversation of each flow
	var sizes []int
	numbers := map[ends]int32{}
	for f := range paired(flows) {
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
	}
	records := make([]record, len(of))
	for i, n := range sizes {
		conversations[i].flows, records = records[:0:n], records[n:]
	}
	next := 0
	for f := range paired(flows) {
		c := &conversations[of[next]]
		c.flows = append(c.flows, record{f.TS, f.Duration, f.BytesSent, f.IPBytesSent, f.BytesRecv, int32(f.DstPort), f.Failed()})
		next++
	}
	for _, c := range conversations {
		slices.SortStableFunc(c.flows, func(a, b record) int { return cmp.Compare(a.start, b.start) })
	}
	return conversations, begin
}

// paired returns the flows that have a time, a source and a destination.
func paired(flows iter.Seq[flow.Flow]) iter.Seq[flow.Flow] {
	return func(yield func(flow.Flow) bool) {
		for f := range flows {
			if f.SrcIP != "" && f.DstIP != "" && !math.IsNaN(f.TS) && !math.IsInf(f.TS, 0) && !yield(f) {
				return
			}
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
	met         int            // how many pairs of hosts
	pairs       []Pair
}

// meet takes note of the flows between a source and a destination.
func (s *span) meet(dst string, flows []record) {
	s.first, s.last = min(s.first, flows[0].start), max(s.last, flows[len(flows)-1].start)
	s.sources[dst]++
	s.met++
}

// addPairs adds the pairs of the flows between two hosts, by port, whose order it
// changes. It appends the starts that the pairs keep.
func (s *span) addPairs(between ends, flows []record, times []float64) []float64 {
	if s.pairs == nil {
		s.pairs = make([]Pair, 0, s.met)
	}
	var beacon Beacon
	if len(flows) >= MinTimes {
		beacon = NewBeacon(starts(flows), sizes(flows), s.first, s.last)
	}
	slices.SortStableFunc(flows, func(a, b record) int { return cmp.Compare(a.port, b.port) })
	for begin, end := 0, 0; begin < len(flows); begin = end {
		from := len(times)
		for end = begin; end < len(flows) && flows[end].port == flows[begin].port; end++ {
			times = append(times, flows[end].start)
		}
		p := Pair{Src: between.src, Dst: between.dst, Port: int(flows[begin].port), Sources: s.sources[between.dst], Beacon: beacon}
		p.Starts = times[from:len(times):len(times)]
		p.measure(flows[begin:end])
		s.pairs = append(s.pairs, p)
	}
	return times
}

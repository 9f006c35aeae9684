package pair

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"flowlab/labkit/flow"
	"flowlab/labkit/window"
)

// Span is the longest time, in seconds, over which a pair is looked at: a day, as
// in RITA. Of a longer input each span is looked at by itself, counted from its
// first flow.
const Span = 24 * 3600

// A Pair is what one source did at one port of a destination in a [Span].
type Pair struct {
	Src, Dst string
	Port     int // destination port, -1 if it is not known

	Flows       int
	First, Last float64   // starts of the first and of the last flow, in seconds since 1970
	Starts      []float64 // of all flows, in order
	Hours       int       // of the clock, in UTC, in which a flow started

	// Of the gaps between the starts: see [window.Regularity].
	MedianGap, Regularity float64

	// Payload sent, of flows where it is known: mean and standard deviation (that
	// of a population). NaN if it is known of none.
	Bytes, BytesSpread float64

	FailedShare float64 // of the flows, in [0, 1]: see [flow.Flow.Failed]
	Duration    float64 // mean in seconds, of flows where it is known, NaN if of none
	Sources     int     // that use the destination in the span: its prevalence

	// Of all flows of the source to the destination, whatever their port.
	Beacon Beacon
}

// Of returns the pairs of flows in any order: those of the first span first, and
// in each the most regular first, among equals that with more flows, then by
// source, destination and port; those without a regularity come last. Flows
// without a time, a source or a destination are in no pair.
func Of(flows []flow.Flow) []Pair {
	var pairs []Pair
	for _, s := range spans(flows) {
		begin := len(pairs)
		for _, ends := range slices.SortedFunc(maps.Keys(s.conversations), compareEnds) {
			pairs = s.appendPairs(pairs, ends, s.conversations[ends])
		}
		slices.SortStableFunc(pairs[begin:], mostRegularFirst)
	}
	return pairs
}

func mostRegularFirst(a, b Pair) int {
	return cmp.Or(-cmp.Compare(a.Regularity, b.Regularity), b.Flows-a.Flows) // NaN is below all
}

// ends are the source and the destination of flows.
type ends struct{ src, dst string }

func compareEnds(a, b ends) int { return cmp.Or(cmp.Compare(a.src, b.src), cmp.Compare(a.dst, b.dst)) }

// A span is a day of flows.
type span struct {
	first, last   float64 // starts
	conversations map[ends][]*flow.Flow
	sources       map[string]int // that use a destination
}

// spans cuts flows into days.
func spans(flows []flow.Flow) []*span {
	begin := math.Inf(1)
	for i := range flows {
		if usable(&flows[i]) {
			begin = min(begin, flows[i].TS)
		}
	}
	days := map[float64]*span{}
	for i := range flows {
		f := &flows[i]
		if !usable(f) {
			continue
		}
		day := math.Floor((f.TS - begin) / Span)
		s := days[day]
		if s == nil {
			s = &span{f.TS, f.TS, map[ends][]*flow.Flow{}, map[string]int{}}
			days[day] = s
		}
		s.first, s.last = min(s.first, f.TS), max(s.last, f.TS)
		key := ends{f.SrcIP, f.DstIP}
		s.conversations[key] = append(s.conversations[key], f)
	}
	var inOrder []*span
	for _, day := range slices.Sorted(maps.Keys(days)) {
		s := days[day]
		for key := range s.conversations {
			s.sources[key.dst]++
		}
		inOrder = append(inOrder, s)
	}
	return inOrder
}

func usable(f *flow.Flow) bool {
	return f.SrcIP != "" && f.DstIP != "" && !math.IsNaN(f.TS) && !math.IsInf(f.TS, 0)
}

// appendPairs appends the pairs of the flows between two hosts, by port.
func (s *span) appendPairs(pairs []Pair, between ends, flows []*flow.Flow) []Pair {
	slices.SortStableFunc(flows, func(a, b *flow.Flow) int { return cmp.Compare(a.TS, b.TS) })
	beacon := NewBeacon(starts(flows), sizes(flows), s.first, s.last)
	byPort := map[int][]*flow.Flow{}
	for _, f := range flows {
		byPort[f.DstPort] = append(byPort[f.DstPort], f)
	}
	for _, port := range slices.Sorted(maps.Keys(byPort)) {
		p := Pair{Src: between.src, Dst: between.dst, Port: port, Sources: s.sources[between.dst], Beacon: beacon}
		p.measure(byPort[port])
		pairs = append(pairs, p)
	}
	return pairs
}

// measure fills in what the flows of the pair say, which are in order.
func (p *Pair) measure(flows []*flow.Flow) {
	p.Flows = len(flows)
	p.Starts = starts(flows)
	p.First, p.Last = p.Starts[0], p.Starts[len(p.Starts)-1]
	p.Regularity, p.MedianGap = window.Regularity(gaps(p.Starts))
	hour := math.Inf(-1)
	failed := 0
	for _, f := range flows {
		if h := math.Floor(f.TS / 3600); h > hour {
			hour = h
			p.Hours++
		}
		if f.Failed() {
			failed++
		}
	}
	p.FailedShare = float64(failed) / float64(len(flows))
	p.Bytes, p.BytesSpread = meanAndSpread(flows, func(f *flow.Flow) float64 { return f.BytesSent })
	p.Duration, _ = meanAndSpread(flows, func(f *flow.Flow) float64 { return f.Duration })
}

func starts(flows []*flow.Flow) []float64 {
	times := make([]float64, len(flows))
	for i, f := range flows {
		times[i] = f.TS
	}
	return times
}

// sizes returns what the source sent with each flow: bytes with headers or, if
// they are not known of all flows, payload, 0 where that is not known either.
func sizes(flows []*flow.Flow) []float64 {
	sizes := make([]float64, len(flows))
	headers := !slices.ContainsFunc(flows, func(f *flow.Flow) bool { return math.IsNaN(f.IPBytesSent) })
	for i, f := range flows {
		switch {
		case headers:
			sizes[i] = f.IPBytesSent
		case !math.IsNaN(f.BytesSent):
			sizes[i] = f.BytesSent
		}
	}
	return sizes
}

// gaps returns the seconds between times in order, to the microsecond.
func gaps(times []float64) []float64 {
	var gaps []float64
	for i := 1; i < len(times); i++ {
		gaps = append(gaps, math.Round((times[i]-times[i-1])*1e6)/1e6)
	}
	return gaps
}

// meanAndSpread returns mean and standard deviation of the values that are known.
func meanAndSpread(flows []*flow.Flow, value func(*flow.Flow) float64) (mean, spread float64) {
	n, sum, squares := 0., 0., 0.
	for _, f := range flows {
		if v := value(f); !math.IsNaN(v) {
			n++
			sum += v
		}
	}
	mean = sum / n // NaN of none
	for _, f := range flows {
		if v := value(f); !math.IsNaN(v) {
			squares += (v - mean) * (v - mean)
		}
	}
	return mean, math.Sqrt(squares / n)
}

package pair

import (
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

	// Of all flows together, 0 for one where it is not known: payload each way, and
	// the seconds that the flows lasted.
	Sent, Received, Held float64

	FailedShare float64 // of the flows, in [0, 1]: see [flow.Flow.Failed]
	Duration    float64 // mean in seconds, of flows where it is known, NaN if of none
	Sources     int     // that use the destination in the span: its prevalence

	// Of all flows of the source to the destination, whatever their port.
	Beacon Beacon
}

// measure fills in what the flows of the pair say, which are in order, as their
// starts are.
func (p *Pair) measure(flows []record) {
	p.Flows = len(flows)
	p.First, p.Last = p.Starts[0], p.Starts[len(p.Starts)-1]
	p.Regularity, p.MedianGap = window.Regularity(gaps(p.Starts))
	hour := math.Inf(-1)
	failed := 0
	for _, f := range flows {
		p.Sent, p.Received, p.Held = p.Sent+flow.OrZero(f.bytes), p.Received+flow.OrZero(f.received), p.Held+flow.OrZero(f.duration)
		if h := math.Floor(f.start / 3600); h > hour {
			hour = h
			p.Hours++
		}
		if f.failed {
			failed++
		}
	}
	p.FailedShare = float64(failed) / float64(len(flows))
	p.Bytes, p.BytesSpread = meanAndSpread(flows, func(f record) float64 { return f.bytes })
	p.Duration, _ = meanAndSpread(flows, func(f record) float64 { return f.duration })
}

func starts(flows []record) []float64 {
	times := make([]float64, len(flows))
	for i, f := range flows {
		times[i] = f.start
	}
	return times
}

// sizes returns what the source sent with each flow: bytes with headers or, if
// they are not known of all flows, payload, 0 where that is not known either.
func sizes(flows []record) []float64 {
	sizes := make([]float64, len(flows))
	headers := !slices.ContainsFunc(flows, func(f record) bool { return math.IsNaN(f.ipBytes) })
	for i, f := range flows {
		switch {
		case headers:
			sizes[i] = f.ipBytes
		case !math.IsNaN(f.bytes):
			sizes[i] = f.bytes
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
func meanAndSpread(flows []record, value func(record) float64) (mean, spread float64) {
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

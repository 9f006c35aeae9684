package pair

import (
	"math"

	"flowlab/labkit/flow"
)

// A Column is a number of a [Pair], under the name that it has in files and
// frames.
type Column struct {
	Name  string
	Whole bool // no fractions
	Value func(*Pair) float64
}

// Columns returns the columns of pairs, but for source and destination. The last
// one, g_test, is [Periodicity]: it takes up to some milliseconds for a pair, and is
// NaN if there are fewer flows than [MinTimes].
func Columns() []Column {
	count := func(name string, value func(*Pair) int) Column {
		return Column{name, true, func(p *Pair) float64 { return float64(value(p)) }}
	}
	amount := func(name string, value func(*Pair) float64) Column { return Column{name, false, value} }
	return []Column{
		{flow.DstPort.String(), true, func(p *Pair) float64 { return known(p.Port) }},
		count("flows", func(p *Pair) int { return p.Flows }),
		amount("first", func(p *Pair) float64 { return p.First }),
		amount("last", func(p *Pair) float64 { return p.Last }),
		count("hours", func(p *Pair) int { return p.Hours }),
		amount("median_gap", func(p *Pair) float64 { return p.MedianGap }),
		amount("regularity", func(p *Pair) float64 { return p.Regularity }),
		amount("mean_bytes_sent", func(p *Pair) float64 { return p.Bytes }),
		amount("spread_bytes_sent", func(p *Pair) float64 { return p.BytesSpread }),
		amount("failed_share", func(p *Pair) float64 { return p.FailedShare }),
		amount("mean_duration", func(p *Pair) float64 { return p.Duration }),
		count("sources", func(p *Pair) int { return p.Sources }),
		amount("rita_timing", func(p *Pair) float64 { return p.Beacon.Timing }),
		amount("rita_sizes", func(p *Pair) float64 { return p.Beacon.Sizes }),
		amount("rita_histogram", func(p *Pair) float64 { return p.Beacon.Histogram }),
		amount("rita_duration", func(p *Pair) float64 { return p.Beacon.Duration }),
		amount("rita", func(p *Pair) float64 { return p.Beacon.Score }),
		amount("g_test", func(p *Pair) float64 { return p.gTest() }),
	}
}

func known(port int) float64 {
	if port < 0 {
		return math.NaN()
	}
	return float64(port)
}

func (p *Pair) gTest() float64 {
	if p.Flows < MinTimes {
		return math.NaN()
	}
	return Periodicity(p.Starts)
}

package labkit

import (
	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"flowlab/labkit/internal/randomstate"
)

// The make-up of the generated traffic.
const (
	generatedNormal    = 900
	generatedAnomalies = 100
)

// flowColumns holds generated flows, a slice a column.
type flowColumns struct {
	bytesSent, bytesRecv     []float64
	packetsSent, packetsRecv []int
	duration                 []float64
	dstPort                  []int
	protocol                 []string
	label                    []int
}

// GenerateFlows returns 1,000 synthetic network flows in random order, 900 of
// normal traffic (label 0) and 100 anomalies (label 1: command and control,
// exfiltration, scanning). The same seed gives the same flows, and those are
// the flows that numpy and pandas draw in the Python lab at that seed.
//
// The columns are bytes_sent and bytes_recv (bytes), packets_sent and
// packets_recv (packets), duration (seconds), dst_port, protocol ("TCP" or
// "UDP") and label.
func GenerateFlows(seed uint32) dataframe.DataFrame {
	r := randomstate.New(seed)
	normal := normalFlows(r, generatedNormal)
	flows := normal.append(anomalousFlows(r, generatedAnomalies))
	order := randomstate.New(seed).Permutation(generatedNormal + generatedAnomalies)
	return flows.frame().Subset(order)
}

// normalFlows draws everyday traffic: web, DNS and SSH, moderate volumes.
// Each column is drawn whole before the next, as the Python lab does.
func normalFlows(r *randomstate.RandomState, n int) flowColumns {
	return flowColumns{
		bytesSent:   draw(n, func() float64 { return r.LogNormal(8, 1) }),
		bytesRecv:   draw(n, func() float64 { return r.LogNormal(9, 1.2) }),
		packetsSent: r.Poisson(n, 50),
		packetsRecv: r.Poisson(n, 80),
		duration:    draw(n, func() float64 { return r.Exponential(5) }),
		dstPort:     choose([]int{80, 443, 22, 53, 8080}, r.Weighted(n, []float64{0.3, 0.4, 0.1, 0.1, 0.1})),
		protocol:    choose([]string{"TCP", "UDP"}, r.Weighted(n, []float64{0.85, 0.15})),
		label:       make([]int, n),
	}
}

// anomalousFlows draws large uploads with small answers in short bursts to
// ports that malware is known for.
func anomalousFlows(r *randomstate.RandomState, n int) flowColumns {
	return flowColumns{
		bytesSent:   draw(n, func() float64 { return r.LogNormal(12, 2) }),
		bytesRecv:   draw(n, func() float64 { return r.LogNormal(6, 0.5) }),
		packetsSent: r.Poisson(n, 500),
		packetsRecv: r.Poisson(n, 20),
		duration:    draw(n, func() float64 { return r.Uniform(0.001, 0.5) }),
		dstPort:     choose([]int{4444, 8888, 31337, 6667}, draw(n, func() int { return r.Intn(4) })),
		protocol:    choose([]string{"TCP", "UDP"}, r.Weighted(n, []float64{0.5, 0.5})),
		label:       draw(n, func() int { return 1 }),
	}
}

func draw[T any](n int, next func() T) []T {
	values := make([]T, n)
	for i := range values {
		values[i] = next()
	}
	return values
}

func choose[T any](from []T, indices []int) []T {
	values := make([]T, len(indices))
	for i, k := range indices {
		values[i] = from[k]
	}
	return values
}

func (c flowColumns) append(d flowColumns) flowColumns {
	return flowColumns{
		bytesSent:   append(c.bytesSent, d.bytesSent...),
		bytesRecv:   append(c.bytesRecv, d.bytesRecv...),
		packetsSent: append(c.packetsSent, d.packetsSent...),
		packetsRecv: append(c.packetsRecv, d.packetsRecv...),
		duration:    append(c.duration, d.duration...),
		dstPort:     append(c.dstPort, d.dstPort...),
		protocol:    append(c.protocol, d.protocol...),
		label:       append(c.label, d.label...),
	}
}

func (c flowColumns) frame() dataframe.DataFrame {
	return dataframe.New(
		series.New(c.bytesSent, series.Float, "bytes_sent"),
		series.New(c.bytesRecv, series.Float, "bytes_recv"),
		series.New(c.packetsSent, series.Int, "packets_sent"),
		series.New(c.packetsRecv, series.Int, "packets_recv"),
		series.New(c.duration, series.Float, "duration"),
		series.New(c.dstPort, series.Int, "dst_port"),
		series.New(c.protocol, series.String, "protocol"),
		series.New(c.label, series.Int, "label"),
	)
}

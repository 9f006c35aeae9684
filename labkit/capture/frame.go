package capture

import (
	"net/netip"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// A row is a flow that is over.
type row struct {
	number int
	endpoints
	protocol        byte
	state           string
	first, duration int64
	bytes           [2]float64
	packets         [2]int
	ipBytes         [2]int
}

type rows []row

func (r *rows) add(f *flow) {
	*r = append(*r, row{
		number: f.number, endpoints: f.endpoints, protocol: f.key.protocol, state: f.state(),
		first: f.first, duration: max(0, f.last-f.first),
		bytes: [2]float64{f.payload(sent), f.payload(received)}, packets: f.packets, ipBytes: f.ipBytes,
	})
}

// frame returns the flows in the order of their first packets, with the
// columns of labkit.ReadFlows.
func (r rows) frame() dataframe.DataFrame {
	slices.SortFunc(r, func(a, b row) int { return a.number - b.number })
	return dataframe.New(
		r.numbers("ts", series.Float, func(f *row) float64 { return seconds(f.first) }),
		r.words("src_ip", func(f *row) string { return f.src.String() }),
		r.numbers("src_port", series.Int, func(f *row) float64 { return float64(f.srcPort) }),
		r.words("dst_ip", func(f *row) string { return f.dst.String() }),
		r.numbers("dst_port", series.Int, func(f *row) float64 { return float64(f.dstPort) }),
		r.words("protocol", func(f *row) string { return protocolWord(f.protocol) }),
		r.numbers("duration", series.Float, func(f *row) float64 { return seconds(f.duration) }),
		r.numbers("bytes_sent", series.Float, func(f *row) float64 { return f.bytes[sent] }),
		r.numbers("bytes_recv", series.Float, func(f *row) float64 { return f.bytes[received] }),
		r.numbers("packets_sent", series.Int, func(f *row) float64 { return float64(f.packets[sent]) }),
		r.numbers("packets_recv", series.Int, func(f *row) float64 { return float64(f.packets[received]) }),
		r.numbers("ip_bytes_sent", series.Float, func(f *row) float64 { return float64(f.ipBytes[sent]) }),
		r.numbers("ip_bytes_recv", series.Float, func(f *row) float64 { return float64(f.ipBytes[received]) }),
		r.words("state", func(f *row) string { return f.state }),
	)
}

func (r rows) numbers(name string, kind series.Type, of func(*row) float64) series.Series {
	values := make([]float64, len(r))
	for i := range r {
		values[i] = of(&r[i])
	}
	return series.New(values, kind, name)
}

func (r rows) words(name string, of func(*row) string) series.Series {
	values := make([]string, len(r))
	for i := range r {
		values[i] = of(&r[i])
	}
	return series.New(values, series.String, name)
}

// seconds turns nanoseconds into what the same decimal number reads as.
func seconds(ns int64) float64 {
	return float64(ns/1e9) + float64(ns%1e9)/1e9
}

func (a address) String() string { return netip.AddrFrom16(a).Unmap().String() }

func protocolWord(protocol byte) string {
	switch protocol {
	case protocolTCP:
		return "TCP"
	case protocolUDP:
		return "UDP"
	}
	return "ICMP"
}

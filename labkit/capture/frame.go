package capture

import (
	"net/netip"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"flowlab/labkit/internal/flowframe"
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

// rows are kept in blocks, so that they need not move when there are more.
type rows struct {
	blocks [][]row
	n      int
}

func (r *rows) add(f *flow) {
	const size = 1024
	if r.n%size == 0 {
		r.blocks = append(r.blocks, make([]row, 0, size))
	}
	last := &r.blocks[len(r.blocks)-1]
	*last = append(*last, row{
		number: f.number, endpoints: f.endpoints, protocol: f.key.protocol, state: f.state(),
		first: f.first, duration: max(0, f.last-f.first),
		bytes: [2]float64{f.payload(sent), f.payload(received)}, packets: f.packets, ipBytes: f.ipBytes,
	})
	r.n++
}

// orderedRows are in the order of their numbers.
type orderedRows []*row

// inOrder returns the rows. Each flow that was begun must have become one.
func (r *rows) inOrder() orderedRows {
	s := make(orderedRows, r.n)
	for _, block := range r.blocks {
		for i := range block {
			s[block[i].number] = &block[i]
		}
	}
	return s
}

// frame returns the flows in the order of their first packets, with the
// columns of labkit.ReadFlows.
func (s orderedRows) frame() dataframe.DataFrame {
	return flowframe.New(len(s), []flowframe.Column{
		s.numbers("ts", series.Float, func(f *row) float64 { return seconds(f.first) }),
		s.words("src_ip", func(f *row) string { return f.src.String() }),
		s.numbers("src_port", series.Int, func(f *row) float64 { return float64(f.srcPort) }),
		s.words("dst_ip", func(f *row) string { return f.dst.String() }),
		s.numbers("dst_port", series.Int, func(f *row) float64 { return float64(f.dstPort) }),
		s.words("protocol", func(f *row) string { return protocolWord(f.protocol) }),
		s.numbers("duration", series.Float, func(f *row) float64 { return seconds(f.duration) }),
		s.numbers("bytes_sent", series.Float, func(f *row) float64 { return f.bytes[sent] }),
		s.numbers("bytes_recv", series.Float, func(f *row) float64 { return f.bytes[received] }),
		s.numbers("packets_sent", series.Int, func(f *row) float64 { return float64(f.packets[sent]) }),
		s.numbers("packets_recv", series.Int, func(f *row) float64 { return float64(f.packets[received]) }),
		s.numbers("ip_bytes_sent", series.Float, func(f *row) float64 { return float64(f.ipBytes[sent]) }),
		s.numbers("ip_bytes_recv", series.Float, func(f *row) float64 { return float64(f.ipBytes[received]) }),
		s.words("state", func(f *row) string { return f.state }),
	})
}

func (s orderedRows) numbers(name string, kind series.Type, of func(*row) float64) flowframe.Column {
	return flowframe.Column{Name: name, Kind: kind, Fill: func(w *flowframe.Writer) {
		w.Numbers(len(s), func(i int) float64 { return of(s[i]) })
	}}
}

func (s orderedRows) words(name string, of func(*row) string) flowframe.Column {
	return flowframe.Column{Name: name, Kind: series.String, Fill: func(w *flowframe.Writer) {
		w.Texts(len(s), func(i int) string { return of(s[i]) })
	}}
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

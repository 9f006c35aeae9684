package labkit

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// answerWithin is how long after the last packet of one direction the other may
// begin, in seconds: as long as Zeek waits for another UDP packet.
const answerWithin = 60

// MergeDirections puts the two directions of a conversation into one flow where
// an exporter such as NetFlow's has written them as two, each with sent packets
// and nothing received. It returns the flows and how many pairs it merged.
//
// Two such flows are a pair if they have the same protocol, the addresses and
// ports of one are those of the other the other way round (an echo reply of
// ICMP answers an echo request), and one begins at most 60 seconds after the
// other ended. Of several the earliest is taken. The one that began first has
// sent; of two that began at the same time, the one from the higher port. A
// flow that nothing answers keeps what it received missing: whether the exporter
// would have seen an answer cannot be told from the log. Flows that have
// received something are left as they are.
//
// It returns an error if one of the columns of ReadFlows but state and label is
// not there.
func MergeDirections(flows dataframe.DataFrame) (dataframe.DataFrame, int, error) {
	d, err := newDirections(flows)
	if err != nil {
		return dataframe.DataFrame{}, 0, err
	}
	pairs := d.match()
	kept, changed := d.merge(pairs)
	return withColumns(flows.Subset(kept), changed...), len(pairs) / 2, nil
}

// WithIPBytes returns the flows with bytes_sent and bytes_recv taken from
// ip_bytes_sent and ip_bytes_recv: bytes with headers in the place of payload.
// NetFlow and nfdump have only those. Do not compare such features to those of
// payload. It returns an error if the columns are not there.
func WithIPBytes(flows dataframe.DataFrame) (dataframe.DataFrame, error) {
	var changed []numberColumn
	for _, direction := range []string{"sent", "recv"} {
		values, err := numbers("WithIPBytes", flows, "ip_bytes_"+direction)
		if err != nil {
			return dataframe.DataFrame{}, err
		}
		changed = append(changed, numberColumn{"bytes_" + direction, series.Float, inSlice(values)})
	}
	return withColumns(flows, changed...), nil
}

// directions holds what MergeDirections needs of a frame.
type directions struct {
	protocol, src, dst []string
	number             map[string][]float64
	rows               int
}

// counters are the columns of which there is one for each direction.
var counters = []string{"bytes", "packets", "ip_bytes"}

func newDirections(flows dataframe.DataFrame) (*directions, error) {
	d := &directions{number: map[string][]float64{}, rows: flows.Nrow()}
	for name, to := range map[string]*[]string{"protocol": &d.protocol, "src_ip": &d.src, "dst_ip": &d.dst} {
		s, err := column("MergeDirections", flows, name)
		if err != nil {
			return nil, err
		}
		*to = s.Records()
	}
	names := []string{"ts", "duration", "src_port", "dst_port"}
	for _, c := range counters {
		names = append(names, c+"_sent", c+"_recv")
	}
	for _, name := range names {
		values, err := numbers("MergeDirections", flows, name)
		if err != nil {
			return nil, err
		}
		d.number[name] = values
	}
	return d, nil
}

// oneWay tells whether nothing is known of what a flow received.
func (d *directions) oneWay(i int) bool {
	for _, c := range counters {
		if !math.IsNaN(d.number[c+"_recv"][i]) {
			return false
		}
	}
	return true
}

// A conversation is what the flows of both directions have in common, seen
// from one of them.
type conversation struct {
	protocol, src, dst string
	srcPort, dstPort   float64
}

func (d *directions) conversation(i int) conversation {
	c := conversation{d.protocol[i], d.src[i], d.dst[i], d.number["src_port"][i], d.number["dst_port"][i]}
	if c.protocol == "ICMP" && c.dstPort == 0 { // echo: type 8 is answered by 0, in IPv6 128 by 129
		switch c.srcPort {
		case 8, 128:
			c.dstPort = -1
		case 0:
			c.srcPort, c.dstPort = -1, 8
		case 129:
			c.srcPort, c.dstPort = -1, 128
		}
	}
	return c
}

func (c conversation) reversed() conversation {
	return conversation{c.protocol, c.dst, c.src, c.dstPort, c.srcPort}
}

func (d *directions) start(i int) float64 { return d.number["ts"][i] }

// end is when a flow ended, so far as it is known.
func (d *directions) end(i int) float64 {
	if seconds := d.number["duration"][i]; !math.IsNaN(seconds) {
		return d.start(i) + seconds
	}
	return d.start(i)
}

// match returns pairs of rows, each under both of them.
func (d *directions) match() map[int]int {
	var order []int
	for i := range d.rows {
		if d.oneWay(i) && !math.IsNaN(d.start(i)) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(d.start(a), d.start(b)) })
	pairs := map[int]int{}
	waiting := map[conversation][]int{}
	for _, i := range order {
		c := d.conversation(i)
		back := c.reversed()
		others := waiting[back]
		for len(others) > 0 && d.start(i) > d.end(others[0])+answerWithin {
			others = others[1:]
		}
		if len(others) > 0 {
			pairs[i], pairs[others[0]] = others[0], i
			waiting[back] = others[1:]
			continue
		}
		waiting[back] = others
		waiting[c] = append(waiting[c], i)
	}
	return pairs
}

// merge returns the rows that stay, those that have sent, and the columns that
// change in them.
func (d *directions) merge(pairs map[int]int) (kept []int, changed []numberColumn) {
	for i := range d.rows {
		j, paired := pairs[i]
		switch {
		case !paired:
			kept = append(kept, i)
		case i < j: // the pair stands where the first of it stood
			if d.isAnswer(i, j) {
				i = j
			}
			kept = append(kept, i)
		}
	}
	duration := make([]float64, len(kept))
	received := map[string][]float64{}
	for _, c := range counters {
		received[c] = make([]float64, len(kept))
	}
	for k, i := range kept {
		j, paired := pairs[i]
		duration[k] = d.number["duration"][i]
		if paired {
			duration[k] = math.Round((max(d.end(i), d.end(j))-d.start(i))*1e6) / 1e6
		}
		for _, c := range counters {
			received[c][k] = d.number[c+"_recv"][i]
			if paired {
				received[c][k] = d.number[c+"_sent"][j]
			}
		}
	}
	return kept, []numberColumn{
		{"duration", series.Float, inSlice(duration)},
		{"bytes_recv", series.Float, inSlice(received["bytes"])},
		{"packets_recv", series.Int, inSlice(received["packets"])},
		{"ip_bytes_recv", series.Float, inSlice(received["ip_bytes"])},
	}
}

// isAnswer tells whether row i answers row j: it began later or, where that
// cannot be told, comes from the lower port, a server's.
func (d *directions) isAnswer(i, j int) bool {
	if d.start(i) != d.start(j) {
		return d.start(i) > d.start(j)
	}
	return d.number["src_port"][i] < d.number["dst_port"][i]
}

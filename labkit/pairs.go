package labkit

import (
	"slices"

	"github.com/go-gota/gota/dataframe"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/flowframe"
	"flowlab/labkit/pair"
)

// Pairs returns a row for each source, destination and destination port of the
// flows, the most regular first, as package pair measures them:
//
//   - src_ip, dst_ip, dst_port
//   - flows; first and last: the starts of the first and the last of them, in
//     seconds since 1970; hours: how many hours of the clock, in UTC, have a start
//   - median_gap: between the starts, in seconds; regularity: 1 like a clock, near
//     0.3 by chance ([window.Regularity])
//   - mean_bytes_sent and spread_bytes_sent, their standard deviation; mean_duration
//     in seconds: of the flows where they are not missing
//   - failed_share: the fraction of the flows, in [0, 1], that failed
//   - sources: how many use the destination
//   - rita_timing, rita_sizes, rita_histogram, rita_duration and their mean, rita:
//     RITA's beacon scores, in [0, 1], of all flows between the two ([pair.Beacon])
//   - g_test: the probability that flows without a rhythm look as periodic as
//     these, by Fisher's g-test ([pair.Periodicity])
//
// Of flows that span more than a day there is a row for each day, counted from the
// first flow. It needs the columns ts, src_ip and dst_ip, and returns an error if
// one is not there; flows that lack one of the three are left out. Other columns
// that are not there are as if all their values were missing.
func Pairs(flows dataframe.DataFrame) (_ dataframe.DataFrame, err error) {
	defer prefix(&err, "Pairs")
	all, err := flowsWith(flows, flow.TS.String(), flow.SrcIP.String(), flow.DstIP.String())
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	pairs := pair.Of(slices.Values(all))
	columns := []flowframe.Column{
		wordOf(flow.SrcIP.String(), pairs, func(p *pair.Pair) string { return p.Src }),
		wordOf(flow.DstIP.String(), pairs, func(p *pair.Pair) string { return p.Dst }),
	}
	for _, c := range pair.Columns() {
		columns = append(columns, numberOf(c.Name, kindOfNumber(c.Whole), pairs, c.Value))
	}
	return flowframe.New(len(pairs), columns), nil
}

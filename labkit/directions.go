package labkit

import (
	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/flowframe"
)

// MergeDirections puts the two directions of a conversation into one flow where
// an exporter such as NetFlow's has written them as two, each with sent packets
// and nothing received. It returns the flows and how many pairs it merged.
//
// [flow.MergeDirections] says which are a pair. A flow that nothing answers keeps
// what it received missing.
//
// It returns an error if one of the columns of ReadFlows but state and label is
// not there.
func MergeDirections(flows dataframe.DataFrame) (_ dataframe.DataFrame, _ int, err error) {
	defer prefix(&err, "MergeDirections")
	for f := range flow.State {
		if _, err := columnIndex(flows, f.String()); err != nil {
			return dataframe.DataFrame{}, 0, err
		}
	}
	rows, err := flowsOf(flows)
	if err != nil {
		return dataframe.DataFrame{}, 0, err
	}
	merged, from, pairs := flow.MergeDirections(rows)
	var changed []numberColumn
	for _, f := range []flow.Field{flow.Duration, flow.BytesRecv, flow.PacketsRecv, flow.IPBytesRecv} {
		changed = append(changed, numberColumn{f.String(), flowframe.KindOf(f), func(i int) float64 { return merged[i].Number(f) }})
	}
	return withColumns(flows.Subset(from), changed...), pairs, nil
}

// WithIPBytes returns the flows with bytes_sent and bytes_recv taken from
// ip_bytes_sent and ip_bytes_recv: bytes with headers in the place of payload.
// NetFlow and nfdump have only those. Do not compare such features to those of
// payload. It returns an error if the columns are not there.
func WithIPBytes(flows dataframe.DataFrame) (_ dataframe.DataFrame, err error) {
	defer prefix(&err, "WithIPBytes")
	var changed []numberColumn
	for _, direction := range []string{"sent", "recv"} {
		values, err := numbers(flows, "ip_bytes_"+direction)
		if err != nil {
			return dataframe.DataFrame{}, err
		}
		changed = append(changed, numberColumn{"bytes_" + direction, series.Float, inSlice(values)})
	}
	return withColumns(flows, changed...), nil
}

package labkit

import (
	"errors"
	"fmt"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/flowframe"
	"flowlab/labkit/window"
)

// Windows returns a row for each host and window of time in which it has a flow,
// by window and then by host, as package window counts them:
//
//   - window_start: in seconds since 1970; a multiple of the slide
//   - src_ip or, by the options' key, dst_ip: the host
//   - flows, failed, broken: how many it began, how many of these failed, and how
//     many were established and then reset
//   - bytes_sent, bytes_recv, packets_sent, packets_recv: sums, to which a missing
//     value adds nothing
//   - distinct_dst_ports, distinct_dst_ips (distinct_src_ips of a dst_ip), and the
//     same among the failed flows: failed_dst_ports, failed_dst_ips
//   - most_tries, most_failed_tries: flows at the one port of one destination that
//     had most
//   - rare_dst_ports, rare_dst_ips: the share of them, in [0, 1], that at most
//     [window.Few] other hosts use in the same window
//   - median_gap, regularity: of the seconds between its flows, missing if there
//     are too few
//
// The options say how long a window is, how far from one to the next, and whether
// a flow counts at its end, as it does by default, or at its start. The flows may
// be in any order, and none is late. It needs the columns ts and that of the key;
// flows without one of them are left out. Other columns that are not there are
// as if all their values were missing. It returns an error if a column is missing
// that it needs, or if there are no such windows.
func Windows(flows dataframe.DataFrame, o window.Options) (_ dataframe.DataFrame, err error) {
	defer prefix(&err, "Windows")
	all, err := flowsWith(flows, flow.TS.String(), o.Key.String())
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	rows, err := window.Rows(all, o)
	if err != nil {
		return dataframe.DataFrame{}, errors.Unwrap(err) // without the name of the other function
	}
	columns := []flowframe.Column{
		numberOf("window_start", series.Float, rows, func(r *window.Row) float64 { return r.Start }),
		wordOf(o.Key.String(), rows, func(r *window.Row) string { return r.Key }),
	}
	for _, c := range window.Columns(o.Key) {
		columns = append(columns, numberOf(c.Name, kindOfNumber(c.Whole), rows, c.Value))
	}
	return flowframe.New(len(rows), columns), nil
}

// flowsWith returns the rows of a frame that has these columns.
func flowsWith(frame dataframe.DataFrame, names ...string) ([]flow.Flow, error) {
	flows, err := flowsOf(frame)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if !slices.Contains(frame.Names(), name) {
			return nil, fmt.Errorf("no column %q: the frame has %v", name, frame.Names())
		}
	}
	return flows, nil
}

// numberOf returns the column of numbers that rows of any kind have.
func numberOf[R any](name string, kind series.Type, rows []R, value func(*R) float64) flowframe.Column {
	return flowframe.Column{Name: name, Kind: kind, Fill: func(w *flowframe.Writer) {
		w.Numbers(len(rows), func(i int) float64 { return value(&rows[i]) })
	}}
}

func wordOf[R any](name string, rows []R, value func(*R) string) flowframe.Column {
	return flowframe.Column{Name: name, Kind: series.String, Fill: func(w *flowframe.Writer) {
		w.Texts(len(rows), func(i int) string { return value(&rows[i]) })
	}}
}

func kindOfNumber(whole bool) series.Type {
	if whole {
		return series.Int
	}
	return series.Float
}

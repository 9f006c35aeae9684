package main

import (
	"fmt"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	"github.com/spf13/cobra"

	"flowlab/labkit"
	"flowlab/labkit/internal/plural"
)

// preparedFlows are flows that a detector can see, and the same as they were
// read, row by row.
type preparedFlows struct {
	read     dataframe.DataFrame // with a column file if there are several
	features dataframe.DataFrame // of labkit.AddFeatures, without missing values
}

// prepareFlows puts the flows of all files together and makes them complete.
// What it does to them it says on standard error.
func prepareFlows(cmd *cobra.Command, inputs []input) (preparedFlows, error) {
	note := func(format string, values ...any) { fmt.Fprintf(cmd.ErrOrStderr(), format+"\n", values...) }
	all, err := together(cmd, inputs)
	if err != nil {
		return preparedFlows{}, err
	}
	complete, err := completeFlows(all, note)
	if err != nil {
		return preparedFlows{}, err
	}
	features, err := labkit.AddFeatures(complete)
	if err != nil {
		return preparedFlows{}, err
	}
	kept, left, err := labkit.Complete(numbered(features), labkit.FeatureColumns...)
	if err != nil {
		return preparedFlows{}, err
	}
	if left > 0 {
		note("left out: %s without bytes, packets or port", plural.Of(left, "flow"))
	}
	if kept.Nrow() < 2 {
		return preparedFlows{}, fmt.Errorf("%s with bytes, packets and a port: want at least 2 for a detector", plural.Of(kept.Nrow(), "flow"))
	}
	rows, err := kept.Col(rowNumber).Int()
	if err != nil {
		return preparedFlows{}, err
	}
	return preparedFlows{all.Subset(rows), kept}, nil
}

// together returns the flows of all files, with the directions of conversations
// merged where an exporter wrote them apart.
func together(cmd *cobra.Command, inputs []input) (dataframe.DataFrame, error) {
	var all dataframe.DataFrame
	for i, in := range inputs {
		flows := in.frame()
		if missing(flows, "packets_recv") > 0 && hasColumns(flows, "src_ip", "dst_ip", "protocol", "ts") {
			var err error
			if flows, err = mergeDirections(cmd, in); err != nil {
				return all, err
			}
		}
		if len(inputs) > 1 {
			flows = flows.Mutate(series.New(slices.Repeat([]string{in.name}, flows.Nrow()), series.String, "file"))
		}
		if i == 0 {
			all = flows
		} else {
			all = all.Concat(flows)
		}
	}
	return all, nil
}

// rowNumber is a column with the number of each row, which says which rows are
// left when some have been taken out.
const rowNumber = "row"

func numbered(flows dataframe.DataFrame) dataframe.DataFrame {
	numbers := make([]int, flows.Nrow())
	for i := range numbers {
		numbers[i] = i
	}
	return flows.Mutate(series.New(numbers, series.Int, rowNumber))
}

// completeFlows fills in what can be known of missing values.
func completeFlows(flows dataframe.DataFrame, note func(string, ...any)) (dataframe.DataFrame, error) {
	if hasColumns(flows, "packets_recv", "ip_bytes_recv") {
		unanswered := flows.Col("packets_recv").IsNaN()
		n := labkit.CountTrue(unanswered)
		if n > 0 {
			note("taken as unanswered, nothing received: %s in one direction", plural.Of(n, "flow"))
		}
		flows = zeroWhere(flows, "packets_recv", unanswered)
		flows = zeroWhere(flows, "ip_bytes_recv", unanswered)
	}
	payload := max(missing(flows, "bytes_sent"), missing(flows, "bytes_recv"))
	if payload > 0 && hasColumns(flows, "ip_bytes_sent") && missing(flows, "ip_bytes_sent") == 0 {
		note("bytes are counted with IP headers: %s without a count of the payload", plural.Of(payload, "flow"))
		var err error
		if flows, err = labkit.WithIPBytes(flows); err != nil {
			return flows, err
		}
	}
	instant := flows.Col("duration").IsNaN()
	if n := labkit.CountTrue(instant); n > 0 {
		note("taken as lasting 0 seconds: %s without a duration", plural.Of(n, "flow"))
	}
	return zeroWhere(flows, "duration", instant), nil
}

func hasColumns(flows dataframe.DataFrame, names ...string) bool {
	have := flows.Names()
	return !slices.ContainsFunc(names, func(name string) bool { return !slices.Contains(have, name) })
}

// missing returns how many values of a column are missing.
func missing(flows dataframe.DataFrame, name string) int {
	return labkit.CountTrue(flows.Col(name).IsNaN())
}

// zeroWhere returns the flows with 0 in a column in some rows.
func zeroWhere(flows dataframe.DataFrame, name string, rows []bool) dataframe.DataFrame {
	if labkit.CountTrue(rows) == 0 {
		return flows
	}
	s := flows.Col(name)
	for i, zero := range rows {
		if zero {
			s.Elem(i).Set(0)
		}
	}
	return flows.Mutate(s)
}

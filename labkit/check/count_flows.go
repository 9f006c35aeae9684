package check

import (
	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var countFlows = &exam.Exercise{
	ID:       "count-flows",
	Notebook: "01_generate_flows",
	Section:  "Filter: some of the rows",
	Title:    "Flows of a service",
	Hints: []string{
		"The cell above does it for 443 and UDP. Which two values in it have to become the parameters port and protocol?",
		"Build two conditions of type dataframe.F, and keep the rows that satisfy both: Filter or FilterAggregation?",
		"return flows.FilterAggregation(dataframe.And, toPort, over).Nrow(), after toPort and over were declared as conditions with the Comparando port and protocol",
	},
	Answer: func(flows dataframe.DataFrame, port int, protocol string) int {
		return flows.FilterAggregation(dataframe.And, is("dst_port", port), is("protocol", protocol)).Nrow()
	},
	Params: []string{"flows", "port", "protocol"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{labkit.GenerateFlows(42), 443, "UDP"},
			{labkit.GenerateFlows(42), 80, "TCP"},
			{labkit.GenerateFlows(7), 443, "UDP"},
			{labkit.GenerateFlows(7), 31337, "TCP"},
			{labkit.GenerateFlows(42), 22, "ICMP"}, // no such flow
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(flows dataframe.DataFrame, port int, protocol string) int {
			return flows.Filter(is("dst_port", port), is("protocol", protocol)).Nrow()
		}, Says: "Given several conditions Filter keeps the flows that satisfy any of them. FilterAggregation with dataframe.And keeps those that satisfy all."},
		{Answer: func(flows dataframe.DataFrame, port int, protocol string) int {
			return flows.Filter(is("dst_port", port)).Nrow()
		}, Says: "These are all flows to the port, whatever their protocol."},
		{Answer: func(flows dataframe.DataFrame, port int, protocol string) int {
			return flows.FilterAggregation(dataframe.And, is("dst_port", 443), is("protocol", "UDP")).Nrow()
		}, Says: "443 and \"UDP\" still stand in it, from the cell above. Put the parameters port and protocol in their places."},
		{Answer: func(flows dataframe.DataFrame, port int, protocol string) int {
			return flows.Filter(is("dst_port", 443), is("protocol", "UDP")).Nrow()
		}, Says: "443 and \"UDP\" still stand in it, from the cell above: put the parameters port and protocol in their places. And given several conditions Filter keeps the flows that satisfy any of them: take FilterAggregation with dataframe.And."},
		{Answer: func(flows dataframe.DataFrame, port int, protocol string) int {
			return flows.FilterAggregation(dataframe.And, is("dst_port", 443), is("protocol", protocol)).Nrow()
		}, Says: "The port is still 443, from the cell above. Compare with the parameter port."},
		{Answer: func(flows dataframe.DataFrame, port int, protocol string) int {
			return flows.FilterAggregation(dataframe.And, is("dst_port", port), is("protocol", "UDP")).Nrow()
		}, Says: "The protocol is still \"UDP\", from the cell above. Compare with the parameter protocol."},
		{Answer: compared(series.Neq, series.Eq), Says: "The port is compared by series.Neq, not equal: it counts the flows to all other ports. Equal is series.Eq."},
		{Answer: compared(series.Eq, series.Neq), Says: "The protocol is compared by series.Neq, not equal: it counts the flows of the other protocol. Equal is series.Eq."},
		{Answer: compared(series.Neq, series.Neq), Says: "Both are compared by series.Neq, not equal. Equal is series.Eq."},
		{Answer: compared(series.GreaterEq, series.Eq), Says: "The port is compared by series.GreaterEq, so that every higher port counts too. Equal is series.Eq."},
		{Answer: compared(series.LessEq, series.Eq), Says: "The port is compared by series.LessEq, so that every lower port counts too. Equal is series.Eq."},
		{Answer: compared(series.Greater, series.Eq), Says: "The port is compared by series.Greater: it counts the flows to higher ports. Equal is series.Eq."},
		{Answer: compared(series.Less, series.Eq), Says: "The port is compared by series.Less: it counts the flows to lower ports. Equal is series.Eq."},
		{Answer: func(flows dataframe.DataFrame, port int, protocol string) int {
			return flows.Filter(is("label", 0)).FilterAggregation(dataframe.And, is("dst_port", port), is("protocol", protocol)).Nrow()
		}, Says: "Only normal flows are counted. A service has hostile flows too: leave the label out of it."},
		{Answer: func(flows dataframe.DataFrame, port int, protocol string) int {
			return flows.Filter(is("dst_port", port)).Nrow() + flows.Filter(is("protocol", protocol)).Nrow()
		}, Says: "This adds the flows to the port and the flows of the protocol. Count the flows for which both hold."},
		{Answer: func(flows dataframe.DataFrame, port int, protocol string) int {
			return flows.Filter(is("protocol", protocol)).Nrow()
		}, Says: "These are all flows of the protocol, whatever their port."},
		{Answer: func(_ dataframe.DataFrame, port int, protocol string) int {
			flows := labkit.GenerateFlows(42)
			return flows.FilterAggregation(dataframe.And, is("dst_port", port), is("protocol", protocol)).Nrow()
		}, Says: "This counts in the notebook's own flows, whichever are handed over. Does the function read its first parameter, and is that called flows?"},
		{Answer: func(dataframe.DataFrame, int, string) int { return 0 },
			Says: "It finds no flow anywhere. If the name of a column is misspelt gota does not stop: it returns an empty frame, and says in the frame's field Err what was wrong."},
		{Answer: func(flows dataframe.DataFrame, _ int, _ string) int { return flows.Nrow() },
			Says: "These are all flows. Filter leaves its frame as it is and returns another: count the rows of that."},
		{Answer: func(dataframe.DataFrame, int, string) int { return 8 },
			Says: "8 is the number of columns. Nrow counts rows, Ncol columns."},
		{Answer: func(flows dataframe.DataFrame, port int, protocol string) int {
			return flows.Filter(is("label", 1)).FilterAggregation(dataframe.And, is("dst_port", port), is("protocol", protocol)).Nrow()
		}, Says: "Only anomalies are counted. A service has normal flows too: leave the label out of it."},
		{Answer: func(flows dataframe.DataFrame, port int, protocol string) int {
			return flows.Nrow() - flows.FilterAggregation(dataframe.And, is("dst_port", port), is("protocol", protocol)).Nrow()
		}, Says: "This counts all the other flows."},
		{Answer: func(flows dataframe.DataFrame, port int, protocol string) int {
			return flows.FilterAggregation(dataframe.And, is("dst_port", port), is("protocol", protocol)).Nrow() * 100 / flows.Nrow()
		}, Says: "These are percent of all flows. Return how many there are."},
		{Answer: compared(series.Eq, series.Greater), Says: "The protocol is compared by series.Greater. Equal is series.Eq."},
		{Answer: func(flows dataframe.DataFrame, port int, protocol string) int {
			return min(flows.Filter(is("dst_port", port)).Nrow(), flows.Filter(is("protocol", protocol)).Nrow())
		}, Says: "The two conditions are counted apart, and the smaller count is returned. Count the flows for which both hold at once."},
		{Answer: func(flows dataframe.DataFrame, port int, protocol string) int {
			return flows.Filter(is("dst_port", port)).Nrow() * flows.Filter(is("protocol", protocol)).Nrow() / flows.Nrow()
		}, Says: "This estimates the number from the two shares, as if port and protocol had nothing to do with each other. Count the flows for which both hold."},
		{Answer: func(flows dataframe.DataFrame, port int, protocol string) int {
			ports, protocols, n := flows.Col("dst_port").Float(), flows.Col("protocol").Records(), 0
			for i := range flows.Nrow() - 1 {
				if ports[i] == float64(port) && protocols[i] == protocol {
					n++
				}
			}
			return n
		}, Says: "The last row is left out. A loop over all rows goes on while i < flows.Nrow()."},
	},
}

// is returns the condition that a column has a value.
func is(column string, value any) dataframe.F {
	return dataframe.F{Colname: column, Comparator: series.Eq, Comparando: value}
}

// compared counts the flows by other comparisons than "equal".
func compared(port, protocol series.Comparator) func(dataframe.DataFrame, int, string) int {
	return func(flows dataframe.DataFrame, p int, name string) int {
		return flows.FilterAggregation(dataframe.And,
			dataframe.F{Colname: "dst_port", Comparator: port, Comparando: p},
			dataframe.F{Colname: "protocol", Comparator: protocol, Comparando: name}).Nrow()
	}
}

// CountFlows checks a function that returns how many of the flows go to a port
// and over a protocol, "TCP" or "UDP". The frame has the columns of
// [labkit.GenerateFlows]:
//
//	func(flows dataframe.DataFrame, port int, protocol string) int
func CountFlows(function any) { exam.Mark(countFlows, function) }

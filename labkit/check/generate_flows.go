package check

import (
	"slices"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var generateFlows = []*exam.Exercise{thirdRun, anomalyShare, countFlows}

var thirdRun = &exam.Exercise{
	ID:       "third-run",
	Notebook: "01_generate_flows",
	Section:  "What a notebook in Go is like",
	Title:    "Third run of a counter",
	Hints: []string{
		"What is runs when the third run begins: 10, or what the second run left behind?",
		"Each run is a new program. It sets runs to 10 and then carries out the statements after %%. How often do they call count?",
		"The first call makes 11 of 10 and prints nothing. The second adds one more, and its result is printed.",
	},
	Answer: func() int { return 12 },
	Cases:  exam.NoInput,
	Judge: func(_ exam.Input, got []any) string {
		switch got[0].(int) {
		case 12:
			return ""
		case 16:
			return "That is what Python would print: six calls, counted from 10 through three runs. Here each run is a new program, which sets runs to 10 again."
		case 13:
			return "This adds one for each of the three runs. But a run does not see the others, and within a run count is called twice."
		case 11:
			return "You are right that each run begins with 10. But count is called twice in the cell, first without printing what it returns."
		case 10:
			return "You are right that each run begins with 10. The cell prints what count returns, though, and count adds one before it returns."
		}
		switch n := got[0].(int); {
		case n >= 0 && n < 10:
			return "The counter does not begin at 0: look at the line with var."
		case n > 16:
			return "That is more than six calls make of 10, and no more than two of them count: each run is a new program, which sets runs to 10 again."
		case n > 12:
			return "That is more than two calls make of 10. Each run is a new program, which sets runs to 10 again: what the runs before have counted is gone. Follow a single run on paper."
		}
		return "The counter begins at 10 and only grows. Follow a single run on paper: the line with var, then the two lines after %%, one by one."
	},
}

// ThirdRun checks a function that returns what a cell prints at its third run:
// it calls twice a function that adds one to a variable declared as 10, and
// prints the second result:
//
//	func() int
func ThirdRun(function any) { exam.Mark(thirdRun, function) }

var anomalyShare = &exam.Exercise{
	ID:       "anomaly-share",
	Notebook: "01_generate_flows",
	Section:  "Filter: some of the rows",
	Title:    "Share of anomalies",
	Hints: []string{
		"Two steps: count the labels that are 1, in a loop, and divide the count by the number of labels when the loop is over.",
		"for _, label := range labels walks over the labels; len(labels) is how many there are. Both numbers are ints: what does 1/4 give in Go?",
		"return float64(anomalies) / float64(len(labels))",
	},
	Answer: func(labels []int) float64 { return shareOf(1, labels, len(labels)) },
	Params: []string{"labels"},
	Cases: func() []exam.Input {
		return []exam.Input{
			{[]int{1, 0, 0, 0}}, {[]int{0, 1, 0, 0, 1}}, {[]int{0, 0, 0, 1, 0, 0, 1, 1}},
			{[]int{1, 1, 1}}, {[]int{0, 0}}, {[]int{1}},
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(labels []int) float64 { return shareOf(0, labels, len(labels)) },
			Says: "This is the share of normal flows. An anomaly has the label 1."},
		{Answer: func(labels []int) float64 { return shareOf(1, labels, 1) },
			Says: "This is how many anomalies there are. Their share is that number divided by the number of labels."},
		{Answer: func(labels []int) float64 { return shareOf(1, labels, 1000) },
			Says: "This divides by 1,000, the number of flows in the notebook. The function may be given any number of labels: divide by len(labels)."},
		{Answer: func(labels []int) float64 { return shareOf(1, labels, 1) / shareOf(0, labels, 1) },
			Says: "This divides the anomalies by the normal flows. A share divides by all flows together."},
		{Answer: func(labels []int) float64 {
			n := 0
			for label := range labels {
				n += label
			}
			return float64(n) / float64(len(labels))
		}, Says: "This sums the numbers of the elements. With one variable, range hands out the index: write for _, label := range labels."},
		{Answer: func(labels []int) float64 {
			n := 0
			for label := range labels {
				if label == 1 {
					n++
				}
			}
			return float64(n) / float64(len(labels))
		}, Says: "This compares the number of the element with 1, not the label. With one variable, range hands out the index: write for _, label := range labels."},
		{Answer: func(labels []int) float64 { return float64(labels[0]) / float64(len(labels)) },
			Says: "The return stands inside the loop, so the function ends at the first label. Put it after the brace that closes the loop."},
		{Answer: func(labels []int) float64 { return min(shareOf(1, labels, 1), 1) / float64(len(labels)) },
			Says: "This stops counting at the first anomaly. Does a return, or a break, stand inside the loop? Or n = 1 in the place of n++?"},
		{Answer: func(labels []int) float64 { return shareOf(1, labels[1:], len(labels)) },
			Says: "The first label is not counted. Elements are numbered from 0: does the loop begin at 1?"},
		{Answer: func(labels []int) float64 { return shareOf(1, labels, len(labels)-1) },
			Says: "This divides by one less than there are labels. len(labels) is their number."},
		{Answer: func(labels []int) float64 { return shareOf(1, labels, len(labels)+1) },
			Says: "This divides by one more than there are labels. len(labels) is their number, and there is at least one."},
		{Answer: func(labels []int) float64 { return shareOf(1, labels, 100) },
			Says: "This divides by 100. Divide by the number of labels, len(labels)."},
		{Answer: func(labels []int) float64 { return shareOf(1, labels, 1) * float64(len(labels)) },
			Says: "This multiplies by the number of labels. A share divides by it."},
		{Answer: func(labels []int) float64 { return float64(len(labels)) },
			Says: "This is how many labels there are. The number of anomalies belongs above the fraction bar."},
		{Answer: func(labels []int) float64 { return float64(labels[len(labels)-1]) / float64(len(labels)) },
			Says: "Only the last label counts. Add up in the loop: n += label, and not n = label."},
		{Answer: func(labels []int) float64 {
			last := 0
			for i, label := range labels {
				if label == 1 {
					last = i
				}
			}
			return float64(last) / float64(len(labels))
		}, Says: "This takes the number of the last anomaly's element. Count the anomalies: n++ for each."},
		{Answer: func(labels []int) float64 {
			share := 0.0
			for _, label := range labels {
				share = (share + float64(label)) / float64(len(labels))
			}
			return share
		}, Says: "The division stands inside the loop, so that it is done once for each label. Divide when the loop is over."},
		{Answer: func(labels []int) float64 { return shareOf(1, labels[:len(labels)-1], len(labels)) },
			Says: "The last label is not counted. A loop over all goes on while i < len(labels)."},
		{Answer: func(labels []int) float64 { return float64(labels[0]) },
			Says: "This is the first label alone. Count all of them, and divide by their number behind the loop."},
		{Answer: func(labels []int) float64 { return float64(slices.Max(labels)) },
			Says: "This says whether there is an anomaly. How many of the labels are 1?"},
		{Answer: func(labels []int) float64 { return shareOf(1, append([]int{1}, labels...), len(labels)) },
			Says: "One anomaly too many is counted, whatever the labels are: the count begins with 1. Begin with 0."},
		{Answer: func(labels []int) float64 {
			return shareOf(1, labels[:slices.Index(append(labels, 0), 0)], len(labels))
		}, Says: "The count ends at the first normal flow. Does a break, or a return, stand inside the loop? Go on to the last label."},
		{Answer: func(labels []int) float64 {
			if first := slices.Index(labels, 1); first >= 0 {
				return 1 / float64(first+1)
			}
			return 0
		}, Says: "The function ends at the first anomaly, and divides by the labels seen so far. Count to the end of the loop, and divide behind it."},
		{Answer: func(labels []int) float64 {
			share, n := 0.0, 0
			for i, label := range labels {
				if n += label; label == 0 {
					share = float64(n) / float64(i+1)
				}
			}
			return share
		}, Says: "The share is computed within the loop, at normal flows alone, so that anomalies behind the last of them are missing. Divide when the loop is over."},
		{Answer: func(labels []int) float64 {
			if !slices.Contains(labels, 0) {
				return 0
			}
			return shareOf(1, labels, len(labels))
		}, Says: "Where no flow is normal the share is 0 here, and all labels are 1. There is at least one label, so that the division needs no guard."},
	},
}

// shareOf returns how many of the labels are the one given, divided by a total.
func shareOf(label int, labels []int, total int) float64 {
	n := 0
	for _, l := range labels {
		if l == label {
			n++
		}
	}
	return float64(n) / float64(total)
}

// AnomalyShare checks a function that returns which share of the labels, each 1
// for an anomaly or 0 for a normal flow, is 1, in [0, 1]. There is at least one
// label:
//
//	func(labels []int) float64
func AnomalyShare(function any) { exam.Mark(anomalyShare, function) }

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

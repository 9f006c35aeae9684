package check

import (
	"github.com/go-gota/gota/dataframe"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var generateFlowsTests = []exerciseTest{
	{
		exercise: thirdRun,
		check:    ThirdRun,
		byHand:   []example{{exam.Input{}, 12}},
		right: []any{func() int {
			runs := 10
			runs++ // the call whose result is not printed
			runs++
			return runs
		}},
		wrong: []wrongAnswer{
			{func() int { return 16 }, "what Python would print"},
			{func() int { return 13 }, "a run does not see the others"},
			{func() int { return 11 }, "count is called twice"},
			{func() int { return 10 }, "adds one before it returns"},
			{func() int { return 2 }, "does not begin at 0"},
			{func() int { return 14 }, "a single run on paper"},
		},
	},
	{
		exercise: anomalyShare,
		check:    AnomalyShare,
		byHand:   []example{{exam.Input{[]int{1, 0, 0, 0}}, 0.25}, {exam.Input{[]int{0, 0, 0, 1, 0, 0, 1, 1}}, 0.375}, {exam.Input{[]int{0, 0}}, 0.0}},
		right: []any{func(labels []int) float64 {
			sum := 0.0
			for _, label := range labels {
				sum += float64(label)
			}
			return sum / float64(len(labels))
		}},
		wrong: []wrongAnswer{
			{func(labels []int) float64 {
				n := 0
				for _, label := range labels {
					n += label
				}
				return float64(n / len(labels))
			}, "Dividing two ints gives an int"},
			{func(labels []int) float64 {
				n := 0
				for _, label := range labels {
					if label == 1 {
						n++
					}
					//lint:ignore SA4004 a learner's mistake
					return float64(n) / float64(len(labels))
				}
				return 0
			}, "ends at the first label"},
			{func(labels []int) float64 {
				for _, label := range labels {
					if label == 1 {
						return 1 / float64(len(labels))
					}
				}
				return 0
			}, "stops counting at the first anomaly"},
			{func(labels []int) float64 {
				n := 0
				for i := range labels {
					n += i
				}
				return float64(n) / float64(len(labels))
			}, "range hands out the index"},
			{func(labels []int) float64 {
				n := 0
				for i := 1; i <= len(labels); i++ {
					n += labels[i]
				}
				return float64(n) / float64(len(labels))
			}, "numbered from 0 to n-1"},
			{func(labels []int) float64 {
				anomalies, normal := 0, 0
				for _, label := range labels {
					if label == 1 {
						anomalies++
					} else {
						normal++
					}
				}
				return float64(anomalies) / float64(normal)
			}, "A share divides by all flows"},
			{func(labels []int) float64 { return 100 * shareOf(1, labels, len(labels)) }, "percentages"},
			{func([]int) float64 { return 0.1 }, "whatever the input is"},
		},
	},
	{
		exercise: countFlows,
		check:    CountFlows,
		byHand: []example{ // the notebook's tables of ports and protocols show them
			{exam.Input{labkit.GenerateFlows(42), 443, "UDP"}, 50},
			{exam.Input{labkit.GenerateFlows(42), 53, "UDP"}, 15},
			{exam.Input{labkit.GenerateFlows(42), 22, "UDP"}, 14},
			{exam.Input{labkit.GenerateFlows(42).Subset([]int{}), 22, "TCP"}, 0},
		},
		right: []any{
			func(flows dataframe.DataFrame, port int, protocol string) int {
				return flows.Filter(is("dst_port", port)).Filter(is("protocol", protocol)).Nrow()
			},
			func(flows dataframe.DataFrame, port int, protocol string) int {
				n, protocols := 0, flows.Col("protocol").Records()
				for i, p := range flows.Col("dst_port").Float() {
					if int(p) == port && protocols[i] == protocol {
						n++
					}
				}
				return n
			},
		},
		wrong: []wrongAnswer{
			{func(flows dataframe.DataFrame, port int, protocol string) int {
				return flows.FilterAggregation(dataframe.Or, is("protocol", protocol), is("dst_port", port)).Nrow()
			}, "satisfy any of them"},
			{func(flows dataframe.DataFrame, port int, protocol string) int {
				return flows.FilterAggregation(dataframe.And, is("port", port), is("protocol", protocol)).Nrow()
			}, "name of a column is misspelt"},
			{func(flows dataframe.DataFrame, port int, protocol string) int {
				return flows.FilterAggregation(dataframe.And, is("dst_port", port), is("protocol", protocol)).Ncol()
			}, "8 is the number of columns"},
			{func(flows dataframe.DataFrame, port int, protocol string) int {
				flows.FilterAggregation(dataframe.And, is("dst_port", port), is("protocol", protocol))
				return flows.Nrow()
			}, "Filter leaves its frame as it is"},
			{func(flows dataframe.DataFrame, _ int, _ string) int {
				return flows.FilterAggregation(dataframe.And, is("dst_port", 443), is("protocol", "UDP")).Nrow()
			}, "returned 50: want 241"},
			{func(flows dataframe.DataFrame, port int, protocol string) int {
				return flows.FilterAggregation(dataframe.And, is("dst_port", port), is("protocol", protocol)).Nrow() - 1
			}, "too small by one"},
			{func(flows dataframe.DataFrame, port int) int { return flows.Filter(is("dst_port", port)).Nrow() }, "It has 2 parameters: want 3"},
		},
	},
}

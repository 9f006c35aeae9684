package check

import (
	"math"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	"gonum.org/v1/gonum/stat"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

// newcomersFlows are of the notebooks 00 to 03.
var newcomersFlows = map[*exam.Exercise][]wrongAnswer{
	alertCount: {
		{func(scores []float64, threshold float64) int { // the loop begins at 1
			n := 0
			for i := 1; i < len(scores); i++ {
				if scores[i] > threshold {
					n++
				}
			}
			return n
		}, "The first element of scores is left out. Elements are"},
		{func(scores []float64, threshold float64) int { // and ends too early
			n := 0
			for i := 0; i < len(scores)-1; i++ {
				if scores[i] > threshold {
					n++
				}
			}
			return n
		}, "The last element of scores is left out. A loop over all"},
		{func(scores []float64, threshold float64) int {
			n := 0
			for _, s := range scores {
				if s > threshold {
					n = 1
				}
			}
			return n
		}, "This gives 1 however many alerts there are. Does a return,"},
		{func(scores []float64, threshold float64) int {
			n := 1
			for _, s := range scores {
				if s > threshold {
					n += 1
				}
			}
			return n
		}, "Every result is too large by one."},
		{func(scores []float64, threshold float64) int { // the number of the last alert
			n := 0
			for i, s := range scores {
				if s > threshold {
					n = i
				}
			}
			return n
		}, "This is the number of the last alert's element, not how"},
		{func(scores []float64, threshold float64) int {
			return countScores(scores, func(s float64) bool { return math.Abs(s) > threshold })
		}, "The scores lose their sign before they are compared, so"},
		{func(scores []float64, threshold float64) int {
			return countScores(scores, func(s float64) bool { return int(s) > int(threshold) })
		}, "The digits after the point are cut off before the"},
		{func(scores []float64, threshold float64) int {
			return countScores(scores, func(s float64) bool { return s > 0.6 })
		}, "The parameter threshold makes no difference to the result."},
		{func(scores []float64, threshold float64) int {
			return countScores(scores, func(s float64) bool { return s == threshold })
		}, "This counts the scores that equal the threshold. Count"},
		{func(scores []float64, threshold float64) int {
			n := 0
			for i, s := range scores {
				if s > threshold {
					n += i
				}
			}
			return n
		}, "This adds up the numbers of the elements. Add one for each"},
		{func(scores []float64, threshold float64) int {
			n := 0
			for _, s := range scores {
				if s > threshold {
					n++
				} else {
					n--
				}
			}
			return n
		}, "Each score that is no alert takes one away again. It"},
	},
	thirdRun: {
		{func() int { return 15 }, "That is more than two calls make of 10. Each run is a new"}, {func() int { return 14 }, "That is more than two calls make of 10. Each run is a new"}, {func() int { return 1 }, "The counter does not begin at 0: look at the line with var."},
		{func() int { return 3 }, "The counter does not begin at 0: look at the line with var."}, {func() int { return 17 }, "That is more than six calls make of 10, and no more than"}, {func() int { return 22 }, "That is more than six calls make of 10, and no more than"},
		{func() int { return 23 }, "That is more than six calls make of 10, and no more than"}, {func() int { return 0 }, "The counter does not begin at 0: look at the line with var."}, {func() int { return 20 }, "That is more than six calls make of 10, and no more than"},
		{func() int { return 6 }, "The counter does not begin at 0: look at the line with var."}, {func() int { return 30 }, "That is more than six calls make of 10, and no more than"}, {func() int { return 36 }, "That is more than six calls make of 10, and no more than"},
	},
	anomalyShare: {
		{func(labels []int) float64 {
			n := 0.0
			for i := 1; i < len(labels); i++ {
				n += float64(labels[i])
			}
			return n / float64(len(labels))
		}, "The first label is not counted. Elements are numbered from"},
		{func(labels []int) float64 { return shareOf(1, labels, len(labels)-1) }, "This divides by one less than there are labels. len(labels)"},
		{func(labels []int) float64 { return shareOf(1, labels, len(labels)+1) }, "This divides by one more than there are labels. len(labels)"},
		{func(labels []int) float64 { return shareOf(1, labels, 100) }, "This divides by 100. Divide by the number of labels,"},
		{func(labels []int) float64 { return math.Round(100 * shareOf(1, labels, len(labels))) }, "The results are percentages, rounded: want fractions, from"},
		{func(labels []int) float64 { return 1 / shareOf(1, labels, len(labels)) }, "The fraction is upside down: every result is 1 divided by"},
		{func(labels []int) float64 {
			last := 0
			for i, l := range labels {
				if l == 1 {
					last = i
				}
			}
			return float64(last) / float64(len(labels))
		}, "This takes the number of the last anomaly's element. Count"},
		{func(labels []int) float64 { // divided in the loop
			share := 0.0
			for _, l := range labels {
				share = (share + float64(l)) / float64(len(labels))
			}
			return share
		}, "The division stands inside the loop, so that it is done"},
		{func(labels []int) float64 { return float64(labels[len(labels)-1]) / float64(len(labels)) }, "Only the last label counts. Add up in the loop: n += label,"},
		{func(labels []int) float64 { return float64(len(labels)) }, "This is how many labels there are. The number of anomalies"},
		{func(labels []int) float64 { return float64(len(labels)) / shareOf(1, labels, 1) }, "The fraction is upside down: every result is 1 divided by"},
		{func(labels []int) float64 { return shareOf(1, labels, 1) * float64(len(labels)) }, "This multiplies by the number of labels. A share divides by"},
	},
	countFlows: {
		{func(flows dataframe.DataFrame, port int, protocol string) int {
			return flows.FilterAggregation(dataframe.And, is("src_port", port), is("protocol", protocol)).Nrow()
		}, "It finds no flow anywhere. If the name of a column is"},
		{func(flows dataframe.DataFrame, port int, protocol string) int {
			return flows.FilterAggregation(dataframe.And, is("dst_port", "port"), is("protocol", "protocol")).Nrow()
		}, "It finds no flow anywhere. If the name of a column is"},
		{func(flows dataframe.DataFrame, port int, protocol string) int {
			return flows.Filter(is("label", 1)).FilterAggregation(dataframe.And, is("dst_port", port), is("protocol", protocol)).Nrow()
		}, "Only anomalies are counted. A service has normal flows too:"},
		{func(flows dataframe.DataFrame, port int, protocol string) int {
			flows.Filter(is("dst_port", port))
			return flows.Filter(is("protocol", protocol)).Nrow()
		}, "These are all flows of the protocol, whatever their port."},
		{func(flows dataframe.DataFrame, port int, protocol string) int {
			toPort := flows.Filter(is("dst_port", port))
			toPort.Filter(is("protocol", protocol))
			return toPort.Nrow()
		}, "These are all flows to the port, whatever their protocol."},
		{func(flows dataframe.DataFrame, port int, protocol string) int {
			return flows.FilterAggregation(dataframe.And, is("dst_port", 80), is("protocol", "TCP")).Nrow()
		}, "The parameter port makes no difference to the result. Does"},
		{func(flows dataframe.DataFrame, port int, protocol string) int {
			return flows.FilterAggregation(dataframe.And, is("dst_port", port), is("protocol", "TCP")).Nrow()
		}, "The parameter protocol makes no difference to the result."},
		{func(flows dataframe.DataFrame, port int, protocol string) int {
			return flows.FilterAggregation(dataframe.And, is("dst_port", port), is("protocol", protocol)).Nrow() * 100 / flows.Nrow()
		}, "These are percent of all flows. Return how many there are."},
		{func(flows dataframe.DataFrame, port int, protocol string) int {
			return 1000 - flows.FilterAggregation(dataframe.And, is("dst_port", port), is("protocol", protocol)).Nrow()
		}, "This counts all the other flows."},
		{func(flows dataframe.DataFrame, port int, protocol string) int {
			return max(flows.Filter(is("dst_port", port)).Nrow(), flows.Filter(is("protocol", protocol)).Nrow())
		}, ""},
		{func(flows dataframe.DataFrame, port int, protocol string) int {
			return min(flows.Filter(is("dst_port", port)).Nrow(), flows.Filter(is("protocol", protocol)).Nrow())
		}, ""},
		{func(flows dataframe.DataFrame, port int, protocol string) int {
			return flows.FilterAggregation(dataframe.And,
				dataframe.F{Colname: "dst_port", Comparator: series.Eq, Comparando: port},
				dataframe.F{Colname: "protocol", Comparator: series.Greater, Comparando: protocol}).Nrow()
		}, "The protocol is compared by series.Greater. Equal is"},
	},
	bytesPerSecond: {
		{func(bytes, seconds float64) float64 { return bytes / max(seconds, 0.01) }, "The floor is a hundredth of a second here. A millisecond is"},
		{func(bytes, seconds float64) float64 { return bytes / max(seconds, 1e-6) }, "The floor is a microsecond here. A millisecond is 0.001"},
		{func(bytes, seconds float64) float64 {
			if seconds == 0 {
				return 0
			}
			return bytes / seconds
		}, "A duration of 0 gives the rate 0, as if nothing had been"},
		{func(bytes, seconds float64) float64 {
			if seconds == 0 {
				return bytes
			}
			return bytes / seconds
		}, "With a duration of 0 the bytes come back undivided, and one"},
		{func(bytes, seconds float64) float64 { return 8 * bytes / max(seconds, 0.001) }, "These are bits per second."},
		{func(bytes, seconds float64) float64 { return bytes / max(1000*seconds, 1) }, "These are bytes per millisecond."},
		{func(bytes, seconds float64) float64 {
			if seconds <= 0.001 {
				return 0.001
			}
			return bytes / seconds
		}, "A short flow returns 0.001, the duration in the place of"},
		{func(bytes, seconds float64) float64 {
			if seconds < 0.001 {
				return bytes * 0.001
			}
			return bytes / seconds
		}, "The bytes of a short flow are multiplied by 0.001. Divide"},
		{func(bytes, seconds float64) float64 { return bytes / (seconds + 1e-9) }, "Something tiny is added to every duration, which keeps from"},
		{func(bytes, seconds float64) float64 { return math.Round(bytes / max(seconds, 0.001)) }, "The results are rounded. Return them as they are: rounding"},
		{func(bytes, seconds float64) float64 { return bytes * seconds }, "This multiplies. Bytes per second are bytes divided by"},
		{func(bytes, seconds float64) float64 {
			if seconds > 0.001 {
				seconds = 0.001
			}
			return bytes / seconds
		}, "min takes the smaller of two numbers, so that every flow"},
		{func(bytes, seconds float64) float64 { return max(bytes, 0.001) / max(seconds, 0.001) }, "The bytes have a floor as well, so that a flow without any"},
	},
	bytesRatio: {
		{func(sent, received float64) float64 { return sent / (received + sent) * 100 }, "The results are percentages: want fractions, from 0 to 1."},
		{func(sent, received float64) float64 { return (sent + received) / (sent + 1) }, "The fraction is upside down, and the plus one with it: sent"},
		{func(sent, received float64) float64 { return sent / (sent - received + 1) }, "What was received is subtracted below the bar. The whole is"},
		{func(sent, received float64) float64 { return sent + 1/(sent+received) }, "An infinity comes from a division by 0.0 or from the"},
		{func(sent, received float64) float64 { return sent / (sent + 1) }, "The parameter received makes no difference to the result."},
		{func(sent, received float64) float64 { return (sent + 1) / (sent + received + 2) }, "This adds one to both directions. The plus one stands once,"},
		{func(sent, received float64) float64 { return sent / sent * (received + 1) }, "Every result is too small by one. Besides: Division binds"},
		{func(sent, received float64) float64 { return (received + 1) / (sent + received + 1) }, "Every result is 1 minus the one wanted."},
		{func(sent, received float64) float64 { return sent / (sent + received + 0.001) }, "What is added below the bar is 0.001, the floor of"},
		{func(sent, received float64) float64 { return sent / max(received, 1) }, "This divides what was sent by what was received. The share"},
		{func(sent, received float64) float64 { return math.Round(sent/(sent+received+1)*100) / 100 }, "The results are rounded to two decimals. Return them as"},
		{func(sent, received float64) float64 { return sent / (sent*received + 1) }, "The two are multiplied below the bar. The whole is their"},
		{func(sent, received float64) float64 { return (sent - received) / (sent + received + 1) }, "What was received is subtracted above the bar. The share of"},
	},
	wellKnownPort: {
		{func(port int) bool { return port < 1000 }, "It says false for ports from 1000 to 1023."},
		{func(port int) bool { return port <= 1000 }, "It says false for ports from 1001 to 1023."},
		{func(port int) bool { return port == 1023 }, "It says false for ports from 0 to 1022. The system ports"},
		{func(port int) bool { return port > 0 }, "Every port but 0 is well known here."},
		{func(port int) bool { return port > 0 || port < 1024 }, "It returns true whatever the input is."},
		{func(port int) bool { return port < 1024 && port > 1023 }, "It returns false whatever the input is."},
		{func(port int) bool { return port == 80 || port == 443 }, "It says false for ports from 0 to 79."},
		{func(port int) bool { return port <= 1023 && port != 631 }, "It says false for port 631. The system ports are those from"},
		{func(port int) bool { return port < 10000 }, "It says true for ports from 1024 to 8080."},
		{func(port int) bool { return port > 1024 }, "Every answer is the wrong way round: true where false is"},
		{func(port int) bool { return port >= 1 && port <= 1023 }, "Port 0 is left out. Nothing listens on it, but RFC 6335"},
		{func(port int) bool { return port <= 49151 }, "The ports from 1024 to 49151 are the user ports of RFC"},
		{func(port int) bool { return port < 100 }, "It says false for ports from 100 to 1023. The system ports"},
		{func(port int) bool { return port < 512 }, "It says false for ports from 512 to 1023. The system ports"},
	},
	typicalFlow: {
		{func(rates []float64) float64 { return slices.Max(rates) }, "This is the fastest flow of all. Which number has half of"},
		{func(rates []float64) float64 { return rates[0] }, "This is the flow that happens to come first. Sort the"},
		{func(rates []float64) float64 { return labkit.Must(labkit.Percentile(rates, 0.5)) }, "labkit.Percentile counts in percent: the median is the 50th"},
		{func(rates []float64) float64 { return labkit.Must(labkit.Percentile(rates, 75)) }, "This is the third quartile: three flows in four are slower."},
		{func(rates []float64) float64 { return labkit.Must(labkit.Percentile(rates, 25)) }, "This is the first quartile: three flows in four are faster."},
		{func(rates []float64) float64 { return stat.StdDev(rates, nil) }, "Of 1,000 flows 991 are slower than that and 9 faster: want"},
		{func(rates []float64) float64 { return math.Floor(stat.Mean(rates, nil)) }, "Of 1,000 flows 965 are slower than that and 35 faster: want"},
		{func(rates []float64) float64 {
			sorted := slices.Sorted(slices.Values(rates))
			return sorted[len(sorted)/2-1]
		}, "Of 3 flows 0 are slower than that and 2 faster: want at"},
		{func(rates []float64) float64 {
			sorted := slices.Sorted(slices.Values(rates))
			return (sorted[len(sorted)/2] + sorted[len(sorted)/2+1]) / 2
		}, "Of 1,000 flows 501 are slower than that and 499 faster: want"},
		{func(rates []float64) float64 { return rates[len(rates)-1] }, "Of 1,000 flows"},
		{func(rates []float64) float64 { return labkit.Must(labkit.Percentile(rates, 90)) }, "Of 1,000 flows 900 are slower than that and 100 faster: want"},
		{func(rates []float64) float64 {
			sum := 0.0
			for _, r := range rates {
				sum += r
			}
			return sum
		}, "This is the sum of all rates. Which number has half of the"},
		{func(rates []float64) float64 { return math.Sqrt(slices.Min(rates) * slices.Max(rates)) }, "Of 1,000 flows 911 are slower than that and 89 faster: want"},
	},
	robustScale: {
		{func(values []float64, v float64) float64 {
			q1, median, q3 := quartiles(values)
			return (v - median) / (q3 + q1)
		}, "The quartiles are added. The IQR is the distance between"},
		{func(values []float64, v float64) float64 {
			q1, median, q3 := quartiles(values)
			if q3-q1 == 0 {
				return v
			}
			return (v - median) / (q3 - q1)
		}, "With an IQR of 0 the value comes back as it is. Subtract"},
		{func(values []float64, v float64) float64 {
			q1, median, q3 := quartiles(values)
			if q3-q1 == 0 {
				return 1
			}
			return (v - median) / (q3 - q1)
		}, "With an IQR of 0 the result is 1, whatever the value. The"},
		{func(values []float64, v float64) float64 {
			q1, median, q3 := quartiles(values)
			if q3 == q1 {
				return v - median
			}
			return math.Abs(v-median) / (q3 - q1)
		}, "The sign is lost: a value below the median has a negative"},
		{func(values []float64, v float64) float64 {
			_, median, _ := quartiles(values)
			if median == 0 {
				median = 1
			}
			return v / median
		}, "This divides by the median. Subtract the median, and divide"},
		{func(values []float64, v float64) float64 {
			q1, median, q3 := quartiles(values)
			return (v - median) / q3 / max(q1, 1)
		}, ""},
		{func(values []float64, v float64) float64 {
			low, high := slices.Min(values), slices.Max(values)
			if high == low {
				return 0
			}
			return (v - low) / (high - low)
		}, "This is min-max scaling: the smallest and the largest value"},
		{func(values []float64, v float64) float64 {
			percent := func(q float64) float64 { return labkit.Must(labkit.Percentile(values, q)) }
			iqr := percent(90) - percent(10)
			if iqr == 0 {
				iqr = 1
			}
			return (v - percent(50)) / iqr
		}, "This divides by the distance from the 10th to the 90th"},
		{func(values []float64, v float64) float64 {
			q1, median, _ := quartiles(values)
			iqr := median - q1
			if iqr == 0 {
				iqr = 1
			}
			return (v - median) / iqr
		}, "This divides by the distance from the first quartile to the"},
		{func(values []float64, v float64) float64 {
			q1, median, q3 := quartiles(values)
			iqr := q3 - q1
			if iqr == 0 {
				iqr = 1
			}
			return v - median/iqr
		}, "Division binds more strongly than subtraction: put v -"},
		{func(values []float64, v float64) float64 {
			q1, median, q3 := quartiles(values)
			iqr := q3 - q1
			if iqr == 0 {
				iqr = 1
			}
			return (v - median) * iqr
		}, "This multiplies by the IQR. Divide by it."},
		{func(values []float64, v float64) float64 { // only one value
			q1, median, q3 := quartiles(values)
			iqr := q3 - q1
			if iqr == 0 {
				iqr = 0.001
			}
			return (v - median) / iqr
		}, "An IQR of 0 is replaced by 0.001, the floor of durations."},
		{func(values []float64, v float64) float64 {
			q1, _, q3 := quartiles(values)
			iqr := q3 - q1
			if iqr == 0 {
				iqr = 1
			}
			return (v - q3) / iqr
		}, "This subtracts the third quartile. The centre is the"},
	},
	logColumns: {
		{func() []string { return []string{"bytes_per_second"} }, "A rate is missing: its largest value is 99,000 times its"},
		{func() []string { return []string{"bytes_per_second", "packets_per_second"} }, "A column is missing that reaches from 7.5 to 28,787: the"},
		{func() []string { return []string{"bytes_ratio", "packets_ratio"} }, "bytes_ratio is a share: 0.99 is as far from 1 as 0.01 is"},
		{func() []string { return []string{""} }, `"" is none of the eight columns: copy the names from the`},
		{func() []string { return []string{"bytes_per_second, packets_per_second"} }, `"bytes_per_second, packets_per_second" is none of the eight`},
		{func() []string { return []string{"is_suspicious_port", "duration"} }, "is_suspicious_port is a flag: after log(1 + v) it would"},
		{func() []string { return []string{"bytes_sent", "bytes_received"} }, `"bytes_sent" is none of the eight columns: copy the names`},
		{func() []string { return []string{"label"} }, `"label" is none of the eight columns: copy the names from`},
		{func() []string { return []string{"Bytes_Per_Second", "duration"} }, `"Bytes_Per_Second" is none of the eight columns: copy the`},
		{func() []string {
			return []string{"bytes_per_second", "packets_per_second", "bytes_per_packet", "duration", "bytes_ratio"}
		}, "bytes_ratio is a share: 0.99 is as far from 1 as 0.01 is"},
	},
	scalerRows: {
		{func() string { return "c" }, `"c" is not one of the options ["A" "B" "C" "D"]. Return the`}, {func() string { return "E" }, `"E" is not one of the options ["A" "B" "C" "D"].`}, {func() string { return "" }, `"" is not one of the options ["A" "B" "C" "D"].`},
		{func() string { return "C." }, `"C." is not one of the options ["A" "B" "C" "D"]. Return`}, {func() string { return "A and B" }, `"A and B" is not one of the options ["A" "B" "C" "D"].`},
	},
}

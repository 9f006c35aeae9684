package check

import (
	"math"
	"slices"

	"github.com/go-gota/gota/series"
	"gonum.org/v1/gonum/stat"

	"flowlab/labkit/internal/exam"
)

var featureEngineeringTests = []exerciseTest{
	{
		exercise: bytesPerSecond,
		check:    BytesPerSecond,
		byHand: []example{
			{exam.Input{2000.0, 2.0}, 1000.0},
			{exam.Input{100000.0, 0.1}, 1e6},
			{exam.Input{200.0, 0.0005}, 200000.0}, // 200 in a millisecond
			{exam.Input{80.0, 0.0}, 80000.0},
			{exam.Input{0.0, 0.0}, 0.0},
		},
		right: []any{func(bytes, seconds float64) float64 {
			if seconds < 0.001 {
				seconds = 0.001
			}
			return bytes / seconds
		}},
		wrong: []wrongAnswer{
			{func(bytes, seconds float64) float64 { return seconds / bytes }, "bytes and seconds were swapped. Besides: The guard is missing"},
			{func(bytes, seconds float64) float64 { return max(bytes/seconds, 0.001) }, "An infinity comes from"},
			{func(bytes, seconds float64) float64 {
				if seconds > 0 {
					return bytes / seconds
				}
				return bytes / 0.001
			}, "one of half a millisecond is not"},
			{func(bytes, seconds float64) float64 { return max(seconds, 0.001) / bytes }, "upside down"},
			{func(bytes, seconds float64) float64 { return seconds / max(bytes, 0.001) }, "bytes and seconds were swapped"},
			{func(bytes, seconds float64) float64 { return bytes / (1000 * max(seconds, 0.001)) }, "bytes per millisecond"},
			{func(bytes, seconds float64) float64 { return math.Floor(bytes / max(seconds, 0.001)) }, "Dividing two ints"},
			{func(bytes, seconds float64) float64 { return max(bytes, 1) / max(seconds, 0.001) }, "returned 1: want 0"},
		},
	},
	{
		exercise: bytesRatio,
		check:    BytesRatio,
		byHand:   []example{{exam.Input{400.0, 1600.0}, 400.0 / 2001}, {exam.Input{80.0, 0.0}, 80.0 / 81}, {exam.Input{0.0, 0.0}, 0.0}},
		right: []any{
			func(sent, received float64) float64 { return 1 - (received+1)/(sent+received+1) },
			func(sent, received float64) float64 {
				total := sent + received
				return 1 / (total + 1) * sent
			},
		},
		wrong: []wrongAnswer{
			{func(sent, received float64) float64 { return received / (sent + received + 1) }, "sent and received were swapped"},
			{func(sent, received float64) float64 { return sent / (received + sent) }, "plus one is missing"},
			{func(sent, received float64) float64 { return float64(int(sent) / (int(sent+received) + 1)) }, "Dividing two ints"},
			{func(sent, received float64) float64 { return -sent / (sent + received + 1) }, "sign is wrong"},
			{func(sent, received float64) float64 { return sent / received }, "no plus one guards it"},
			{func(sent, received float64) float64 {
				if total := sent + received; total > 0 {
					return sent / total
				}
				return 0
			}, "as the Python lab does"},
			{func(sent, received float64) float64 { return sent / max(sent+received, 1) }, "as the Python lab does"},
		},
	},
	{
		exercise: wellKnownPort,
		check:    WellKnownPort,
		byHand: []example{ // RFC 6335, section 6: 0-1023, 1024-49151, 49152-65535
			{exam.Input{0}, true}, {exam.Input{1023}, true}, {exam.Input{1024}, false}, {exam.Input{49151}, false}, {exam.Input{65535}, false},
		},
		right: []any{func(port int) bool { return 0 <= port && port <= 1023 }},
		wrong: []wrongAnswer{
			{func(port int) bool { return port < 1025 }, "first port that is not well known"},
			{func(port int) bool { return port >= 0 && port < 1023 }, "last of the well-known ports"},
			{func(port int) bool { return port > 0 && port <= 1023 }, "Port 0 is left out"},
			{func(port int) bool { return port == 80 || port == 443 || port == 22 || port == 53 }, "defined by a range"},
			{func(port int) bool { return port >= 1024 }, "the wrong way round"},
			{func(port int) bool { return true }, "returns true whatever the input is"},
			{func(port int) bool { return port == 443 || port == 8080 }, "returned true: want false"},
			{func(port float64) bool { return port < 1024 }, "Parameter 1 is of type float64: want int"},
		},
	},
	{
		exercise: typicalFlow,
		check:    TypicalFlow,
		byHand:   []example{{exam.Input{[]float64{3000, 5000, 1000}}, 3000.0}, {exam.Input{[]float64{9e9, 200, 200, 200}}, 200.0}, {exam.Input{[]float64{7}}, 7.0}},
		right: []any{
			func(rates []float64) float64 { return series.Floats(rates).Median() },
			func(rates []float64) float64 { return slices.Sorted(slices.Values(rates))[(len(rates)-1)/2] }, // the lower middle
			func(rates []float64) float64 {
				sorted := slices.Clone(rates)
				slices.Sort(sorted)
				n := len(sorted)
				return (sorted[n/2] + sorted[(n-1)/2]) / 2
			},
		},
		wrong: []wrongAnswer{
			{func(rates []float64) float64 {
				sum := 0.0
				for _, r := range rates {
					sum += r
				}
				return sum / float64(len(rates))
			}, "965 are slower than it"},
			{func(rates []float64) float64 {
				slices.Sort(rates)
				return rates[len(rates)/2]
			}, "changed its argument rates"},
			{func(rates []float64) float64 { return math.Exp(stat.Mean(logarithms(rates), nil)) }, "This is the geometric mean"},
			{func(rates []float64) float64 { return 6061.85 }, "Of 3 flows 3 are slower"},
			{func(rates []float64) float64 { return slices.Min(rates) }, "This is the slowest flow of all"},
			{func(rates []float64) float64 { return math.NaN() }, "NaN is no rate"},
			{func(rates []float64) float64 { return math.Inf(1) }, "1000 are slower"},
			{func(rates []float64) float64 { return slices.Sorted(slices.Values(rates))[len(rates)/2+1] }, "Of 1,000 flows 501 are slower"},
		},
	},
}

func logarithms(values []float64) []float64 {
	logs := make([]float64, len(values))
	for i, v := range values {
		logs[i] = math.Log(v)
	}
	return logs
}

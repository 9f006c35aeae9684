package pair

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"flowlab/labkit/flow"
)

func at(seconds float64, src, dst string, port int) flow.Flow {
	f := flow.Unknown()
	f.TS, f.SrcIP, f.DstIP, f.DstPort = seconds, src, dst, port
	return f
}

// names returns the pairs in short, with their flows.
func names(pairs []Pair) string {
	var words []string
	for _, p := range pairs {
		words = append(words, fmt.Sprintf("%s-%s:%d %d", p.Src, p.Dst, p.Port, p.Flows))
	}
	return strings.Join(words, ", ")
}

// By hand: starts 3500 3510 3520 3700 in two hours; gaps 10 10 180, median 10,
// distances 0 0 170: regularity 1. Bytes 4 and 8 are known: mean 6, spread 2. Two
// of four failed. Durations 1 and 2.
func TestPair(t *testing.T) {
	flows := []flow.Flow{at(3700, "a", "x", 80), at(3500, "a", "x", 80), at(3520, "a", "x", 80), at(3510, "a", "x", 80), at(3500, "b", "x", 22)}
	flows[0].BytesSent, flows[1].BytesSent = 4, 8
	flows[0].Duration, flows[1].Duration = 1, 2
	flows[1].State, flows[2].State, flows[3].State = "S0", "REJ", "RSTO"
	pairs := Of(slices.Values(flows))
	if got := names(pairs); got != "a-x:80 4, b-x:22 1" {
		t.Fatalf("%s", got)
	}
	p := pairs[0]
	want := Pair{
		Src: "a", Dst: "x", Port: 80, Flows: 4, First: 3500, Last: 3700, Starts: []float64{3500, 3510, 3520, 3700},
		Hours: 2, MedianGap: 10, Regularity: 1, Bytes: 6, BytesSpread: 2, Sent: 12, Held: 3, FailedShare: 0.5, Duration: 1.5, Sources: 2,
		// Gaps 10 10 180: quartiles are those alone, the median is the lower one: 1.
		// Not all have bytes: 8 0 0 4 are sizes, median 2, distances 2 2 2 6: 0. Bars at
		// the first, second, third and last 1/24: mean 1/6, no evenness.
		Beacon: Beacon{Score: 0.375, Timing: 1, Sizes: 0.5},
	}
	if got, want := fmt.Sprintf("%+v", p), fmt.Sprintf("%+v", want); got != want {
		t.Errorf("\n%s\nwant\n%s", got, want)
	}
	if p := pairs[1]; !math.IsNaN(p.Regularity) || !math.IsNaN(p.MedianGap) || !math.IsNaN(p.Bytes) || !math.IsNaN(p.Duration) {
		t.Errorf("%+v", p)
	}
}

func TestPairsInOrder(t *testing.T) {
	var flows []flow.Flow
	for i := range 5 {
		second := float64(i)
		flows = append(flows,
			at(60*second, "clock", "x", 123),
			at(60*second*second, "b", "x", 80), // gaps 60 180 300 420: less regular
			at(60*second, "a", "x", 53), at(60*second+1e-7, "c", "x", 53),
		)
	}
	flows = append(flows, at(300, "clock", "x", 123), at(1, "few", "x", 80), at(2, "few", "x", 81), at(math.NaN(), "a", "x", 1), at(1, "", "x", 1), at(1, "a", "", 1), at(1, "few", "x", -1))
	if got, want := names(Of(slices.Values(flows))), "clock-x:123 6, a-x:53 5, c-x:53 5, b-x:80 5, few-x:-1 1, few-x:80 1, few-x:81 1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// An input of more than a day is looked at day by day.
func TestPairsByDay(t *testing.T) {
	flows := []flow.Flow{at(1000+Span, "a", "x", 80), at(1000, "a", "x", 80), at(999+Span, "b", "x", 80), at(1000+5*Span, "a", "y", 80)}
	pairs := Of(slices.Values(flows))
	if got, want := names(pairs), "a-x:80 1, b-x:80 1, a-x:80 1, a-y:80 1"; got != want {
		t.Fatalf("%s, want %s", got, want)
	}
	if pairs[0].Sources != 2 || pairs[2].Sources != 1 {
		t.Errorf("sources %d and %d", pairs[0].Sources, pairs[2].Sources)
	}
}

// RITA's score is of all ports; sizes are IP bytes if they are known of all.
func TestBeaconOfAPair(t *testing.T) {
	var flows []flow.Flow
	for i := range 24 * 60 {
		f := at(60*float64(i), "a", "x", 80+i%2)
		f.BytesSent, f.IPBytesSent = float64(i), 100
		flows = append(flows, f)
	}
	pairs := Of(slices.Values(flows))
	if len(pairs) != 2 || pairs[0].Beacon != (Beacon{1, 1, 1, 1, 1}) || pairs[1].Beacon != pairs[0].Beacon {
		t.Errorf("%d pairs, %+v", len(pairs), pairs[0].Beacon)
	}
	flows[3].IPBytesSent = math.NaN()
	// Payload 0 to 1439: median 719.5, MAD 360.
	if got := Of(slices.Values(flows))[0].Beacon.Sizes; got != round3((1+359.5/719.5)/2) {
		t.Errorf("sizes %v", got)
	}
}

// Bars are parts of the whole input, which another host begins and ends: eight
// hours are eight bars, 8/12 of what is enough.
func TestBeaconInTheWholeInput(t *testing.T) {
	flows := []flow.Flow{at(0, "b", "x", 80), at(Span-1, "b", "x", 80)}
	for i := range 48 {
		for _, dst := range []string{"p", "q", "r", "s", "t", "u", "v", "w", "y", "z"} {
			flows = append(flows, at(8*3600+600*float64(i), "a", dst, 80))
		}
	}
	for _, p := range Of(slices.Values(flows)) {
		if p.Src == "a" && p.Beacon.Duration != 0.667 {
			t.Errorf("%+v", p.Beacon)
		}
	}
}

func TestColumnsOfAPair(t *testing.T) {
	pairs := Of(slices.Values([]flow.Flow{at(1, "a", "x", -1)}))
	line := ""
	for _, c := range Columns() {
		line += fmt.Sprintf("%s=%v ", c.Name, c.Value(&pairs[0]))
	}
	want := "dst_port=NaN flows=1 first=1 last=1 hours=1 median_gap=NaN regularity=NaN mean_bytes_sent=NaN spread_bytes_sent=NaN " +
		"failed_share=0 mean_duration=NaN sources=1 rita_timing=0 rita_sizes=0 rita_histogram=0 rita_duration=0 rita=0 g_test=NaN "
	if line != want {
		t.Errorf("%s\nwant %s", line, want)
	}
}

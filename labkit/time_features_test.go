package labkit

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"flowlab/labkit/flow"
	"flowlab/labkit/window"
)

// timed returns a frame of flows from one host to another, at these times.
func timed(times ...float64) dataframe.DataFrame {
	n := len(times)
	word := func(name, value string) series.Series {
		values := make([]string, n)
		for i := range values {
			values[i] = value
		}
		return series.New(values, series.String, name)
	}
	return dataframe.New(series.New(times, series.Float, "ts"), word("src_ip", "10.0.0.1"), word("dst_ip", "10.0.0.2"),
		series.New(make([]int, n), series.Int, "dst_port"))
}

// seconds returns a time in words as seconds since 1970.
func seconds(t *testing.T, words string) float64 {
	t.Helper()
	at, err := time.Parse(time.RFC3339, words)
	if err != nil {
		t.Fatal(err)
	}
	return float64(at.Unix())
}

// By hand: 2 March 2026 is a Monday. A quarter of the day is a quarter turn, and
// Monday at midnight the beginning of the week.
func TestTimeOfDayAndWeek(t *testing.T) {
	plus1 := time.FixedZone("one hour east", 3600)
	for _, c := range []struct {
		at        string
		zone      *time.Location
		hour, day float64 // of the circle
		working   float64
	}{
		{"2026-03-02T00:00:00Z", nil, 0, 0, 0},
		{"2026-03-02T06:00:00Z", nil, 0.25, 0.25 / 7, 0},
		{"2026-03-02T07:59:59Z", nil, 28799.0 / 86400, 28799.0 / 86400 / 7, 0},
		{"2026-03-02T08:00:00Z", nil, 1.0 / 3, 1.0 / 21, 1},
		{"2026-03-06T17:59:59Z", nil, 64799.0 / 86400, (4 + 64799.0/86400) / 7, 1},
		{"2026-03-06T18:00:00Z", nil, 0.75, 4.75 / 7, 0},
		{"2026-03-07T12:00:00Z", nil, 0.5, 5.5 / 7, 0}, // Saturday
		{"2026-03-08T12:00:00Z", nil, 0.5, 6.5 / 7, 0},
		{"2026-03-02T07:00:00Z", plus1, 1.0 / 3, 1.0 / 21, 1},
		{"2026-03-01T23:00:00Z", plus1, 0, 0, 0}, // already Monday there
	} {
		frame := Must(AddTimeFeatures(timed(seconds(t, c.at)), c.zone))
		for name, want := range map[string]float64{
			"hour_sin": math.Sin(2 * math.Pi * c.hour), "hour_cos": math.Cos(2 * math.Pi * c.hour),
			"weekday_sin": math.Sin(2 * math.Pi * c.day), "weekday_cos": math.Cos(2 * math.Pi * c.day),
			"working_hours": c.working,
		} {
			if got := frame.Col(name).Float()[0]; math.Abs(got-want) > 1e-9 {
				t.Errorf("%s: %s is %v, want %v", c.at, name, got, want)
			}
		}
	}
}

// By hand: gaps of 10, 10, 30 and 10 s have the median 10 and the distances 0, 0,
// 20 and 0, whose median is 0: regularity 1. The three before have gaps 10, 10,
// 30, median 10, distances 0, 0, 20: 1 as well. Of 10, 20, 40 the median is 20,
// the distances are 10, 0, 20, their median is 10: a half.
func TestGapAndRegularity(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct{ times, gaps, regularity []float64 }{
		{[]float64{0, 10, 20, 50, 60}, []float64{nan, 10, 10, 30, 10}, []float64{nan, nan, nan, 1, 1}},
		{[]float64{0, 10, 30, 70}, []float64{nan, 10, 20, 40}, []float64{nan, nan, nan, 0.5}},
		{[]float64{70, 0, nan, 30, 10}, []float64{40, nan, nan, 20, 10}, []float64{0.5, nan, nan, nan, nan}}, // in any order
		{[]float64{5, 5, 5, 5}, []float64{nan, 0, 0, 0}, []float64{nan, nan, nan, nan}},
	} {
		frame := Must(AddTimeFeatures(timed(c.times...), nil))
		for name, want := range map[string][]float64{"gap": c.gaps, "regularity": c.regularity} {
			if got := frame.Col(name).Float(); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("times %v: %s is %v, want %v", c.times, name, got, want)
			}
		}
	}
}

// A rhythm that changed is forgotten after RhythmGaps gaps, and flows that end
// later change nothing.
func TestRegularityLooksBack(t *testing.T) {
	var times []float64
	at := 0.0
	for i := range 100 {
		times = append(times, at)
		at += 60
		if i < 40 { // by chance, before it was a clock
			at += float64(i * i % 37)
		}
	}
	all := Must(AddTimeFeatures(timed(times...), nil)).Col("regularity").Float()
	if all[39] > 0.95 || all[99] != 1 {
		t.Errorf("regularity %v by chance, %v of a clock: want less than 0.95, and 1", all[39], all[99])
	}
	some := Must(AddTimeFeatures(timed(times[:50]...), nil)).Col("regularity").Float()
	if fmt.Sprint(some) != fmt.Sprint(all[:50]) {
		t.Error("later flows change the regularity of earlier ones")
	}
}

// The regularity of a frame is that of a stream: a window that holds a pair's last
// flows, and nothing else, has the same.
func TestRegularityIsTheWindows(t *testing.T) {
	frame := Must(GenerateDay(Day{Seed: 1, Attacks: []string{"beacon"}}))
	beacon := frame.Filter(dataframe.F{Colname: "attack", Comparator: series.Eq, Comparando: "beacon"})
	features := Must(AddTimeFeatures(beacon, nil)).Col("regularity").Float()
	flows := Must(Flows(beacon))
	for _, end := range []int{RhythmGaps + 1, 60, len(flows)} {
		op, err := window.New(window.Options{Size: 48 * time.Hour, MaxJump: -1})
		if err != nil {
			t.Fatal(err)
		}
		var rows []window.Row
		for _, f := range flows[end-RhythmGaps-1 : end] {
			rows = append(rows, op.Add(f)...)
		}
		rows = append(rows, op.Close()...)
		if len(rows) != 1 || rows[0].Regularity != features[end-1] {
			t.Errorf("flow %d: regularity %v, and the window's %+v", end-1, features[end-1], rows)
		}
	}
}

// A flow's time is its end, and its beginning if the duration is not known.
func TestTimeIsTheEnd(t *testing.T) {
	frame := timed(0, 0, 100).Mutate(series.New([]float64{30, math.NaN(), 5}, series.Float, "duration"))
	want := []float64{30, math.NaN(), 75} // at 30, 0 and 105
	if got := Must(AddTimeFeatures(frame, nil)).Col("gap").Float(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("gaps %v, want %v", got, want)
	}
}

func TestTimeFeaturesNeedTheirColumns(t *testing.T) {
	for _, f := range []flow.Field{flow.TS, flow.SrcIP, flow.DstIP, flow.DstPort} {
		_, err := AddTimeFeatures(timed(1, 2).Drop(f.String()), nil)
		if err == nil || !strings.HasPrefix(err.Error(), "labkit: AddTimeFeatures: no column \""+f.String()) {
			t.Errorf("without %s: error %v", f, err)
		}
	}
}

func ExampleAddTimeFeatures() {
	flows := Must(AddTimeFeatures(timed(1772409600, 1772431200, 1772431500), nil)) // Monday at 0:00, 6:00 and 6:05
	fmt.Println(Must(Text(flows.Select([]string{"hour_sin", "weekday_cos", "working_hours", "gap"}))))
	// Output:
	// hour_sin  weekday_cos  working_hours     gap
	//  0.000000     1.000000              0     NaN
	//  1.000000     0.974928              0 21600.0
	//  0.999762     0.974230              0   300.0
}

func BenchmarkAddTimeFeatures(b *testing.B) {
	flows := Must(GenerateServerDay(Day{Seed: 1}))
	b.ReportAllocs()
	for b.Loop() {
		Must(AddTimeFeatures(flows, nil))
	}
}

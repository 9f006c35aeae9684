package triage

import (
	"fmt"
	"math"
	"reflect"
	"testing"
	"time"

	"flowlab/labkit"
	"flowlab/labkit/flow"
	"flowlab/labkit/internal/day"
	"flowlab/labkit/internal/packed"
)

// live returns what a Live finds in flows.
func live(t *testing.T, o LiveOptions, flows []flow.Flow) []Finding {
	t.Helper()
	l, err := NewLive(o)
	if err != nil {
		t.Fatal(err)
	}
	return append(feed(t, l, flows), finish(t, l)...)
}

func feed(t *testing.T, l *Live, flows []flow.Flow) (all []Finding) {
	t.Helper()
	for i := range flows {
		found, err := l.Add(&flows[i])
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, found...)
	}
	return all
}

func finish(t *testing.T, l *Live) []Finding {
	t.Helper()
	found, err := l.Close()
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Attacks that are loud in windows, and beacons to where no other host goes, are
// found while the day passes; a day without an attack has few findings: 4 to 9 on
// four days. What is slow or quiet, as a scan over half a day or files that are
// gathered, is not found: that takes the whole day, see Traffic.Hosts.
func TestLiveFindsAttacks(t *testing.T) {
	for _, kind := range []string{"port scan", "host scan", "brute force", "flood", "beacon", "dns tunnel"} {
		flows, part := office(t, 1, kind)
		hit := false
		for _, f := range live(t, LiveOptions{}, flows) {
			hit = hit || part[f.Host] || part[f.Peer]
		}
		if !hit {
			t.Errorf("%s: none of %v was found", kind, part)
		}
	}
	calm, err := day.Office(day.Day{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if found := live(t, LiveOptions{}, calm.Flows); len(found) > 10 {
		t.Errorf("%d findings in a day without an attack: want at most 10", len(found))
	}
}

// A Live that is stopped anywhere and restored finds what one finds that was not.
func TestLiveGoesOnAfterRestore(t *testing.T) {
	flows, _ := office(t, 1, "port scan")
	want := live(t, LiveOptions{}, flows)
	for _, at := range []int{0, 1, len(flows) / 4, len(flows) / 2, len(flows) - 1} {
		before, err := NewLive(LiveOptions{})
		if err != nil {
			t.Fatal(err)
		}
		got := feed(t, before, flows[:at])
		state, err := before.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		after, err := NewLive(LiveOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if err := after.Restore(state); err != nil {
			t.Fatal(err)
		}
		got = append(append(got, feed(t, after, flows[at:])...), finish(t, after)...)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("stopped after %d flows: %d findings, want %d and the same", at, len(got), len(want))
		}
	}
}

// A model that is given stays as it is, and judges from the first window on.
func TestLiveWithAFixedModel(t *testing.T) {
	calm, err := day.Office(day.Day{Seed: 2})
	if err != nil {
		t.Fatal(err)
	}
	model, err := FitWindows(labkit.IsolationForest{Seed: 1}, calm.Flows, time.Minute, 0.01)
	if err != nil {
		t.Fatal(err)
	}
	flows, part := office(t, 1, "port scan")
	l, err := NewLive(LiveOptions{Model: model, Quantile: 0.99})
	if err != nil {
		t.Fatal(err)
	}
	hit := false
	for _, f := range append(feed(t, l, flows), finish(t, l)...) {
		hit = hit || part[f.Host]
	}
	if !hit {
		t.Errorf("%v was not found", part)
	}
}

// What stands out is not learned: of a scan that lasts, the last hour is flagged
// as the first was, and the rows that are kept have none of it.
func TestLiveDoesNotLearnFromTheAttack(t *testing.T) {
	calm, err := day.Office(day.Day{Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	l, err := NewLive(LiveOptions{})
	if err != nil {
		t.Fatal(err)
	}
	feed(t, l, calm.Flows)
	last := calm.Flows[len(calm.Flows)-1].TS
	var scan []flow.Flow
	for i := range 6 * 60 * 20 { // 20 ports a minute
		f := flow.Unknown()
		f.TS, f.Duration = last+3*float64(i), 0
		f.SrcIP, f.DstIP, f.DstPort, f.Protocol, f.State = "10.9.9.9", "10.9.9.8", i%60000, "TCP", "S0"
		scan = append(scan, f)
	}
	found := feed(t, l, scan)
	if len(found) == 0 || found[len(found)-1].Last < last+5*3600 {
		t.Errorf("%d findings, want some up to the end of the scan", len(found))
	}
	for _, w := range l.sizes {
		for _, row := range w.Rows.Values {
			if row[1] >= 20 { // ports tried in vain
				t.Fatalf("windows of %v have learned a row of the scan: %v", w.size, row)
			}
		}
	}
}

// However many pairs and windows there are, what is kept is bounded.
func TestLiveIsBounded(t *testing.T) {
	l, err := NewLive(LiveOptions{})
	if err != nil {
		t.Fatal(err)
	}
	f := flow.Unknown()
	for i := range 200_000 {
		f.TS, f.Duration = 1.7e9+float64(i)/100, 0
		f.SrcIP, f.DstIP, f.DstPort = fmt.Sprintf("10.0.%d.%d", i%7, i%251), "192.0.2.1", i%65536
		feed(t, l, []flow.Flow{f})
	}
	if n := len(l.pairs.Pairs); n > livePairsMost {
		t.Errorf("%d pairs: want at most %d", n, livePairsMost)
	}
	for _, w := range l.sizes {
		if len(w.Rows.Values) > liveRows || len(w.Scores.Values) > liveRows {
			t.Errorf("%d rows and %d scores: want at most %d", len(w.Rows.Values), len(w.Scores.Values), liveRows)
		}
	}
}

// The ring keeps the latest values.
func TestRecent(t *testing.T) {
	var r recent[int]
	for i := range liveRows + 3 {
		r.add(i)
	}
	if got := []int{r.Values[0], r.Values[2], r.Values[3], len(r.Values)}; !reflect.DeepEqual(got, []int{liveRows, liveRows + 2, 3, liveRows}) {
		t.Errorf("the ring holds %v", got)
	}
}

func TestLiveOptions(t *testing.T) {
	for _, o := range []LiveOptions{{Refit: -1}, {Quantile: 1}, {Quantile: -0.1}, {Quantile: math.NaN()}} {
		if _, err := NewLive(o); err == nil {
			t.Errorf("%+v: no error", o)
		}
	}
	l, _ := NewLive(LiveOptions{})
	if err := l.Restore([]byte("x")); err == nil {
		t.Error("a state that is none is restored")
	}
}

// Pairs that are cut off at any byte are an error, and none is a fault.
func TestPairsCutOff(t *testing.T) {
	l := newLivePairs()
	for i := range 50 {
		f := flow.Unknown()
		f.TS, f.SrcIP, f.DstIP, f.DstPort = float64(i), "10.0.0.1", fmt.Sprint("192.0.2.", i%3), i%2-1
		l.add(&f)
	}
	var w packed.Writer
	l.write(&w)
	whole := w.Bytes
	again, err := readLivePairs(&packed.Reader{Rest: whole})
	if err != nil || !reflect.DeepEqual(again, l) {
		t.Errorf("%+v, error %v, want %+v", again, err, l)
	}
	for n := range whole {
		if _, err := readLivePairs(&packed.Reader{Rest: whole[:n]}); err == nil {
			t.Fatalf("%d of %d bytes are pairs", n, len(whole))
		}
	}
}

func BenchmarkLive(b *testing.B) {
	traffic, err := day.Office(day.Day{Seed: 1, Attacks: day.Kinds()})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		l, err := NewLive(LiveOptions{})
		if err != nil {
			b.Fatal(err)
		}
		for i := range traffic.Flows {
			if _, err := l.Add(&traffic.Flows[i]); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(traffic.Flows)*b.N)/b.Elapsed().Seconds(), "flows/s")
}

// The state with as many pairs as there may be, each with all its times: as long
// as this takes, a stream stands still.
func BenchmarkLiveSnapshot(b *testing.B) {
	l, err := NewLive(LiveOptions{})
	if err != nil {
		b.Fatal(err)
	}
	f := flow.Unknown()
	for i := range livePairTimes * livePairsMost {
		pair := i % livePairsMost
		f.TS, f.SrcIP, f.DstPort = 1.7e9+float64(i)/1e4, fmt.Sprintf("10.0.0.%d", pair%250), pair%7
		f.DstIP = fmt.Sprintf("192.0.%d.%d", pair/256, pair%256)
		if _, err := l.Add(&f); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		state, err := l.Snapshot()
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(len(state)))
	}
}

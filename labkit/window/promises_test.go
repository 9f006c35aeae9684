package window

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"flowlab/labkit/flow"
)

// at returns a flow of a source that began and ended at a time.
func at(seconds float64, source string) flow.Flow {
	f := flow.Unknown()
	f.TS, f.Duration, f.SrcIP, f.DstIP, f.DstPort = seconds, 0, source, "10.0.1.1", 80
	return f
}

// starts returns start, key and number of flows of each row.
func starts(rows []Row) string {
	var words []string
	for _, r := range rows {
		words = append(words, fmt.Sprintf("%v %s %d", r.Start, r.Key, r.Flows))
	}
	return strings.Join(words, ", ")
}

func add(op *Operator, flows ...flow.Flow) (rows []Row) {
	for _, f := range flows {
		rows = append(rows, op.Add(f)...)
	}
	return rows
}

var tenSeconds = Options{Size: 10 * time.Second, Lateness: -1}

func TestTheLastWindowComesAtTheEndOfInput(t *testing.T) {
	op := newFor(t, tenSeconds)
	if rows := add(op, at(100, "a"), at(109, "a"), at(109.5, "b")); len(rows) > 0 {
		t.Errorf("rows before the end: %s", starts(rows))
	}
	if got := starts(op.Close()); got != "100 a 2, 100 b 1" {
		t.Errorf("at the end: %s", got)
	}
	if got := op.Close(); len(got) > 0 {
		t.Errorf("after the end: %s", starts(got))
	}
	if got := starts(append(add(op, at(50, "c"), at(61, "c")), op.Close()...)); got != "50 c 1, 60 c 1" {
		t.Errorf("after the end, a new beginning: %s", got)
	}
	// Fewer flows than it takes to begin time are none the less in windows.
	for n := range 3 {
		op := newFor(t, tenSeconds)
		for i := range n {
			add(op, at(100+float64(i), "a"))
		}
		if rows := op.Close(); n > 0 && (len(rows) != 1 || rows[0].Flows != n) || n == 0 && len(rows) > 0 {
			t.Errorf("of %d flows: %s", n, starts(rows))
		}
	}
}

func TestWindowsStartAtMultiplesOfTheSlideAndAreHalfOpen(t *testing.T) {
	op := newFor(t, Options{Size: 10 * time.Second, Slide: 5 * time.Second})
	rows := append(add(op, at(100, "a"), at(104.999999, "b"), at(105, "c"), at(-0.000001, "d")), op.Close()...)
	if got := starts(rows); got != "95 a 1, 95 b 1, 100 a 1, 100 b 1, 100 c 1, 105 c 1" {
		t.Errorf("%s", got)
	}
	if first, last := newGrid(10*time.Second, 5*time.Second).windows(-1); first != -10e6 || last != -5e6 {
		t.Errorf("a microsecond before 1970 is in windows %d to %d", first, last)
	}
}

// 1.1+2.2 is 3.3000000000000003 in binary, and 0.1 added up ten times is below 1.
func TestNoBorderIsMissedByRounding(t *testing.T) {
	op := newFor(t, Options{Size: 1100 * time.Millisecond, MaxJump: -1})
	f := at(1.1, "a")
	f.Duration = 2.2
	sum := 0.0
	for range 11 {
		sum += 0.1
	}
	if got := starts(append(add(op, at(sum, "b"), f), op.Close()...)); got != "1.1 b 1, 3.3 a 1" {
		t.Errorf("%s, for %v and %v", got, sum, f.End())
	}
}

func TestTheTimeOfAFlowIsItsEnd(t *testing.T) {
	long, open := at(95, "a"), at(95, "b")
	long.Duration, open.Duration = 30, math.NaN()
	for time, want := range map[Time]string{End: "90 b 1, 120 a 1", Start: "90 a 1, 90 b 1"} {
		o := tenSeconds
		o.Time = time
		op := newFor(t, o)
		if got := starts(append(add(op, open, long), op.Close()...)); got != want {
			t.Errorf("time %d: %s, want %s", time, got, want)
		}
	}
}

// With windows of 10 s every 5 s and no lateness, the flow at 115 closes those
// from 100 and 105: both windows of 107, and the one from 105 of 112.
func TestLateFlowsAreCountedAndHandedOut(t *testing.T) {
	var handed []string
	op := newFor(t, Options{Size: 10 * time.Second, Slide: 5 * time.Second, Lateness: -1, Late: func(f flow.Flow, missing int) {
		handed = append(handed, fmt.Sprint(f.TS, " ", missing))
	}})
	add(op, at(106, "a"), at(107, "a"), at(115, "a"), at(107, "b"), at(112, "c"), at(115, "d"))
	op.Close()
	want := Stats{Flows: 6, Pairs: 12, Rows: 7, LateFlows: 2, LatePairs: 3, LostFlows: 1}
	if got := op.Stats(); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := strings.Join(handed, ", "); got != "107 2, 112 1" {
		t.Errorf("handed out: %s", got)
	}
}

func TestAFlowThatIsLateForSomeWindowsIsRightInTheOthers(t *testing.T) {
	op := newFor(t, Options{Size: 10 * time.Second, Slide: 5 * time.Second, Lateness: -1})
	rows := add(op, at(101, "a"), at(106, "a"), at(110, "a")) // closes the window from 100
	rows = append(rows, add(op, at(107, "a"))...)             // is late for it, and not for the next
	rows = append(rows, op.Close()...)
	if got := starts(rows); got != "95 a 1, 100 a 2, 105 a 3, 110 a 1" {
		t.Errorf("%s", got)
	}
}

func TestAnIdleSourceStallsNothing(t *testing.T) {
	op := newFor(t, tenSeconds)
	add(op, at(100, "idle"), at(101, "busy"), at(102, "busy"))
	if got := starts(add(op, at(110, "busy"))); got != "100 busy 2, 100 idle 1" {
		t.Errorf("%s", got)
	}
}

func TestATimeInTheFutureDoesNotMoveTheWatermark(t *testing.T) {
	const future = 100 * 365 * 86400
	usual := func() []flow.Flow {
		var flows []flow.Flow
		for i := range 20 {
			flows = append(flows, at(1e9+float64(i), fmt.Sprint("host", i%4)))
		}
		return flows
	}
	want, _ := run(t, tenSeconds, usual())
	for place := range 20 { // the first flow, too
		for _, n := range []int{1, 2, 10} { // of one source with a wrong clock
			if place < agreement && n >= agreement {
				continue // the first three that agree are time
			}
			flows := usual()
			for i := range n {
				flows = slices.Insert(flows, place, at(future+float64(i), "wrong"))
			}
			handed := 0
			o := tenSeconds
			o.Late = func(flow.Flow, int) { handed++ }
			got, stats := run(t, o, flows)
			sameRows(t, fmt.Sprint(n, " at ", place), got, want)
			if stats.AheadFlows != n || handed != n || stats.LateFlows > 0 || stats.Flows != 20+n {
				t.Errorf("%d at %d: %+v, handed out %d", n, place, stats, handed)
			}
		}
	}
}

func TestSeveralSourcesInTheFutureMoveTime(t *testing.T) {
	const day = 86400
	op := newFor(t, tenSeconds)
	rows := add(op, at(1000, "a"), at(1001, "b"), at(1002, "c"))
	rows = append(rows, add(op, at(3*day, "a"), at(3*day+1, "a"), at(3*day+2, "b"), at(9*day, "c"))...)
	if s := op.Stats(); len(rows) > 0 || s.AheadFlows != 4 {
		t.Errorf("two sources moved time: %s, %+v", starts(rows), s)
	}
	rows = append(rows, add(op, at(3*day+20, "c"))...)
	if got := starts(rows); got != "1000 a 1, 1000 b 1, 1000 c 1, 259200 a 2, 259200 b 1" {
		t.Errorf("%s", got)
	}
	rows = op.Close()
	if s := op.Stats(); starts(rows) != "259220 c 1" || s.AheadFlows != 1 || s.LateFlows != 0 {
		t.Errorf("%s, %+v", starts(rows), s)
	}
	o := tenSeconds
	o.MaxJump = -1
	if rows, s := run(t, o, []flow.Flow{at(1, "a"), at(3*day, "a")}); len(rows) != 2 || s.AheadFlows != 0 {
		t.Errorf("any time is to be believed: %s, %+v", starts(rows), s)
	}
}

// Time begins with three flows close together; what lies before it is late.
func TestATimeInThePastDoesNotBeginTime(t *testing.T) {
	op := newFor(t, tenSeconds)
	rows := add(op, at(0, "wrong"), at(1e9, "a"), at(1e9+1, "a"), at(1e9+2, "a"))
	rows = append(rows, op.Close()...)
	if s := op.Stats(); starts(rows) != "0 wrong 1, 1e+09 a 3" || s.LateFlows > 0 || s.AheadFlows > 0 {
		t.Errorf("%s, %+v", starts(rows), s)
	}
}

func TestHowFarAheadATimeIsBelieved(t *testing.T) {
	o := Options{Size: 10 * time.Second, Lateness: time.Minute, MaxJump: time.Hour}
	watermark := 1000. - 60
	for ahead, want := range map[float64]int{3600: 0, 3600.000001: 1} {
		op := newFor(t, o)
		add(op, at(998, "a"), at(999, "a"), at(1000, "a"), at(watermark+ahead, "a"))
		if got := op.Stats().AheadFlows; got != want {
			t.Errorf("%v s ahead of the watermark: %d are set aside, want %d", ahead, got, want)
		}
	}
}

// A source that is always ahead costs a thousand flows of memory, no more, and
// none of its flows is lost uncounted.
func TestFlowsAheadAreGivenUpOneDay(t *testing.T) {
	handed := 0
	o := tenSeconds
	o.Late = func(flow.Flow, int) { handed++ }
	op := newFor(t, o)
	add(op, at(0, "a"), at(1, "b"), at(2, "c"))
	for i := range 5000 {
		add(op, at(1e9+float64(i), "wrong"))
		if len(op.clock.held) >= maxHeld {
			t.Fatalf("%d flows are held", len(op.clock.held))
		}
	}
	if op.Close(); handed != 5000 || op.Stats().AheadFlows != 5000 {
		t.Errorf("handed out %d, %+v", handed, op.Stats())
	}
}

// The same flows give the same rows whenever they are added: years ago or now,
// at once or with the time that they take.
func TestReplayEqualsLive(t *testing.T) {
	flows := random(rand.New(rand.NewPCG(1, 1)), 500, 30, End)
	o := Options{Slide: 10 * time.Second, Lateness: 20 * time.Second}
	want, stats := run(t, o, flows)
	past := slices.Clone(flows)
	for i := range past {
		past[i].TS -= 40 * 86400 * 365
	}
	got, again := run(t, o, past)
	for i := range got {
		got[i].Start += 40 * 86400 * 365
	}
	if sameRows(t, "forty years ago", got, want); stats != again {
		t.Errorf("%+v, want %+v", again, stats)
	}
}

func TestMemoryIsBoundedByOpenWindows(t *testing.T) {
	o := Options{Size: time.Minute, Slide: 10 * time.Second, Lateness: 30 * time.Second}
	op := newFor(t, o)
	rng := rand.New(rand.NewPCG(1, 1))
	for i := range 50_000 { // five hours; each source and peer is there for a minute
		seconds := float64(i) / 3
		f := at(seconds+20*rng.Float64(), fmt.Sprint("source", i/180, rng.IntN(5)))
		f.DstIP, f.DstPort = fmt.Sprint("peer", i/180, rng.IntN(50)), rng.IntN(3)
		op.Add(f)
		// From the earliest open window to the newest flow: size + lateness in
		// panes of 10 s, and the one that has begun.
		if panes := len(op.panes); panes > 6+3+1 {
			t.Fatalf("%d panes at %v s", panes, seconds)
		}
		for _, p := range op.panes {
			if len(p.keys) > 10 {
				t.Fatalf("%d sources in a pane at %v s", len(p.keys), seconds)
			}
		}
		if peers := len(op.peers.used); peers > 2*sweepFrom {
			t.Fatalf("%d peers at %v s", peers, seconds)
		}
	}
	// A door that is tried again and again is stored four times at most.
	var d doors
	for i := range 10_000 {
		d.add(&event{Flow: &flow.Flow{}, peer: int32(i % 10)})
	}
	if cap(d.List) > 40 {
		t.Errorf("10 doors have a list of %d, room for %d", len(d.List), cap(d.List))
	}
}

func TestSnapshotAndRestore(t *testing.T) {
	flows := random(rand.New(rand.NewPCG(1, 1)), 400, 30, End)
	flows = slices.Insert(flows, 100, at(5e9, "wrong"))
	for by := range DstIP + 1 {
		o := Options{Slide: 10 * time.Second, Lateness: 20 * time.Second, Key: by}
		want, stats := run(t, o, flows)
		op := newFor(t, o)
		var rows []Row
		for i, f := range flows {
			if i%7 == 0 {
				op = restored(t, op, o)
			}
			rows = append(rows, op.Add(f)...)
		}
		op = restored(t, op, o)
		rows = append(rows, op.Close()...)
		if sameRows(t, fmt.Sprint("by ", by), rows, want); op.Stats() != stats {
			t.Errorf("by %v: %+v, want %+v", by, op.Stats(), stats)
		}
	}
}

func restored(t *testing.T, op *Operator, o Options) *Operator {
	t.Helper()
	state, err := op.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Restore(state, o)
	if err != nil {
		t.Fatal(err)
	}
	return again
}

// Windows of 60 s every 10 s, lateness 30 s: a flow at 100 s begins the windows
// from 50 to 100, six; one at 145 s those up to 140, four more, and closes the
// window from 50, which ends at 110 s and waits until 140.
func TestOpenWindows(t *testing.T) {
	op, err := New(Options{Size: time.Minute, Slide: 10 * time.Second, Lateness: 30 * time.Second, MaxJump: -1})
	if err != nil {
		t.Fatal(err)
	}
	if n := op.Open(); n != 0 {
		t.Errorf("%d windows are open before the first flow", n)
	}
	f := flow.Unknown()
	f.SrcIP = "10.0.0.1"
	for _, c := range []struct {
		at   float64
		open int
	}{{100, 6}, {145, 9}} {
		f.TS = c.at
		op.Add(f)
		if n := op.Open(); n != c.open {
			t.Errorf("at %v s %d windows are open, want %d", c.at, n, c.open)
		}
	}
	if op.Close(); op.Open() != 0 {
		t.Errorf("%d windows are open at the end", op.Open())
	}
}

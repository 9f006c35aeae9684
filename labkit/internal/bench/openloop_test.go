package bench

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"flowlab/labkit/flow"
	"flowlab/labkit/live"
	"flowlab/labkit/stream"
	"flowlab/labkit/triage"
)

// A consumer that stands still changes nothing of when flows are due, and gets
// them all: in just under 30 s at 1,000 flows a second, ten times as fast,
// 29,999 of 300 s.
func TestArrivalsAreAnOpenLoop(t *testing.T) {
	type when struct{ closed, last time.Duration }
	var free, slow [5]when
	for of, pause := range map[*[5]when]time.Duration{&free: 0, &slow: 5 * time.Second} {
		synctest.Test(t, func(t *testing.T) {
			ctx, stop := context.WithTimeout(t.Context(), 30*time.Second-time.Microsecond)
			defer stop()
			a := newArrivals(1000, 10)
			n, end := 0, 0.
			err := a.Flows(ctx, stream.Position{}, func(_ string, flows []flow.Flow) error {
				if n += len(flows); n > 10_000 {
					time.Sleep(pause)
					pause = 0
				}
				for i := range flows {
					end = max(end, flows[i].End())
				}
				return nil
			})
			if !errors.Is(err, context.DeadlineExceeded) || n != 29_999 || math.Abs(end-eventBegin-300) > 1 {
				t.Errorf("%d flows up to second %v, error %v: want 29999 up to 300", n, end-eventBegin, err)
			}
			if _, _, ok := a.closing(eventBegin+300, 0); ok {
				t.Error("a time is reached that is not")
			}
			for minute := range of {
				of[minute].closed, of[minute].last, _ = a.closing(eventBegin+60*float64(minute+1), 0)
			}
		})
	}
	if free != slow {
		t.Errorf("flows are due at %v, and for a slow consumer at %v", free, slow)
	}
	// The last flow of the minute comes up to 5 s of event time, half a second,
	// behind one of the next.
	if w := free[0]; w.closed < 6*time.Second || w.closed > 6100*time.Millisecond || w.last <= w.closed || w.last > 6500*time.Millisecond {
		t.Errorf("the first minute is over at %v, and has its last flow at %v", w.closed, w.last)
	}
}

// By hand: of two windows the flows that close them are due after 12 and 18 s.
// The findings of the first come 10 and 30 ms later, that of the second 50 ms.
func TestLatencies(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newArrivals(1000, 10)
		for second := range 200 {
			a.note(eventBegin+float64(second), time.Duration(second)*time.Second/10)
		}
		l := &latencies{source: a, worst: map[float64]time.Duration{}}
		took := func(at time.Duration, minute float64, window time.Duration) {
			time.Sleep(at - time.Since(a.began))
			found, err := live.Encode([]triage.Finding{{Last: eventBegin + 60*minute, Window: window, Port: -1}})
			if err != nil {
				t.Fatal(err)
			}
			if err := l.take(1, found[0]); err != nil {
				t.Error(err)
			}
		}
		took(12010*time.Millisecond, 1, time.Minute)
		took(12030*time.Millisecond, 1, time.Minute)
		took(13*time.Second, 1, 0) // of a pair, not of a window
		took(18050*time.Millisecond, 2, time.Minute)
		var r StreamRun
		// Up to 5.9 s and 11.9 s there are flows in the windows: 6.1 s of wait.
		if err := l.sum(&r); err != nil || r.Windows != 2 || math.Abs(r.P50-0.04) > 1e-9 || math.Abs(r.P99-0.0498) > 1e-9 || math.Abs(r.Wait-6.1) > 1e-9 {
			t.Errorf("%+v, error %v", r, err)
		}
		if err := (&latencies{}).sum(&r); err == nil {
			t.Error("nothing was found, and no error")
		}
	})
}

// What is reached is told by the rates at which the lag is bounded.
func TestStreamReport(t *testing.T) {
	runs := []StreamRun{
		{Rate: 20_000, Windows: 20, P50: 0.004, P95: 0.02, P99: 0.03, Wait: 5.51, Lag: 0.01, Peak: 100 << 20},
		{Rate: 50_000, Windows: 20, P50: 0.005, P95: 0.2, P99: 0.3, Wait: 5.51, Lag: 0.3, Peak: 200 << 20},
		{Rate: 100_000, Windows: 3, P50: 4, P95: 5, P99: 6, Wait: 5.51, Lag: 9, Peak: 300 << 20},
	}
	var report strings.Builder
	Report(&report, nil, runs, nil)
	for _, want := range []string{
		"| ≥ 50,000 flows/s | 50,000 flows/s | ✓ |",
		"| p95 < 100 ms | 200 ms | **not reached** |",
		"| 20,000 flows/s | 20 | 4.00 ms | 20.0 ms | 30.0 ms | 5.51 s | 0.01 s | 100 MB |",
	} {
		if !strings.Contains(report.String(), want) {
			t.Errorf("no %q in\n%s", want, report.String())
		}
	}
}

package stream

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"flowlab/labkit/flow"
)

func ending(at ...float64) Table {
	var flows Table
	for i, t := range at {
		f := flow.Unknown()
		f.TS, f.DstPort = t, i
		flows = append(flows, f)
	}
	return flows
}

// Flows at 100, 101, 101.5, 99 and 103 s come ten times as fast after 0, 0.1,
// 0.15, 0.15 and 0.3 s: what ended earlier comes at once.
func TestPaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var came []time.Duration
		err := Paced{Source: ending(100, 101, 101.5, 99, 103), Speed: 10}.Flows(t.Context(), Position{}, func(_ string, flows []flow.Flow) error {
			for range flows {
				came = append(came, time.Since(began).Round(time.Millisecond))
			}
			return nil
		})
		ms := time.Millisecond
		if want := []time.Duration{0, 100 * ms, 150 * ms, 150 * ms, 300 * ms}; err != nil || !slices.Equal(came, want) {
			t.Errorf("flows come after %v, want %v; error %v", came, want, err)
		}
	})
}

// Behind a position the first flow comes at once, and a source that is told to
// stop does not wait for the next.
func TestPacedStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		defer stop()
		began := time.Now()
		n := 0
		err := Paced{Source: ending(0, 50, 9e9), Speed: 1}.Flows(ctx, Position{Flows: 1}, func(string, []flow.Flow) error {
			n++
			return nil
		})
		if took := time.Since(began); !errors.Is(err, context.DeadlineExceeded) || took != time.Minute || n != 1 {
			t.Errorf("%d flows in %v, error %v: want 1 in a minute", n, took, err)
		}
	})
}

// A store that cannot be opened again after it has worked is tried ever more
// seldom; one that could never be opened is an error at once.
func TestPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithTimeout(t.Context(), time.Hour)
		defer stop()
		r := run{Pipeline: Pipeline{Source: Table{}, Store: Store{Dir: "/dev/null/none"}, Log: quiet}, meters: new(meters), worked: true}
		err := r.supervise(ctx)
		tries := r.meters.restarts.Load()
		if !errors.Is(err, context.DeadlineExceeded) || tries < 3600/22 || tries > 3600/7+10 {
			t.Errorf("%d tries in an hour, error %v: want one in 7.5 to 22.5 s", tries, err)
		}
		r.worked = false
		began := time.Now()
		if err := r.supervise(t.Context()); err == nil || time.Since(began) != 0 {
			t.Errorf("error %v after %v: want one at once", err, time.Since(began))
		}
	})
}

// Flows that come one by one, each 2 ms, are gathered for 5 ms; what is full, of
// another part or at the end is not waited for.
func TestGather(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		flows := ending(make([]float64, 2*blockFlows)...)
		r := read(t.Context(), sourceFunc(func(_ context.Context, emit func(string, []flow.Flow) error) error {
			for i := range 5 {
				time.Sleep(2 * time.Millisecond)
				emit("a", flows[i:i+1])
			}
			emit("b", flows[:1])
			return emit("b", flows[:blockFlows])
		}), Position{}, false)
		began := time.Now()
		for _, want := range []struct {
			flows int
			at    Position
			after time.Duration
		}{
			{3, Position{"a", 3}, 7}, {2, Position{"a", 5}, 10}, {1, Position{"b", 1}, 10}, {blockFlows, Position{"b", 1 + blockFlows}, 10}, {0, Position{"b", 1 + blockFlows}, 10},
		} {
			b, waits := r.next()
			if !waits {
				b = <-r.blocks
			}
			r.gather(t.Context(), b)
			if took := time.Since(began); len(b.Flows) != want.flows || b.At != want.at || took != want.after*time.Millisecond {
				t.Errorf("%d flows up to %+v after %v, want %+v", len(b.Flows), b.At, took, want)
			}
		}
		if b, _ := r.next(); b != nil || r.err != nil {
			t.Errorf("a block behind the end, error %v", r.err)
		}
	})
}

// A sourceFunc is a source that is a function.
type sourceFunc func(ctx context.Context, emit func(string, []flow.Flow) error) error

func (sourceFunc) Again() bool { return false }

func (f sourceFunc) Flows(ctx context.Context, _ Position, emit func(string, []flow.Flow) error) error {
	return f(ctx, emit)
}

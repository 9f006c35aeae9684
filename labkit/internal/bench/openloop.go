package bench

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	lab "flowlab/labkit"
	"flowlab/labkit/internal/plural"
	"flowlab/labkit/live"
	"flowlab/labkit/stream"
	"flowlab/labkit/triage"
)

// A StreamRun is what was measured of the whole stream, as lab stream has it
// (JetStream with each write synced, windows of one and five minutes, pairs,
// scores, checkpoints), at one rate of an open loop. Times are in seconds.
type StreamRun struct {
	Rate    int // flows a second
	Windows int // with findings

	// From the time at which the flow was due that closes a window to its last
	// finding: quantiles over the windows.
	P50, P95, P99 float64

	Wait float64 // for late data: from when the last flow in a window was due to the one that closes it
	Lag  float64 // the most that the worker was behind, in the second half of the run
	Peak int64   // bytes, of the process
}

// bounded tells whether the stream keeps up.
func (r StreamRun) bounded() bool { return r.Lag < mostLag }

// The runs: event time passes ten times as fast, so that a window of a minute
// closes every six seconds, and has a tenth of the flows.
const (
	streamSpeed = 10
	streamFor   = 3 * time.Minute
	mostLag     = 1.
	lateness    = 60 // seconds: what triage.LiveOptions has by default
)

// streamRates are tried up to the first at which the lag is not bounded.
var streamRates = []int{20_000, 50_000, 100_000, 150_000, 200_000, 300_000}

// RunStream runs the stream at one rate after the other.
func (b Bench) RunStream() ([]StreamRun, error) {
	var runs []StreamRun
	for _, rate := range streamRates {
		fmt.Fprintf(b.Log, "%s at %d flows/s for %v …\n", Stream, rate, streamFor)
		run, err := b.runAt(rate)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(b.Log, "  %+v\n", run)
		if runs = append(runs, run); !run.bounded() {
			break
		}
	}
	return runs, nil
}

// runAt runs the stream at one rate, in a process of its own.
func (b Bench) runAt(rate int) (StreamRun, error) {
	w, err := start(System{labkit, ""}, b.command(System{labkit, ""}))
	if err != nil {
		return StreamRun{}, err
	}
	defer w.stop()
	answer, err := w.run(request{Task: Stream, Rate: rate})
	if err != nil {
		return StreamRun{}, err
	}
	answer.Stream.Peak = w.peak(answer)
	return *answer.Stream, nil
}

// runStream is the Go side of it.
func runStream(rate int, speed float64, duration time.Duration) (StreamRun, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(20)) // as lab stream does
	dir, err := os.MkdirTemp("", "bench-stream")
	if err != nil {
		return StreamRun{}, err
	}
	defer os.RemoveAll(dir)
	ctx, stop := context.WithTimeout(context.Background(), duration)
	defer stop()
	source, watch := newArrivals(float64(rate), speed), &stream.Watch{}
	latencies := &latencies{source: source, worst: map[float64]time.Duration{}}
	var lag float64
	var watching sync.WaitGroup
	watching.Go(func() { lag = mostBehind(ctx, source, watch, duration/2) })
	err = stream.Pipeline{
		Source: source, Stage: live.Stage(triage.LiveOptions{Quantile: 0.9}), // so that the hosts to be found do not raise the threshold
		Store: stream.Store{Dir: dir}, Sink: latencies.take, Watch: watch,
	}.Run(ctx)
	watching.Wait()
	if !errors.Is(err, context.DeadlineExceeded) {
		return StreamRun{}, cmp.Or(err, errors.New("the stream has ended by itself"))
	}
	run := StreamRun{Rate: rate, Lag: lag}
	if len(latencies.worst) == 0 && !run.bounded() { // too far behind for any window
		return run, nil
	}
	return run, latencies.sum(&run)
}

// mostBehind returns how far the worker is behind the schedule at most, looking
// ten times a second once a time has passed.
func mostBehind(ctx context.Context, source *arrivals, watch *stream.Watch, from time.Duration) (lag float64) {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return lag
		case <-tick.C:
			if due := source.due(); time.Since(source.began) > from {
				lag = max(lag, float64(due-watch.Status().Worked)/source.rate)
			}
		}
	}
}

// latencies take findings as they come.
type latencies struct {
	source *arrivals
	worst  map[float64]time.Duration // of the latest finding, by the window's end
	waits  time.Duration
}

func (l *latencies) take(_ uint64, f stream.Finding) error {
	now := time.Since(l.source.began)
	found, err := live.Decode(f)
	if err != nil || found.Window == 0 || found.Last == nil {
		return err
	}
	end := *found.Last
	closed, last, ok := l.source.closing(end, lateness)
	if !ok {
		return fmt.Errorf("the window that ends at %v should be open", end)
	}
	if _, ok := l.worst[end]; !ok {
		l.waits += closed - last
	}
	l.worst[end] = max(l.worst[end], now-closed)
	return nil
}

// sum fills in what was measured.
func (l *latencies) sum(r *StreamRun) (err error) {
	if r.Windows = len(l.worst); r.Windows == 0 {
		return errors.New("nothing was found in the stream")
	}
	var seconds []float64
	for d := range maps.Values(l.worst) {
		seconds = append(seconds, d.Seconds())
	}
	r.Wait = l.waits.Seconds() / float64(r.Windows)
	for q, p := range map[float64]*float64{50: &r.P50, 95: &r.P95, 99: &r.P99} {
		if *p, err = lab.Percentile(seconds, q); err != nil {
			return err
		}
	}
	return nil
}

// writeStreams writes a line for each run of the stream.
func writeStreams(w io.Writer, runs []StreamRun) {
	names := []string{string(Stream), "windows", "p50", "p95", "p99", "wait for late data", "most behind", "peak memory"}
	writeCells(w, names)
	writeCells(w, slices.Repeat([]string{"---"}, len(names)))
	for _, r := range runs {
		ms := func(seconds float64) string {
			if r.Windows == 0 {
				return ""
			}
			return digits(1000*seconds) + " ms"
		}
		writeCells(w, []string{
			plural.Number(r.Rate) + " flows/s", fmt.Sprint(r.Windows), ms(r.P50), ms(r.P95), ms(r.P99),
			digits(r.Wait) + " s", digits(r.Lag) + " s", fmt.Sprintf("%d MB", r.Peak>>20),
		})
	}
	fmt.Fprintln(w)
}

// streamGoals are those of the stream: a rate at which the lag is bounded, and
// the latency at it.
func streamGoals(runs []StreamRun) []goal {
	const wanted, p95 = 50_000, 0.1
	highest := 0
	var list []goal
	for _, r := range runs {
		if r.bounded() {
			highest = r.Rate
		}
		if r.Rate == wanted {
			list = append(list, goal{
				what: fmt.Sprintf("stream at %s flows/s, from the flow that closes a window to its findings", plural.Number(wanted)),
				want: "p95 < 100 ms",
				got:  digits(1000*r.P95) + " ms",
				met:  r.Windows > 0 && r.P95 < p95,
			})
		}
	}
	if len(runs) == 0 {
		return nil
	}
	return append(list, goal{
		what: "stream: JetStream, windows, pairs and scores, behind by less than a second",
		want: fmt.Sprintf("≥ %s flows/s", plural.Number(wanted)),
		got:  plural.Number(highest) + " flows/s",
		met:  highest >= wanted,
	})
}

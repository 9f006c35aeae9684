package stream

import (
	"context"
	"math"
	"time"

	"flowlab/labkit/flow"
)

// Table is a [Source] of flows that are at hand, as fast as they are taken. Its
// one part has no name.
type Table []flow.Flow

var _ Source = Table(nil)

// Flows hands out the flows behind a position.
func (t Table) Flows(ctx context.Context, behind Position, emit func(string, []flow.Flow) error) error {
	for rest := t[min(behind.Flows, int64(len(t))):]; len(rest) > 0; {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(blockFlows, len(rest))
		if err := emit("", rest[:n]); err != nil {
			return err
		}
		rest = rest[n:]
	}
	return nil
}

// Again returns true.
func (t Table) Again() bool { return true }

// Paced is a [Source] that hands out the flows of another as they would have
// come: each at the time at which it ended, counted from the first, Speed times
// as fast. A flow that ended before one that was handed out comes at once.
type Paced struct {
	Source Source
	Speed  float64 // above 0; 60 makes a minute of an hour
}

var _ Source = Paced{}

// Flows hands out the flows behind a position; the first comes at once.
func (p Paced) Flows(ctx context.Context, behind Position, emit func(string, []flow.Flow) error) error {
	began, first := time.Now(), math.NaN()
	return p.Source.Flows(ctx, behind, func(part string, flows []flow.Flow) error {
		for len(flows) > 0 {
			end := flows[0].End()
			if math.IsNaN(first) {
				first = end
			}
			if err := sleepUntil(ctx, began.Add(p.scaled(end-first))); err != nil {
				return err
			}
			due := p.due(flows, first, time.Since(began))
			if err := emit(part, flows[:due]); err != nil {
				return err
			}
			flows = flows[due:]
		}
		return nil
	})
}

// Again tells what the other source does.
func (p Paced) Again() bool { return p.Source.Again() }

// scaled turns seconds of event time into a time to wait.
func (p Paced) scaled(seconds float64) time.Duration {
	if !(seconds > 0) { // unknown, or earlier than the first
		return 0
	}
	return time.Duration(min(seconds/p.Speed*float64(time.Second), math.MaxInt64/2))
}

// due returns how many flows from the first on are to be handed out by now.
func (p Paced) due(flows []flow.Flow, first float64, now time.Duration) int {
	n := 1
	for n < len(flows) && p.scaled(flows[n].End()-first) <= now {
		n++
	}
	return n
}

// sleepUntil returns nil once it is time, or ctx.Err() if ctx is done before.
func sleepUntil(ctx context.Context, t time.Time) error {
	timer := time.NewTimer(time.Until(t))
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

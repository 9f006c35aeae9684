package stream

import (
	"context"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// saved is what became of a checkpoint.
type saved struct {
	checkpoint checkpoint
	bytes      int
	took       time.Duration
	err        error
}

// isTime tells whether a checkpoint is due. A large one is saved less often, so
// that it takes at most a tenth of the time.
func (w *worker) isTime() bool {
	return time.Since(w.saved) >= max(w.every, 10*w.took)
}

// save saves a checkpoint of all there is, and returns when it is stored.
func (w *worker) save(ctx context.Context) error {
	if err := w.heed(ctx, true); err != nil {
		return err
	}
	if err := w.begin(ctx); err != nil {
		return err
	}
	return w.heed(ctx, true)
}

// begin waits until all findings are stored, takes the state as it is now, and
// has it written while the worker goes on.
func (w *worker) begin(ctx context.Context) error {
	if err := w.findings.flush(ctx); err != nil {
		return err
	}
	failpoint("findings")
	if !w.dirty {
		return nil
	}
	began := time.Now()
	state, err := w.stage.Snapshot()
	if err != nil {
		return err
	}
	w.dirty = false
	w.saving = make(chan saved, 1)
	ctx = context.WithoutCancel(ctx) // a worker that stops waits for it
	go func(c checkpoint, kept []checkpoint) {
		err := w.write(ctx, &c, kept, state)
		w.saving <- saved{c, len(state), time.Since(began), err}
	}(w.now, w.kept)
	return nil
}

// write stores a checkpoint, and drops what it makes needless.
func (w *worker) write(ctx context.Context, c *checkpoint, kept []checkpoint, state []byte) error {
	if err := c.save(ctx, w.state, state); err != nil {
		return err
	}
	failpoint("checkpoint")
	oldest := *c
	if n := min(len(kept), keptCheckpoints-1); n > 0 {
		oldest = kept[n-1]
	}
	if err := w.store.state.Purge(ctx, jetstream.WithPurgeSequence(oldest.First)); err != nil {
		return err
	}
	err := w.store.flows.Purge(ctx, jetstream.WithPurgeSequence(oldest.Block))
	failpoint("dropped")
	return err
}

// heed takes note of a checkpoint that was being written: if it is done or,
// wanted, once it is.
func (w *worker) heed(ctx context.Context, wanted bool) error {
	if w.saving == nil {
		return nil
	}
	var s saved
	if wanted {
		select {
		case s = <-w.saving:
		case <-ctx.Done():
			return ctx.Err()
		}
	} else {
		select {
		case s = <-w.saving:
		default:
			return nil
		}
	}
	w.saving = nil
	if s.err != nil {
		return s.err
	}
	w.kept = append([]checkpoint{s.checkpoint}, w.kept[:min(len(w.kept), keptCheckpoints-1)]...)
	w.saved, w.took = time.Now(), s.took
	w.meters.checkpoint(s.bytes, s.took)
	return nil
}

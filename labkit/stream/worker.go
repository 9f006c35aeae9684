package stream

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// A worker gives the blocks of FLOWS to the stage, and writes what it finds into
// FINDINGS and its state into STATE.
type worker struct {
	store  *openStore
	stage  Stage
	every  time.Duration // from one checkpoint to the next
	log    *slog.Logger
	meters *meters

	decoder blockDecoder
	block   block // that it works on

	findings, state *writer
	kept            []checkpoint

	now        checkpoint // how far it has come, without a state
	seen       uint64     // sequence number of the last block, in place or not
	outOfPlace uint64     // see resumption
	already    uint64     // findings that were stored when it started

	saving chan saved // a checkpoint that is being written, nil if there is none
	saved  time.Time  // when the last one was
	took   time.Duration
	dirty  bool // there is something since
}

func newWorker(ctx context.Context, store *openStore, stage Stage, r *resumption, m *meters, log *slog.Logger) (w *worker, err error) {
	w = &worker{store: store, stage: stage, kept: r.kept, meters: m, log: log, saved: time.Now()}
	if len(r.kept) > 0 {
		if err := stage.Restore(r.state); err != nil {
			return nil, fmt.Errorf("checkpoint at block %d: %w", r.kept[0].Block, err)
		}
		w.now = r.kept[0]
	}
	w.now.At, w.now.Findings = r.begin, r.findings
	w.seen, w.outOfPlace = w.now.Block, r.outOfPlace
	if w.findings, err = newWriter(ctx, store.js, store.findings); err != nil {
		return nil, err
	}
	w.already = w.findings.last
	if w.state, err = newWriter(ctx, store.js, store.state); err != nil || !r.anew {
		return w, err
	}
	w.now.Block, w.dirty = r.block, true
	return w, w.save(ctx) // so that it begins anew once
}

// pollWait is how long the worker waits for a block before it looks what else
// there is to do.
const pollWait = 100 * time.Millisecond

// run works until block until() and saves a last checkpoint. It stops sooner,
// and saves one too, when ctx is done.
func (w *worker) run(ctx context.Context, until func() (last uint64, known bool)) error {
	consumer, err := w.store.flows.OrderedConsumer(ctx, jetstream.OrderedConsumerConfig{
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: w.now.Block + 1,
	})
	if err != nil {
		return err
	}
	messages, err := consumer.Messages(jetstream.PullMaxMessages(maxInFlight))
	if err != nil {
		return err
	}
	defer messages.Stop()
	for {
		if last, known := until(); ctx.Err() != nil || known && w.seen >= last {
			return w.stop(ctx)
		}
		waiting, cancel := context.WithTimeout(ctx, pollWait)
		message, err := messages.Next(jetstream.NextContext(waiting))
		cancel()
		if err != nil {
			if waiting.Err() == nil {
				return err
			}
			message = nil
		}
		if err := w.step(ctx, message); err != nil {
			return err
		}
	}
}

// stop saves what is not yet saved.
func (w *worker) stop(ctx context.Context) error {
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), ackPatience)
	defer cancel()
	return errors.Join(w.save(last), ctx.Err())
}

// step works on a block, if there is one, and begins a checkpoint if it is time.
func (w *worker) step(ctx context.Context, message jetstream.Msg) error {
	if message != nil {
		if err := w.take(ctx, message); err != nil {
			return err
		}
	}
	if w.every < 0 && w.dirty {
		return w.save(ctx)
	}
	if err := w.heed(ctx, false); err != nil || w.saving != nil || !w.dirty || !w.isTime() {
		return err
	}
	return w.begin(ctx)
}

func (w *worker) take(ctx context.Context, message jetstream.Msg) error {
	meta, err := message.Metadata()
	if err != nil {
		return err
	}
	n := meta.Sequence.Stream
	w.seen = n
	b := &w.block
	if err := w.decoder.decode(message.Data(), b); err != nil {
		return fmt.Errorf("block %d: %w", n, err)
	}
	if b.From != w.now.At {
		if n <= w.outOfPlace { // its flows come again, behind those that cannot be read
			w.meters.outOfPlace.Add(1)
			return nil
		}
		return fmt.Errorf("%w: block %d begins behind flow %d of %q: want flow %d of %q, no other program should work on it",
			errStoreChanged, n, b.From.Flows, b.From.Part, w.now.At.Flows, w.now.At.Part)
	}
	for i := range b.Flows {
		found, err := w.stage.Add(&b.Flows[i])
		if err != nil {
			return fmt.Errorf("block %d, flow %d: %w", n, i, err)
		}
		if err := w.put(ctx, found); err != nil {
			return err
		}
	}
	if b.End {
		found, err := w.stage.Close()
		if err != nil {
			return fmt.Errorf("end of the source: %w", err)
		}
		if err := w.put(ctx, found); err != nil {
			return err
		}
	}
	w.now.Block, w.now.At, w.now.Ended, w.dirty = n, b.At, b.End, true
	w.meters.taken(b, meta.NumPending)
	w.stage.Gauges(w.meters.gauge)
	return nil
}

// put writes findings, but for those that are stored already: then it has come
// this way before.
func (w *worker) put(ctx context.Context, found []Finding) error {
	for _, f := range found {
		w.now.Findings++
		if w.now.Findings <= w.already {
			if err := w.compare(ctx, f); err != nil {
				return err
			}
			continue
		}
		if err := w.findings.send(ctx, f.ID, f.JSON); err != nil {
			return err
		}
		w.meters.findings.Add(1)
		failpoint("finding")
	}
	return nil
}

// compare returns an error if a finding is another than the one that is stored
// under its number.
func (w *worker) compare(ctx context.Context, f Finding) error {
	stored, err := w.store.findings.GetMsg(ctx, w.now.Findings)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return nil // one of the oldest, dropped for want of room
	}
	if err != nil {
		return err
	}
	if id := idOf(stored.Header); id != f.ID {
		return fmt.Errorf("finding %d is %s, and was %s before the restart: the stage depends on more than the flows, or is another one", w.now.Findings, f.ID, id)
	}
	return nil
}

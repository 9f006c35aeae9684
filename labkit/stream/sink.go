package stream

import (
	"context"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
)

// sink hands findings on as they are stored, up to number until().
func (r *run) sink(ctx context.Context, store *openStore, until func() (last uint64, known bool)) error {
	if r.Sink == nil {
		return nil
	}
	info, err := store.findings.Info(ctx)
	if err != nil {
		return err
	}
	if last := info.State.LastSeq; r.sunk > last {
		return fatalError{fmt.Errorf("the findings from %d on are wanted, and %d are stored: was the store reset?", r.sunk+1, last)}
	}
	consumer, err := store.findings.OrderedConsumer(ctx, jetstream.OrderedConsumerConfig{
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: r.sunk + 1,
	})
	if err != nil {
		return err
	}
	messages, err := consumer.Messages()
	if err != nil {
		return err
	}
	defer messages.Stop()
	for {
		if last, known := until(); known && r.sunk >= last {
			return nil
		}
		waiting, cancel := context.WithTimeout(ctx, pollWait)
		message, err := messages.Next(jetstream.NextContext(waiting))
		cancel()
		switch {
		case err == nil:
			if err := r.handOn(message); err != nil {
				return err
			}
		case ctx.Err() != nil:
			return ctx.Err()
		case waiting.Err() == nil:
			return err
		}
	}
}

func (r *run) handOn(message jetstream.Msg) error {
	meta, err := message.Metadata()
	if err != nil || meta.Sequence.Stream <= r.sunk {
		return err
	}
	if gone := meta.Sequence.Stream - r.sunk - 1; gone > 0 {
		r.Log.Error("findings are not handed on: they are gone from the store, which keeps the latest", "findings", gone)
	}
	f := Finding{ID: idOf(message.Headers()), JSON: message.Data()}
	if err := r.Sink(meta.Sequence.Stream, f); err != nil {
		return fatalError{err}
	}
	r.sunk = meta.Sequence.Stream
	return nil
}

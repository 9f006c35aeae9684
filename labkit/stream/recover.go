package stream

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/nats-io/nats.go/jetstream"
)

// A resumption is where a pipeline goes on: zero at its first start.
type resumption struct {
	kept     []checkpoint // those that may be used again, the newest first
	state    []byte       // of the stage at the newest; nil at the start
	findings uint64       // how many there were until then

	// anew tells that there are blocks, but no checkpoint that fits them.
	anew  bool
	block uint64 // the last one before those to work on, if anew

	// Blocks up to this number may be out of place, as one before them cannot be
	// read.
	outOfPlace uint64

	begin Position // where the worker goes on
	at    Position // where the publisher goes on
	ended bool     // the source had ended there
}

// resume finds the newest checkpoint that fits what the streams hold, and where
// to go on from there. What is damaged is said.
func resume(ctx context.Context, store *openStore, again bool, log *slog.Logger) (*resumption, error) {
	findings, err := store.findings.Info(ctx)
	if err != nil {
		return nil, err
	}
	if n := findings.State.NumDeleted; n > 0 {
		log.Error("the store has lost findings, which stay missing in it: what a sink was handed has them, "+
			"and an empty store makes them anew from a source that can be read again", "findings", n)
	}
	flows, err := store.flows.Info(ctx)
	if err != nil {
		return nil, err
	}
	r := new(resumption)
	if err := r.choose(ctx, store, flows.State.FirstSeq, findings.State.LastSeq); err != nil {
		return nil, err
	}
	switch {
	case len(r.kept) > 0:
		return r, r.goOn(ctx, store, &flows.State, log)
	case flows.State.FirstSeq > 1 && again:
		log.Warn("no checkpoint can be read: the source is read again from its start")
		r.anew, r.block = true, flows.State.LastSeq
		return r, store.flows.Purge(ctx, jetstream.WithPurgeSequence(flows.State.LastSeq+1))
	case flows.State.FirstSeq > 1:
		log.Error("no checkpoint can be read: windows begin anew, and what was found in them may come again")
		r.anew, r.block, r.findings = true, flows.State.LastSeq, findings.State.LastSeq
		return r, r.beginAnew(ctx, store, &flows.State, log)
	}
	return r, r.publishBehind(ctx, store, 1, &flows.State, log)
}

// choose takes the newest checkpoint of which all findings are stored, and which
// has all blocks that are not.
func (r *resumption) choose(ctx context.Context, store *openStore, firstBlock, findings uint64) error {
	found, err := checkpoints(ctx, store.state)
	if err != nil {
		return err
	}
	for i, c := range found {
		if c.Findings <= findings && c.Block+1 >= firstBlock {
			r.kept, r.findings = found[i:], c.Findings
			r.begin, r.at, r.ended = c.At, c.At, c.Ended
			r.state, err = c.state(ctx, store.state)
			return err
		}
	}
	return nil
}

// goOn goes on behind the checkpoint.
func (r *resumption) goOn(ctx context.Context, store *openStore, flows *jetstream.StreamState, log *slog.Logger) error {
	c := &r.kept[0]
	if flows.LastSeq < c.Block {
		// The blocks that are missing are in the checkpoint: those to come get the
		// numbers behind it.
		log.Warn("blocks of flows were lost that the checkpoint has", "stored", flows.LastSeq, "want", c.Block)
		return store.flows.Purge(ctx, jetstream.WithPurgeSequence(c.Block+1))
	}
	return r.publishBehind(ctx, store, c.Block+1, flows, log)
}

// beginAnew begins with the first block that can be read.
func (r *resumption) beginAnew(ctx context.Context, store *openStore, flows *jetstream.StreamState, log *slog.Logger) error {
	for n := flows.FirstSeq; n <= flows.LastSeq; n++ {
		b, err := readBlock(ctx, store.flows, n)
		if err != nil {
			return err
		}
		if b != nil {
			r.block, r.begin, r.at, r.ended = n-1, b.From, b.At, b.End
			return r.publishBehind(ctx, store, n+1, flows, log)
		}
	}
	return nil
}

// publishBehind finds the last block, from a first one on, behind which the
// publisher goes on.
func (r *resumption) publishBehind(ctx context.Context, store *openStore, first uint64, flows *jetstream.StreamState, log *slog.Logger) error {
	if flows.LastSeq < first {
		return nil
	}
	if flows.NumDeleted > 0 {
		return r.follow(ctx, store, first, flows.LastSeq, log)
	}
	b, err := readBlock(ctx, store.flows, flows.LastSeq)
	if b != nil {
		r.at, r.ended = b.At, b.End
	}
	return err
}

// follow goes from block to block, each beginning where the one before has ended,
// as the worker will: what is behind a block that cannot be read is to be
// published again.
func (r *resumption) follow(ctx context.Context, store *openStore, first, last uint64, log *slog.Logger) error {
	unread, behind := 0, 0
	for n := first; n <= last; n++ {
		switch b, err := readBlock(ctx, store.flows, n); {
		case err != nil:
			return err
		case b == nil:
			unread++
		case b.From != r.at:
			behind++
		default:
			r.at, r.ended = b.At, b.End
		}
	}
	if unread > 0 {
		r.outOfPlace = last
		log.Warn("blocks of flows cannot be read: the source is read again from before them", "blocks", unread, "behind", behind)
	}
	return nil
}

// readBlock returns a block of FLOWS, nil if it cannot be read.
func readBlock(ctx context.Context, s jetstream.Stream, n uint64) (*block, error) {
	message, err := s.GetMsg(ctx, n)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("block %d: %w", n, err)
	}
	b, err := decodeBlock(message.Data)
	if err != nil {
		return nil, fmt.Errorf("block %d: %w", n, err)
	}
	return b, nil
}

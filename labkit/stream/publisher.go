package stream

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"flowlab/labkit/flow"
)

// waitingBlocks is how many blocks wait for the store at most.
const waitingBlocks = 64

// A reading is a source that is being read, into blocks. It goes on while the
// store is away, as far as there is room: a socket cannot be asked again.
type reading struct {
	blocks chan *block
	behind *block // taken from blocks, and not yet sent
	err    error  // of the source, once blocks is closed
}

// read reads a source from behind a position; ended tells that the source had
// ended there.
func read(ctx context.Context, s Source, behind Position, ended bool) *reading {
	r := &reading{blocks: make(chan *block, waitingBlocks)}
	put := func(b *block) error {
		select {
		case r.blocks <- b:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	go func() {
		defer close(r.blocks)
		at := behind
		r.err = s.Flows(ctx, behind, func(part string, flows []flow.Flow) error {
			for len(flows) > 0 {
				n := min(len(flows), blockFlows)
				b := &block{From: at, At: at.after(part, n), Flows: flows[:n:n]}
				if err := put(b); err != nil {
					return err
				}
				at, flows = b.At, flows[n:]
			}
			return nil
		})
		if r.err == nil && !(ended && at == behind) {
			r.err = put(&block{From: at, At: at, End: true})
		}
	}()
	return r
}

// next returns the block that comes next if it waits already, nil if there are no
// more.
func (r *reading) next() (b *block, waits bool) {
	if r.behind != nil {
		b, r.behind = r.behind, nil
		return b, true
	}
	select {
	case b = <-r.blocks:
		return b, true
	default:
		return nil, false
	}
}

// gatherFor is how long a block waits for more flows: each message is synced to
// disk, and a thousand a second would be most of the work.
const gatherFor = 5 * time.Millisecond

// gather joins to a block those that follow it soon, until it is full: a source may
// hand out flows one by one.
func (r *reading) gather(ctx context.Context, b *block) {
	over := time.NewTimer(gatherFor)
	defer over.Stop()
	for len(b.Flows) < joinedFlows && !b.End {
		var next *block
		select {
		case next = <-r.blocks:
		case <-over.C:
			return
		case <-ctx.Done():
			return
		}
		if next == nil {
			return
		}
		if !b.join(next) {
			r.behind = next
			return
		}
	}
}

// A publisher writes blocks into FLOWS.
type publisher struct {
	writer  *writer
	meters  *meters
	log     *slog.Logger
	encoder blockEncoder
}

// run writes blocks until there are no more, and waits until all are stored.
func (p *publisher) run(ctx context.Context, store *openStore, from *reading) error {
	for {
		b, waits := from.next()
		if !waits { // nothing to send: hear what became of what was sent
			if err := p.try(ctx, store, p.writer.flush(ctx)); err != nil {
				return err
			}
			select {
			case b = <-from.blocks:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		if b == nil {
			return p.try(ctx, store, p.writer.flush(ctx))
		}
		from.gather(ctx, b)
		if err := p.put(ctx, store, b); err != nil {
			return err
		}
	}
}

func (p *publisher) put(ctx context.Context, store *openStore, b *block) error {
	id := fmt.Sprintf("%s|%d|%t", b.At.Part, b.At.Flows, b.End)
	err := p.writer.send(ctx, id, p.encoder.encode(b))
	failpoint("published")
	p.meters.published.Add(int64(len(b.Flows)))
	return p.try(ctx, store, err)
}

// try waits for room if a write was refused for want of it, and returns any
// other error.
func (p *publisher) try(ctx context.Context, store *openStore, err error) error {
	for said := false; isFull(err); said = true {
		if !said {
			p.log.Warn("the stream of flows is full: waiting for the worker")
		}
		select {
		case <-time.After(fullWait):
		case <-ctx.Done():
			return ctx.Err()
		}
		if err = p.writer.resume(ctx, store.js, store.flows); err == nil {
			err = p.writer.flush(ctx)
		}
	}
	return err
}

const fullWait = 200 * time.Millisecond

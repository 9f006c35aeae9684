package stream

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
)

// A Pipeline moves flows from a source to a stage and keeps what it finds.
type Pipeline struct {
	Source Source
	Stage  func() (Stage, error) // a new one, which has seen no flow
	Store  Store

	// Checkpoint is the time between two checkpoints: what is worked on again
	// after a crash. 0 means 5 s, a negative value after each block.
	Checkpoint time.Duration

	// Sink, if it is not nil, is handed each finding that is stored, from number
	// From on (1 being the first), in order. It is called again with the same
	// finding if it has failed, or the program was killed before it returned.
	Sink func(number uint64, f Finding) error
	From uint64

	Log *slog.Logger // nil means none

	// Watch, if it is not nil, is given the means to ask how the pipeline is doing.
	Watch *Watch
}

const defaultCheckpoint = 5 * time.Second

// Run works until the source has ended and all its flows have been worked on, or
// ctx is done: then it saves a checkpoint and returns ctx.Err(). It starts where
// the run before has stopped, or was killed.
//
// What passes is waited for: a server that is away, a disk or stream that is
// full. An error of the source or the stage is returned, and so is one of the
// store before anything has worked.
func (p Pipeline) Run(ctx context.Context) error {
	if p.Source == nil || p.Stage == nil {
		return errors.New("labkit: stream.Run: no Source or no Stage: want both")
	}
	if p.Log == nil {
		p.Log = slog.New(slog.DiscardHandler)
	}
	p.Checkpoint = cmp.Or(p.Checkpoint, defaultCheckpoint)
	r := run{Pipeline: p, meters: new(meters)}
	if p.Watch != nil {
		p.Watch.follow(r.meters)
	}
	if err := r.supervise(ctx); err != nil {
		return fmt.Errorf("labkit: stream.Run: %w", err)
	}
	return nil
}

// A run is a pipeline at work.
type run struct {
	Pipeline
	meters  *meters
	reading *reading // begun in the first session, which knows from where
	writer  *writer  // of blocks, those in flight kept from one session to the next
	sunk    uint64   // findings that the sink has
	worked  bool     // a session has come so far as to work
}

// supervise begins a session anew when what has ended it may pass.
func (r *run) supervise(ctx context.Context) error {
	source, stopSource := context.WithCancel(ctx)
	defer func() {
		stopSource()
		if r.reading != nil {
			for range r.reading.blocks { // until the source has heard of it
			}
		}
	}()
	for pause := minPause; ; pause = min(2*pause, maxPause) {
		began := time.Now()
		err := r.session(ctx, source)
		if err == nil || ctx.Err() != nil || !r.worked || isFatal(err) {
			return cmp.Or(context.Cause(ctx), err)
		}
		if time.Since(began) > maxPause {
			pause = minPause
		}
		wait := pause/2 + rand.N(pause)
		r.log("what is stored is not lost: trying again", "error", err, "in", wait.Round(time.Millisecond))
		r.meters.restarts.Add(1)
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (r *run) log(message string, args ...any) { r.Log.Warn(message, args...) }

const (
	minPause = 250 * time.Millisecond
	maxPause = 15 * time.Second
)

// A fatalError is one that does not pass by trying again.
type fatalError struct{ error }

func (e fatalError) Unwrap() error { return e.error }

func isFatal(err error) bool {
	var fatal fatalError
	return errors.As(err, &fatal) || errors.Is(err, errStoreChanged) || errors.Is(err, errRefused) ||
		errors.Is(err, nats.ErrMaxPayload) // the same block would be too large again
}

// session works on one connection to the store, until it is done or broken.
func (r *run) session(ctx, source context.Context) (err error) {
	store, err := r.Store.open(ctx, r.Log)
	if err != nil {
		return err
	}
	defer func() {
		store.discard = err != nil && ctx.Err() == nil && store.isUnused(ctx)
		store.close()
	}()
	from, err := resume(ctx, store, r.Source.Again(), r.Log)
	if err != nil {
		return err
	}
	stage, err := r.Stage()
	if err != nil {
		return fatalError{err}
	}
	w, err := newWorker(ctx, store, stage, from, r.meters, r.Log)
	if err != nil {
		return err
	}
	w.every = r.Checkpoint
	if err := r.attach(ctx, source, store, from); err != nil {
		return err
	}
	r.worked = true
	return r.work(ctx, store, w)
}

// attach begins to read the source, or sends what the session before has left.
func (r *run) attach(ctx, source context.Context, store *openStore, from *resumption) (err error) {
	if r.reading != nil {
		return r.writer.resume(ctx, store.js, store.flows)
	}
	if r.writer, err = newWriter(ctx, store.js, store.flows); err != nil {
		return err
	}
	r.reading = read(source, r.Source, from.at, from.ended)
	r.sunk = max(r.From, 1) - 1
	return nil
}

// work runs publisher, worker and sink side by side. The worker ends behind the
// publisher's last block, the sink behind the worker's last finding; the first
// that fails stops the others.
func (r *run) work(ctx context.Context, store *openStore, w *worker) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var all sync.WaitGroup
	part := func(f func() error) (done chan struct{}) {
		done = make(chan struct{})
		all.Go(func() {
			if err := f(); err != nil {
				stop(err)
				return
			}
			close(done)
		})
		return done
	}
	published := part(func() error {
		p := &publisher{writer: r.writer, meters: r.meters, log: r.Log}
		return p.run(ctx, store, r.reading)
	})
	worked := part(func() error { return w.run(ctx, lastOnce(published, r.writer)) })
	part(func() error { return r.sink(ctx, store, lastOnce(worked, w.findings)) })
	go func() {
		select {
		case <-store.lost:
			stop(errConnectionLost)
		case <-store.full:
			stop(errDiskFull)
			store.conn.Close() // no answer will come
		case <-ctx.Done():
		}
	}()
	all.Wait()
	if err := context.Cause(ctx); err != nil {
		return err
	}
	if r.reading.err != nil {
		return fatalError{r.reading.err}
	}
	return nil
}

var (
	errConnectionLost = errors.New("the connection to the server is lost")
	errDiskFull       = errors.New("the disk of the store is full")
)

// lastOnce tells a writer's last sequence number once it is known.
func lastOnce(done <-chan struct{}, w *writer) func() (uint64, bool) {
	return func() (uint64, bool) {
		select {
		case <-done:
			return w.last, true
		default:
			return 0, false
		}
	}
}

package live

import (
	"context"
	"errors"
	"time"

	"flowlab/labkit/flow"
	"flowlab/labkit/stream"
)

// A pipe is standard input: records or packets that cannot be asked for again.
type pipe struct{ options Options }

var _ stream.Source = (*pipe)(nil)

func (p *pipe) Again() bool { return false }

func (p *pipe) Flows(ctx context.Context, _ stream.Position, emit func(string, []flow.Flow) error) error {
	if p.options.Stdin == nil {
		return errors.New("there is no standard input")
	}
	part := once("-")
	done := make(chan error, 1)
	go func() { done <- read(ctx, p.options.Stdin, "-", part, 0, p.options, emit) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done(): // a read of standard input cannot be ended
		return ctx.Err()
	}
}

// once names the part of a source that a run has for itself.
func once(name string) string { return name + " " + time.Now().UTC().Format(time.RFC3339Nano) }

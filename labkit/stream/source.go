package stream

import (
	"context"

	"flowlab/labkit/flow"
)

// A Source hands out flows, in an order that is the same each time: logs, a
// table, a socket.
type Source interface {
	// Flows gives emit the flows behind a position, a few at a time, with the part
	// of the source that they are from. It returns nil at the end of the source,
	// and soon after ctx is done or emit has failed with that error. It keeps no
	// flow that it has given away.
	Flows(ctx context.Context, behind Position, emit func(part string, flows []flow.Flow) error) error

	// Again tells whether flows that were handed out can be asked for again, in
	// another run too: those of a log can, those of a socket cannot.
	Again() bool
}

// A Position tells which flow of a source was the last. The zero Position is
// before the first.
type Position struct {
	Part  string // such as a file
	Flows int64  // how many of this part were handed out
}

// after returns the position n flows of a part further on.
func (p Position) after(part string, n int) Position {
	if part != p.Part {
		p = Position{Part: part}
	}
	p.Flows += int64(n)
	return p
}

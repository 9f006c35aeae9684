package stream

import (
	"encoding/json"

	"flowlab/labkit/flow"
)

// A Stage finds something in flows. What it finds must follow from the flows and
// their order alone: not from the clock, nor from chance without a seed.
type Stage interface {
	// Add takes the next flow and returns what it brings to light. It may keep a
	// copy of the flow, and not the pointer.
	Add(f *flow.Flow) ([]Finding, error)

	// Close ends the input and returns what was not yet found. The stage can be
	// added to again.
	Close() ([]Finding, error)

	// Snapshot returns the state of the stage, and Restore puts a stage that is
	// new into that state.
	Snapshot() ([]byte, error)
	Restore([]byte) error

	// Gauges hands out numbers that say how the stage is doing, such as late
	// flows: each with a name in lower case with underscores.
	Gauges(func(name string, value float64))
}

// A Finding is what a stage has found, to be kept and shown.
type Finding struct {
	ID   string          // such as window and host; no two findings have the same
	JSON json.RawMessage // one object
}

package stream

import (
	"slices"
	"sync/atomic"
	"time"
)

// A Watch tells how a pipeline is doing. Its zero value is ready; it may be used
// by several goroutines at once.
type Watch struct{ meters atomic.Pointer[meters] }

func (w *Watch) follow(m *meters) { w.meters.Store(m) }

// A Status says how a pipeline is doing, counted from the start of the run.
type Status struct {
	Published, Worked int64 // flows that came from the source, and that were worked on
	Findings          int64 // that were new
	BlocksWaiting     int64 // for the worker: its lag
	OutOfPlace        int64 // blocks that are left out, as one before them cannot be read: their flows come again
	Restarts          int64 // since the store was away, or full

	Checkpoints     int64
	CheckpointBytes int // of the last one
	CheckpointTook  time.Duration

	Newest float64 // the latest end of a flow that was worked on, in seconds since 1970; 0 before
	Gauges []Gauge // of the stage
}

// Status returns how the pipeline is doing, zeros before it runs.
func (w *Watch) Status() Status {
	m := w.meters.Load()
	if m == nil {
		return Status{}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return Status{
		Published: m.published.Load(), Worked: m.worked.Load(), Findings: m.findings.Load(),
		BlocksWaiting: m.blocksWaiting.Load(), OutOfPlace: m.outOfPlace.Load(), Restarts: m.restarts.Load(),
		Checkpoints: m.checkpoints.Load(), CheckpointBytes: m.stateBytes, CheckpointTook: m.stateTook,
		Newest: m.newest, Gauges: slices.Clone(m.gauges),
	}
}

package stream

import (
	"sync"
	"sync/atomic"
	"time"
)

// meters count what a pipeline does.
type meters struct {
	published, worked, findings atomic.Int64 // flows, flows, findings; since the start of the program
	blocksWaiting               atomic.Int64
	outOfPlace                  atomic.Int64 // blocks
	restarts, checkpoints       atomic.Int64

	mu         sync.Mutex
	stateBytes int
	stateTook  time.Duration
	newest     float64 // the latest end of a flow that was worked on
	gauges     []Gauge
}

// A Gauge is a number that says how a stage is doing.
type Gauge struct {
	Name  string
	Value float64
}

// taken counts a block that the worker has worked on.
func (m *meters) taken(b *block, waiting uint64) {
	m.worked.Add(int64(len(b.Flows)))
	m.blocksWaiting.Store(int64(waiting))
	m.mu.Lock()
	defer m.mu.Unlock()
	m.gauges = m.gauges[:0]
	for i := range b.Flows {
		if end := b.Flows[i].End(); end > m.newest {
			m.newest = end
		}
	}
}

func (m *meters) gauge(name string, value float64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.gauges = append(m.gauges, Gauge{name, value})
}

func (m *meters) checkpoint(size int, took time.Duration) {
	m.checkpoints.Add(1)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stateBytes, m.stateTook = size, took
}

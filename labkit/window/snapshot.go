package window

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"flowlab/labkit/internal/packed"
)

const snapshotVersion = 2

// A snapshot is the state of an [Operator], as it is written.
type snapshot struct {
	Version int
	Windows windows
	Stats   Stats

	Running      bool
	High, Closed micros
	Held         []timed

	Peers []string // by number, "" where a number is free
	panes []paneSnapshot
}

// windows are the options that an operator's state depends on.
type windows struct {
	Grid     [2]micros // size and slide
	Lateness micros
	MaxJump  micros
	Key      Key
	Time     Time

	CountsOnly bool
}

type paneSnapshot struct {
	Start  micros
	Keys   []string
	States []byte // one after the other, see [state.write]
}

func (op *Operator) windows() windows {
	return windows{
		[2]micros{op.grid.size, op.grid.slide}, op.clock.lateness, op.clock.maxJump,
		op.options.Key, op.options.Time, op.options.CountsOnly,
	}
}

// Snapshot returns the state of the operator, of which [Restore] makes one that
// goes on from here as this one does. It does not change the operator.
func (op *Operator) Snapshot() ([]byte, error) {
	s := snapshot{
		Version: snapshotVersion, Windows: op.windows(), Stats: op.stats,
		Running: op.clock.running, High: op.clock.high, Closed: op.closed, Held: op.clock.held,
		Peers: op.peers.names(),
	}
	for _, p := range op.panes {
		s.panes = append(s.panes, imageOf(p))
	}
	b, err := s.encode()
	if err != nil {
		return nil, fmt.Errorf("window: Snapshot: %w", err)
	}
	return b, nil
}

func imageOf(p *pane) paneSnapshot {
	room := 0
	for _, s := range p.keys {
		room += s.room()
	}
	keys, w := slices.Sorted(maps.Keys(p.keys)), packed.Writer{Bytes: make([]byte, 0, room)}
	for _, key := range keys {
		p.keys[key].write(&w)
	}
	return paneSnapshot{p.start, keys, w.Bytes}
}

// Restore returns an operator with the state that [Operator.Snapshot] has
// returned. The options must be those of that operator; Late may be another. A
// snapshot of other windows, of another version or a damaged one is an error.
func Restore(state []byte, o Options) (*Operator, error) {
	op, err := New(o)
	if err != nil {
		return nil, err
	}
	s, err := decodeSnapshot(state)
	if err != nil {
		return nil, fmt.Errorf("window: Restore: %w", err)
	}
	if err := op.restore(s); err != nil {
		return nil, fmt.Errorf("window: Restore: %w", err)
	}
	return op, nil
}

func (op *Operator) restore(s *snapshot) error {
	if s.Windows != op.windows() {
		return fmt.Errorf("the snapshot is of other windows, %+v: want %+v, in microseconds", s.Windows, op.windows())
	}
	if !countable(s.High) || !countable(s.Closed) || len(s.Held) >= maxHeld {
		return errors.New("the snapshot is damaged: its time is out of range")
	}
	op.stats, op.closed = s.Stats, s.Closed
	op.clock.running, op.clock.high, op.clock.held = s.Running, s.High, s.Held
	op.peers.restore(s.Peers)
	for i := range s.panes {
		p, err := op.restorePane(&s.panes[i])
		if err != nil {
			return fmt.Errorf("the snapshot is damaged: pane %d: %w", i, err)
		}
		if i > 0 && p.start <= s.panes[i-1].Start {
			return fmt.Errorf("the snapshot is damaged: pane %d is not in order", i)
		}
		op.panes = append(op.panes, p)
	}
	return nil
}

func (op *Operator) restorePane(image *paneSnapshot) (*pane, error) {
	if !countable(image.Start) || image.Start%op.grid.pane != 0 {
		return nil, fmt.Errorf("its start is %d: want a multiple of %d", image.Start, op.grid.pane)
	}
	p := &pane{image.Start, make(map[string]*state, len(image.Keys))}
	in := packed.Reader{Rest: image.States}
	for _, key := range image.Keys {
		s := new(state)
		s.read(&in)
		for _, at := range s.Doors.List {
			if at.Port < -1 || at.Port >= 1<<16 || at.Peer < 0 || int(at.Peer) >= len(op.peers.used) {
				return nil, fmt.Errorf("no such door: %+v", at)
			}
			op.peers.used[at.Peer] = max(op.peers.used[at.Peer], p.start)
		}
		p.keys[key] = s
	}
	if !in.Done() {
		return nil, fmt.Errorf("it has not as many states as keys, %d", len(image.Keys))
	}
	return p, nil
}

func countable(t micros) bool { return never <= t && t <= -never }

// names returns the peers by number.
func (p *peerNumbers) names() []string {
	names := make([]string, len(p.used))
	for peer, n := range p.numbers {
		names[n] = peer
	}
	return names
}

func (p *peerNumbers) restore(names []string) {
	*p = newPeerNumbers()
	for n := 1; n < len(names); n++ {
		p.used = append(p.used, never)
		if names[n] == "" {
			p.free = append(p.free, int32(n))
		} else {
			p.numbers[names[n]] = int32(n)
		}
	}
	p.enough = max(2*len(p.numbers), sweepFrom)
}

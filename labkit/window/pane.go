package window

import (
	"slices"

	"flowlab/labkit/flow"
)

// An aggregate sums up flows, or what others of its kind have summed up. Its
// zero value has seen none.
type aggregate[T any] interface {
	add(e *event)
	merge(other *T)
	reset() // to no flows; what is allocated may stay
	fill(row *Row, by Key)
}

// An event is a flow as the aggregates see it.
type event struct {
	*flow.Flow
	at         micros
	peer, port int32 // the peer's number, 0 if it is not known; -1 for no port
	failed     bool
}

var _ aggregate[state] = (*state)(nil)

// A state is all that is kept of one host's flows in a pane.
type state struct {
	Counts counts
	Volume volume
	Doors  doors
	Gaps   gaps
}

func (s *state) add(e *event) {
	s.Counts.add(e)
	s.Volume.add(e)
	s.Doors.add(e)
	s.Gaps.add(e)
}

func (s *state) merge(other *state) {
	s.Counts.merge(&other.Counts)
	s.Volume.merge(&other.Volume)
	s.Doors.merge(&other.Doors)
	s.Gaps.merge(&other.Gaps)
}

func (s *state) reset() {
	s.Counts.reset()
	s.Volume.reset()
	s.Doors.reset()
	s.Gaps.reset()
}

func (s *state) fill(row *Row, by Key) {
	s.Counts.fill(row, by)
	s.Volume.fill(row, by)
	s.Doors.fill(row, by)
	s.Gaps.fill(row, by)
}

// A pane is a stretch of time that each window has whole or not at all.
type pane struct {
	start micros
	keys  map[string]*state
}

// panes are those that an open window has, by their start.
type panes []*pane

func (ps panes) find(start micros) (int, bool) {
	return slices.BinarySearchFunc(ps, start, func(p *pane, start micros) int {
		return int(max(-1, min(1, p.start-start)))
	})
}

// at returns the pane with this start.
func (ps *panes) at(start micros) *pane {
	i, ok := ps.find(start)
	if !ok {
		*ps = slices.Insert(*ps, i, &pane{start, map[string]*state{}})
	}
	return (*ps)[i]
}

// within returns the panes that start in [from, to).
func (ps panes) within(from, to micros) panes {
	i, _ := ps.find(from)
	j, _ := ps.find(to)
	return ps[i:j]
}

// dropBefore forgets the panes that start before a time.
func (ps *panes) dropBefore(start micros, spare *pool) {
	i, _ := ps.find(start)
	for _, p := range (*ps)[:i] {
		for _, s := range p.keys {
			spare.put(s)
		}
	}
	*ps = slices.Delete(*ps, 0, i)
}

// A pool keeps states that are no longer needed for hosts to come. It keeps few,
// and small ones: what a flood has filled is given up.
type pool struct{ spare []*state }

const (
	maxSpare      = 1 << 12
	maxSpareFlows = 1 << 8
)

func (p *pool) get() *state {
	last := len(p.spare) - 1
	if last < 0 {
		return new(state)
	}
	s := p.spare[last]
	p.spare = p.spare[:last]
	return s
}

func (p *pool) put(s *state) {
	if len(p.spare) < maxSpare && cap(s.Doors.List) <= maxSpareFlows && cap(s.Gaps.Times) <= maxSpareFlows {
		s.reset()
		p.spare = append(p.spare, s)
	}
}

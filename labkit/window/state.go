package window

import "flowlab/labkit/flow"

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
	countsOnly bool // of [Options]
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

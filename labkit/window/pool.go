package window

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

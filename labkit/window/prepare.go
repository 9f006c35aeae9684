package window

// A preparation makes the hosts of the window that closes next compact while it
// waits for late flows, a few with each flow that comes, so that it closes at
// once. Windows that share panes merge them when they close, and have none.
type preparation struct {
	pane  *pane
	hosts []*state // that are not yet compact
}

const (
	preparedHosts = 8  // with a flow, at most,
	preparedDoors = 64 // and until so many doors are compact
)

// prepare does a part of it. It begins when half of the wait for late flows is
// over, after which few come.
func (op *Operator) prepare() {
	if len(op.panes) == 0 || op.grid.pane != op.grid.size {
		return
	}
	p, next := &op.preparing, op.panes[0]
	if p.pane != next {
		clear(p.hosts)
		p.pane, p.hosts = nil, p.hosts[:0]
		if op.clock.high < next.start+op.grid.size+op.clock.lateness/2 {
			return
		}
		p.pane = next
		for _, s := range next.keys {
			p.hosts = append(p.hosts, s)
		}
	}
	for doors, n := 0, 0; doors < preparedDoors && n < preparedHosts && len(p.hosts) > 0; n++ {
		last := len(p.hosts) - 1
		s := p.hosts[last]
		p.hosts = p.hosts[:last]
		doors += len(s.Doors.List)
		op.closing.makeCompact(&s.Doors)
	}
}

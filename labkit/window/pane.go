package window

import "slices"

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

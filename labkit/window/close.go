package window

import (
	"maps"
	"math"
	"slices"
)

// A closing makes the rows of a window. What it allocates serves for the next
// window, too.
type closing struct {
	by         Key
	countsOnly bool
	merged     map[string]*state // of the hosts in a window of several panes
	ports      places
	ofPorts    []door // the ports of doors, if nobody asks for them later
	popularity popularity
}

func newClosing(by Key, countsOnly bool) closing {
	return closing{by: by, countsOnly: countsOnly, merged: map[string]*state{}}
}

// hosts returns the hosts in the window that starts at a time.
func (op *Operator) hosts(start micros) map[string]*state {
	within := op.panes.within(start, start+op.grid.size)
	if len(within) == 1 { // as of windows that do not overlap: nothing to merge
		return within[0].keys
	}
	op.closing.merge(within, &op.spare)
	return op.closing.merged
}

func (c *closing) merge(within panes, spare *pool) {
	for _, p := range within {
		for key, s := range p.keys {
			m := c.merged[key]
			if m == nil {
				m = spare.get()
				c.merged[key] = m
			}
			m.merge(s)
		}
	}
}

func (c *closing) clear(spare *pool) {
	for _, s := range c.merged {
		spare.put(s)
	}
	clear(c.merged)
}

func (c *closing) makeCompact(d *doors) {
	if c.countsOnly {
		d.ports = c.ofPorts
	}
	d.makeCompact(&c.ports, c.by)
	if c.countsOnly {
		c.ofPorts, d.ports = d.ports, nil
	}
}

// appendRows appends the rows of the window that starts at a time and has these
// hosts, in their order. The numbers of all peers lie below peers.
func (c *closing) appendRows(rows []Row, start micros, hosts map[string]*state, peers int) []Row {
	for _, s := range hosts {
		c.makeCompact(&s.Doors)
	}
	if !c.countsOnly {
		c.popularity.reset(peers)
		for _, s := range hosts {
			c.popularity.count(&s.Doors)
		}
	}
	rows = slices.Grow(rows, len(hosts))
	for _, key := range slices.Sorted(maps.Keys(hosts)) {
		row := Row{Start: seconds(start), Key: key, RarePorts: math.NaN(), RarePeers: math.NaN()}
		s := hosts[key]
		s.fill(&row, c.by)
		if !c.countsOnly {
			c.popularity.fill(&row, &s.Doors)
		}
		rows = append(rows, row)
	}
	return rows
}

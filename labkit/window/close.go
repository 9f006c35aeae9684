package window

import (
	"maps"
	"slices"
)

// A closing makes the rows of a window. What it allocates serves for the next
// window, too.
type closing struct {
	by         Key
	merged     map[string]*state // of the hosts in the window
	ports      places
	popularity popularity
}

func newClosing(by Key) closing { return closing{by: by, merged: map[string]*state{}} }

// appendRows appends the rows of the window that starts at a time and has these
// panes, by host. The numbers of all peers lie below peers.
func (c *closing) appendRows(rows []Row, start micros, within panes, peers int, spare *pool) []Row {
	hosts := c.merged
	if len(within) == 1 { // as of windows that do not overlap: nothing to merge
		hosts = within[0].keys
	} else {
		c.merge(within, spare)
	}
	c.popularity.reset(peers)
	for _, s := range hosts {
		s.Doors.compact(&c.ports)
		c.popularity.count(&s.Doors)
	}
	rows = slices.Grow(rows, len(hosts))
	for _, key := range slices.Sorted(maps.Keys(hosts)) {
		row := Row{Start: seconds(start), Key: key}
		s := hosts[key]
		s.fill(&row, c.by)
		c.popularity.fill(&row, &s.Doors)
		rows = append(rows, row)
	}
	for _, s := range c.merged {
		spare.put(s)
	}
	clear(c.merged)
	return rows
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

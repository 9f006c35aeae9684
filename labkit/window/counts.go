package window

// counts are numbers of flows.
type counts struct{ Flows, Failed, Broken int }

func (c *counts) add(e *event) {
	c.Flows++
	if e.failed {
		c.Failed++
	}
	if e.Broken() {
		c.Broken++
	}
}

func (c *counts) merge(other *counts) {
	c.Flows += other.Flows
	c.Failed += other.Failed
	c.Broken += other.Broken
}

func (c *counts) reset() { *c = counts{} }

func (c *counts) fill(row *Row, _ Key) {
	row.Flows, row.Failed, row.Broken = c.Flows, c.Failed, c.Broken
}

package capture

import (
	"bytes"
	"time"
)

// A packet whose time lies ahead is looked at together with those behind it. After
// silence, time has passed. But where one of them goes on from before, the packet
// is of a clock that is ahead, as that of another interface, or its time is
// damaged; taken for silence, it would end all flows.
const (
	leapFrom = 2 * time.Second // how far ahead a packet is looked at
	leapMost = 32              // how many packets behind it are,
	leapOver = time.Second     // unless so much time has passed by its own clock
)

// take adds the next packet; a patient decoder does once it is known what its time
// means.
func (d *decoder) take(p capturedPacket) {
	if !d.patient || len(d.leaping) == 0 && !d.isAhead(p.ts) {
		d.packet(p)
		return
	}
	p.data = bytes.Clone(p.data) // the source holds it until the next one
	d.leaping = append(d.leaping, p)
	first := d.leaping[0]
	switch {
	case p.ts < first.ts-int64(leapFrom) && d.isNear(p.ts): // it goes on from before
		d.clock.begin(first.ts, first.number)
	case len(d.leaping) <= leapMost && p.ts < first.ts+int64(leapOver):
		return
	}
	d.takeLeaping()
}

// takeLeaping adds the packets that were looked at.
func (d *decoder) takeLeaping() {
	packets := d.leaping
	d.leaping = nil
	for _, p := range packets {
		d.packet(p)
	}
}

// isAhead tells whether a timestamp lies ahead by all clocks that are known.
func (c *clock) isAhead(ts int64) bool {
	t, at := c.best(ts)
	return at >= 0 && t > c.now+int64(leapFrom)
}

// isNear tells whether a timestamp goes on from now by one of the clocks.
func (c *clock) isNear(ts int64) bool {
	t, at := c.best(ts)
	return at >= 0 && t <= c.now+int64(leapFrom)
}

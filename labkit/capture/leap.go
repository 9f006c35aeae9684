package capture

import (
	"bytes"
	"time"
)

// A leap is a packet whose time lies ahead, and the packets that were read behind
// it to tell why: after silence, time has passed; but where one of them goes on
// from before, the packet is of a clock that is ahead, as that of another
// interface, or its time is damaged.
type leap struct {
	packets []capturedPacket
}

const (
	// leapFrom is how far ahead a packet is looked at.
	leapFrom = 2 * time.Second

	// maxLeap is how many packets behind it are.
	maxLeap = 32

	// leapOver is how much time ends that, on the clock of the packet.
	leapOver = time.Second
)

// take adds the next packet; of a patient decoder, once it is known what its time
// means.
func (d *decoder) take(p capturedPacket) {
	if !d.patient || len(d.leap.packets) == 0 && !d.leaps(p.ts) {
		d.packet(p)
		return
	}
	p.data = bytes.Clone(p.data) // the source holds it until the next one
	d.leap.packets = append(d.leap.packets, p)
	first := d.leap.packets[0].ts
	switch {
	case p.ts < first-int64(leapFrom) && !d.leaps(p.ts): // on from before
		d.clock.begin(first, d.leap.packets[0].number)
	case len(d.leap.packets) <= maxLeap && p.ts < first+int64(leapOver):
		return
	}
	d.settleLeap()
}

// settleLeap adds the packets that were looked at.
func (d *decoder) settleLeap() {
	packets := d.leap.packets
	d.leap.packets = nil
	for _, p := range packets {
		d.packet(p)
	}
}

// leaps tells whether a timestamp lies ahead by all clocks that are known.
func (c *clock) leaps(ts int64) bool {
	if c.shifts == nil {
		return false
	}
	for _, shift := range c.shifts {
		if t := ts + shift; t >= c.now-int64(outOfOrder) && t <= c.now+int64(leapFrom) {
			return false
		}
	}
	t, _ := c.best(ts)
	return t > c.now
}

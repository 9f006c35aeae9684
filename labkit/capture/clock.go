package capture

import (
	"fmt"
	"math"
	"slices"
	"time"

	"flowlab/labkit/internal/plural"
)

// A clock makes one time, which goes on, of timestamps that may go back.
//
// They do so when a clock is set back, when captures are put together in the
// wrong order, and when two interfaces whose clocks are apart write into one file.
// Timers that compared such times with the latest would end flows that go on. So
// a timestamp that is further back than packets are ever stored out of order
// begins a new clock: from then on its times are shifted such that it goes on
// from now, and of several clocks that are known a packet has the one by which
// the least time has passed.
type clock struct {
	now    int64
	shifts []int64 // what is added to the timestamps of each clock, the last used first

	steps      int   // how often a clock was begun
	firstStep  int64 // how far back or ahead the first of these was
	firstAfter int   // and at which packet
}

const (
	// outOfOrder is how far back a packet may be to be taken for one that was stored
	// behind a later one, as two queues of a network card do by milliseconds.
	outOfOrder = 2 * time.Second

	// maxClocks is how many clocks are known at a time.
	maxClocks = 8
)

// tick returns the time of a packet by its timestamp.
func (c *clock) tick(ts int64, packet int) int64 {
	if c.shifts == nil {
		c.shifts, c.now = []int64{0}, ts
		return ts
	}
	t, at := c.best(ts)
	if at < 0 {
		return c.begin(ts, packet)
	}
	if at > 0 {
		shift := c.shifts[at]
		copy(c.shifts[1:at+1], c.shifts[:at])
		c.shifts[0] = shift
	}
	c.now = max(c.now, t)
	return t
}

// best returns the time by the clock by which the least has passed, and which
// that is: -1 if by all of them the packet is too far back.
func (c *clock) best(ts int64) (t int64, at int) {
	t, at = math.MaxInt64, -1
	for i, shift := range c.shifts {
		s := ts + shift
		if s < c.now-int64(outOfOrder) || shift > 0 && s < ts { // back, or beyond what can be counted
			continue
		}
		if s < t {
			t, at = s, i
		}
	}
	return t, at
}

// begin adds a clock that shows now at a timestamp.
func (c *clock) begin(ts int64, packet int) int64 {
	if c.steps++; c.steps == 1 {
		c.firstStep, c.firstAfter = max(c.now-ts-c.shifts[0], ts+c.shifts[0]-c.now), packet
	}
	c.shifts = slices.Insert(c.shifts, 0, c.now-ts)
	c.shifts = c.shifts[:min(len(c.shifts), maxClocks)]
	return c.now
}

// behind tells whether a packet is stored behind later ones, or may be: its time,
// by the clock, is before now, or that clock was set back.
func (c *clock) behind(t int64) bool { return t < c.now || c.shifts[0] != 0 }

// note says that timestamps go back, "" if they do not.
func (c *clock) note() string {
	if c.steps == 0 {
		return ""
	}
	text := fmt.Sprintf("times go back and forth, first by %v at packet %d", time.Duration(c.firstStep).Round(time.Millisecond), c.firstAfter)
	if c.steps > 1 {
		text += fmt.Sprintf(" (%s in all)", plural.Of(c.steps, "time"))
	}
	return text + ": flows are kept together by the time that passes between packets"
}

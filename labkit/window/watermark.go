package window

import (
	"slices"

	"flowlab/labkit/flow"
)

const (
	agreement = 3    // so many must agree before time starts, or jumps
	maxHeld   = 1000 // flows whose time is not believed
)

// A clock tells how far the input has come, by the event times that it sees.
type clock struct {
	lateness, maxJump micros // maxJump below 0: any

	running bool
	high    micros // the highest event time that was believed
	held    []timed
}

// A timed is a flow with its event time.
type timed struct {
	Flow flow.Flow
	At   micros
}

// watermark returns the time up to which all flows have come, but late ones.
func (c *clock) watermark() micros { return c.high - c.lateness }

// see moves time to that of a flow.
func (c *clock) see(t micros) {
	if !c.running || t > c.high {
		c.running, c.high = true, t
	}
}

// believes tells whether a time may move the watermark by itself.
func (c *clock) believes(t micros) bool {
	return c.maxJump < 0 || c.running && t-c.watermark() <= c.maxJump
}

// hold sets a flow aside. If it is the one with which enough agree, it returns
// the flows that are now believed, and if too many are held, the oldest that are
// given up, each in the order in which they came.
func (c *clock) hold(f timed) (believed, givenUp []timed) {
	c.held = append(c.held, f)
	if !c.agreed(f.At) {
		if len(c.held) == maxHeld {
			givenUp = c.held[:maxHeld/2]
			c.held = slices.Clone(c.held[maxHeld/2:])
		}
		return nil, givenUp
	}
	high := f.At
	for _, h := range c.held {
		if c.near(h, f.At) {
			high = max(high, h.At)
		}
	}
	var ahead []timed
	for _, h := range c.held {
		if h.At <= high { // near, or behind: what is behind does not move time
			believed = append(believed, h)
		} else {
			ahead = append(ahead, h)
		}
	}
	c.held = ahead
	return believed, nil
}

// agreed tells whether enough of the flows held lie near t: flows of different
// sources or, at the start, any.
func (c *clock) agreed(t micros) bool {
	var sources []string
	flows := 0
	for _, h := range c.held {
		if !c.near(h, t) {
			continue
		}
		flows++
		if !slices.Contains(sources, h.Flow.SrcIP) {
			sources = append(sources, h.Flow.SrcIP)
		}
	}
	return len(sources) >= agreement || !c.running && flows >= agreement
}

func (c *clock) near(h timed, t micros) bool {
	return max(h.At-t, t-h.At) <= c.maxJump
}

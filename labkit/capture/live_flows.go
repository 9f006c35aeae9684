package capture

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// liveFlows are the flows that are not over.
type liveFlows struct {
	clock
	live        map[flowKey]*liveFlow
	most        int // how many there may be; 0 if there is no limit
	closedEarly int // because there were as many
	firstEarly  int // the packet at which one was
	timers      timerQueue
	begun       int             // flows so far
	over        func(*liveFlow) // takes those that are over
}

// begin adds a flow that is not there yet.
func (l *liveFlows) begin(f *liveFlow, timeout time.Duration) {
	for l.most > 0 && len(l.live) >= l.most {
		l.closeEarliest()
	}
	f.number = l.begun
	l.begun++
	l.live[f.key()] = f
	l.setTimeout(f, timeout)
	if len(l.timers) > 1024+16*len(l.live) { // most of them of flows that are over
		l.timers.compact()
	}
}

func (l *liveFlows) end(f *liveFlow) {
	if f.done {
		return
	}
	f.done = true
	delete(l.live, f.key())
	l.over(f)
}

// endAll ends the flows that are not over when the capture is, in the order of
// their first packets.
func (l *liveFlows) endAll() {
	byNumber := func(a, b *liveFlow) int { return cmp.Compare(a.number, b.number) }
	for _, f := range slices.SortedFunc(maps.Values(l.live), byNumber) {
		l.over(f)
	}
}

// closeEarliest ends the flow that would time out next, which in a flood is one
// of those that were never answered: it lets time run ahead until a flow ends.
func (l *liveFlows) closeEarliest() {
	now, open := l.now, len(l.live)
	for len(l.live) == open {
		if due := l.timers.pop(); !due.void() {
			l.now = due.at
			l.fire(due)
		}
	}
	l.now = now
	l.closedEarly++
}

// setTimeout has the flow end after so long without a packet.
func (l *liveFlows) setTimeout(f *liveFlow, timeout time.Duration) {
	if f.timeout == int64(timeout) {
		return
	}
	f.timeout = int64(timeout)
	l.awaitSilence(f)
}

func (l *liveFlows) awaitSilence(f *liveFlow) {
	f.inactiveAt = f.last + f.timeout
	l.timers.push(timer{at: f.inactiveAt, flow: f, kind: inactive})
}

// advance ends the flows that are over by now.
func (l *liveFlows) advance() {
	for len(l.timers) > 0 && l.timers[0].at <= l.now {
		if due := l.timers.pop(); !due.void() {
			l.fire(due)
		}
	}
}

func (l *liveFlows) fire(due timer) {
	f := due.flow
	switch due.kind {
	case inactive:
		if f.last+f.timeout <= l.now {
			l.end(f)
			return
		}
		l.awaitSilence(f)
	case dnsExpiry:
		if l.now-f.last >= int64(dnsTimeout-time.Second) {
			l.end(f)
			return
		}
		l.timers.push(timer{at: l.now + int64(dnsTimeout), flow: f, kind: dnsExpiry})
	default:
		l.fireTCP(f, due)
	}
}

package capture

import "time"

// A table holds the flows that are not over.
type table struct {
	live   map[flowKey]*flow
	timers timerQueue
	now    int64 // never goes back, though timestamps may
	begun  int   // flows so far
	rows   rows  // those that are over
}

func (t *table) begin(key flowKey, e endpoints, ts int64, timeout time.Duration) *flow {
	f := &flow{endpoints: e, key: key, number: t.begun, first: ts, last: ts}
	t.begun++
	t.live[key] = f
	t.setTimeout(f, timeout)
	if len(t.timers) > 1024+16*len(t.live) { // most of them of flows that are over
		t.timers.compact()
	}
	return f
}

func (t *table) end(f *flow) {
	if f.done {
		return
	}
	f.done = true
	delete(t.live, f.key)
	t.rows.add(f)
}

// setTimeout has the flow end after so long without a packet.
func (t *table) setTimeout(f *flow, timeout time.Duration) {
	if f.timeout == int64(timeout) {
		return
	}
	f.timeout = int64(timeout)
	f.inactiveAt = f.last + f.timeout
	t.timers.push(timer{f.inactiveAt, f, inactive, 0})
}

// advance lets time pass to that of the next packet.
func (t *table) advance(ts int64) {
	t.now = max(t.now, ts)
	for len(t.timers) > 0 && t.timers[0].at <= t.now {
		due := t.timers.pop()
		if !due.flow.done {
			t.fire(due)
		}
	}
}

func (t *table) fire(due timer) {
	f := due.flow
	switch due.kind {
	case inactive:
		if due.at != f.inactiveAt {
			return // there is a newer one
		}
		if f.last+f.timeout <= t.now {
			t.end(f)
			return
		}
		f.inactiveAt = f.last + f.timeout
		t.timers.push(timer{f.inactiveAt, f, inactive, 0})
	case dnsExpiry:
		if t.now-f.last >= int64(dnsTimeout-time.Second) {
			t.end(f)
			return
		}
		t.timers.push(timer{t.now + int64(dnsTimeout), f, dnsExpiry, 0})
	default:
		t.fireTCP(f, due)
	}
}

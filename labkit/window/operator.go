package window

import (
	"fmt"
	"math"

	"flowlab/labkit/flow"
)

// An Operator counts flows in sliding windows. It is made by [New] or [Restore],
// and for one goroutine at a time.
type Operator struct {
	options Options
	grid    grid
	clock   clock
	panes   panes
	peers   peerNumbers
	spare   pool
	closed  micros // start of the last window that is closed
	stats   Stats

	closing   closing
	preparing preparation
}

// New returns an operator that has seen no flow, or an error for options that
// make no windows.
func New(o Options) (*Operator, error) {
	resolved, err := o.resolved()
	if err != nil {
		return nil, fmt.Errorf("window: New: %w", err)
	}
	return newOperator(resolved), nil
}

func newOperator(o Options) *Operator {
	return &Operator{
		options: o,
		grid:    newGrid(o.Size, o.Slide),
		clock:   clock{lateness: o.Lateness.Microseconds(), maxJump: o.MaxJump.Microseconds()},
		peers:   newPeerNumbers(),
		closed:  never,
		closing: newClosing(o.Key, o.CountsOnly),
	}
}

// Add counts a flow, and returns the rows of the windows that it closes: those
// whose end the watermark has now reached. A flow without a time, or without the
// address that is the key, is in no window; [Stats] count it.
func (op *Operator) Add(f flow.Flow) []Row {
	op.stats.Flows++
	at, ok := instant(op.options.Time.of(&f))
	if !ok {
		op.stats.WithoutTime++
		return nil
	}
	if key, _ := op.options.Key.split(&f); key == "" {
		op.stats.WithoutKey++
		return nil
	}
	if op.clock.believes(at) {
		return op.take(nil, &f, at)
	}
	believed, givenUp := op.clock.hold(timed{f, at})
	op.giveUp(givenUp)
	var rows []Row
	for i := range believed {
		rows = op.take(rows, &believed[i].Flow, believed[i].At)
	}
	return rows
}

// Close ends the input: it returns the rows of all windows that are still open,
// the last one included, and hands out the flows whose time was never believed.
// After it, the operator is as new but for its [Stats].
func (op *Operator) Close() []Row {
	held := op.clock.held
	op.clock.held = nil
	var rows []Row
	for i, h := range held { // time has not begun if there were fewer than it takes
		if op.clock.running && !op.clock.believes(h.At) {
			op.giveUp(held[i : i+1])
			continue
		}
		rows = op.take(rows, &h.Flow, h.At)
	}
	rows = op.closeTo(rows, math.MaxInt64)
	op.preparing = preparation{}
	op.closed, op.clock.running = never, false
	return rows
}

// Open returns how many windows have begun and are not closed.
func (op *Operator) Open() int {
	if len(op.panes) == 0 {
		return 0
	}
	first, _ := op.grid.windows(op.panes[0].start)
	if op.closed != never {
		first = max(first, op.closed+op.grid.slide)
	}
	_, last := op.grid.windows(op.clock.high)
	return max(op.grid.count(first, last), 0)
}

// take counts a flow whose time is believed in the windows that are open, and
// appends the rows of those that it closes.
func (op *Operator) take(rows []Row, f *flow.Flow, at micros) []Row {
	first, last := op.grid.windows(at)
	all, late := op.grid.count(first, last), op.grid.count(first, min(last, op.closed))
	op.stats.Pairs += all
	if late > 0 {
		op.late(f, late, all)
	}
	if late < all {
		// Open windows make their rows of the same panes: what is late for others
		// is right in them.
		op.count(f, at)
	}
	if op.clock.see(at); op.grid.lastClosed(op.clock.watermark()) > op.closed {
		rows = op.closeTo(rows, op.grid.lastClosed(op.clock.watermark()))
	}
	op.prepare()
	return rows
}

// count adds a flow to the pane of its time.
func (op *Operator) count(f *flow.Flow, at micros) {
	key, peer := op.options.Key.split(f)
	p := op.panes.at(floor(at, op.grid.pane))
	port := int32(-1)
	if f.DstPort >= 0 && f.DstPort < 1<<16 {
		port = int32(f.DstPort)
	}
	s := p.keys[key]
	if s == nil {
		s = op.spare.get()
		p.keys[key] = s
	}
	s.add(&event{f, at, op.peers.number(peer, p.start), port, f.Failed(), op.options.CountsOnly})
}

// closeTo closes the windows that start up to last, and appends their rows.
func (op *Operator) closeTo(rows []Row, last micros) []Row {
	before := len(rows)
	for len(op.panes) > 0 {
		// Windows before the first one that holds the earliest pane are empty.
		start, _ := op.grid.windows(op.panes[0].start)
		if op.closed != never {
			start = max(start, op.closed+op.grid.slide)
		}
		if start > last {
			break
		}
		rows = op.closing.appendRows(rows, start, op.hosts(start), len(op.peers.used))
		op.closing.clear(&op.spare)
		op.closed = start
		op.panes.dropBefore(start+op.grid.slide, &op.spare)
		op.peers.sweep(start + op.grid.slide)
	}
	op.closed = last
	op.stats.Rows += len(rows) - before
	return rows
}

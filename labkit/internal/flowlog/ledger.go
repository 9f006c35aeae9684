package flowlog

import (
	"errors"
	"fmt"
	"io"
	"math"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/plural"
)

// A ledger enters the records of a file into a table, in their order: flows,
// records that are no flows, and damaged ones. It decides whether a fault ends
// the reading.
type ledger struct {
	options flow.ReadOptions
	limits  flow.Limits
	t       *flow.Table
	emit    func(*flow.Columns) error // takes the flows in the place of the table, if it is not nil
	records int                       // of all three kinds
	bad     int                       // damaged ones among the first
	first   *flow.Fault               // damaged one
	remarks []remark
	hours   hours
}

// tried is of how many records, the first of a file, at most half may be
// damaged.
const tried = 10_000

// errEnough tells that a limit is reached, and that what was read is kept.
var errEnough = errors.New("enough was read")

func newLedger(o flow.ReadOptions) *ledger {
	return &ledger{options: o, limits: o.Limits.Resolved(), t: new(flow.Table)}
}

// A part is what some of a file holds.
type part struct {
	columns *flow.Columns
	skipped []flow.Count // records that are no flows
	records int
	lost    []lostRecord
	remarks []remark
	hours   hours
}

// A lostRecord is a record that is damaged.
type lostRecord struct {
	number int // among the records of its part, from 0
	fault  *flow.Fault
	text   string
}

// add enters a part. The error is the fault that ends the reading, or
// errEnough.
func (l *ledger) add(p part) error {
	for _, lost := range p.lost {
		if !l.options.Lenient {
			return lost.fault
		}
		l.count(l.records+lost.number, lost.fault, lost.text)
	}
	begun := l.records
	l.records += p.records
	if begun < tried && l.records >= tried {
		if err := l.checkTried(); err != nil {
			return err
		}
	}
	for _, c := range p.skipped {
		l.t.Report.Skip(c.What, c.N)
	}
	l.remark(p.remarks)
	l.hours |= p.hours
	return l.addFlows(p.columns)
}

func (l *ledger) addFlows(c *flow.Columns) error {
	if c == nil || c.Len == 0 {
		return nil
	}
	if l.emit != nil {
		l.t.Report.Flows += c.Len
		return l.emit(c)
	}
	room := l.limits.Flows - l.t.Report.Flows
	if l.limits.Flows == 0 || c.Len <= room {
		l.t.Add(c)
		return nil
	}
	fault := &flow.Fault{File: c.File, Line: c.Places[room], Column: 1, Err: fmt.Errorf("more than %s: the limit is reached", plural.Of(l.limits.Flows, "flow"))}
	if !l.options.Lenient {
		return fault
	}
	l.t.Report.Lose(fault)
	c.Truncate(room)
	l.t.Add(c)
	return errEnough
}

// skip counts a record that is no flow.
func (l *ledger) skip(reason string, n int) {
	l.t.Report.Skip(reason, n)
	l.records += n
}

// lose counts a record that is damaged, or returns the fault.
func (l *ledger) lose(f *flow.Fault, text string) error {
	return l.add(part{records: 1, lost: []lostRecord{{0, f, text}}})
}

// end takes the error at which reading ended. Damage of the file, as where it
// was cut, is counted; it is no record.
func (l *ledger) end(err error) error {
	f, ok := errors.AsType[*flow.Fault](err)
	switch {
	case err == nil, err == io.EOF, errors.Is(err, errEnough):
	case l.options.Lenient && ok && errors.As(err, new(damage)):
		l.t.Report.Lose(f)
	default:
		return err
	}
	if l.records < tried {
		return l.checkTried()
	}
	return nil
}

// count enters a damaged record, of this number in the file.
func (l *ledger) count(number int, f *flow.Fault, text string) {
	l.t.Report.Lose(f)
	if l.first == nil {
		l.first = f
	}
	if number < tried {
		l.bad++
	}
	if l.options.Reject != nil {
		l.options.Reject(f, text)
	}
}

// checkTried returns an error if more than half of the first records are
// damaged: then their format is another than it seems. What is followed goes on.
func (l *ledger) checkTried() error {
	n := min(l.records, tried)
	if 2*l.bad <= n || l.emit != nil {
		return nil
	}
	return &flow.Fault{File: l.first.File, Line: l.first.Line, Column: l.first.Column,
		Err: fmt.Errorf("damaged: %s of the first %s, the first of them here: %w", plural.Number(l.bad), plural.Of(n, "record"), l.first.Err)}
}

// A damage is an error of a file that was damaged or cut, where what is before
// it can be used.
type damage struct{ error }

func (d damage) Unwrap() error { return d.error }

// anyNumber tells whether a value is known.
func anyNumber(v float64) bool { return !math.IsNaN(v) }

package flowlog

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/magic"
	"flowlab/labkit/internal/unpack"
)

// An input is a file that is read, and where what it holds is entered.
type input struct {
	r      *bufio.Reader
	name   string
	ledger *ledger
	live   bool // whether flows are to be handed out as they come
}

// Read reads the flows that r holds, in the format that its content shows;
// name stands for the file in errors. An error is a [flow.Fault], and then no
// flow is returned.
func Read(r io.Reader, name string, o flow.ReadOptions) (*flow.Table, error) {
	in := &input{r: bufio.NewReader(r), name: name, ledger: newLedger(o)}
	if err := in.read(); err != nil {
		return nil, err
	}
	t := in.ledger.t
	if t.Report.Flows == 0 {
		return nil, faultAt(name, 1, 1, emptyError(t.Report))
	}
	t.CountUnset()
	return t, nil
}

// Follow reads the flows that r holds as they come, and gives them to emit a few
// at a time. It returns at the end of r, which may be a file that waits for
// more, and with the first error of emit.
func Follow(r io.Reader, name string, o flow.ReadOptions, emit func(fields []flow.Field, c *flow.Columns) error) (flow.Report, error) {
	in := &input{r: bufio.NewReader(r), name: name, ledger: newLedger(o), live: true}
	l := in.ledger
	l.emit = func(c *flow.Columns) error { return emit(l.t.Fields, c) }
	err := in.read()
	return l.t.Report, err
}

// emptyError says why a table has no flows.
func emptyError(r flow.Report) error {
	const most = 5
	var reasons []string
	for _, c := range r.Skipped {
		reasons = append(reasons, fmt.Sprintf("skipped %d: %s", c.N, c.What))
	}
	for _, l := range r.Lost {
		reasons = append(reasons, fmt.Sprintf("damaged %d: %s", l.N, l.What))
	}
	if more := len(reasons) - most; more > 0 {
		reasons = append(reasons[:most], fmt.Sprintf("and for %d more reasons", more))
	}
	if len(reasons) == 0 {
		return notFlows{fmt.Errorf("no flows in the %s: want at least one", r.Format)}
	}
	return notFlows{fmt.Errorf("no flows in the %s (%s): want at least one", r.Format, strings.Join(reasons, "; "))}
}

func (in *input) read() error {
	head, err := in.head(512)
	if in.live && len(head) == 0 {
		return nil // nothing was written
	}
	if err != nil && err != io.EOF {
		return faultAt(in.name, 1, 1, readError(err))
	}
	if len(head) == 0 {
		return faultAt(in.name, 1, 1, notFlows{errors.New("the file is empty: " + wanted())})
	}
	if magic.IsGzip(head) {
		unpacked, _, err := unpack.Reader(in.r, in.ledger.options.Limits)
		if err != nil {
			return faultAt(in.name, 1, 1, fmt.Errorf("the file begins as gzip does, but is not: %w", readError(err)))
		}
		in.r = unpacked
		if head, err = in.head(512); err != nil && err != io.EOF {
			return faultAt(in.name, 1, 1, readError(err))
		}
	}
	if bom := []byte("\xef\xbb\xbf"); bytes.HasPrefix(head, bom) {
		in.r.Discard(len(bom))
		head = head[len(bom):]
	}
	for _, f := range formats {
		if f.begins != nil && f.begins(head) {
			return in.finish(f.read(in))
		}
	}
	if err := refusal(head); err != nil {
		return faultAt(in.name, 1, 1, notFlows{err})
	}
	if c := bytes.TrimLeft(head, " \t\r\n"); len(c) > 0 && (c[0] == '{' || c[0] == '[') {
		return in.finish(readJSON(in))
	}
	return in.finish(readDelimited(in.rows()))
}

// head returns up to n bytes that the file begins with: if it is live, those
// that there are.
func (in *input) head(n int) ([]byte, error) {
	if !in.live {
		return in.r.Peek(n)
	}
	if _, err := in.r.Peek(1); err != nil {
		return nil, err
	}
	return in.r.Peek(min(n, in.r.Buffered()))
}

// finish ends the report.
func (in *input) finish(err error) error {
	if err == nil {
		in.ledger.noteRemarks()
	}
	return err
}

// rows returns the rows of text.
func (in *input) rows() *rowSource {
	lines := newLineReader(in.r, in.name)
	lines.lenient, lines.live = in.ledger.options.Lenient, in.live
	return &rowSource{lines: lines, ledger: in.ledger}
}

// readError says what it means that a file could not be read on.
func readError(err error) error {
	var corrupt flate.CorruptInputError
	isDamage := errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) ||
		errors.Is(err, unpack.ErrLimit) || errors.As(err, &corrupt)
	if err = unpack.Explain(err, wanted()); isDamage {
		return damage{err}
	}
	return err
}

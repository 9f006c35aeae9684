package live

import (
	"bufio"
	"context"
	"errors"
	"io"

	"flowlab/labkit/capture"
	"flowlab/labkit/flow"
	"flowlab/labkit/internal/flowlog"
	"flowlab/labkit/internal/magic"
)

// An emitter takes flows, as [stream.Source] says.
type emitter func(part string, flows []flow.Flow) error

// read gives emit the flows of a reader, records or packets, but for the first
// skip of them.
func read(ctx context.Context, r io.Reader, name, part string, skip int64, o Options, emit emitter) error {
	in := bufio.NewReader(r)
	var err error
	if isCapture(in) {
		err = readPackets(in, name, part, skip, o, emit)
	} else {
		err = readRecords(in, name, part, skip, o, emit)
	}
	if ctx.Err() != nil {
		return ctx.Err() // the reader was interrupted, which it takes for a fault
	}
	return err
}

// isCapture tells whether a reader begins as a capture does. It waits for no more
// than is there.
func isCapture(in *bufio.Reader) bool {
	if _, err := in.Peek(1); err != nil {
		return false
	}
	head, _ := in.Peek(min(4, in.Buffered()))
	if magic.IsGzip(head) {
		return capture.IsCapture(in)
	}
	return magic.IsCapture(head)
}

func readRecords(r io.Reader, name, part string, skip int64, o Options, emit emitter) error {
	_, err := flowlog.Follow(r, name, o.readOptions(), func(_ []flow.Field, c *flow.Columns) error {
		first := min(int64(c.Len), skip)
		skip -= first
		flows := make([]flow.Flow, 0, c.Len-int(first))
		for i := int(first); i < c.Len; i++ {
			flows = append(flows, c.Flow(i))
		}
		if len(flows) == 0 {
			return nil
		}
		return emit(part, flows)
	})
	return err
}

func readPackets(r io.Reader, name, part string, skip int64, o Options, emit emitter) error {
	_, err := capture.Flows(r, name, o.readOptions(), func(f *flow.Flow) error {
		if skip > 0 {
			skip--
			return nil
		}
		return emit(part, []flow.Flow{*f})
	})
	if fault, ok := errors.AsType[*flow.Fault](err); ok {
		return fault
	}
	return err
}

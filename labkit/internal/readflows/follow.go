package readflows

import (
	"bufio"
	"context"
	"io"
	"os"
	"time"

	"flowlab/labkit/capture"
	"flowlab/labkit/flow"
	"flowlab/labkit/internal/durable"
	"flowlab/labkit/internal/flowlog"
)

// Follow reads the flows that are written to a log or a capture, as long as ctx
// lasts, and gives them to emit a few at a time: those of a log as soon as their
// lines are whole, those of a capture as soon as they are over. A log that is
// rotated or truncated is read on from the new beginning. - is standard input,
// which ends when its writer closes it.
func Follow(ctx context.Context, name string, stdin io.Reader, o flow.ReadOptions, emit func([]flow.Field, *flow.Columns) error) (flow.Report, error) {
	if name == "-" {
		return follow(stdin, name, o, emit)
	}
	f, err := newFollower(name, func() error { return pause(ctx) })
	if err != nil {
		return flow.Report{}, plainPath(err)
	}
	defer f.Close()
	return follow(f, name, o, emit)
}

func follow(r io.Reader, name string, o flow.ReadOptions, emit func([]flow.Field, *flow.Columns) error) (flow.Report, error) {
	in := bufio.NewReader(r)
	if !capture.IsCapture(in) {
		return flowlog.Follow(in, name, o, emit)
	}
	var fields []flow.Field // those of captures
	for f := flow.TS; f < flow.Label; f++ {
		fields = append(fields, f)
	}
	report, err := capture.Flows(in, name, o, func(f *flow.Flow) error {
		one := flow.NewBuilder(fields...)
		one.Add(f)
		return emit(fields, one.Table().Parts[0])
	})
	return report, plainFault(err)
}

// pause waits until it is time to look again, or returns io.EOF when ctx ends.
func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return io.EOF
	case <-time.After(200 * time.Millisecond):
		return nil
	}
}

// A follower reads a file that grows. At its end it waits, and looks whether the
// file has grown, was truncated, or has made room for another of its name.
type follower struct {
	name   string
	wait   func() error // until the file may have changed; its error ends the reading
	file   *os.File
	offset int64
	last   byte // that was read
}

func newFollower(name string, wait func() error) (*follower, error) {
	file, err := durable.Open(name)
	if err != nil {
		return nil, err
	}
	return &follower{name: name, wait: wait, file: file, last: '\n'}, nil
}

// Close closes the file that is open now.
func (f *follower) Close() error { return f.file.Close() }

// Read reads what there is, and waits while there is nothing.
func (f *follower) Read(p []byte) (int, error) {
	for {
		n, err := f.file.Read(p)
		if n > 0 {
			f.offset += int64(n)
			f.last = p[n-1]
			return n, nil
		}
		if err != nil && err != io.EOF {
			return 0, err
		}
		again, err := f.restart()
		if err != nil {
			return 0, err
		}
		if again && f.last != '\n' && len(p) > 0 { // the line that was begun is not continued
			p[0], f.last = '\n', '\n'
			return 1, nil
		}
		if again {
			continue
		}
		if err := f.wait(); err != nil {
			return 0, err
		}
	}
}

// restart goes to the beginning of the file of that name if it is another now, or
// shorter than what was read, and tells whether it is.
func (f *follower) restart() (bool, error) {
	now, err := os.Stat(f.name)
	if err != nil {
		return false, nil // it is being rotated
	}
	before, err := f.file.Stat()
	if err != nil {
		return false, err
	}
	switch {
	case !os.SameFile(now, before):
		file, err := durable.Open(f.name)
		if err != nil {
			return false, nil
		}
		f.file.Close()
		f.file, f.offset = file, 0
		return true, nil
	case now.Size() < f.offset:
		_, err := f.file.Seek(0, io.SeekStart)
		f.offset = 0
		return true, err
	}
	return false, nil
}

package main

import (
	"log/slog"
	"os"
	"sync"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/readflows"
)

// streamRejects keep what is damaged in a source, each at once: a stream may be
// killed. Sockets are read by several goroutines.
type streamRejects struct {
	mu   sync.Mutex
	out  *readflows.Rejects
	log  *slog.Logger
	said bool
}

// newStreamRejects returns what keeps them in a file that is made anew, and a
// function to close it.
func newStreamRejects(path, source string, log *slog.Logger) (r *streamRejects, done func() error, err error) {
	if err := isNoInput("--rejects", path, []string{source}); err != nil {
		return nil, nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, nil, err
	}
	return &streamRejects{out: readflows.NewRejects(f), log: log}, f.Close, nil
}

// add is a flow.ReadOptions.Reject. A file that cannot be written is no reason to
// end: what is counted is counted.
func (r *streamRejects) add(f *flow.Fault, text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.out.Add(f, text)
	if err := r.out.Flush(); err != nil && !r.said {
		r.said = true
		r.log.Error("what is damaged is counted, and no longer kept", "error", err)
	}
}

package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
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
// function to close it. The file is none of the others that the stream has.
func newStreamRejects(path string, others []string, log *slog.Logger) (r *streamRejects, done func() error, err error) {
	if err := isNoInput("--rejects", path, others); err != nil {
		return nil, nil, err
	}
	if isRotated(path, others[0]) {
		return nil, nil, fmt.Errorf("--rejects is %s, which lies where parts of %s do: want another place", flow.Printable(path), flow.Printable(others[0]))
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, nil, err
	}
	rejects := readflows.NewRejects(f)
	if err := rejects.Flush(); err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return &streamRejects{out: rejects, log: log}, f.Close, nil
}

// isRotated tells whether a file would be taken for an older part of a followed
// log, or for one in a followed folder.
func isRotated(path, source string) bool {
	folder, name := filepath.Split(filepath.Clean(path))
	if filepath.Clean(folder) == filepath.Clean(source) {
		return true
	}
	of, log := filepath.Split(filepath.Clean(source))
	return source != "-" && filepath.Clean(folder) == filepath.Clean(of) && strings.HasPrefix(name, log)
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

package live

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"

	"flowlab/labkit/flow"
	"flowlab/labkit/stream"
)

// Options say how a source is read.
type Options struct {
	// Follow reads on as a log grows, also when it is rotated or truncated, and as
	// files come into a folder.
	Follow bool

	Stdin   io.Reader          // what - stands for
	Read    flow.ReadOptions   // of files; always lenient
	Skipped *Skipped           // nil if nobody asks
	Log     *slog.Logger       // nil means none
	Ready   func(where string) // told where a socket listens, once it does
}

// Skipped counts what was damaged and left out, by reason. It may be used by
// several goroutines at once.
type Skipped struct {
	mu     sync.Mutex
	counts map[string]int
}

// Counts returns how often each reason was met.
func (s *Skipped) Counts() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	counts := make(map[string]int, len(s.counts))
	for reason, n := range s.counts {
		counts[reason] = n
	}
	return counts
}

func (s *Skipped) add(reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.counts == nil {
		s.counts = map[string]int{}
	}
	const most = 100 // reasons
	if _, known := s.counts[reason]; !known && len(s.counts) >= most {
		reason = "other reasons"
	}
	s.counts[reason]++
}

// reasonOf returns the reason of a fault in words that are the same for all of its
// kind.
func reasonOf(f *flow.Fault) string {
	if r, ok := errors.AsType[interface {
		error
		Reason() string
	}](f.Err); ok {
		return r.Reason()
	}
	return f.Err.Error()
}

// readOptions returns the options of a reader that goes on whatever comes.
func (o Options) readOptions() flow.ReadOptions {
	read := o.Read
	read.Lenient, read.Limits.Flows = true, -1
	reject := read.Reject
	read.Reject = func(f *flow.Fault, text string) {
		if o.Skipped != nil {
			o.Skipped.add(reasonOf(f))
		}
		if reject != nil {
			reject(f, text)
		}
	}
	return read
}

// Open returns the source that a name stands for: a log or capture, a folder with
// them (read in the order of their names), - for standard input, or
// udp://ADDRESS:PORT for NetFlow and IPFIX that are sent there.
func Open(name string, o Options) (stream.Source, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if address, ok := strings.CutPrefix(name, "udp://"); ok {
		return &netflow{address, o}, nil
	}
	if name == "-" {
		return &pipe{o}, nil
	}
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, fmt.Errorf("labkit: live.Open: %w", err)
	case info.IsDir():
		return &folder{name, o}, nil
	case info.Mode().IsRegular():
		return &log{name, o}, nil
	}
	return nil, fmt.Errorf("labkit: live.Open: %s is no file and no folder: give what it holds to standard input", flow.Printable(name))
}

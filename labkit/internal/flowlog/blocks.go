package flowlog

import (
	"io"
	"runtime"
	"sync/atomic"

	"flowlab/labkit/flow"
)

// A block is some whole lines of a file, all of one layout.
type block struct {
	text   string
	line   int // of the first line
	layout *layout
	lost   *flow.Fault // of a line that is not handed out; then there is no text
}

// parseBlocks parses the blocks that next hands out, on all cores, and enters
// what they hold into the ledger in the order of the file. Of all faults that end
// the reading the first in the file is returned, be it in a block or that which
// ended next.
func parseBlocks(l *ledger, name string, next func() (block, error)) error {
	pending := make(chan chan part, 2*runtime.GOMAXPROCS(0)) // bounds what is in memory
	var failed atomic.Bool
	result := make(chan error)
	go func() {
		var first error
		for c := range pending {
			p := <-c
			if first != nil {
				continue
			}
			if first = l.add(p); first != nil {
				failed.Store(true)
			}
		}
		result <- first
	}()
	last := io.EOF
	for !failed.Load() {
		b, err := next()
		if err != nil {
			last = err
			break
		}
		c := make(chan part, 1)
		pending <- c
		go func() { c <- b.parse(name, l.options) }()
	}
	close(pending)
	if err := <-result; err != nil {
		return err
	}
	return last
}

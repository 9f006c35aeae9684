package flowlog

import (
	"flowlab/labkit/flow"
	"io"
	"runtime"
	"sync/atomic"
)

// A block is some whole lines of a file, all of one layout.
type block struct {
	text   string
	line   int // of the first line
	layout *layout
}

// parseBlocks parses the blocks that next hands out, on all cores, and adds
// their flows to the table in the order of the file. It returns how many rows are
// no flows. Of all faults the first in
// the file is returned, be it in a block or that which ended next.
func parseBlocks(t *flow.Table, name string, next func() (block, error)) (skipped int, err error) {
	type outcome struct {
		part part
		err  error
	}
	pending := make(chan chan outcome, 2*runtime.GOMAXPROCS(0)) // bounds what is in memory
	var failed atomic.Bool
	result := make(chan error)
	go func() {
		var first error
		for c := range pending {
			o := <-c
			if first != nil {
				continue
			}
			if first = o.err; first != nil {
				failed.Store(true)
				continue
			}
			t.Add(o.part.columns)
			skipped += o.part.skipped
		}
		result <- first
	}()
	var last error
	for !failed.Load() {
		b, err := next()
		if err != nil {
			last = err
			break
		}
		c := make(chan outcome, 1)
		pending <- c
		go func() {
			p, err := b.parse(name)
			c <- outcome{p, err}
		}()
	}
	close(pending)
	if err := <-result; err != nil {
		return 0, err
	}
	if last == io.EOF {
		return skipped, nil
	}
	return 0, last
}

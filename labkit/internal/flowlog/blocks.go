package flowlog

import (
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
// their flows to the table in the order of the file. Of all faults the first in
// the file is returned, be it in a block or that which ended next.
func parseBlocks(t *Table, name string, next func() (block, error)) error {
	type outcome struct {
		columns *Columns
		err     error
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
			t.add(o.columns)
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
			columns, err := b.parse(name)
			c <- outcome{columns, err}
		}()
	}
	close(pending)
	if err := <-result; err != nil {
		return err
	}
	if last == io.EOF {
		return nil
	}
	return last
}

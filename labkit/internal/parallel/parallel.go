// Package parallel spreads independent rows over the cores.
//
// It exists so that one place decides how many goroutines run: detectors say
// which rows are independent and in what portions, and since no two portions
// touch the same row, the result does not depend on GOMAXPROCS.
package parallel

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Blocks calls f for [0, n) in blocks of at most size, from up to GOMAXPROCS
// goroutines, and returns when all are done. f must write only what belongs
// to its own block.
func Blocks(n, size int, f func(first, end int)) {
	blocks := (n + size - 1) / size
	workers := min(runtime.GOMAXPROCS(0), blocks)
	if workers <= 1 {
		f(0, n)
		return
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	work := func() {
		for {
			b := int(next.Add(1)) - 1
			if b >= blocks {
				return
			}
			f(b*size, min((b+1)*size, n))
		}
	}
	for range workers - 1 {
		wg.Go(work)
	}
	work() // rather than wait for the others to wake up
	wg.Wait()
}

// BlocksContext is [Blocks], but hands out no more blocks once ctx is done. It
// then returns the error of ctx, and what f writes is incomplete.
func BlocksContext(ctx context.Context, n, size int, f func(first, end int)) error {
	Blocks(n, size, func(first, end int) {
		for ; first < end && ctx.Err() == nil; first += size {
			f(first, min(first+size, end))
		}
	})
	return ctx.Err()
}

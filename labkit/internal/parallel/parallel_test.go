package parallel

import (
	"context"
	"runtime"
	"sync/atomic"
	"testing"
)

func TestBlocksVisitsEachIndexOnce(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, procs := range []int{1, 2, 8} {
		runtime.GOMAXPROCS(procs)
		for _, n := range []int{0, 1, 2, 7, 64, 1000} {
			for _, size := range []int{1, 3, 64, 5000} {
				visits := make([]int, n)
				Blocks(n, size, func(first, end int) {
					for i := first; i < end; i++ {
						visits[i]++
					}
				})
				for i, v := range visits {
					if v != 1 {
						t.Fatalf("GOMAXPROCS %d, n %d, size %d: index %d visited %d times", procs, n, size, i, v)
					}
				}
			}
		}
	}
}

func TestBlocksContextStops(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, procs := range []int{1, 2, 8} {
		runtime.GOMAXPROCS(procs)
		ctx, cancel := context.WithCancel(t.Context())
		var blocks atomic.Int64
		err := BlocksContext(ctx, 1000, 10, func(first, end int) {
			if end-first != 10 {
				t.Errorf("a block from %d to %d: want 10", first, end)
			}
			if blocks.Add(1) == 3 {
				cancel()
			}
		})
		// Those at work when the third asked for an end do theirs.
		if n := blocks.Load(); err != context.Canceled || n < 3 || n > int64(2+procs) {
			t.Errorf("%d blocks on %d cores, error %v: want 3 to %d and %v", n, procs, err, 2+procs, context.Canceled)
		}
		if err := BlocksContext(t.Context(), 1000, 10, func(int, int) {}); err != nil {
			t.Error(err)
		}
	}
}

package parallel

import (
	"runtime"
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

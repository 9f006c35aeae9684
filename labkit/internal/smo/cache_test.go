package smo

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestCache asks caches of many sizes for rows between random swaps, and
// compares with kernel values computed one at a time from the points.
func TestCache(t *testing.T) {
	const n, cols = 40, 3
	p := Problem{Points: cloud(1, n, cols), Cols: cols, Gamma: 0.2, Nu: 0.5}
	for _, size := range []int{0, 3 * n, 10 * n, n * n} {
		c := newCache(t.Context(), newKernel(p), 4*size)
		r := rand.New(rand.NewPCG(2, uint64(size)))
		order := make([]int, n) // the row at each position
		for i := range order {
			order[i] = i
		}
		check := func(i int, row []float32, want int) {
			t.Helper()
			if len(row) != want {
				t.Fatalf("size %d: row has %d values, want %d", size, len(row), want)
			}
			for j, got := range row {
				if want := plainKernel(p, order[i], order[j]); math.Abs(float64(got)-want) > 1e-6 {
					t.Fatalf("size %d: K(%d, %d) = %v, want %v", size, order[i], order[j], got, want)
				}
			}
		}
		for range 3000 {
			switch r.IntN(4) {
			case 0:
				i := r.IntN(n - 1)
				j := i + 1 + r.IntN(n-1-i)
				c.swap(i, j)
				order[i], order[j] = order[j], order[i]
			case 1:
				length := 1 + r.IntN(n)
				for batch, rows := range c.batches(r.Perm(n)[:r.IntN(n)], length) {
					for t, i := range batch {
						check(i, rows[t], length)
					}
				}
			default: // two rows must hold at the same time
				i, j, length := r.IntN(n), r.IntN(n), 1+r.IntN(n)
				first, second := c.row(i, length), c.row(j, length)
				check(i, first, length)
				check(j, second, length)
			}
			held := 0
			for e := c.recent.Front(); e != nil; e = e.Next() {
				if got := cap(e.Value.(*cached).values); got != n {
					t.Fatalf("size %d: memory for %d values, want %d", size, got, n)
				}
				held++
			}
			if held+c.room != c.size || c.size > max(2, size/n) {
				t.Fatalf("size %d: %d rows held and room for %d more, want %d together", size, held, c.room, size/n)
			}
		}
	}
}

// plainKernel returns the kernel value of rows i and j of p.
func plainKernel(p Problem, i, j int) float64 {
	alpha := make([]float64, len(p.Points)/p.Cols)
	alpha[j] = 1
	return plainGradient(p, alpha, i)
}

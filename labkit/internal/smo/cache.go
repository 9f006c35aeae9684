package smo

import (
	"container/list"
	"context"
	"iter"
	"slices"

	"flowlab/labkit/internal/parallel"
)

const (
	// portion is the number of values of one row that a goroutine takes at a time.
	portion = 2048

	// batchRows is the largest number of rows computed at the same time.
	batchRows = 64
)

// A cache keeps kernel rows by position. When memory runs out it forgets those
// that were not asked for longest.
type cache struct {
	*kernel
	ctx    context.Context // of the search that it serves, which ends with it
	rows   []*cached       // by position
	recent list.List       // of *cached that hold memory, last used in front
	size   int             // rows that may be stored
	room   int             // rows that may still be stored
	spare  []float32       // memory of the row forgotten last
	swaps  [][2]int        // of positions, oldest first; rows catch up when they are used
}

// A cached row holds the first kernel values of a position, perhaps not all.
type cached struct {
	values []float32
	swaps  int           // how many of cache.swaps the values have been through
	place  *list.Element // in cache.recent, nil without memory
}

// newCache returns an empty cache of about the given size, and of at least two
// rows: the search works on two at a time.
func newCache(ctx context.Context, k *kernel, bytes int) *cache {
	n := len(k.square)
	size := max(bytes/4/n, 2)
	c := &cache{kernel: k, ctx: ctx, rows: make([]*cached, n), size: size, room: size}
	for i := range c.rows {
		c.rows[i] = new(cached)
	}
	return c
}

// row returns the kernel values of position i with the first n positions. They
// hold until a third row is asked for, or swap is called.
func (c *cache) row(i, n int) []float32 {
	values, known := c.reserve(i, n)
	parallel.Blocks(n-known, portion, func(lo, hi int) {
		c.fill(values, i, known+lo, known+hi)
	})
	return values
}

// batches yields the given positions, in order and as many at a time as are
// computed together, with their rows as row returns them. It ends early if the
// context is done.
func (c *cache) batches(positions []int, n int) iter.Seq2[[]int, [][]float32] {
	return func(yield func([]int, [][]float32) bool) {
		for batch := range slices.Chunk(positions, min(batchRows, c.size)) {
			if c.ctx.Err() != nil || !yield(batch, c.fetch(batch, n)) {
				return
			}
		}
	}
}

// fetch returns the rows of the given positions, at most size of them, as row does.
// It computes the missing ones in parallel.
func (c *cache) fetch(positions []int, n int) [][]float32 {
	rows, known := make([][]float32, len(positions)), make([]int, len(positions))
	for t, i := range positions {
		rows[t], known[t] = c.reserve(i, n)
	}
	parallel.Blocks(len(positions), 1, func(lo, hi int) {
		for t := lo; t < hi; t++ {
			c.fill(rows[t], positions[t], known[t], n)
		}
	})
	return rows
}

// holds reports whether row would return without computing anything.
func (c *cache) holds(i, n int) bool {
	return len(c.rows[i].values) >= n
}

// reserve returns the memory for the first n values of position i, and how
// many of them it holds already. The caller fills in the rest.
func (c *cache) reserve(i, n int) (values []float32, known int) {
	r := c.rows[i]
	c.catchUp(r)
	if r.place != nil {
		c.recent.MoveToFront(r.place)
	}
	if known = len(r.values); known < n {
		c.grow(r, n)
	}
	return r.values[:n], min(known, n)
}

// grow gives r memory for n values, and keeps those it has. All memory is for
// full rows: that of one that is forgotten serves any other, and the garbage
// collector has nothing to do.
func (c *cache) grow(r *cached, n int) {
	if r.place == nil {
		if c.room == 0 {
			c.forget(c.recent.Back().Value.(*cached))
		}
		r.values, c.spare = c.spare, nil
		if r.values == nil {
			r.values = make([]float32, len(c.rows))
		}
		r.swaps = len(c.swaps)
		r.place = c.recent.PushFront(r)
		c.room--
	}
	r.values = r.values[:n]
}

// forget takes the memory of r away.
func (c *cache) forget(r *cached) {
	c.recent.Remove(r.place)
	c.room++
	c.spare = r.values[:0]
	*r = cached{}
}

// swap exchanges positions i < j. It leaves the values of the rows as they are:
// most rows are not used again soon, or ever.
func (c *cache) swap(i, j int) {
	c.kernel.swap(i, j)
	c.rows[i], c.rows[j] = c.rows[j], c.rows[i]
	c.swaps = append(c.swaps, [2]int{i, j})
	if len(c.swaps) < len(c.rows) {
		return
	}
	for e := c.recent.Front(); e != nil; e = e.Next() {
		r := e.Value.(*cached)
		c.catchUp(r)
		r.swaps = 0
	}
	c.swaps = c.swaps[:0]
}

// catchUp applies to the values of r the swaps that it has missed. A row that
// knows the first of two positions and not the second keeps what comes before.
func (c *cache) catchUp(r *cached) {
	for _, swap := range c.swaps[r.swaps:] {
		i, j := swap[0], swap[1]
		switch known := len(r.values); {
		case known > j:
			r.values[i], r.values[j] = r.values[j], r.values[i]
		case known > i:
			r.values = r.values[:i]
		}
	}
	r.swaps = len(c.swaps)
}

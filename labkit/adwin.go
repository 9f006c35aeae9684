package labkit

import (
	"cmp"
	"math"
)

// ADWIN keeps a window of the latest numbers that is as long as their mean does
// not change: it looks for a place where the window could be cut in two whose
// means differ by more than chance allows, and drops the older numbers while
// there is one. It needs no threshold in the units of the numbers, and no length
// of a window: Delta bounds the rate of false alarms.
//
// The window is kept as sums over 1, 2, 4, … numbers, at most six of a size, so
// that memory grows with the logarithm of its length. A change is seen at
// every 32nd number only, and later the smaller it is. Numbers should be bounded:
// one outlier of many spreads can pass for a change.
//
// It cuts where River 0.26's window does. River's class of this name begins
// anew after each change; here, as in the paper, the newer part is kept.
//
// Source: A. Bifet and R. Gavaldà, Learning from Time-Changing Data with
// Adaptive Windowing, SIAM SDM 2007.
type ADWIN struct {
	Delta float64 // the confidence of a cut, in (0, 1). 0 means 0.002.

	window  bucketSum     // of all numbers in the window
	buckets [][]bucketSum // by size: row i holds sums over 2^i numbers, the oldest first
	seen    int
}

var _ DriftDetector = (*ADWIN)(nil)

// MOA's and River's values.
const (
	adwinDelta      = 0.002
	adwinClock      = 32 // a cut is looked for at every 32nd number
	adwinGrace      = 10 // in a window that is longer than this
	adwinMinPart    = 5  // the shortest part that counts
	adwinMaxBuckets = 5  // of a size, before two of them are merged
)

// A bucketSum stands for n numbers.
type bucketSum struct {
	n, total float64
	squares  float64 // the sum of squared differences from their mean
}

func (s bucketSum) mean() float64 { return s.total / s.n }

// between returns the squares that two means apart add to those of the parts.
func (s bucketSum) between(t bucketSum) float64 {
	d := s.mean() - t.mean()
	return s.n * t.n * d * d / (s.n + t.n)
}

func (s bucketSum) plus(t bucketSum) bucketSum {
	if s.n == 0 {
		return t
	}
	return bucketSum{s.n + t.n, s.total + t.total, s.squares + t.squares + s.between(t)}
}

// minus returns what is left of s without its part t.
func (s bucketSum) minus(t bucketSum) bucketSum {
	rest := bucketSum{s.n - t.n, s.total - t.total, s.squares - t.squares}
	if rest.n > 0 {
		rest.squares -= rest.between(t)
	}
	return rest
}

// Width returns how many numbers the window holds.
func (a *ADWIN) Width() int { return int(a.window.n) }

// Mean returns the mean of the window, NaN if it is empty.
func (a *ADWIN) Mean() float64 { return a.window.mean() }

// Update takes the next number, and returns whether the window was cut.
func (a *ADWIN) Update(v float64) bool {
	number := bucketSum{1, v, 0}
	a.window = a.window.plus(number)
	a.insert(number)
	if a.seen++; a.seen%adwinClock != 0 || a.window.n <= adwinGrace {
		return false
	}
	cut := false
	for a.hasCut() {
		a.dropOldest()
		cut = true
	}
	return cut
}

// insert adds a number to the buckets. Where there are too many of a size, the
// two oldest become one of the next.
func (a *ADWIN) insert(s bucketSum) {
	for size := 0; ; size++ {
		if size == len(a.buckets) {
			a.buckets = append(a.buckets, make([]bucketSum, 0, adwinMaxBuckets+1))
		}
		a.buckets[size] = append(a.buckets[size], s)
		row := a.buckets[size]
		if len(row) <= adwinMaxBuckets {
			return
		}
		s = row[0].plus(row[1])
		a.buckets[size] = append(row[:0], row[2:]...)
	}
}

// dropOldest takes the oldest bucket out of the window.
func (a *ADWIN) dropOldest() {
	last := len(a.buckets) - 1
	row := a.buckets[last]
	a.window = a.window.minus(row[0])
	if a.buckets[last] = append(row[:0], row[1:]...); len(a.buckets[last]) == 0 {
		a.buckets = a.buckets[:last]
	}
}

// hasCut tells whether the window can be cut, between two buckets, into parts
// whose means differ by more than the paper's bound for numbers with the window's
// variance.
func (a *ADWIN) hasCut() bool {
	confidence := math.Log(2 * math.Log(a.window.n) / cmp.Or(a.Delta, adwinDelta))
	variance := a.window.squares / a.window.n
	older, newer := bucketSum{}, a.window // without their squares
	for size := len(a.buckets) - 1; size >= 0; size-- {
		for _, b := range a.buckets[size] {
			older.n, older.total = older.n+b.n, older.total+b.total
			newer.n, newer.total = newer.n-b.n, newer.total-b.total
			if older.n < adwinMinPart || newer.n < adwinMinPart {
				continue
			}
			m := 1/(older.n-adwinMinPart+1) + 1/(newer.n-adwinMinPart+1)
			bound := math.Sqrt(2*m*variance*confidence) + 2./3*confidence*m
			if math.Abs(older.mean()-newer.mean()) > bound {
				return true
			}
		}
	}
	return false
}

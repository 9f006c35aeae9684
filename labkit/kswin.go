package labkit

import (
	"cmp"
	"slices"

	"flowlab/labkit/internal/randomstate"
)

// KSWIN sees any change of how numbers are distributed, of their spread too: in a
// window of the latest it compares the newest with as many that are drawn from
// those before, by the Kolmogorov-Smirnov test, which asks how far apart the
// shares of numbers up to a value are. After a change it begins anew.
//
// It needs no scale, since the test heeds the order of numbers alone. It forgets
// what is older than the window, and so never sees a change that takes longer;
// and of 30 numbers only a large difference is sure: 17 must be apart for an Alpha
// of 0.0001, which no change of spread alone brings about. It tests at each
// number, so a stream that does not change has alarms, too: one in some 800
// numbers at River's Alpha, one in 15,000 at the 0.0001 of its example.
//
// What is drawn is drawn as River does, so that it fires where River 0.26 does
// with an equal seed. The paper keeps the newest numbers after a change; River,
// and so KSWIN, keeps none.
//
// Source: C. Raab, M. Heusinger and F.-M. Schleif, Reactive Soft Prototype
// Computing for Concept Drift Streams, Neurocomputing 416, 2020.
type KSWIN struct {
	Alpha  float64 // the p-value up to which a difference counts, in (0, 1); others panic. 0 means 0.005.
	Window int     // numbers in the window (window_size). 0 means 100.
	Newest int     // how many of them are compared, at most half; other numbers panic (stat_size). 0 means 30.
	Seed   uint32

	random         *randomstate.RandomState
	window         []float64
	least          int // the smallest difference that counts, in numbers
	drawn          []int
	sample, newest []float64 // sorted
}

var _ DriftDetector = (*KSWIN)(nil)

// River's values.
const (
	kswinAlpha  = 0.005
	kswinWindow = 100
	kswinNewest = 30
)

// Update takes the next number, and returns whether the newest are distributed
// otherwise than those before.
func (k *KSWIN) Update(v float64) bool {
	width, newest := cmp.Or(k.Window, kswinWindow), cmp.Or(k.Newest, kswinNewest)
	if k.random == nil {
		k.begin(width, newest)
	}
	if len(k.window) == width {
		k.window = append(k.window[:0], k.window[1:]...)
	}
	if k.window = append(k.window, v); len(k.window) < width {
		return false
	}
	before := k.window[:width-newest]
	k.drawn = k.random.Sample(k.drawn[:0], len(before), newest)
	k.sample = k.sample[:0]
	for _, i := range k.drawn {
		k.sample = append(k.sample, before[i])
	}
	k.newest = append(k.newest[:0], k.window[width-newest:]...)
	slices.Sort(k.sample)
	slices.Sort(k.newest)
	if mostApart(k.sample, k.newest) < k.least {
		return false
	}
	k.random = nil // begin anew
	return true
}

func (k *KSWIN) begin(width, newest int) {
	if newest < 1 || newest > width/2 {
		panic(outOfRange("labkit: Newest", newest, "1 to %d, half of the window", width/2))
	}
	if alpha := k.Alpha; alpha != 0 && !(alpha > 0 && alpha < 1) {
		panic(outOfRange("labkit: Alpha", alpha, "above 0 and below 1"))
	}
	k.random = randomstate.NewPython(k.Seed)
	k.window = k.window[:0]
	k.least = leastDifference(newest, cmp.Or(k.Alpha, kswinAlpha))
}

// mostApart returns the largest difference between how many of a and of b are at
// most v, of all v. Both are sorted and of one length.
func mostApart(a, b []float64) (most int) {
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		v := a[i]
		if cmp.Less(b[j], v) {
			v = b[j]
		}
		for i < len(a) && !cmp.Less(v, a[i]) {
			i++
		}
		for j < len(b) && !cmp.Less(v, b[j]) {
			j++
		}
		most = max(most, i-j, j-i)
	}
	return most
}

// leastDifference returns the smallest difference of two samples of n numbers
// whose p-value is at most alpha, n + 1 if there is none. Like River it wants
// more than a tenth of n.
func leastDifference(n int, alpha float64) int {
	least := n/10 + 1
	for least <= n && differenceP(n, least) > alpha {
		least++
	}
	return least
}

// differenceP returns the probability that two samples of n numbers each of one
// continuous distribution differ by d or more: the share of walks of n steps up
// and n down that come to d or -d, which are counted by reflection, alternately
// added and taken off.
//
// Source: B. V. Gnedenko and V. S. Korolyuk, On the Maximum Discrepancy between
// Two Empirical Distributions, Doklady Akademii Nauk SSSR 80, 1951.
func differenceP(n, d int) float64 {
	p := 0.0
	for reflections := n / d; reflections >= 1; reflections-- {
		// C(2n, n - reflections·d) / C(2n, n)
		share := 1.0
		for i := range reflections * d {
			share *= float64(n-i) / float64(n+i+1)
		}
		if reflections%2 == 0 {
			share = -share
		}
		p += 2 * share
	}
	return min(p, 1)
}

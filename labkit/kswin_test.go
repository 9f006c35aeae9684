package labkit

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// Two numbers and two others fall into 6 orders, of which aabb and bbaa are 2
// apart; three and three into 20, of which 2 are 3 apart. The others are SciPy
// 1.17's ks_2samp(method="exact").
func TestDifferenceP(t *testing.T) {
	for _, c := range []struct {
		n, d int
		want float64
	}{
		{1, 1, 1}, {2, 1, 1}, {2, 2, 2. / 6}, {3, 3, 2. / 20},
		{10, 4, 0.41752365281777043}, {30, 12, 0.015643390496754332}, {30, 16, 0.0002933405491362055}, {100, 20, 0.03638428787491733},
	} {
		if got := differenceP(c.n, c.d); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%d of %d: got %v, want %v", c.d, c.n, got, c.want)
		}
	}
}

// The probability is the share of all orders of a and b, each as likely.
func TestDifferencePIsAShareOfOrders(t *testing.T) {
	for n := 1; n <= 6; n++ {
		atLeast, orders := make([]int, n+1), 0
		for set := range uint(1) << (2 * n) { // which places are a's
			var a, b []float64
			for place := range 2 * n {
				if set>>place&1 == 1 {
					a = append(a, float64(place))
				} else {
					b = append(b, float64(place))
				}
			}
			if len(a) != n {
				continue
			}
			orders++
			for d := range mostApart(a, b) + 1 {
				atLeast[d]++
			}
		}
		for d := 1; d <= n; d++ {
			if got, want := differenceP(n, d), float64(atLeast[d])/float64(orders); math.Abs(got-want) > 1e-12 {
				t.Errorf("%d of %d: got %v, want %v", d, n, got, want)
			}
		}
	}
}

// Only the order of numbers counts, and the same numbers in a row are none that
// has changed.
func TestKSWINHeedsOrderAlone(t *testing.T) {
	values := readDrift(t, "wandering").values
	grown := make([]float64, len(values))
	for i, v := range values {
		grown[i] = math.Exp(v / 3)
	}
	want := firings(&KSWIN{Seed: 1}, values)
	if got := firings(&KSWIN{Seed: 1}, grown); len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("fires at %v, and at %v for exp of the numbers", want, got)
	}
	if at := firings(&KSWIN{}, make([]float64, 10_000)); len(at) > 0 {
		t.Errorf("of zeros alone it fires at %v", at)
	}
}

// A number that is none does not stop it for good.
func TestKSWINOfNaN(t *testing.T) {
	values := append([]float64{math.NaN(), math.Inf(1), math.NaN()}, readDrift(t, "documented").values...)
	if at := firings(&KSWIN{Alpha: 0.0001, Seed: 42}, values); len(at) != 1 || at[0] < 1003 || at[0] > 1033 {
		t.Errorf("fires at %v, want once soon after 1003", at)
	}
}

func TestKSWINRefuses(t *testing.T) {
	for _, k := range []*KSWIN{{Newest: 51}, {Newest: -1}, {Window: 1, Newest: 1}, {Window: -3}, {Alpha: -1}, {Alpha: 1}, {Alpha: math.NaN()}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%+v passes", k)
				}
			}()
			k.Update(1)
		}()
	}
}

// Numbers from 0 to 1, then from -1 to 2: their mean is what it was.
func ExampleKSWIN() {
	kswin, pageHinkley := KSWIN{Alpha: 0.0001, Window: 400, Newest: 100}, PageHinkley{}
	for i := range 1000 {
		v := float64(i*7919%101) / 101
		if i >= 500 {
			v = 3*v - 1
		}
		if kswin.Update(v) {
			fmt.Println("KSWIN sees a change at", i)
		}
		if pageHinkley.Update(v) {
			fmt.Println("Page-Hinkley sees a change at", i)
		}
	}
	// Output: KSWIN sees a change at 592
}

func BenchmarkKSWIN(b *testing.B) {
	var k KSWIN
	x := normalRows(1, 1, 4096).RawMatrix().Data
	i := 0
	for b.Loop() {
		k.Update(x[i%4096])
		i++
	}
}

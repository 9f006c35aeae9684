package labkit

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// Values are numpy 2.4.6's percentile of the same five numbers, to the last bit.
func TestPercentile(t *testing.T) {
	values := []float64{0.1, 0.7, 0.2, 1.3, -0.9}
	for _, c := range []struct{ q, want float64 }{
		{0, -0.9}, {5, -0.7}, {10, -0.5}, {18, -0.18000000000000002}, {33, 0.132}, {50, 0.2},
		{66.6, 0.5319999999999998}, {75, 0.7}, {90, 1.06}, {99, 1.276}, {100, 1.3},
	} {
		if got := Must(Percentile(values, c.q)); got != c.want {
			t.Errorf("percentile %v is %v, want %v", c.q, got, c.want)
		}
	}
	if !slices.Equal(values, []float64{0.1, 0.7, 0.2, 1.3, -0.9}) {
		t.Errorf("the values given are now %v", values)
	}
	if got := Must(Percentile([]float64{7}, 30)); got != 7 {
		t.Errorf("percentile of a single 7 is %v", got)
	}
}

func TestPercentileRefuses(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		values []float64
		q      float64
		want   string
	}{
		{[]float64{1, math.Inf(-1)}, 50, "Percentile: value 1 is -Inf: want a finite number"},
		{[]float64{math.MaxFloat64, -math.MaxFloat64}, 30, "Percentile: the values, from"},
		{[]float64{1}, -1, "Percentile: q is -1: want 0 to 100"},
		{[]float64{1}, 100.5, "q is 100.5"},
		{[]float64{1}, nan, "q is NaN"},
		{nil, 50, "Percentile: no values"},
	} {
		_, err := Percentile(c.values, c.q)
		wantError(t, c.want, err, c.want)
	}
}

// Percentiles by selection are those of the sorted values, to the last bit, on
// values in any order and with many of them equal.
func TestPercentileIsThatOfSortedValues(t *testing.T) {
	for _, n := range []int{1, 2, 3, 10, 1000, 5000} {
		for _, kinds := range []int{1, 2, 7, 1 << 20} {
			for name, values := range orders(n, kinds) {
				sorted := slices.Sorted(slices.Values(values))
				for _, q := range []float64{0, 10, 33.3, 50, 75, 90, 99.9, 100} {
					if got, want := Must(Percentile(values, q)), percentileOfSorted(sorted, q); got != want {
						t.Errorf("percentile %v of %d values of %d kinds, %s: %v, want %v", q, n, kinds, name, got, want)
					}
				}
			}
		}
	}
}

// orders returns n values, of which at most so many are different, in several orders.
func orders(n, kinds int) map[string][]float64 {
	drawn := make([]float64, n)
	for i, r := 0, rand.New(rand.NewPCG(1, uint64(kinds))); i < n; i++ {
		drawn[i] = float64(r.IntN(kinds)) / 3
	}
	rising := slices.Sorted(slices.Values(drawn))
	falling := slices.Clone(rising)
	slices.Reverse(falling)
	return map[string][]float64{
		"drawn": drawn, "rising": rising, "falling": falling,
		"rising and falling": slices.Concat(rising[n/2:], falling[n-n/2:]),
	}
}

func TestSelectNth(t *testing.T) {
	values := make([]float64, 3000)
	for i := range values {
		values[i] = float64(i * 7 % 3000)
	}
	for nth := range 3000 {
		v := slices.Clone(values)
		if selectNth(v, nth); v[nth] != float64(nth) {
			t.Fatalf("value %d is %v", nth, v[nth])
		}
	}
}

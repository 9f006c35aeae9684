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

func TestThreshold(t *testing.T) {
	tenth := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}
	for _, c := range []struct {
		scores        []float64
		contamination float64
		want          float64
	}{
		{tenth, 0.1, 10},
		{tenth, 0.5, 6},
		{tenth, 0.25, 8.5},
		{[]float64{5, 5, 5}, 0.1, 5},
		// 1 - 0.3 is rounded: the 70th percentile would be 0.41999999999999993.
		{[]float64{0.6, 0.3, 0}, 0.3, 0.42},
	} {
		if got := Must(Threshold(c.scores, c.contamination)); got != c.want {
			t.Errorf("contamination %v of %v: threshold %v, want %v", c.contamination, c.scores, got, c.want)
		}
	}
}

// Without ties, the threshold flags the fraction that it was asked for.
func TestThresholdFlagsTheFraction(t *testing.T) {
	scores := make([]float64, 1000)
	for i := range scores {
		scores[i] = float64(i * 7 % 1000)
	}
	for _, contamination := range []float64{0.001, 0.01, 0.1, 0.25, 0.5} {
		got := CountTrue(Predict(scores, Must(Threshold(scores, contamination))))
		if want := int(math.Round(1000 * contamination)); got != want {
			t.Errorf("contamination %v flags %d of 1000, want %d", contamination, got, want)
		}
	}
}

// The thresholds are the negated offset_ of scikit-learn's detectors.
func TestThresholdIsScikitLearns(t *testing.T) {
	var want struct {
		Forest float64 `json:"if_offset"`
		LOF    float64 `json:"lof_offset"`
	}
	readJSON(t, "seed42_meta.json", &want)
	x := readMatrix(t, "seed42_scores.csv", "if_score_samples", "lof_nof")
	for j, offset := range []float64{want.Forest, want.LOF} {
		if got := Must(Threshold(negatedColumn(x, j), 0.1)); got != -offset {
			t.Errorf("column %d: threshold %v, want %v", j, got, -offset)
		}
	}
}

func TestThresholdRefuses(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		scores        []float64
		contamination float64
		want          string
	}{
		{[]float64{1}, 0, "Threshold: contamination is 0: want a fraction in (0, 0.5]"},
		{[]float64{1}, 0.6, "contamination is 0.6"},
		{[]float64{1}, -0.1, "contamination is -0.1"},
		{[]float64{1}, nan, "contamination is NaN"},
		{nil, 0.1, "Threshold: no scores: want at least one"},
		{[]float64{1, nan}, 0.1, "Threshold: score 1 is NaN: want a finite number"},
		{[]float64{1, math.Inf(1)}, 0.1, "Threshold: score 1 is +Inf: want a finite number"},
	} {
		_, err := Threshold(c.scores, c.contamination)
		wantError(t, c.want, err, c.want)
	}
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

func TestPredictIsStrict(t *testing.T) {
	got := Predict([]float64{0.4, 0.5, 0.6, math.Inf(1)}, 0.5)
	if !slices.Equal(got, []bool{false, false, true, true}) {
		t.Errorf("scores 0.4, 0.5, 0.6, +Inf above 0.5: %v", got)
	}
	if n := CountTrue(got); n != 2 {
		t.Errorf("%d flagged, want 2", n)
	}
	if got := Predict(nil, 0); len(got) != 0 || CountTrue(got) != 0 {
		t.Errorf("no scores: %v", got)
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

func BenchmarkThreshold(b *testing.B) {
	scores := orders(1_000_000, 1<<40)["drawn"]
	b.ReportAllocs()
	for b.Loop() {
		Must(Threshold(scores, 0.1))
	}
}

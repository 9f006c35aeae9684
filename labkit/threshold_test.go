package labkit

import (
	"math"
	"slices"
	"testing"
)

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

func BenchmarkThreshold(b *testing.B) {
	scores := orders(1_000_000, 1<<40)["drawn"]
	b.ReportAllocs()
	for b.Loop() {
		Must(Threshold(scores, 0.1))
	}
}

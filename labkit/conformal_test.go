package labkit

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestPValueByHand(t *testing.T) {
	// Of five scores, the row itself is the sixth that chance could have brought.
	c := Must(Calibrate([]float64{3, 1, 2, 2, 5}))
	for score, want := range map[float64]float64{
		9:   1.0 / 6, // none is as high
		5:   2.0 / 6, // one is equal
		4:   2.0 / 6,
		2:   5.0 / 6, // 2, 2, 3 and 5
		1:   1,
		0.5: 1,
	} {
		if got := c.PValue(score); got != want {
			t.Errorf("of %v: %v, want %v", score, got, want)
		}
	}
	if p := c.PValue(math.NaN()); p != 1 {
		t.Errorf("of NaN: %v, want 1", p)
	}
	if got := c.PValues([]float64{9, 1}); !slices.Equal(got, []float64{1.0 / 6, 1}) || c.Len() != 5 {
		t.Errorf("%v of %d", got, c.Len())
	}
	if p := (Calibration{}).PValue(7); p != 1 {
		t.Errorf("without a calibration %v, want 1", p)
	}
}

// Counting one by one, with ties throughout, gives the same.
func TestPValueCounts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	scores := make([]float64, 60)
	for i := range scores {
		scores[i] = float64(r.IntN(20))
	}
	given := slices.Clone(scores)
	c := Must(Calibrate(scores))
	if !slices.Equal(scores, given) {
		t.Error("Calibrate writes into its argument")
	}
	for score := -1.0; score < 21; score += 0.5 {
		count := 1
		for _, s := range scores {
			if s >= score {
				count++
			}
		}
		if got, want := c.PValue(score), float64(count)/61; got != want {
			t.Errorf("of %v: %v, want %v", score, got, want)
		}
	}
}

// Of a forest's scores of new rows from the same distribution, as many p-values
// are at most α as α says. With n rows of calibration and m new ones, that share
// has the variance α(1-α)(1/n + 1/m), nearly: beyond 5 of its standard deviations
// it is, by one seed in a million, for each of the three.
func TestPValuesOfCleanRowsAreUniform(t *testing.T) {
	const n, m = 4000, 4000
	model := Must(IsolationForest{Seed: 1}.Fit(normalRows(1, 1000, 3)))
	c := Must(Calibrate(Must(model.Score(normalRows(2, n, 3)))))
	p := c.PValues(Must(model.Score(normalRows(3, m, 3))))
	for _, alpha := range []float64{0.01, 0.1, 0.5} {
		share := 0.0
		for _, v := range p {
			if v <= alpha {
				share += 1.0 / m
			}
		}
		if bound := 5 * math.Sqrt(alpha*(1-alpha)*(1.0/n+1.0/m)); math.Abs(share-alpha) > bound {
			t.Errorf("%.4f of the p-values are at most %v, want within %.4f", share, alpha, bound)
		}
	}
}

// All orders of four scores are equally likely to have each as the new one: on
// average over them P(p <= k/4) is k/4, exactly, and at most that with ties.
func TestPValueIsValid(t *testing.T) {
	for _, four := range [][]float64{{1, 2, 3, 4}, {1, 2, 2, 4}, {3, 3, 3, 3}} {
		for k := 1; k <= 4; k++ {
			alpha, within := float64(k)/4, 0
			for i, score := range four {
				rest := slices.Delete(slices.Clone(four), i, i+1)
				if Must(Calibrate(rest)).PValue(score) <= alpha {
					within++
				}
			}
			if distinct := four[1] != four[2]; within > k || distinct && within != k {
				t.Errorf("%v: %d of 4 p-values are at most %v", four, within, alpha)
			}
		}
	}
}

func TestCalibrateRefuses(t *testing.T) {
	_, err := Calibrate(nil)
	wantError(t, "nothing", err, "Calibrate: no scores")
	_, err = Calibrate([]float64{1, math.NaN()})
	wantError(t, "NaN", err, "Calibrate: score 1 is NaN")
	_, err = Calibrate([]float64{math.Inf(-1)})
	wantError(t, "infinity", err, "score 0 is -Inf")
}

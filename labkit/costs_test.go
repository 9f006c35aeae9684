package labkit

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestCostThresholdByHand(t *testing.T) {
	scores := []float64{9, 8, 7, 6, 5}
	labels := []bool{true, false, false, true, false}
	for _, c := range []struct {
		costs Costs
		want  float64 // the threshold
		cost  float64
	}{
		// Flag 9: one miss, 3. Flag 9 to 6: two false alerts, 2. All: 3. None: 6.
		{Costs{FalseAlert: 1, Miss: 3}, 5, 2},
		// One miss, 1, or two false alerts, 2.
		{Costs{FalseAlert: 1, Miss: 1}, 8, 1},
		// One miss, 2, or two false alerts, 2: the fewer alerts.
		{Costs{FalseAlert: 1, Miss: 2}, 8, 2},
	} {
		got := Must(c.costs.Threshold(scores, labels))
		if cost := c.costs.Of(Must(NewConfusion(Predict(scores, got), labels))); got != c.want || cost != c.cost {
			t.Errorf("%+v: threshold %v for %v, want %v for %v", c.costs, got, cost, c.want, c.cost)
		}
	}
	// The anomaly stands last: flag all, or none.
	last := []bool{false, false, true}
	if got := Must(Costs{1, 5}.Threshold([]float64{3, 2, 1}, last)); !(got < 1 && got > 0.999) {
		t.Errorf("threshold %v, want just below 1", got)
	}
	if got := Must(Costs{1, 1}.Threshold([]float64{3, 2, 1}, last)); got != 3 {
		t.Errorf("threshold %v, want 3", got)
	}
}

// No other threshold costs less.
func TestCostThresholdIsTheBest(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 100 {
		scores, labels := make([]float64, 25), make([]bool, 25)
		for i := range scores {
			labels[i] = i == 0 || r.IntN(4) == 0
			scores[i] = float64(r.IntN(12))
			if labels[i] {
				scores[i] += 4
			}
		}
		costs := Costs{FalseAlert: 1 + float64(r.IntN(4)), Miss: 1 + float64(r.IntN(9))}
		cost := func(threshold float64) float64 {
			return costs.Of(Must(NewConfusion(Predict(scores, threshold), labels)))
		}
		best := Must(costs.Threshold(scores, labels))
		for other := -0.5; other < 20; other++ {
			if cost(other) < cost(best) || cost(other) == cost(best) && CountTrue(Predict(scores, other)) < CountTrue(Predict(scores, best)) {
				t.Fatalf("%+v: threshold %v costs %v, %v costs %v", costs, best, cost(best), other, cost(other))
			}
		}
	}
}

// Where a score is the probability of an anomaly, the threshold is Elkan's
// FalseAlert/(FalseAlert + Miss): here 1/(1+4) = 0.2, between scores 0.01 apart.
func TestCostThresholdIsElkans(t *testing.T) {
	var scores []float64
	var labels []bool
	for percent := range 100 {
		for i := range 100 {
			scores = append(scores, float64(percent)/100)
			labels = append(labels, i < percent)
		}
	}
	if got := Must(Costs{FalseAlert: 1, Miss: 4}.Threshold(scores, labels)); math.Abs(got-0.2) > 0.01 {
		t.Errorf("threshold %v, want 0.2", got)
	}
}

func TestCostThresholdRefuses(t *testing.T) {
	scores, labels := []float64{1, 2}, []bool{false, true}
	for _, c := range []Costs{{}, {FalseAlert: 1}, {Miss: 1}, {-1, 1}, {math.Inf(1), 1}, {1, math.NaN()}} {
		_, err := c.Threshold(scores, labels)
		wantError(t, "costs", err, "want both above 0 and finite")
	}
	_, err := Costs{1, 1}.Threshold(scores, []bool{false, false})
	wantError(t, "no anomaly", err, "Costs.Threshold: none of the 2 labels is an anomaly")
	_, err = Costs{1, 1}.Threshold([]float64{1, math.Inf(1)}, labels)
	wantError(t, "infinity", err, "score 1 is +Inf")
	_, err = Costs{1, 1}.Threshold(scores[:1], labels)
	wantError(t, "lengths", err, "1 scores and 2 labels")
}

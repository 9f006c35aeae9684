package labkit

import (
	"math"
	"testing"
)

func TestStabilityByHand(t *testing.T) {
	// Of 0 to 9, the deciles are 0.9, 1.8, …, 8.1: one value in each bin.
	var old []float64
	for i := range 10 {
		old = append(old, float64(i))
	}
	b := Must(NewStabilityBaseline(old))
	if len(b.Edges) != 9 || math.Abs(b.Edges[0]-0.9) > 1e-12 || math.Abs(b.Shares[9]-0.1) > 1e-12 {
		t.Fatalf("%+v", b)
	}
	if psi := b.Index(old); math.Abs(psi) > 1e-12 {
		t.Errorf("of the same values: %v, want 0", psi)
	}
	// Half of the new values in the first bin, half in the last; none, that is
	// 0.0001, in the eight between.
	want := 2*(0.5-0.1)*math.Log(5) + 8*(1e-4-0.1)*math.Log(1e-3)
	if psi := b.Index([]float64{0, 9, 0, 9}); math.Abs(psi-want) > 1e-12 {
		t.Errorf("of the ends: %v, want %v", psi, want)
	}
	if !math.IsNaN(b.Index(nil)) {
		t.Error("of nothing it is a number")
	}
}

// A flag has two bins, and the third, above 1, is empty.
func TestStabilityOfAFlag(t *testing.T) {
	flags := []float64{0, 0, 0, 1, 1, 1, 1, 1, 1, 1}
	b := Must(NewStabilityBaseline(flags))
	want := (0.6-0.3)*math.Log(0.6/0.3) + (0.4-0.7)*math.Log(0.4/0.7)
	if psi := b.Index([]float64{0, 0, 0, 1, 1}); math.Abs(psi-want) > 1e-9 {
		t.Errorf("%+v: %v, want %v", b, psi, want)
	}
}

// A flag that nearly all had, and none has now, has changed.
func TestStabilityBelowAMass(t *testing.T) {
	old := make([]float64, 100)
	for i := range 95 {
		old[i] = 1
	}
	b := Must(NewStabilityBaseline(old))
	want := (1-0.05)*math.Log(1/0.05) + (1e-4-0.95)*math.Log(1e-4/0.95)
	if psi := b.Index(make([]float64, 50)); math.Abs(psi-want) > 1e-9 {
		t.Errorf("%+v: %v, want %v", b, psi, want)
	}
}

func TestStabilityRefuses(t *testing.T) {
	for _, values := range [][]float64{nil, {1, math.NaN()}, {math.Inf(1)}} {
		if _, err := NewStabilityBaseline(values); err == nil {
			t.Errorf("%v is taken", values)
		}
	}
}

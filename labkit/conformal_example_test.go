package labkit_test

import (
	"fmt"

	"flowlab/labkit"
)

// Nine scores of ordinary flows that the detector was not fitted to. A score
// above all of them has the smallest p-value that nine can give.
func ExampleCalibration_PValue() {
	ordinary := labkit.Must(labkit.Calibrate([]float64{0.41, 0.44, 0.38, 0.52, 0.40, 0.47, 0.39, 0.43, 0.60}))
	for _, score := range []float64{0.45, 0.60, 0.90} {
		fmt.Printf("score %.2f: p-value %.1f\n", score, ordinary.PValue(score))
	}
	// Output:
	// score 0.45: p-value 0.4
	// score 0.60: p-value 0.2
	// score 0.90: p-value 0.1
}

// A single flow with p-value 0.06 would be flagged at 0.1. Among six ordinary
// flows every third list has one as strange, by chance.
func ExampleBenjaminiHochberg() {
	p := []float64{0.003, 0.06, 0.6, 0.009, 0.3, 0.8}
	fmt.Println(labkit.Must(labkit.BenjaminiHochberg(p, 0.1)))
	// Output:
	// [true false false true false false]
}

// A miss costs as much as thirty false alerts: it pays to look further down.
func ExampleCosts_Threshold() {
	scores := []float64{0.9, 0.8, 0.7, 0.6, 0.5, 0.4}
	labels := []bool{true, false, false, true, false, false}
	for _, miss := range []float64{1, 30} {
		costs := labkit.Costs{FalseAlert: 1, Miss: miss}
		threshold := labkit.Must(costs.Threshold(scores, labels))
		fmt.Printf("a miss costs %.0f: %d alerts\n", miss, labkit.CountTrue(labkit.Predict(scores, threshold)))
	}
	// Output:
	// a miss costs 1: 1 alerts
	// a miss costs 30: 4 alerts
}

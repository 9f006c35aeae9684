package labkit_test

import (
	"fmt"

	"flowlab/labkit"
)

// A score that equals the threshold is not above it.
func ExamplePredict() {
	fmt.Println(labkit.Predict([]float64{0.3, 0.5, 0.7}, 0.5))
	// Output:
	// [false false true]
}

// Between two values the percentile is interpolated.
func ExamplePercentile() {
	seconds := []float64{0.2, 0.1, 8, 0.4}
	for _, q := range []float64{50, 75, 100} {
		fmt.Printf("%3.0f %%: %.1f s\n", q, labkit.Must(labkit.Percentile(seconds, q)))
	}
	// Output:
	//  50 %: 0.3 s
	//  75 %: 2.3 s
	// 100 %: 8.0 s
}

// Lower thresholds find more anomalies, and with them false alarms.
func ExamplePRCurve() {
	scores := []float64{0.9, 0.8, 0.7, 0.6, 0.5}
	labels := []bool{true, false, true, false, false}
	precision, recall, thresholds, err := labkit.PRCurve(scores, labels)
	if err != nil {
		panic(err)
	}
	for i, t := range thresholds {
		fmt.Printf("from %.1f on: precision %.2f, recall %.1f\n", t, precision[i], recall[i])
	}
	// Output:
	// from 0.9 on: precision 1.00, recall 0.5
	// from 0.8 on: precision 0.50, recall 0.5
	// from 0.7 on: precision 0.67, recall 1.0
	// from 0.6 on: precision 0.50, recall 1.0
	// from 0.5 on: precision 0.40, recall 1.0
}

// Found first or found last: average precision tells the two rankings apart by
// what an analyst reads from the top.
func ExampleAveragePrecision() {
	labels := []bool{true, false, false, false}
	fmt.Println(labkit.Must(labkit.AveragePrecision([]float64{0.9, 0.3, 0.2, 0.1}, labels)))
	fmt.Println(labkit.Must(labkit.AveragePrecision([]float64{0.1, 0.3, 0.2, 0.9}, labels)))
	// Output:
	// 1
	// 0.25
}

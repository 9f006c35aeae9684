package labkit_test

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
)

// The last of eight flows has an ordinary duration and too many bytes.
func ExampleExplainer() {
	x := mat.NewDense(8, 2, []float64{
		1.1, 11,
		0.9, 12,
		1.0, 12.5,
		1.2, 13,
		0.8, 14,
		1.1, 15,
		0.9, 16,
		1.0, 40,
	})
	model := labkit.Must(labkit.LocalOutlierFactor{Neighbors: 3}.Fit(x))
	explainer := labkit.Must(labkit.NewExplainer(model, x))
	why := labkit.Must(explainer.Explain(mat.NewDense(1, 2, []float64{1, 40})))[0]
	fmt.Printf("score %.2f, ordinary %.2f\n", why.Score, why.Ordinary)
	for _, column := range why.Ranking() {
		fmt.Printf("column %d adds %.1f\n", column, math.Abs(why.Contributions[column]))
	}
	// Output:
	// score 7.72, ordinary 0.92
	// column 1 adds 6.8
	// column 0 adds 0.0
}

// Cut at random, 40 is alone after hardly more than one split.
func ExampleIsolationPaths() {
	x := mat.NewDense(8, 1, []float64{11, 12, 12.5, 13, 14, 15, 16, 40})
	model := labkit.Must(labkit.IsolationForest{Seed: 42}.Fit(x))
	for _, row := range []int{3, 7} {
		path := labkit.Must(labkit.IsolationPaths(model, x))[row]
		fmt.Printf("%v: %.2f splits, rows together %.1f\n", x.At(row, 0), path.Length, path.Together)
	}
	// Output:
	// 13: 4.35 splits, rows together [8.0 6.6 4.7 3.1]
	// 40: 1.23 splits, rows together [8.0 1.7 1.0]
}

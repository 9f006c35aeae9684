package labkit_test

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
)

// New flows are scaled by what the old ones have taught, not by themselves.
func ExampleStandardScaler() {
	old := mat.NewDense(4, 1, []float64{2, 4, 4, 6})
	scaler := labkit.Must(labkit.StandardScaler{}.Fit(old))
	fmt.Printf("mean %v, standard deviation %.3f\n", scaler.Centre, scaler.Scale)
	fresh := labkit.Must(scaler.Transform(mat.NewDense(2, 1, []float64{4, 8})))
	fmt.Printf("%.2f and %.2f\n", fresh.At(0, 0), fresh.At(1, 0))
	// Output:
	// mean [4], standard deviation [1.414]
	// 0.00 and 2.83
}

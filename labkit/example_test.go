package labkit_test

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
)

// The road of the notebooks, from flows to a judgement of the alerts.
func Example() {
	flows := labkit.Must(labkit.AddFeatures(labkit.GenerateFlows(42)))
	x := labkit.Must(labkit.Features(flows))
	scaled := labkit.Must(labkit.Must(labkit.RobustScaler{}.Fit(x)).Transform(x))
	scores := labkit.Must(labkit.IsolationForest{Seed: 42}.Fit(scaled)).TrainScores()

	flagged := labkit.Predict(scores, labkit.Must(labkit.Threshold(scores, 0.1)))
	labels := labkit.Must(labkit.Labels(flows))
	fmt.Println("flagged:", labkit.CountTrue(flagged))
	fmt.Println(labkit.Must(labkit.NewConfusion(flagged, labels)))
	fmt.Printf("ROC AUC: %.3f\n", labkit.Must(labkit.ROCAUC(scores, labels)))
	// Output:
	// flagged: 100
	// Precision: 0.600
	// Recall: 0.600
	// F1 Score: 0.600
	// ROC AUC: 0.961
}

func ExampleGenerateFlows() {
	flows := labkit.GenerateFlows(42)
	fmt.Println(flows.Nrow(), "rows:", flows.Names())
	some := flows.Select([]string{"bytes_sent", "duration", "dst_port", "protocol", "label"})
	fmt.Println(labkit.Must(labkit.Text(some.Subset([]int{0, 1, 2}))))
	// Output:
	// 1000 rows: [bytes_sent bytes_recv packets_sent packets_recv duration dst_port protocol label]
	//  bytes_sent  duration  dst_port protocol  label
	// 5132.561814  3.288851       443      TCP      0
	// 7964.034395  2.523201       443      TCP      0
	//  473.014370  3.593107       443      TCP      0
}

func ExampleDescribe() {
	flows := labkit.GenerateFlows(42)
	fmt.Println("1,000 flows:")
	fmt.Println(labkit.Must(labkit.Describe(flows, "packets_sent", "duration")))
	// Output:
	// 1,000 flows:
	//        packets_sent     duration
	// count   1000.000000  1000.000000
	// mean      94.618000     4.306211
	// std      134.581076     4.662852
	// min       31.000000     0.001205
	// 25%       46.000000     0.920024
	// 50%       51.000000     2.797972
	// 75%       56.000000     5.906573
	// max      549.000000    35.700322
}

func ExampleAddFeatures() {
	flows := labkit.Must(labkit.AddFeatures(labkit.GenerateFlows(42)))
	rates := flows.Select([]string{"bytes_per_second", "bytes_ratio", "is_well_known_port"})
	fmt.Println(labkit.Must(labkit.Text(rates.Subset([]int{0, 1, 2}))))
	// Output:
	// bytes_per_second  bytes_ratio  is_well_known_port
	//      10484.334879     0.148846                   1
	//       8495.304750     0.371520                   1
	//       2453.324494     0.053654                   1
}

func ExampleFeatures() {
	flows := labkit.GenerateFlows(42)
	x := labkit.Must(labkit.Features(flows, "packets_sent", "packets_recv"))
	rows, cols := x.Dims()
	fmt.Println(rows, "rows,", cols, "columns; the first row is", x.RawRowView(0))

	_, err := labkit.Features(flows, "packets_sent", "protocol")
	fmt.Println(err)
	// Output:
	// 1000 rows, 2 columns; the first row is [35 93]
	// labkit: Features: column "protocol" holds text: want numbers
}

// A capture that has no byte counts for one of its flows.
func ExampleComplete() {
	flows := labkit.GenerateFlows(42).Subset([]int{0, 1, 2})
	flows.Elem(1, 0).Set(nil)
	usable, dropped, err := labkit.Complete(flows, "bytes_sent", "bytes_recv")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(usable.Nrow(), "flows can be used,", dropped, "left out")
	// Output:
	// 2 flows can be used, 1 left out
}

// One flow of a gigabyte. The five others keep their distances under robust
// scaling; under standard scaling they are all the same.
func ExampleRobustScaler() {
	kilobytes := mat.NewDense(6, 1, []float64{1, 2, 3, 4, 5, 1e6})
	robust := labkit.Must(labkit.Must(labkit.RobustScaler{}.Fit(kilobytes)).Transform(kilobytes))
	standard := labkit.Must(labkit.Must(labkit.StandardScaler{}.Fit(kilobytes)).Transform(kilobytes))
	fmt.Println("kilobytes    robust  standard")
	for i := range 6 {
		fmt.Printf("%9.0f %9.1f %9.1f\n", kilobytes.At(i, 0), robust.At(i, 0), standard.At(i, 0))
	}
	// Output:
	// kilobytes    robust  standard
	//         1      -1.0      -0.4
	//         2      -0.6      -0.4
	//         3      -0.2      -0.4
	//         4       0.2      -0.4
	//         5       0.6      -0.4
	//   1000000  399998.6       2.2
}

// Six of the seven durations are alike; the fifth is cut off first.
func ExampleIsolationForest() {
	seconds := mat.NewDense(7, 1, []float64{1.0, 1.2, 0.9, 1.1, 9.5, 0.8, 1.3})
	model := labkit.Must(labkit.IsolationForest{Seed: 42}.Fit(seconds))
	for i, score := range model.TrainScores() {
		fmt.Printf("%.1f s: %.2f\n", seconds.At(i, 0), score)
	}
	// Output:
	// 1.0 s: 0.40
	// 1.2 s: 0.41
	// 0.9 s: 0.41
	// 1.1 s: 0.40
	// 9.5 s: 0.78
	// 0.8 s: 0.48
	// 1.3 s: 0.48
}

// The odd duration stays under the customary cut of 3: it widens the deviation
// that it is measured with.
func ExampleZScore() {
	seconds := mat.NewDense(7, 1, []float64{1.0, 1.2, 0.9, 1.1, 9.5, 0.8, 1.3})
	model := labkit.Must(labkit.ZScore{}.Fit(seconds))
	for i, score := range model.TrainScores() {
		fmt.Printf("%.1f s: %.2f\n", seconds.At(i, 0), score)
	}
	// Output:
	// 1.0 s: 0.42
	// 1.2 s: 0.36
	// 0.9 s: 0.46
	// 1.1 s: 0.39
	// 9.5 s: 2.45
	// 0.8 s: 0.49
	// 1.3 s: 0.32
}

// Scores are relative; a belief about the share of anomalies makes decisions
// of them.
func ExampleThreshold() {
	scores := []float64{0.41, 0.39, 0.75, 0.44, 0.40, 0.62, 0.38, 0.43, 0.42, 0.45}
	for _, contamination := range []float64{0.1, 0.2} {
		threshold := labkit.Must(labkit.Threshold(scores, contamination))
		flagged := labkit.Predict(scores, threshold)
		fmt.Printf("%.0f %%: above %.3f lie %d of 10\n", 100*contamination, threshold, labkit.CountTrue(flagged))
	}
	// Output:
	// 10 %: above 0.633 lie 1 of 10
	// 20 %: above 0.484 lie 2 of 10
}

func ExampleConfusion() {
	predicted := []bool{true, true, false, false, false}
	labels := []bool{true, false, true, true, false}
	c := labkit.Must(labkit.NewConfusion(predicted, labels))
	fmt.Println(c.TP, "found,", c.FP, "false alarm,", c.FN, "missed")
	fmt.Println(c)

	// Without a flag there is nothing to be precise about.
	fmt.Println(labkit.Confusion{FN: 3, TN: 2})
	// Output:
	// 1 found, 1 false alarm, 2 missed
	// Precision: 0.500
	// Recall: 0.333
	// F1 Score: 0.400
	// Precision: undefined
	// Recall: 0.000
	// F1 Score: 0.000
}

// Three anomalies among seven flows. One normal flow ranks above two of them:
// 10 of the 12 pairs of an anomaly and a normal flow are in order.
func ExampleROCAUC() {
	scores := []float64{0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3}
	labels := []bool{true, false, true, true, false, false, false}
	fmt.Printf("ROC AUC %.3f\n", labkit.Must(labkit.ROCAUC(scores, labels)))
	fmt.Printf("average precision %.3f\n", labkit.Must(labkit.AveragePrecision(scores, labels)))
	// Output:
	// ROC AUC 0.833
	// average precision 0.806
}

// What an analyst finds who has time for k alerts.
func ExamplePrecisionAtK() {
	scores := []float64{0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3}
	labels := []bool{true, false, true, true, false, false, false}
	for _, k := range []int{1, 2, 4} {
		fmt.Printf("%.2f of the first %d alerts are anomalies\n", labkit.Must(labkit.PrecisionAtK(scores, labels, k)), k)
	}
	// Output:
	// 1.00 of the first 1 alerts are anomalies
	// 0.50 of the first 2 alerts are anomalies
	// 0.75 of the first 4 alerts are anomalies
}

func ExampleTop() {
	flows := labkit.GenerateFlows(42).Select([]string{"dst_port", "protocol"}).Subset([]int{0, 1, 2, 3, 4})
	top := labkit.Must(labkit.Top(flows, []float64{0.4, 0.5, 0.3, 0.5, 0.7}, 3))
	fmt.Println(labkit.Must(labkit.Text(top)))
	// Output:
	// dst_port protocol  anomaly_score
	//        80      TCP            0.7
	//       443      TCP            0.5
	//       443      TCP            0.5
}

// A heavy tail, most values being small and a few huge. After the logarithm the
// mean lies near the median.
func ExampleLog() {
	flows := labkit.Must(labkit.Log(labkit.GenerateFlows(42), "bytes_sent"))
	fmt.Println("logarithms:")
	fmt.Println(labkit.Must(labkit.Describe(flows, "bytes_sent")))
	// Output:
	// logarithms:
	//         bytes_sent
	// count  1000.000000
	// mean      8.415978
	// std       1.625994
	// min       4.758733
	// 25%       7.425844
	// 50%       8.150348
	// 75%       8.924565
	// max      16.577581
}

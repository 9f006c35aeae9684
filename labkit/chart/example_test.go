package chart_test

import (
	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"flowlab/labkit"
	"flowlab/labkit/chart"
)

// The Examples are cells as a notebook has them. Outside a notebook a picture
// prints the sentence that stands for it; golden_test.go looks at the pictures
// themselves.

// fewFlows returns 18 flows, the last six of them anomalies: much data in
// little time.
func fewFlows() dataframe.DataFrame {
	return dataframe.New(
		series.New([]float64{
			120, 480, 950, 1600, 2200, 3100, 4200, 5600, 7900, 12000, 21000, 48000,
			95000, 240000, 610000, 930000, 2500000, 41000000,
		}, series.Float, "bytes_per_second"),
		series.New([]float64{
			0.2, 0.6, 1.1, 1.7, 2.4, 3.2, 4.1, 5.2, 6.8, 9.1, 12.5, 19.8,
			0.002, 0.04, 0.11, 0.23, 0.31, 0.48,
		}, series.Float, "duration"),
		series.New([]int{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1}, series.Int, "label"),
	)
}

// A linear axis shows how badly it suits values with a heavy tail.
func ExampleHistograms() {
	flows := fewFlows()
	chart.Show(chart.Histograms(flows, "bytes_per_second", "duration"))
	// Output:
	// Histograms of 18 flows, 6 of them anomalies. Medians of normal flows and of anomalies: bytes_per_second 3650 and 770000; duration 3.65 and 0.17.
}

func ExampleLogHistograms() {
	flows := fewFlows()
	chart.Show(chart.LogHistograms(flows, "bytes_per_second", "duration"))
	// Output:
	// Histograms of 18 flows, 6 of them anomalies. Medians of normal flows and of anomalies: bytes_per_second 3650 and 770000; duration 3.65 and 0.17.
}

func ExampleConfusionMatrix() {
	confusion := labkit.Confusion{TP: 60, FP: 40, FN: 40, TN: 860}
	chart.Show(chart.ConfusionMatrix(confusion, "Isolation Forest"))
	// Output:
	// Isolation Forest. Confusion matrix of 1000 flows: 60 of 100 anomalies found, 40 missed; 40 false alarms among 900 normal flows.
}

func ExampleBars() {
	results := dataframe.New(
		series.New([]string{"Isolation Forest", "One-Class SVM", "Local Outlier Factor"}, series.String, "Model"),
		series.New([]float64{0.600, 0.102, 0.410}, series.Float, "Precision"),
		series.New([]float64{0.600, 0.290, 0.410}, series.Float, "Recall"),
		series.New([]float64{0.600, 0.151, 0.410}, series.Float, "F1"),
	)
	chart.Show(chart.Bars(results, "Three detectors compared"))
	// Output:
	// Three detectors compared. Highest F1: Isolation Forest, 0.60. Isolation Forest: Precision 0.60, Recall 0.60, F1 0.60. One-Class SVM: Precision 0.10, Recall 0.29, F1 0.15. Local Outlier Factor: Precision 0.41, Recall 0.41, F1 0.41.
}

func ExampleScores() {
	scores := []float64{0.35, 0.36, 0.37, 0.37, 0.38, 0.39, 0.40, 0.42, 0.45, 0.53, 0.49, 0.52, 0.56, 0.61, 0.75}
	labels := []bool{10: true, 11: true, 12: true, 13: true, 14: true}
	chart.Show(chart.Scores(scores, labels, 0.5, "Isolation Forest"))
	// Output:
	// Isolation Forest. Histogram of 15 anomaly scores: the median is 0.385 for normal flows and 0.56 for anomalies. Above the threshold of 0.5 lie 4 of 5 anomalies and 1 of 10 normal flows.
}

func ExampleROC() {
	labels := []bool{false, false, false, false, false, false, true, true, true, true}
	chart.Show(chart.ROC(labels,
		chart.Series{Name: "Isolation Forest", Scores: []float64{1, 2, 3, 4, 5, 7, 6, 8, 9, 10}},
		chart.Series{Name: "One-Class SVM", Scores: []float64{1, 7, 8, 9, 10, 6, 2, 3, 4, 5}},
	))
	// Output:
	// ROC curves on 10 flows, 4 of them anomalies. Area under the curve, where chance is 0.5 and 1 is perfect: Isolation Forest 0.958, One-Class SVM 0.167.
}

func ExamplePrecisionRecall() {
	labels := []bool{false, false, false, false, false, false, true, true, true, true}
	chart.Show(chart.PrecisionRecall(labels,
		chart.Series{Name: "Isolation Forest", Scores: []float64{1, 2, 3, 4, 5, 7, 6, 8, 9, 10}},
		chart.Series{Name: "One-Class SVM", Scores: []float64{1, 7, 8, 9, 10, 6, 2, 3, 4, 5}},
	))
	// Output:
	// Precision-recall curves on 10 flows, 4 of them anomalies. Average precision, where chance is 0.40 and 1 is perfect: Isolation Forest 0.950, One-Class SVM 0.318.
}

func ExampleTable() {
	flows := fewFlows().Subset([]int{0, 11, 12, 17})
	chart.Table(flows, "Four flows")
	// Output:
	// Four flows
	//  bytes_per_second  duration  label
	//             120.0     0.200      0
	//           48000.0    19.800      0
	//           95000.0     0.002      1
	//        41000000.0     0.480      1
}

package chart_test

import (
	"math"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	"gonum.org/v1/gonum/mat"

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
	// Histograms of 18 flows (6 anomalies): bytes_per_second is higher for anomalies (median 770,000 against 3,650); duration is lower for anomalies (median 0.17 against 3.65).
}

func ExampleLogHistograms() {
	flows := fewFlows()
	chart.Show(chart.LogHistograms(flows, "bytes_per_second", "duration"))
	// Output:
	// Histograms of 18 flows (6 anomalies): bytes_per_second is higher for anomalies (median 770,000 against 3,650); duration is lower for anomalies (median 0.17 against 3.65).
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
		chart.Series{Name: "Isolation Forest", Scores: []float64{1, 2, 3, 4, 5, 7, 6, 8, 9, 10}, Flagged: []bool{7: true, 8: true, 9: true}},
		chart.Series{Name: "One-Class SVM", Scores: []float64{1, 7, 8, 9, 10, 6, 2, 3, 4, 5}},
	))
	// Output:
	// ROC curves on 10 flows (4 anomalies). Area under the curve, where chance is 0.5 and 1 is perfect: Isolation Forest 0.958 (operating with 3 of 3 alerts right); One-Class SVM 0.167, worse than chance.
}

func ExamplePrecisionRecall() {
	labels := []bool{false, false, false, false, false, false, true, true, true, true}
	chart.Show(chart.PrecisionRecall(labels,
		chart.Series{Name: "Isolation Forest", Scores: []float64{1, 2, 3, 4, 5, 7, 6, 8, 9, 10}, Flagged: []bool{7: true, 8: true, 9: true}},
		chart.Series{Name: "One-Class SVM", Scores: []float64{1, 7, 8, 9, 10, 6, 2, 3, 4, 5}},
	))
	// Output:
	// Precision-recall curves on 10 flows (4 anomalies). Average precision, where chance is 0.40 and 1 is perfect: Isolation Forest 0.950 (operating with 3 of 3 alerts right); One-Class SVM 0.318, worse than chance.
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

// manyFlows returns 300 flows of four columns that go together, the last 30 of
// them anomalies: a pattern that fills a picture, without chance.
func manyFlows() dataframe.DataFrame {
	n := 300
	bytes, packets, duration, size := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	labels := make([]int, n)
	for i := range n {
		a, b := math.Mod(float64(i)*0.618, 1)-0.5, math.Mod(float64(i)*0.414, 1)-0.5
		bytes[i], packets[i], duration[i] = math.Pow(10, 4+2*a+b), math.Pow(10, 1.5+1.5*a), math.Pow(10, 2*b)
		if i >= n-30 {
			bytes[i], packets[i], duration[i], labels[i] = math.Pow(10, 6+a+b), math.Pow(10, 3+a), math.Pow(10, b-1), 1
		}
		size[i] = bytes[i] / packets[i]
	}
	return dataframe.New(
		series.New(bytes, series.Float, "bytes_per_second"), series.New(packets, series.Float, "packets_per_second"),
		series.New(duration, series.Float, "duration"), series.New(size, series.Float, "bytes_per_packet"),
		series.New(labels, series.Int, "label"))
}

var fourColumns = []string{"bytes_per_second", "packets_per_second", "duration", "bytes_per_packet"}

// manyFeatures returns manyFlows in logarithms, scaled, and their labels.
func manyFeatures() (*mat.Dense, []bool) {
	flows := manyFlows()
	x := labkit.Must(labkit.Features(labkit.Must(labkit.Log(flows, fourColumns...)), fourColumns...))
	return labkit.Must(labkit.Must(labkit.RobustScaler{}.Fit(x)).Transform(x)), labkit.Must(labkit.Labels(flows))
}

func ExampleECDF() {
	chart.Show(chart.ECDF(fewFlows(), "bytes_per_second", "duration"))
	// Output:
	// Cumulative distributions of 18 flows (6 anomalies). bytes_per_second tells the classes apart best. Largest gaps, where 0 is alike and 1 apart: bytes_per_second 1.00 at 48,000; duration 0.92 at 0.48.
}

func ExampleCorrelation() {
	chart.Show(chart.Correlation(manyFlows(), fourColumns...))
	// Output:
	// Rank correlations of 4 columns. The strongest: bytes_per_second and packets_per_second 0.92; bytes_per_second and bytes_per_packet 0.78; duration and bytes_per_packet 0.55.
}

func ExampleScatter() {
	chart.Show(chart.Scatter(manyFlows(), "duration", "bytes_per_second", "Large and short"))
	// Output:
	// Large and short. Scatter plot of bytes_per_second against duration for 300 flows (30 anomalies): duration is lower for anomalies (median 0.106 against 0.977); bytes_per_second is higher for anomalies (median 1,100,000 against 10,000).
}

func ExampleThresholdSweep() {
	x, labels := manyFeatures()
	scores := labkit.Must(labkit.IsolationForest{Seed: 42}.Fit(x)).TrainScores()
	chart.Show(chart.ThresholdSweep(scores, labels, labkit.Must(labkit.Threshold(scores, 0.1)), "Isolation Forest"))
	// Output:
	// Isolation Forest. F1 is highest, 0.875, with 34 alerts, just below a threshold of 0.552. At 0.5534: 30 alerts, 25 of them right; 5 anomalies missed.
}

func ExampleContours() {
	x, labels := manyFeatures()
	two := x.Slice(0, 300, 1, 3).(*mat.Dense)
	svm := labkit.Must(labkit.OneClassSVM{Nu: 0.1}.Fit(two))
	names := [2]string{"log packets_per_second, scaled", "log duration, scaled"}
	chart.Show(chart.Contours(svm, 0, two, labels, names, "One-Class SVM"))
	// Output:
	// One-Class SVM. Scores of a model over the plane of “log packets_per_second, scaled” and “log duration, scaled”, for 300 flows (30 anomalies). 54 % of the plane lies outside the boundary. So do 9 of 30 anomalies and 19 of 270 normal flows.
}

func ExampleProjection() {
	x, labels := manyFeatures()
	forest := labkit.Must(labkit.IsolationForest{Seed: 42}.Fit(x))
	chart.Show(chart.Projection(x, forest.TrainScores(), labels, "Isolation Forest"))
	// Output:
	// Isolation Forest. 300 flows (30 anomalies) along their first two principal components, which hold 71 % and 28 % of the variance. Of the 30 darkest, the highest scores, 25 are anomalies.
}

func ExampleIsolationPath() {
	x, _ := manyFeatures()
	forest := labkit.Must(labkit.IsolationForest{Seed: 42}.Fit(x))
	chart.Show(chart.IsolationPath(forest, x, 299, "Isolation Forest"))
	// Output:
	// Isolation Forest. The forest cuts flow 299 off after 7.9 splits, the average flow after 11.0. After 3 splits 44.4 rows are still together with it, and 103 with the average flow.
}

func ExampleNeighbors() {
	x, labels := manyFeatures()
	chart.Show(chart.Neighbors(x, 299, 12, labels, "Twelve neighbours"))
	// Output:
	// Twelve neighbours. Flow 299 has its 12 nearest neighbours at distances from 0.115 to 0.896; they have their own within 0.711 in the median: it is 1.3 times as far from others as they are. Of the 12 neighbours 12 are anomalies.
}

func ExampleReasons() {
	x, _ := manyFeatures()
	forest := labkit.Must(labkit.IsolationForest{Seed: 42}.Fit(x))
	explainer := labkit.Must(labkit.NewExplainer(forest, x))
	why := labkit.Must(explainer.Explain(x.Slice(299, 300, 0, 4).(*mat.Dense)))[0]
	values := labkit.Must(labkit.Features(manyFlows(), fourColumns...)).RawRowView(299)
	chart.Show(chart.Reasons(why, fourColumns, values, "Flow 299"))
	// Output:
	// Flow 299. The score is 0.586, against 0.448 for ordinary flows like it. The main reason is bytes_per_second = 3.7M, which adds +0.0638; then packets_per_second = 1,910, +0.0384.
}

func ExampleTimeline() {
	x, labels := manyFeatures()
	scores := labkit.Must(labkit.IsolationForest{Seed: 42}.Fit(x)).TrainScores()
	times := make([]float64, len(scores))
	for i := range times {
		times[i] = 1700000000 + 4*float64(i)
	}
	chart.Show(chart.Timeline(times, scores, labels, labkit.Must(labkit.Threshold(scores, 0.1)), "Twenty minutes"))
	// Output:
	// Twenty minutes. Timeline of 300 flows over 19.9 minutes: 30 alerts above the threshold of 0.5534. The busiest of 60 intervals, from 18.9 to 19.3 minutes after the first flow, has 5 of them. The alerts hold 25 of 30 anomalies.
}

// oneDay is an office's day with two attacks in it.
func oneDay() dataframe.DataFrame {
	return labkit.Must(labkit.GenerateDay(labkit.Day{Seed: 42, Attacks: []string{"beacon", "port scan"}}))
}

// of returns the flows with a word in a column.
func of(flows dataframe.DataFrame, column, word string) dataframe.DataFrame {
	return flows.Filter(dataframe.F{Colname: column, Comparator: series.Eq, Comparando: word})
}

func ExampleActivity() {
	flows := oneDay()
	chart.Show(chart.Activity(flows.Col("src_ip").Records(), flows.Col("ts").Float(), "A day at the office"))
	// Output:
	// A day at the office. 20,100 flows of 30 hosts by hour of the day in UTC. 10.238.44.11 began the most, 1,020 in the hour from 7:00. Between 0:00 and 6:00 15 of the 30 hosts began any.
}

func ExampleGaps() {
	beacon := of(oneDay(), "attack", "beacon")
	chart.Show(chart.Gaps(beacon.Col("ts").Float(), "A beacon"))
	// Output:
	// A beacon. 386 gaps over 23.8 hours, from 153 to 291 s with a median of 220 s. Half of them lie within 17.2 s of it: a regularity of 0.922, where a clock has 1.
}

func ExampleHostTimeline() {
	flows := oneDay()
	scan := of(flows, "attack", "port scan")
	scanned := scan.Col("ts").Float()
	host := of(flows, "src_ip", scan.Col("src_ip").Elem(0).String())
	chart.Show(chart.HostTimeline(host.Col("ts").Float(), []chart.Span{
		{Name: "1,024 ports of one host tried", First: slices.Min(scanned), Last: slices.Max(scanned)},
		{Name: "asks for the time every 1,024 s", First: slices.Min(host.Col("ts").Float()), Last: slices.Max(host.Col("ts").Float())},
	}, "The host that scans"))
	// Output:
	// The host that scans. 1,826 flows over 9.88 hours, and 2 findings. 1: 1,024 ports of one host tried, from 0 to 0.0406 hours. 2: asks for the time every 1,024 s, from 0 to 9.88 hours.
}

// In a notebook the slider below the picture moves the threshold.
func ExampleExplore() {
	scores := []float64{0.35, 0.36, 0.37, 0.37, 0.38, 0.39, 0.40, 0.42, 0.45, 0.53, 0.49, 0.52, 0.56, 0.61, 0.75}
	labels := []bool{10: true, 11: true, 12: true, 13: true, 14: true}
	chart.Explore(chart.Scores(scores, labels, 0.5, "Isolation Forest"))
	// Output:
	// Isolation Forest. Histogram of 15 anomaly scores: the median is 0.385 for normal flows and 0.56 for anomalies. Above the threshold of 0.5 lie 4 of 5 anomalies and 1 of 10 normal flows.
}

// Package labkit finds anomalies in network traffic: flows come in as gota
// data frames, become a matrix of features, are scaled, and are scored by
// detectors whose judgement is then held against the truth or an alert budget.
//
// The road that the notebooks take, in five lines:
//
//	flows := labkit.Must(labkit.AddFeatures(labkit.GenerateFlows(42)))
//	x := labkit.Must(labkit.Features(flows))
//	scaled := labkit.Must(labkit.Must(labkit.RobustScaler{}.Fit(x)).Transform(x))
//	model := labkit.Must(labkit.IsolationForest{Seed: 42}.Fit(scaled))
//	scores := model.TrainScores()
//
// Conventions: a row is a flow and a column a feature; a higher score is more
// anomalous; true means anomaly; the same seed gives the same answer on any
// number of cores. Where scikit-learn has the same method, the arithmetic is
// scikit-learn 1.9's, so labels and metrics are equal to those of the Python
// lab that this one reworks.
package labkit

package check

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

var localOutlierFactor = []*exam.Exercise{reachDistance, lofNeighbors, lofLogs, lofNovelty}

var reachDistance = &exam.Exercise{
	ID:       "reach-distance",
	Notebook: "06_local_outlier_factor",
	Section:  "The idea on eight points",
	Title:    "Reachability distance",
	Hints: []string{
		"Two numbers are compared: how far it is from i to j, and how far it is from j to its k-th neighbour. Which of them is returned?",
		"Put the distances from points[j] to all points into a new slice and sort it. The first is 0, that of j to itself, so the k-th neighbour has the index k.",
		"return max(math.Abs(points[i]-points[j]), far[k]), where far is the sorted slice",
	},
	Answer: func(points []float64, i, j, k int) float64 {
		return max(math.Abs(points[i]-points[j]), sortedDistances(points, j)[k])
	},
	Params: []string{"points", "i", "j", "k"},
	Cases: func() []exam.Input {
		eight := func() []float64 { return []float64{1.0, 1.1, 1.25, 1.3, 2.2, 9, 11, 14} }
		copies := func() []float64 { return []float64{5, 2, 5, 5, 9} }
		return []exam.Input{
			{eight(), 0, 1, 2}, // inside the neighbourhood of j
			{eight(), 4, 3, 2}, // outside
			{eight(), 3, 4, 2}, // the way back is another distance
			{eight(), 6, 5, 3},
			{eight(), 3, 5, 3}, // from the left
			{copies(), 0, 2, 2},
			{copies(), 4, 0, 2},
			{[]float64{5, 2, 5, 9, 8.5}, 0, 2, 2}, // of the same value
			{[]float64{6, 1, 9, 2, 4}, 3, 1, 2},
			{[]float64{0.125, 0.25, 1}, 0, 1, 1},
			{[]float64{7, 3}, 0, 1, 1},
		}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(points []float64, i, j, k int) float64 {
			return max(math.Abs(points[i]-points[j]), sortedDistances(points, i)[k])
		}, Says: "This takes the k-distance of i. It is the neighbourhood of j that one is inside or outside of, so it takes the k-distance of j."},
		{Answer: func(points []float64, i, j, k int) float64 {
			return min(math.Abs(points[i]-points[j]), sortedDistances(points, j)[k])
		}, Says: "This is the smaller of the two distances. The k-distance is the least that the result may be, so it takes the larger one: max."},
		{Answer: func(points []float64, i, j, k int) float64 { return math.Abs(points[i] - points[j]) },
			Says: "This is the plain distance. Whoever is inside the neighbourhood of j counts as being at its edge, its k-th neighbour. (The nearest one is never farther than i.)"},
		{Answer: func(points []float64, i, j, k int) float64 { return sortedDistances(points, j)[k] },
			Says: "This is the k-distance of j in every case. From further away the distance itself counts."},
		{Answer: func(points []float64, i, j, k int) float64 {
			return max(math.Abs(points[i]-points[j]), sortedDistances(points, j)[k-1])
		}, Says: "j is counted as its own neighbour: the smallest distance, 0, is the one from j to itself, and the k-th neighbour comes k places after it."},
		{Answer: func(points []float64, i, j, k int) float64 {
			return max(points[i]-points[j], sortedDistances(points, j)[k])
		}, Says: "The difference of two points may be negative, and a distance is not: math.Abs makes it positive."},
		{Answer: func(points []float64, i, j, k int) float64 {
			return max(math.Abs(points[i]-points[j]), sortedDifferences(points, j)[k])
		}, Says: "The differences that are sorted have signs, so that the points to one side of j come first, however far. Sort the distances: math.Abs of each."},
		{Answer: func(points []float64, i, j, k int) float64 {
			return max(points[i]-points[j], sortedDifferences(points, j)[k])
		}, Says: "The differences of two points may be negative, and distances are not: math.Abs makes them positive, each before sorting."},
		{Answer: func(points []float64, i, j, k int) float64 {
			return max(math.Abs(points[i]-points[j]), math.Abs(points[k]-points[j]))
		}, Says: "The distances are not sorted: this takes the one to the point with index k, among the points sorted or not, and not to the k-th nearest of j."},
		{Answer: func(points []float64, i, j, k int) float64 {
			return max(math.Abs(points[i]-points[j]), sortedDistances(points, j)[len(points)-1])
		}, Says: "This takes the distance to the farthest point. The k-distance is that to the k-th nearest."},
		{Answer: func(points []float64, i, j, k int) float64 {
			return (points[i] - points[j]) * (points[i] - points[j])
		}, Says: "This is the squared distance. Take the distance, math.Abs of the difference, and at least the k-distance of j."},
		{Answer: func(points []float64, i, j, k int) float64 {
			return math.Abs(points[i]-points[j]) + sortedDistances(points, j)[k]
		}, Says: "The two distances are added. The result is the larger one of them."},
		{Answer: func(points []float64, i, j, k int) float64 {
			others := slices.DeleteFunc(sortedDistances(points, j), func(d float64) bool { return d == 0 })
			return max(math.Abs(points[i]-points[j]), others[min(k, len(others))-1])
		}, Says: sameValueLeftOut},
		{Answer: func(points []float64, i, j, k int) float64 {
			return max(math.Abs(float64(i-j)), sortedDistances(points, j)[k])
		}, Says: "This subtracts the indices. The distance is that of the points: math.Abs(points[i]-points[j])."},
		{Answer: func(points []float64, i, j, k int) float64 {
			return max(math.Abs(points[i]-points[j]), sortedDistances(points, j)[len(points)-k])
		}, Says: fromTheFarEnd},
		{Answer: func(points []float64, i, j, k int) float64 {
			return max(math.Abs(points[i]-points[j]), sortedDistances(points, j)[len(points)-1-k])
		}, Says: fromTheFarEnd},
		{Answer: func(points []float64, i, j, k int) float64 {
			return (math.Abs(points[i]-points[j]) + sortedDistances(points, j)[k]) / 2
		}, Says: "This is the mean of the two distances. The result is the larger one of them."},
		{Answer: func(points []float64, i, j, k int) float64 {
			return max(sortedDistances(points, i)[k], sortedDistances(points, j)[k])
		}, Says: "This is the larger of the two k-distances. The distance from i to j is missing, and the k-distance of i does not matter."},
		{Answer: func(points []float64, i, j, k int) float64 {
			return max(math.Abs(points[i]-points[j]), sortedDistances(points, i)[k], sortedDistances(points, j)[k])
		}, Says: "The k-distance of i is asked, too. Only that of j counts, which is why the way back is another distance."},
		{Answer: func(points []float64, i, j, k int) float64 {
			sorted := slices.Sorted(slices.Values(points))
			return max(math.Abs(sorted[i]-sorted[j]), sortedDistances(sorted, j)[k])
		}, Says: "The points are sorted first, so that i and j are other points afterwards. Sort the distances from points[j], in a slice of their own."},
		{Answer: reaching(func(points []float64, _, j, k int) float64 {
			return sortedDistances(points, j)[min(k+1, len(points)-1)]
		}), Says: "This takes one neighbour too many: with j left out of the slice the k-th neighbour has the index k-1. Or is i left out as well? It may be one of the neighbours of j."},
		{Answer: reaching(func(points []float64, _, j, k int) float64 { return distancesTo(points, j)[k-1] }),
			Says: "The distances are not sorted: this takes the k-th as the points come, and not the k-th smallest."},
		{Answer: reaching(func(points []float64, _, j, k int) float64 { return slices.Max(distancesTo(points, j)[:k]) }),
			Says: "This takes the largest distance among the first k points as they come, and not among the k nearest: sort the distances."},
		{Answer: reaching(func(points []float64, _, j, k int) float64 {
			return math.Abs(points[min(j+k, len(points)-1)] - points[j])
		}), Says: "This takes the point k places behind j. The points need not be sorted, and the nearest ones may stand before j: sort the distances."},
		{Answer: reaching(func(points []float64, _, j, k int) float64 {
			return sumOf(sortedDistances(points, j)[1:k+1]) / float64(k)
		}), Says: "This takes the mean distance to the k nearest. The k-distance is the distance to the k-th of them alone."},
		{Answer: reaching(func(points []float64, _, j, k int) float64 {
			others := slices.Compact(slices.Sorted(slices.Values(distancesTo(points, j))))
			return others[min(k, len(others))-1]
		}), Says: "Equal distances are counted once. Each belongs to a point of its own, and is a neighbour: leave slices.Compact out."},
		{Answer: reaching(func(points []float64, _, j, k int) float64 {
			indices := make([]float64, len(points))
			for m := range indices {
				indices[m] = float64(m)
			}
			return sortedDistances(indices, j)[k]
		}), Says: "The distances to the neighbours are those of the indices. Subtract the points: math.Abs(points[m]-points[j])."},
		{Answer: reaching(func(points []float64, _, j, k int) float64 {
			return sortedDistances(slices.Sorted(slices.Values(points)), j)[k]
		}), Says: "The points are sorted, and then index j is another point. Sort the distances from points[j], in a slice of their own."},
		{Answer: func(points []float64, i, j, k int) float64 {
			if points[i] == points[j] {
				return 0
			}
			return max(math.Abs(points[i]-points[j]), sortedDistances(points, j)[k])
		}, Says: "Two points of the same value have the distance 0 here. They are neighbours like others: the least is the k-distance of j."},
		{Answer: func(points []float64, i, j, k int) float64 {
			if others := slices.DeleteFunc(sortedDistances(points, j), func(d float64) bool { return d == 0 }); len(others) >= k {
				return max(math.Abs(points[i]-points[j]), others[k-1])
			}
			return math.Abs(points[i] - points[j])
		}, Says: sameValueLeftOut},
		{Answer: func(points []float64, i, j, k int) float64 {
			others := sortedDifferences(points, j)
			others = slices.Delete(others, slices.Index(others, 0), slices.Index(others, 0)+1)
			return max(points[i]-points[j], others[k-1])
		}, Says: "The differences of two points may be negative, and distances are not: math.Abs makes them positive, each before sorting."},
		{Answer: reaching(func(points []float64, _, j, k int) float64 {
			return math.Abs(slices.Sorted(slices.Values(points))[k] - points[j])
		}), Says: "The points are sorted, and the one with index k is taken. It is not the k-th nearest to j: sort the distances from points[j]."},
	},
}

const sameValueLeftOut = "Points with the same value as j are left out. They are other flows that happen to be alike, and neighbours at distance 0: leave out the index j, not its value."

const fromTheFarEnd = "The distances are counted from the farthest: sort them from the smallest, and take the one with index k."

// reaching returns the larger of the distance and what is taken for the k-distance.
func reaching(kDistance func(points []float64, i, j, k int) float64) func(points []float64, i, j, k int) float64 {
	return func(points []float64, i, j, k int) float64 {
		return max(math.Abs(points[i]-points[j]), kDistance(points, i, j, k))
	}
}

// ReachDistance checks a function that returns the reachability distance from
// the point with index i to the one with index j: the distance, but at least
// that from j to its k-th neighbour, where k is from 1 to one less than the
// number of points:
//
//	func(points []float64, i, j, k int) float64
func ReachDistance(function any) { exam.Mark(reachDistance, function) }

// sortedDistances returns the distances from point j to all points, itself
// included, the smallest first.
func sortedDistances(points []float64, j int) []float64 {
	far := make([]float64, len(points))
	for i, p := range points {
		far[i] = math.Abs(p - points[j])
	}
	slices.Sort(far)
	return far
}

// distancesTo returns the distances from point j to all others, in their order.
func distancesTo(points []float64, j int) []float64 {
	var far []float64
	for m, p := range points {
		if m != j {
			far = append(far, math.Abs(p-points[j]))
		}
	}
	return far
}

// sortedDifferences returns, with their signs, what lies between point j and all
// points, the smallest first.
func sortedDifferences(points []float64, j int) []float64 {
	far := make([]float64, len(points))
	for i, p := range points {
		far[i] = p - points[j]
	}
	slices.Sort(far)
	return far
}

var lofNeighbors = &exam.Exercise{
	ID:       "lof-neighbors",
	Notebook: "06_local_outlier_factor",
	Section:  "Who are the neighbours of an attack?",
	Title:    "A large enough neighbourhood",
	Hints: []string{
		"How many other attacks can an attack have for neighbours? How many neighbours does it take until some must be normal flows?",
		"With 100 attacks in the data each has 99 others. k has to be clearly larger, and needs not be larger than it takes.",
	},
	Answer: func() int { return 200 },
	Cases:  exam.NoInput,
	Judge:  func(_ exam.Input, got []any) string { return judgeNeighbors(got[0].(int)) },
}

// LOFNeighbors checks a function that returns a number of neighbours with which
// the local outlier factor reaches an F1 of 0.850 on the flows of seed 42, cut
// at contamination 0.1. Every number that does is right:
//
//	func() int
func LOFNeighbors(function any) { exam.Mark(lofNeighbors, function) }

func judgeNeighbors(k int) string {
	flows := storyFlows(storySeeds[0])
	if k < 1 || k >= flows.Nrow() {
		return fmt.Sprintf("A flow can have from 1 to %d neighbours among %d flows.", flows.Nrow()-1, flows.Nrow())
	}
	q, _ := qualityOfTenth(lofScores(scaledBy(flows, flows), k), flows)
	if q.f1 >= 0.85 {
		return ""
	}
	says := fmt.Sprintf("With k = %d %v: want an F1 of at least 0.850. ", k, q)
	if k < 200 {
		return says + "An attack has 99 other attacks to hide among. Only in a neighbourhood that is clearly larger does it have to compare itself with normal flows."
	}
	return says + "That is more than it takes: in so wide a neighbourhood everybody is compared with nearly the same crowd, and the factor is no longer local."
}

// lofScores returns the factors of the rows of x.
func lofScores(x *mat.Dense, k int) []float64 {
	return labkit.Must(labkit.LocalOutlierFactor{Neighbors: k}.Fit(x)).TrainScores()
}

// qualityOfTenth measures scores of flows that are cut at contamination 0.1.
func qualityOfTenth(scores []float64, flows dataframe.DataFrame) (q quality, fault string) {
	threshold, err := labkit.Threshold(scores, 0.1)
	if err != nil {
		threshold = 0 // qualityOf finds the same fault in the scores
	}
	return qualityOf(scores, threshold, labkit.Must(labkit.Labels(flows)))
}

var lofLogs = &exam.Exercise{
	ID:       "lof-logs",
	Notebook: "06_local_outlier_factor",
	Section:  "Logarithms: first the harm, then the help",
	Title:    "LOF on logarithms",
	Hints: []string{
		"The order is: logarithms, features, scaler, detector. Then the number of neighbours: what did the section before find?",
		"Logarithms draw the attacks together into one group of 100, with hardly a normal flow among them. Is your k clearly larger than that group?",
		"labkit.LocalOutlierFactor{Neighbors: 200} on the scaled logarithms, and then its TrainScores()",
	},
	Answer: func(flows dataframe.DataFrame) []float64 { return lofOnLogs(flows, 200) },
	Params: []string{"flows"},
	Cases:  flowCases,
	Judge: func(in exam.Input, got []any) string {
		q, fault := qualityOfTenth(got[0].([]float64), in[0].(dataframe.DataFrame))
		if fault != "" {
			return fault
		}
		return cmp.Or(q.atLeast(quality{0.990, 1}), alike(lofLogsAlike, in, got))
	},
	Mistakes: slices.Concat(lofLogsAlike, []exam.Mistake{
		{Answer: func(flows dataframe.DataFrame) []float64 { return lofOnLogs(flows, 20) },
			Says: "F1 is 0.180 and ROC AUC 0.457: want 0.990 and 1.000. The logarithms are right, and yet they did harm. 20 neighbours, the default, are too few: the attacks now stand so close together that all 20 are attacks."},
		{Answer: func(flows dataframe.DataFrame) []float64 { return lofOnLogs(flows, 100) },
			Says: "F1 is 0.000 and ROC AUC 0.306: want 0.990 and 1.000. 100 neighbours are just as many as there are attacks, so that 99 of them are attacks. Take clearly more."},
		{Answer: func(flows dataframe.DataFrame) []float64 { return lofScores(scaledBy(flows, flows), 200) },
			Says: "F1 is 0.870 and ROC AUC 0.993, what it is with 200 neighbours and without logarithms. labkit.Log1p and labkit.Log leave their frame as it is and return a new one: go on with that."},
		{Answer: func(flows dataframe.DataFrame) []float64 {
			return lofScores(labkit.Must(labkit.Features(inLogs(flows))), 200)
		}, Says: "F1 is 0.730 and ROC AUC 0.978: the features are not scaled, so that the columns with the widest spread decide who is near."},
		{Answer: func(flows dataframe.DataFrame) []float64 { return negated(lofOnLogs(flows, 200)) },
			Says: "F1 is 0.000 and ROC AUC 0.000: the scores are upside down. A large factor is anomalous, and that is how TrainScores gives it."},
		{Answer: func(flows dataframe.DataFrame) []float64 { return lofOnLogs(flows, 50) },
			Says: "F1 is 0.170 and ROC AUC 0.429: 50 neighbours are too few. An attack has 99 others to hide among: take clearly more."},
		{Answer: func(flows dataframe.DataFrame) []float64 { return lofOnLogs(flows, 120) },
			Says: "F1 is 0.900 and ROC AUC 0.989: 120 neighbours are not quite enough. 99 of them may be attacks, and the normal ones have to be the many."},
		{Answer: func(flows dataframe.DataFrame) []float64 {
			x := labkit.Must(labkit.Features(inLogs(flows)))
			return lofScores(labkit.Must(labkit.Must(labkit.StandardScaler{}.Fit(x)).Transform(x)), 200)
		}, Says: "F1 is 0.940 and ROC AUC 0.994: this is the StandardScaler. Scale robustly, by labkit.RobustScaler."},
		{Answer: func(flows dataframe.DataFrame) []float64 {
			x := scaledBy(inLogs(flows), inLogs(flows))
			return labkit.Must(labkit.Must(labkit.LocalOutlierFactor{Neighbors: 100}.Fit(x)).Score(x))
		}, Says: "F1 is 0.000 and ROC AUC 0.235: Score takes the flows for new ones, so that each is its own nearest neighbour, and 100 neighbours are too few. Return TrainScores(), with clearly more neighbours."},
		{Answer: func(flows dataframe.DataFrame) []float64 {
			scores := lofOnLogs(flows, 200)
			return flagsOf(scores, labkit.Must(labkit.Threshold(scores, 0.1)))
		}, Says: flagsSay},
		{Answer: func(dataframe.DataFrame) []float64 { return lofOnLogs(storyFlows(storySeeds[0]), 200) },
			Says: "The function computes with the notebook's own flows, whichever are handed over. That fits the first case, and not the second, whose flows have another seed."},
		{Answer: func(flows dataframe.DataFrame) []float64 { return slices.Sorted(slices.Values(lofOnLogs(flows, 200))) },
			Says: "F1 is 0.050 and ROC AUC 0.463: the factors are sorted, and no longer belong to their flows. Leave them in the order of the frame."},
		{Answer: func(flows dataframe.DataFrame) []float64 {
			scores := lofScores(scaledBy(flows, flows), 200)
			for i, s := range scores {
				scores[i] = math.Log(s)
			}
			return scores
		}, Says: "F1 is 0.870 and ROC AUC 0.993: the logarithms are taken of the factors. That changes no ranking: take those of the columns, before the features."},
		{Answer: lofTwice(50), Says: "F1 is 0.200 and ROC AUC 0.437: the rates went through the logarithm twice, for logs(flows) takes it already, and 50 neighbours are too few."},
	}),
}

// lofLogsAlike are mistakes that measure as well as the right answer.
var lofLogsAlike = []exam.Mistake{
	{Answer: func(flows dataframe.DataFrame) []float64 { return lofScores(scaledBy(flows, inLogs(flows)), 200) },
		Says: "The figures are reached, and yet the scaler does not know the logarithms: it was fitted on the features without them. Fit it on those that it transforms."},
	{Answer: func(flows dataframe.DataFrame) []float64 {
		tamed := inLogs(flows)
		return labkit.Must(fitNovelty(scaledBy(tamed, normalFlows(tamed))).Score(scaledBy(tamed, tamed)))
	}, Says: "The figures are reached, and yet LOF was fitted on the normal flows alone, for which somebody must have told them apart. Fit it on all flows: how many neighbours does that take?"},
	{Answer: lofTwice(200), Says: "The rates went through the logarithm twice: logs(flows) takes it already."},
}

// lofTwice takes the logarithms of the rates twice.
func lofTwice(k int) func(dataframe.DataFrame) []float64 {
	return func(flows dataframe.DataFrame) []float64 {
		twice := labkit.Must(labkit.Log1p(inLogs(flows), rateColumns...))
		return lofScores(scaledBy(twice, twice), k)
	}
}

// LOFLogs checks a function that takes flows with their features, replaces
// rates and duration by logarithms, scales robustly and returns the local
// outlier factor of every flow, with a number of neighbours that is large
// enough:
//
//	func(flows dataframe.DataFrame) []float64
func LOFLogs(function any) { exam.Mark(lofLogs, function) }

func lofOnLogs(flows dataframe.DataFrame, k int) []float64 {
	return lofScores(scaledBy(inLogs(flows), inLogs(flows)), k)
}

var lofNovelty = &exam.Exercise{
	ID:       "lof-novelty",
	Notebook: "06_local_outlier_factor",
	Section:  "Novelty detection: no village to hide in",
	Title:    "Scores and threshold for new flows",
	Hints: []string{
		"Two results, and each wants another method of the model: one judges rows that it has not seen, the other those that it was fitted on.",
		"The threshold may only come from train, for at the time it is chosen no other flow has been seen. Which scores of the training rows leave the row itself out?",
		"model := labkit.Must(labkit.LocalOutlierFactor{}.Fit(train)); then model.Score(fresh), and labkit.Threshold(model.TrainScores(), 0.1), each in labkit.Must",
	},
	Answer: func(train, fresh *mat.Dense) (scores []float64, threshold float64) {
		model := fitNovelty(train)
		return labkit.Must(model.Score(fresh)), labkit.Must(labkit.Threshold(model.TrainScores(), 0.1))
	},
	Params: []string{"train", "fresh"},
	Cases: func() []exam.Input {
		known := inLogs(storyFlows(storySeeds[0]))
		var cases []exam.Input
		for _, seed := range storySeeds {
			fresh := inLogs(storyFlows(seed)).Arrange(dataframe.Sort("label"))
			cases = append(cases, exam.Input{scaledBy(known, normalFlows(known)), scaledBy(known, fresh)})
		}
		return cases
	},
	Judge: judgeNovelty,
	Mistakes: []exam.Mistake{
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			scores := labkit.Must(fitNovelty(train).Score(fresh))
			return scores, labkit.Must(labkit.Threshold(scores, 0.1))
		}, Says: "F1 is 1.000, which is too good: the threshold comes from the scores of fresh, so it knows that a tenth of them are attacks. When a threshold is chosen, the new flows are still to come. Take it from the training scores."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			model := fitNovelty(train)
			return labkit.Must(model.Score(fresh)), labkit.Must(labkit.Threshold(labkit.Must(model.Score(train)), 0.1))
		}, Says: "F1 is 0.690 and ROC AUC 1.000: the threshold comes from Score(train), where each training row is its own nearest neighbour and looks more at home than it is. TrainScores leaves the row itself out."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			model := fitNovelty(fresh)
			return labkit.Must(model.Score(fresh)), labkit.Must(labkit.Threshold(model.TrainScores(), 0.1))
		}, Says: "The model was fitted on fresh, attacks included, and they hide among each other. Fit it on train."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			model := fitNovelty(train)
			return model.TrainScores(), labkit.Must(labkit.Threshold(model.TrainScores(), 0.1))
		}, Says: "The scores are those of the 900 training rows. Score(fresh) judges the new ones."},
		{Answer: func(_, fresh *mat.Dense) ([]float64, float64) {
			scores := fitNovelty(fresh).TrainScores()
			return scores, labkit.Must(labkit.Threshold(scores, 0.1))
		}, Says: "The model was fitted on fresh, attacks included, and they hide among each other. Fit it on train."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			return fitNovelty(fresh).TrainScores(), labkit.Must(labkit.Threshold(fitNovelty(train).TrainScores(), 0.1))
		}, Says: "F1 is 0.182 and ROC AUC 0.457: the scores come from a model of their own, fitted on fresh, where the attacks hide among each other. The model of train scores them."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			model := fitNovelty(fresh)
			return labkit.Must(model.Score(train)), labkit.Must(labkit.Threshold(model.TrainScores(), 0.1))
		}, Says: "train and fresh have changed places: the model was fitted on fresh and judges train."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			model := labkit.Must(labkit.LocalOutlierFactor{Neighbors: 200}.Fit(train))
			return labkit.Must(model.Score(fresh)), labkit.Must(labkit.Threshold(model.TrainScores(), 0.1))
		}, Says: "F1 is 0.690 and ROC AUC 1.000: there are 200 neighbours, as before. With no attack among the training rows the default of 20 is asked for."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			var both mat.Dense
			both.Stack(train, fresh)
			scores, n := fitNovelty(&both).TrainScores(), train.RawMatrix().Rows
			return scores[n:], labkit.Must(labkit.Threshold(scores[:n], 0.1))
		}, Says: "F1 is 0.233 and ROC AUC 0.485: train and fresh were fitted together, so that the attacks hide among each other. Fit on train alone, and Score fresh."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			model := fitNovelty(train)
			return labkit.Must(model.Score(fresh)), slices.Max(model.TrainScores())
		}, Says: "F1 is 1.000 and ROC AUC 1.000: the threshold is the largest training score. That is a choice, and not the one asked for: a tenth of them lies above it."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			model := fitNovelty(train)
			return labkit.Must(model.Score(fresh)), 0
		}, Says: "F1 is 0.182 and ROC AUC 1.000: the threshold is 0, so that every flow lies above it. Give it a value: labkit.Threshold of the training scores."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			own := func(x *mat.Dense) *mat.Dense {
				return labkit.Must(labkit.Must(labkit.RobustScaler{}.Fit(x)).Transform(x))
			}
			model := fitNovelty(own(train))
			return labkit.Must(model.Score(own(fresh))), labkit.Must(labkit.Threshold(model.TrainScores(), 0.1))
		}, Says: "F1 is 0.806 and ROC AUC 1.000: both matrices are scaled again, each by itself, so that the same flow has other coordinates in the one than in the other. They are scaled already."},
		{Answer: func(train, fresh *mat.Dense) ([]float64, float64) {
			model := fitNovelty(train)
			threshold := labkit.Must(labkit.Threshold(model.TrainScores(), 0.1))
			scores := labkit.Must(model.Score(fresh))
			for i := range scores {
				scores[i] -= threshold
			}
			return scores, threshold
		}, Says: "F1 is 1.000 and ROC AUC 1.000: the threshold is subtracted from the scores, and then they are cut at it once more. Return the scores as they are."},
	},
}

// LOFNovelty checks a function that fits the local outlier factor with its
// default number of neighbours on train, scaled features of normal flows, and
// returns the scores of the rows of fresh and the threshold above which a tenth
// of the training scores lies:
//
//	func(train, fresh *mat.Dense) (scores []float64, threshold float64)
func LOFNovelty(function any) { exam.Mark(lofNovelty, function) }

func fitNovelty(train *mat.Dense) labkit.Model {
	return labkit.Must(labkit.LocalOutlierFactor{}.Fit(train))
}

// judgeNovelty knows the labels of fresh, for its rows are sorted by them: 900
// normal flows, then the attacks.
func judgeNovelty(in exam.Input, got []any) string {
	labels := make([]bool, in[1].(*mat.Dense).RawMatrix().Rows)
	for i := range labels {
		labels[i] = i >= 900
	}
	q, fault := qualityOf(got[0].([]float64), got[1].(float64), labels)
	if fault != "" {
		return fault
	}
	says := q.about(quality{0.733, 1})
	if q.ranksLike(1) && says != "" {
		above := countScores(fitNovelty(in[0].(*mat.Dense)).TrainScores(), func(s float64) bool { return s > got[1].(float64) })
		says += fmt.Sprintf(" Of the 900 training scores %d lie above your threshold: want 90, a tenth.", above)
	}
	return says
}

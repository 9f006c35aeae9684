package check

import (
	"math"
	"slices"

	"flowlab/labkit/internal/exam"
)

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

package kdtree

import "math/bits"

// This file sorts neighbours by distance. Sorting is not stable, and where
// distances are equal the algorithm decides which row comes first; it is
// therefore scikit-learn's, like the rest: quicksort with the median of three
// as its pivot, insertion sort for short runs, and heap sort for a run on which
// quicksort goes on too long.

// short is the length up to which neighbours are sorted by insertion.
const short = 15

// sortByDistance sorts neighbours, the nearest first.
func sortByDistance(a []Neighbor) {
	quicksort(a, 2*(bits.Len(uint(len(a)))-1))
}

// quicksort sorts a, and turns to heap sort after budget partitions that were
// nested in one another.
func quicksort(a []Neighbor, budget int) {
	for ; len(a) > short; budget-- {
		if budget <= 0 {
			heapsort(a)
			return
		}
		middle := pivot(a)
		quicksort(a[:middle], budget-1)
		a = a[middle+1:]
	}
	insertionSort(a)
}

// pivot moves a pivot to the place that it has in sorted order, with nothing
// farther before it and nothing nearer after it, and returns that place.
func pivot(a []Neighbor) int {
	last := len(a) - 1
	medianToLast(a)
	distance := a[last].Distance
	left, right := 1, last-1
	for {
		for left <= right && a[left].Distance < distance {
			left++
		}
		for left <= right && a[right].Distance > distance {
			right--
		}
		if left >= right {
			break
		}
		a[left], a[right] = a[right], a[left]
		left++
		right--
	}
	a[left], a[last] = a[last], a[left]
	return left
}

// medianToLast orders the first, the last and the middle neighbour, in that
// order of places: the least comes first, the median last.
func medianToLast(a []Neighbor) {
	middle, last := len(a)/2, len(a)-1
	order := func(i, j int) {
		if a[i].Distance > a[j].Distance {
			a[i], a[j] = a[j], a[i]
		}
	}
	order(0, last)
	order(last, middle)
	order(0, last)
}

// heapsort builds a heap and takes the farthest neighbour off it again and
// again.
func heapsort(a []Neighbor) {
	for root := len(a)/2 - 1; root >= 0; root-- {
		sift(a, root)
	}
	for end := len(a) - 1; end > 0; end-- {
		a[0], a[end] = a[end], a[0]
		sift(a[:end], 0)
	}
}

// insertionSort sorts a and keeps the order of neighbours at equal distances.
func insertionSort(a []Neighbor) {
	for i, n := range a {
		j := i
		for ; j > 0 && a[j-1].Distance > n.Distance; j-- {
			a[j] = a[j-1]
		}
		a[j] = n
	}
}

package labkit

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// A Neighbor is a row of a matrix near another one.
type Neighbor struct {
	Row      int
	Distance float64 // Euclidean
}

// Nearest returns the k rows of x that are nearest to a row of it, the nearest
// first, without the row itself: those that [LocalOutlierFactor] compares it
// with. Of equally distant rows the earlier comes first. It returns an error if
// x is empty or holds NaN or an infinity, if there is no such row, or if k is
// not in [1, rows-1].
func Nearest(x *mat.Dense, row, k int) (_ []Neighbor, err error) {
	defer prefix(&err, "Nearest")
	if err := checkMatrix(x); err != nil {
		return nil, err
	}
	rows, _ := x.Dims()
	if row < 0 || row >= rows {
		return nil, fmt.Errorf("row is %d: want 0 to %d", row, rows-1)
	}
	if k < 1 || k >= rows {
		return nil, fmt.Errorf("k is %d: want 1 to %d for %d rows", k, rows-1, rows)
	}
	others := make([]Neighbor, 0, rows-1)
	for i := range rows {
		if i != row {
			others = append(others, Neighbor{i, math.Sqrt(squaredDistance(x.RawRowView(row), x.RawRowView(i)))})
		}
	}
	slices.SortStableFunc(others, func(a, b Neighbor) int { return cmp.Compare(a.Distance, b.Distance) })
	return others[:k], nil
}

// squaredDistance returns ‖a-b‖².
func squaredDistance(a, b []float64) float64 {
	b = b[:len(a)]
	sum := 0.0
	for j := range a {
		difference := a[j] - b[j]
		sum = math.FMA(difference, difference, sum)
	}
	return sum
}

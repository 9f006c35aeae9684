package smo

import (
	"flowlab/labkit/internal/columnwise"
	"flowlab/labkit/internal/fastexp"
)

// block is the number of kernel values computed together: their distances, then
// their exponentials.
const block = 256

// A kernel computes exp(-gamma·‖a-b‖²) between the rows of a problem.
//
// Like LIBSVM it takes ‖a-b‖² as ‖a‖² + ‖b‖² - 2a·b. Rows that lie close
// together but far from the origin lose digits by that, in the worst case all
// of them, so that a distance comes out negative and a kernel value above 1.
type kernel struct {
	points columnwise.Points // by position
	square []float64         // ‖row‖² by position
	gamma  float64
}

// newKernel returns the kernel of p. It copies the points.
func newKernel(p Problem) *kernel {
	k := &kernel{
		points: columnwise.New(p.Points, p.Cols),
		square: make([]float64, len(p.Points)/p.Cols),
		gamma:  p.Gamma,
	}
	for i := range k.square {
		k.points.Products(k.square[i:i+1], k.points.Row(i), i)
	}
	return k
}

// fill computes row[from:to], the kernel values of position i with the
// positions from..to-1. They are rounded to 32 bits: LIBSVM stores them so, and
// the search must see the same numbers.
func (k *kernel) fill(row []float32, i, from, to int) {
	var memory [block]float64
	point := k.points.Row(i)
	for ; from < to; from += block {
		values := memory[:min(block, to-from)]
		k.points.Products(values, point, from)
		squares := k.square[from:][:len(values)]
		for t, product := range values {
			// Doubling is exact: fusing it with the subtraction changes nothing.
			distance := k.square[i] + squares[t] - 2*product
			values[t] = -k.gamma * distance
		}
		fastexp.Slice(values)
		for t, v := range values {
			row[from+t] = float32(v)
		}
	}
}

// swap exchanges the rows at positions i and j.
func (k *kernel) swap(i, j int) {
	k.points.Swap(i, j)
	k.square[i], k.square[j] = k.square[j], k.square[i]
}

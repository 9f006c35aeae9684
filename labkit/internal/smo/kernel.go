package smo

import (
	"math"

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
	points []float64 // rows by position, one after the other
	cols   int
	square []float64 // ‖row‖² by position
	gamma  float64
}

// newKernel returns the kernel of p. It copies the points.
func newKernel(p Problem) *kernel {
	n := len(p.Points) / p.Cols
	k := &kernel{
		points: append([]float64(nil), p.Points...),
		cols:   p.Cols,
		square: make([]float64, n),
		gamma:  p.Gamma,
	}
	for i := range k.square {
		k.square[i] = dot(k.at(i), k.at(i))
	}
	return k
}

// at returns the row at position i.
func (k *kernel) at(i int) []float64 {
	return k.points[i*k.cols : (i+1)*k.cols]
}

// fill computes row[from:to], the kernel values of position i with the
// positions from..to-1. They are rounded to 32 bits: LIBSVM stores them so, and
// the search must see the same numbers.
func (k *kernel) fill(row []float32, i, from, to int) {
	var memory [block]float64
	for ; from < to; from += block {
		values := memory[:min(block, to-from)]
		products(values, k.at(i), k.points[from*k.cols:])
		for t, product := range values {
			// Doubling is exact: fusing it with the subtraction changes nothing.
			distance := k.square[i] + k.square[from+t] - 2*product
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
	a, b := k.at(i), k.at(j)
	for c := range a {
		a[c], b[c] = b[c], a[c]
	}
	k.square[i], k.square[j] = k.square[j], k.square[i]
}

// dot returns the inner product of a and b, each product fused with its
// addition from left to right, as OpenBLAS does for fewer than 16 numbers.
func dot(a, b []float64) float64 {
	b = b[:len(a)]
	sum := 0.0
	for c := range a {
		sum = math.FMA(a[c], b[c], sum)
	}
	return sum
}

// products sets out[t] to the inner product of a with the row t of points. It
// takes four rows at a time: within one, each sum has to wait for the last.
func products(out, a, points []float64) {
	n := len(a)
	for len(out) >= 4 {
		b0, b1, b2, b3 := points[:n], points[n:2*n], points[2*n:3*n], points[3*n:4*n]
		var sum0, sum1, sum2, sum3 float64
		for c, v := range a {
			sum0 = math.FMA(v, b0[c], sum0)
			sum1 = math.FMA(v, b1[c], sum1)
			sum2 = math.FMA(v, b2[c], sum2)
			sum3 = math.FMA(v, b3[c], sum3)
		}
		out[0], out[1], out[2], out[3] = sum0, sum1, sum2, sum3
		out, points = out[4:], points[4*n:]
	}
	for t := range out {
		out[t] = dot(a, points[t*n:(t+1)*n])
	}
}

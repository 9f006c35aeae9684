// Package columnwise compares one row with many that are kept column by column.
//
// Each product is fused with its addition, from the first column to the last, as
// the linear algebra under scikit-learn does for fewer than 16 columns: the sums
// are the same to the last bit. Within one row each sum has to wait for the
// last; going down columns, the sums of many rows are under way at a time.
package columnwise

import "math"

// Points holds rows of numbers, a slice for each column.
type Points [][]float64

// New returns the points of rows that lie one behind the other.
func New(rows []float64, cols int) Points {
	n := len(rows) / cols
	p := make(Points, cols)
	for c := range p {
		p[c] = make([]float64, n)
		for i := range n {
			p[c][i] = rows[i*cols+c]
		}
	}
	return p
}

// Row returns a copy of row i.
func (p Points) Row(i int) []float64 {
	row := make([]float64, len(p))
	for c, column := range p {
		row[c] = column[i]
	}
	return row
}

// Swap exchanges rows i and j.
func (p Points) Swap(i, j int) {
	for _, column := range p {
		column[i], column[j] = column[j], column[i]
	}
}

// Products sets out[t] to the inner product of a with row from+t.
func (p Points) Products(out, a []float64, from int) {
	clear(out)
	for ; len(a) >= 4; a, p = a[4:], p[4:] {
		a0, a1, a2, a3 := a[0], a[1], a[2], a[3]
		b0, b1, b2, b3 := p.four(from, len(out))
		for t, sum := range out {
			sum = math.FMA(a0, b0[t], sum)
			sum = math.FMA(a1, b1[t], sum)
			sum = math.FMA(a2, b2[t], sum)
			out[t] = math.FMA(a3, b3[t], sum)
		}
	}
	for c, v := range a {
		b := p[c][from:][:len(out)]
		for t, sum := range out {
			out[t] = math.FMA(v, b[t], sum)
		}
	}
}

// SquaredDistances sets out[t] to the squared distance between a and row t.
func (p Points) SquaredDistances(out, a []float64) {
	clear(out)
	for ; len(a) >= 4; a, p = a[4:], p[4:] {
		a0, a1, a2, a3 := a[0], a[1], a[2], a[3]
		b0, b1, b2, b3 := p.four(0, len(out))
		for t, sum := range out {
			d0, d1, d2, d3 := a0-b0[t], a1-b1[t], a2-b2[t], a3-b3[t]
			sum = math.FMA(d0, d0, sum)
			sum = math.FMA(d1, d1, sum)
			sum = math.FMA(d2, d2, sum)
			out[t] = math.FMA(d3, d3, sum)
		}
	}
	for c, v := range a {
		b := p[c][:len(out)]
		for t, sum := range out {
			d := v - b[t]
			out[t] = math.FMA(d, d, sum)
		}
	}
}

// four returns n numbers of each of the first four columns.
func (p Points) four(from, n int) (a, b, c, d []float64) {
	return p[0][from:][:n], p[1][from:][:n], p[2][from:][:n], p[3][from:][:n]
}

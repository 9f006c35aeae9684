// Package fastexp computes many exponentials at a time.
//
// A Gaussian kernel spends most of its time in the exponential. A call of
// math.Exp for each number costs two to three times as much as a loop that
// keeps several numbers in flight, which is all that this package adds.
//
// The method is P. T. P. Tang's (Table-driven implementation of the exponential
// function in IEEE floating-point arithmetic, ACM Transactions on Mathematical
// Software 15(2), 1989): with x = k·ln2/128 + r and |r| ≤ ln2/256,
//
//	e^x = 2^(k/128) · e^r,
//
// where the first factor is looked up and the second is a short polynomial.
package fastexp

import "math"

const (
	steps = 128 // powers of 2 in the table, from 1 up to but not including 2

	// ln2/steps in two parts. The first ends in zeros, so that its product with
	// any k below is exact.
	stepHigh = 0x1.62e42feep-8
	stepLow  = math.Ln2/steps - stepHigh

	// Adding 1.5·2^52 rounds a float64 to an integer and leaves that integer,
	// in two's complement, in the lowest bits.
	rounder = 3 << 51

	// Between these bounds the result is a normal number.
	lowest, highest = -708.0, 709.0
)

// power holds the bits of 2^(j/steps).
var power = func() (bits [steps]uint64) {
	for j := range bits {
		bits[j] = math.Float64bits(math.Exp2(float64(j) / steps))
	}
	return bits
}()

// Slice replaces every x[i] by e^x[i], off by at most 1.5 units in the last
// place. Infinities, NaN and what overflows or underflows become what math.Exp
// makes of them. The results are the same on every architecture.
func Slice(x []float64) {
	for i, v := range x {
		if !(v >= lowest && v <= highest) {
			x[i] = math.Exp(v)
			continue
		}
		rounded := float64(v*(steps/math.Ln2)) + rounder
		k := math.Float64bits(rounded)
		multiple := rounded - rounder
		r := v - float64(multiple*stepHigh) - float64(multiple*stepLow)

		// e^r - 1 by its Taylor series; r⁶/720 is below a unit in the last place.
		r2 := r * r
		e := r + float64(r2*(1./2+float64(r*(1./6)))) +
			float64(float64(r2*r2)*(1./24+float64(r*(1./120))))

		// k/steps goes into the exponent of the table's number.
		scale := math.Float64frombits(power[k%steps] + k/steps<<52)
		x[i] = scale + float64(scale*e)
	}
}

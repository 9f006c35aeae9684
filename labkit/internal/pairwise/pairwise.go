// Package pairwise adds floating-point numbers in the order in which numpy
// adds them.
//
// A floating-point sum depends on the order of its additions. The detectors of
// this module promise the scores of scikit-learn, whose sums, means and
// variances are numpy's; adding in another order would change their last bits,
// and with those a rank between two flows that are nearly alike. Numpy's order
// is pairwise summation: halve the numbers, sum each half, add the two sums.
// The rounding error of such a sum grows with log n rather than with n
// (N. J. Higham, "The accuracy of floating point summation", SIAM Journal on
// Scientific Computing 14, 1993).
package pairwise

const (
	// lanes is the number of running sums kept side by side within a block.
	lanes = 8
	// block is the longest run of numbers that is not halved any more.
	block = 128
)

// Sum returns the sum of x, with the rounding of numpy.sum on a contiguous
// array of 64-bit floats. The sum of no numbers is 0.
func Sum(x []float64) float64 {
	switch n := len(x); {
	case n < lanes:
		return sequential(0, x)
	case n <= block:
		return blockSum(x)
	default:
		half := n / 2
		half -= half % lanes
		return Sum(x[:half]) + Sum(x[half:])
	}
}

// Mean returns the sum of x divided by its length, with the rounding of
// numpy.mean. The mean of no numbers is NaN.
func Mean(x []float64) float64 {
	return Sum(x) / float64(len(x))
}

// blockSum deals the numbers of x out to the lanes like cards, sums each lane,
// and adds the lane sums in pairs. What is left over after the last full round
// is added one by one. x holds at least one number for each lane.
func blockSum(x []float64) float64 {
	var sum [lanes]float64
	copy(sum[:], x)
	rounds := len(x) - len(x)%lanes
	for i := lanes; i < rounds; i += lanes {
		for lane := range sum {
			sum[lane] += x[i+lane]
		}
	}
	total := ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]))
	return sequential(total, x[rounds:])
}

// sequential adds the numbers of x to start, from left to right.
func sequential(start float64, x []float64) float64 {
	for _, v := range x {
		start += v
	}
	return start
}

package labkit

import (
	"fmt"
	"slices"
)

// Percentile returns the value below which q percent of values lie, q in
// [0, 100], interpolated linearly between the two nearest as numpy.percentile.
// It returns an error if values are empty or hold NaN or an infinity, or q is
// out of range.
//
// Source: R. Hyndman and Y. Fan, Sample Quantiles in Statistical Packages, The
// American Statistician 50(4), 1996, definition 7.
func Percentile(values []float64, q float64) (_ float64, err error) {
	defer prefix(&err, "Percentile")
	if !(q >= 0 && q <= 100) {
		return 0, fmt.Errorf("q is %v: want 0 to 100", q)
	}
	if err := checkFinite("value", values); err != nil {
		return 0, err
	}
	return percentile(slices.Clone(values), q)
}

// checkFinite returns an error if there are no values or one of them is not finite.
func checkFinite(noun string, values []float64) error {
	if len(values) == 0 {
		return fmt.Errorf("no %ss: want at least one", noun)
	}
	if i := slices.IndexFunc(values, isNotFinite); i >= 0 {
		return fmt.Errorf("%s %d is %v: want a finite number", noun, i, values[i])
	}
	return nil
}

// percentile reorders the values.
func percentile(values []float64, q float64) (float64, error) {
	p := percentileBySelection(values, q)
	if isNotFinite(p) {
		return 0, fmt.Errorf("the values, from %v to %v, lie too far apart to interpolate", slices.Min(values), slices.Max(values))
	}
	return p, nil
}

// percentileBySelection reorders the values. It is not finite if they lie too far
// apart to interpolate.
func percentileBySelection(values []float64, q float64) float64 {
	position := percentilePosition(len(values), q)
	low := int(position)
	selectNth(values, low)
	a, b := values[low], values[low]
	if low+1 < len(values) {
		b = slices.Min(values[low+1:])
	}
	return interpolate(a, b, position-float64(low))
}

func percentileOfSorted(sorted []float64, q float64) float64 {
	position := percentilePosition(len(sorted), q)
	low := int(position)
	if low == len(sorted)-1 {
		return sorted[low]
	}
	return interpolate(sorted[low], sorted[low+1], position-float64(low))
}

// percentilePosition returns where among n sorted values the percentile lies.
func percentilePosition(n int, q float64) float64 {
	last := float64(n - 1)
	return min(float64(last*(q/100)), last)
}

// interpolate returns the number at t between a and b, from the nearer of the
// two, as numpy does, so that the last bits agree.
func interpolate(a, b, t float64) float64 {
	if t >= 0.5 {
		return b - float64((b-a)*(1-t))
	}
	return a + float64((b-a)*t)
}

// selectNth puts the value at nth that would be there if values were sorted,
// with none above it before and none below it behind: Hoare's quickselect, which
// looks at some three times as many values as there are.
//
// Source: C. A. R. Hoare, Algorithm 65: Find, Communications of the ACM 4(7), 1961.
func selectNth(values []float64, nth int) {
	for budget := 64; len(values) > 1; budget-- {
		if budget == 0 {
			slices.Sort(values) // the pivots were bad throughout
			return
		}
		switch less, equal := partition(values); {
		case nth < less:
			values = values[:less]
		case nth < less+equal:
			return
		default:
			values, nth = values[less+equal:], nth-less-equal
		}
	}
}

// partition puts values below a pivot first, those equal to it next, and
// returns how many there are of both. The pivot is the median of three.
func partition(values []float64) (less, equal int) {
	a, b, c := values[0], values[len(values)/2], values[len(values)-1]
	pivot := max(min(a, b), min(max(a, b), c))
	above := len(values)
	for i := 0; i < above; {
		switch v := values[i]; {
		case v < pivot:
			values[i], values[less] = values[less], v
			less++
			i++
		case v > pivot:
			above--
			values[i], values[above] = values[above], v
		default:
			i++
		}
	}
	return less, above - less
}

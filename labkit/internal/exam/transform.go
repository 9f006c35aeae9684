package exam

import (
	"fmt"
	"math"
	"slices"
)

const cutOff = "The digits after the point are cut off. Dividing two ints gives an int in Go: convert both with float64(…) before dividing."

// transforms turn what is wanted into what common slips give.
var transforms = []struct {
	of   func(want float64) float64
	says string
}{
	{func(w float64) float64 { return -w }, "The sign is wrong: every result has the right size and the opposite sign."},
	{math.Trunc, cutOff},
	{func(w float64) float64 { return w + 1 }, "Every result is too large by one."},
	{func(w float64) float64 { return w - 1 }, "Every result is too small by one."},
	{func(w float64) float64 { return 1 / w }, "The fraction is upside down: every result is 1 divided by the one wanted."},
	{func(w float64) float64 { return 1 - w }, "Every result is 1 minus the one wanted."},
	{func(w float64) float64 { return 100 * w }, "The results are percentages: want fractions, from 0 to 1."},
	{func(w float64) float64 { return w * w }, "Every result is the square of the one wanted."},
	{math.Sqrt, "Every result is the square root of the one wanted."},
	{math.Exp, "Every result is e to the power of the one wanted."},
	{math.Log, "Every result is the logarithm of the one wanted."},
	{func(w float64) float64 { return math.Round(100 * w) }, "The results are percentages, rounded: want fractions, from 0 to 1, as they are."},
	{round(0), "The results are rounded. Return them as they are: rounding is for printing."},
	{round(1), "The results are rounded to one decimal. Return them as they are: rounding is for printing."},
	{round(2), "The results are rounded to two decimals. Return them as they are: rounding is for printing."},
	{round(3), "The results are rounded to three decimals. Return them as they are: rounding is for printing."},
	{round(4), "The results are rounded to four decimals. Return them as they are: rounding is for printing."},
	{func(w float64) float64 { return math.Trunc(100*w) / 100 }, "The results are cut off after two decimals. Were whole percent made of two ints? Convert both with float64(…) before dividing."},
}

func round(decimals int) func(float64) float64 {
	unit := math.Pow10(decimals)
	return func(w float64) float64 { return math.Round(w*unit) / unit }
}

// transformed finds one slip that explains all numbers.
func transformed(got, want [][]any) string {
	g, w, ok := paired(got, want)
	if !ok {
		return ""
	}
	for _, t := range transforms {
		if fits(g, w, t.of) {
			return t.says
		}
	}
	return ""
}

// scaled finds a factor or a difference that is the same for all numbers.
func scaled(got, want [][]any) string {
	g, w, ok := paired(got, want)
	if !ok {
		return ""
	}
	factor, shift := g[0]/w[0], g[0]-w[0]
	switch {
	case isFinite(factor) && factor != 0 && factor != 1 && fits(g, w, func(v float64) float64 { return factor * v }):
		return fmt.Sprintf("Every result is %.6g times the one wanted.", factor)
	case isFinite(shift) && shift != 0 && fits(g, w, func(v float64) float64 { return v + shift }):
		return fmt.Sprintf("Every result differs from the one wanted by %+.6g.", shift)
	}
	return ""
}

func isFinite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// paired returns the numbers in all results side by side. It is not ok if there
// are none, or not equally many in each result.
func paired(got, want [][]any) (g, w []float64, ok bool) {
	if len(got) != len(want) {
		return nil, nil, false
	}
	for i := range got {
		for r := range min(len(got[i]), len(want[i])) {
			a, b := flatten(got[i][r:r+1]), flatten(want[i][r:r+1])
			if len(a) != len(b) {
				return nil, nil, false
			}
			g, w = append(g, a...), append(w, b...)
		}
	}
	return g, w, len(g) > 0
}

// fits tells whether a function makes of all wanted numbers those that came.
// There must be different ones: a single number is explained by anything.
func fits(got, want []float64, of func(float64) float64) bool {
	return predicts(got, want, of) && slices.ContainsFunc(got, func(g float64) bool { return !near(g, got[0]) })
}

func predicts(got, want []float64, of func(float64) float64) bool {
	for i, w := range want {
		if !near(got[i], of(w)) {
			return false
		}
	}
	return true
}

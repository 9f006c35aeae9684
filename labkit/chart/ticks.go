package chart

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
)

// ticks marks a linear axis at four to seven round values, labelled alike:
// 0, 200k, 400k rather than 0, 200000, 4e+05.
type ticks struct{}

// Ticks implements [plot.Ticker].
func (ticks) Ticks(min, max float64) []plot.Tick {
	step := roundStep((max - min) / 6)
	greatest := math.Max(math.Abs(min), math.Abs(max))
	first := math.Ceil(min/step - 1e-9)
	marks := make([]plot.Tick, 1+int(max/step-first+1e-9))
	for i := range marks {
		v := (first + float64(i)) * step
		marks[i] = plot.Tick{Value: v, Label: tickLabel(v, step, greatest)}
	}
	return marks
}

// wholeTicks marks an axis of counts, at whole numbers only.
type wholeTicks struct{}

// Ticks implements [plot.Ticker].
func (wholeTicks) Ticks(lo, hi float64) []plot.Tick {
	step := roundStep((hi - lo) / 6)
	switch {
	case step < 1:
		step = 1
	case step == 2.5:
		step = 2
	}
	var marks []plot.Tick
	for v := step * math.Ceil(lo/step); v <= hi; v += step {
		marks = append(marks, plot.Tick{Value: v, Label: tickLabel(v, step, math.Max(math.Abs(lo), math.Abs(hi)))})
	}
	return marks
}

// roundStep returns the least of 1, 2, 2.5 and 5 times a power of ten that is
// not below step.
func roundStep(step float64) float64 {
	power := math.Pow10(int(math.Floor(math.Log10(step))))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*power >= step*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// tickLabel writes v with the decimals that step needs, in the unit that suits
// the greatest value of the axis.
func tickLabel(v, step, greatest float64) string {
	if v == 0 {
		return "0"
	}
	if greatest < 1e-3 || greatest >= 1e15 {
		return scientific(v)
	}
	unit, suffix := siUnit(greatest)
	digits := 0
	for s := step / unit; digits < 6 && math.Abs(s-math.Round(s)) > 1e-6; s *= 10 {
		digits++
	}
	return strconv.FormatFloat(v/unit, 'f', digits, 64) + suffix
}

// scientific writes v to four digits at most: 2.5e-6, not 2.500e-06.
func scientific(v float64) string {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', 3, 64), "e")
	mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
	sign, power := strings.TrimPrefix(exponent[:1], "+"), strings.TrimLeft(exponent[1:], "0")
	return mantissa + "e" + sign + power
}

// siUnit returns the power of a thousand to write v in, and its letter.
// Four digits are written as they are.
func siUnit(v float64) (float64, string) {
	switch {
	case v >= 1e12:
		return 1e12, "T"
	case v >= 1e9:
		return 1e9, "G"
	case v >= 1e6:
		return 1e6, "M"
	case v >= 1e4:
		return 1e3, "k"
	}
	return 1, ""
}

// decades marks an axis of decimal logarithms at powers of ten, at most nine of
// them, and at 2 and 5 times a power of ten where there are but one or two.
type decades struct{}

// Ticks implements [plot.Ticker]. The outermost may lie beyond min and max,
// where gonum does not draw them.
func (decades) Ticks(min, max float64) []plot.Tick {
	lo, hi := int(math.Floor(min)), int(math.Ceil(max))
	within := []float64{1}
	if max-min < 2.5 {
		within = []float64{1, 2, 5}
	}
	stride := 1 + (hi-lo-2)/8
	var marks []plot.Tick
	for e := lo - lo%stride; e <= hi; e += stride { // multiples of stride: 1 is one of them
		for _, m := range within {
			marks = append(marks, plot.Tick{Value: float64(e) + math.Log10(m), Label: powerLabel(m, e)})
		}
	}
	return marks
}

// powerLabel writes m times ten to the power of e plainly: 0.01, 2, 100, 50k.
func powerLabel(m float64, e int) string {
	v := m * math.Pow10(e)
	if e < -4 || e >= 15 {
		return scientific(v)
	}
	unit, suffix := 1.0, ""
	if v >= 1000 {
		unit, suffix = siUnit(math.Max(v, 1e4))
	}
	return strconv.FormatFloat(v/unit, 'f', max(0, -e), 64) + suffix
}

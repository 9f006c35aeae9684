package chart

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
)

// A scale is how values lie along an axis: as they are, or by their decimal
// logarithm.
type scale struct{ log bool }

// scaleOf returns a logarithmic scale for values with a heavy tail, if all are
// above 0.
func scaleOf(values []float64) scale {
	return scale{slices.Min(values) > 0 && heavyTailed(values)}
}

func (s scale) at(v float64) float64 {
	if s.log {
		return math.Log10(v)
	}
	return v
}

// value is the inverse of at.
func (s scale) value(at float64) float64 {
	if s.log {
		return math.Pow(10, at)
	}
	return at
}

func (s scale) all(values []float64) []float64 {
	if s.log {
		return logs(values)
	}
	return values
}

// label returns the label of an axis, which says if it is logarithmic.
func (s scale) label(name string) string {
	if s.log {
		return name + ", logarithmic"
	}
	return name
}

// mark puts the ticks that suit the scale on an axis.
func (s scale) mark(a *plot.Axis) {
	if s.log {
		a.Tick.Marker = decades{}
	}
}

// columnLabel returns what to write along the axis of a column where its name
// does not stand above: name and unit.
func columnLabel(column string) string {
	if u, ok := units[column]; ok && u != strings.ReplaceAll(column, "_", " ") {
		return fmt.Sprintf("%s (%s)", column, u)
	}
	return column
}

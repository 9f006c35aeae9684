// Package texttable lays out columns as fixed-width text, as pandas prints a
// data frame: numbers right-aligned, six digits at most, as many decimals in a
// column as its values need, scientific notation where a column spans too many
// powers of ten.
//
// It exists because the lab's tables are compared, by tests and by readers,
// with those that the Python lab prints.
package texttable

import (
	"math"
	"strconv"
	"strings"
)

// digits is pandas' display.precision.
const digits = 6

// A Column is a header and its cells, all of them text already.
type Column struct {
	Header string
	Cells  []string
	Left   bool // align to the left, as an index is
}

// Render returns the columns side by side, a line per row below the headers,
// without a newline at the end.
func Render(columns ...Column) string {
	if len(columns) == 0 {
		return ""
	}
	lines := make([]strings.Builder, len(columns[0].Cells)+1)
	for k, c := range columns {
		width := len([]rune(c.Header))
		for _, cell := range c.Cells {
			width = max(width, len([]rune(cell)))
		}
		for i := range lines {
			text := c.Header
			if i > 0 {
				text = c.Cells[i-1]
			}
			if k > 0 {
				lines[i].WriteByte(' ')
			}
			padding := strings.Repeat(" ", width-len([]rune(text)))
			if c.Left {
				lines[i].WriteString(text + padding)
			} else {
				lines[i].WriteString(padding + text)
			}
		}
	}
	out := make([]string, len(lines))
	for i := range lines {
		out[i] = lines[i].String()
	}
	return strings.Join(out, "\n")
}

// Floats formats the values of one column. NaN is "NaN". With signPlace a
// number that is not negative begins with a blank in the place of its sign, as
// pandas has it beside an index.
func Floats(values []float64, signPlace bool) []string {
	cells := trimZeros(format(values, 'f', signPlace))
	longest, large, small := 0, false, false
	for i, v := range values {
		longest = max(longest, len(cells[i]))
		large = large || math.Abs(v) > 1e6
		small = small || v != 0 && math.Abs(v) < 1e-6
	}
	if small || large && longest > digits+6 {
		return format(values, 'e', signPlace)
	}
	return cells
}

func format(values []float64, verb byte, signPlace bool) []string {
	out := make([]string, len(values))
	for i, v := range values {
		switch {
		case math.IsNaN(v):
			out[i] = "NaN"
		case math.IsInf(v, 1):
			out[i] = "inf"
		case math.IsInf(v, -1):
			out[i] = "-inf"
		default:
			out[i] = strconv.FormatFloat(v, verb, digits, 64)
		}
		if signPlace && !math.IsNaN(v) && !math.Signbit(v) {
			out[i] = " " + out[i]
		}
	}
	return out
}

// trimZeros cuts the zeros that all numbers of a column end in, but for the
// first decimal.
func trimZeros(cells []string) []string {
	cut := digits
	for _, c := range cells {
		if point := strings.IndexByte(c, '.'); point >= 0 {
			zeros := len(c) - len(strings.TrimRight(c, "0"))
			cut = min(cut, zeros)
		}
	}
	cut = min(cut, digits-1)
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = c
		if strings.IndexByte(c, '.') >= 0 {
			out[i] = c[:len(c)-cut]
		}
	}
	return out
}

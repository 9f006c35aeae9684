package chart

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// cells writes the numbers of one column with as many decimals as its smallest
// value needs for three digits, if the greatest leaves room for them within
// six: a column reads down, without exponents. Thousands are set apart by commas,
// as in interactive pictures, but not of times and, in tables, ports. NaN is "NaN".
func cells(values []float64) []string {
	least, greatest := math.Inf(1), 0.0
	for _, v := range values {
		if v = math.Abs(v); v > 0 && !math.IsInf(v, 0) { // false for NaN
			least, greatest = min(least, v), max(greatest, v)
		}
	}
	format, precision := byte('f'), 0
	switch {
	case greatest == 0: // nothing but 0 and NaN
	case greatest < 1e-3 || greatest >= 1e15:
		format, precision = 'e', 2
	default:
		places := 1 + int(math.Floor(math.Log10(greatest))) // before the point
		needed := 2 - int(math.Floor(math.Log10(least)))
		precision = max(0, min(needed, 6-max(places, 1)))
	}
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = strconv.FormatFloat(v, format, precision, 64)
	}
	if format == 'f' && precision > 0 {
		trimZeros(out)
	}
	if format == 'f' && !areTimes(values) {
		for i, n := range out {
			out[i] = grouped(n)
		}
	}
	return out
}

// areTimes tells whether numbers look like seconds since 1970: all lie between 2001
// and 2106.
func areTimes(values []float64) bool {
	return !slices.ContainsFunc(values, func(v float64) bool { return v < 1e9 || v >= 1<<32 })
}

// grouped sets the thousands of a plain number apart: -1,234.5.
func grouped(number string) string {
	whole, rest := number, ""
	if point := strings.IndexByte(number, '.'); point >= 0 {
		whole, rest = number[:point], number[point:]
	}
	for i := len(whole) - 3; i > 0 && isDigit(whole[i-1]) && isDigit(whole[i]); i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return whole + rest
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// trimZeros drops the last decimal while it is 0 in every number.
func trimZeros(numbers []string) {
	for {
		for _, n := range numbers {
			if strings.Contains(n, ".") && !strings.HasSuffix(n, "0") {
				return
			}
		}
		trimmed := false
		for i, n := range numbers {
			if strings.Contains(n, ".") {
				numbers[i] = strings.TrimSuffix(n[:len(n)-1], ".")
				trimmed = true
			}
		}
		if !trimmed {
			return
		}
	}
}

package chart

import (
	"math"
	"strconv"
	"strings"
)

// cells writes the numbers of one column with as many decimals as its smallest
// value needs for three digits, if the greatest leaves room for them within
// six: a column reads down, without exponents. NaN is "NaN".
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
	return out
}

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

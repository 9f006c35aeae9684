package flowlog

import (
	"math"
	"math/bits"
	"strconv"

	"flowlab/labkit/flow"
)

// parseNumber takes 3.0 for a whole number: pandas writes it in a column with
// missing values.
func parseNumber(text string, l *flow.Limit) (float64, error) {
	v, ok := parseDecimal(text)
	if !ok || !l.Has(v) {
		return 0, l.Want
	}
	return v + 0, nil // + 0: a zero has no sign
}

// parseDecimal parses digits with an optional sign, point and exponent.
// ParseFloat alone would also take NaN, infinities, hexadecimal numbers and
// underscores.
func parseDecimal(text string) (float64, bool) {
	if v, length := scanDecimal(text); length > 0 && length == len(text) {
		return v, true
	}
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9', c == '+', c == '-', c == '.', c == 'e', c == 'E':
		default:
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil
}

var powersOfTen = [...]uint64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19}

// quotient returns the float64 that is nearest to n/power, power being one of
// ten, which a float64 holds exactly.
func quotient(n, power uint64) float64 {
	if n <= 1<<53 || power == 1 {
		return float64(n) / float64(power)
	}
	// So many bits that the quotient has 62 or 63, of which the last says whether
	// there are more: enough to round it to 53.
	shift := uint(62 - bits.Len64(n) + bits.Len64(power))
	high, low := n>>(64-shift)|n<<(shift-64), n<<shift // below 0, a uint is too far
	q, rest := bits.Div64(high, low, power)
	if rest != 0 {
		q |= 1
	}
	return float64(q) * math.Float64frombits(uint64(1023-shift)<<52) // times 2 to the -shift
}

// quote shortens what is quoted in an error.
func quote(text string) string {
	const most = 40
	if len(text) > most {
		return strconv.Quote(text[:most]) + "…"
	}
	return strconv.Quote(text)
}

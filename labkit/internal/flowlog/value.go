package flowlog

import (
	"errors"
	"math"
	"math/bits"
	"net/netip"
	"strconv"
	"strings"
)

// This file holds the checks that values pass. An error says what was wanted.

var (
	errAmount   = errors.New("a decimal number, 0 or above")
	errWhole    = errors.New("a whole number, 0 or above")
	errPort     = errors.New("a port, 0 to 65535")
	errFlag     = errors.New("0 (normal) or 1 (anomaly)")
	errAddress  = errors.New("an IPv4 or IPv6 address")
	errProtocol = errors.New("a protocol: its name, or its number, 0 to 255")
	errWord     = errors.New("text without control characters")
)

// Number returns nil if the field may have this number, or what is wanted
// instead.
func (f Field) Number(v float64) error {
	switch {
	case f == Label:
		return within(v, 1, true, errFlag)
	case f == SrcPort || f == DstPort:
		return within(v, math.MaxUint16, true, errPort)
	case f.IsWhole():
		return within(v, 1<<53, true, errWhole)
	}
	return within(v, math.MaxFloat64, false, errAmount)
}

func within(v, most float64, whole bool, err error) error {
	if v >= 0 && v <= most && (!whole || v == math.Trunc(v)) {
		return nil
	}
	return err
}

func parseAmount(text string) (float64, error) {
	return parseWithin(text, math.MaxFloat64, false, errAmount)
}

// parseWhole takes 3.0, too: pandas writes it in a column with missing values.
func parseWhole(text string) (float64, error) { return parseWithin(text, 1<<53, true, errWhole) }
func parsePort(text string) (float64, error)  { return parseWithin(text, math.MaxUint16, true, errPort) }
func parseFlag(text string) (float64, error)  { return parseWithin(text, 1, true, errFlag) }

func parseWithin(text string, most float64, whole bool, err error) (float64, error) {
	v, ok := parseDecimal(text)
	if !ok || within(v, most, whole, err) != nil {
		return 0, err
	}
	return v + 0, nil // + 0: a zero has no sign
}

func checkAddress(text string) error {
	if _, err := netip.ParseAddr(text); err != nil || strings.IndexFunc(text, isNotPlain) >= 0 {
		return errAddress
	}
	return nil
}

func isNotPlain(r rune) bool { return r <= ' ' || r > '~' }

// checkWord refuses "NaN", which gota takes for a missing word.
func checkWord(text string) error {
	for i := range len(text) {
		if text[i] < ' ' || text[i] == 0x7f {
			return errWord
		}
	}
	if text == "NaN" {
		return errWord
	}
	return nil
}

// parseDecimal parses digits with an optional sign, point and exponent.
// ParseFloat alone would also take NaN, infinities, hexadecimal numbers and
// underscores.
func parseDecimal(text string) (float64, bool) {
	if v, ok := parseShortDecimal(text); ok {
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

// parseShortDecimal parses what nearly all logs hold: at most 19 digits, with an
// optional point and a leading zero. The digits as a whole number and the power
// of ten are then exact, and their quotient is rounded once, as ParseFloat rounds.
//
// Source: W. Clinger, How to Read Floating Point Numbers Accurately, PLDI 1990.
func parseShortDecimal(text string) (float64, bool) {
	if len(text) == 0 || len(text) > 21 || len(text) > 20 && text[0] != '0' {
		return 0, false
	}
	digits, point := uint64(0), -1
	for i := range len(text) {
		c := text[i] - '0'
		if c > 9 {
			if text[i] != '.' || point >= 0 {
				return 0, false
			}
			point = i
			continue
		}
		digits = digits*10 + uint64(c)
	}
	if point < 0 {
		return float64(digits), len(text) < 20
	}
	decimals := len(text) - 1 - point
	if decimals >= len(powersOfTen) || text == "." {
		return 0, false
	}
	return quotient(digits, powersOfTen[decimals]), true
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

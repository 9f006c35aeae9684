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
	errAddress  = errors.New("an IPv4 or IPv6 address")
	errProtocol = errors.New("a protocol: its name, or its number, 0 to 255")
	errWord     = errors.New("text without control characters")
)

// A limit says which numbers are allowed: from 0 to most, and only whole ones if
// whole.
type limit struct {
	most  float64
	whole bool
	err   error // what is wanted instead
}

var (
	anAmount = limit{math.MaxFloat64, false, errors.New("a decimal number, 0 or above")}
	aWhole   = limit{1 << 53, true, errors.New("a whole number, 0 or above")}
	aPort    = limit{math.MaxUint16, true, errors.New("a port, 0 to 65535")}
	aFlag    = limit{1, true, errors.New("0 (normal) or 1 (anomaly)")}
	aNumber  = limit{math.MaxUint8, true, errProtocol} // of a protocol
)

// limits are those of the numbers of the schema.
var limits = [NumFields]limit{
	TS:          anAmount,
	SrcPort:     aPort,
	DstPort:     aPort,
	Duration:    anAmount,
	BytesSent:   anAmount,
	BytesRecv:   anAmount,
	PacketsSent: aWhole,
	PacketsRecv: aWhole,
	IPBytesSent: anAmount,
	IPBytesRecv: anAmount,
	Label:       aFlag,
}

func (l *limit) has(v float64) bool {
	return v >= 0 && v <= l.most && (!l.whole || v == math.Trunc(v))
}

// parse takes 3.0 for a whole number: pandas writes it in a column with missing
// values.
func (l *limit) parse(text string) (float64, error) {
	v, ok := parseDecimal(text)
	if !ok || !l.has(v) {
		return 0, l.err
	}
	return v + 0, nil // + 0: a zero has no sign
}

// Number returns nil if the field may have this number, or what is wanted
// instead.
func (f Field) Number(v float64) error {
	if f.IsWord() {
		return errWord
	}
	if !limits[f].has(v) {
		return limits[f].err
	}
	return nil
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

package flow

import (
	"errors"
	"math"
	"net/netip"
	"strconv"
	"strings"
	"unicode"
)

// A Limit says which numbers are allowed: from 0 to Most, and only whole ones if
// Whole.
type Limit struct {
	Most  float64
	Whole bool
	Want  error // says what is allowed
}

// Has tells whether a number is allowed.
func (l *Limit) Has(v float64) bool {
	return v >= 0 && v <= l.Most && (!l.Whole || v == math.Trunc(v))
}

// The limits of the fields.
var (
	amount = Limit{math.MaxFloat64, false, errors.New("a decimal number, 0 or above")}
	whole  = Limit{1 << 53, true, errors.New("a whole number, 0 or above")}
	port   = Limit{math.MaxUint16, true, errors.New("a port, 0 to 65535")}
	flag   = Limit{1, true, errors.New("0 (normal) or 1 (anomaly)")}

	// A time ends where a capture's seconds do that are kept in 33 bits. A later time
	// is another number that stands in its place.
	timestamp = Limit{1 << 33, false, errors.New("seconds since 1970, of a time before 2243")}
)

var limits = [NumFields]*Limit{
	TS:          &timestamp,
	SrcPort:     &port,
	DstPort:     &port,
	Duration:    &amount,
	BytesSent:   &amount,
	BytesRecv:   &amount,
	PacketsSent: &whole,
	PacketsRecv: &whole,
	IPBytesSent: &amount,
	IPBytesRecv: &amount,
	Label:       &flag,
}

// Limit returns which numbers a field may have, nil if it has words.
func (f Field) Limit() *Limit { return limits[f] }

// CheckNumber returns nil if the field may have this number, or what is wanted
// instead.
func (f Field) CheckNumber(v float64) error {
	if f.IsWord() {
		return errWord
	}
	if !limits[f].Has(v) {
		return limits[f].Want
	}
	return nil
}

// CheckWord returns nil if the field may have this word, or what is wanted
// instead.
func (f Field) CheckWord(word string) error {
	switch f {
	case SrcIP, DstIP:
		return checkAddress(word)
	case Protocol:
		return checkProtocol(word)
	}
	return checkWord(word)
}

// longestWord keeps a damaged file from filling a table's cell with a megabyte.
const longestWord = 1000

var (
	errAddress  = errors.New("an IPv4 or IPv6 address")
	errProtocol = errors.New("a protocol: its name, or its number, 0 to 255")
	errWord     = errors.New("text without control characters")
	errLong     = errors.New("a word of at most 1000 bytes")
)

func checkAddress(text string) error {
	isNotPlain := func(r rune) bool { return r <= ' ' || r > '~' }
	if _, err := netip.ParseAddr(text); err != nil || strings.IndexFunc(text, isNotPlain) >= 0 {
		return errAddress
	}
	return nil
}

// checkProtocol takes names, whatever they are, and of numbers those that there
// are.
func checkProtocol(text string) error {
	if strings.Trim(text, "0123456789+-.eE") == "" {
		v, err := strconv.ParseFloat(text, 64)
		if number := (Limit{Most: math.MaxUint8, Whole: true}); err == nil && !number.Has(v) {
			return errProtocol
		}
	}
	return checkWord(text)
}

// checkWord refuses what would steer a terminal, and "NaN", which gota takes for
// a missing word.
func checkWord(text string) error {
	switch {
	case len(text) > longestWord:
		return errLong
	case text == "NaN", strings.IndexFunc(text, isControl) >= 0:
		return errWord
	}
	return nil
}

// isControl tells control characters (C0, DEL and C1) and those that turn the
// direction of writing (Unicode's property Bidi_Control).
func isControl(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }

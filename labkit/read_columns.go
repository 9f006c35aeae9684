package labkit

import (
	"errors"
	"fmt"
	"math"
	"net/netip"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// flowSchema lists the columns of flows as ReadFlows gives them, in order.
var flowSchema = []flowField{
	{"ts", series.Float, amount},
	{"src_ip", series.String, address},
	{"src_port", series.Int, port},
	{"dst_ip", series.String, address},
	{"dst_port", series.Int, port},
	{"protocol", series.String, upperCase},
	{"duration", series.Float, amount},
	{"bytes_sent", series.Float, amount},
	{"bytes_recv", series.Float, amount},
	{"packets_sent", series.Int, whole},
	{"packets_recv", series.Int, whole},
	{"ip_bytes_sent", series.Float, amount},
	{"ip_bytes_recv", series.Float, amount},
	{"state", series.String, plain},
	{"label", series.Int, flag},
}

// requiredColumns are those that AddFeatures cannot do without.
var requiredColumns = []string{"bytes_sent", "bytes_recv", "packets_sent", "packets_recv", "duration", "dst_port"}

// A flowField is a column of the schema, with the check that its values pass.
type flowField struct {
	name  string
	kind  series.Type
	parse func(text string) (number float64, word string, err error)
}

func schemaField(name string) (flowField, bool) {
	for _, f := range flowSchema {
		if f.name == name {
			return f, true
		}
	}
	return flowField{}, false
}

// A flowColumn collects the values of a field, row after row.
type flowColumn struct {
	flowField
	numbers []float64
	words   []string
}

func (c *flowColumn) len() int { return len(c.numbers) + len(c.words) }

// add parses a value and appends it.
func (c *flowColumn) add(text string) error {
	number, word, err := c.parse(text)
	if err != nil {
		return fmt.Errorf("%s is %s: want %w", c.name, quote(text), err)
	}
	if c.kind == series.String {
		c.words = append(c.words, word)
	} else {
		c.numbers = append(c.numbers, number)
	}
	return nil
}

// addUnset appends a missing value.
func (c *flowColumn) addUnset() {
	if c.kind == series.String {
		c.words = append(c.words, "NaN") // gota's own mark for a missing word
	} else {
		c.numbers = append(c.numbers, math.NaN())
	}
}

// flowFrame returns the columns as a frame, or an error if they have no rows.
func flowFrame(columns []*flowColumn) (dataframe.DataFrame, error) {
	all := make([]series.Series, len(columns))
	for i, c := range columns {
		if c.len() == 0 {
			return dataframe.DataFrame{}, errNoFlows
		}
		if c.kind == series.String {
			all[i] = series.New(c.words, c.kind, c.name)
		} else {
			all[i] = series.New(c.numbers, c.kind, c.name)
		}
	}
	return dataframe.New(all...), nil
}

// The checks. An error says what was wanted.

func amount(text string) (float64, string, error) {
	v, ok := decimal(text)
	if !ok || v < 0 {
		return 0, "", errors.New("a decimal number, 0 or above")
	}
	return v, "", nil
}

func whole(text string) (float64, string, error) {
	v, ok := decimal(text) // pandas writes 3.0 in a column with missing values
	if !ok || v < 0 || v != math.Trunc(v) || v > 1<<53 {
		return 0, "", errors.New("a whole number, 0 or above")
	}
	return v, "", nil
}

func port(text string) (float64, string, error) {
	v, _, err := whole(text)
	if err != nil || v > math.MaxUint16 {
		return 0, "", errors.New("a port, 0 to 65535")
	}
	return v, "", nil
}

func flag(text string) (float64, string, error) {
	v, _, err := whole(text)
	if err != nil || v > 1 {
		return 0, "", errors.New("0 (normal) or 1 (anomaly)")
	}
	return v, "", nil
}

func address(text string) (float64, string, error) {
	if _, err := netip.ParseAddr(text); err != nil {
		return 0, "", errors.New("an IPv4 or IPv6 address")
	}
	return 0, text, nil
}

// plain refuses "NaN", which gota would take for a missing word.
func plain(text string) (float64, string, error) {
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) || text == "NaN" {
		return 0, "", errors.New("text in UTF-8")
	}
	return 0, text, nil
}

func upperCase(text string) (float64, string, error) {
	_, _, err := plain(text) // first: ToUpper mends bytes that are not UTF-8
	return 0, strings.ToUpper(text), err
}

// decimal parses digits with an optional point and exponent. ParseFloat alone
// would also take NaN, infinities, hexadecimal numbers and underscores.
func decimal(text string) (float64, bool) {
	if strings.Trim(text, "0123456789+-.eE") != "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil
}

// quote shortens what is quoted in an error.
func quote(text string) string {
	const most = 40
	if len(text) > most {
		return strconv.Quote(text[:most]) + "…"
	}
	return strconv.Quote(text)
}

package where

import (
	"errors"
	"math"
	"net/netip"
	"strconv"
	"strings"

	"flowlab/labkit/flow"
)

// A column is the left side of a comparison.
type column struct {
	field flow.Field
	isEnd bool // when a flow ended
}

func (c column) isAddress() bool { return c.field == flow.SrcIP || c.field == flow.DstIP }

// compare returns the test of a comparison. An error says which value is wanted.
func (c column) compare(operator string, right token) (node, error) {
	if right.kind == name && right.text == "unknown" {
		return c.unknown(operator)
	}
	if c.field.IsWord() {
		is, err := c.equals(right)
		if err == nil && operator == "!=" {
			return wordTest{c.field, func(word string) bool { return word != "" && !is(word) }}, nil
		}
		return wordTest{c.field, is}, err
	}
	want, err := c.number(right)
	if err != nil {
		return nil, err
	}
	return c.numbers(map[string]func(float64) bool{
		"==": func(v float64) bool { return v == want },
		"!=": func(v float64) bool { return v < want || v > want }, // false of NaN
		"<":  func(v float64) bool { return v < want },
		"<=": func(v float64) bool { return v <= want },
		">":  func(v float64) bool { return v > want },
		">=": func(v float64) bool { return v >= want },
	}[operator]), nil
}

// numbers returns a test of the column's numbers.
func (c column) numbers(is func(float64) bool) node {
	if c.isEnd {
		return flowTest{func(f *flow.Flow) bool { return is(f.End()) }}
	}
	return numberTest{c.field, is}
}

// unknown returns the test of whether a value is not known.
func (c column) unknown(operator string) (node, error) {
	var test node = wordTest{c.field, func(word string) bool { return word == "" }}
	if !c.field.IsWord() {
		test = c.numbers(math.IsNaN)
	}
	switch operator {
	case "==":
		return test, nil
	case "!=":
		return not{test}, nil
	}
	return nil, errors.New("a value; == and != alone go with unknown")
}

// equals returns whether a word is the one that is written there.
func (c column) equals(right token) (func(word string) bool, error) {
	want := right.text
	switch {
	case c.isAddress():
		address, err := netip.ParseAddr(want)
		if err != nil || right.kind != text {
			return nil, errors.New("an IPv4 or IPv6 address in quotes; a network goes with in")
		}
		return func(word string) bool {
			a, err := netip.ParseAddr(word)
			return err == nil && a.Unmap() == address.Unmap()
		}, nil
	case right.kind != text:
		return nil, errors.New("a word in quotes")
	case c.field == flow.Protocol:
		want = strings.ToUpper(want) // as the schema has it
	}
	return func(word string) bool { return word != "" && word == want }, nil
}

// isIn returns the test of whether a value is one, or in a network.
func (c column) isIn(right token) (node, error) {
	if !c.isAddress() || !strings.Contains(right.text, "/") {
		return c.compare("==", right)
	}
	network, err := netip.ParsePrefix(right.text)
	if err != nil || right.kind != text {
		return nil, errors.New(`a network in quotes, such as "10.0.0.0/8"`)
	}
	return wordTest{c.field, func(word string) bool {
		a, err := netip.ParseAddr(word)
		return err == nil && network.Contains(a.Unmap().WithZone(""))
	}}, nil
}

// number returns the number that is written there.
func (c column) number(right token) (float64, error) {
	switch {
	case right.kind == text && c.field == flow.TS:
		return parseTime(right.text)
	case right.kind != number && c.field == flow.TS:
		return 0, errors.New("a time in quotes, or seconds since 1970")
	case right.kind != number:
		return 0, errNumber
	}
	v, err := strconv.ParseFloat(right.text, 64)
	if err != nil {
		return 0, errNumber
	}
	return v, nil
}

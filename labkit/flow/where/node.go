package where

import (
	"math"
	"slices"

	"flowlab/labkit/flow"
)

// A node is a part of a condition. keep makes false what does not fulfil it, of
// those flows at which at is true; it does not look at the others.
type node interface {
	keep(c *flow.Columns, at []bool)
}

// all is fulfilled where each of its parts is.
type all []node

func (n all) keep(c *flow.Columns, at []bool) {
	for _, part := range n {
		part.keep(c, at)
	}
}

// some is fulfilled where one of its parts is.
type some []node

func (n some) keep(c *flow.Columns, at []bool) {
	is, left := make([]bool, len(at)), make([]bool, len(at))
	for _, part := range n {
		for i := range at {
			left[i] = at[i] && !is[i]
		}
		part.keep(c, left)
		for i := range is {
			is[i] = is[i] || left[i]
		}
	}
	copy(at, is)
}

type not struct{ of node }

func (n not) keep(c *flow.Columns, at []bool) {
	is := slices.Clone(at)
	n.of.keep(c, is)
	for i := range at {
		at[i] = at[i] && !is[i]
	}
}

// A wordTest looks at each word of a column, once where they occur again and again.
type wordTest struct {
	field flow.Field
	is    func(word string) bool
}

func (n wordTest) keep(c *flow.Columns, at []bool) {
	words := c.Word[n.field]
	if words.Codes == nil { // the column is not there
		keepIf(at, func(int) bool { return n.is("") })
		return
	}
	if len(words.Texts) > c.Len { // they are those of many parts
		keepIf(at, func(i int) bool { return n.is(words.Texts[words.Codes[i]]) })
		return
	}
	is := make([]bool, len(words.Texts))
	for code, word := range words.Texts {
		is[code] = n.is(word)
	}
	keepIf(at, func(i int) bool { return is[words.Codes[i]] })
}

// A numberTest looks at a number: NaN if it is not known.
type numberTest struct {
	field flow.Field
	is    func(v float64) bool
}

func (n numberTest) keep(c *flow.Columns, at []bool) {
	numbers := c.Number[n.field]
	if numbers == nil {
		keepIf(at, func(int) bool { return n.is(math.NaN()) })
		return
	}
	keepIf(at, func(i int) bool { return n.is(numbers[i]) })
}

// A flowTest looks at a whole flow.
type flowTest struct {
	is func(f *flow.Flow) bool
}

func (n flowTest) keep(c *flow.Columns, at []bool) {
	keepIf(at, func(i int) bool {
		f := c.Flow(i)
		return n.is(&f)
	})
}

func keepIf(at []bool, is func(i int) bool) {
	for i := range at {
		at[i] = at[i] && is(i)
	}
}

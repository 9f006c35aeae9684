package where

import (
	"errors"
	"fmt"
	"slices"

	"github.com/agnivade/levenshtein"

	"flowlab/labkit/flow"
)

// Parse returns the condition that a text has. An error is an [Error], with the
// column.
func Parse(condition string) (*Condition, error) {
	found, err := tokens(condition)
	if err != nil {
		return nil, err
	}
	p := &parser{tokens: found}
	root, err := p.either()
	if err != nil {
		return nil, err
	}
	if t := p.peek(); t.kind != end {
		return nil, p.fault(t, "%v: want &&, || or the end", t)
	}
	slices.Sort(p.fields)
	return &Condition{root, slices.Compact(p.fields)}, nil
}

// A parser descends recursively: a function for each rank of operators.
type parser struct {
	tokens []token // the last is the end
	fields []flow.Field
}

func (p *parser) peek() token { return p.tokens[0] }

func (p *parser) next() token {
	t := p.tokens[0]
	if t.kind != end {
		p.tokens = p.tokens[1:]
	}
	return t
}

// take takes a sign, if it is next.
func (p *parser) take(text string) bool {
	t := p.peek()
	if t.kind != sign || t.text != text {
		return false
	}
	p.next()
	return true
}

func (p *parser) fault(at token, format string, values ...any) error {
	return &Error{at.column, fmt.Errorf(format, values...)}
}

func (p *parser) either() (node, error) {
	parts, err := p.list("||", p.both)
	return some(parts), err
}

func (p *parser) both() (node, error) {
	parts, err := p.list("&&", p.single)
	return all(parts), err
}

// list parses one part or several with a sign between them.
func (p *parser) list(between string, part func() (node, error)) ([]node, error) {
	var parts []node
	for {
		n, err := part()
		if err != nil {
			return nil, err
		}
		if parts = append(parts, n); !p.take(between) {
			return parts, nil
		}
	}
}

func (p *parser) single() (node, error) {
	switch {
	case p.take("!"):
		of, err := p.single()
		return not{of}, err
	case p.take("("):
		inner, err := p.either()
		if err != nil {
			return nil, err
		}
		if t := p.peek(); !p.take(")") {
			return nil, p.fault(t, "%v: want ), &&, || or a comparison", t)
		}
		return inner, nil
	}
	t := p.next()
	if t.kind != name {
		return nil, p.fault(t, "%v: want a field, such as %s", t, flow.SrcIP)
	}
	if is, ok := truths[t.text]; ok {
		p.fields = append(p.fields, is.fields...)
		return flowTest{is.is}, nil
	}
	return p.comparison(t)
}

// A truth is true or false of a flow by itself.
type truth struct {
	is     func(f *flow.Flow) bool
	fields []flow.Field
}

var truths = map[string]truth{
	"failed":  {(*flow.Flow).Failed, []flow.Field{flow.State, flow.PacketsRecv, flow.DstIP}},
	"broken":  {(*flow.Flow).Broken, []flow.Field{flow.State}},
	"unicast": {func(f *flow.Flow) bool { return !flow.IsGroup(f.DstIP) }, []flow.Field{flow.DstIP}},
}

// endName is the field that the schema does not have.
const endName = "end"

// column returns what the left side of a comparison stands for.
func (p *parser) column(t token) (column, error) {
	if t.text == endName {
		p.fields = append(p.fields, flow.TS, flow.Duration)
		return column{field: flow.TS, isEnd: true}, nil
	}
	f, ok := flow.FieldOf(t.text)
	if !ok {
		return column{}, p.fault(t, "there is no field %s: want %s", t, nearest(t.text))
	}
	p.fields = append(p.fields, f)
	return column{field: f}, nil
}

// nearest returns the name that is most like another.
func nearest(to string) string {
	var names []string
	for f := range flow.NumFields {
		names = append(names, f.String())
	}
	names = append(names, endName, "failed", "broken", "unicast")
	return slices.MinFunc(names, func(a, b string) int {
		return levenshtein.ComputeDistance(a, to) - levenshtein.ComputeDistance(b, to)
	})
}

// comparison parses what stands behind a field.
func (p *parser) comparison(left token) (node, error) {
	c, err := p.column(left)
	if err != nil {
		return nil, err
	}
	operator := p.next()
	if operator.kind == name && operator.text == "in" {
		return p.membership(c)
	}
	known := []string{"==", "!=", "<", "<=", ">", ">="}
	if operator.kind != sign || !slices.Contains(known, operator.text) {
		return nil, p.fault(operator, "%v behind %s: want ==, !=, <, <=, >, >= or in", operator, left)
	}
	if operator.text != "==" && operator.text != "!=" && c.field.IsWord() {
		return nil, p.fault(operator, "%s is a word: want ==, != or in", left)
	}
	right := p.next()
	test, err := c.compare(operator.text, right)
	if err != nil {
		return nil, p.fault(right, "%v: want %v", right, err)
	}
	return test, nil
}

// membership parses what stands behind in: a value, or several in parentheses.
func (p *parser) membership(c column) (node, error) {
	value := func() (node, error) { return p.member(c) }
	if !p.take("(") {
		return value()
	}
	parts, err := p.list(",", value)
	if err != nil {
		return nil, err
	}
	if t := p.peek(); !p.take(")") {
		return nil, p.fault(t, "%v: want a comma or )", t)
	}
	return some(parts), nil
}

func (p *parser) member(c column) (node, error) {
	right := p.next()
	test, err := c.isIn(right)
	if err != nil {
		return nil, p.fault(right, "%v: want %v", right, err)
	}
	return test, nil
}

var errNumber = errors.New("a number")

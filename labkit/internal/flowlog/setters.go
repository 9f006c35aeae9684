package flowlog

import (
	"strings"

	"flowlab/labkit/flow"
)

// A setter reads a value and puts it into the row at hand.
type setter func(b *builder, text string) error

func setNumber(f flow.Field, parse func(string) (float64, error)) setter {
	return func(b *builder, text string) error {
		v, err := parse(text)
		if err == nil {
			b.row.number[f] = v
		}
		return err
	}
}

func setWord(f flow.Field, check func(string) (string, error)) setter {
	return func(b *builder, text string) error { return b.setWord(f, text, check) }
}

// setWhole is for bytes that nfdump counts. The schema takes any amount, as the
// flows have that the lab generates.
func setWhole(f flow.Field) setter { return setNumber(f, numbersOf(flow.PacketsSent)) }

// numbersOf returns what parses the numbers that a field may have.
func numbersOf(f flow.Field) func(text string) (float64, error) {
	limit := f.Limit()
	return func(text string) (float64, error) { return parseNumber(text, limit) }
}

// schemaSetters read the values of the schema as flow CSV files and Zeek write
// them.
var schemaSetters = func() (set [flow.NumFields]setter) {
	for f := range flow.NumFields {
		switch {
		case f == flow.Protocol:
			set[f] = setWord(f, func(text string) (string, error) { return strings.ToUpper(text), f.CheckWord(text) })
		case f.IsWord():
			set[f] = setWord(f, func(text string) (string, error) { return text, f.CheckWord(text) })
		default:
			set[f] = setNumber(f, numbersOf(f))
		}
	}
	return set
}()

// schemaReader reads a value of the schema from the column of this name.
func schemaReader(name string, f flow.Field) *valueReader {
	return &valueReader{name, f, f.Limit(), schemaSetters[f]}
}

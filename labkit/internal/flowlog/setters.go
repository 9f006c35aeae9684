package flowlog

import "strings"

// The readers of values. Each returns what puts a value into a field.

// wholeInto is for bytes that nfdump counts. The schema takes any amount, as the
// flows have that the lab generates.
func wholeInto(f Field) func(*rowParser, string) error { return numberInto(f, aWhole.parse) }

func numberInto(f Field, parse func(string) (float64, error)) func(*rowParser, string) error {
	return func(p *rowParser, text string) (err error) {
		p.row.number[f], err = parse(text)
		return err
	}
}

func wordInto(f Field, check func(string) (string, error)) func(*rowParser, string) error {
	return func(p *rowParser, text string) error { return p.setWord(f, text, check) }
}

// schemaReader reads a value of the schema as flow CSV files and Zeek write it,
// from the column of this name.
func schemaReader(name string, f Field) *valueReader {
	r := &valueReader{name, f, nil, schemaReaders[f]}
	if !f.IsWord() {
		r.limit = &limits[f]
	}
	return r
}

var schemaReaders = func() (read [NumFields]func(*rowParser, string) error) {
	for f := range NumFields {
		if !f.IsWord() {
			read[f] = numberInto(f, limits[f].parse)
		}
	}
	asItIs := func(check func(string) error) func(string) (string, error) {
		return func(text string) (string, error) { return text, check(text) }
	}
	read[SrcIP], read[DstIP] = wordInto(SrcIP, asItIs(checkAddress)), wordInto(DstIP, asItIs(checkAddress))
	read[Protocol] = wordInto(Protocol, func(text string) (string, error) { return strings.ToUpper(text), checkProtocol(text) })
	read[State] = wordInto(State, asItIs(checkWord))
	return read
}()

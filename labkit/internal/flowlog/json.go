package flowlog

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"

	"flowlab/labkit/flow"
)

// A dialect is a kind of JSON objects that are flows.
type dialect struct {
	format string
	marks  []string   // members by which the first object is told
	needed [][]string // of each of these lists an object has a member
	others string     // what objects are that have not, "" if they are damaged
	read   map[string]jsonMember
	skip   func(name string, v jsonValue) string // why an object with this member is no flow, or ""
	finish func(b *builder) error                // of an object whose members are read
	settle func(l *ledger)                       // of the whole table
}

// A jsonMember says how a member is read.
type jsonMember struct {
	kinds string // of values that it may have
	field flow.Field
	set   setter
}

// A jsonReader reads objects, one after the other or in one array. It holds as
// much of the file as one of them needs.
type jsonReader struct {
	jsonScanner
	r       *bufio.Reader
	name    string
	live    bool
	line    int    // of text[0]
	begun   int    // where in text the last flow begins
	begunAt int    // its line
	column  int    // bytes before text[0] in its line
	block   []byte // for reading
	ended   bool
	err     error // that ended it before the file did
	dialect *dialect
	members []member // of the object at hand
	wrapped int      // objects that were text in another one
	resumed bool     // whether the place at hand was found behind damage
	b       *builder
	l       *ledger
}

type member struct {
	name  string
	at    int
	value jsonValue
}

func readJSON(in *input) error {
	l := in.ledger
	l.t.Report.Format = "JSON file"
	l.t.Fields = append(slices.Clone(logFields), flow.Label)
	if l.options.Details {
		l.t.Fields = append(l.t.Fields, flow.UID, flow.Service, flow.History)
	}
	j := &jsonReader{r: in.r, name: in.name, live: in.live, line: 1, begunAt: 1, l: l}
	j.b = newBuilder(in.name, l.t.Fields, 0)
	j.b.lenient = l.options.Lenient
	err := j.all()
	if flushErr := j.b.flush(l); err == nil || err == io.EOF {
		err = flushErr
	}
	if err := l.end(err); err != nil {
		return err
	}
	j.settle()
	return nil
}

// settle ends the table.
func (j *jsonReader) settle() {
	t := j.l.t
	if j.dialect != nil {
		t.Report.Format = j.dialect.format
		if j.dialect.settle != nil {
			j.dialect.settle(j.l)
		}
	}
	if j.wrapped > 0 {
		t.Report.Format += " within the message of another log"
	}
	if !t.Any(flow.Label, anyNumber) {
		t.Drop(flow.Label)
	}
}

// all reads the file.
func (j *jsonReader) all() error {
	first, err := j.next()
	if err != nil {
		return err
	}
	if first != '[' {
		return j.objects()
	}
	j.pos++
	if c, err := j.next(); err == nil && c == ']' {
		j.pos++
	} else if err := j.elements(); err != nil {
		return err
	}
	if _, err := j.next(); err != io.EOF {
		return firstOf(err, j.l.lose(j.fault(errors.New("text after the array: want the end of the file")), ""))
	}
	return nil
}

// objects reads flows that stand one after the other.
func (j *jsonReader) objects() error {
	for {
		if err := j.flow(); err != nil {
			return err
		}
		c, err := j.next()
		if err != nil {
			return err
		}
		if c == ',' || c == ']' {
			if err := j.withoutBracket(); err != nil {
				return err
			}
			if c == ']' {
				return nil
			}
		}
	}
}

// withoutBracket is at the end of an element of an array that has no beginning.
func (j *jsonReader) withoutBracket() error {
	if !j.l.options.Lenient {
		return j.fault(errors.New("a list without the [ at its beginning, which nfdump -q leaves out: put it before the first line"))
	}
	j.pos++
	const note = "the [ at the beginning is missing, as nfdump -q leaves it out"
	if !slices.Contains(j.l.t.Report.Notes, note) {
		j.l.note(note)
	}
	return nil
}

// elements reads flows up to the end of the array that holds them.
func (j *jsonReader) elements() error {
	for {
		if err := j.flow(); err != nil {
			return err
		}
		c, err := j.next()
		switch {
		case err == io.EOF:
			return j.fault(damage{errors.New("the file ends within an array: it is cut off")})
		case err != nil:
			return err
		case c == ']':
			j.pos++
			return nil
		case c == ',':
			j.pos++
		case c == '{' && j.resumed: // the comma before it was lost, too
		default:
			if err := j.l.lose(j.fault(errors.New("want a comma or ] between flows")), ""); err != nil {
				return err
			}
			if c != '{' {
				if err := j.toNextObject(); err != nil {
					return err
				}
			}
		}
	}
}

// flow reads an object. If it is damaged, a lenient reader goes to the next.
func (j *jsonReader) flow() error {
	for {
		if _, err := j.next(); err != nil {
			if err == io.EOF {
				return j.fault(damage{errMore})
			}
			return err
		}
		start := j.pos
		j.resumed = false
		end, err := j.record()
		if err == errMore {
			if !j.ended && len(j.text)-start <= longest {
				j.pos = start
				if err := j.more(start); err != nil {
					return err
				}
				continue
			}
			if j.err != nil {
				return j.err // what was read could not be read on
			}
			if j.ended {
				j.pos = len(j.text)
			} else {
				j.pos = start
				err = fmt.Errorf("an object is longer than %d bytes", longest)
			}
		}
		if err != nil {
			return j.loseObject(start, end, err)
		}
		return nil
	}
}

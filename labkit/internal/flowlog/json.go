package flowlog

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

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

// next returns the next byte that is not space, or io.EOF.
func (j *jsonReader) next() (byte, error) {
	for {
		if c, err := j.peek(); err == nil {
			return c, nil
		}
		if j.ended {
			return 0, firstOf(j.err, io.EOF)
		}
		if err := j.more(j.pos); err != nil {
			return 0, err
		}
	}
}

// more forgets the text before from, and reads on.
func (j *jsonReader) more(from int) error {
	if j.live {
		if err := j.b.flush(j.l); err != nil {
			return err
		}
	}
	gone := j.text[:from]
	if n := strings.LastIndexByte(gone, '\n'); n >= 0 {
		j.line += strings.Count(gone, "\n")
		j.column = len(gone) - n - 1
	} else {
		j.column += len(gone)
	}
	n, err := j.fill()
	j.lineOf(from)
	j.text = j.text[from:] + string(j.block[:n])
	j.begun = 0
	j.pos -= from
	if j.ended = err != nil; j.ended && err != io.EOF {
		reached := j.pos
		j.pos = len(j.text)
		j.err = j.fault(readError(err))
		j.pos = reached
	}
	return nil
}

// fill reads a block, or what there is if the reader is live. A small file needs
// no large block.
func (j *jsonReader) fill() (n int, err error) {
	if size := min(max(4*len(j.block), 4096), blockSize); size > len(j.block) {
		j.block = make([]byte, size)
	}
	for n < len(j.block) && err == nil && !(j.live && n > 0) {
		var k int
		k, err = j.r.Read(j.block[n:])
		n += k
	}
	return n, err
}

// lineOf returns the line of a place that is not before the last one asked for.
func (j *jsonReader) lineOf(at int) int {
	if at < j.begun {
		return j.begunAt
	}
	j.begunAt += strings.Count(j.text[j.begun:at], "\n")
	j.begun = at
	return j.begunAt
}

// fault is a fault at the place that the scanner has reached.
func (j *jsonReader) fault(err error) *flow.Fault {
	before := j.text[:j.pos]
	line, column := j.line+strings.Count(before, "\n"), j.column+j.pos
	if n := strings.LastIndexByte(before, '\n'); n >= 0 {
		column = j.pos - n - 1
	}
	return faultAt(j.name, line, column+1, err)
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

// loseObject enters the object that begins at start as damaged. It goes on
// behind it, if end tells where that is, or else with the next line that
// begins as an object does.
func (j *jsonReader) loseObject(start, end int, err error) error {
	if errors.Is(err, errEnough) || errors.As(err, new(notLost)) {
		return err
	}
	text := ""
	if j.l.options.Reject != nil {
		stop := end
		if stop == 0 {
			stop = len(j.text)
			if n := strings.IndexByte(j.text[start:], '\n'); n >= 0 {
				stop = start + n
			}
		}
		text = j.text[start:stop]
	}
	if err := j.l.lose(j.fault(err), text); err != nil {
		return err
	}
	if end > 0 {
		j.pos = end
		return nil
	}
	j.pos = start // its line may have been cut, and sound ones follow
	return j.toNextObject()
}

// A notLost is an error of a record that may be sound: the reader cannot go on.
type notLost struct{ error }

func (e notLost) Unwrap() error { return e.error }

// toNextObject goes to the next line that begins with { or ends a list.
func (j *jsonReader) toNextObject() error {
	for {
		n := strings.IndexByte(j.text[j.pos:], '\n')
		if n < 0 {
			if j.ended {
				j.pos = len(j.text)
				return firstOf(j.err, io.EOF)
			}
			j.pos = len(j.text)
			if err := j.more(j.pos); err != nil {
				return err
			}
			continue
		}
		j.pos += n + 1
		c, err := j.next()
		if err == nil && c == ',' {
			j.pos++
			c, err = j.next()
		}
		if err != nil || c == '{' || c == ']' {
			return err
		}
	}
}

// checkText returns an error for bytes of an object that are not text.
func (j *jsonReader) checkText(start, end int) error {
	if utf8.ValidString(j.text[start:end]) {
		return nil
	}
	j.pos = start + badByte(j.text[start:end], false)
	return errors.New("bytes that are not UTF-8: want text in UTF-8")
}

// jsonPrefix returns where in the first line a JSON object begins behind other
// text, as a syslog daemon writes it, or -1.
func jsonPrefix(line []byte) int {
	i := bytes.Index(line, []byte(`{"`))
	if i <= 0 || !bytes.HasSuffix(bytes.TrimSpace(line), []byte("}")) {
		return -1
	}
	return i
}

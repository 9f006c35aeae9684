package flowlog

import (
	"bufio"
	"errors"
	"flowlab/labkit/flow"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// A dialect is a kind of JSON objects that are flows.
type dialect struct {
	format string
	marks  []string   // members by which the first object is told
	needed [][]string // of each of these lists an object has a member
	read   map[string]jsonMember
	skip   func(name string, v jsonValue) string // why an object with this member is no flow, or ""
	finish func(b *builder) error                // of an object whose members are read
}

// A jsonMember says how a member is read.
type jsonMember struct {
	kinds string // of values that it may have
	set   setter
}

var dialects = []*dialect{zeekJSON, nfdumpJSON}

// A jsonReader reads objects, one after the other or in one array. It holds as
// much of the file as one of them needs.
type jsonReader struct {
	jsonScanner
	r       *bufio.Reader
	name    string
	line    int    // of text[0]
	begun   int    // where in text the last flow begins
	begunAt int    // its line
	column  int    // bytes before text[0] in its line
	block   []byte // for reading
	ended   bool
	err     error // that ended it before the file did
	dialect *dialect
	members []member // of the object at hand
	b       *builder
	t       *flow.Table
}

type member struct {
	name  string
	at    int
	value jsonValue
}

func readJSON(r *bufio.Reader, name string) (*flow.Table, error) {
	j := &jsonReader{r: r, name: name, line: 1, begunAt: 1, t: &flow.Table{Fields: logFields, Report: flow.Report{Format: "JSON file"}}}
	j.b = newBuilder(name, logFields, partRows)
	if err := j.all(); err != nil {
		return nil, err
	}
	j.t.Add(j.b.out)
	if j.dialect != nil {
		j.t.Report.Format = j.dialect.format
	}
	if j.dialect == nfdumpJSON {
		j.t.Drop(flow.State)
		clearUnlessAny(j.t, flow.PacketsRecv, flow.IPBytesRecv)
	}
	return j.t, nil
}

// all reads the file.
func (j *jsonReader) all() error {
	first, err := j.next()
	if err != nil {
		return err
	}
	if first != '[' {
		for err == nil {
			if err = j.flow(); err == nil {
				_, err = j.next()
			}
		}
		if err == io.EOF {
			return nil
		}
		return err
	}
	j.pos++
	if c, err := j.next(); err == nil && c == ']' {
		j.pos++
	} else if err := j.elements(); err != nil {
		return err
	}
	if _, err := j.next(); err != io.EOF {
		return firstOf(err, j.fault(errors.New("text after the array: want the end of the file")))
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
			return j.fault(errors.New("the file ends within an array: it is cut off"))
		case err != nil:
			return err
		case c == ']':
			j.pos++
			return nil
		case c != ',':
			return j.fault(errors.New("want a comma or ] between flows"))
		}
		j.pos++
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
		j.more(j.pos)
	}
}

// more forgets the text before from, and reads on.
func (j *jsonReader) more(from int) {
	gone := j.text[:from]
	if n := strings.LastIndexByte(gone, '\n'); n >= 0 {
		j.line += strings.Count(gone, "\n")
		j.column = len(gone) - n - 1
	} else {
		j.column += len(gone)
	}
	if j.block == nil {
		j.block = make([]byte, blockSize)
	}
	n, err := 0, error(nil)
	for n < len(j.block) && err == nil {
		var k int
		k, err = j.r.Read(j.block[n:])
		n += k
	}
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
}

// lineOf returns the line of a place that is not before the last one asked for.
func (j *jsonReader) lineOf(at int) int {
	j.begunAt += strings.Count(j.text[j.begun:at], "\n")
	j.begun = at
	return j.begunAt
}

// fault is a fault at the place that the scanner has reached.
func (j *jsonReader) fault(err error) error {
	before := j.text[:j.pos]
	line, column := j.line+strings.Count(before, "\n"), j.column+j.pos
	if n := strings.LastIndexByte(before, '\n'); n >= 0 {
		column = j.pos - n - 1
	}
	return faultAt(j.name, line, column+1, err)
}

// flow reads an object.
func (j *jsonReader) flow() error {
	for {
		if _, err := j.next(); err != nil {
			if err == io.EOF {
				return j.fault(errMore)
			}
			return err
		}
		start := j.pos
		err := j.record()
		if err != errMore {
			if err != nil {
				return j.fault(err)
			}
			if !utf8.ValidString(j.text[start:j.pos]) {
				j.pos = start + badByte(j.text[start:j.pos], false)
				return j.fault(errors.New("bytes that are not UTF-8: want text in UTF-8"))
			}
			return nil
		}
		if j.ended {
			j.pos = len(j.text)
			return firstOf(j.err, j.fault(errMore))
		}
		if len(j.text)-start > longest {
			j.pos = start
			return j.fault(fmt.Errorf("an object is longer than %d bytes", longest))
		}
		j.pos = start
		j.more(start)
	}
}

package flowlog

import (
	"io"
	"strings"

	"flowlab/labkit/flow"
)

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

package flowlog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"flowlab/labkit/flow"
)

const (
	blockSize = 1 << 19 // bytes that are parsed in one go
	longest   = 1 << 20 // bytes in a line, or in a JSON object
)

// A lineReader cuts text into blocks of whole lines.
type lineReader struct {
	r       io.Reader
	name    string
	lenient bool   // whether a line that is too long is passed over
	live    bool   // whether lines are returned as they come, not in blocks
	rest    []byte // read, not returned yet
	line    int    // of the first byte of rest, from 1
	asked   int    // bytes that were asked for last
	err     error  // of r
}

func newLineReader(r io.Reader, name string) *lineReader {
	return &lineReader{r: r, name: name, line: 1}
}

// A lostLine is the error of a line that was passed over.
type lostLine struct{ *flow.Fault }

// next returns some lines and the number of the first. Only the very last line
// may lack its newline. The error is io.EOF when there are no more, and a
// lostLine where reading may go on.
func (l *lineReader) next() (text string, line int, err error) {
	end := -1
	for {
		end = bytes.LastIndexByte(l.rest, '\n')
		if end >= 0 && (l.live || len(l.rest) >= blockSize) || l.err != nil {
			break
		}
		if end < 0 && len(l.rest) > longest {
			return "", 0, l.passOver()
		}
		l.fill()
	}
	if l.err == io.EOF && end < len(l.rest)-1 {
		end = len(l.rest) - 1
	}
	if end < 0 {
		if l.err != io.EOF {
			return "", 0, l.readFault()
		}
		return "", 0, io.EOF
	}
	text, line = string(l.rest[:end+1]), l.line
	l.rest = append(l.rest[:0], l.rest[end+1:]...)
	l.line += strings.Count(text, "\n")
	return text, line, nil
}

// passOver returns the fault of a line that is too long, and in a lenient
// reader takes what is left of it.
func (l *lineReader) passOver() error {
	f := faultAt(l.name, l.line, longest+1, fmt.Errorf("the line is longer than %d bytes", longest))
	if !l.lenient {
		return f
	}
	for l.err == nil {
		l.rest = l.rest[:0]
		l.fill()
		if end := bytes.IndexByte(l.rest, '\n'); end >= 0 {
			l.rest = append(l.rest[:0], l.rest[end+1:]...)
			l.line++
			return lostLine{f}
		}
	}
	l.rest = l.rest[:0]
	return lostLine{f}
}

// fill reads another block, or what there is if the reader is live. A small file
// needs no large block.
func (l *lineReader) fill() {
	l.asked = min(max(2*l.asked, 4096), blockSize)
	if cap(l.rest)-len(l.rest) < l.asked {
		l.rest = append(make([]byte, 0, len(l.rest)+l.asked), l.rest...)
	}
	for end := len(l.rest) + l.asked; len(l.rest) < end && l.err == nil; {
		n, err := l.r.Read(l.rest[len(l.rest):end])
		l.rest, l.err = l.rest[:len(l.rest)+n], err
		if l.live && n > 0 {
			return
		}
	}
}

// readFault says where reading ended before the file did.
func (l *lineReader) readFault() error {
	last := bytes.LastIndexByte(l.rest, '\n')
	return faultAt(l.name, l.line+bytes.Count(l.rest, []byte("\n")), len(l.rest)-last, readError(l.err))
}

// isLostLine returns the fault of a line that was passed over.
func isLostLine(err error) (*flow.Fault, bool) {
	l, ok := errors.AsType[lostLine](err)
	return l.Fault, ok
}

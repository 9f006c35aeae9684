package flowlog

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

const (
	blockSize = 1 << 19 // bytes that are parsed in one go
	longest   = 1 << 20 // bytes in a line, or in a JSON object
)

// A lineReader cuts text into blocks of whole lines.
type lineReader struct {
	r    io.Reader
	name string
	rest []byte // read, not returned yet
	line int    // of the first byte of rest, from 1
	err  error  // of r
}

func newLineReader(r io.Reader, name string) *lineReader {
	return &lineReader{r: r, name: name, line: 1}
}

// next returns some lines and the number of the first. Only the very last line
// may lack its newline. The error is io.EOF when there are no more.
func (l *lineReader) next() (text string, line int, err error) {
	end := -1
	for {
		if end = bytes.LastIndexByte(l.rest, '\n'); end >= 0 && len(l.rest) >= blockSize || l.err != nil {
			break
		}
		if end < 0 && len(l.rest) > longest {
			return "", 0, faultAt(l.name, l.line, longest+1, fmt.Errorf("the line is longer than %d bytes", longest))
		}
		l.fill()
	}
	if l.err != io.EOF {
		if l.err != nil {
			return "", 0, l.readFault()
		}
	} else if end < len(l.rest)-1 {
		end = len(l.rest) - 1
	}
	if end < 0 {
		return "", 0, io.EOF
	}
	text, line = string(l.rest[:end+1]), l.line
	l.rest = append(l.rest[:0], l.rest[end+1:]...)
	l.line += strings.Count(text, "\n")
	return text, line, nil
}

// fill reads another block.
func (l *lineReader) fill() {
	if cap(l.rest)-len(l.rest) < blockSize {
		l.rest = append(make([]byte, 0, len(l.rest)+blockSize), l.rest...)
	}
	for end := len(l.rest) + blockSize; len(l.rest) < end && l.err == nil; {
		n, err := l.r.Read(l.rest[len(l.rest):end])
		l.rest, l.err = l.rest[:len(l.rest)+n], err
	}
}

// readFault says where reading ended before the file did.
func (l *lineReader) readFault() error {
	last := bytes.LastIndexByte(l.rest, '\n')
	return faultAt(l.name, l.line+bytes.Count(l.rest, []byte("\n")), len(l.rest)-last, readError(l.err))
}

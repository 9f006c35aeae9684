// Package zeek looks things up in Zeek's logs that hang together by uid: of a
// connection in conn.log, what dns.log, http.log and ssl.log say of it.
//
// Only what is asked for is held in memory: a log is read line by line, and a line
// is taken apart if it is one of those.
package zeek

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/durable"
	"flowlab/labkit/internal/unpack"
)

// longest is how many bytes a line may have; a longer one is passed over.
const longest = 1 << 20

// A log reads the lines of one of Zeek's logs, tab-separated or JSON.
type log struct {
	in                      *bufio.Reader
	line                    int
	text                    []byte // of the present line; nil if it is too long
	fields                  []string
	separator, unset, empty string
}

// open opens a log, packed with gzip or not. Close the file.
func open(name string, limits flow.Limits) (*log, *os.File, error) {
	f, err := durable.Open(name)
	if err != nil {
		return nil, nil, err
	}
	in, _, err := unpack.Reader(bufio.NewReaderSize(f, longest), limits)
	if err != nil {
		f.Close()
		return nil, nil, fmt.Errorf("%s: %w", flow.Printable(name), err)
	}
	return &log{in: in, separator: "\t", unset: "-", empty: "(empty)"}, f, nil
}

// next goes to the next line that is none of the directives, and returns io.EOF
// behind the last.
func (l *log) next() error {
	for {
		if err := l.read(); err != nil {
			return err
		}
		if len(l.text) == 0 || l.text[0] != '#' {
			return nil
		}
		l.obey(string(l.text))
	}
}

// read reads a line.
func (l *log) read() error {
	l.line++
	l.text = l.text[:0]
	tooLong := false
	for {
		part, err := l.in.ReadSlice('\n')
		if tooLong = tooLong || len(l.text)+len(part) > longest; !tooLong {
			l.text = append(l.text, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && !(err == io.EOF && len(l.text) > 0):
			return err
		}
		if tooLong {
			l.text = l.text[:0]
		}
		l.text = bytes.TrimRight(l.text, "\r\n")
		return nil
	}
}

// obey follows a directive.
func (l *log) obey(text string) {
	if value, ok := strings.CutPrefix(text, "#separator "); ok {
		if separator, err := strconv.Unquote(`"` + value + `"`); err == nil && separator != "" {
			l.separator = separator
		}
		return
	}
	name, value, _ := strings.Cut(text, l.separator)
	switch name {
	case "#unset_field":
		l.unset = value
	case "#empty_field":
		l.empty = value
	case "#fields":
		l.fields = strings.Split(value, l.separator)
	}
}

// isJSON tells whether the present line is an object.
func (l *log) isJSON() bool { return len(l.text) > 0 && l.text[0] == '{' }

// value returns a field of the present line, "" if it does not have it.
func (l *log) value(name string) string { return l.values(name)[0] }

// values returns fields of the present line, "" in the place of those that it does
// not have.
func (l *log) values(names ...string) []string {
	found := make([]string, len(names))
	if l.isJSON() {
		var members map[string]any
		if json.Unmarshal(l.text, &members) != nil {
			return found
		}
		for i, name := range names {
			found[i], _ = members[name].(string)
		}
		return found
	}
	cells := strings.Split(string(l.text), l.separator)
	for i, name := range names {
		if at := slices.Index(l.fields, name); at >= 0 && at < len(cells) && cells[at] != l.unset && cells[at] != l.empty {
			found[i] = unescaped(cells[at])
		}
	}
	return found
}

// unescaped returns a cell in which Zeek has written bytes as \x09.
func unescaped(cell string) string {
	if !strings.Contains(cell, `\x`) {
		return cell
	}
	var b strings.Builder
	for len(cell) > 0 {
		if len(cell) >= 4 && cell[:2] == `\x` {
			if v, err := strconv.ParseUint(cell[2:4], 16, 8); err == nil {
				b.WriteByte(byte(v))
				cell = cell[4:]
				continue
			}
		}
		b.WriteByte(cell[0])
		cell = cell[1:]
	}
	return b.String()
}

package flowlog

import (
	"strings"

	"flowlab/labkit/flow"
)

// A rowSource hands out the rows of a file in blocks. It gives the lines that
// are not rows, such as Zeek's directives, to a function.
type rowSource struct {
	lines   *lineReader
	ledger  *ledger
	layout  *layout
	control []string                          // what a line begins with that is not a row
	obey    func(text string, line int) error // takes such a line; may change the layout and read on
	text    string
	line    int   // of the first byte of text
	marks   []int // where in text the next line begins with each of control; its length if none does
	failed  error // that was met while reading ahead
}

// next returns rows of one layout, or io.EOF.
func (s *rowSource) next() (block, error) {
	for {
		if err := s.fill(); err != nil {
			if f, ok := isLostLine(err); ok {
				return block{lost: f}, nil
			}
			return block{}, err
		}
		if end := s.nextControl(); end > 0 {
			if s.layout != nil && s.layout.quoted && end == len(s.text) {
				end = s.endOfQuotes()
			}
			b := block{text: s.text[:end], line: s.line, layout: s.layout}
			s.advance(end)
			s.line += strings.Count(b.text, "\n")
			return b, nil
		}
		text, line, err := s.readLine()
		if err != nil {
			return block{}, err
		}
		if err := s.obey(text, line); err != nil {
			return block{}, err
		}
	}
}

// advance takes bytes of the text.
func (s *rowSource) advance(n int) {
	s.text = s.text[n:]
	for i := range s.marks {
		s.marks[i] -= n
	}
}

// fill has text to hand out, or returns io.EOF.
func (s *rowSource) fill() (err error) {
	if s.text != "" {
		return nil
	}
	if s.failed != nil {
		err, s.failed = s.failed, nil
		return err
	}
	s.marks = nil
	s.text, s.line, err = s.lines.next()
	return err
}

// endOfQuotes returns where the text ends of which no value in quotes goes on
// in the next block, and reads on if all of the text is one.
func (s *rowSource) endOfQuotes() int {
	quotes := strings.Count(s.text, `"`)
	end := len(s.text)
	if quotes%2 == 0 || s.text[end-1] != '\n' {
		return end
	}
	for lines := 0; quotes%2 == 1 && end > 0 && lines < mostOpenLines; lines++ {
		start := strings.LastIndexByte(s.text[:end-1], '\n') + 1
		quotes -= strings.Count(s.text[start:end], `"`)
		end = start
	}
	if quotes%2 == 1 || end == 0 {
		return len(s.text)
	}
	more, _, err := s.lines.next()
	if err != nil {
		s.failed = err
		return len(s.text)
	}
	s.text, s.marks = s.text+more, nil
	return end
}

// nextControl returns where the next line begins that is not a row. What was
// found is kept, so that many such lines take no longer than their text.
func (s *rowSource) nextControl() int {
	first := len(s.text)
	for i, prefix := range s.control {
		if strings.HasPrefix(s.text, prefix) {
			return 0
		}
		if i == len(s.marks) {
			s.marks = append(s.marks, -1)
		}
		if s.marks[i] <= 0 {
			s.marks[i] = len(s.text)
			if at := strings.Index(s.text, "\n"+prefix); at >= 0 {
				s.marks[i] = at + 1
			}
		}
		first = min(first, s.marks[i])
	}
	return first
}

// readLine returns the next line and its number, or io.EOF.
func (s *rowSource) readLine() (string, int, error) {
	if err := s.fill(); err != nil {
		return "", 0, err
	}
	text, rest, _ := strings.Cut(s.text, "\n")
	line := s.line
	s.advance(len(s.text) - len(rest))
	s.line++
	return strings.TrimSuffix(text, "\r"), line, nil
}

// unread puts back the line that was taken last.
func (s *rowSource) unread(text string, line int) {
	s.text, s.line, s.marks = text+"\n"+s.text, line, nil
}

// readFilledLine is readLine without blank lines.
func (s *rowSource) readFilledLine() (string, int, error) {
	for {
		if err := s.fill(); err != nil {
			return "", 0, err
		}
		filled := strings.TrimLeft(s.text, "\r\n")
		s.line += strings.Count(s.text[:len(s.text)-len(filled)], "\n")
		s.advance(len(s.text) - len(filled))
		if filled != "" {
			return s.readLine()
		}
	}
}

// fault is a fault in a line.
func (s *rowSource) fault(line, column int, err error) error {
	return faultAt(s.lines.name, line, column, err)
}

// readAll reads all the rows.
func (s *rowSource) readAll(format string, fields []flow.Field) error {
	t := s.ledger.t
	t.Fields, t.Report.Format = fields, format
	return s.ledger.end(parseBlocks(s.ledger, s.lines.name, s.next))
}

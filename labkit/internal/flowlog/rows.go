package flowlog

import (
	"flowlab/labkit/flow"
	"strings"
)

// A rowSource hands out the rows of a file in blocks. The lines that are not
// rows, such as Zeek's directives, it gives to a function.
type rowSource struct {
	lines   *lineReader
	layout  *layout
	control []string                        // what a line begins with that is not a row
	obey    func(text string, at int) error // takes such a line; may change the layout and read on
	text    string
	line    int // of the first byte of text
}

// next returns rows of one layout, or io.EOF.
func (s *rowSource) next() (block, error) {
	for {
		if err := s.fill(); err != nil {
			return block{}, err
		}
		if end := s.nextControl(); end > 0 {
			b := block{s.text[:end], s.line, s.layout}
			s.text = s.text[end:]
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

// fill has text to hand out, or returns io.EOF.
func (s *rowSource) fill() (err error) {
	if s.text == "" {
		s.text, s.line, err = s.lines.next()
	}
	return err
}

// nextControl returns where the next line begins that is not a row.
func (s *rowSource) nextControl() int {
	first := len(s.text)
	for _, prefix := range s.control {
		if strings.HasPrefix(s.text, prefix) {
			return 0
		}
		if i := strings.Index(s.text[:first], "\n"+prefix); i >= 0 {
			first = i + 1
		}
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
	s.text = rest
	s.line++
	return strings.TrimSuffix(text, "\r"), line, nil
}

// readFilledLine is readLine without blank lines.
func (s *rowSource) readFilledLine() (string, int, error) {
	for {
		if err := s.fill(); err != nil {
			return "", 0, err
		}
		filled := strings.TrimLeft(s.text, "\r\n")
		s.line += strings.Count(s.text[:len(s.text)-len(filled)], "\n")
		if s.text = filled; filled != "" {
			return s.readLine()
		}
	}
}

// fault is a fault in a line.
func (s *rowSource) fault(line, column int, err error) error {
	return faultAt(s.lines.name, line, column, err)
}

// table reads all the rows. Those that are no flows are skipped for a reason.
func (s *rowSource) table(format string, fields []flow.Field, reason string) (*flow.Table, error) {
	t := &flow.Table{Fields: fields, Report: flow.Report{Format: format}}
	skipped, err := parseBlocks(t, s.lines.name, s.next)
	if err != nil {
		return nil, err
	}
	t.Report.Skip(reason, skipped)
	return t, nil
}

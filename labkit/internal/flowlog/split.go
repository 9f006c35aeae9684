package flowlog

import (
	"errors"
	"strings"
)

// split cuts a line into values.
func (p *rowParser) split(row string) (column int, err error) {
	p.values, p.starts = p.values[:0], p.starts[:0]
	if p.quoted && strings.IndexByte(row, '"') >= 0 {
		return p.splitQuoted(row)
	}
	for start := 0; ; {
		i := index(row[start:], p.separator)
		p.starts = append(p.starts, start)
		if i < 0 {
			p.values = append(p.values, row[start:])
			return 0, nil
		}
		p.values = append(p.values, row[start:start+i])
		start += i + len(p.separator)
	}
}

// index is strings.Index, faster for one byte.
func index(text, separator string) int {
	if len(separator) == 1 {
		return strings.IndexByte(text, separator[0])
	}
	return strings.Index(text, separator)
}

// splitQuoted is split where there are double quotes. A value must end on its
// line: no value of a flow has a newline.
func (p *rowParser) splitQuoted(row string) (column int, err error) {
	for start := 0; ; {
		p.starts = append(p.starts, start)
		if !strings.HasPrefix(row[start:], `"`) {
			value, _, more := strings.Cut(row[start:], p.separator)
			if i := strings.IndexByte(value, '"'); i >= 0 {
				return start + i + 1, errors.New(`a bare " in a field: want the whole field in double quotes, and "" for one`)
			}
			p.values = append(p.values, value)
			if start += len(value) + len(p.separator); !more {
				return 0, nil
			}
			continue
		}
		length := closingQuote(row[start:])
		if length < 0 {
			return start + 1, errors.New(`a field opens with " and does not end on its line: want a closing "`)
		}
		p.values = append(p.values, strings.ReplaceAll(row[start+1:start+length], `""`, `"`))
		start += length + 1
		if start == len(row) {
			return 0, nil
		}
		if !strings.HasPrefix(row[start:], p.separator) {
			return start + 1, errors.New(`text after the closing ": want a comma or the end of the line`)
		}
		start += len(p.separator)
	}
}

// closingQuote returns where the quote is that closes the one at 0, or -1.
func closingQuote(text string) int {
	for i := 1; i < len(text); i++ {
		if text[i] == '"' {
			if i+1 < len(text) && text[i+1] == '"' {
				i++
				continue
			}
			return i
		}
	}
	return -1
}

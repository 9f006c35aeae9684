package flow

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A Fault says where in a file something is wrong, and what was expected there.
// Errors of the readers hold one: errors.As finds it.
//
// In text, Line and Column count from 1, the column in bytes. In binary files
// Line is the number of the packet or datagram, from 1, and Column the offset of
// a byte in the file, from 0. Of a file as a whole Line is 0.
type Fault struct {
	File         string
	Line, Column int
	Err          error
}

// Error returns file:line:column and what is wrong.
func (f *Fault) Error() string {
	return fmt.Sprintf("%s: %v", f.Place(), f.Err)
}

// Place returns file:line:column, the name of the file as [Printable].
func (f *Fault) Place() string {
	return fmt.Sprintf("%s:%d:%d", Printable(f.File), f.Line, f.Column)
}

// Unwrap returns what is wrong, without the place.
func (f *Fault) Unwrap() error { return f.Err }

// A reasoned error says what is wrong in words that are the same for all faults
// of its kind, so that they can be counted: without the value that was found.
type reasoned interface {
	error
	Reason() string
}

// longestReason keeps a line of a report short.
const longestReason = 300

// reasonOf returns in which words a fault is counted.
func reasonOf(err error) string {
	text := err.Error()
	if r, ok := errors.AsType[reasoned](err); ok {
		text = r.Reason()
	}
	if len(text) > longestReason {
		text = strings.ToValidUTF8(text[:longestReason], "") + "…"
	}
	return text
}

// Printable returns a text in which characters that would steer a terminal, and
// bytes that are not text, are escaped as Go escapes them: a file may have any
// name.
func Printable(text string) string {
	isStrange := func(r rune) bool { return isControl(r) || r == '\ufffd' }
	if strings.IndexFunc(text, isStrange) < 0 {
		return text
	}
	quoted := strconv.QuoteToGraphic(text)
	return quoted[1 : len(quoted)-1]
}

// PlainCell returns a text for the cell of a file that people open in a
// spreadsheet: before one that would be taken for a formula it puts a single
// quote (OWASP, CSV Injection).
func PlainCell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

package flowlog

import (
	"fmt"
	"strconv"
)

// A Fault says where in a file something is wrong, and what was expected
// there. In text, Line and Column count from 1, the column in bytes; in
// binary files Line is the number of the packet, from 1, and Column the offset
// of a byte in the file, from 0.
type Fault struct {
	File         string
	Line, Column int
	Err          error
}

func (f *Fault) Error() string {
	return fmt.Sprintf("%s:%d:%d: %v", f.File, f.Line, f.Column, f.Err)
}

func (f *Fault) Unwrap() error { return f.Err }

// quote shortens what is quoted in an error.
func quote(text string) string {
	const most = 40
	if len(text) > most {
		return strconv.Quote(text[:most]) + "…"
	}
	return strconv.Quote(text)
}

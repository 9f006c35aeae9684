package flow

import "fmt"

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
	return fmt.Sprintf("%s:%d:%d: %v", f.File, f.Line, f.Column, f.Err)
}

// Unwrap returns what is wrong, without the place.
func (f *Fault) Unwrap() error { return f.Err }

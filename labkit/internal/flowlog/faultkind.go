package flowlog

import (
	"errors"
	"fmt"

	"flowlab/labkit/flow"
)

// faultAt says where in a file something is wrong.
func faultAt(file string, line, column int, err error) *flow.Fault {
	return &flow.Fault{File: file, Line: line, Column: column, Err: err}
}

// A kindError is an error with the words in which a report counts all of its
// kind.
type kindError struct {
	error
	kind string
}

func (e kindError) Reason() string { return e.kind }
func (e kindError) Unwrap() error  { return e.error }

// valueError says what a value is, and what is wanted in its place.
func valueError(name, value string, want error) error {
	return kindError{fmt.Errorf("%s is %s: want %w", name, value, want), fmt.Sprintf("%s: want %v", name, want)}
}

// notFlows is the error of a file that has no flows: of another format, another
// kind of log, or empty. Nothing in it need be damaged.
type notFlows struct{ error }

func (e notFlows) Unwrap() error { return e.error }

// IsNotFlows tells whether an error of [Read] is that a file has no flows.
func IsNotFlows(err error) bool { return errors.As(err, new(notFlows)) }

// A mendable error is of a value that some programs are known to write where
// they have none. It costs a strict reader the file, and a lenient one the
// value, which stays unset: the report has a remark on it.
type mendable struct {
	error
	remark string
}

func (e mendable) Unwrap() error { return e.error }

// mend tells whether the row at hand may be kept without the value that err is
// about, and remarks on it.
func (b *builder) mend(err error) bool {
	m, ok := errors.AsType[mendable](err)
	if ok && b.lenient {
		b.remark(m.remark, "")
	}
	return ok && b.lenient
}

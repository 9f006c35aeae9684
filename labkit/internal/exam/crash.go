package exam

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

// A crash is a panic that was caught.
type crash struct {
	value any
	line  string // the source line, as far as it can be found
}

// newCrash describes the panic that is being recovered from: it is to be called
// by the deferred function.
func newCrash(value any) *crash {
	return &crash{value, panicLine()}
}

// notAttempted tells whether the function is still the stub.
func (c *crash) notAttempted() bool { return c != nil && c.value == any(NotAttempted) }

// String says what happened, and where.
func (c *crash) String() string {
	what := strings.TrimPrefix(fmt.Sprint(c.value), "runtime error: ")
	if c.value == nil {
		what = "it ended its goroutine"
	}
	if c.line != "" {
		what += ", in the line\n    `" + c.line + "`"
	}
	return what
}

// advice explains the commonest panics.
func (c *crash) advice() string {
	message := fmt.Sprint(c.value)
	for _, known := range []struct{ part, says string }{
		{"index out of range [-", "An index below 0: slices begin at 0."},
		{"index out of range", "The elements of a slice of n are numbered from 0 to n-1."},
		{"slice bounds out of range", "A slice of n elements can be cut at 0 to n."},
		{"integer divide by zero", "Whole numbers cannot be divided by 0. Which input makes the divisor 0? If a fraction is wanted, convert both sides with float64(…) before dividing."},
		{"assignment to entry in nil map", "A map has to be made before something is put into it: m := map[string]int{}."},
		{"nil pointer", "Something was used before it was given a value."},
		{"makeslice", "A slice cannot have this length."},
		{"mat: ", "The shapes of two matrices do not fit, or an index lies outside."},
		{NotAttempted.Error(), "One way through the function still ends in the stub's panic."},
	} {
		if strings.Contains(message, known.part) {
			return known.says
		}
	}
	return ""
}

// panicLine returns the text of the line that panicked: the first outside Go's
// runtime and standard library on the stack of the panic, else "".
func panicLine() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	panicked := false
	for {
		frame, more := frames.Next()
		switch {
		case frame.Function == "runtime.gopanic":
			panicked = true
		case panicked && strings.HasPrefix(frame.Function, "main."):
			return sourceLine(frame.File, frame.Line)
		}
		if !more {
			return ""
		}
	}
}

// sourceLine returns a line of a file, from 1, without its indent.
func sourceLine(file string, number int) string {
	data, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	lines := strings.Split(string(data), "\n")
	if number > len(lines) {
		return ""
	}
	return strings.TrimSpace(lines[number-1])
}

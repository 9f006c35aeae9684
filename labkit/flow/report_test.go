package flow

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

type portError struct{ value string }

func (e portError) Error() string { return "the port is " + e.value }
func (portError) Reason() string  { return "a port" }

// Faults are counted by reason, and the first places are named.
func TestReportLose(t *testing.T) {
	r := Report{Format: "log", Flows: 1}
	for line := range 5 {
		r.Lose(&Fault{"a\x1b.csv", line + 1, 7, portError{fmt.Sprint(line)}})
	}
	r.Lose(&Fault{"b.csv", 2, 1, errors.New("cut")})
	want := "1 flow from log" +
		"\n  damaged, left out 5: a port (a\\x1b.csv:1:7, a\\x1b.csv:2:7, a\\x1b.csv:3:7, …)" +
		"\n  damaged, left out 1: cut (b.csv:2:1)"
	if got := r.String(); got != want || !r.Incomplete() {
		t.Errorf("%s, want %s", got, want)
	}
}

// However many reasons there are, the report stays short and counts all.
func TestReportManyReasons(t *testing.T) {
	var r Report
	for i := range 10_000 {
		r.Skip(fmt.Sprint("kind ", i), 2)
		r.Lose(&Fault{Err: fmt.Errorf("%d %s", i, strings.Repeat("x", 5000))})
	}
	lost, skipped := 0, 0
	for _, l := range r.Lost {
		lost += l.N
	}
	for _, c := range r.Skipped {
		skipped += c.N
	}
	if lost != 10_000 || skipped != 20_000 || len(r.Lost) != mostReasons || len(r.Skipped) != mostReasons {
		t.Errorf("%d lost in %d reasons, %d skipped in %d", lost, len(r.Lost), skipped, len(r.Skipped))
	}
	for line := range strings.SplitSeq(r.String(), "\n") {
		if len(line) > 2000 {
			t.Errorf("a line of %d bytes", len(line))
		}
	}
}

func TestFault(t *testing.T) {
	cause := errors.New("want a port")
	err := fmt.Errorf("labkit: %w", &Fault{"conn.log", 3, 5, cause})
	f, ok := errors.AsType[*Fault](err)
	if !ok || f.File != "conn.log" || f.Line != 3 || f.Column != 5 || !errors.Is(err, cause) {
		t.Errorf("%v of %v", f, err)
	}
	if err.Error() != "labkit: conn.log:3:5: want a port" {
		t.Error(err)
	}
}

func TestPrintable(t *testing.T) {
	for text, want := range map[string]string{
		"conn.log": "conn.log", "ä b": "ä b", "\x1b[31mx": `\x1b[31mx`, "\u009b2J": `\u009b2J`, "a\u202eb": `a\u202eb`, "\xff": `\xff`, "a\nb": `a\nb`,
	} {
		if got := Printable(text); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

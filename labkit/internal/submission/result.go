package submission

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"flowlab/labkit/check"
	"flowlab/labkit/internal/progress"
	"flowlab/labkit/internal/terminal"
)

// A Result is what the execution of one notebook showed.
type Result struct {
	File     string
	Name     string // of the file before people: see [Name]
	Student  string // who handed it in, by the folder or the file's name
	Notebook string // of the course, "" if it is none
	Marks    []Mark // one for each exercise that the notebook sets
	Fault    string // why the notebook could not be executed
	Failures string // cells that failed
	Note     string // what else is to be known
	Time     time.Duration
}

// A Mark is what was reached in one exercise.
type Mark struct {
	Exercise check.Exercise
	State    progress.State // "" if there was no check
	Share    float64        // of an answer that is right in part, below 1: see [check.Exercise.Rejudge]
	Dispute  string         // what does not fit together, if the state is not to be believed
	Called   bool           // whether a cell calls the check
	Failure  string         // why that cell failed before its check, in a line
	Refused  []string       // all that the compiler says of it, if it does not compile
	Answer   string         // the source of the cell, "" if it is not there
	Said     string         // what the check said below it
}

// Passed reports whether all exercises are passed, and with strict whether no
// cell failed besides.
func (r Result) Passed(strict bool) bool {
	return r.Fault == "" && r.countPassed() == len(r.Marks) && !(strict && r.Failures != "")
}

func (r Result) countPassed() (n int) {
	for _, m := range r.Marks {
		if m.passed() {
			n++
		}
	}
	return n
}

// points returns 1 for an exercise that is passed, and a share of it for one
// that gives points for parts.
func (m Mark) points() float64 {
	switch {
	case m.passed():
		return 1
	case m.Dispute != "":
		return 0
	}
	return m.Share
}

// number writes points without digits that say nothing.
func number(points float64) string { return strconv.FormatFloat(points, 'f', -1, 64) }

func (m Mark) passed() bool { return m.State == progress.Passed && m.Dispute == "" }

// name names what an exercise reached, and what no check has marked.
func (r Result) name(m Mark) string {
	switch {
	case m.Dispute != "":
		return "disputed"
	case m.State != "":
		return m.State.String()
	case r.Fault != "":
		return "not executed"
	case len(m.Refused) > 0:
		return "does not compile"
	}
	return "no check"
}

// fault says why a mark is not what the check would give.
func (r Result) fault(m Mark) string {
	return cmp.Or(m.Dispute, r.Fault, m.Failure)
}

// A Table prints results for people, each as soon as it is known.
type Table struct {
	w     io.Writer
	width int // of the column of names
}

// NewTable prints the head of a table for files of these names.
func NewTable(w io.Writer, names []string) Table {
	t := Table{w: w, width: len("Notebook")}
	for _, name := range names {
		t.width = max(t.width, utf8.RuneCountInString(terminal.Printable(name)))
	}
	t.row("Notebook", "Passed", "Time", "Not passed, or failed")
	return t
}

func (t Table) row(name, count, took, remarks string) {
	row := fmt.Sprintf("%-*s  %-6s  %5s  %s", t.width, name, count, took, remarks)
	fmt.Fprintln(t.w, strings.TrimRight(row, " "))
}

// Print prints a row.
func (t Table) Print(r Result) {
	var remarks []string
	if r.Fault != "" {
		remarks = append(remarks, r.Fault)
	}
	for _, m := range r.Marks {
		switch {
		case m.Dispute != "":
			remarks = append(remarks, fmt.Sprintf("! %s: disputed: %s", m.Exercise.ID, m.Dispute))
		case r.Fault == "" && m.Failure != "":
			remarks = append(remarks, fmt.Sprintf("%s %s: %s: %s", progress.Crashed.Symbol(), m.Exercise.ID, r.name(m), m.Failure))
		case r.Fault == "" && !m.passed():
			remarks = append(remarks, fmt.Sprintf("%s %s: %s", m.State.Symbol(), m.Exercise.ID, r.name(m)))
		}
	}
	for _, says := range []string{r.Failures, r.Note} {
		if says != "" {
			remarks = append(remarks, says)
		}
	}
	count := fmt.Sprintf("%d of %d", r.countPassed(), len(r.Marks))
	if len(r.Marks) == 0 {
		count = "-"
	}
	t.row(terminal.Printable(r.Name), count, fmt.Sprintf("%.0f s", r.Time.Seconds()), terminal.Printable(strings.Join(remarks, "; ")))
}

// A Sheet writes results as CSV, a line for each exercise, as soon as they are
// known.
type Sheet struct{ *csv.Writer }

// NewSheet writes the head of a sheet.
func NewSheet(w io.Writer) (Sheet, error) {
	s := Sheet{csv.NewWriter(w)}
	return s, s.write("file", "notebook", "exercise", "state", "fault", "failed_cell", "student", "points", "seconds")
}

// Print writes the lines of a result.
func (s Sheet) Print(r Result) (err error) {
	seconds := fmt.Sprintf("%.1f", r.Time.Seconds())
	if len(r.Marks) == 0 {
		return s.write(r.File, r.Notebook, "", "not executed", r.Fault, r.Failures, r.Student, "0", seconds)
	}
	for _, m := range r.Marks {
		err = errors.Join(err, s.write(r.File, r.Notebook, m.Exercise.ID, r.name(m), r.fault(m), r.Failures, r.Student, number(m.points()), seconds))
	}
	return err
}

// write writes a line that shows on a terminal, and in a spreadsheet, what it
// says: control characters are written out, and no field is taken for a formula.
func (s Sheet) write(fields ...string) error {
	for i, f := range fields {
		fields[i] = terminal.NoFormula(terminal.Printable(f))
	}
	err := s.Write(fields)
	s.Flush()
	return errors.Join(err, s.Error())
}

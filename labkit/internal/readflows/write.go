package readflows

import (
	"bufio"
	"encoding/csv"
	"io"
	"slices"
	"strconv"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/flowlog"
)

// Write writes the flows of tables, one after the other, as one CSV file with
// the columns that any of them has.
func Write(w io.Writer, tables ...*flow.Table) error {
	var fields []flow.Field
	for f := range flow.NumFields {
		if slices.ContainsFunc(tables, func(t *flow.Table) bool { return t.Has(f) }) {
			fields = append(fields, f)
		}
	}
	out := flowlog.NewWriter(w, fields)
	for _, t := range tables {
		for _, c := range t.Parts {
			out.Write(t.Fields, c)
		}
	}
	return out.Flush()
}

// Rejects writes what is left out of files because it is damaged: a CSV file with
// the place, the reason and the text of each record.
type Rejects struct {
	buffer *bufio.Writer
	out    *csv.Writer
}

// NewRejects returns Rejects that write to w, with titles.
func NewRejects(w io.Writer) *Rejects {
	buffer := bufio.NewWriter(w)
	r := &Rejects{buffer, csv.NewWriter(buffer)}
	r.out.Write([]string{"file", "line", "column", "reason", "record"})
	return r
}

// Add is a flow.ReadOptions.Reject.
func (r *Rejects) Add(f *flow.Fault, text string) {
	r.out.Write([]string{flow.Printable(f.File), strconv.Itoa(f.Line), strconv.Itoa(f.Column), f.Err.Error(), text})
}

// Flush writes what is left, and returns the first error of all writing.
func (r *Rejects) Flush() error {
	r.out.Flush()
	if err := r.out.Error(); err != nil {
		return err
	}
	return r.buffer.Flush()
}

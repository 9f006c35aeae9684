package flowlog

import (
	"bufio"
	"io"
	"math"
	"strconv"
	"strings"

	"flowlab/labkit/flow"
)

// A Writer writes flows as a CSV file that [Read] reads with the same values: a
// missing one is an empty field.
type Writer struct {
	out    *bufio.Writer
	fields []flow.Field
	line   []byte
}

// NewWriter returns a Writer of these columns, whose titles it writes first.
func NewWriter(w io.Writer, fields []flow.Field) *Writer {
	out := bufio.NewWriterSize(w, 1<<16)
	for j, f := range fields {
		if j > 0 {
			out.WriteByte(',')
		}
		out.WriteString(f.String())
	}
	out.WriteByte('\n')
	return &Writer{out: out, fields: fields}
}

// Write writes flows of a table that has these columns.
func (w *Writer) Write(fields []flow.Field, c *flow.Columns) {
	var has [flow.NumFields]bool
	for _, f := range fields {
		has[f] = true
	}
	for i := range c.Len {
		w.line = w.line[:0]
		for j, f := range w.fields {
			if j > 0 {
				w.line = append(w.line, ',')
			}
			switch {
			case !has[f]:
			case f.IsWord():
				w.line = AppendWord(w.line, c.Word[f].Texts[c.Word[f].Codes[i]])
			default:
				w.line = AppendNumber(w.line, c.Number[f][i])
			}
		}
		w.out.Write(append(w.line, '\n'))
	}
}

// Flush writes what is left, and returns the first error of all writing.
func (w *Writer) Flush() error { return w.out.Flush() }

// AppendWord appends a word, in quotes where it needs them.
func AppendWord(line []byte, word string) []byte {
	if !strings.ContainsAny(word, `",`) {
		return append(line, word...)
	}
	line = append(line, '"')
	line = append(line, strings.ReplaceAll(word, `"`, `""`)...)
	return append(line, '"')
}

// AppendNumber appends the shortest decimals that are the number again, nothing
// for one that is missing.
func AppendNumber(line []byte, v float64) []byte {
	if math.IsNaN(v) {
		return line
	}
	format := byte('f')
	if size := math.Abs(v); size != 0 && size < 1e-6 || size >= 1e21 {
		format = 'e'
	}
	return strconv.AppendFloat(line, v, format, -1, 64)
}

package labkit

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/flowlog"
)

// WriteFlows writes flows as a CSV file that [ReadFlows] reads, with the same
// values: a header, and a row a flow. Of the columns that ReadFlows knows it
// writes those that the frames have, in its order, and no others; a missing
// value is an empty field. Several frames are written one after the other below
// one header.
//
// It returns an error, and writes nothing, if there is no flow, if a column that
// ReadFlows must have is not there, or if it would refuse a value: then row
// and column are named.
func WriteFlows(w io.Writer, flows ...dataframe.DataFrame) (err error) {
	defer prefix(&err, "WriteFlows")
	var columns []flow.Field
	rows := 0
	for _, frame := range flows {
		if frame.Err != nil {
			return fmt.Errorf("the data frame is not usable: %v", frame.Err)
		}
		rows += frame.Nrow()
		for _, name := range frame.Names() {
			if f, ok := flow.FieldOf(name); ok && !slices.Contains(columns, f) {
				columns = append(columns, f)
			}
		}
	}
	slices.Sort(columns)
	if rows == 0 {
		return errors.New("no flows: want at least one")
	}
	for _, f := range flow.Required() {
		if !slices.Contains(columns, f) {
			return fmt.Errorf("no column %s: ReadFlows could not read the file again", f)
		}
	}
	out := make([]flowWriter, len(flows))
	for i, frame := range flows {
		if out[i], err = newFlowWriter(frame, columns); err != nil {
			return err
		}
	}
	buffered := bufio.NewWriterSize(w, 1<<16)
	writeHeader(buffered, columns)
	for _, f := range out {
		f.write(buffered)
	}
	return buffered.Flush()
}

// A flowWriter writes the flows of one frame.
type flowWriter struct {
	frame  dataframe.DataFrame
	places []int // in the frame of each column that is written, -1 if it has none
}

func newFlowWriter(frame dataframe.DataFrame, columns []flow.Field) (flowWriter, error) {
	w := flowWriter{frame, make([]int, len(columns))}
	names, types := frame.Names(), frame.Types()
	for k, f := range columns {
		j := slices.Index(names, f.String())
		w.places[k] = j
		if j < 0 {
			continue
		}
		if !f.IsWord() && types[j] == series.String {
			return w, fmt.Errorf("column %q holds text: want numbers", f)
		}
		if err := w.check(j, f); err != nil {
			return w, err
		}
	}
	return w, nil
}

// check returns an error for a value that ReadFlows would refuse.
func (w flowWriter) check(j int, f flow.Field) error {
	checked := map[string]bool{}
	for i := range w.frame.Nrow() {
		e := w.frame.Elem(i, j)
		if e.IsNA() {
			continue
		}
		var err error
		if !f.IsWord() {
			err = f.CheckNumber(e.Float())
		} else if word := e.String(); !checked[word] {
			err = f.CheckWord(word)
			checked[word] = true
		}
		if err != nil {
			return fmt.Errorf("column %q, row %d is %v: want %w", f, i, e.Val(), err)
		}
	}
	return nil
}

func (w flowWriter) write(out *bufio.Writer) {
	var line []byte
	for i := range w.frame.Nrow() {
		line = line[:0]
		for k, j := range w.places {
			if k > 0 {
				line = append(line, ',')
			}
			if j >= 0 {
				line = appendValue(line, w.frame.Elem(i, j))
			}
		}
		out.Write(append(line, '\n'))
	}
}

func appendValue(line []byte, e series.Element) []byte {
	switch {
	case e.IsNA():
		return line
	case e.Type() != series.String:
		return flowlog.AppendNumber(line, e.Float())
	}
	return flowlog.AppendWord(line, e.String())
}

func writeHeader(w *bufio.Writer, columns []flow.Field) {
	for j, f := range columns {
		if j > 0 {
			w.WriteByte(',')
		}
		w.WriteString(f.String())
	}
	w.WriteByte('\n')
}

package labkit

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/go-gota/gota/dataframe"

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
func WriteFlows(w io.Writer, flows ...dataframe.DataFrame) error {
	var columns []flowlog.Field
	rows := 0
	for _, frame := range flows {
		if frame.Err != nil {
			return fmt.Errorf("labkit: WriteFlows: the data frame is not usable: %v", frame.Err)
		}
		rows += frame.Nrow()
		for _, name := range frame.Names() {
			if f, ok := flowlog.FieldOf(name); ok && !slices.Contains(columns, f) {
				columns = append(columns, f)
			}
		}
	}
	slices.Sort(columns)
	if rows == 0 {
		return errors.New("labkit: WriteFlows: no flows: want at least one")
	}
	for _, f := range flowlog.Required() {
		if !slices.Contains(columns, f) {
			return fmt.Errorf("labkit: WriteFlows: no column %s: ReadFlows could not read the file again", f)
		}
	}
	out := make([]flowTexts, len(flows))
	for i, frame := range flows {
		var err error
		if out[i], err = textsOf(frame, columns); err != nil {
			return err
		}
	}
	buffered := bufio.NewWriterSize(w, 1<<16)
	writeHeader(buffered, columns)
	for _, texts := range out {
		texts.write(buffered)
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("labkit: WriteFlows: %w", err)
	}
	return nil
}

// flowTexts holds the columns of a frame that are written: for each numbers or
// words, or neither where the frame does not have it.
type flowTexts struct {
	rows    int
	numbers [][]float64
	words   [][]string
}

func textsOf(frame dataframe.DataFrame, columns []flowlog.Field) (flowTexts, error) {
	t := flowTexts{frame.Nrow(), make([][]float64, len(columns)), make([][]string, len(columns))}
	for j, f := range columns {
		if !slices.Contains(frame.Names(), f.String()) {
			continue
		}
		s := frame.Col(f.String())
		if f.IsWord() {
			t.words[j] = make([]string, s.Len())
			for i := range s.Len() {
				if e := s.Elem(i); !e.IsNA() {
					t.words[j][i] = e.String()
				}
			}
		} else {
			var err error
			if t.numbers[j], err = numbers("WriteFlows", frame, f.String()); err != nil {
				return t, err
			}
		}
		if err := t.check(j, f); err != nil {
			return t, err
		}
	}
	return t, nil
}

// check returns an error for a value that ReadFlows would refuse.
func (t flowTexts) check(j int, f flowlog.Field) error {
	var text []byte
	for i := range t.rows {
		text = t.append(text[:0], i, j)
		if len(text) == 0 {
			continue
		}
		if err := f.Check(string(text)); err != nil {
			return fmt.Errorf("labkit: WriteFlows: column %q, row %d is %s: want %w", f, i, text, err)
		}
	}
	return nil
}

// append appends the text of a value to line; of a missing one, nothing.
func (t flowTexts) append(line []byte, i, j int) []byte {
	if t.words[j] != nil {
		return append(line, t.words[j][i]...)
	}
	if t.numbers[j] == nil || math.IsNaN(t.numbers[j][i]) {
		return line
	}
	return appendNumber(line, t.numbers[j][i])
}

// appendNumber appends the shortest decimals that are the number again.
func appendNumber(line []byte, v float64) []byte {
	format := byte('f')
	if size := math.Abs(v); size != 0 && size < 1e-6 || size >= 1e21 {
		format = 'e'
	}
	return strconv.AppendFloat(line, v, format, -1, 64)
}

func writeHeader(w *bufio.Writer, columns []flowlog.Field) {
	for j, f := range columns {
		if j > 0 {
			w.WriteByte(',')
		}
		w.WriteString(f.String())
	}
	w.WriteByte('\n')
}

func (t flowTexts) write(w *bufio.Writer) {
	var line []byte
	for i := range t.rows {
		line = line[:0]
		for j := range t.words {
			if j > 0 {
				line = append(line, ',')
			}
			if t.words[j] != nil && strings.ContainsAny(t.words[j][i], `",`) {
				line = append(line, '"')
				line = append(line, strings.ReplaceAll(t.words[j][i], `"`, `""`)...)
				line = append(line, '"')
				continue
			}
			line = t.append(line, i, j)
		}
		w.Write(append(line, '\n'))
	}
}

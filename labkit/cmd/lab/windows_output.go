package main

import (
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"math"
	"os"
	"slices"
	"strconv"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/readflows"
	"flowlab/labkit/window"
)

// A windowWriter writes rows of windows as CSV.
type windowWriter struct {
	csv     *csv.Writer
	columns []window.Column
	record  []string
}

func newWindowWriter(w io.Writer, key window.Key) *windowWriter {
	out := &windowWriter{csv: csv.NewWriter(w), columns: window.Columns(key), record: []string{"window_start", key.String()}}
	for _, c := range out.columns {
		out.record = append(out.record, c.Name)
	}
	out.csv.Write(out.record) // an error stays until flush
	return out
}

func (w *windowWriter) write(rows []window.Row) {
	for i := range rows {
		w.record = append(w.record[:0], csvNumber(rows[i].Start), rows[i].Key)
		for _, c := range w.columns {
			w.record = append(w.record, csvNumber(c.Value(&rows[i])))
		}
		w.csv.Write(w.record)
	}
}

func (w *windowWriter) flush() error {
	w.csv.Flush()
	return w.csv.Error()
}

// csvNumber returns the shortest decimals of a number, and nothing for NaN.
func csvNumber(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	format := byte('f')
	if v != 0 && math.Abs(v) < 1e-6 {
		format = 'e'
	}
	return strconv.FormatFloat(v, format, -1, 64)
}

// writeLate writes flows of the inputs as a flow table, in the order of their
// arrival.
func writeLate(name string, inputs []input, flows []flow.Flow) error {
	slices.SortFunc(flows, func(a, b flow.Flow) int { return cmp.Compare(a.Origin.Place, b.Origin.Place) })
	var fields []flow.Field
	for f := range flow.NumFields {
		if slices.ContainsFunc(inputs, func(in input) bool { return in.table.Has(f) }) {
			fields = append(fields, f)
		}
	}
	b := flow.NewBuilder(fields...)
	for i := range flows {
		b.Add(&flows[i])
	}
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(readflows.Write(file, b.Table()), file.Close())
}

package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/go-gota/gota/dataframe"

	"flowlab/labkit"
	"flowlab/labkit/flow"
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
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// writeLate writes these rows of the inputs as a flow table, in the order of
// their arrival.
func writeLate(name string, inputs []input, rows []int) error {
	slices.Sort(rows)
	var frames []dataframe.DataFrame
	first := 0
	for _, in := range inputs {
		end := first + in.flows.Nrow()
		var here []int
		for len(rows) > 0 && rows[0] < end {
			here = append(here, rows[0]-first)
			rows = rows[1:]
		}
		if len(here) > 0 {
			frames = append(frames, in.flows.Subset(here))
		}
		first = end
	}
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	if len(frames) == 0 {
		_, err = fmt.Fprintln(file, strings.Join(flowColumns(inputs), ","))
	} else {
		err = labkit.WriteFlows(file, frames...)
	}
	return errors.Join(err, file.Close())
}

// flowColumns returns the columns of a flow table that the inputs have.
func flowColumns(inputs []input) (names []string) {
	for f := range flow.NumFields {
		if slices.ContainsFunc(inputs, func(in input) bool { return slices.Contains(in.flows.Names(), f.String()) }) {
			names = append(names, f.String())
		}
	}
	return names
}

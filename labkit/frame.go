package labkit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"flowlab/labkit/internal/flowframe"
	"flowlab/labkit/internal/parallel"
)

// This file is the door to gota: its deferred errors are looked at here, once,
// and what comes out is plain slices.

// column returns a column of a frame.
func column(frame dataframe.DataFrame, name string) (series.Series, error) {
	if _, err := columnIndex(frame, name); err != nil {
		return series.Series{}, err
	}
	return frame.Col(name), nil
}

// columnIndex returns the place of a column in a frame.
func columnIndex(frame dataframe.DataFrame, name string) (int, error) {
	if frame.Err != nil {
		return 0, fmt.Errorf("the data frame is not usable: %v", frame.Err)
	}
	j := slices.Index(frame.Names(), name)
	if j < 0 {
		return 0, fmt.Errorf("no column %q: the frame has %s", name, cmp.Or(strings.Join(frame.Names(), ", "), "no columns"))
	}
	return j, nil
}

// numbers returns a column of numbers, NaN where a value is missing.
func numbers(frame dataframe.DataFrame, name string) ([]float64, error) {
	j, err := columnIndex(frame, name)
	if err != nil {
		return nil, err
	}
	if frame.Types()[j] == series.String {
		return nil, fmt.Errorf("column %q holds text: want numbers", name)
	}
	values := make([]float64, frame.Nrow()) // without frame.Col, which copies
	for i := range values {
		values[i] = frame.Elem(i, j).Float()
	}
	return values, nil
}

// manyNumbers returns several columns of numbers.
func manyNumbers(frame dataframe.DataFrame, names []string) ([][]float64, error) {
	all := make([][]float64, len(names))
	errs := make([]error, len(names))
	parallel.Blocks(len(names), 1, func(first, end int) {
		for j := first; j < end; j++ {
			all[j], errs[j] = numbers(frame, names[j])
		}
	})
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// A numberColumn is a column of numbers, of which value returns that of a row,
// NaN where it is missing.
type numberColumn struct {
	name  string
	kind  series.Type
	value func(row int) float64
}

func inSlice(values []float64) func(row int) float64 {
	return func(row int) float64 { return values[row] }
}

// withColumns returns the frame with the given columns put in the place of
// those of the same name, or added at the end.
func withColumns(frame dataframe.DataFrame, columns ...numberColumn) dataframe.DataFrame {
	names, types := frame.Names(), frame.Types()
	all := make([]flowframe.Column, len(names), len(names)+len(columns))
	for j, name := range names {
		all[j] = flowframe.Column{Name: name, Kind: types[j], Fill: func(w *flowframe.Writer) { w.Elements(frame, j) }}
	}
	for _, c := range columns {
		source := flowframe.Column{Name: c.name, Kind: c.kind, Fill: func(w *flowframe.Writer) { w.Numbers(frame.Nrow(), c.value) }}
		if i := slices.Index(names, c.name); i >= 0 {
			all[i] = source
		} else {
			all = append(all, source)
		}
	}
	return flowframe.New(frame.Nrow(), all)
}

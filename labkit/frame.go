package labkit

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"flowlab/labkit/internal/parallel"
)

// This file is the door to gota: its deferred errors are looked at here, once,
// and what comes out is plain slices.

// column returns a column of a frame.
func column(function string, frame dataframe.DataFrame, name string) (series.Series, error) {
	if _, err := columnIndex(function, frame, name); err != nil {
		return series.Series{}, err
	}
	return frame.Col(name), nil
}

// columnIndex returns the place of a column in a frame.
func columnIndex(function string, frame dataframe.DataFrame, name string) (int, error) {
	if frame.Err != nil {
		return 0, fmt.Errorf("labkit: %s: the data frame is not usable: %v", function, frame.Err)
	}
	j := slices.Index(frame.Names(), name)
	if j < 0 {
		return 0, fmt.Errorf("labkit: %s: no column %q: the frame has %s", function, name, cmp.Or(strings.Join(frame.Names(), ", "), "no columns"))
	}
	return j, nil
}

// numbers returns a column of numbers, NaN where a value is missing.
func numbers(function string, frame dataframe.DataFrame, name string) ([]float64, error) {
	j, err := columnIndex(function, frame, name)
	if err != nil {
		return nil, err
	}
	if frame.Types()[j] == series.String {
		return nil, fmt.Errorf("labkit: %s: column %q holds text: want numbers", function, name)
	}
	values := make([]float64, frame.Nrow()) // without frame.Col, which copies
	for i := range values {
		values[i] = frame.Elem(i, j).Float()
	}
	return values, nil
}

// manyNumbers returns several columns of numbers.
func manyNumbers(function string, frame dataframe.DataFrame, names []string) ([][]float64, error) {
	all := make([][]float64, len(names))
	errs := make([]error, len(names))
	parallel.Blocks(len(names), 1, func(first, end int) {
		for j := first; j < end; j++ {
			all[j], errs[j] = numbers(function, frame, names[j])
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
	all := make([]columnSource, len(names), len(names)+len(columns))
	for j, name := range names {
		all[j] = columnSource{name, types[j], func(c *columnWriter) { c.elements(frame, j) }}
	}
	for _, c := range columns {
		source := columnSource{c.name, c.kind, func(w *columnWriter) { w.numbers(frame.Nrow(), c.value) }}
		if i := slices.Index(names, c.name); i >= 0 {
			all[i] = source
		} else {
			all = append(all, source)
		}
	}
	return newFrame(frame.Nrow(), all)
}

// A columnSource fills a column of a new frame.
type columnSource struct {
	name string
	kind series.Type
	fill func(*columnWriter)
}

// newFrame makes a frame of a number of rows. series.New would allocate each
// value apart, and dataframe.New copy all of them; instead, a frame of one row
// of missing values is repeated, and its elements are set in their place.
func newFrame(rows int, columns []columnSource) dataframe.DataFrame {
	missing := make([]series.Series, len(columns))
	for j, c := range columns {
		missing[j] = series.New([]string{"NaN"}, c.kind, c.name)
	}
	frame := dataframe.New(missing...).Subset(make([]int, rows))
	parallel.Blocks(len(columns), 1, func(first, end int) {
		for j := first; j < end; j++ {
			columns[j].fill(&columnWriter{frame: frame, column: j})
		}
	})
	return frame
}

// A columnWriter sets a column of a new frame, from its first row on. A value
// that is not set is missing.
type columnWriter struct {
	frame       dataframe.DataFrame
	column, row int
}

func (w *columnWriter) numbers(rows int, value func(row int) float64) {
	var source elementOf
	for i := range rows {
		if v := value(i); !math.IsNaN(v) {
			source.number = v
			w.frame.Elem(w.row, w.column).Set(&source)
		}
		w.row++
	}
}

// words sets words: those of texts that the codes say, of which the empty one
// is missing.
func (w *columnWriter) words(codes []uint32, texts []string) {
	var source elementOf
	for _, code := range codes {
		if source.word = texts[code]; source.word != "" {
			w.frame.Elem(w.row, w.column).Set(&source)
		}
		w.row++
	}
}

// elements copies a column of another frame.
func (w *columnWriter) elements(from dataframe.DataFrame, column int) {
	for ; w.row < from.Nrow(); w.row++ {
		if e := from.Elem(w.row, column); !e.IsNA() {
			w.frame.Elem(w.row, w.column).Set(e)
		}
	}
}

// An elementOf hands a number or a word to an element's Set, which asks no more
// of it; a number in an interface would be allocated.
type elementOf struct {
	series.Element
	number float64
	word   string
}

func (e *elementOf) Float() float64    { return e.number }
func (e *elementOf) Int() (int, error) { return int(e.number), nil }
func (e *elementOf) String() string    { return e.word }

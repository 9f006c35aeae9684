// Package flowframe makes data frames without the allocations of gota's own way.
package flowframe

import (
	"math"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"flowlab/labkit/internal/parallel"
)

// A Column is a column of a new frame, and what fills it.
type Column struct {
	Name string
	Kind series.Type
	Fill func(*Writer)
}

// New makes a frame of a number of rows. series.New would allocate each
// value apart, and dataframe.New copy all of them; instead, a frame of one row
// of missing values is repeated, and its elements are set in their place.
func New(rows int, columns []Column) dataframe.DataFrame {
	missing := make([]series.Series, len(columns))
	for j, c := range columns {
		missing[j] = series.New([]string{"NaN"}, c.Kind, c.Name)
	}
	frame := dataframe.New(missing...).Subset(make([]int, rows))
	parallel.Blocks(len(columns), 1, func(first, end int) {
		for j := first; j < end; j++ {
			columns[j].Fill(&Writer{frame: frame, column: j})
		}
	})
	return frame
}

// A Writer sets a column of a new frame, from its first row on. A value
// that is not set is missing.
type Writer struct {
	frame       dataframe.DataFrame
	column, row int
}

// Numbers sets numbers, of which value returns that of a row, NaN where it is
// missing.
func (w *Writer) Numbers(rows int, value func(row int) float64) {
	var source elementOf
	for i := range rows {
		if v := value(i); !math.IsNaN(v) {
			source.number = v
			w.frame.Elem(w.row, w.column).Set(&source)
		}
		w.row++
	}
}

// Words sets words: those of texts that the codes say, of which the empty one
// is missing.
func (w *Writer) Words(codes []uint32, texts []string) {
	w.Texts(len(codes), func(row int) string { return texts[codes[row]] })
}

// Texts sets words, of which value returns that of a row, the empty one where it
// is missing.
func (w *Writer) Texts(rows int, value func(row int) string) {
	var source elementOf
	for i := range rows {
		if source.word = value(i); source.word != "" {
			w.frame.Elem(w.row, w.column).Set(&source)
		}
		w.row++
	}
}

// Elements copies a column of another frame.
func (w *Writer) Elements(from dataframe.DataFrame, column int) {
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

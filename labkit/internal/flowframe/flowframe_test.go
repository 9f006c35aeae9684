package flowframe

import (
	"fmt"
	"math"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// A frame made here is that which gota makes of the same values.
func TestNew(t *testing.T) {
	numbers := []float64{1.5, math.NaN(), -2}
	of := func(row int) float64 { return numbers[row] }
	first := New(3, []Column{
		{"float", series.Float, func(w *Writer) { w.Numbers(3, of) }},
		{"int", series.Int, func(w *Writer) { w.Numbers(2, of); w.Numbers(1, func(int) float64 { return 7 }) }},
		{"words", series.String, func(w *Writer) { w.Words([]uint32{2, 0, 1}, []string{"", "a", "b"}) }},
		{"texts", series.String, func(w *Writer) { w.Texts(3, func(row int) string { return []string{"row 0", "", "row 2"}[row] }) }},
	})
	want := dataframe.New(
		series.New(numbers, series.Float, "float"),
		series.New([]string{"1", "NaN", "7"}, series.Int, "int"),
		series.New([]string{"b", "NaN", "a"}, series.String, "words"),
		series.New([]string{"row 0", "NaN", "row 2"}, series.String, "texts"),
	)
	var copies []Column
	for j, name := range first.Names() {
		copies = append(copies, Column{name, first.Types()[j], func(w *Writer) { w.Elements(first, j) }})
	}
	for _, got := range []dataframe.DataFrame{first, New(3, copies)} {
		if fmt.Sprint(got.Records(), got.Types()) != fmt.Sprint(want.Records(), want.Types()) {
			t.Errorf("%v, want %v", got.Records(), want.Records())
		}
	}
}

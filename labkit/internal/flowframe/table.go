package flowframe

import (
	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"flowlab/labkit/flow"
)

// OfTable returns the flows of a table as a frame with the same columns.
func OfTable(t *flow.Table) dataframe.DataFrame { return New(t.Len(), Columns(t)) }

// Columns returns the columns of a table.
func Columns(t *flow.Table) []Column {
	columns := make([]Column, len(t.Fields))
	for i, f := range t.Fields {
		columns[i] = Column{Name: f.String(), Kind: KindOf(f), Fill: func(w *Writer) {
			for _, part := range t.Parts {
				if f.IsWord() {
					w.Words(part.Word[f].Codes, part.Word[f].Texts)
				} else {
					w.Numbers(part.Len, func(row int) float64 { return part.Number[f][row] })
				}
			}
		}}
	}
	return columns
}

// KindOf returns the type of a field's column.
func KindOf(f flow.Field) series.Type {
	switch {
	case f.IsWord():
		return series.String
	case f.IsWhole():
		return series.Int
	}
	return series.Float
}

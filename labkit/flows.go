package labkit

import (
	"fmt"
	"math"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/flowframe"
	"flowlab/labkit/internal/parallel"
)

// Frame returns the flows of a table as a frame, with the columns of [ReadFlows]
// that the table has.
func Frame(t *flow.Table) dataframe.DataFrame { return flowframe.OfTable(t) }

// Flows returns the rows of a frame as flows, with the columns of [ReadFlows]
// that it has; a value that is missing, or whose column is not there, is unknown
// ([flow.Unknown]). Other columns are left out.
//
// It returns an error if the frame has none of these columns, if one that holds
// numbers is text, or if a port or a label is no whole number.
func Flows(frame dataframe.DataFrame) (_ []flow.Flow, err error) {
	defer prefix(&err, "Flows")
	return flowsOf(frame)
}

func flowsOf(frame dataframe.DataFrame) ([]flow.Flow, error) {
	if frame.Err != nil {
		return nil, fmt.Errorf("the data frame is not usable: %v", frame.Err)
	}
	types := frame.Types()
	var setters []func(f *flow.Flow, row int)
	for j, name := range frame.Names() {
		field, ok := flow.FieldOf(name)
		switch {
		case !ok:
			continue
		case !field.IsWord() && types[j] == series.String:
			return nil, fmt.Errorf("column %q holds text: want numbers", name)
		case field == flow.SrcPort || field == flow.DstPort || field == flow.Label:
			if err := checkColumn(frame, j, field); err != nil {
				return nil, err
			}
		}
		setters = append(setters, func(f *flow.Flow, row int) { setField(f, field, frame.Elem(row, j)) })
	}
	if len(setters) == 0 {
		return nil, fmt.Errorf("none of the columns is one of a flow, such as %q: the frame has %v", flow.SrcIP, frame.Names())
	}
	flows := make([]flow.Flow, frame.Nrow())
	parallel.Blocks(len(flows), 1<<12, func(first, end int) {
		for i := first; i < end; i++ {
			flows[i] = flow.Unknown()
			for _, set := range setters {
				set(&flows[i], i)
			}
		}
	})
	return flows, nil
}

// checkColumn returns an error for a value that the field may not have.
func checkColumn(frame dataframe.DataFrame, column int, field flow.Field) error {
	for i := range frame.Nrow() {
		e := frame.Elem(i, column)
		if e.IsNA() {
			continue
		}
		if err := field.CheckNumber(e.Float()); err != nil {
			return fmt.Errorf("column %q, row %d is %v: want %w", field, i, e.Val(), err)
		}
	}
	return nil
}

func setField(f *flow.Flow, field flow.Field, e series.Element) {
	switch {
	case e.IsNA():
	case field.IsWord():
		f.SetWord(field, e.String())
	default:
		if v := e.Float(); !math.IsNaN(v) {
			f.SetNumber(field, v)
		}
	}
}

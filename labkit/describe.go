package labkit

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	"gonum.org/v1/gonum/stat"

	"flowlab/labkit/internal/texttable"
)

// A Summary holds the descriptive statistics of columns of a frame.
type Summary []ColumnSummary

// A ColumnSummary describes the values of one column, in its unit. Missing
// values are not counted. Std is the sample's standard deviation, NaN for a
// single value.
type ColumnSummary struct {
	Name                     string
	Count                    int
	Mean, Std                float64
	Min, Q1, Median, Q3, Max float64
}

// Describe summarises columns of numbers; without columns, all that are not
// text. It returns an error for a column that is not there, is text, or has no
// value at all.
func Describe(frame dataframe.DataFrame, columns ...string) (_ Summary, err error) {
	defer prefix(&err, "Describe")
	if frame.Err != nil {
		return nil, fmt.Errorf("the data frame is not usable: %v", frame.Err)
	}
	if len(columns) == 0 {
		for i, t := range frame.Types() {
			if t != series.String {
				columns = append(columns, frame.Names()[i])
			}
		}
	}
	if len(columns) == 0 {
		return nil, errors.New("the frame has no column of numbers: want at least one")
	}
	var summary Summary
	for _, name := range columns {
		values, err := numbers(frame, name)
		if err != nil {
			return nil, err
		}
		values = slices.DeleteFunc(values, math.IsNaN)
		if len(values) == 0 {
			return nil, fmt.Errorf("column %q has no values: want at least one", name)
		}
		summary = append(summary, describe(name, values))
	}
	return summary, nil
}

func describe(name string, values []float64) ColumnSummary {
	slices.Sort(values)
	c := ColumnSummary{
		Name: name, Count: len(values), Mean: stat.Mean(values, nil), Std: math.NaN(),
		Min: values[0], Max: values[len(values)-1],
		Q1: percentileOfSorted(values, 25), Median: percentileOfSorted(values, 50), Q3: percentileOfSorted(values, 75),
	}
	if len(values) > 1 {
		c.Std = stat.StdDev(values, nil)
	}
	return c
}

// String returns the summary as text, laid out as pandas prints describe().
func (s Summary) String() string {
	table := []texttable.Column{{Left: true, Cells: []string{"count", "mean", "std", "min", "25%", "50%", "75%", "max"}}}
	for _, c := range s {
		cells := texttable.Floats([]float64{float64(c.Count), c.Mean, c.Std, c.Min, c.Q1, c.Median, c.Q3, c.Max}, true)
		table = append(table, texttable.Column{Header: " " + c.Name, Cells: cells})
	}
	return texttable.Render(table...)
}

// Text returns a frame as text, every row, laid out as pandas prints it
// without its index. [dataframe.DataFrame.String] shortens instead.
func Text(frame dataframe.DataFrame) (_ string, err error) {
	defer prefix(&err, "Text")
	if frame.Err != nil {
		return "", fmt.Errorf("the data frame is not usable: %v", frame.Err)
	}
	var table []texttable.Column
	for _, name := range frame.Names() {
		s, err := column(frame, name)
		if err != nil {
			return "", err
		}
		c := texttable.Column{Header: name, Cells: s.Records()}
		if s.Type() != series.String {
			c.Header = " " + name
		}
		if s.Type() == series.Float {
			c.Cells = texttable.Floats(s.Float(), false)
		}
		table = append(table, c)
	}
	return texttable.Render(table...), nil
}

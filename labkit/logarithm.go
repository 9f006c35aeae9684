package labkit

import (
	"errors"
	"fmt"
	"math"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// Log returns the flows with the given columns replaced by their natural
// logarithm, which turns a heavy tail, where values span powers of ten, into
// distances that a detector can compare. It returns an error that names row
// and column if a value is not above 0; missing values stay missing.
func Log(flows dataframe.DataFrame, columns ...string) (_ dataframe.DataFrame, err error) {
	defer prefix(&err, "Log")
	return transformColumns(flows, columns, math.Log, "above 0", func(v float64) bool { return v > 0 })
}

// Log1p is [Log] of one plus the value, for columns in which 0 occurs, such as
// counts. A value must not be below 0.
func Log1p(flows dataframe.DataFrame, columns ...string) (_ dataframe.DataFrame, err error) {
	defer prefix(&err, "Log1p")
	return transformColumns(flows, columns, math.Log1p, "0 or above", func(v float64) bool { return v >= 0 })
}

func transformColumns(flows dataframe.DataFrame, columns []string, f func(float64) float64, domain string, inDomain func(float64) bool) (dataframe.DataFrame, error) {
	if len(columns) == 0 {
		return dataframe.DataFrame{}, errors.New("no column named: want at least one")
	}
	changed := make([]numberColumn, len(columns))
	for k, name := range columns {
		values, err := numbers(flows, name)
		if err != nil {
			return dataframe.DataFrame{}, err
		}
		out := make([]float64, len(values))
		for i, v := range values {
			if !inDomain(v) && !math.IsNaN(v) {
				return dataframe.DataFrame{}, fmt.Errorf("column %q, row %d is %v: want a number %s", name, i, v, domain)
			}
			out[i] = f(v)
		}
		changed[k] = numberColumn{name, series.Float, inSlice(out)}
	}
	return withColumns(flows, changed...), nil
}

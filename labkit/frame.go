package labkit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// This file is the door to gota: its deferred errors are looked at here, once,
// and what comes out is plain slices.

// column returns a column of a frame.
func column(function string, frame dataframe.DataFrame, name string) (series.Series, error) {
	if frame.Err != nil {
		return series.Series{}, fmt.Errorf("labkit: %s: the data frame is not usable: %v", function, frame.Err)
	}
	if !slices.Contains(frame.Names(), name) {
		return series.Series{}, fmt.Errorf("labkit: %s: no column %q: the frame has %s", function, name, cmp.Or(strings.Join(frame.Names(), ", "), "no columns"))
	}
	return frame.Col(name), nil
}

// numbers returns a column of numbers, NaN where a value is missing.
func numbers(function string, frame dataframe.DataFrame, name string) ([]float64, error) {
	s, err := column(function, frame, name)
	if err != nil {
		return nil, err
	}
	if s.Type() == series.String {
		return nil, fmt.Errorf("labkit: %s: column %q holds text: want numbers", function, name)
	}
	return s.Float(), nil
}

// withColumns returns the frame with the given columns put in the place of
// those of the same name, or added at the end.
func withColumns(frame dataframe.DataFrame, columns ...series.Series) dataframe.DataFrame {
	names := frame.Names()
	all := make([]series.Series, len(names), len(names)+len(columns))
	for i, name := range names {
		all[i] = frame.Col(name)
	}
	for _, c := range columns {
		if i := slices.Index(names, c.Name); i >= 0 {
			all[i] = c
		} else {
			all = append(all, c)
		}
	}
	return dataframe.New(all...)
}

package labkit

import (
	"errors"
	"fmt"
	"math"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	"gonum.org/v1/gonum/mat"
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

// InLogs returns rows of the [FeatureColumns] with the logarithms of those that
// have long tails: of one plus bytes_per_second, packets_per_second and
// bytes_per_packet, and of duration. It is what [Log1p] and [Log] make of these
// columns of a frame, and what the detectors of the course do best with once it
// is scaled. x is not changed.
//
// It returns an error if x has another number of columns, and one that names row
// and column for a value that has no logarithm.
func InLogs(x *mat.Dense) (_ *mat.Dense, err error) {
	defer prefix(&err, "InLogs")
	if err := checkMatrix(x); err != nil {
		return nil, err
	}
	rows, cols := x.Dims()
	if cols != len(defaultFeatures) {
		return nil, fmt.Errorf("matrix has %d columns: want the %d of FeatureColumns", cols, len(defaultFeatures))
	}
	out := mat.DenseCopyOf(x)
	for j, name := range defaultFeatures {
		f, ok := tailLogs[name]
		if !ok {
			continue
		}
		for i := range rows {
			v := f(x.At(i, j))
			if isNotFinite(v) {
				return nil, fmt.Errorf("row %d, column %q is %v: it has no logarithm", i, name, x.At(i, j))
			}
			out.Set(i, j, v)
		}
	}
	return out, nil
}

// tailLogs has the logarithm for each feature with a long tail.
var tailLogs = map[string]func(float64) float64{
	"bytes_per_second": math.Log1p, "packets_per_second": math.Log1p, "bytes_per_packet": math.Log1p,
	"duration": math.Log,
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

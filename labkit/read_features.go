package labkit

import (
	"fmt"
	"os"
	"slices"

	"github.com/go-gota/gota/series"
	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/flowlog"
	"flowlab/labkit/internal/parallel"
)

// ReadFeatures reads the flows of a file into a matrix of features, a row a
// flow and a column for each name; without columns, [FeatureColumns]. It takes
// the files that [ReadFlows] takes, and returns the matrix that [AddFeatures],
// [Complete] and [Features] make of its frame, with the number of rows that
// Complete leaves out. It makes no frame, which in a large file is most of the
// time and most of the memory.
//
// A column is a number of the flows or what AddFeatures computes. ReadFeatures
// returns the errors of ReadFlows, and one for another column and for a file
// in which no row is complete.
func ReadFeatures(path string, columns ...string) (x *mat.Dense, leftOut int, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, fmt.Errorf("labkit: ReadFeatures: %w", err)
	}
	defer f.Close()
	table, err := flowlog.Read(f, path, ReadOptions{})
	if err == nil {
		x, err = tableFeatures(table, columns)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("labkit: ReadFeatures: %w", err)
	}
	rows, _ := x.Dims()
	return x, table.Report.Flows - rows, nil
}

// TableFeatures is [ReadFeatures] of flows that are read.
func TableFeatures(t *flow.Table, columns ...string) (_ *mat.Dense, err error) {
	defer prefix(&err, "TableFeatures")
	return tableFeatures(t, columns)
}

// tableFeatures fills a matrix from the parts of a table, in parallel.
func tableFeatures(t *flow.Table, columns []string) (*mat.Dense, error) {
	if len(columns) == 0 {
		columns = defaultFeatures
	}
	cols := len(columns)
	data := make([]float64, t.Len()*cols)
	start, kept := make([]int, len(t.Parts)), make([]int, len(t.Parts))
	for p := 1; p < len(start); p++ {
		start[p] = start[p-1] + t.Parts[p-1].Len
	}
	errs := make([]error, len(t.Parts))
	parallel.Blocks(len(t.Parts), 1, func(first, end int) {
		for p := first; p < end; p++ {
			var sources []func(int) float64
			if sources, errs[p] = partColumns(t, p, columns); errs[p] == nil {
				kept[p] = fillComplete(data[start[p]*cols:], t.Parts[p].Len, sources)
			}
		}
	})
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	rows := 0
	for p, n := range kept {
		if rows == start[p] {
			rows += n // they are where they belong
			continue
		}
		copy(data[rows*cols:], data[start[p]*cols:(start[p]+n)*cols])
		rows += n
	}
	if rows == 0 {
		return nil, fmt.Errorf("none of %d flows has a value in each of the columns: want at least one", t.Len())
	}
	return mat.NewDense(rows, cols, data[:rows*cols]), nil
}

// partColumns returns the values of columns of a part of a table by their names:
// those that are computed, and the numbers of the flows.
func partColumns(t *flow.Table, part int, names []string) ([]func(row int) float64, error) {
	numbers := t.Parts[part].Number
	all := (*fieldNumbers)(&t.Parts[part].Number).features(series.Float)
	for _, f := range t.Fields {
		if !f.IsWord() {
			all = append(all, numberColumn{name: f.String(), value: inSlice(numbers[f])})
		}
	}
	chosen := make([]func(int) float64, len(names))
	for j, name := range names {
		i := slices.IndexFunc(all, func(c numberColumn) bool { return c.name == name })
		if i < 0 {
			return nil, fmt.Errorf("no column of numbers %q in the file or among the features", name)
		}
		chosen[j] = all[i].value
	}
	return chosen, nil
}

// fillComplete writes the rows that have a finite value in each column, one
// behind the other, and returns how many they are.
func fillComplete(data []float64, rows int, columns []func(int) float64) int {
	kept := 0
	for i := range rows {
		row := data[kept*len(columns):][:len(columns)]
		complete := true
		for j, value := range columns {
			row[j] = value(i)
			complete = complete && !isNotFinite(row[j])
		}
		if complete {
			kept++
		}
	}
	return kept
}

package chart

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"flowlab/labkit"
)

// column returns the numbers of a frame's column: at least one, all of them fit to draw.
func column(frame dataframe.DataFrame, name string) ([]float64, error) {
	if frame.Err != nil {
		return nil, fmt.Errorf("broken frame: %w", frame.Err)
	}
	if !has(frame, name) {
		return nil, fmt.Errorf("no column %q: the frame has %q", name, frame.Names())
	}
	col := frame.Col(name)
	if !numeric(col) {
		return nil, fmt.Errorf("column %q holds values of type %s: want numbers", name, col.Type())
	}
	values := col.Float()
	return values, checkNumbers(fmt.Sprintf("column %q", name), values)
}

// has tells whether a frame has a column.
func has(frame dataframe.DataFrame, name string) bool {
	return frame.Err == nil && slices.Contains(frame.Names(), name)
}

func numeric(col series.Series) bool {
	return col.Type() == series.Float || col.Type() == series.Int
}

// largest is the size of number that an axis can still subtract and divide.
const largest = 1e300

// checkNumbers returns an error, which calls the values by their name, if there
// are none or if one is missing, infinite or too large to draw.
func checkNumbers(name string, values []float64) error {
	if len(values) == 0 {
		return fmt.Errorf("%s: no values: want at least one", name)
	}
	for i, v := range values {
		if !(math.Abs(v) <= largest) {
			return fmt.Errorf("%s is %v in row %d: want a number, at most %g in size (labkit.Complete drops rows with missing values)", name, v, i, largest)
		}
	}
	return nil
}

// checkThreshold returns an error unless a line can be drawn at the threshold.
func checkThreshold(threshold float64) error {
	if !(math.Abs(threshold) <= largest) {
		return fmt.Errorf("threshold is %v: want a number, at most %g in size", threshold, largest)
	}
	return nil
}

// eachColumn calls f with the values of each named column by class, and returns
// the labels.
func eachColumn(flows dataframe.DataFrame, columns []string, f func(name string, normal, anomaly []float64) error) ([]bool, error) {
	if len(columns) == 0 {
		return nil, errors.New("no columns to draw: name at least one")
	}
	labels, err := labkit.Labels(flows)
	if err != nil {
		return nil, err
	}
	for _, name := range columns {
		values, err := column(flows, name)
		if err != nil {
			return nil, err
		}
		normal, anomaly := split(values, labels)
		if err := f(name, normal, anomaly); err != nil {
			return nil, err
		}
	}
	return labels, nil
}

// checkLabels returns an error unless there is one label for each score and
// every score can be drawn.
func checkLabels(name string, scores []float64, labels []bool) error {
	if len(scores) != len(labels) {
		return fmt.Errorf("%s has %d values for %d labels: want one for each", name, len(scores), len(labels))
	}
	return checkNumbers(name, scores)
}

// split returns the values of normal flows and those of anomalies.
func split(values []float64, labels []bool) (normal, anomaly []float64) {
	for i, v := range values {
		if labels[i] {
			anomaly = append(anomaly, v)
		} else {
			normal = append(normal, v)
		}
	}
	return normal, anomaly
}

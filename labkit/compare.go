package labkit

import (
	"errors"
	"fmt"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"flowlab/labkit/internal/errprefix"
)

// A Prediction is what one method flagged: true means anomaly.
type Prediction struct {
	Name    string
	Flagged []bool
}

// Compare returns a frame with a row per prediction and the columns Model,
// Precision, Recall and F1. It returns an error that names the prediction if
// one of them is undefined or flags another number of rows than labels has, or
// if there are no predictions.
func Compare(labels []bool, predictions ...Prediction) (_ dataframe.DataFrame, err error) {
	defer prefix(&err, "Compare")
	var names []string
	var metrics [3][]float64
	for _, p := range predictions {
		c, err := NewConfusion(p.Flagged, labels)
		if err != nil {
			return dataframe.DataFrame{}, fmt.Errorf("%s: %w", p.Name, errprefix.Bare(err))
		}
		names = append(names, p.Name)
		for k, metric := range []func() (float64, error){c.Precision, c.Recall, c.F1} {
			v, err := metric()
			if err != nil {
				return dataframe.DataFrame{}, fmt.Errorf("%s: %w", p.Name, errprefix.Bare(err))
			}
			metrics[k] = append(metrics[k], v)
		}
	}
	if len(predictions) == 0 {
		return dataframe.DataFrame{}, errors.New("no predictions: want at least one")
	}
	return dataframe.New(
		series.New(names, series.String, "Model"),
		series.New(metrics[0], series.Float, "Precision"),
		series.New(metrics[1], series.Float, "Recall"),
		series.New(metrics[2], series.Float, "F1"),
	), nil
}

package labkit

import (
	"fmt"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
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
func Compare(labels []bool, predictions ...Prediction) (dataframe.DataFrame, error) {
	var names []string
	var metrics [3][]float64
	for _, p := range predictions {
		c, err := NewConfusion(p.Flagged, labels)
		if err != nil {
			return dataframe.DataFrame{}, fmt.Errorf("labkit: Compare: %s: %w", p.Name, err)
		}
		names = append(names, p.Name)
		for k, metric := range []func() (float64, error){c.Precision, c.Recall, c.F1} {
			v, err := metric()
			if err != nil {
				return dataframe.DataFrame{}, fmt.Errorf("labkit: Compare: %s: %w", p.Name, err)
			}
			metrics[k] = append(metrics[k], v)
		}
	}
	if len(predictions) == 0 {
		return dataframe.DataFrame{}, fmt.Errorf("labkit: Compare: no predictions: want at least one")
	}
	return dataframe.New(
		series.New(names, series.String, "Model"),
		series.New(metrics[0], series.Float, "Precision"),
		series.New(metrics[1], series.Float, "Recall"),
		series.New(metrics[2], series.Float, "F1"),
	), nil
}

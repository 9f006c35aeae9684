package labkit

import (
	"errors"
	"fmt"
)

// A Confusion counts how predictions compare with the truth. Anomaly is the
// positive class.
type Confusion struct {
	TP int // anomalies found
	FP int // normal flows flagged: false alarms
	FN int // anomalies missed
	TN int // normal flows left alone
}

// NewConfusion counts predicted against labels; true means anomaly in both. It
// returns an error if they are empty or differ in length.
func NewConfusion(predicted, labels []bool) (_ Confusion, err error) {
	defer prefix(&err, "NewConfusion")
	if len(predicted) != len(labels) || len(labels) == 0 {
		return Confusion{}, fmt.Errorf("%d predictions and %d labels: want one prediction per label, at least one", len(predicted), len(labels))
	}
	var c Confusion
	for i, flagged := range predicted {
		switch {
		case flagged && labels[i]:
			c.TP++
		case flagged:
			c.FP++
		case labels[i]:
			c.FN++
		default:
			c.TN++
		}
	}
	return c, nil
}

// Precision returns the fraction of flagged flows that are anomalies, in
// [0, 1]. It is undefined, an error, if no flow was flagged.
func (c Confusion) Precision() (_ float64, err error) {
	defer prefix(&err, "")
	if c.TP+c.FP == 0 {
		return 0, errors.New("precision is undefined: no flow was flagged")
	}
	return float64(c.TP) / float64(c.TP+c.FP), nil
}

// Recall returns the fraction of anomalies that were flagged, in [0, 1]. It is
// undefined, an error, if there are no anomalies.
func (c Confusion) Recall() (_ float64, err error) {
	defer prefix(&err, "")
	if c.TP+c.FN == 0 {
		return 0, errors.New("recall is undefined: no flow is an anomaly")
	}
	return float64(c.TP) / float64(c.TP+c.FN), nil
}

// F1 returns the harmonic mean of precision and recall, 2TP/(2TP+FP+FN), in
// [0, 1]. It is undefined, an error, if there are neither anomalies nor
// flagged flows.
func (c Confusion) F1() (_ float64, err error) {
	defer prefix(&err, "")
	if c.TP+c.FP+c.FN == 0 {
		return 0, errors.New("F1 is undefined: no flow is an anomaly and none was flagged")
	}
	return float64(2*c.TP) / float64(2*c.TP+c.FP+c.FN), nil
}

// String returns precision, recall and F1 to three places, a line each. A
// metric that is undefined says so.
func (c Confusion) String() string {
	return "Precision: " + orUndefined(c.Precision()) +
		"\nRecall: " + orUndefined(c.Recall()) +
		"\nF1 Score: " + orUndefined(c.F1())
}

func orUndefined(v float64, err error) string {
	if err != nil {
		return "undefined"
	}
	return fmt.Sprintf("%.3f", v)
}

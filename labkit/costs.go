package labkit

import (
	"fmt"
	"math"
)

// Costs are what wrong decisions cost, in any unit: hours, money. Right ones cost
// nothing. Where an anomaly takes time as well once it is found, Miss is what the
// miss costs beyond that.
type Costs struct {
	FalseAlert float64 // an ordinary flow that was flagged, above 0
	Miss       float64 // an anomaly that was not, above 0
}

// Threshold returns the score above which an alert pays: the threshold that makes
// the cost of decisions about these flows least, for use with [Predict]. Of
// thresholds that cost the same it is the highest, with the fewest alerts. It
// may be above or below all scores: flag nothing, or everything.
//
// It is where the share of anomalies among flows of such a score passes
// FalseAlert/(FalseAlert + Miss). That share, and the threshold with it, is of
// flows with as many anomalies among them as these: labels of a day on which an
// attack was staged make an ordinary day look more dangerous than it is.
//
// It returns an error if a cost is not above 0 and finite, scores and labels
// differ in length, a score is NaN or infinite, or no label is an anomaly.
//
// Source: C. Elkan, The foundations of cost-sensitive learning, IJCAI 2001.
func (c Costs) Threshold(scores []float64, labels []bool) (_ float64, err error) {
	defer prefix(&err, "Costs.Threshold")
	if err := c.check(); err != nil {
		return 0, err
	}
	if err := checkFinite("score", scores); err != nil {
		return 0, err
	}
	cuts, err := cutsByScore(scores, labels)
	if err != nil {
		return 0, err
	}
	// A cut flags its own score too, Predict only what is above the threshold:
	// the score of the next cut. Before the first cut nothing is flagged.
	anomalies := cuts[len(cuts)-1].truePositives
	best, least := cuts[0].threshold, c.Miss*float64(anomalies)
	for i, cut := range cuts {
		cost := c.FalseAlert*float64(cut.falsePositives) + c.Miss*float64(anomalies-cut.truePositives)
		if cost >= least {
			continue
		}
		least = cost
		if i+1 < len(cuts) {
			best = cuts[i+1].threshold
		} else {
			best = math.Nextafter(cut.threshold, math.Inf(-1))
		}
	}
	return best, nil
}

// Of returns what the decisions that were counted cost.
func (c Costs) Of(counted Confusion) float64 {
	return c.FalseAlert*float64(counted.FP) + c.Miss*float64(counted.FN)
}

func (c Costs) check() error {
	for _, cost := range []float64{c.FalseAlert, c.Miss} {
		if !(cost > 0) || isNotFinite(cost) {
			return fmt.Errorf("the costs are %v for a false alert and %v for a miss: want both above 0 and finite", c.FalseAlert, c.Miss)
		}
	}
	return nil
}

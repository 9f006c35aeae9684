package labkit

import (
	"fmt"
	"math"
	"slices"

	"flowlab/labkit/internal/pairwise"
)

// ROC returns the receiver operating characteristic of scores against labels:
// for each distinct threshold, from high to low, the false and the true
// positive rate of "score >= threshold". The first point is (0, 0) at +Inf,
// the last (1, 1); points midway on a straight step are left out. It returns
// an error if scores and labels differ in length, a score is NaN, or only one
// class is there.
//
// Source: T. Fawcett, An introduction to ROC analysis, Pattern Recognition
// Letters 27(8), 2006.
func ROC(scores []float64, labels []bool) (fpr, tpr, thresholds []float64, err error) {
	defer prefix(&err, "ROC")
	return roc(scores, labels)
}

func roc(scores []float64, labels []bool) (fpr, tpr, thresholds []float64, err error) {
	cuts, err := cutsByScore(scores, labels)
	if err != nil {
		return nil, nil, nil, err
	}
	total := cuts[len(cuts)-1]
	if total.falsePositives == 0 {
		return nil, nil, nil, fmt.Errorf("all %d labels are anomalies: want both classes", len(labels))
	}
	fpr, tpr, thresholds = []float64{0}, []float64{0}, []float64{math.Inf(1)}
	for _, c := range corners(cuts) {
		fpr = append(fpr, float64(c.falsePositives)/float64(total.falsePositives))
		tpr = append(tpr, float64(c.truePositives)/float64(total.truePositives))
		thresholds = append(thresholds, c.threshold)
	}
	return fpr, tpr, thresholds, nil
}

// ROCAUC returns the area under the ROC curve, by trapezoids: the probability
// that an anomaly scores above a normal flow, a tie counting half. 0.5 is
// chance, 1 a perfect ranking. Errors and source are those of [ROC].
func ROCAUC(scores []float64, labels []bool) (_ float64, err error) {
	defer prefix(&err, "ROCAUC")
	fpr, tpr, _, err := roc(scores, labels)
	if err != nil {
		return 0, err
	}
	strips := make([]float64, len(fpr)-1)
	for i := range strips {
		strips[i] = (fpr[i+1] - fpr[i]) * (tpr[i+1] + tpr[i]) / 2
	}
	return pairwise.Sum(strips), nil
}

// PRCurve returns precision and recall of "score >= threshold" for each
// distinct threshold, from high to low. It returns an error if scores and
// labels differ in length, a score is NaN, or no label is an anomaly.
//
// Source: J. Davis and M. Goadrich, The relationship between Precision-Recall
// and ROC curves, ICML 2006.
func PRCurve(scores []float64, labels []bool) (precision, recall, thresholds []float64, err error) {
	defer prefix(&err, "PRCurve")
	return prCurve(scores, labels)
}

func prCurve(scores []float64, labels []bool) (precision, recall, thresholds []float64, err error) {
	cuts, err := cutsByScore(scores, labels)
	if err != nil {
		return nil, nil, nil, err
	}
	total := cuts[len(cuts)-1].truePositives
	for _, c := range cuts {
		precision = append(precision, float64(c.truePositives)/float64(c.truePositives+c.falsePositives))
		recall = append(recall, float64(c.truePositives)/float64(total))
		thresholds = append(thresholds, c.threshold)
	}
	return precision, recall, thresholds, nil
}

// AveragePrecision returns the area under the precision-recall curve as the
// sum of precision times the step in recall. Scores by chance reach the fraction
// of anomalies in the data, a perfect ranking reaches 1. Errors and source are
// those of [PRCurve].
func AveragePrecision(scores []float64, labels []bool) (_ float64, err error) {
	defer prefix(&err, "AveragePrecision")
	precision, recall, _, err := prCurve(scores, labels)
	if err != nil {
		return 0, err
	}
	steps := make([]float64, len(precision)) // from low thresholds to high, as scikit-learn sums
	previous := 0.0
	for i, p := range precision {
		steps[len(steps)-1-i] = p * (recall[i] - previous)
		previous = recall[i]
	}
	return pairwise.Sum(steps), nil
}

// PrecisionAtK returns the fraction of anomalies among the k flows with the
// highest scores: what an analyst who can look at k alerts will find. Among
// equal scores the earlier row comes first. It returns an error if scores and
// labels differ in length, a score is NaN, or k is not in [1, len(scores)].
func PrecisionAtK(scores []float64, labels []bool, k int) (_ float64, err error) {
	defer prefix(&err, "PrecisionAtK")
	if err := checkScores(scores, labels); err != nil {
		return 0, err
	}
	if k < 1 || k > len(scores) {
		return 0, fmt.Errorf("k is %d: want 1 to the number of scores, %d", k, len(scores))
	}
	found := 0
	for _, i := range byScore(scores)[:k] {
		if labels[i] {
			found++
		}
	}
	return float64(found) / float64(k), nil
}

// A cut counts what is flagged when every score >= threshold is.
type cut struct {
	threshold                     float64
	truePositives, falsePositives int
}

// cutsByScore returns a cut for each distinct score, from high to low. The
// last one flags every row.
func cutsByScore(scores []float64, labels []bool) ([]cut, error) {
	if err := checkScores(scores, labels); err != nil {
		return nil, err
	}
	if !slices.Contains(labels, true) {
		return nil, fmt.Errorf("none of the %d labels is an anomaly: want at least one", len(labels))
	}
	var cuts []cut
	var running cut
	order := byScore(scores)
	for k, i := range order {
		if labels[i] {
			running.truePositives++
		} else {
			running.falsePositives++
		}
		if k+1 == len(order) || scores[order[k+1]] != scores[i] {
			running.threshold = scores[i]
			cuts = append(cuts, running)
		}
	}
	return cuts, nil
}

// corners returns the cuts without those that lie midway on a straight step of
// the ROC curve. The first and the last stay.
func corners(cuts []cut) []cut {
	kept := cuts[:1:1]
	for i := 1; i < len(cuts); i++ {
		if i+1 < len(cuts) {
			before, here, after := cuts[i-1], cuts[i], cuts[i+1]
			if after.falsePositives-here.falsePositives == here.falsePositives-before.falsePositives &&
				after.truePositives-here.truePositives == here.truePositives-before.truePositives {
				continue
			}
		}
		kept = append(kept, cuts[i])
	}
	return kept
}

// byScore returns the row numbers from the highest score to the lowest, equal
// scores in row order.
func byScore(scores []float64) []int {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case scores[a] > scores[b]:
			return -1
		case scores[a] < scores[b]:
			return 1
		}
		return 0
	})
	return order
}

func checkScores(scores []float64, labels []bool) error {
	if len(scores) != len(labels) || len(scores) == 0 {
		return fmt.Errorf("%d scores and %d labels: want one score per label, at least one", len(scores), len(labels))
	}
	return checkNumbers(scores)
}

// checkNumbers returns an error if a score is NaN, which has no place in an order.
func checkNumbers(scores []float64) error {
	if i := slices.IndexFunc(scores, math.IsNaN); i >= 0 {
		return fmt.Errorf("score %d is NaN: want a number", i)
	}
	return nil
}

package check

import (
	"flowlab/labkit/internal/exam"
)

var precisionRecall = &exam.Exercise{
	ID:       "precision-recall",
	Notebook: "04_isolation_forest",
	Section:  "The forest of the Python lab",
	Title:    "Precision and recall",
	Hints: []string{
		"Both are fractions with tp above the bar. Which flows were flagged, and which are attacks?",
		"Flagged are tp + fp flows, attacks are tp + fn. Convert to float64 before you divide.",
		"return float64(tp) / float64(tp+fp), and, after the comma, the same with fn in the place of fp",
	},
	Answer: func(tp, fp, fn int) (precision, recall float64) {
		return fraction(tp, tp+fp), fraction(tp, tp+fn)
	},
	Params: []string{"tp", "fp", "fn"},
	Cases: func() []exam.Input {
		return []exam.Input{{30, 10, 70}, {60, 40, 40}, {97, 0, 3}, {1, 2, 0}, {0, 5, 10}, {8, 0, 0}, {200, 100, 400}}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, tp+fn), fraction(tp, tp+fp)
		}, Says: "Precision and recall have changed places, in the return or by fp and fn. Precision, the first result, divides by tp + fp, recall by tp + fn."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, tp+fp+fn), fraction(tp, tp+fp+fn)
		}, Says: "Both are divided by all flows that are flagged or attacks. Precision looks at the flagged ones alone, recall at the attacks alone."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, tp+fp), fraction(tp, tp+fp)
		}, Says: "The precision is right, and the recall is the precision once more: recall divides by the attacks, tp + fn."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, tp+fn), fraction(tp, tp+fn)
		}, Says: "The recall is right, and the precision is the recall once more: precision divides by what was flagged, tp + fp."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, fp), fraction(tp, fn)
		}, Says: "The found attacks are missing below the bar: they were flagged too, and they are attacks too."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, tp) + float64(fp), fraction(tp, tp) + float64(fn)
		}, Says: "Division binds more strongly than addition: put the sums below the bar into parentheses."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, tp-fp), fraction(tp, tp-fn)
		}, Says: "This subtracts below the bar. Flagged are tp + fp flows, attacks are tp + fn."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, fp+fn), fraction(tp, fp+fn)
		}, Says: "Both are divided by the two kinds of error together. Precision divides by what was flagged, tp + fp, recall by the attacks, tp + fn."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, tp+fp), fraction(tp, fn)
		}, Says: "The precision is right. Below the bar of the recall the found attacks are missing: tp + fn."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, fp), fraction(tp, tp+fn)
		}, Says: "The recall is right. Below the bar of the precision the found attacks are missing, which were flagged as well: tp + fp."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, tp*fp), fraction(tp, tp*fn)
		}, Says: "This multiplies below the bar. Flagged are tp + fp flows, attacks are tp + fn."},
		{Answer: precisionWith(func(tp, fp, fn int) float64 { return fraction(tp, fp+fn) }),
			Says: "The recall is right. The precision is divided by the two kinds of error together: it divides by what was flagged, tp + fp."},
		{Answer: precisionWith(func(tp, fp, fn int) float64 { return fraction(tp-fp, tp+fp) }),
			Says: "The recall is right. Above the bar of the precision the false alarms are subtracted: there stand the found attacks alone, tp."},
		{Answer: precisionWith(func(tp, fp, _ int) float64 {
			if tp == 0 {
				return 1
			}
			return fraction(tp, tp+fp)
		}), Says: "With no attack found the precision is 1 here. All that was flagged was wrong, so it is 0, as the formula says."},
		{Answer: recallWith(func(tp, _, _ int) float64 { return fraction(tp, 100) }),
			Says: "The precision is right. The recall is divided by 100, the attacks of the notebook: in general they are tp + fn."},
		{Answer: recallWith(func(tp, _, _ int) float64 { return fraction(tp, 1000) }),
			Says: "The precision is right. The recall is divided by 1,000, all flows of the notebook: divide by the attacks alone, tp + fn."},
		{Answer: recallWith(func(tp, fp, fn int) float64 { return fraction(2*tp, 2*tp+fp+fn) }),
			Says: "The precision is right. The second result is F1, which comes in a later notebook: recall is tp by the attacks, tp + fn."},
		{Answer: recallWith(func(tp, fp, fn int) float64 { return fraction(tp, tp+fp) / float64(tp+fn) }),
			Says: "The precision is right. In the recall it stands above the bar: there tp belongs, the found attacks."},
		{Answer: recallWith(func(tp, fp, _ int) float64 { return 1 - fraction(tp, tp+fp) }),
			Says: "The precision is right. The recall is not what is left of it up to 1: it is another question, tp by tp + fn."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			return fraction(tp, tp+fp+1), fraction(tp, tp+fn+1)
		}, Says: "The plus one below the bars changes both results. At least one flow was flagged and one is an attack, so that nothing is divided by 0."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			if fp > 0 {
				precision = fraction(tp, tp+fp)
			}
			if fn > 0 {
				recall = fraction(tp, tp+fn)
			}
			return precision, recall
		}, Says: "Without a false alarm the precision is 0 here, and without a missed attack the recall. Both are 1 then, the best there is: leave the conditions out."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			found := max(tp, 1)
			return 1 - fraction(fp, found), 1 - fraction(fn, found)
		}, Says: "The errors are divided by the found attacks alone, and subtracted from 1. Below the bar stand all that were flagged, tp + fp, and all attacks, tp + fn."},
		{Answer: func(tp, fp, fn int) (precision, recall float64) {
			t := float64(int8(tp))
			return t / (t + float64(int8(fp))), t / (t + float64(int8(fn)))
		}, Says: "An int8 ends at 127, and larger counts come out wrong. Convert to float64."},
	},
}

func fraction(a, b int) float64 { return float64(a) / float64(b) }

// precisionWith returns another first result with the recall.
func precisionWith(first func(tp, fp, fn int) float64) func(tp, fp, fn int) (precision, recall float64) {
	return func(tp, fp, fn int) (precision, recall float64) { return first(tp, fp, fn), fraction(tp, tp+fn) }
}

// recallWith returns another second result with the precision.
func recallWith(second func(tp, fp, fn int) float64) func(tp, fp, fn int) (precision, recall float64) {
	return func(tp, fp, fn int) (precision, recall float64) { return fraction(tp, tp+fp), second(tp, fp, fn) }
}

// PrecisionRecall checks a function that returns precision and recall, both in
// [0, 1], of a detector that found tp attacks, flagged fp normal flows and
// missed fn attacks. At least one flow was flagged, and one is an attack:
//
//	func(tp, fp, fn int) (precision, recall float64)
func PrecisionRecall(function any) { exam.Mark(precisionRecall, function) }

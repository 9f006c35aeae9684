package labkit

import "testing"

// The Python lab's detectors at seed 42, and the corners.
func TestConfusionMetrics(t *testing.T) {
	for _, c := range []struct {
		name      string
		confusion Confusion
		want      string
	}{
		{"forest", Confusion{TP: 60, FP: 40, FN: 40, TN: 860}, "Precision: 0.600\nRecall: 0.600\nF1 Score: 0.600"},
		{"one-class SVM", Confusion{TP: 29, FP: 256, FN: 71, TN: 644}, "Precision: 0.102\nRecall: 0.290\nF1 Score: 0.151"},
		{"all right", Confusion{TP: 3, TN: 5}, "Precision: 1.000\nRecall: 1.000\nF1 Score: 1.000"},
		{"all wrong", Confusion{FP: 3, FN: 5}, "Precision: 0.000\nRecall: 0.000\nF1 Score: 0.000"},
		{"nothing flagged", Confusion{FN: 2, TN: 5}, "Precision: undefined\nRecall: 0.000\nF1 Score: 0.000"},
		{"no anomalies", Confusion{FP: 2, TN: 5}, "Precision: 0.000\nRecall: undefined\nF1 Score: 0.000"},
		{"neither", Confusion{TN: 5}, "Precision: undefined\nRecall: undefined\nF1 Score: undefined"},
	} {
		if got := c.confusion.String(); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// scikit-learn 1.9.1's numbers for the one-class SVM, all digits.
func TestConfusionMetricsAreExact(t *testing.T) {
	c := Confusion{TP: 29, FP: 256, FN: 71, TN: 644}
	if p, r, f := Must(c.Precision()), Must(c.Recall()), Must(c.F1()); p != 0.10175438596491228 || r != 0.29 || f != 0.15064935064935064 {
		t.Errorf("precision %v, recall %v, F1 %v", p, r, f)
	}
}

func TestNewConfusion(t *testing.T) {
	predicted := []bool{true, true, true, false, false, false, false, true, true, false}
	labels := []bool{true, true, true, true, true, false, false, false, false, false}
	got := Must(NewConfusion(predicted, labels))
	if want := (Confusion{TP: 3, FP: 2, FN: 2, TN: 3}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestMetricsRefuse(t *testing.T) {
	_, err := NewConfusion([]bool{true}, []bool{true, false})
	wantError(t, "lengths", err, "NewConfusion: 1 predictions and 2 labels: want one prediction per label, at least one")
	_, err = NewConfusion(nil, nil)
	wantError(t, "nothing", err, "NewConfusion: 0 predictions and 0 labels")
	_, err = Confusion{TN: 1}.Precision()
	wantError(t, "precision", err, "precision is undefined: no flow was flagged")
	_, err = Confusion{TN: 1}.Recall()
	wantError(t, "recall", err, "recall is undefined: no flow is an anomaly")
	_, err = Confusion{TN: 1}.F1()
	wantError(t, "F1", err, "F1 is undefined: no flow is an anomaly and none was flagged")
}

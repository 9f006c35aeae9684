package labkit

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// Where nothing else is said, reference numbers are those of sklearn.metrics
// 1.9.1: roc_curve, precision_recall_curve without its last point and turned
// around, roc_auc_score, average_precision_score.

func bools(bits ...int) []bool {
	out := make([]bool, len(bits))
	for i, b := range bits {
		out[i] = b == 1
	}
	return out
}

func TestROC(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		name           string
		scores         []float64
		labels         []bool
		fpr, tpr, cuts []float64
		auc, ap        float64
	}{
		{
			"one pair of four is in the wrong order",
			[]float64{0.1, 0.4, 0.35, 0.8}, bools(0, 0, 1, 1),
			[]float64{0, 0, 0.5, 0.5, 1}, []float64{0, 0.5, 0.5, 1, 1}, []float64{inf, 0.8, 0.4, 0.35, 0.1},
			0.75, 0.8333333333333333,
		},
		{
			"perfect",
			[]float64{1, 2, 3, 4}, bools(0, 0, 1, 1),
			[]float64{0, 0, 0, 1}, []float64{0, 0.5, 1, 1}, []float64{inf, 4, 3, 1},
			1, 1,
		},
		{
			"upside down",
			[]float64{4, 3, 2, 1}, bools(0, 0, 1, 1),
			[]float64{0, 0.5, 1, 1}, []float64{0, 0, 0, 1}, []float64{inf, 4, 3, 1},
			0, 0.41666666666666663,
		},
		{
			"all scores equal: chance, and the share of anomalies",
			[]float64{1, 1, 1, 1, 1}, bools(0, 1, 0, 0, 1),
			[]float64{0, 1}, []float64{0, 1}, []float64{inf, 1},
			0.5, 0.4,
		},
		{
			"ties within and between classes",
			[]float64{3, 3, 2, 2, 1}, bools(1, 0, 1, 0, 0),
			[]float64{0, 1. / 3, 2. / 3, 1}, []float64{0, 0.5, 1, 1}, []float64{inf, 3, 2, 1},
			0.6666666666666667, 0.5,
		},
		{
			"points midway on a straight step are left out",
			[]float64{5, 4, 3, 2, 1}, bools(1, 1, 1, 0, 0),
			[]float64{0, 0, 0, 1}, []float64{0, 1. / 3, 1, 1}, []float64{inf, 5, 3, 1},
			1, 1,
		},
	} {
		fpr, tpr, cuts, err := ROC(c.scores, c.labels)
		if err != nil || !slices.Equal(fpr, c.fpr) || !slices.Equal(tpr, c.tpr) || !slices.Equal(cuts, c.cuts) {
			t.Errorf("%s: ROC is %v, %v at %v, error %v; want %v, %v at %v", c.name, fpr, tpr, cuts, err, c.fpr, c.tpr, c.cuts)
		}
		if got := Must(ROCAUC(c.scores, c.labels)); got != c.auc {
			t.Errorf("%s: ROC AUC is %v, want %v", c.name, got, c.auc)
		}
		if got := Must(AveragePrecision(c.scores, c.labels)); got != c.ap {
			t.Errorf("%s: average precision is %v, want %v", c.name, got, c.ap)
		}
	}
}

func TestPRCurve(t *testing.T) {
	for _, c := range []struct {
		name                    string
		scores                  []float64
		labels                  []bool
		precision, recall, cuts []float64
	}{
		{
			"a false alarm in second place",
			[]float64{0.1, 0.4, 0.35, 0.8}, bools(0, 0, 1, 1),
			[]float64{1, 0.5, 2. / 3, 0.5}, []float64{0.5, 0.5, 1, 1}, []float64{0.8, 0.4, 0.35, 0.1},
		},
		{
			"equal scores are flagged together",
			[]float64{3, 3, 2, 2, 1}, bools(1, 0, 1, 0, 0),
			[]float64{0.5, 0.5, 0.4}, []float64{0.5, 1, 1}, []float64{3, 2, 1},
		},
		{
			"nothing but anomalies",
			[]float64{2, 1}, bools(1, 1),
			[]float64{1, 1}, []float64{0.5, 1}, []float64{2, 1},
		},
	} {
		precision, recall, cuts, err := PRCurve(c.scores, c.labels)
		if err != nil || !slices.Equal(precision, c.precision) || !slices.Equal(recall, c.recall) || !slices.Equal(cuts, c.cuts) {
			t.Errorf("%s: %v, %v at %v, error %v; want %v, %v at %v", c.name, precision, recall, cuts, err, c.precision, c.recall, c.cuts)
		}
	}
}

// The areas of the Python lab's three detectors at seed 42, all digits.
func TestAreasAreThePythonLabs(t *testing.T) {
	for _, c := range []struct {
		column  string
		auc, ap float64
	}{
		{"if_score_samples", 0.9610666666666666, 0.6652786911169553},
		{"oc_score_samples", 0.29935555555555543, 0.3199478947503138},
		{"lof_nof", 0.6732111111111112, 0.3871236030886835},
	} {
		x := readMatrix(t, "seed42_scores.csv", c.column, "label")
		scores, labels := negatedColumn(x, 0), make([]bool, 1000)
		for i := range labels {
			labels[i] = x.At(i, 1) == 1
		}
		if auc, ap := Must(ROCAUC(scores, labels)), Must(AveragePrecision(scores, labels)); auc != c.auc || ap != c.ap {
			t.Errorf("%s: areas %v and %v, want %v and %v", c.column, auc, ap, c.auc, c.ap)
		}
	}
}

// negatedColumn returns scikit-learn's scores, which are low for anomalies, as
// labkit's.
func negatedColumn(x *mat.Dense, j int) []float64 {
	values := mat.Col(nil, j, x)
	for i := range values {
		values[i] = -values[i]
	}
	return values
}

// noisyScores returns scores with many ties, in which anomalies are higher by
// tendency.
func noisyScores(seed uint64) (scores []float64, labels []bool) {
	x := normalRows(seed, 200, 2)
	for i := range 200 {
		anomaly := x.At(i, 0) > 1
		shift := 0.0
		if anomaly {
			shift = 1
		}
		scores = append(scores, math.Round(4*(x.At(i, 1)+shift)))
		labels = append(labels, anomaly)
	}
	return scores, labels
}

// ROCAUC is the share of pairs of an anomaly and a normal flow in which the
// anomaly has the higher score, a tie being half a pair.
func TestROCAUCCountsPairs(t *testing.T) {
	for seed := range uint64(5) {
		scores, labels := noisyScores(seed)
		won, pairs := 0.0, 0.0
		for i := range scores {
			for j := range scores {
				if !labels[i] || labels[j] {
					continue
				}
				pairs++
				switch {
				case scores[i] > scores[j]:
					won++
				case scores[i] == scores[j]:
					won += 0.5
				}
			}
		}
		if got := Must(ROCAUC(scores, labels)); math.Abs(got-won/pairs) > 1e-14 {
			t.Errorf("seed %d: ROC AUC is %v, the share of pairs %v", seed, got, won/pairs)
		}
	}
}

func TestROCAUCLaws(t *testing.T) {
	for seed := range uint64(5) {
		scores, labels := noisyScores(seed)
		want := Must(ROCAUC(scores, labels))
		for name, increasing := range map[string]func(float64) float64{
			"exp":         math.Exp,
			"cube":        func(v float64) float64 { return v * v * v },
			"3v - 1000":   func(v float64) float64 { return 3*v - 1000 },
			"arc tangent": math.Atan,
		} {
			mapped := make([]float64, len(scores))
			for i, v := range scores {
				mapped[i] = increasing(v)
			}
			if got := Must(ROCAUC(mapped, labels)); got != want {
				t.Errorf("seed %d: ROC AUC under %s is %v, want %v", seed, name, got, want)
			}
		}
		opposite := make([]float64, len(scores))
		for i, v := range scores {
			opposite[i] = -v
		}
		if sum := want + Must(ROCAUC(opposite, labels)); math.Abs(sum-1) > 1e-14 {
			t.Errorf("seed %d: ROC AUC of scores and of negated scores add up to %v, want 1", seed, sum)
		}
	}
}

func TestPrecisionAtK(t *testing.T) {
	scores := []float64{0.2, 0.9, 0.9, 0.1, 0.5}
	labels := bools(1, 1, 0, 1, 0)
	for k, want := range map[int]float64{1: 1, 2: 0.5, 3: 1. / 3, 4: 0.5, 5: 0.6} {
		if got := Must(PrecisionAtK(scores, labels, k)); got != want {
			t.Errorf("precision at %d is %v, want %v", k, got, want)
		}
	}
}

func TestCurvesRefuse(t *testing.T) {
	functions := map[string]func([]float64, []bool) error{
		"ROC":              func(s []float64, l []bool) error { _, _, _, err := ROC(s, l); return err },
		"ROCAUC":           func(s []float64, l []bool) error { _, err := ROCAUC(s, l); return err },
		"PRCurve":          func(s []float64, l []bool) error { _, _, _, err := PRCurve(s, l); return err },
		"AveragePrecision": func(s []float64, l []bool) error { _, err := AveragePrecision(s, l); return err },
		"PrecisionAtK":     func(s []float64, l []bool) error { _, err := PrecisionAtK(s, l, 1); return err },
	}
	for name, f := range functions {
		wantError(t, name, f([]float64{1}, bools(0, 1)), "1 scores and 2 labels: want one score per label, at least one")
		wantError(t, name, f(nil, nil), "0 scores and 0 labels")
		wantError(t, name, f([]float64{1, math.NaN()}, bools(0, 1)), "score 1 is NaN: want a number")
		if name != "PrecisionAtK" {
			wantError(t, name, f([]float64{1, 2}, bools(0, 0)), "none of the 2 labels is an anomaly: want at least one")
		}
	}
	for _, name := range []string{"ROC", "ROCAUC"} {
		wantError(t, name, functions[name]([]float64{1, 2}, bools(1, 1)), name+": all 2 labels are anomalies: want both classes")
	}
	for k, want := range map[int]string{0: "PrecisionAtK: k is 0: want 1 to the number of scores, 2", 3: "k is 3"} {
		_, err := PrecisionAtK([]float64{1, 2}, bools(0, 1), k)
		wantError(t, want, err, want)
	}
}

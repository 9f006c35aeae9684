package check

import (
	"regexp"
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
)

// Each answer gives the numbers of scikit-learn 1.9.1 (RobustScaler,
// OneClassSVM, LocalOutlierFactor, f1_score, roc_auc_score) on the same flows.
func TestStoryline(t *testing.T) {
	for _, test := range []struct {
		exercise *exam.Exercise
		want     []quality // one for each of storySeeds
	}{
		{svmNormal, []quality{{0.6897, 0.9931}, {0.6873, 0.9931}}},
		{svmLogs, []quality{{0.6803, 1}, {0.6897, 1}}},
		{lofLogs, []quality{{0.9900, 1}, {0.9900, 1}}},
		{lofNovelty, []quality{{0.7326, 1}, {0.7380, 1}}},
	} {
		all := exam.Results(test.exercise.Answer, test.exercise.Cases)
		for i, want := range test.want {
			flows := storyFlows(storySeeds[i])
			threshold := 0.0
			switch test.exercise {
			case lofNovelty:
				flows, threshold = flows.Arrange(dataframe.Sort("label")), all[i][1].(float64)
			case lofLogs:
				threshold = labkit.Must(labkit.Threshold(all[i][0].([]float64), 0.1))
			}
			got, fault := qualityOf(all[i][0].([]float64), threshold, labkit.Must(labkit.Labels(flows)))
			if fault != "" || got.String() != want.String() {
				t.Errorf("%s, seed %d: %v %s: want %v", test.exercise.ID, storySeeds[i], got, fault, want)
			}
		}
	}
}

var numbers = regexp.MustCompile(`^F1 is \d\.\d{3}( and ROC AUC \d\.\d{3})?`)

// A mistake that names numbers names those that it leads to at the seed of the
// notebooks.
func TestNumbersOfMistakes(t *testing.T) {
	for _, e := range []*exam.Exercise{svmNormal, svmLogs, lofLogs, lofNovelty} {
		for i, m := range e.Mistakes {
			found := e.Judge(e.Cases()[0], exam.Results(m.Answer, e.Cases)[0])
			if !strings.HasPrefix(found, numbers.FindString(m.Says)) {
				t.Errorf("%s, mistake %d: it says %q and the judge %q", e.ID, i+1, m.Says, found)
			}
		}
	}
}

// Training rows 0, 1 and 2 with two neighbours each have the densities 2/3, 1/2
// and 2/3, and the factors 7/8, 4/3 and 7/8. A row at 5 has the density 2/7, so
// its factor is (7/12)/(2/7). A tenth from the top lies a fifth of the way from
// 4/3 to 7/8.
func TestNoveltyByHand(t *testing.T) {
	in := exam.Input{mat.NewDense(3, 1, []float64{0, 1, 2}), mat.NewDense(1, 1, []float64{5})}
	got := exam.Results(lofNovelty.Answer, func() []exam.Input { return []exam.Input{in} })[0]
	if want := []any{[]float64{49.0 / 24}, 4.0/3 - 0.2*11/24}; !exam.AllEqual(got, want) {
		t.Errorf("got %v: by hand %v", got, want)
	}
}

func TestQuality(t *testing.T) {
	labels := []bool{false, true, false, true}
	// Above 2 lie one attack and one normal flow. Of the four pairs three are
	// in the right order.
	got, fault := qualityOf([]float64{1, 2, 3, 4}, 2, labels)
	if want := (quality{0.5, 0.75}); got != want || fault != "" {
		t.Errorf("got %v %q: want %v", got, fault, want)
	}
	want := quality{0.7, 0.9}
	for _, test := range []struct {
		got            quality
		about, atLeast bool
	}{
		{quality{0.71, 0.9}, true, true},
		{quality{0.8, 0.9}, false, true},
		{quality{0.7, 0.95}, false, true},
		{quality{0.68, 0.9}, false, false},
		{quality{0.9, 0.89}, false, false},
	} {
		if about, atLeast := test.got.about(want) == "", test.got.atLeast(want) == ""; about != test.about || atLeast != test.atLeast {
			t.Errorf("%v is about %v: %t, at least: %t", test.got, want, about, atLeast)
		}
	}
}

package check

import (
	"fmt"
	"math"
	"slices"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	"gonum.org/v1/gonum/mat"

	"flowlab/labkit"
	"flowlab/labkit/internal/exam"
	"flowlab/labkit/internal/plural"
)

// The storyline of the course is how two detectors get from F1 0.151 and 0.410
// to 0.690 and 0.990. The exercises that walk it share these flows and this
// measure.

// storySeeds are the seed of the notebooks and one at which the same numbers
// come out, but for a hundredth of F1.
var storySeeds = []uint32{42, 7}

// storyFlows returns generated flows with their features.
func storyFlows(seed uint32) dataframe.DataFrame {
	return labkit.Must(labkit.AddFeatures(labkit.GenerateFlows(seed)))
}

// flowCases is one case for each seed, a frame of flows.
func flowCases() []exam.Input {
	var cases []exam.Input
	for _, seed := range storySeeds {
		cases = append(cases, exam.Input{storyFlows(seed)})
	}
	return cases
}

// inLogs returns the flows with the logarithms of rates and duration.
func inLogs(flows dataframe.DataFrame) dataframe.DataFrame {
	rates := labkit.Must(labkit.Log1p(flows, "bytes_per_second", "packets_per_second", "bytes_per_packet"))
	return labkit.Must(labkit.Log(rates, "duration"))
}

// normalFlows returns the flows with label 0.
func normalFlows(flows dataframe.DataFrame) dataframe.DataFrame {
	return flows.Filter(dataframe.F{Colname: "label", Comparator: series.Eq, Comparando: 0})
}

// scaledBy returns the features of flows, scaled by median and interquartile
// range of the features of all.
func scaledBy(all, flows dataframe.DataFrame) *mat.Dense {
	scaler := labkit.Must(labkit.RobustScaler{}.Fit(labkit.Must(labkit.Features(all))))
	return labkit.Must(scaler.Transform(labkit.Must(labkit.Features(flows))))
}

// rowsLabelled returns the rows of x whose label is attack.
func rowsLabelled(x *mat.Dense, labels []bool, attack bool) *mat.Dense {
	var values []float64
	for i, label := range labels {
		if label == attack {
			values = append(values, x.RawRowView(i)...)
		}
	}
	_, cols := x.Dims()
	return mat.NewDense(len(values)/cols, cols, values)
}

// negated returns the numbers with the opposite sign.
func negated(numbers []float64) []float64 {
	opposite := make([]float64, len(numbers))
	for i, v := range numbers {
		opposite[i] = -v
	}
	return opposite
}

// A quality is how good scores are: F1 at a cut, and ROC AUC.
type quality struct{ f1, auc float64 }

// Other ways to scale, and the other seed, move the numbers of the storyline by
// less than this; no mistake moves both by so little.
const (
	f1Slack  = 0.015
	aucSlack = 0.005
)

// qualityOf measures scores that are cut at a threshold. If they cannot be
// measured, it says in a sentence why.
func qualityOf(scores []float64, threshold float64, labels []bool) (q quality, fault string) {
	if len(scores) != len(labels) {
		return q, fmt.Sprintf("There are %s: want %d, one for each row.", plural.Of(len(scores), "score"), len(labels))
	}
	notANumber := func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }
	if i := slices.IndexFunc(scores, notANumber); i >= 0 {
		return q, fmt.Sprintf("Score %d is %v: want a finite number.", i, scores[i])
	}
	confusion := labkit.Must(labkit.NewConfusion(labkit.Predict(scores, threshold), labels))
	return quality{labkit.Must(confusion.F1()), labkit.Must(labkit.ROCAUC(scores, labels))}, ""
}

func (q quality) String() string { return fmt.Sprintf("F1 is %.3f and ROC AUC %.3f", q.f1, q.auc) }

// about says that q is not the quality wanted, and returns "" if it is.
func (q quality) about(want quality) string {
	if math.Abs(q.f1-want.f1) <= f1Slack && math.Abs(q.auc-want.auc) <= aucSlack {
		return ""
	}
	says := fmt.Sprintf("%v: want %.3f and %.3f. ", q, want.f1, want.auc)
	switch {
	case q.ranksLike(1-want.auc) && want.auc > 0.9:
		return says + "Attacks score below normal flows. Higher means more anomalous: is the sign turned, or does the model know the attacks?"
	case q.ranksLike(want.auc):
		return says + "The flows are ranked as they should be, so the scores will do. The cut is at another place: where does it come from?"
	case q.auc == 0.5:
		return says + "That is chance: the scores do not tell the flows apart."
	}
	return says + "The flows are ranked in another order already: compare what the model is fitted on, what it scores, and its settings."
}

// ranksLike tells whether the ROC AUC is next to the one given.
func (q quality) ranksLike(auc float64) bool { return math.Abs(q.auc-auc) <= aucSlack }

// atLeast says that q falls short of the quality wanted, and returns "" if not.
func (q quality) atLeast(want quality) string {
	return quality{min(q.f1, want.f1), min(q.auc, want.auc)}.about(want)
}

// alike says what is wrong with scores that measure as well as they should and
// are yet those of a mistake: "" if they are not.
func alike(mistakes []exam.Mistake, in exam.Input, got []any) string {
	for _, m := range mistakes {
		if exam.AllEqual(got, exam.Results(m.Answer, func() []exam.Input { return []exam.Input{in} })[0]) {
			return m.Says
		}
	}
	return ""
}

// flagsOf returns 1 for each score above the threshold, and 0 for the others.
func flagsOf(scores []float64, threshold float64) []float64 {
	flags := make([]float64, len(scores))
	for i, flagged := range labkit.Predict(scores, threshold) {
		if flagged {
			flags[i] = 1
		}
	}
	return flags
}

const flagsSay = "These are flags, 0 and 1. They are right as far as they go, and say no more which flow is the strangest: return the scores themselves."

// firstRows returns the first n rows of x.
func firstRows(x *mat.Dense, n int) *mat.Dense {
	_, cols := x.Dims()
	return mat.DenseCopyOf(x.Slice(0, n, 0, cols))
}

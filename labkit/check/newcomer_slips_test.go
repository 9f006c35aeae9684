package check

import (
	"math"
	"slices"
	"strings"
	"testing"

	"flowlab/labkit"
	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/exam"
	"flowlab/labkit/internal/progress"
)

// A slip is a wrong answer, and what is wrong with it.
type slip struct {
	is     string
	answer any
}

// slips are wrong answers that were written, all of them, before the checks were
// seen: from the exercises' cells alone, as somebody gives them who knows Python.
// Left out afterwards were those that are no mistakes, and those of the exercises
// that fit a model or filter frames, which are slow.
func slips() map[*exam.Exercise][]slip {
	return map[*exam.Exercise][]slip{
		alertCount: alertCountSlips(), thirdRun: thirdRunSlips(), anomalyShare: anomalyShareSlips(),
		bytesPerSecond: bytesPerSecondSlips(), bytesRatio: bytesRatioSlips(), wellKnownPort: wellKnownPortSlips(), typicalFlow: typicalFlowSlips(),
		robustScale: robustScaleSlips(), logColumns: logColumnsSlips(), scalerRows: letters("C"),
		isolationSplit: isolationSplitSlips(), averagePath: averagePathSlips(), precisionRecall: precisionRecallSlips(), scoreDirection: letters("C"),
		rbfKernel: rbfKernelSlips(), worseThanCoin: letters("C"), reachDistance: reachDistanceSlips(),
		fOne: fOneSlips(), accuracyTrap: accuracyTrapSlips(), majorityVote: majorityVoteSlips(),
		quantileThreshold: quantileThresholdSlips(), precisionAtK: precisionAtKSlips(), alertBudget: alertBudgetSlips(),
		contaminationOrThreshold: letters("B"), falseDiscoveries: falseDiscoveriesSlips(),
		hourCircle: hourCircleSlips(), gapRegularity: gapRegularitySlips(), theTrojan: letters("D"),
		windowStarts: windowStartsSlips(), lateFlows: lateFlowsSlips(), countIncidents: countIncidentsSlips(), splitByTime: letters("C"),
		unwritten: unwrittenSlips(), learnedTotal: learnedTotalSlips(), firstChange: firstChangeSlips(),
		failedShare: failedShareSlips(), distinctPeers: distinctPeersSlips(), floodTechnique: letters("B"), highestShare: highestShareSlips(),
		pValue: pValueSlips(), stabilityIndex: stabilityIndexSlips(), thursday: letters("C"),
	}
}

// leastSlipsNamed is which share of the slips is named at least.
const leastSlipsNamed = 0.9

// misnamed are slips that were once taken for other mistakes, and what must not be
// said of them: the cases of their exercises did not tell the two apart.
var misnamed = map[string]string{
	"largest difference only": "last column", "the first three votes": "first vote", "Holm": "Bonferroni",
	"one window later": "makes no difference",
	"quiet in minutes": "makes no difference", "from the first alert of all": "makes no difference",
	"total compared with the threshold": "learns every minute", "the next one only": "last element is missing",
	"sum for difference": "stored counts from the very first", "different rows side by side only": "counts flows",
	"not suspicious": "It returns true", "three digits": "1023 is the last", "bit mask": "It says false for port 0",
	"whole percent of both": "rounded", "returned in the wrong order": "It looks as if", "half of the list": "rounded",
	"counts the false": "Every answer", "returns after the first vote": "All votes",
	"failures to successes": "not counted", "= for +=": "makes no difference", "one too early": "0 is returned",
}

// A slip is never passed, and its name is never that of another. What the results
// have in common, such as a length, is no name.
func TestSlips(t *testing.T) {
	given, named := 0, 0
	for _, test := range exerciseTests {
		for _, s := range slices.Concat(slips()[test.exercise], blindSlips()[test.exercise]) {
			text := coursetest.Shown(t, func() { test.check(s.answer) }).Text
			given++
			if strings.HasPrefix(text, progress.Passed.Symbol()) {
				t.Errorf("%s, %s: passed", test.exercise.ID, s.is)
			}
			if never := misnamed[s.is]; never != "" && strings.Contains(text, never) {
				t.Errorf("%s, %s: that is not\n%s", test.exercise.ID, s.is, text)
			}
			if isNamed(text) {
				named++
			} else {
				t.Logf("%s, %s: not named", test.exercise.ID, s.is)
			}
		}
	}
	t.Logf("%d of %d slips are named", named, given)
	if float64(named) < leastSlipsNamed*float64(given) {
		t.Errorf("%d of %d slips are named: want %.0f %%", named, given, 100*leastSlipsNamed)
	}
}

// isNamed tells whether a report says more than a case that failed.
func isNamed(text string) bool {
	lines := strings.Split(text, "\n")
	crashed := slices.ContainsFunc(lines, func(l string) bool {
		return strings.Contains(l, ") panicked: ") || strings.Contains(l, ") changed its ")
	})
	return crashed || slices.ContainsFunc(lines[1:], func(l string) bool {
		l = strings.TrimSpace(l)
		return !strings.Contains(l, ") returned ") && !strings.HasPrefix(l, "Look again at") && !strings.Contains(l, " right. One that is not:") &&
			!strings.HasPrefix(l, "The result has ") && !strings.HasPrefix(l, "It says true too often") && !strings.HasPrefix(l, "It says false too often") && !strings.HasPrefix(l, "The one case")
	})
}

func howMany[T any](values []T, is func(T) bool) int {
	n := 0
	for _, v := range values {
		if is(v) {
			n++
		}
	}
	return n
}

func inOrder(values []float64) []float64 { return slices.Sorted(slices.Values(values)) }

func downwards(values []float64) []float64 {
	s := inOrder(values)
	slices.Reverse(s)
	return s
}

func pct(values []float64, q float64) float64 { return labkit.Must(labkit.Percentile(values, q)) }

func spreadOf(values []float64, less float64) float64 {
	m, sum := meanOf(values), 0.0
	for _, v := range values {
		sum += (v - m) * (v - m)
	}
	return math.Sqrt(sum / (float64(len(values)) - less))
}

// letters are wrong answers to a question whose right answer is one letter.
func letters(right string) []slip {
	all := []slip{
		{"lower case", func() string { return strings.ToLower(right) }},
		{"a space behind it", func() string { return right + " " }},
		{"with a stop", func() string { return right + "." }},
		{"a whole sentence", func() string { return "The answer is " + right }},
		{"quoted twice", func() string { return "\"" + right + "\"" }},
		{"nothing", func() string { return "" }},
		{"all letters", func() string { return "ABCD" }},
		{"a number for the letter", func() string { return "3" }},
		{"a letter that is not offered", func() string { return "E" }},
		{"undecided", func() string { return "?" }},
		{"two letters", func() string { return "A" + "B" }},
		{"two letters with a comma, the right one among them", func() string { return right + ", A" }},
		{"in words", func() string { return "both" }},
	}
	for _, other := range []string{"A", "B", "C", "D"} {
		if other != right {
			all = append(all, slip{"the wrong letter " + other, func() string { return other }})
		}
	}
	return all
}

func constants(what string, values ...int) []slip {
	var all []slip
	for _, v := range values {
		all = append(all, slip{what, func() int { return v }})
	}
	return all
}

package exam

import (
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	doubled = &Exercise{
		ID: "doubled", Title: "Doubled", Params: []string{"values"},
		Answer: func(values []int) []int { return times(2, values) },
		Cases:  func() []Input { return []Input{{[]int{3, 1, 2}}, {[]int{5, 4}}, {[]int{7, 8, 6, 9}}, {[]int{}}} },
	}
	split = &Exercise{
		ID: "split", Title: "Split", Params: []string{"whole", "part"},
		Answer: func(whole, part float64) (float64, float64) { return part / whole, 1 - part/whole },
		Cases:  func() []Input { return []Input{{8.0, 2.0}, {5.0, 1.0}, {10.0, 7.0}} },
	}
)

func times(factor int, values []int) []int {
	var out []int
	for _, v := range values {
		out = append(out, factor*v)
	}
	return out
}

func TestLists(t *testing.T) {
	for _, test := range []struct {
		exercise *Exercise
		answer   any
		says     string
	}{
		{doubled, func(v []int) []int { return times(2, v[min(1, len(v)):]) }, "The first element of values is left out"},
		{doubled, func(v []int) []int { return times(2, v[:max(0, len(v)-1)]) }, "The last element of values is left out"},
		{doubled, func(v []int) []int { return slices.Sorted(slices.Values(times(2, v))) }, "not their order"},
		{doubled, func(v []int) []int { r := times(2, v); slices.Reverse(r); return r }, "the last comes first"},
		{doubled, func(v []int) []int { return append([]int{0}, times(2, v)...) }, "too many at the beginning of each result that is wrong. The result has 4 elements: want 3."},
		{doubled, func(v []int) []int { return append(times(2, v), 0) }, "too many at the end"},
		{doubled, func(v []int) []int { return append([]int{1, 1}, times(2, v)...) }, "others before them"},
		{doubled, func(v []int) []int { return append(make([]int, len(v)), times(2, v)...) }, "others that are zero or empty"},
		{doubled, func(v []int) []int { return slices.Repeat([]int{len(v)}, len(v)) }, ""},
		{split, func(whole, part float64) (float64, float64) { return part / whole, part/whole - 1 }, "The first result is right in every case, and the other is not. Of that: The sign is wrong"},
		{split, func(whole, part float64) (float64, float64) { return whole, 1 - part/whole }, "The second result is right"},
		{split, func(whole, _ float64) (float64, float64) { return 2 / whole, 1 - 3/whole }, "The parameter part makes no difference"},
		{split, func(whole, part float64) (float64, float64) { return part * whole, part + whole }, ""},
	} {
		if v := test.exercise.examine(test.answer, time.Minute); !strings.Contains(v.advice, test.says) || test.says == "" && v.advice != "" {
			t.Errorf("%s: advice %q: want %q", test.exercise.ID, v.advice, test.says)
		}
	}
}

// A call that has values of other cases may never end: it is given up.
func TestUnusedGivesUp(t *testing.T) {
	endless := func(whole, part float64) (float64, float64) {
		for whole == 5 && part == 2 {
			continue
		}
		return part, whole
	}
	if v := split.examine(endless, time.Minute); !v.runaway {
		t.Errorf("advice %q: want a call that is given up", v.advice)
	}
}

func TestQuestions(t *testing.T) {
	e := &Exercise{
		ID: "even", Params: []string{"n"},
		Answer: func(n int) bool { return n%2 == 0 },
		Cases:  func() []Input { return []Input{{1}, {2}, {4}} },
		Questions: &Questions{
			Cases: func() []Input { return []Input{{6}, {8}} },
			Says: func(got [][]any) string {
				if !got[0][0].(bool) {
					return "6 is even."
				}
				return ""
			},
		},
	}
	if v := e.examine(func(n int) bool { return n == 2 }, time.Minute); v.advice != "6 is even." {
		t.Errorf("advice %q: want what the questions found", v.advice)
	}
	if v := e.examine(func(n int) bool { return n == 2 || n == 6 }, time.Minute); !strings.Contains(v.advice, "too narrow") {
		t.Errorf("advice %q: want what all wrong answers have in common", v.advice)
	}
}

// An answer that is right but for one case may come of two mistakes that cancel
// each other in all the others: these are not named.
func TestTwoMistakesShowTwice(t *testing.T) {
	share := func(none float64) func(a, b float64) float64 {
		return func(a, b float64) float64 {
			if b == 0 {
				return none
			}
			return a / b
		}
	}
	e := &Exercise{
		ID: "share", Params: []string{"a", "b"}, Answer: share(0),
		Cases:    func() []Input { return []Input{{1.0, 4.0}, {2.0, 5.0}, {3.0, 0.0}} },
		Mistakes: []Mistake{{func(a, b float64) float64 { return 1 - share(1)(a, b) }, "This is the rest."}},
	}
	if v := e.examine(share(1), time.Minute); v.advice != "" {
		t.Errorf("advice %q: want none", v.advice)
	}
	if v := e.examine(func(a, b float64) float64 { return share(1)(a, b) - 1 }, time.Minute); !strings.Contains(v.advice, "Besides: This is the rest.") {
		t.Errorf("advice %q: want both mistakes", v.advice)
	}
}

func TestLonelyLetter(t *testing.T) {
	judge := Options("B", map[string]string{"A": "no"})
	for choice, want := range map[string]string{"b": "as a capital", " A.": "as a capital", "C": `"C" is not one of the options ["A" "B"].`, "A and B": `options ["A" "B"].`, "": `options ["A" "B"].`} {
		if says := judge(nil, []any{choice}); !strings.HasSuffix(strings.TrimSuffix(says, "."), strings.TrimSuffix(want, ".")) {
			t.Errorf("%q: %q: want %q at the end", choice, says, want)
		}
	}
}

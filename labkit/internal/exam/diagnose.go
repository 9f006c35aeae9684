package exam

import (
	"cmp"
	"fmt"
	"math"
	"reflect"
	"slices"
	"time"

	"flowlab/labkit/internal/plural"
)

// diagnose names what explains the results of all cases: swapped arguments and
// results, elements that are left out, and what turns all wanted numbers into the
// ones that came. What does not predict every one of them is not named: "" says
// that nothing fits.
func (e *Exercise) diagnose(got, wants [][]any) string {
	if says := e.slip(got, e.Answer); says != "" {
		return says
	}
	if says := e.leftOut(got); says != "" {
		return says
	}
	for _, guess := range []func(got, want [][]any) string{sameForAll, scaled, related, oneOfTwo} {
		if says := guess(got, wants); says != "" {
			return says
		}
	}
	if says := e.twoMistakes(got, wants); says != "" {
		return says
	}
	return ""
}

// symptom says what the results have in common where nothing explains them all.
func symptom(got, wants [][]any) string { return cmp.Or(wrongLength(got, wants), oneSided(got, wants)) }

// twoMistakes recognises a slip on top of one of the exercise's own mistakes.
// Where a single case is wrong the two may just cancel each other.
func (e *Exercise) twoMistakes(got, wants [][]any) string {
	wrong := 0
	for i := range got {
		if !AllEqual(got[i], wants[i]) {
			wrong++
		}
	}
	if wrong < 2 {
		return ""
	}
	for i, m := range e.Mistakes {
		if constant(e.known().mistakes[i]) {
			continue // a slip makes another constant of it, and so would anything
		}
		if says := e.slip(got, m.Answer); says != "" {
			return says + " Besides: " + m.Says
		}
	}
	return ""
}

// mistake recognises one of the exercise's own mistakes. Of two answers with the
// same mistake one may guard against a division by zero and the other not, so
// that a case may be NaN or infinite in one of them alone.
func (e *Exercise) mistake(got, wants [][]any) string {
	made := e.known().mistakes
	for i, m := range e.Mistakes {
		if sameResults(got, made[i]) {
			return m.Says
		}
	}
	if e.Judge != nil {
		return ""
	}
	for i, m := range e.Mistakes {
		if guarded(got, made[i], wants) {
			return m.Says
		}
		if guarded(made[i], got, wants) {
			return m.Says + " Besides: " + anyNotFinite(got, wants)
		}
	}
	return ""
}

// guarded tells whether results are those of a mistake, but right in the cases
// in which the mistake gives no finite number. Two cases at least must show the
// mistake.
func guarded(got, made, wants [][]any) bool {
	if len(got) != len(made) {
		return false
	}
	shown, guards := 0, 0
	for i := range got {
		switch {
		case AllEqual(got[i], made[i]):
			if !AllEqual(got[i], wants[i]) {
				shown++
			}
		case notFinite(made[i], wants[i]) != "" && AllEqual(got[i], wants[i]):
			guards++
		default:
			return false
		}
	}
	return shown > 1 && guards > 0
}

// anyNotFinite explains the first NaN or infinity that was not wanted.
func anyNotFinite(got, wants [][]any) string {
	for i := range got {
		if says := notFinite(got[i], wants[i]); says != "" {
			return says
		}
	}
	return ""
}

// constant tells whether all results are the same.
func constant(results [][]any) bool {
	return sameResults(results, slices.Repeat(results[:1], len(results)))
}

// slip recognises what a common slip makes of the results of a function: of the
// right answer, or of a known mistake if there were two at once.
func (e *Exercise) slip(got [][]any, f any) string {
	if says := e.swappedArguments(got, f); says != "" {
		return says
	}
	want := Results(f, e.Cases)
	if slices.ContainsFunc(want, func(w []any) bool { return w == nil }) {
		return "" // a mistake that crashes
	}
	for _, guess := range []func(got, want [][]any) string{swappedResults, opposite, transformed} {
		if says := guess(got, want); says != "" {
			return says
		}
	}
	return ""
}

// Results returns what a function gives for all cases.
func Results(f any, cases func() []Input) [][]any {
	var all [][]any
	for _, o := range callAll(reflect.ValueOf(f), cases, time.Hour) {
		all = append(all, o.got)
	}
	return all
}

func sameResults(a, b [][]any) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !AllEqual(a[i], b[i]) {
			return false
		}
	}
	return true
}

// swappedArguments calls f with each two arguments of the same type exchanged.
func (e *Exercise) swappedArguments(got [][]any, f any) string {
	t := reflect.TypeOf(f)
	if constant(got) {
		return "" // arguments that were swapped would make a difference
	}
	for i := range t.NumIn() {
		for j := range i {
			if t.In(i) != t.In(j) {
				continue
			}
			swapped := func() []Input {
				cases := e.Cases()
				for _, in := range cases {
					in[i], in[j] = in[j], in[i]
				}
				return cases
			}
			if sameResults(got, Results(f, swapped)) {
				return fmt.Sprintf("It looks as if %s and %s were swapped.", e.Params[j], e.Params[i])
			}
		}
	}
	return ""
}

func swappedResults(got, want [][]any) string {
	for i := range got {
		if len(got[i]) != 2 || !AllEqual(got[i], []any{want[i][1], want[i][0]}) {
			return ""
		}
	}
	return "The two results are right but in the wrong order."
}

// sameForAll recognises a result that ignores the input.
func sameForAll(got, want [][]any) string {
	if !constant(got) || notFinite(got[0], want[0]) != "" || constant(want) {
		return ""
	}
	says := fmt.Sprintf("It returns %s whatever the input is.", formatAll(got[0]))
	if g, w, ok := paired(got, want); ok && predicts(g, w, math.Trunc) {
		says += " If it divides: " + cutOff
	}
	return says
}

// opposite recognises booleans that are all the wrong way round.
func opposite(got, want [][]any) string {
	for i := range got {
		g, ok := got[i][0].(bool)
		if !ok || g == want[i][0].(bool) {
			return ""
		}
	}
	return "Every answer is the wrong way round: true where false is wanted."
}

const cutOff = "The digits after the point are cut off. Dividing two ints gives an int in Go: convert both with float64(…) before dividing."

// transforms turn what is wanted into what common slips give.
var transforms = []struct {
	of   func(want float64) float64
	says string
}{
	{func(w float64) float64 { return -w }, "The sign is wrong: every result has the right size and the opposite sign."},
	{math.Trunc, cutOff},
	{func(w float64) float64 { return w + 1 }, "Every result is too large by one."},
	{func(w float64) float64 { return w - 1 }, "Every result is too small by one."},
	{func(w float64) float64 { return 1 / w }, "The fraction is upside down: every result is 1 divided by the one wanted."},
	{func(w float64) float64 { return 1 - w }, "Every result is 1 minus the one wanted."},
	{func(w float64) float64 { return 100 * w }, "The results are percentages: want fractions, from 0 to 1."},
	{func(w float64) float64 { return w * w }, "Every result is the square of the one wanted."},
	{math.Sqrt, "Every result is the square root of the one wanted."},
	{math.Exp, "Every result is e to the power of the one wanted."},
	{math.Log, "Every result is the logarithm of the one wanted."},
	{func(w float64) float64 { return math.Round(100 * w) }, "The results are percentages, rounded: want fractions, from 0 to 1, as they are."},
	{round(0), "The results are rounded. Return them as they are: rounding is for printing."},
	{round(1), "The results are rounded to one decimal. Return them as they are: rounding is for printing."},
	{round(2), "The results are rounded to two decimals. Return them as they are: rounding is for printing."},
	{round(3), "The results are rounded to three decimals. Return them as they are: rounding is for printing."},
}

func round(decimals int) func(float64) float64 {
	unit := math.Pow10(decimals)
	return func(w float64) float64 { return math.Round(w*unit) / unit }
}

// transformed finds one slip that explains all numbers.
func transformed(got, want [][]any) string {
	g, w, ok := paired(got, want)
	if !ok {
		return ""
	}
	for _, t := range transforms {
		if fits(g, w, t.of) {
			return t.says
		}
	}
	return ""
}

// scaled finds a factor or a difference that is the same for all numbers.
func scaled(got, want [][]any) string {
	g, w, ok := paired(got, want)
	if !ok {
		return ""
	}
	factor, shift := g[0]/w[0], g[0]-w[0]
	switch {
	case isFinite(factor) && factor != 0 && factor != 1 && fits(g, w, func(v float64) float64 { return factor * v }):
		return fmt.Sprintf("Every result is %.6g times the one wanted.", factor)
	case isFinite(shift) && shift != 0 && fits(g, w, func(v float64) float64 { return v + shift }):
		return fmt.Sprintf("Every result differs from the one wanted by %+.6g.", shift)
	}
	return ""
}

func isFinite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// paired returns the numbers in all results side by side. It is not ok if there
// are none, or not equally many.
func paired(got, want [][]any) (g, w []float64, ok bool) {
	if len(got) != len(want) {
		return nil, nil, false
	}
	for i := range got {
		g, w = append(g, flatten(got[i])...), append(w, flatten(want[i])...)
	}
	return g, w, len(g) == len(w) && len(g) > 0
}

// fits tells whether a function makes of all wanted numbers those that came.
// There must be different ones: a single number is explained by anything.
func fits(got, want []float64, of func(float64) float64) bool {
	return predicts(got, want, of) && slices.ContainsFunc(got, func(g float64) bool { return !near(g, got[0]) })
}

func predicts(got, want []float64, of func(float64) float64) bool {
	for i, w := range want {
		if !near(got[i], of(w)) {
			return false
		}
	}
	return true
}

// wrongLength compares the lengths of slices.
func wrongLength(got, want [][]any) string {
	for i := range got {
		g, w := reflect.ValueOf(got[i][0]), reflect.ValueOf(want[i][0])
		if g.Kind() == reflect.Slice && g.Len() != w.Len() {
			return fmt.Sprintf("The result has %s: want %d.", plural.Of(g.Len(), "element"), w.Len())
		}
	}
	return ""
}

// flatten returns all numbers in the results, nil if there is something else.
func flatten(results []any) []float64 {
	var numbers []float64
	for _, r := range results {
		v := reflect.ValueOf(r)
		switch {
		case v.CanInt():
			numbers = append(numbers, float64(v.Int()))
		case v.CanFloat():
			numbers = append(numbers, v.Float())
		case v.Kind() == reflect.Slice:
			for i := range v.Len() {
				inner := flatten([]any{v.Index(i).Interface()})
				if inner == nil {
					return nil
				}
				numbers = append(numbers, inner...)
			}
		default:
			return nil
		}
	}
	return numbers
}

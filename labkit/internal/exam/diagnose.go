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
	return e.twoMistakes(got, wants)
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

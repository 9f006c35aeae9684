package exam

import (
	"fmt"
	"reflect"
)

// unused names a parameter that an answer does not look at: handed its values of
// other cases, the answer returns what it did, and the right answer does not.
// Numbers and texts are tried. The call that tries it may have to be given up.
func (e *Exercise) unused(answer any, got [][]any) (says string, runaway bool) {
	t := reflect.TypeOf(e.Answer)
	for p := range t.NumIn() {
		if t.NumIn() == 1 || !isScalar(t.In(p).Kind()) {
			continue
		}
		same, matters := true, false
		for shift := 1; shift < len(got) && same; shift++ {
			cases := e.shifted(p, shift)
			outcomes := callAll(reflect.ValueOf(answer), cases, Limit)
			var other [][]any
			for _, o := range outcomes {
				if o.stopped != "" {
					return "", true
				}
				other = append(other, o.got)
			}
			same = sameResults(got, other)
			matters = matters || !sameResults(e.known().answer, Results(e.Answer, cases))
		}
		if same && matters {
			return fmt.Sprintf("The parameter %s makes no difference to the result. Does another value, or another variable, stand in its place?", e.Params[p]), false
		}
	}
	return "", false
}

func isScalar(k reflect.Kind) bool {
	return k == reflect.Int || k == reflect.Float64 || k == reflect.String
}

// shifted returns the cases with one argument of each taken from another case.
func (e *Exercise) shifted(argument, by int) func() []Input {
	return func() []Input {
		cases, from := e.Cases(), e.Cases()
		for i := range cases {
			cases[i][argument] = from[(i+by)%len(from)][argument]
		}
		return cases
	}
}

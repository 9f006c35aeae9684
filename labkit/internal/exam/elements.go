package exam

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// leftOut recognises a loop that misses the first or the last element: the right
// answer to inputs without it is what came.
func (e *Exercise) leftOut(got [][]any) string {
	t := reflect.TypeOf(e.Answer)
	if t.Out(0).Kind() == reflect.Bool {
		return "" // truth values agree by chance
	}
	for p := range t.NumIn() {
		if t.In(p).Kind() != reflect.Slice {
			continue
		}
		if sameResults(got, Results(e.Answer, e.cut(func(s reflect.Value) reflect.Value { return s.Slice(1, s.Len()) }))) {
			return fmt.Sprintf("The first element of %s is left out. Elements are numbered from 0: does the loop begin at 1?", e.Params[p])
		}
		if sameResults(got, Results(e.Answer, e.cut(func(s reflect.Value) reflect.Value { return s.Slice(0, s.Len()-1) }))) {
			return fmt.Sprintf("The last element of %s is left out. A loop over all goes on while i < len(%s).", e.Params[p], e.Params[p])
		}
		return ""
	}
	return ""
}

// cut returns the cases with all slices made shorter that have an element.
func (e *Exercise) cut(shorter func(reflect.Value) reflect.Value) func() []Input {
	return func() []Input {
		cases := e.Cases()
		for _, in := range cases {
			for i, argument := range in {
				if s := reflect.ValueOf(argument); s.Kind() == reflect.Slice && s.Len() > 0 {
					in[i] = shorter(s).Interface()
				}
			}
		}
		return cases
	}
}

// relations are what may be between a list that came and the one wanted.
var relations = []struct {
	holds func(got, want []any) bool
	says  string
}{
	{func(g, w []any) bool { r := slices.Clone(w); slices.Reverse(r); return AllEqual(g, r) },
		"The elements are right, and their order is reversed: the last comes first."},
	{sameElements, "The elements are right, but not their order."},
	{func(g, w []any) bool { return len(w) > 0 && AllEqual(g, w[1:]) }, "The first element is missing in each result that is wrong."},
	{func(g, w []any) bool { return len(w) > 0 && AllEqual(g, w[:len(w)-1]) }, "The last element is missing in each result that is wrong."},
	{func(g, w []any) bool { return len(g) > 0 && AllEqual(g[1:], w) }, "There is one element too many at the beginning of each result that is wrong."},
	{func(g, w []any) bool { return len(g) > 0 && AllEqual(g[:len(g)-1], w) }, "There is one element too many at the end of each result that is wrong."},
	{func(g, w []any) bool { return len(g) <= len(w) && AllEqual(g, w[len(w)-len(g):]) },
		"What is returned belongs there, but elements before it are missing."},
	{func(g, w []any) bool { return len(g) <= len(w) && AllEqual(g, w[:len(g)]) },
		"What is returned belongs there, but elements after it are missing."},
	{func(g, w []any) bool { return len(g) > len(w) && AllEqual(withoutZeros(g), withoutZeros(w)) },
		"The elements wanted are there, and others that are zero or empty. If make is given a length, the slice has so many elements already, and append adds behind them."},
	{func(g, w []any) bool { return len(g) >= len(w) && AllEqual(g[len(g)-len(w):], w) },
		"The elements wanted are there, and others before them that do not belong."},
	{func(g, w []any) bool { return len(g) >= len(w) && AllEqual(g[:len(w)], w) },
		"The elements wanted are there, and others behind them that do not belong."},
}

// related recognises lists that are the wanted ones but for order or length: by
// one relation that holds in every case, and shows in two.
func related(got, want [][]any) string {
	for _, r := range relations {
		shown := 0
		holds := func(i int) bool {
			g, w := elements(got[i]), elements(want[i])
			if AllEqual(g, w) {
				return true
			}
			shown++
			return len(g) > 0 && r.holds(g, w)
		}
		all := len(got) == len(want)
		for i := range got {
			all = all && len(got[i]) == 1 && reflect.TypeOf(got[i][0]).Kind() == reflect.Slice && holds(i)
		}
		if all && shown > 1 {
			return strings.TrimSpace(r.says + " " + wrongLength(got, want))
		}
	}
	return ""
}

// elements returns the elements of the list that is the only result.
func elements(results []any) []any {
	list := reflect.ValueOf(results[0])
	if list.Kind() != reflect.Slice {
		return nil
	}
	all := make([]any, list.Len())
	for i := range all {
		all[i] = list.Index(i).Interface()
	}
	return all
}

// sameElements tells whether two lists hold the same, whatever the order.
func sameElements(a, b []any) bool {
	left := slices.Clone(b)
	for _, v := range a {
		i := slices.IndexFunc(left, func(w any) bool { return AllEqual([]any{v}, []any{w}) })
		if i < 0 {
			return false
		}
		left = slices.Delete(left, i, i+1)
	}
	return len(left) == 0
}

// withoutZeros returns the elements that are neither zero nor empty.
func withoutZeros(list []any) []any {
	return slices.DeleteFunc(slices.Clone(list), func(v any) bool { return reflect.ValueOf(v).IsZero() })
}

// oneOfTwo says which of two results is right in every case, and what is wrong
// with the other as far as that is known.
func oneOfTwo(got, want [][]any) string {
	for right, name := range []string{"first", "second"} {
		gots, wants := make([][]any, len(got)), make([][]any, len(got))
		fits := len(got) == len(want)
		for i := range got {
			if fits = fits && len(got[i]) == 2 && equal(reflect.ValueOf(got[i][right]), reflect.ValueOf(want[i][right])); !fits {
				break
			}
			gots[i], wants[i] = got[i][1-right:2-right], want[i][1-right:2-right]
		}
		if !fits {
			continue
		}
		says := fmt.Sprintf("The %s result is right in every case, and the other is not.", name)
		for _, guess := range []func(got, want [][]any) string{sameForAll, transformed, scaled, related} {
			if more := guess(gots, wants); more != "" {
				return says + " Of that: " + more
			}
		}
		return says
	}
	return ""
}

// oneSided says so if truth values are wrong in one direction alone.
func oneSided(got, want [][]any) string {
	wrong := map[bool]int{}
	for i := range got {
		g, ok := got[i][0].(bool)
		if !ok {
			return ""
		}
		if g != want[i][0].(bool) {
			wrong[g]++
		}
	}
	switch {
	case wrong[false] == 0:
		return "It says true too often, and never false where true is wanted: the condition is too wide."
	case wrong[true] == 0:
		return "It says false too often, and never true where false is wanted: the condition is too narrow."
	}
	return ""
}

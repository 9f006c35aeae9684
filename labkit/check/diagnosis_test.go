package check

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/exam"
	"flowlab/labkit/internal/progress"
)

// diagnosisOf returns what a check says beyond the case that failed and what to
// look at next: the lines between the two.
func diagnosisOf(t *testing.T, check func(any), answer any) (text, advice string) {
	t.Helper()
	text = coursetest.Shown(t, func() { check(answer) }).Text
	lines := strings.Split(text, "\n")
	end := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "Look again at the section") })
	begin := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, ") returned ") })
	if begin < 0 || end <= begin {
		return text, ""
	}
	return text, strings.Join(lines[begin+1:end], "\n")
}

// isJudged tells exercises whose judge words what it measured: there the message
// describes the result and guesses at nothing.
func isJudged(e *exam.Exercise) bool { return e.Judge != nil }

// random returns a function of a type whose results are drawn anew for each
// call: no mistake makes them.
func random(of reflect.Type, r *rand.Rand) any {
	return reflect.MakeFunc(of, func([]reflect.Value) []reflect.Value {
		results := make([]reflect.Value, of.NumOut())
		for i := range results {
			results[i] = drawn(of.Out(i), r)
		}
		return results
	}).Interface()
}

func drawn(of reflect.Type, r *rand.Rand) reflect.Value {
	v := reflect.New(of).Elem()
	switch of.Kind() {
	case reflect.Int:
		v.SetInt(r.Int64N(1e6) + 1000)
	case reflect.Float64:
		v.SetFloat(r.NormFloat64() * 7)
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Map:
		v.Set(reflect.MakeMap(of))
		v.SetMapIndex(reflect.ValueOf("drawn"), reflect.ValueOf(r.IntN(1e6)))
	}
	return v
}

// FuzzNoDiagnosisOfChance hands to every exercise an answer that no mistake
// explains. A diagnosis of it would be false, whatever it is.
func FuzzNoDiagnosisOfChance(f *testing.F) {
	for seed := range uint64(3) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 19))
		for _, test := range exerciseTests {
			of := reflect.TypeOf(test.exercise.Answer)
			if isJudged(test.exercise) || of.Out(0).Kind() == reflect.Slice || of.Out(0).Kind() == reflect.Bool {
				continue // two booleans are soon all wrong
			}
			text, advice := diagnosisOf(t, test.check, random(of, r))
			if strings.HasPrefix(text, progress.Passed.Symbol()) || advice != "" {
				t.Errorf("%s, results by chance: want no diagnosis, not\n%s", test.exercise.ID, text)
			}
		}
	})
}

// FuzzNoDiagnosisOfAMixture takes the result of each case from another mistake,
// and moves one of them: neither mistake predicts all cases, so that naming one
// of them would be false.
func FuzzNoDiagnosisOfAMixture(f *testing.F) {
	for seed := range uint64(3) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 20))
		for _, test := range exerciseTests {
			e := test.exercise
			of := reflect.TypeOf(e.Answer)
			if isJudged(e) || of.Out(0).Kind() != reflect.Float64 && of.Out(0).Kind() != reflect.Int {
				continue
			}
			var made [][][]any
			for _, m := range e.Mistakes {
				made = append(made, exam.Results(m.Answer, e.Cases))
			}
			call, moved := 0, r.IntN(len(e.Cases()))
			mixed := reflect.MakeFunc(of, func([]reflect.Value) []reflect.Value {
				results := made[r.IntN(len(made))][call]
				if call == moved || results == nil {
					results = []any{}
					for i := range of.NumOut() {
						results = append(results, drawn(of.Out(i), r).Interface())
					}
				}
				call++
				var values []reflect.Value
				for _, result := range results {
					values = append(values, reflect.ValueOf(result))
				}
				return values
			}).Interface()
			text, advice := diagnosisOf(t, test.check, mixed)
			if strings.HasPrefix(text, progress.Passed.Symbol()) || advice != "" && !strings.Contains(advice, "NaN is not") && !strings.Contains(advice, "An infinity") {
				t.Errorf("%s, a mixture of mistakes: want no diagnosis, not\n%s", e.ID, text)
			}
		}
	})
}

package check

import (
	"reflect"
	"time"
)

// Limit is the time after which a function counts as endless: the calls of all
// cases together.
const Limit = 3 * time.Second

// An outcome is what came of calling a function with one input.
type outcome struct {
	got     []any
	crash   *crash // nil if the function returned
	late    bool   // it did not return in time
	changed int    // the number, from 1, of an argument that it changed; 0 if none
}

// callAll calls f with each input. After a call that does not end there is no
// further one.
func callAll(f reflect.Value, cases func() []input, limit time.Duration) []outcome {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	arguments, untouched := cases(), cases()
	var outcomes []outcome
	for i := range arguments {
		done := make(chan outcome, 1)
		go func() { done <- call(f, arguments[i], untouched[i]) }()
		select {
		case o := <-done:
			outcomes = append(outcomes, o)
		case <-timer.C:
			return append(outcomes, outcome{late: true})
		}
	}
	return outcomes
}

// call calls f once. It finds an argument that f changed by comparing it to an
// untouched twin.
func call(f reflect.Value, arguments, untouched input) (o outcome) {
	returned := false
	defer func() {
		if !returned {
			o.crash = newCrash(recover())
		}
	}()
	in := make([]reflect.Value, len(arguments))
	for i, a := range arguments {
		in[i] = reflect.ValueOf(a)
	}
	for _, v := range f.Call(in) {
		o.got = append(o.got, v.Interface())
	}
	for i := range arguments {
		if o.changed == 0 && !reflect.DeepEqual(arguments[i], untouched[i]) {
			o.changed = i + 1
		}
	}
	returned = true
	return o
}

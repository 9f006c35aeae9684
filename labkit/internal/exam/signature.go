package exam

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"

	"flowlab/labkit/internal/plural"
)

// signature says in a sentence why an answer cannot be called as the exercise
// wants it, and returns "" if it can.
func (e *Exercise) signature(answer any) string {
	want := reflect.TypeOf(e.Answer)
	got := reflect.TypeOf(answer)
	switch {
	case got == nil:
		return "There is nothing to check: want a function, " + e.wanted() + "."
	case got.Kind() != reflect.Func:
		return fmt.Sprintf("This is no function but a value of type %s, perhaps the result of a call. Pass the function itself, without parentheses: want %s.", got, e.wanted())
	case reflect.ValueOf(answer).IsNil():
		return "The function is nil: want " + e.wanted() + "."
	case got.ConvertibleTo(want):
		return ""
	}
	return fmt.Sprintf("%s is a %s: want %s. %s", name(answer), got, e.wanted(), firstDifference(got, want))
}

// firstDifference says where two function types part.
func firstDifference(got, want reflect.Type) string {
	if got.NumIn() != want.NumIn() {
		return fmt.Sprintf("It has %s: want %d.", plural.Of(got.NumIn(), "parameter"), want.NumIn())
	}
	for i := range want.NumIn() {
		if got.In(i) != want.In(i) {
			return fmt.Sprintf("Parameter %d is of type %s: want %s.", i+1, got.In(i), want.In(i))
		}
	}
	if got.NumOut() != want.NumOut() {
		return fmt.Sprintf("It has %s: want %d.", plural.Of(got.NumOut(), "result"), want.NumOut())
	}
	for i := range want.NumOut() {
		if got.Out(i) != want.Out(i) {
			return fmt.Sprintf("Result %d is of type %s: want %s.", i+1, got.Out(i), want.Out(i))
		}
	}
	return ""
}

// wanted writes the signature that the exercise wants, with the names of its
// parameters, as code.
func (e *Exercise) wanted() string {
	t := reflect.TypeOf(e.Answer)
	in := make([]string, t.NumIn())
	for i := range in {
		in[i] = e.Params[i] + " " + t.In(i).String()
	}
	out := make([]string, t.NumOut())
	for i := range out {
		out[i] = t.Out(i).String()
	}
	results := strings.Join(out, ", ")
	if len(out) > 1 {
		results = "(" + results + ")"
	}
	return "`func(" + strings.Join(in, ", ") + ") " + results + "`"
}

// called writes a call of the answer with an input, as code.
func (e *Exercise) called(answer any, in Input) string {
	arguments := make([]string, len(in))
	for i, a := range in {
		arguments[i] = e.Params[i] + " = " + format(a)
	}
	return "`" + name(answer) + "(" + strings.Join(arguments, ", ") + ")`"
}

// name returns the name by which a function was declared.
func name(f any) string {
	full := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
	short := full[strings.LastIndex(full, ".")+1:]
	if strings.HasPrefix(short, "func") && strings.Count(full, ".") > 1 {
		return "your function" // a function literal
	}
	return short
}

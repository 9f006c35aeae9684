package exam

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"

	"flowlab/labkit/internal/progress"
)

// A verdict is what an examination of an answer found.
type verdict struct {
	state   progress.State
	right   int    // cases that are right
	cases   int    // of so many; 0 if none was tried
	found   string // the input that failed, what came out, what was wanted
	advice  string // what the mistake may be
	runaway bool   // a call was given up and still runs

	outcomes []outcome     // of the calls that were tried
	took     time.Duration // all of them
}

// examine calls an answer with all cases of the exercise.
func (e *Exercise) examine(answer any, limit time.Duration) verdict {
	if fault := e.signature(answer); fault != "" {
		return verdict{state: progress.WrongSignature, found: fault}
	}
	begin := time.Now()
	outcomes := callAll(reflect.ValueOf(answer), e.Cases, limit)
	took := time.Since(begin)
	if !slices.ContainsFunc(outcomes, func(o outcome) bool { return !o.crash.notAttempted() }) {
		return verdict{state: progress.NotAttempted}
	}
	v := e.judge(answer, outcomes)
	v.took = took
	switch {
	case v.state == progress.Wrong:
		e.advise(&v, answer, outcomes)
	case v.state == progress.Crashed && !v.runaway:
		v.advice = strings.TrimSpace(v.advice + " " + repaired(answer, v.took))
	}
	return v
}

// judge compares what came of all cases to what is wanted.
func (e *Exercise) judge(answer any, outcomes []outcome) verdict {
	cases := e.Cases()
	v := verdict{state: progress.Passed, cases: len(cases), outcomes: outcomes}
	wants := e.known().answer
	for i, o := range outcomes {
		w := e.examineCase(answer, cases[i], o, wants[i])
		v.runaway = v.runaway || o.stopped != ""
		switch {
		case w.state == progress.Passed:
			v.right++
		case v.state == progress.Passed, v.advice == "" && w.advice != "":
			v.state, v.found, v.advice = w.state, w.found, w.advice // the first failure, or the first with advice
		}
	}
	return v
}

// advise names the mistake, as far as it can be known. What the judge of an
// exercise says of a single result stands beside what its questions find.
func (e *Exercise) advise(v *verdict, answer any, outcomes []outcome) {
	var got [][]any
	for _, o := range outcomes {
		if o.got == nil || o.changed > 0 {
			return
		}
		got = append(got, o.got)
	}
	wants := e.known().answer
	says := e.mistake(got, wants)
	if says == "" && e.Judge == nil {
		says = e.diagnose(got, wants)
	}
	if says == "" {
		says = further(v, func() (string, bool) { return e.ask(answer) })
	}
	if says != "" {
		v.advice = says
		return
	}
	says = further(v, func() (string, bool) { return e.unused(answer, got) })
	if says == "" && len(e.Params) > 0 {
		says = repaired(answer, v.took)
	}
	if says == "" && e.Judge == nil {
		says = symptom(got, wants)
	}
	v.advice = strings.TrimSpace(v.advice + " " + says)
}

// further calls an answer again, and notes a call that had to be given up.
func further(v *verdict, try func() (says string, runaway bool)) string {
	says, runaway := try()
	v.runaway = v.runaway || runaway
	return says
}

// ask puts the exercise's questions to an answer.
func (e *Exercise) ask(answer any) (says string, runaway bool) {
	if e.Questions == nil {
		return "", false
	}
	var got [][]any
	for _, o := range callAll(reflect.ValueOf(answer), e.Questions.Cases, Limit) {
		switch {
		case o.stopped != "":
			return "", true
		case o.got == nil:
			return "", false
		}
		got = append(got, o.got)
	}
	return e.Questions.Says(got), false
}

// examineCase judges the outcome of one call.
func (e *Exercise) examineCase(answer any, in Input, o outcome, want []any) verdict {
	called := e.called(answer, in)
	switch {
	case o.stopped != "":
		return verdict{state: progress.Crashed, found: called + " " + o.stopped}
	case o.crash != nil:
		return verdict{state: progress.Crashed, found: called + " panicked: " + o.crash.String(), advice: o.crash.advice()}
	case o.changed > 0:
		return verdict{
			state:  progress.Wrong,
			found:  fmt.Sprintf("%s changed its argument %s.", called, e.Params[o.changed-1]),
			advice: "A function that is asked a question should leave its input as it was. Work on a copy: slices.Clone makes one.",
		}
	case e.Judge != nil:
		if says := e.Judge(in, o.got); says != "" {
			return verdict{state: progress.Wrong, found: called + " returned " + formatAll(o.got) + ".", advice: says}
		}
	case !AllEqual(o.got, want):
		return verdict{
			state:  progress.Wrong,
			found:  called + " returned " + formatAll(o.got) + ": want " + formatAll(want) + ".",
			advice: notFinite(o.got, want),
		}
	}
	return verdict{state: progress.Passed}
}

// notFinite explains a NaN or an infinity that was not wanted.
func notFinite(got, want []any) string {
	g, w := flatten(got), flatten(want)
	for i := range min(len(g), len(w)) {
		switch {
		case math.IsNaN(g[i]) && !math.IsNaN(w[i]):
			return "NaN is not a number: it comes from 0/0, from the logarithm or root of a negative number, and from every sum with a NaN in it."
		case math.IsInf(g[i], 0) && !math.IsInf(w[i], 0):
			return "An infinity comes from a division by 0.0 or from the logarithm of 0."
		}
	}
	return ""
}

package exam

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strconv"

	"flowlab/labkit/internal/progress"
)

// handOver writes what an answer returned to the file that the environment names,
// if it names one.
func handOver(e *Exercise, outcomes []outcome) error {
	path := os.Getenv(progress.ResultsVariable)
	if path == "" {
		return nil
	}
	return progress.HandOver(path, progress.Results{ID: e.ID, Seed: e.Seed, Cases: encode(outcomes)})
}

// Rejudge judges results that were handed over, as [Mark] has judged them in the
// answer's own process: whether all are right, and otherwise which share of the
// points they get. The results are those that an answer says it has: whatever
// they are, they are not passed if they are not right.
func Rejudge(e *Exercise, cases [][]json.RawMessage) (state progress.State, share float64) {
	defer func() {
		if recover() != nil { // results that no answer returns
			state, share = progress.Wrong, 0
		}
	}()
	outcomes, err := decode(cases, reflect.TypeOf(e.Answer))
	if err != nil || len(outcomes) != len(e.Cases()) {
		return progress.Wrong, 0
	}
	v := e.judge(e.Answer, outcomes)
	return v.state, ReportedShare(newReport(e, v, 0).bundle().HTML, e.Title, e.ID)
}

// encode writes the results of calls as JSON. A call that did not return, or
// changed its arguments, has none.
func encode(outcomes []outcome) [][]json.RawMessage {
	cases := make([][]json.RawMessage, len(outcomes))
	for i, o := range outcomes {
		if o.got == nil || o.changed > 0 {
			continue
		}
		for _, v := range o.got {
			data, err := json.Marshal(plain(reflect.ValueOf(v)))
			if err != nil {
				data = []byte("null")
			}
			cases[i] = append(cases[i], data)
		}
	}
	return cases
}

// plain returns a result as JSON can hold it, which knows no NaN and no infinity.
func plain(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, 64)
	case reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = plain(v.Index(i))
		}
		return list
	}
	return v.Interface()
}

// decode reads the results of calls of a function of this type.
func decode(cases [][]json.RawMessage, function reflect.Type) ([]outcome, error) {
	outcomes := make([]outcome, len(cases))
	for i, results := range cases {
		if len(results) != function.NumOut() {
			return nil, fmt.Errorf("case %d has %d results: want %d", i+1, len(results), function.NumOut())
		}
		for j, data := range results {
			v := reflect.New(function.Out(j)).Elem()
			if err := read(data, v); err != nil {
				return nil, fmt.Errorf("case %d: %w", i+1, err)
			}
			outcomes[i].got = append(outcomes[i].got, v.Interface())
		}
	}
	return outcomes, nil
}

// read is the inverse of [plain].
func read(data []byte, v reflect.Value) error {
	switch v.Kind() {
	case reflect.Float64:
		var text string
		if err := json.Unmarshal(data, &text); err != nil {
			return err
		}
		f, err := strconv.ParseFloat(text, 64)
		v.SetFloat(f)
		return err
	case reflect.Slice:
		var list []json.RawMessage
		if err := json.Unmarshal(data, &list); err != nil {
			return err
		}
		v.Set(reflect.MakeSlice(v.Type(), len(list), len(list)))
		for i, element := range list {
			if err := read(element, v.Index(i)); err != nil {
				return err
			}
		}
		return nil
	}
	return json.Unmarshal(data, v.Addr().Interface())
}

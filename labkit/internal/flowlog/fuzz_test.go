package flowlog

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// parseDecimal gives what strconv gives, for decimal numbers and no others.
func FuzzParseDecimal(f *testing.F) {
	for _, text := range []string{"1379288667.706265", "0.0012309551239013672", "9007199254740993", "12345678901234567", ".5", "5.", "-0", "1e-7", "+3", "0.1234567890123456", "00000000000000.1", "29348.854771124345", "562949953421312.0625", "562949953421312.0626", "9999999999999999999", "0.99999999999999999999"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := parseDecimal(text)
		want, err := strconv.ParseFloat(text, 64)
		decimal := strings.Trim(text, "0123456789+-.eE") == ""
		if ok != (err == nil && decimal) || ok && math.Float64bits(got) != math.Float64bits(want) {
			t.Errorf("%q is %v, %v; strconv has %v, %v", text, got, ok, want, err)
		}
	})
}

// The scanner takes what encoding/json calls valid, and nothing else, but for
// values that are nested deeper than it goes.
func FuzzJSONScanner(f *testing.F) {
	for _, text := range []string{`{"a":[1,-2.5e+3,true,false,null,"x\n\u00e9",{}]}`, `{}`, `[]`, `{"a":01}`, `{"a":"\x"}`, `"\ud800"`, `nul`, `-`, `{"a" :1 , "b":2}`, "[1,]", `{"a":1,}`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := jsonScanner{text: text + " "} // where a number ends is seen by what follows
		_, err := s.value(0)
		s.space()
		ok := err == nil && s.pos == len(s.text)
		if err != nil && strings.Contains(err.Error(), "too deep") {
			return
		}
		if want := json.Valid([]byte(text)); ok != want {
			t.Errorf("%q: %v at %d, want valid %v", text, err, s.pos, want)
		}
	})
}

// A line is split as encoding/csv splits it, and a value stands where it says.
func FuzzSplitQuoted(f *testing.F) {
	f.Add(`a,"b ""c"", d",`)
	f.Add(`"a"b`)
	f.Add(`a"b,"c`)
	f.Fuzz(func(t *testing.T, row string) {
		if row == "" || strings.ContainsAny(row, "\r\n") {
			return // no line, or several
		}
		r := csv.NewReader(strings.NewReader(row))
		want, wantErr := r.Read()
		p := rowParser{layout: &layout{separator: ",", quoted: true}}
		_, err := p.split(row)
		if (err == nil) != (wantErr == nil) {
			t.Fatalf("%q: %v, encoding/csv has %v", row, err, wantErr)
		}
		if err != nil {
			return
		}
		if !slices.Equal(p.values, want) {
			t.Errorf("%q is %q, encoding/csv has %q", row, p.values, want)
		}
		for i, start := range p.starts {
			if _, column := r.FieldPos(i); start+1 != column && start+2 != column { // csv: behind the quote
				t.Errorf("%q: value %d is at %d, encoding/csv has column %d", row, i, start, column)
			}
		}
	})
}

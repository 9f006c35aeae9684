package state

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func TestReaderReturnsWhatWasWritten(t *testing.T) {
	var w Writer
	ints := []int{0, 1, -1, 300, math.MinInt, math.MaxInt}
	floats := []float64{0, math.Copysign(0, -1), 0.1, -1e300, math.SmallestNonzeroFloat64, math.MaxFloat64}
	for _, v := range ints {
		w.Int(v)
	}
	w.Floats(floats)
	w.Text("größer")
	w.Text("")
	w.Float(math.Pi)

	r := NewReader(w.Bytes)
	for _, want := range ints {
		if got := r.Int(math.MinInt, math.MaxInt); got != want {
			t.Errorf("int %d, want %d", got, want)
		}
	}
	bits := func(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }
	if got := r.Floats(); !slices.EqualFunc(got, floats, bits) {
		t.Errorf("floats %v, want %v", got, floats)
	}
	if a, b := r.Text(), r.Text(); a != "größer" || b != "" {
		t.Errorf("texts %q and %q", a, b)
	}
	if v := r.Float(); v != math.Pi || r.End() != nil {
		t.Errorf("float %v, error %v", v, r.End())
	}
}

// Lengths that the bytes cannot hold take no memory.
func TestReaderTrustsNoLength(t *testing.T) {
	var w Writer
	w.Int(1 << 50)
	w.Float(1)
	for name, read := range map[string]func(*Reader){
		"floats": func(r *Reader) { r.Floats() },
		"text":   func(r *Reader) { r.Text() },
		"count":  func(r *Reader) { r.Count(3) },
	} {
		r := NewReader(w.Bytes)
		read(r)
		if err := r.Err(); err == nil || !strings.Contains(err.Error(), "too early") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// After an error all is zero, and the first error stays.
func TestReaderKeepsItsFirstError(t *testing.T) {
	var w Writer
	w.Int(7)
	w.Float(math.NaN())
	r := NewReader(w.Bytes)
	r.Int(0, 6)
	if r.Int(0, 9) != 0 || r.Float() != 0 || len(r.Floats()) != 0 || r.Text() != "" || r.Count(1) != 0 {
		t.Error("something was read after an error")
	}
	if err := r.End(); err == nil || err.Error() != "a whole number is 7: want 0 to 6" {
		t.Errorf("error %v", err)
	}
	r = NewReader(w.Bytes)
	if r.Int(0, 7); r.Float() != 0 || r.Err() == nil || !strings.Contains(r.Err().Error(), "NaN") {
		t.Errorf("NaN: error %v", r.Err())
	}
	r = NewReader(w.Bytes)
	if r.Int(7, 7); r.End() == nil || r.End().Error() != "8 bytes too many" {
		t.Errorf("rest: error %v", r.End())
	}
	r = NewReader(nil)
	if half, whole := r.Spend(1<<29), r.Spend(1<<29); !half || !whole || r.Spend(1) || r.Err() == nil {
		t.Errorf("after spending 1 GB and a byte: error %v", r.Err())
	}
	if r := NewReader(nil); r.Float() != 0 || r.Err() != errEnds {
		t.Errorf("no bytes: error %v", r.Err())
	}
}

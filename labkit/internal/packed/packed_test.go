package packed

import (
	"math"
	"testing"
)

// What is read is what was written, and short of any byte it is not done.
func TestThereAndBack(t *testing.T) {
	var w Writer
	w.Count(math.MaxUint64)
	w.Whole(math.MinInt64)
	w.Amount(math.Copysign(0, -1))
	w.Text("a\x00b")
	w.Flag(true)
	w.Count(2) // of two bytes each
	w.Bytes = append(w.Bytes, 1, 2, 3, 4)
	read := func(b []byte) bool {
		r := Reader{b}
		right := r.Count() == math.MaxUint64 && r.Whole() == math.MinInt64 && math.Signbit(r.Amount()) &&
			string(r.Blob()) == "a\x00b" && r.Flag() && r.Length(2) == 2
		r.Rest = r.Rest[min(4, len(r.Rest)):]
		return right && r.Done()
	}
	if !read(w.Bytes) {
		t.Error("what is read is not what was written")
	}
	for n := range w.Bytes {
		if read(w.Bytes[:n]) {
			t.Errorf("%d of %d bytes are all", n, len(w.Bytes))
		}
	}
	if read(append(w.Bytes, 0)) {
		t.Error("a byte more is all")
	}
}

// A length of more than there is room for is an end.
func TestLengthIsBounded(t *testing.T) {
	var w Writer
	w.Count(5)
	w.Bytes = append(w.Bytes, 1, 2, 3, 4)
	if r := (Reader{w.Bytes}); r.Length(1) != 0 || r.Done() || r.Amount() != 0 || len(r.Blob()) != 0 {
		t.Error("five values in four bytes")
	}
}

// A number above the highest is an end.
func TestIntIsBounded(t *testing.T) {
	var w Writer
	w.Count(1<<32 + 81) // 81 in 32 bits
	w.Count(80)
	r := Reader{w.Bytes}
	if r.Int(1<<16) != 0 || r.Rest != nil {
		t.Error("a number above the highest is read")
	}
	r = Reader{w.Bytes}
	if r.Int(math.MaxInt) != 1<<32+81 || r.Int(80) != 80 || !r.Done() {
		t.Error("numbers up to the highest are not read")
	}
}

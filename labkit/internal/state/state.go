// Package state writes numbers and words one behind the other, and reads them
// again without trusting them.
//
// A [Reader] never takes more memory than a few times what there is to read,
// whatever the bytes claim: a length is checked against the bytes that would be
// needed, and what takes more asks for it with Spend. It keeps its first error, as bufio.Scanner does, and what it returns
// from then on is zero, so that code which reads a whole structure asks once.
package state

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// A Writer appends to Bytes. Its zero value is ready to use.
type Writer struct{ Bytes []byte }

// Int writes a whole number.
func (w *Writer) Int(v int) { w.Bytes = binary.AppendVarint(w.Bytes, int64(v)) }

// Float writes a number, all bits of it.
func (w *Writer) Float(v float64) {
	w.Bytes = binary.LittleEndian.AppendUint64(w.Bytes, math.Float64bits(v))
}

// Floats writes how many numbers there are, and them.
func (w *Writer) Floats(values []float64) {
	w.Int(len(values))
	for _, v := range values {
		w.Float(v)
	}
}

// Text writes a text and its length.
func (w *Writer) Text(s string) {
	w.Int(len(s))
	w.Bytes = append(w.Bytes, s...)
}

// maxSpent bounds the memory that is not in proportion to the bytes read.
const maxSpent = 1 << 30

// A Reader reads what a [Writer] has written, in the same order.
type Reader struct {
	rest  []byte
	spent int
	err   error
}

// NewReader returns a Reader of bytes, which must not change while it is in use.
func NewReader(bytes []byte) *Reader { return &Reader{rest: bytes} }

// Spend asks for memory that is not in proportion to the bytes read. It returns
// false if all that was asked for is more than 1 GB.
func (r *Reader) Spend(bytes int) bool {
	if r.err == nil && bytes > maxSpent-r.spent {
		r.Fail(errors.New("what is to be read would take more than 1 GB"))
	}
	if r.err == nil {
		r.spent += bytes
	}
	return r.err == nil
}

// Fail makes err the error of the Reader, unless it has one.
func (r *Reader) Fail(err error) {
	if r.err == nil {
		r.rest, r.err = nil, err
	}
}

// Err returns the first error.
func (r *Reader) Err() error { return r.err }

// End returns the first error, or one if there is something left to read.
func (r *Reader) End() error {
	if len(r.rest) > 0 {
		r.Fail(fmt.Errorf("%d bytes too many", len(r.rest)))
	}
	return r.err
}

var errEnds = errors.New("the numbers end too early")

// Int reads a whole number from low to high.
func (r *Reader) Int(low, high int) int {
	v, n := binary.Varint(r.rest)
	switch {
	case r.err != nil:
		return 0
	case n <= 0:
		r.Fail(errEnds)
		return 0
	case v < int64(low) || v > int64(high):
		r.Fail(fmt.Errorf("a whole number is %d: want %d to %d", v, low, high))
		return 0
	}
	r.rest = r.rest[n:]
	return int(v)
}

// Count reads how many things follow, each of which takes at least size bytes.
func (r *Reader) Count(size int) int {
	n := r.Int(0, math.MaxInt)
	if r.err == nil && n > len(r.rest)/size {
		r.Fail(errEnds)
		return 0
	}
	return n
}

// Float reads a finite number.
func (r *Reader) Float() float64 {
	if r.err == nil && len(r.rest) < 8 {
		r.Fail(errEnds)
	}
	if r.err != nil {
		return 0
	}
	v := math.Float64frombits(binary.LittleEndian.Uint64(r.rest))
	r.rest = r.rest[8:]
	if v-v != 0 {
		r.Fail(fmt.Errorf("a number is %v: want a finite one", v))
		return 0
	}
	return v
}

// Floats reads finite numbers.
func (r *Reader) Floats() []float64 {
	values := make([]float64, r.Count(8))
	for i := range values {
		values[i] = r.Float()
	}
	return values
}

// Text reads a text.
func (r *Reader) Text() string {
	n := r.Count(1)
	s := string(r.rest[:n])
	r.rest = r.rest[n:]
	return s
}

// Package packed writes values as bytes, one after the other, and reads them
// again. It is for what is written often or is long, where encoding/gob, which
// describes its types in each message and looks at each value by reflection,
// would take most of the time.
package packed

import (
	"encoding/binary"
	"math"
)

// A Writer appends to Bytes. Its zero value is ready.
type Writer struct{ Bytes []byte }

// Count appends a number from 0 on: small ones take a byte.
func (w *Writer) Count(n uint64) { w.Bytes = binary.AppendUvarint(w.Bytes, n) }

// Whole appends a whole number: those near 0 take a byte.
func (w *Writer) Whole(n int64) { w.Bytes = binary.AppendVarint(w.Bytes, n) }

// Amount appends a number with all its bits.
func (w *Writer) Amount(v float64) {
	w.Bytes = binary.LittleEndian.AppendUint64(w.Bytes, math.Float64bits(v))
}

// Text appends a string and its length.
func (w *Writer) Text(s string) {
	w.Count(uint64(len(s)))
	w.Bytes = append(w.Bytes, s...)
}

// Blob appends bytes and their length.
func (w *Writer) Blob(b []byte) {
	w.Count(uint64(len(b)))
	w.Bytes = append(w.Bytes, b...)
}

// Flag appends a yes or no.
func (w *Writer) Flag(yes bool) {
	if yes {
		w.Count(1)
	} else {
		w.Count(0)
	}
}

// A Reader reads from the front of Rest what a Writer has appended. Where the
// bytes do not suffice, or are no such number, Rest becomes nil and all that is
// read from there on is 0: see [Reader.Done].
type Reader struct{ Rest []byte }

// Done tells whether all has been read and was there.
func (r *Reader) Done() bool { return r.Rest != nil && len(r.Rest) == 0 }

// Count reads what [Writer.Count] has appended.
func (r *Reader) Count() uint64 {
	n, size := binary.Uvarint(r.Rest)
	r.skip(size)
	return n
}

// Int reads what [Writer.Count] has appended, at most a number: a higher one is an
// end.
func (r *Reader) Int(most int) int {
	n := r.Count()
	if n > uint64(most) {
		r.Rest = nil
		return 0
	}
	return int(n)
}

// Whole reads what [Writer.Whole] has appended.
func (r *Reader) Whole() int64 {
	n, size := binary.Varint(r.Rest)
	r.skip(size)
	return n
}

// Amount reads what [Writer.Amount] has appended.
func (r *Reader) Amount() float64 {
	if len(r.Rest) < 8 {
		r.Rest = nil
		return 0
	}
	v := math.Float64frombits(binary.LittleEndian.Uint64(r.Rest))
	r.Rest = r.Rest[8:]
	return v
}

// Blob reads what [Writer.Blob] or [Writer.Text] has appended. The bytes are those
// of Rest.
func (r *Reader) Blob() []byte {
	n := r.Length(1)
	b := r.Rest[:n]
	r.Rest = r.Rest[n:]
	return b
}

// Flag reads what [Writer.Flag] has appended.
func (r *Reader) Flag() bool { return r.Count() != 0 }

// Length reads a count of values that take at least so many bytes each: it is 0
// and an end if there are not as many bytes, so that nobody makes room for more.
func (r *Reader) Length(each int) int {
	n := r.Count()
	if n > uint64(len(r.Rest)/each) {
		r.Rest = nil
		return 0
	}
	return int(n)
}

func (r *Reader) skip(size int) {
	if size <= 0 {
		r.Rest = nil
	} else {
		r.Rest = r.Rest[size:]
	}
}

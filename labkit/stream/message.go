package stream

import (
	"encoding/binary"
	"math"
)

// A message is bytes to which values are added at the end, and taken from the
// front. Where they do not suffice it becomes nil, and gives zeros.
type message struct{ bytes []byte }

func (m *message) count(n uint64) { m.bytes = binary.AppendUvarint(m.bytes, n) }
func (m *message) whole(n int64)  { m.bytes = binary.AppendVarint(m.bytes, n) }
func (m *message) amount(v float64) {
	m.bytes = binary.LittleEndian.AppendUint64(m.bytes, math.Float64bits(v))
}

func (m *message) text(s string) {
	m.count(uint64(len(s)))
	m.bytes = append(m.bytes, s...)
}

func (m *message) flag(yes bool) {
	if yes {
		m.count(1)
	} else {
		m.count(0)
	}
}

func (m *message) nextCount() uint64 {
	n, size := binary.Uvarint(m.bytes)
	m.skip(size)
	return n
}

func (m *message) nextWhole() int64 {
	n, size := binary.Varint(m.bytes)
	m.skip(size)
	return n
}

func (m *message) nextAmount() float64 {
	if len(m.bytes) < 8 {
		m.bytes = nil
		return 0
	}
	v := math.Float64frombits(binary.LittleEndian.Uint64(m.bytes))
	m.bytes = m.bytes[8:]
	return v
}

func (m *message) nextText() []byte {
	n := m.nextLength(1)
	text := m.bytes[:n]
	m.bytes = m.bytes[n:]
	return text
}

func (m *message) nextFlag() bool { return m.nextCount() != 0 }

// nextLength returns a number of things that take at least so many bytes each; 0
// if there are fewer.
func (m *message) nextLength(each int) int {
	n := m.nextCount()
	if n > uint64(len(m.bytes)/each) {
		m.bytes = nil
		return 0
	}
	return int(n)
}

// skip drops what was read: a size below 1 says that nothing could be.
func (m *message) skip(size int) {
	if size <= 0 {
		m.bytes = nil
	} else {
		m.bytes = m.bytes[size:]
	}
}

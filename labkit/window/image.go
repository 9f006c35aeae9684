package window

import (
	"encoding/binary"
	"math"
)

// appendTo appends the state as bytes. There may be millions of doors, and who
// takes a snapshot of a stream stops it for as long: encoding/gob takes ten times
// the time, and the room of two.
func (s *state) appendTo(b []byte) []byte {
	for _, n := range []int{s.Counts.Flows, s.Counts.Failed, s.Counts.Broken} {
		b = binary.AppendUvarint(b, uint64(n))
	}
	for _, v := range []float64{s.Volume.BytesSent, s.Volume.BytesRecv, s.Volume.PacketsSent, s.Volume.PacketsRecv} {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	b = binary.AppendUvarint(b, uint64(len(s.Doors.List)))
	peer := int32(0)
	for _, at := range s.Doors.List {
		b = binary.AppendVarint(b, int64(at.Peer-peer))
		b = binary.AppendUvarint(b, uint64(at.Port+1))
		b = binary.AppendUvarint(b, uint64(at.Tries))
		b = binary.AppendUvarint(b, uint64(at.Failed))
		peer = at.Peer
	}
	b = binary.AppendUvarint(b, uint64(len(s.Gaps.Times)))
	last := micros(0)
	for _, t := range s.Gaps.Times {
		b = binary.AppendVarint(b, t-last)
		last = t
	}
	return b
}

// read reads what appendTo has appended.
func (s *state) read(in *input) {
	for _, n := range []*int{&s.Counts.Flows, &s.Counts.Failed, &s.Counts.Broken} {
		*n = int(in.count())
	}
	for _, v := range []*float64{&s.Volume.BytesSent, &s.Volume.BytesRecv, &s.Volume.PacketsSent, &s.Volume.PacketsRecv} {
		*v = in.amount()
	}
	const doorBytes = 4 // at least
	s.Doors.List = make([]door, in.length(doorBytes))
	peer := int32(0)
	for i := range s.Doors.List {
		peer += int32(in.whole())
		s.Doors.List[i] = door{peer, int32(in.count()) - 1, int32(in.count()), int32(in.count())}
	}
	s.Gaps.Times = make([]micros, in.length(1))
	last := micros(0)
	for i := range s.Gaps.Times {
		last += in.whole()
		s.Gaps.Times[i] = last
	}
}

// An input is bytes from which values are read. Where they do not suffice, rest
// becomes nil, and the values 0.
type input struct{ rest []byte }

func (in *input) count() uint64 {
	n, size := binary.Uvarint(in.rest)
	in.skip(size)
	return n
}

func (in *input) whole() int64 {
	n, size := binary.Varint(in.rest)
	in.skip(size)
	return n
}

func (in *input) amount() float64 {
	if len(in.rest) < 8 {
		in.rest = nil
		return 0
	}
	v := math.Float64frombits(binary.LittleEndian.Uint64(in.rest))
	in.rest = in.rest[8:]
	return v
}

// length returns a number of values that take at least so many bytes each.
func (in *input) length(each int) int {
	n := in.count()
	if n > uint64(len(in.rest)/each) {
		in.rest = nil
		return 0
	}
	return int(n)
}

func (in *input) skip(size int) {
	if size <= 0 {
		in.rest = nil
	} else {
		in.rest = in.rest[size:]
	}
}

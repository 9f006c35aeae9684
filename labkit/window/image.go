package window

import "flowlab/labkit/internal/packed"

// room is about as much as write appends, rather more.
func (s *state) room() int {
	const doorBytes, timeBytes = 6, 4
	return 64 + doorBytes*len(s.Doors.List) + timeBytes*len(s.Gaps.Times)
}

// write appends the state. There may be millions of doors, and who takes a
// snapshot of a stream stops it for as long.
func (s *state) write(w *packed.Writer) {
	for _, n := range []int{s.Counts.Flows, s.Counts.Failed, s.Counts.Broken} {
		w.Count(uint64(n))
	}
	for _, v := range []float64{s.Volume.BytesSent, s.Volume.BytesRecv, s.Volume.PacketsSent, s.Volume.PacketsRecv} {
		w.Amount(v)
	}
	w.Count(uint64(len(s.Doors.List)))
	peer := int32(0)
	for _, at := range s.Doors.List { // in order for the most part: small steps
		w.Whole(int64(at.Peer - peer))
		w.Count(uint64(at.Port + 1))
		w.Count(uint64(at.Tries))
		w.Count(uint64(at.Failed))
		peer = at.Peer
	}
	w.Count(uint64(len(s.Gaps.Times)))
	last := micros(0)
	for _, t := range s.Gaps.Times {
		w.Whole(t - last)
		last = t
	}
}

// read reads what write has appended.
func (s *state) read(in *packed.Reader) {
	for _, n := range []*int{&s.Counts.Flows, &s.Counts.Failed, &s.Counts.Broken} {
		*n = int(in.Count())
	}
	for _, v := range []*float64{&s.Volume.BytesSent, &s.Volume.BytesRecv, &s.Volume.PacketsSent, &s.Volume.PacketsRecv} {
		*v = in.Amount()
	}
	const doorBytes = 4 // at least
	s.Doors.List = make([]door, in.Length(doorBytes))
	peer := int32(0)
	for i := range s.Doors.List {
		peer += int32(in.Whole())
		s.Doors.List[i] = door{peer, int32(in.Count()) - 1, int32(in.Count()), int32(in.Count())}
	}
	s.Gaps.Times = make([]micros, in.Length(1))
	last := micros(0)
	for i := range s.Gaps.Times {
		last += in.Whole()
		s.Gaps.Times[i] = last
	}
}

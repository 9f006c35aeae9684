package window

import (
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"math"

	"flowlab/labkit/internal/packed"
)

// encode writes a snapshot: the panes, which are the most of it, behind the rest.
func (s *snapshot) encode() ([]byte, error) {
	var rest bytes.Buffer
	if err := gob.NewEncoder(&rest).Encode(s); err != nil {
		return nil, err
	}
	room := rest.Len()
	for i := range s.panes {
		room += s.panes[i].room()
	}
	w := packed.Writer{Bytes: make([]byte, 0, room)}
	w.Blob(rest.Bytes())
	w.Count(uint64(len(s.panes)))
	for _, p := range s.panes {
		w.Whole(p.Start)
		w.Count(uint64(len(p.Keys)))
		for _, key := range p.Keys {
			w.Text(key)
		}
		w.Blob(p.States)
	}
	return w.Bytes, nil
}

func (p *paneSnapshot) room() int {
	room := 64 + len(p.States)
	for _, key := range p.Keys {
		room += 2 + len(key)
	}
	return room
}

// decodeSnapshot reads what encode has written.
func decodeSnapshot(data []byte) (*snapshot, error) {
	in, s := packed.Reader{Rest: data}, new(snapshot)
	if err := gob.NewDecoder(bytes.NewReader(in.Blob())).Decode(s); err != nil {
		return nil, err
	}
	if s.Version != snapshotVersion {
		return nil, fmt.Errorf("the snapshot has version %d: want %d", s.Version, snapshotVersion)
	}
	const paneBytes = 3 // at least
	s.panes = make([]paneSnapshot, in.Length(paneBytes))
	for i := range s.panes {
		p := &s.panes[i]
		p.Start = in.Whole()
		p.Keys = make([]string, in.Length(1))
		for j := range p.Keys {
			p.Keys[j] = string(in.Blob())
		}
		p.States = in.Blob()
		if len(p.Keys) > len(p.States)/stateBytes {
			return nil, errors.New("the snapshot has more keys than states")
		}
	}
	if !in.Done() {
		return nil, errors.New("the snapshot is cut off, or has more behind its end")
	}
	return s, nil
}

// stateBytes is the least that a state takes: three counts, four amounts and two
// lengths.
const stateBytes = 3 + 4*8 + 2

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
		*n = in.Int(math.MaxInt)
	}
	for _, v := range []*float64{&s.Volume.BytesSent, &s.Volume.BytesRecv, &s.Volume.PacketsSent, &s.Volume.PacketsRecv} {
		*v = in.Amount()
	}
	const doorBytes = 4 // at least
	s.Doors.List = make([]door, in.Length(doorBytes))
	peer := int64(0)
	for i := range s.Doors.List {
		peer += in.Whole()
		if peer != int64(int32(peer)) {
			in.Rest = nil
			return
		}
		s.Doors.List[i] = door{int32(peer), int32(in.Int(1<<16)) - 1, int32(in.Int(math.MaxInt32)), int32(in.Int(math.MaxInt32))}
	}
	s.Gaps.Times = make([]micros, in.Length(1))
	last := micros(0)
	for i := range s.Gaps.Times {
		last += in.Whole()
		s.Gaps.Times[i] = last
	}
}

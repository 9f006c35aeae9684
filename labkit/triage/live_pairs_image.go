package triage

import (
	"errors"

	"flowlab/labkit/internal/packed"
)

// GobEncode packs the pairs: there may be 20,000 with 32 times each, and a stream
// stands still while they are written.
func (l livePairs) GobEncode() ([]byte, error) {
	const pairBytes = 64 + 8*livePairTimes // about
	w := packed.Writer{Bytes: make([]byte, 0, pairBytes*len(l.Pairs))}
	w.Amount(l.Look)
	w.Count(uint64(len(l.Pairs)))
	for key, p := range l.Pairs {
		w.Text(key.Src)
		w.Text(key.Dst)
		w.Whole(int64(key.Port))
		w.Count(uint64(len(p.Starts)))
		for _, t := range p.Starts {
			w.Amount(t)
		}
		w.Amount(p.Last)
		w.Amount(p.Told)
	}
	w.Count(uint64(len(l.Users)))
	for destination, u := range l.Users {
		w.Text(destination)
		w.Text(u.First)
		w.Flag(u.Many)
		w.Amount(u.Last)
	}
	return w.Bytes, nil
}

// GobDecode reads what GobEncode has written.
func (l *livePairs) GobDecode(data []byte) error {
	*l = newLivePairs()
	in := packed.Reader{Rest: data}
	l.Look = in.Amount()
	for range in.Length(1) {
		key := pairKey{Src: string(in.Text()), Dst: string(in.Text()), Port: int(in.Whole())}
		p := &livePair{Starts: make([]float64, in.Length(8))}
		for i := range p.Starts {
			p.Starts[i] = in.Amount()
		}
		if p.Last, p.Told = in.Amount(), in.Amount(); len(p.Starts) > livePairTimes {
			return errors.New("the pairs are damaged")
		}
		l.Pairs[key] = p
	}
	for range in.Length(1) {
		destination := string(in.Text())
		l.Users[destination] = users{First: string(in.Text()), Many: in.Flag(), Last: in.Amount()}
	}
	if !in.Done() {
		return errors.New("the pairs are damaged")
	}
	return nil
}

package triage

import (
	"errors"

	"flowlab/labkit/internal/packed"
)

// room is about as much as write appends, rather more.
func (l *livePairs) room() int {
	times := 0
	for _, p := range l.Pairs {
		times += len(p.Starts)
	}
	return 64*len(l.Pairs) + 8*times + 48*len(l.Users)
}

// write appends the pairs. There may be 20,000 with 32 times each, and a stream
// stands still for as long.
func (l *livePairs) write(w *packed.Writer) {
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
}

// readLivePairs reads what write has appended, to its end.
func readLivePairs(in *packed.Reader) (livePairs, error) {
	l := newLivePairs()
	l.Look = in.Amount()
	for range in.Length(1) {
		key := pairKey{Src: string(in.Blob()), Dst: string(in.Blob()), Port: int(in.Whole())}
		p := &livePair{Starts: make([]float64, in.Length(8))}
		for i := range p.Starts {
			p.Starts[i] = in.Amount()
		}
		if p.Last, p.Told = in.Amount(), in.Amount(); len(p.Starts) > livePairTimes {
			return l, errors.New("the pairs are damaged")
		}
		l.Pairs[key] = p
	}
	for range in.Length(1) {
		destination := string(in.Blob())
		l.Users[destination] = users{First: string(in.Blob()), Many: in.Flag(), Last: in.Amount()}
	}
	if !in.Done() {
		return l, errors.New("the pairs are damaged")
	}
	return l, nil
}

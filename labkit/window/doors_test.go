package window

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
)

// However doors come, the list says what a map does, in order and with room for
// half as many again at most.
func TestDoorsAreJoined(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, places := range []int{1, 10, 1000, 100_000} {
		var d doors
		want := map[uint64]door{}
		for range 20_000 {
			n := r.IntN(places)
			e := &event{peer: int32(n / 7), port: int32(n%7) - 1, failed: r.IntN(3) == 0}
			d.add(e)
			at := door{e.peer, e.port, 1, int32(one(e.failed))}
			old := want[at.place()]
			at.count(old)
			want[at.place()] = at
			if r.IntN(1000) == 0 {
				d.join()
			}
		}
		if room := cap(d.List); room > 3*len(want)/2+4 {
			t.Errorf("room for %d doors, of %d", room, len(want))
		}
		d.join()
		if got := d.List; len(got) != len(want) || !slices.IsSortedFunc(got, func(a, b door) int { return cmp.Compare(a.place(), b.place()) }) {
			t.Fatalf("%d doors, want %d in order", len(got), len(want))
		}
		for _, at := range d.List {
			if at != want[at.place()] {
				t.Fatalf("%+v, want %+v", at, want[at.place()])
			}
		}
		if d.join(); len(d.List) != len(want) {
			t.Error("joined twice it is another")
		}
	}
}

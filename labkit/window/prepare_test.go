package window

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// Between half of the wait for late flows and its end, hosts become compact, and
// their rows are those of a window that had no such time.
func TestAWindowIsReadyBeforeItCloses(t *testing.T) {
	o := Options{Size: 10 * time.Second, Lateness: 8 * time.Second}
	op := newFor(t, o)
	for i := range 30 {
		add(op, at(100+float64(i)/3, fmt.Sprint("host", i)))
	}
	compact := func() (n int) {
		for _, s := range op.panes[0].keys {
			n += one(s.Doors.compact)
		}
		return n
	}
	for _, next := range []struct {
		second float64
		want   int
	}{{113, 0}, {114, preparedHosts}, {114.1, 2 * preparedHosts}, {115, 3 * preparedHosts}, {115, 30}, {116, 30}} {
		if add(op, at(next.second, "next")); compact() != next.want {
			t.Errorf("at %v s %d hosts are compact, want %d", next.second, compact(), next.want)
		}
	}
	if add(op, at(105, "host1")); compact() != 29 {
		t.Errorf("a late flow came, and %d hosts are compact, want 29", compact())
	}
	if rows := add(op, at(118, "next")); len(rows) != 30 || rows[1].Key != "host1" || rows[1].Flows != 2 {
		t.Errorf("%d rows, %+v", len(rows), rows[1])
	}
}

// Without gaps and rarity the rest of each row is the same, also after a
// snapshot.
func TestCountsOnly(t *testing.T) {
	flows := random(rand.New(rand.NewPCG(3, 4)), 300, 20, End)
	for _, slide := range []time.Duration{0, 10 * time.Second} {
		o := Options{Slide: slide, Lateness: 10 * time.Second}
		want, _ := run(t, o, flows)
		for i := range want {
			want[i].RarePorts, want[i].RarePeers, want[i].MedianGap, want[i].Regularity = math.NaN(), math.NaN(), math.NaN(), math.NaN()
		}
		o.CountsOnly = true
		op := newFor(t, o)
		got := add(op, flows[:150]...)
		state, err := op.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		if op, err = Restore(state, o); err != nil {
			t.Fatal(err)
		}
		got = append(got, add(op, flows[150:]...)...)
		for _, p := range op.panes {
			for _, s := range p.keys {
				if len(s.Gaps.Times) > 0 {
					t.Fatal("times are kept")
				}
			}
		}
		got = append(got, op.Close()...)
		sameRows(t, fmt.Sprint("slide ", slide), got, want)
	}
}

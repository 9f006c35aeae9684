package window

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/packed"
)

func snapshotOf(t testing.TB, o Options, flows []flow.Flow) []byte {
	t.Helper()
	op, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	add(op, flows...)
	state, err := op.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func TestRestoreRefusesAnother(t *testing.T) {
	flows := random(rand.New(rand.NewPCG(1, 1)), 100, 30, End)
	good := snapshotOf(t, Options{}, flows)
	for _, o := range []Options{
		{Size: time.Hour}, {Slide: time.Second}, {Lateness: time.Hour}, {MaxJump: time.Hour}, {Key: DstIP}, {Time: Start}, {CountsOnly: true},
	} {
		if _, err := Restore(good, o); err == nil || !strings.HasPrefix(err.Error(), "window: Restore: the snapshot is of other windows") {
			t.Errorf("%+v: error %v", o, err)
		}
	}
	for n := range good {
		if _, err := Restore(good[:n], Options{}); err == nil {
			t.Fatalf("%d of %d bytes of a snapshot are restored", n, len(good))
		}
	}
	for want, change := range map[string]func(*snapshot){
		"version 1: want 2": func(s *snapshot) { s.Version = 1 },
		"out of range":      func(s *snapshot) { s.High = math.MinInt64 },
		"pane 0: its start": func(s *snapshot) { s.panes[0].Start++ },
		"pane 1 is not in order": func(s *snapshot) {
			s.panes[1].Start = s.panes[0].Start
		},
		"pane 0: it has not as many states as keys, 0": func(s *snapshot) { s.panes[0].Keys = nil },
		"more keys than states":                        func(s *snapshot) { s.panes[0].Keys = make([]string, len(s.panes[0].States)) },
		"pane 0: no such door": func(s *snapshot) {
			one := state{Doors: doors{List: []door{{Peer: 1e6}}}}
			var w packed.Writer
			one.write(&w)
			s.panes[0].Keys, s.panes[0].States = []string{"a"}, w.Bytes
		},
	} {
		s, err := decodeSnapshot(good)
		if err != nil {
			t.Fatal(err)
		}
		change(s)
		b, err := s.encode()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Restore(b, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}

// Whatever is restored, goes on without a fault.
func FuzzRestore(f *testing.F) {
	flows := random(rand.New(rand.NewPCG(1, 1)), 20, 30, End)
	f.Add(snapshotOf(f, Options{}, flows))
	f.Add(snapshotOf(f, Options{Slide: time.Second}, flows[:2]))
	f.Fuzz(func(t *testing.T, data []byte) {
		op, err := Restore(data, Options{})
		if err != nil {
			return
		}
		add(op, flows...)
		op.Close()
	})
}

package window

import (
	"fmt"
	"testing"
	"time"
)

func TestPeersOfOpenPanesKeepTheirNumbers(t *testing.T) {
	p := newPeerNumbers()
	late, gone, kept := p.number("late", 100), p.number("gone", 40), p.number("kept", 60)
	p.number("late", 50) // a flow that comes late uses an earlier pane
	p.enough = 0
	p.sweep(60)
	if again := p.number("late", 100); again != late {
		t.Errorf("late was %d and is %d", late, again)
	}
	if again := p.number("kept", 100); again != kept {
		t.Errorf("kept was %d and is %d", kept, again)
	}
	if n := p.number("new", 100); n != gone {
		t.Errorf("new is %d: want %d, which is free", n, gone)
	}
	if p.number("", 100) != 0 {
		t.Error("the peer that is not known has a number")
	}
}

func TestRestoredPeersKeepTheirNumbers(t *testing.T) {
	o := Options{Size: time.Minute}
	op := newFor(t, o)
	for i := range 30 {
		f := at(100*float64(i), "a")
		f.DstIP = fmt.Sprint("peer", i)
		op.Add(f)
	}
	op = restored(t, op, o)
	op.peers.enough = 0
	op.peers.sweep(op.panes[0].start)
	for _, p := range op.panes {
		for _, s := range p.keys {
			for _, d := range s.Doors.List {
				if name := op.peers.names()[d.Peer]; name == "" {
					t.Errorf("peer %d in the pane from %d has lost its name", d.Peer, p.start)
				}
			}
		}
	}
}

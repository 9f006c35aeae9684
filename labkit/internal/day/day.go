// Package day generates a day of a network's traffic as flows, with attacks in
// it that are labelled by their kind: an office of 30 hosts ([Office]), and a
// public server with the noise of the Internet around it ([Server]).
//
// Each actor of a day (a person, a camera, an attack) draws from a generator of
// its own, seeded by the day's seed and the actor's name. Adding an attack
// therefore changes none of the other flows.
//
// Inside addresses are private (RFC 1918) or those of documentation (RFC 5737),
// and all outside ones lie in 198.18.0.0/15, which is set aside for tests
// (RFC 2544): no real network is accused of anything.
package day

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"flowlab/labkit/flow"
)

// A Day says which day to generate.
type Day struct {
	Seed    uint32
	Number  int      // 0 is a Monday, 5 and 6 are a weekend; the hosts stay the same
	Attacks []string // of Kinds
}

// Traffic is the flows that begin on a day, in the order in which Zeek writes
// them, and the kind of attack that each belongs to, "" if to none.
type Traffic struct {
	Flows   []flow.Flow
	Attacks []string
}

// Hours and minutes in seconds.
const (
	hour   = 3600.0
	minute = 60.0
	whole  = 24 * hour
)

// firstDay is when day 0 began: a Monday.
var firstDay = time.Date(2026, time.March, 2, 0, 0, 0, 0, time.UTC)

// A network is the part of the world that a day's attacks need to know of.
type network struct {
	day      Day
	midnight float64
	records  []record

	inside    []string // hosts that can be attacked from within
	servers   []string // those of them that serve others
	resolver  string
	prefix    string   // of the inside addresses, as "10.1.2."
	attackers []string // who can be taken over; the place in Kinds decides
	intruders bool     // scans, guesses and floods come from outside
}

// A record is a flow on its way into the log.
type record struct {
	flow.Flow
	attack  string
	written float64 // when a sensor writes it
}

func newNetwork(d Day) (*network, error) {
	for _, kind := range d.Attacks {
		if _, ok := attacks[kind]; !ok {
			return nil, fmt.Errorf("no attack %q: want %s", kind, strings.Join(Kinds(), ", "))
		}
	}
	if d.Number < 0 {
		return nil, fmt.Errorf("day number %d: want 0 or above", d.Number)
	}
	midnight := firstDay.AddDate(0, 0, d.Number).Unix()
	return &network{day: d, midnight: float64(midnight)}, nil
}

// isWeekend tells Saturday and Sunday.
func (n *network) isWeekend() bool { return n.day.Number%7 >= 5 }

// traffic adds the attacks and returns all flows in the order of the log.
func (n *network) traffic() Traffic {
	for place, kind := range Kinds() {
		if slices.Contains(n.day.Attacks, kind) {
			p := n.part(kind)
			p.attack = kind
			attacks[kind](p, n.attackers[place%len(n.attackers)])
		}
	}
	order := make([]int, len(n.records)) // records are large, and sorting moves what it sorts
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(n.records[i].written, n.records[j].written), i-j)
	})
	t := Traffic{Flows: make([]flow.Flow, len(order)), Attacks: make([]string, len(order))}
	for i, k := range order {
		t.Flows[i], t.Attacks[i] = n.records[k].Flow, n.records[k].attack
	}
	return t
}

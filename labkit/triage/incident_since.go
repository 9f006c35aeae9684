package triage

import "iter"

// A State says what became of an incident since an earlier run.
type State string

// All states of incidents.
const (
	StateNew     State = "new"
	StateGoingOn State = "going on"
	StateGone    State = "gone"
)

// Since returns the incidents of now with their states, and behind them those of
// before that are gone.
//
// What one host did is new if the host was in no incident before, or in none of
// that family of kinds: a host that sent beacons and now scans is new again. What
// many hosts do to one target goes on if it did so before, whoever they are now;
// it is new where a host has joined what was one host's. An incident of before is
// gone if no host does what it told of.
func Since(before, now []Incident) []Incident {
	known, done := membersOf(before), membersOf(now)
	states := make([]Incident, 0, len(now))
	for _, i := range now {
		i.State = StateNew
		if i.Target != "" && known.ids[i.ID] || len(i.Hosts) > 0 && known.hasAll(&i) {
			i.State = StateGoingOn
		}
		states = append(states, i)
	}
	for _, i := range before {
		if !done.ids[i.ID] && !done.hasAny(&i) {
			i.State = StateGone
			states = append(states, i)
		}
	}
	return states
}

// A member of an incident is a host with what it did.
type member struct{ host, family string }

// members are what incidents tell of, all together.
type members struct {
	ids map[string]bool
	of  map[member]bool
}

func membersOf(incidents []Incident) members {
	m := members{map[string]bool{}, map[member]bool{}}
	for i := range incidents {
		m.ids[incidents[i].ID] = true
		incidents[i].members(func(one member) bool {
			m.of[one] = true
			return true
		})
	}
	return m
}

// members hands out the members of an incident until it is told to stop. That a
// flow is strange is no deed.
func (i *Incident) members(yield func(member) bool) {
	for _, host := range i.Hosts {
		for _, kind := range i.Kinds {
			if kind != Strange && !yield(member{host, kind.Family()}) {
				return
			}
		}
	}
}

// Deeds hands out, for each host and kind of an incident, a finding that says no
// more than that: what a list of what is allowed looks at.
func (i *Incident) Deeds() iter.Seq[Finding] {
	return func(yield func(Finding) bool) {
		f := Finding{Port: i.Port, Peer: i.Target, First: i.First, Last: i.Last}
		hosts := i.Hosts
		if len(hosts) == 0 { // a flood
			f.Peer, hosts = "", []string{i.Target}
		}
		for _, f.Host = range hosts {
			for _, f.Kind = range i.Kinds {
				if f.Kind != Strange && !yield(f) {
					return
				}
			}
		}
	}
}

func (m members) hasAll(i *Incident) bool {
	for one := range i.members {
		if !m.of[one] {
			return false
		}
	}
	return true
}

func (m members) hasAny(i *Incident) bool {
	for one := range i.members {
		if m.of[one] {
			return true
		}
	}
	return false
}

package triage

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
)

// A Memory is what is kept of a run until the next one: its incidents and their
// states, without the flows. The zero value is that before the first run.
type Memory struct {
	Traffic   string // of which the incidents are: see [Traffic.Name]
	Incidents []Incident
}

// Compare gives the incidents of a run their states since the one that the memory
// is of, see [Since], and returns them with those that are gone, and the memory of
// this run. What is allowed is not gone: allowed are the incidents of this run that
// nobody needs to see. For the same traffic again, as after a crash or with another list of
// what is allowed, the states are what they were: an incident that was new is new.
func (m Memory) Compare(traffic string, now, allowed []Incident) ([]Incident, Memory) {
	var before, gone []Incident
	states := map[string]State{}
	for _, i := range m.Incidents {
		states[i.ID] = i.State
		if i.State == StateGone {
			gone = append(gone, i)
		} else {
			before = append(before, i)
		}
	}
	if traffic != m.Traffic {
		now = Since(before, now)
	} else {
		now = slices.Clone(now)
		for i := range now {
			if now[i].State = states[now[i].ID]; now[i].State == "" || now[i].State == StateGone {
				now[i].State = StateNew
			}
		}
		now = append(now, gone...)
	}
	quiet := membersOf(allowed)
	now = slices.DeleteFunc(now, func(i Incident) bool {
		return i.State == StateGone && (quiet.ids[i.ID] || quiet.hasAny(&i))
	})
	return now, Memory{traffic, now}
}

// memoryVersion is that of the form in which a memory is written.
const memoryVersion = 1

// A memoryFile is a memory as it is written.
type memoryFile struct {
	Version   int              `json:"flowlab_incidents"`
	Traffic   string           `json:"traffic"`
	Incidents []memoryIncident `json:"incidents"`
}

type memoryIncident struct {
	ID         string   `json:"id"`
	State      State    `json:"state"`
	Kinds      []Kind   `json:"kinds"`
	Hosts      []string `json:"hosts,omitempty"`
	Target     string   `json:"target,omitempty"`
	Port       int      `json:"port"`
	First      *float64 `json:"first"` // null if not known
	Last       *float64 `json:"last"`
	Count      int      `json:"count"`
	Score      float64  `json:"score"`
	Techniques []string `json:"techniques,omitempty"`
	Words      string   `json:"words"`
}

// Encode returns the memory as JSON.
func (m Memory) Encode() ([]byte, error) {
	file := memoryFile{memoryVersion, m.Traffic, make([]memoryIncident, len(m.Incidents))}
	for k, i := range m.Incidents {
		file.Incidents[k] = memoryIncident{
			i.ID, i.State, i.Kinds, i.Hosts, i.Target, i.Port, orNull(i.First), orNull(i.Last), i.Count, i.Score, i.Techniques, i.Words,
		}
	}
	data, err := json.MarshalIndent(file, "", " ")
	if err != nil {
		return nil, fmt.Errorf("labkit: triage.Memory.Encode: %w", err)
	}
	return append(data, '\n'), nil
}

// DecodeMemory reads what Encode returns. It returns an error for anything else.
func DecodeMemory(data []byte) (Memory, error) {
	var file memoryFile
	if err := json.Unmarshal(data, &file); err != nil {
		return Memory{}, fmt.Errorf("labkit: triage.DecodeMemory: %w: want the incidents of an earlier run", err)
	}
	if file.Version != memoryVersion {
		return Memory{}, fmt.Errorf("labkit: triage.DecodeMemory: flowlab_incidents is %d: want %d, the incidents of an earlier run", file.Version, memoryVersion)
	}
	m := Memory{Traffic: file.Traffic}
	for k, i := range file.Incidents {
		if i.ID == "" || !slices.Contains([]State{StateNew, StateGoingOn, StateGone}, i.State) {
			return Memory{}, fmt.Errorf("labkit: triage.DecodeMemory: incident %d has the id %q and the state %q: want an id, and new, going on or gone", k+1, i.ID, i.State)
		}
		m.Incidents = append(m.Incidents, Incident{
			ID: i.ID, State: i.State, Kinds: i.Kinds, Hosts: i.Hosts, Target: i.Target, Port: i.Port,
			First: orNaN(i.First), Last: orNaN(i.Last), Count: i.Count, Score: i.Score, Techniques: i.Techniques, Words: i.Words,
		})
	}
	return m, nil
}

func orNull(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}

func orNaN(v *float64) float64 {
	if v == nil {
		return math.NaN()
	}
	return *v
}

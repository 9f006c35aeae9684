package live

import (
	"encoding/json"
	"fmt"
	"math"

	"flowlab/labkit/flow"
	"flowlab/labkit/stream"
	"flowlab/labkit/triage"
)

// Stage returns what makes a stage of [triage.Live].
func Stage(o triage.LiveOptions) func() (stream.Stage, error) {
	return func() (stream.Stage, error) {
		l, err := triage.NewLive(o)
		if err != nil {
			return nil, err
		}
		return stage{l}, nil
	}
}

type stage struct{ *triage.Live }

func (s stage) Add(f *flow.Flow) ([]stream.Finding, error) {
	found, err := s.Live.Add(f)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return Encode(found)
}

func (s stage) Close() ([]stream.Finding, error) {
	found, err := s.Live.Close()
	if err != nil {
		return nil, err
	}
	return Encode(found)
}

// A Finding is what a stage of this package finds, as it is written: an object of
// JSON.
type Finding struct {
	Host      string   `json:"host"`
	Kind      string   `json:"kind"` // of [triage.Kinds]
	Words     string   `json:"words"`
	Score     float64  `json:"score"`
	Threshold float64  `json:"threshold"`
	First     *float64 `json:"first"` // seconds since 1970, null if not known
	Last      *float64 `json:"last"`
	Count     int      `json:"count"`  // of its flows
	Window    float64  `json:"window"` // seconds, 0 if over more than one window
	Peer      string   `json:"peer,omitempty"`
	Port      *int     `json:"port,omitempty"`
	Technique string   `json:"technique,omitempty"` // of MITRE ATT&CK
	Where     string   `json:"where,omitempty"`     // the condition of its flows, as lab flows takes it
}

// Decode reads a finding of a stage of this package.
func Decode(f stream.Finding) (Finding, error) {
	var found Finding
	if err := json.Unmarshal(f.JSON, &found); err != nil {
		return Finding{}, fmt.Errorf("labkit: live.Decode: finding %s: %w", f.ID, err)
	}
	return found, nil
}

// Encode returns findings of triage as those of a stage.
func Encode(found []triage.Finding) ([]stream.Finding, error) {
	encoded := make([]stream.Finding, len(found))
	for i, f := range found {
		out := Finding{
			Host: f.Host, Kind: string(f.Kind), Words: f.Words, Score: f.Score, Threshold: f.Threshold,
			First: orNull(f.First), Last: orNull(f.Last), Count: f.Count, Window: f.Window.Seconds(),
			Peer: f.Peer, Technique: f.Technique, Where: f.Where,
		}
		if f.Port >= 0 {
			out.Port = &f.Port
		}
		data, err := json.Marshal(out)
		if err != nil {
			return nil, fmt.Errorf("finding of %s: %w", f.Host, err)
		}
		encoded[i] = stream.Finding{ID: fmt.Sprintf("%s|%s|%s|%v|%.6f", f.Kind, f.Host, f.Peer, f.Window, f.Last), JSON: data}
	}
	return encoded, nil
}

func orNull(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}

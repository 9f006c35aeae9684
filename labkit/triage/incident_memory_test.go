package triage

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
)

func statesOf(incidents []Incident) string {
	var all []string
	for _, i := range incidents {
		all = append(all, i.ID+": "+string(i.State))
	}
	return strings.Join(all, ", ")
}

// Three days: what is told of each, and again after a crash; what is gone is told
// once.
func TestMemory(t *testing.T) {
	scan, beacon := finding(FailedPorts, "a", "x", -1, 1, 9), finding(Beacon, "b", "y", 443, 1, 9)
	var m Memory
	for k, day := range []struct {
		traffic  string
		findings []Finding
		want     string
	}{
		{"Monday", []Finding{scan}, "host a: new"},
		{"Monday", []Finding{scan}, "host a: new"},
		{"Tuesday", []Finding{beacon, scan}, "host b: new, host a: going on"},
		{"Tuesday", []Finding{beacon}, "host b: new"},
		{"Tuesday", []Finding{beacon, scan}, "host b: new, host a: new"},
		{"Wednesday", []Finding{beacon}, "host b: going on, host a: gone"},
		{"Wednesday", []Finding{beacon}, "host b: going on, host a: gone"},
		{"Thursday", []Finding{beacon, scan}, "host b: going on, host a: new"},
	} {
		var got []Incident
		got, m = m.Compare(day.traffic, Incidents(day.findings), nil)
		if statesOf(got) != day.want {
			t.Errorf("run %d, %s: %s, want %s", k+1, day.traffic, statesOf(got), day.want)
		}
		data, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if m, err = DecodeMemory(data); err != nil {
			t.Fatal(err)
		}
	}
}

// What is allowed by now goes on and is not told of, nor that it is gone.
func TestMemoryOfWhatIsAllowed(t *testing.T) {
	scan, beacon := finding(FailedPorts, "a", "x", -1, 1, 9), finding(Beacon, "b", "y", 443, 1, 9)
	_, m := Memory{}.Compare("Monday", Incidents([]Finding{scan, beacon}), nil)
	got, m := m.Compare("Tuesday", nil, Incidents([]Finding{scan}))
	if statesOf(got) != "host b: gone" || len(m.Incidents) != 1 {
		t.Errorf("%s, %d kept: want that b is gone", statesOf(got), len(m.Incidents))
	}
}

func TestMemoryIsReadAsWritten(t *testing.T) {
	want := Memory{"a day", []Incident{{
		ID: "host \x1b[2J\n\u202e=1+1", State: StateGone, Kinds: []Kind{Beacon}, Hosts: []string{"\x1b[2J\n\u202e=1+1"}, Target: "t", Port: 443,
		First: 0.1, Last: 1_700_000_000.123456, Count: 7, Score: 2.5, Techniques: []string{"T1571"}, Words: "<b>",
	}}}
	data, err := want.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := DecodeMemory(data); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
	want.Incidents[0].First = math.NaN()
	data, _ = want.Encode()
	if got, err := DecodeMemory(data); err != nil || !math.IsNaN(got.Incidents[0].First) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestDecodeMemoryRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "want the incidents of an earlier run",
		"ts,src_ip\n1,10.0.0.1\n":  "want the incidents",
		"{}":                       "flowlab_incidents is 0: want 1",
		`{"flowlab_incidents": 2}`: "is 2: want 1",
		`{"flowlab_incidents": 1, "incidents": [{"id": "a"}]}`:         `incident 1 has the id "a" and the state ""`,
		`{"flowlab_incidents": 1, "incidents": [{"state": "new"}]}`:    `the id ""`,
		`{"flowlab_incidents": 1, "incidents": [{"id": 1}]}`:           "cannot unmarshal",
		`{"flowlab_incidents": 1, "incidents": [{"id": "a"}`:           "unexpected end",
		fmt.Sprintf(`{"flowlab_incidents": 1}%s`, "more of something"): "after top-level value",
	} {
		if _, err := DecodeMemory([]byte(text)); err == nil || !strings.Contains(err.Error(), "labkit: triage.DecodeMemory: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
	}
}

// Whatever is read as a memory is written and read again as the same, and compares
// with any run.
func FuzzDecodeMemory(f *testing.F) {
	m := Memory{"a day", Since(nil, Incidents([]Finding{finding(Flood, "s", "", 80, 1, 2), finding(Tries, "a", "s", 22, 1, 2)}))}
	data, err := m.Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"flowlab_incidents":1,"incidents":[{"id":"x","state":"gone","hosts":["a",""],"kinds":["strange-flow",""],"target":"t","score":1e308}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := DecodeMemory(data)
		if err != nil {
			return
		}
		again, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if back, err := DecodeMemory(again); err != nil || statesOf(back.Incidents) != statesOf(m.Incidents) {
			t.Fatalf("%q is read as %+v: %v", again, back, err)
		}
		for _, i := range m.Incidents {
			for range i.Deeds() {
			}
		}
		m.Compare("another", Incidents([]Finding{finding(Tries, "a", "s", 22, 1, 2)}), m.Incidents)
	})
}

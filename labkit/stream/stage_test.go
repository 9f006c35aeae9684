package stream

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"flowlab/labkit/flow"
	"flowlab/labkit/window"
)

// windowStage finds the rows of all windows: what a stage finds at most, and
// what is known from the operator alone.
type windowStage struct{ op *window.Operator }

var testWindows = window.Options{Size: time.Minute, Slide: 10 * time.Second, Lateness: 2 * time.Second, MaxJump: -1}

func newWindowStage() (Stage, error) {
	op, err := window.New(testWindows)
	return &windowStage{op}, err
}

func (s *windowStage) Add(f *flow.Flow) ([]Finding, error) { return rowFindings(s.op.Add(*f)) }
func (s *windowStage) Close() ([]Finding, error)           { return rowFindings(s.op.Close()) }
func (s *windowStage) Snapshot() ([]byte, error)           { return s.op.Snapshot() }

func (s *windowStage) Restore(state []byte) (err error) {
	s.op, err = window.Restore(state, testWindows)
	return err
}

func (s *windowStage) Gauges(gauge func(string, float64)) {
	gauge("late_flows", float64(s.op.Stats().LateFlows))
}

func rowFindings(rows []window.Row) (found []Finding, err error) {
	for _, r := range rows {
		data, err := json.Marshal(fmt.Sprint(r))
		if err != nil {
			return nil, err
		}
		found = append(found, Finding{fmt.Sprintf("%.0f|%s", r.Start, r.Key), data})
	}
	return found, nil
}

// testFlows returns flows of 40 sources over so many seconds, up to 5 s out of
// order, so that some are late.
func testFlows(n int, seconds float64) []flow.Flow {
	r := rand.New(rand.NewPCG(1, 2))
	flows := make([]flow.Flow, n)
	for i := range flows {
		f := flow.Unknown()
		f.TS = 1.7e9 + seconds*float64(i)/float64(n) - 5*r.Float64()
		f.SrcIP = fmt.Sprintf("10.0.0.%d", r.IntN(40))
		f.DstIP = fmt.Sprintf("192.0.2.%d", r.IntN(20))
		f.SrcPort, f.DstPort = 1024+r.IntN(60000), []int{53, 80, 443, r.IntN(1024)}[r.IntN(4)]
		f.Protocol, f.State = "TCP", []string{"SF", "S0", "REJ"}[r.IntN(3)]
		f.BytesSent, f.BytesRecv = float64(r.IntN(5000)), float64(r.IntN(50000))
		f.PacketsSent, f.PacketsRecv = float64(r.IntN(50)), float64(r.IntN(50))
		f.Origin = flow.Origin{File: "conn.log", Place: i + 1}
		flows[i] = f
	}
	return flows
}

// batch returns what a stage finds in flows without any stream.
func batch(t testing.TB, newStage func() (Stage, error), flows []flow.Flow) []Finding {
	t.Helper()
	stage, err := newStage()
	if err != nil {
		t.Fatal(err)
	}
	var all []Finding
	for i := range flows {
		found, err := stage.Add(&flows[i])
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, found...)
	}
	found, err := stage.Close()
	if err != nil {
		t.Fatal(err)
	}
	return append(all, found...)
}

// wantFindings reports what differs from what was wanted: lost, twice, or other.
func wantFindings(t testing.TB, got, want []Finding) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d findings, want %d", len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if got[i].ID != want[i].ID || string(got[i].JSON) != string(want[i].JSON) {
			t.Fatalf("finding %d is %s %s, want %s %s", i+1, got[i].ID, got[i].JSON, want[i].ID, want[i].JSON)
		}
	}
}

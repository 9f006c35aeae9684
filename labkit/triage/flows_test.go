package triage

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"flowlab/labkit/flow"
)

// webTraffic is ordinary flows, and one that uploads 900 MB.
func webTraffic(rows int) []flow.Flow {
	r := rand.New(rand.NewPCG(1, 2))
	var flows []flow.Flow
	add := func(dst string, port int, duration, sent, recv, packetsSent, packetsRecv float64) {
		f := flow.Unknown()
		f.TS, f.SrcIP, f.DstIP, f.DstPort, f.Duration = float64(1_700_000_000+len(flows)), "10.0.0.1", dst, port, duration
		f.BytesSent, f.BytesRecv, f.PacketsSent, f.PacketsRecv = sent, recv, packetsSent, packetsRecv
		flows = append(flows, f)
	}
	for range rows {
		sent, recv := float64(5+r.IntN(20)), float64(8+r.IntN(40))
		add("10.1.0.1", 443, 0.5+r.Float64(), sent*60, recv*900, sent, recv)
	}
	add("203.0.113.9", 4444, 600, 9e8, 20000, 640000, 300)
	return flows
}

func judge(t *testing.T, flows []flow.Flow, detector string) (*Traffic, []StrangeFlow) {
	t.Helper()
	traffic := New(tableOf(flows))
	judged, err := traffic.Flows(context.Background(), Options{Detector: detector, Contamination: 0.01, Seed: 42})
	if err != nil {
		t.Fatal(err)
	}
	top, err := judged.Top(context.Background(), 3)
	if err != nil {
		t.Fatal(err)
	}
	return traffic, top
}

func TestThePlantedFlowIsStrangest(t *testing.T) {
	for _, d := range Detectors {
		_, top := judge(t, webTraffic(400), d.Name)
		first := top[0]
		if first.Flow.DstIP != "203.0.113.9" || !first.StandsOut() || first.Kind != Strange {
			t.Errorf("%s: the first is %+v", d.Name, first.Finding)
		}
		if !strings.Contains(first.Words, "median") && !strings.Contains(first.Words, "4444") {
			t.Errorf("%s: %s", d.Name, first.Words)
		}
	}
}

// Above a number of rows a detector is fitted to some of them.
func TestFitsToSome(t *testing.T) {
	svm := &Detectors[2]
	most := svm.MostRows
	svm.MostRows = 300
	defer func() { svm.MostRows = most }()
	traffic, top := judge(t, webTraffic(900), svm.Name)
	if notes := strings.Join(traffic.Notes, "\n"); !strings.Contains(notes, "fitted to 300 of 901 flows") {
		t.Error(notes)
	}
	if top[0].Flow.DstIP != "203.0.113.9" {
		t.Errorf("the first is %+v", top[0].Finding)
	}
}

// Flows that are equal a hundred times give a local outlier factor no distances:
// it is fitted to one of each, and the others get its score.
func TestEqualRowsDoNotBreakLOF(t *testing.T) {
	flows := webTraffic(300)
	for range 100 {
		flows = append(flows, flows[0])
	}
	traffic, top := judge(t, flows, "local-outlier-factor")
	if notes := strings.Join(traffic.Notes, "\n"); !strings.Contains(notes, "one occurs 101 times") {
		t.Error(notes)
	}
	if first := top[0]; first.Flow.DstIP != "203.0.113.9" || top[1].Score > 100 {
		t.Errorf("the first are %+v and %+v", top[0].Finding, top[1].Finding)
	}
	judged, err := traffic.Flows(context.Background(), Options{Detector: "local-outlier-factor", Contamination: 0.01})
	if err != nil {
		t.Fatal(err)
	}
	scores := map[float64]bool{}
	for k, i := range judged.rows {
		if f := traffic.flow(int(i)); f.BytesSent == flows[0].BytesSent && f.Duration == flows[0].Duration {
			scores[judged.Scores[k]] = true
		}
	}
	if len(scores) != 1 {
		t.Errorf("equal flows have the scores %v", scores)
	}
}

// A flow whose payload was not counted sent nothing that is known; a table in
// which none was counted has bytes with headers.
func TestPayloadThatWasNotCounted(t *testing.T) {
	flows := webTraffic(100)
	for i := range flows {
		flows[i].IPBytesSent, flows[i].IPBytesRecv = flows[i].BytesSent+40, flows[i].BytesRecv+40
	}
	unknown := flow.Unknown().BytesSent
	flows[3].BytesSent, flows[3].BytesRecv = unknown, unknown
	some := New(tableOf(flows))
	if sent := some.inputs(some.complete()).Number[flow.BytesSent]; sent[3] != 0 || sent[4] != flows[4].BytesSent {
		t.Errorf("%v and %v bytes: want 0 and %v", sent[3], sent[4], flows[4].BytesSent)
	}
	for i := range flows {
		flows[i].BytesSent, flows[i].BytesRecv = unknown, unknown
	}
	none := New(tableOf(flows))
	if sent := none.inputs(none.complete()).Number[flow.BytesSent]; sent[4] != flows[4].IPBytesSent {
		t.Errorf("%v bytes: want those with headers, %v", sent[4], flows[4].IPBytesSent)
	}
	if notes := strings.Join(none.Notes, "\n"); !strings.Contains(notes, "bytes are counted with IP headers: 101 flows") {
		t.Error(notes)
	}
}

// A reason is no value that most flows have, and no quotient of nothing.
func TestReasonsAreNotTheMedian(t *testing.T) {
	flows := webTraffic(200)
	empty := &flows[7]
	empty.BytesSent, empty.BytesRecv, empty.PacketsSent, empty.PacketsRecv, empty.DstPort = 0, 0, 1, 0, 3389
	_, top := judge(t, flows, "isolation-forest")
	for _, s := range top {
		for _, wrong := range []string{"(median 0)", "NaN", "not well-known", "no default"} {
			if strings.Contains(s.Words, wrong) {
				t.Errorf("%s", s.Words)
			}
		}
		for part := range strings.SplitSeq(s.Words, "; ") {
			value, median, ok := strings.Cut(strings.TrimSuffix(part, ")"), " (median ")
			if ok && strings.Fields(value)[0] == median {
				t.Errorf("the median is given as a reason: %s", part)
			}
		}
	}
}

func TestShort(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 0.00123456: "0.00123", 999: "999", 999.9: "1 k", 1234: "1.23 k", 5.5e7: "55 M", 1e20: "1e+05 P"} {
		if got := short(v); got != want {
			t.Errorf("%v is %q, want %q", v, got, want)
		}
	}
}

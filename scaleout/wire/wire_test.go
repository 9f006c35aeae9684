package wire

import (
	"encoding/json"
	"math"
	"testing"

	"flowlab/labkit/flow"
)

// By hand: it ends at 1700000061.25, refused.
func TestAppendFlow(t *testing.T) {
	f := flow.Unknown()
	f.TS, f.Duration, f.SrcIP, f.DstIP, f.DstPort, f.State, f.BytesSent = 1700000060.5, 0.75, "10.0.0.1", "10.0.0.2", 22, "REJ", 0
	want := `{"ts":1700000060.5,"duration":0.75,"dst_port":22,"bytes_sent":0,"src_ip":"10.0.0.1","dst_ip":"10.0.0.2","state":"REJ","failed":true,"end_ms":1700000061250}`
	if got := string(AppendFlow(nil, &f)); got != want {
		t.Errorf("written as\n%s\nwant\n%s", got, want)
	}
}

// A time that a sum has put just below a border is on it, as in labkit/window.
func TestEndOfGoesByMicroseconds(t *testing.T) {
	for _, c := range []struct {
		start, duration float64
		ms              int64
		ok              bool
	}{
		{59.9, 0.1, 60_000, true},
		{1700000059.7, 0.3, 1700000060_000, true},
		{1.0019999, 0, 1_002, true},
		{1.0009994, 0, 1_000, true},
		{-0.0005, 0, -1, true},
		{2, math.NaN(), 2_000, true},
		{math.NaN(), 1, 0, false},
		{math.Inf(1), 1, 0, false},
	} {
		f := flow.Unknown()
		f.TS, f.Duration = c.start, c.duration
		if ms, ok := EndOf(&f); ok != c.ok || ok && ms != c.ms {
			t.Errorf("%v + %v ends at %d, %v: want %d, %v", c.start, c.duration, ms, ok, c.ms, c.ok)
		}
	}
}

// What was written is read again: times and addresses exactly, and words that
// would end a string of JSON.
func FuzzFlow(f *testing.F) {
	f.Add(1700000060.123456, 0.1, "10.0.0.1", "10.0.0.2", 22, "REJ")
	f.Add(0.0, math.NaN(), "fe80::1", "", -1, "\"\\\x00é")
	f.Fuzz(func(t *testing.T, ts, duration float64, src, dst string, port int, state string) {
		in := flow.Unknown()
		in.TS, in.Duration, in.SrcIP, in.DstIP, in.DstPort, in.State = ts, duration, src, dst, port, state
		if _, ok := EndOf(&in); !ok || math.IsInf(duration, 0) {
			return
		}
		data := AppendFlow(nil, &in)
		if !json.Valid(data) {
			t.Fatalf("no JSON: %s", data)
		}
		out, err := ParseFlow(data)
		if err != nil {
			t.Fatal(err)
		}
		same := func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }
		if !same(out.TS, in.TS) || !same(out.Duration, in.Duration) || out.DstPort != max(in.DstPort, -1) {
			t.Errorf("%+v is read as %+v", in, out)
		}
	})
}

func TestMarkerHasNoSource(t *testing.T) {
	f, err := ParseFlow(AppendMarker(nil, 5))
	if err != nil || f.SrcIP != "" {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestDamagedRecords(t *testing.T) {
	for _, text := range []string{"", "{", "[]", `{}`, `{"end_ms":"x"}`, `{"end_ms":1,"dst_port":"x"}`} {
		if _, err := ParseFlow([]byte(text)); err == nil {
			t.Errorf("flow %q: no error", text)
		}
	}
	for _, text := range []string{"", "{}", `{"src_ip":"a"}`, `{"window_start":60}`, `{"window_start":60,"src_ip":"a","flows":"x"}`} {
		if _, err := ParseRow([]byte(text)); err == nil {
			t.Errorf("row %q: no error", text)
		}
	}
}

package window

import (
	"fmt"
	"testing"
	"time"

	"flowlab/labkit/flow"
)

// Whatever comes in whatever order, the rows are those of the oracle. A flow is
// four bytes: its time, twice, its hosts and its port.
func FuzzOperator(f *testing.F) {
	f.Add([]byte("in any order"), uint8(6), uint8(2), uint8(3))
	f.Add([]byte("\x09\x00\x11\x50\x01\xff\x12\x50\x08\x00\x11\x16\x00\x01\x21\x50"), uint8(5), uint8(3), uint8(0))
	f.Fuzz(func(t *testing.T, data []byte, size, slide, lateness uint8) {
		if slide == 0 || size < slide || len(data) > 400 {
			return
		}
		var flows []flow.Flow
		for ; len(data) >= 4; data = data[4:] {
			one := flow.Unknown()
			one.TS = float64(data[0]) + float64(data[1])/250
			one.SrcIP, one.DstIP = fmt.Sprint(data[2]>>4), fmt.Sprint(data[2]&15)
			one.DstPort, one.State = int(data[3]>>1), []string{"S0", "SF"}[data[3]&1]
			flows = append(flows, one)
		}
		for by := range DstIP + 1 {
			o := Options{Size: time.Duration(size) * time.Second, Slide: time.Duration(slide) * time.Second, Lateness: time.Duration(lateness) * time.Second, Key: by}
			if o.Lateness == 0 {
				o.Lateness = -1
			}
			want, counts := oracle(flows, o.Size.Microseconds(), o.Slide.Microseconds(), int64(lateness)*1e6, by, End)
			got, stats := run(t, o, flows)
			sameRows(t, fmt.Sprint("by ", by), got, want)
			if stats != counts {
				t.Fatalf("by %v: %+v, want %+v", by, stats, counts)
			}
		}
	})
}

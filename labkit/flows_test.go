package labkit

import (
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"

	"flowlab/labkit/flow"
)

func TestFlows(t *testing.T) {
	frame := Must(readText("dst_port,src_ip,duration,bytes_sent,bytes_recv,packets_sent,packets_recv,label\n80,10.0.0.1,1.5,1,2,3,,1\n,,,,,,,\n"))
	got := Must(Flows(frame))
	want := flow.Unknown()
	want.DstPort, want.SrcIP, want.Duration, want.Label = 80, "10.0.0.1", 1.5, 1
	want.BytesSent, want.BytesRecv, want.PacketsSent = 1, 2, 3
	for i, w := range []flow.Flow{want, flow.Unknown()} {
		for f := range flow.NumFields {
			a, b := got[i].Number(f), w.Number(f)
			if a != b && (a == a || b == b) || got[i].Word(f) != w.Word(f) {
				t.Errorf("flow %d: %s is %v %q, want %v %q", i, f, a, got[i].Word(f), b, w.Word(f))
			}
		}
	}
}

func TestFlowsRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"a,b\n1,2\n":         "none of the columns is one of a flow",
		"ts\nyesterday\n":    `column "ts" holds text`,
		"dst_port\n80.5\n":   `column "dst_port", row 0 is 80.5: want a port, 0 to 65535`,
		"label,ts\n1,1\n2,2": `column "label", row 1 is 2: want 0 (normal) or 1 (anomaly)`,
	} {
		_, err := Flows(dataframe.ReadCSV(strings.NewReader(text)))
		wantError(t, text, err, "labkit: Flows: "+want)
	}
}

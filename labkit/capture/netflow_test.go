package capture

import (
	"bytes"
	"strings"
	"testing"

	"flowlab/labkit/flow"
)

// The datagrams of a capture come as they were sent; those that were cut are
// refused or counted.
func TestNetFlow(t *testing.T) {
	message := append([]byte{0, 10, 0, 20}, make([]byte, 16)...)
	call := talk("10.0.0.1:4000", "10.0.0.2:4739").udp(0, true, message).udp(1, true, []byte("something else, as long")).udp(2, true, message)
	call.frames = append(call.frames, talk("10.0.0.1:4000", "10.0.0.2:9").udp(3, true, message).frames...)
	var out bytes.Buffer
	if _, err := NetFlow(bytes.NewReader(call.raw()), "test", flow.ReadOptions{}, &out); err != nil || !bytes.Equal(out.Bytes(), append(message, message...)) {
		t.Errorf("%x, error %v, want twice %x", out.Bytes(), err, message)
	}
	call.frames = cut(call.frames, 20+8+18)
	if _, err := NetFlow(bytes.NewReader(call.raw()), "test", flow.ReadOptions{}, &out); err == nil || !strings.Contains(err.Error(), "test:1:0: a datagram of NetFlow that was not captured whole") {
		t.Errorf("cut: error %v", err)
	}
	report, err := NetFlow(bytes.NewReader(call.raw()), "test", lenient, &out)
	if err != nil || len(report.Lost) != 1 || report.Lost[0].N != 2 {
		t.Errorf("cut, leniently: %v, error %v", report, err)
	}
	if _, err := NetFlow(bytes.NewReader(sampleBytes(t, "irc.pcap")), "test", flow.ReadOptions{}, &out); err == nil {
		t.Error("a capture without NetFlow is no error")
	}
}

package capture

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"flowlab/labkit/flow"
)

func testFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// brief returns the flows as text without times: ports, packets and IP bytes each
// way, state; equal ones are counted.
func brief(table *flow.Table) string {
	counts := map[string]int{}
	for _, f := range table.All() {
		ports := fmt.Sprintf("%d>%d", f.SrcPort, f.DstPort)
		if f.SrcPort >= 50000 && f.SrcPort < 51000 {
			ports = ">443"
		} else if f.SrcPort >= 53000 && f.SrcPort < 53100 {
			ports = ">53"
		}
		counts[fmt.Sprintf("%s %s %v/%v %v/%v %s", f.Protocol, ports, f.PacketsSent, f.PacketsRecv, f.IPBytesSent, f.IPBytesRecv, f.State)]++
	}
	var all []string
	for text, n := range counts {
		all = append(all, fmt.Sprintf("%d %s", n, text))
	}
	slices.Sort(all)
	return strings.Join(all, "; ")
}

// Times that go back, in files of the trial (see testdata/README.md).
func TestTrialClocks(t *testing.T) {
	const connection, many = "1 TCP 51000>443 6/3 340/520 SF", "12 TCP >443 6/3 340/520 SF; 12 UDP >53 1/1 68/148 SF"
	for name, want := range map[string]string{
		"p29_clock_back_a_day.pcap":                   connection,
		"p42_synack_stored_before_syn.pcap":           connection,
		"p44_clock_set_back_30_s.pcap":                many,
		"p45_two_interfaces_clocks_20_s_apart.pcapng": many,
	} {
		table := tableOf(t, testFile(t, name), flow.ReadOptions{})
		if got := brief(table); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
		for _, f := range table.All() {
			if f.Duration <= 0 {
				t.Errorf("%s: a duration of %v", name, f.Duration)
			}
		}
	}
	table := tableOf(t, testFile(t, "p42_synack_stored_before_syn.pcap"), flow.ReadOptions{})
	if f := table.Parts[0].Flow(0); f.TS != 1616284800.125 || fmt.Sprintf("%.6f", f.Duration) != "0.070000" {
		t.Errorf("SYN-ACK first: begins at %f, takes %f", f.TS, f.Duration)
	}
	for _, f := range tableOf(t, testFile(t, "p44_clock_set_back_30_s.pcap"), flow.ReadOptions{}).All() {
		if f.SrcPort == 50006 && f.TS != 1616284782 {
			t.Errorf("set back: port 50006 begins at %f, want what its clock had", f.TS)
		}
	}
}

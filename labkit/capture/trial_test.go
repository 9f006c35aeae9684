package capture

import (
	"bytes"
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

// Captures that are damaged, cut or of other kinds, in files of the trial: what a
// lenient reader gives, what it says of it, and why a strict one refuses it.
func TestTrialDamage(t *testing.T) {
	const connection, dns = "1 TCP 51000>443 6/3 340/520 SF", "1 UDP 53123>53 1/1 68/148 SF"
	for name, want := range map[string]struct{ flows, said, strict string }{
		"p04_caplen_above_len.pcap":         {"1 TCP 51000>443 1/0 40/0 S0; " + dns, "1 packet of which more was captured than there was", "60 bytes captured of a packet of 54"},
		"p17_pktap.pcap":                    {connection, "", ""},
		"p18_ppi.pcap":                      {connection, "", ""},
		"p24_two_pcaps_concatenated.pcap":   {connection + "; " + dns, "1 further capture in the same file", "test:9:1154: another capture begins here: mergecap"},
		"p30_pcapng_cut.pcapng":             {"1 TCP 51000>443 5/3 300/520 SF", "damaged, left out 1: the file ends here, within a record: it was cut (test:9:1252)", "test:9:1252: the file ends here"},
		"n26_netflow_in_capture.pcap":       {"1 UDP 49152>2055 1/0 188/0 S0; 1 UDP 49153>2055 1/0 100/0 S0", "2 datagrams of NetFlow to port 2055: go tool lab flows --netflow reads", ""},
		"p42_synack_stored_before_syn.pcap": {connection, "", ""},
	} {
		data := testFile(t, name)
		table := tableOf(t, data, flow.ReadOptions{Lenient: true})
		if got := brief(table); got != want.flows {
			t.Errorf("%s: %s, want %s", name, got, want.flows)
		}
		if got := table.Report.String(); !strings.Contains(got, want.said) {
			t.Errorf("%s: said %s, want %s", name, got, want.said)
		}
		if got, want := table.Report.Incomplete(), strings.Contains(want.said, "damaged"); got != want {
			t.Errorf("%s: incomplete is %v", name, got)
		}
		_, err := ReadTable(bytes.NewReader(data), "test", flow.ReadOptions{})
		if (err == nil) != (want.strict == "") || err != nil && !strings.Contains(err.Error(), want.strict) {
			t.Errorf("%s: error %v, want %q", name, err, want.strict)
		}
	}
	for _, lenient := range []bool{false, true} {
		_, err := ReadTable(bytes.NewReader(testFile(t, "p21_snoop.cap")), "test", flow.ReadOptions{Lenient: lenient})
		if err == nil || !strings.Contains(err.Error(), "test:0:0: this is a capture of snoop, as Solaris writes it: editcap -F pcap") {
			t.Errorf("snoop: %v", err)
		}
	}
}

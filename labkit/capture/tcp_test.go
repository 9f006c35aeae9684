package capture

import (
	"strings"
	"testing"
)

// How connections begin and end. Duration, payload, packets, IP bytes and
// state are worked out by hand from Zeek's definitions; those named after a
// trace are rows of Zeek's own baselines (testing/btest/Baseline, in the named
// test's folder), with packets that give their history.
func TestConnections(t *testing.T) {
	const a, b = true, false // from the client, from the server
	web := func() *conversation { return talk("10.0.0.1:4000", "10.0.0.2:80") }
	open := func() *conversation {
		return web().tcp(0, a, "S", 100, 0, 0).tcp(0.1, b, "SA", 500, 101, 0).tcp(0.2, a, "A", 101, 501, 0)
	}
	const ends = "TCP 10.0.0.1:4000 > 10.0.0.2:80 "
	for _, c := range []struct {
		name string
		call *conversation
		want []string
	}{
		{"SYN alone", web().tcp(0, a, "S", 100, 0, 0), []string{"0.000000 0/0 1/0 40/0 S0"}},
		{"SYN again", web().tcp(0, a, "S", 100, 0, 0).tcp(3, a, "S", 100, 0, 0), []string{"3.000000 0/0 2/0 80/0 S0"}},
		{"another SYN", web().tcp(0, a, "S", 100, 0, 0).tcp(1, a, "S", 900, 0, 0), []string{"0.000000 0/0 1/0 40/0 S0", "0.000000 0/0 1/0 40/0 S0"}},
		{"SYN again, too late", web().tcp(0, a, "S", 100, 0, 0).tcp(5.1, a, "S", 100, 0, 0), []string{"0.000000 0/0 1/0 40/0 S0", "0.000000 0/0 1/0 40/0 S0"}},
		{"refused", web().tcp(0, a, "S", 100, 0, 0).tcp(1, b, "RA", 0, 101, 0), []string{"1.000000 0/0 1/1 40/40 REJ"}},
		{"refused twice", web().tcp(0, a, "S", 100, 0, 0).tcp(1, b, "RA", 0, 101, 0).tcp(2, a, "S", 100, 0, 0).tcp(3, b, "RA", 0, 101, 0),
			[]string{"1.000000 0/0 1/1 40/40 REJ", "1.000000 0/0 1/1 40/40 REJ"}},
		{"half-open scan", web().tcp(0, a, "S", 100, 0, 0).tcp(1, b, "SA", 500, 101, 0).tcp(2, a, "R", 101, 0, 0), []string{"2.000000 0/0 2/1 80/40 RSTO"}},
		{"given up", web().tcp(0, a, "S", 100, 0, 0).tcp(1, a, "R", 101, 0, 0), []string{"1.000000 0/0 2/0 80/0 RSTOS0"}},
		{"SYN and FIN", web().tcp(0, a, "S", 100, 0, 0).tcp(1, a, "FA", 101, 1, 0), []string{"1.000000 0/0 2/0 80/0 SH"}},
		{"established", open(), []string{"0.200000 0/0 2/1 80/40 S1"}},
		{"client closes", open().tcp(1, a, "FA", 101, 501, 0).tcp(1.5, b, "A", 501, 102, 0), []string{"1.500000 0/0 3/2 120/80 S2"}},
		{"server closes", open().tcp(1, b, "FA", 501, 101, 0), []string{"1.000000 0/0 2/2 80/80 S3"}},
		{"both close; the last ACK takes no time", open().tcp(1, a, "FA", 101, 501, 10).tcp(2, b, "FA", 501, 112, 20).tcp(3, a, "A", 112, 522, 0),
			[]string{"2.000000 10/20 4/2 170/100 SF"}},
		{"aborted by the client", open().tcp(1, a, "R", 101, 0, 0), []string{"1.000000 0/0 3/1 120/40 RSTO"}},
		{"aborted by the server", open().tcp(1, b, "R", 501, 0, 0), []string{"1.000000 0/0 2/2 80/80 RSTR"}},
		{"data in a RST are none", open().tcp(1, b, "R", 501, 0, 30), []string{"1.000000 0/0 2/2 80/110 RSTR"}},
		{"sent again", open().tcp(1, a, "A", 101, 501, 100).tcp(2, a, "A", 101, 501, 100), []string{"2.000000 100/0 4/1 360/40 S1"}},
		{"not captured, but acknowledged", open().tcp(1, b, "A", 501, 301, 0), []string{"1.000000 200/0 2/2 80/80 S1"}},
		{"closed before a hole is filled: what comes until then takes time", open().tcp(1, a, "A", 111, 501, 10).tcp(2, a, "FA", 121, 501, 0).tcp(3, b, "FA", 501, 101, 0).tcp(4, a, "A", 101, 502, 10).tcp(5, b, "A", 502, 122, 0),
			[]string{"5.000000 20/0 5/3 220/120 SF"}},
		{"numbers that wrap", web().tcp(0, a, "S", 0xfffffff0, 0, 0).tcp(1, b, "SA", 500, 0xfffffff1, 0).tcp(2, a, "A", 0xfffffff1, 501, 100).tcp(3, b, "A", 501, 0x55, 0),
			[]string{"3.000000 100/0 2/2 180/80 S1"}},
		{"SYN and answer in the wrong order", talk("10.0.0.1:4000", "10.0.0.2:9999").tcp(0, b, "SA", 500, 101, 0).tcp(0.1, a, "S", 100, 0, 0).tcp(0.2, a, "A", 101, 501, 7),
			[]string{"TCP 10.0.0.1:4000 > 10.0.0.2:9999 0.200000 7/0 1/2 47/80 S1"}},

		{"the second close sets the time anew", open().tcp(1, a, "R", 101, 0, 0).tcp(3, b, "FA", 501, 101, 0).tcp(7, b, "A", 502, 101, 0), []string{"3.000000 0/0 3/3 120/120 RSTO"}},
		{"closed while the other's data are not acknowledged", open().tcp(1, a, "A", 101, 501, 10).tcp(2, b, "FA", 501, 101, 0).tcp(3, a, "FA", 111, 502, 0).tcp(4, b, "A", 502, 112, 0).tcp(5, a, "A", 112, 502, 0),
			[]string{"5.000000 10/0 5/3 210/120 SF"}},
		{"a hole is filled after the FIN", open().tcp(1, a, "FA", 111, 501, 0).tcp(2, a, "A", 101, 501, 10).tcp(3, b, "FA", 501, 112, 0).tcp(4, a, "A", 112, 502, 0),
			[]string{"3.000000 10/0 5/2 210/80 SF"}},
		{"much is sent and nothing acknowledged", segments(open(), 101).tcp(2, b, "FA", 501, 101, 0).tcp(3, a, "FA", 17621, 502, 0).tcp(4, b, "A", 502, 101, 0),
			[]string{"3.000000 17520/0 15/3 18120/120 SF"}},
		{"the same above a hole that nobody fills", segments(open(), 1101).tcp(2, a, "FA", 18621, 501, 0).tcp(3, b, "FA", 501, 101, 0).tcp(4, a, "A", 18622, 502, 0),
			[]string{"3.000000 18520/0 16/2 18160/80 SF"}},
		{"a byte before the first packet is acknowledged", web().tcp(0, a, "A", 100, 500, 0).tcp(1, b, "A", 500, 101, 0).tcp(2, a, "FA", 101, 500, 0).tcp(3, b, "FA", 500, 102, 0).tcp(4, a, "A", 102, 501, 0),
			[]string{"4.000000 1/0 3/2 120/80 SF"}},
		{"answered with the numbers of an old connection", web().tcp(0, a, "S", 100, 0, 0).tcp(1, b, "A", 7000, 900, 0).tcp(2, a, "R", 900, 0, 0), []string{"2.000000 0/0 2/1 80/40 RSTOS0"}},
		{"data after a RST", open().tcp(1, a, "R", 101, 0, 0).tcp(2, a, "A", 101, 501, 50), []string{"2.000000 0/0 4/1 210/40 RSTO"}},
		{"a RST far off", open().tcp(1, b, "R", 501+1<<21, 0, 0), []string{"1.000000 0/0 2/2 80/80 RSTR"}},
		{"a FIN three gigabytes on", open().tcp(1, b, "FA", 3_000_000_501, 101, 0), []string{"1.000000 0/3e+09 2/2 80/80 S3"}},
		{"an injected RST before the answer", web().tcp(0, a, "S", 100, 0, 0).tcp(1, b, "RA", 9999, 101, 0).tcp(2, b, "SA", 500, 101, 0).tcp(3, a, "A", 101, 501, 0).tcp(4, b, "A", 501, 101, 100).tcp(5, a, "A", 101, 601, 0),
			[]string{"5.000000 0/100 3/3 120/220 REJ"}},
		{"a RST after the FIN, and then the other FIN", open().tcp(1, b, "FA", 501, 101, 0).tcp(2, b, "R", 502, 0, 0).tcp(3, a, "FA", 101, 502, 0), []string{"3.000000 0/0 3/3 120/120 SF"}},
		{"five seconds after a RST that followed a FIN", open().tcp(1, b, "FA", 501, 101, 0).tcp(2, b, "R", 502, 0, 0).tcp(5.5, a, "A", 101, 502, 0).tcp(7.2, a, "A", 101, 502, 0),
			[]string{"5.500000 0/0 3/3 120/120 RSTR", "0.000000 0/0 1/0 40/0 OTH"}},

		{"data alone", web().tcp(0, a, "A", 100, 500, 18).tcp(0.00001, b, "A", 500, 118, 0), []string{"0.000010 18/0 1/1 58/40 OTH"}},
		{"from the server first: its port tells", web().tcp(0, b, "A", 500, 100, 30).tcp(1, a, "A", 100, 530, 5), []string{"1.000000 5/30 1/1 45/70 OTH"}},
		{"SYN-ACK first", web().tcp(0, b, "SA", 500, 101, 0).tcp(1, a, "A", 101, 501, 9).tcp(2, a, "FA", 110, 501, 0).tcp(3, b, "FA", 501, 111, 0),
			[]string{"3.000000 9/0 2/2 89/80 SF"}},
		{"SYN-ACK and RST", web().tcp(0, b, "SA", 500, 101, 0).tcp(1, b, "R", 501, 0, 0), []string{"1.000000 0/0 0/2 0/80 RSTRH"}},
		{"SYN-ACK and FIN", web().tcp(0, b, "SA", 500, 101, 0).tcp(1, b, "FA", 501, 101, 0), []string{"1.000000 0/0 0/2 0/80 SHR"}},
		{"core.tunnels.teredo, port 1576: a FIN, its ACK, and later a RST each way", web().tcp(0, b, "F", 500, 0, 0).tcp(0.000357, a, "A", 100, 501, 0).tcp(10.27016, a, "R", 100, 0, 0).tcp(26.320203, b, "R", 501, 0, 0),
			[]string{"0.000357 0/0 1/1 40/40 SHR", "0.000000 0/0 1/0 40/0 OTH", "0.000000 0/0 0/1 0/40 RSTRH"}},

		{"after a close, within five seconds", open().tcp(1, a, "R", 101, 0, 0).tcp(5, b, "A", 501, 101, 0), []string{"5.000000 0/0 3/2 120/80 RSTO"}},
		{"after a close, later", open().tcp(1, a, "R", 101, 0, 0).tcp(6.1, b, "A", 501, 101, 0), []string{"1.000000 0/0 3/1 120/40 RSTO", "0.000000 0/0 0/1 0/40 OTH"}},
		{"the ports used again", open().tcp(1, a, "FA", 101, 501, 0).tcp(1.1, b, "FA", 501, 102, 0).tcp(1.2, a, "S", 7000, 0, 0), []string{"1.100000 0/0 3/2 120/80 SF", "0.000000 0/0 1/0 40/0 S0"}},
		{"opened by both at a time: the second SYN begins a flow of its own", web().tcp(0, a, "S", 100, 0, 0).tcp(1, b, "S", 500, 0, 0).tcp(2, a, "SA", 100, 501, 0).tcp(3, b, "SA", 500, 101, 0).tcp(4, a, "A", 101, 501, 20),
			[]string{"0.000000 0/0 1/0 40/0 S0", "TCP 10.0.0.2:80 > 10.0.0.1:4000 3.000000 0/20 2/2 80/100 S1"}},
		{"data after the FIN", open().tcp(1, a, "FA", 101, 501, 0).tcp(1.1, b, "A", 501, 102, 70).tcp(1.2, b, "FA", 571, 102, 0).tcp(1.3, a, "A", 102, 572, 40),
			[]string{"1.200000 40/70 4/3 200/190 SF"}},
		{"silent for five minutes", open().tcp(300.1, a, "A", 101, 501, 1).tcp(600.2, a, "A", 102, 501, 1), []string{"300.100000 1/0 3/1 121/40 S1", "0.000000 1/0 1/0 41/0 OTH"}},
	} {
		flows, _ := mustRead(t, c.call.raw())
		for i, want := range c.want {
			if !strings.HasPrefix(want, "TCP") {
				c.want[i] = ends + want
			}
		}
		if got, want := strings.Join(rowsOf(flows), "\n"), strings.Join(c.want, "\n"); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, want)
		}
	}
}

// segments has the client send twelve full segments, from a sequence number on.
func segments(c *conversation, seq uint32) *conversation {
	for i := range uint32(12) {
		c.tcp(1, true, "A", seq+1460*i, 501, 1460)
	}
	return c
}

// At the services where people think longer, silence ends a connection after
// an hour.
func TestInteractiveTimeout(t *testing.T) {
	call := talk("10.0.0.1:4000", "10.0.0.2:22").tcp(0, true, "S", 1, 0, 0).tcp(1, false, "SA", 1, 2, 0).tcp(2, true, "A", 2, 2, 1).tcp(3000, true, "A", 3, 2, 1).tcp(7000, true, "A", 4, 2, 1)
	flows, _ := mustRead(t, call.raw())
	if flows.Nrow() != 2 {
		t.Errorf("flows %q, want two", rowsOf(flows))
	}
}

// More than 2^32 bytes are counted, of which few were captured
// (core.tcp.large-file-reassembly).
func TestFourGigabytes(t *testing.T) {
	call := talk("10.0.0.1:4000", "10.0.0.2:2000").tcp(0, true, "S", 100, 0, 0).tcp(1, false, "SA", 500, 101, 0).tcp(2, true, "A", 101, 501, 0)
	const step, steps = 1 << 29, 10
	seq := uint32(501)
	for i := range steps {
		call.tcp(3+float64(i), false, "A", seq, 101, 1)
		seq += step
		call.tcp(3.5+float64(i), true, "A", 101, seq, 0)
	}
	flows, _ := mustRead(t, call.raw())
	if got, want := flows.Col("bytes_recv").Elem(0).Float(), float64(step*(steps-1)+1); got != want {
		t.Errorf("%.0f bytes, want %.0f", got, want)
	}
}

// The flags are the last that is read of a segment.
func TestTCPHeaderThatIsCut(t *testing.T) {
	call := talk("10.0.0.1:4000", "10.0.0.2:80").tcp(0, true, "S", 1, 0, 1000)
	packet := call.frames[0].data
	packet[20+12] = 15 << 4 // a header of 60 bytes, of which 14 were captured
	call.frames[0].data = packet[:34]
	flows, _ := mustRead(t, call.raw())
	if got, want := rowsOf(flows)[0], "TCP 10.0.0.1:4000 > 10.0.0.2:80 0.000000 960/0 1/0 1040/0 S0"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

package window

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"flowlab/labkit/flow"
)

// scene is ten seconds of four hosts. Host a tries port 22 of x three times, once
// with success, and port 80 of y; asks a group, which cannot fail; and has a flow
// of which nothing but its source is known.
func scene() []flow.Flow {
	make := func(second float64, src, dst string, port int, state string, amount float64) flow.Flow {
		f := at(second, src)
		f.DstIP, f.DstPort, f.State = dst, port, state
		f.BytesSent, f.BytesRecv, f.PacketsSent, f.PacketsRecv = amount, 10*amount, 1, 0
		return f
	}
	bare := flow.Unknown()
	bare.TS, bare.SrcIP = 9, "a"
	return []flow.Flow{
		make(0, "a", "x", 22, "S0", 1),
		make(1, "a", "x", 22, "REJ", 2),
		make(2, "a", "x", 22, "SF", 4),
		make(3, "b", "x", 22, "SF", 8),
		make(4, "a", "y", 80, "RSTO", math.NaN()),
		make(5, "c", "x", 22, "SF", 1),
		make(7, "d", "x", 22, "SF", 1),
		make(8, "a", "239.255.255.250", 1900, "S0", 1),
		bare,
	}
}

// By hand, for a: bytes 1+2+4+?+1; doors x:22 ×3 (2 failed), y:80, group:1900.
// Port 22 and peer x are used by three others, and thus the only ones that are
// not rare. Times 0 1 2 4 8 9, gaps 1 1 2 4 1: median 1; distances 0 0 1 3 0,
// their median 0: regularity 1.
func TestRowsBySource(t *testing.T) {
	rows, _ := run(t, tenSeconds, scene())
	sameRows(t, "a", rows[:1], []Row{{
		Key: "a", Flows: 6, Failed: 2, Broken: 1,
		BytesSent: 8, BytesRecv: 80, PacketsSent: 5, PacketsRecv: 0,
		Ports: 3, Peers: 3, FailedPorts: 1, FailedPeers: 1, MostTries: 3, MostFailedTries: 2,
		RarePorts: 2. / 3, RarePeers: 2. / 3, MedianGap: 1, Regularity: 1,
	}})
}

// By hand, for x: a ×3, b, c and d at port 22, which no other host is asked at:
// a door is a port of x, whoever tries it. Times 0 1 2 3 5 7, gaps 1 1 1 2 2.
// Of its sources only a has other destinations, three: y, the group, and x.
func TestRowsByDestination(t *testing.T) {
	o := tenSeconds
	o.Key = DstIP
	rows, stats := run(t, o, scene())
	if stats.WithoutKey != 1 {
		t.Errorf("%d flows without destination, want 1", stats.WithoutKey)
	}
	sameRows(t, "x", rows[1:2], []Row{{
		Key: "x", Flows: 6, Failed: 2,
		BytesSent: 17, BytesRecv: 170, PacketsSent: 6,
		Ports: 1, Peers: 4, FailedPorts: 1, FailedPeers: 1, MostTries: 6, MostFailedTries: 2,
		RarePorts: 1, RarePeers: 1, MedianGap: 1, Regularity: 1,
	}})
}

func TestFlowsWithoutTimeOrKeyAreCounted(t *testing.T) {
	timeless, endless := at(math.NaN(), "a"), at(1e300, "a")
	rows, stats := run(t, tenSeconds, []flow.Flow{timeless, endless, at(1, "")})
	if len(rows) > 0 || stats != (Stats{Flows: 3, WithoutTime: 2, WithoutKey: 1}) {
		t.Errorf("%s, %+v", starts(rows), stats)
	}
}

// What is not known is neither a port nor a peer, and has no rare ones.
func TestNothingIsKnown(t *testing.T) {
	f := flow.Unknown()
	f.TS, f.SrcIP = 1, "a"
	rows, _ := run(t, tenSeconds, []flow.Flow{f})
	nan := math.NaN()
	sameRows(t, "", rows, []Row{{Key: "a", Flows: 1, RarePorts: nan, RarePeers: nan, MedianGap: nan, Regularity: nan}})
}

func TestOptionsThatMakeNoWindows(t *testing.T) {
	for want, o := range map[string]Options{
		"size is -1s: want whole microseconds above 0":           {Size: -time.Second},
		"size is 1.5µs: want whole microseconds above 0":         {Size: 1500},
		"slide is -1s: want whole microseconds above 0":          {Slide: -time.Second},
		"slide is 2m0s and size 1m0s: flows between two windows": {Slide: 2 * time.Minute},
		"the highest jump is 24h0m0s and the lateness 48h0m0s":   {Lateness: 48 * time.Hour},
		"key is 7: want SrcIP or DstIP":                          {Key: 7},
		"time is -1: want End or Start":                          {Time: -1},
	} {
		_, err := New(o)
		if err == nil || !strings.HasPrefix(err.Error(), "window: New: "+want) {
			t.Errorf("%+v: error %v, want %s", o, err, want)
		}
	}
}

func TestColumnsOfARow(t *testing.T) {
	rows, _ := run(t, tenSeconds, scene())
	line := ""
	for _, c := range Columns(SrcIP) {
		line += fmt.Sprintf("%s=%.3g ", c.Name, c.Value(&rows[0]))
	}
	want := "flows=6 bytes_sent=8 bytes_recv=80 packets_sent=5 packets_recv=0 distinct_dst_ports=3 distinct_dst_ips=3 " +
		"failed=2 broken=1 failed_dst_ports=1 failed_dst_ips=1 most_tries=3 most_failed_tries=2 " +
		"rare_dst_ports=0.667 rare_dst_ips=0.667 median_gap=1 regularity=1 "
	if line != want {
		t.Errorf("%s\nwant %s", line, want)
	}
	if name := Columns(DstIP)[6].Name; name != "distinct_src_ips" {
		t.Errorf("the peers of a destination are %s", name)
	}
}

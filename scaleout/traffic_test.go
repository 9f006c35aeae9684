package scaleout_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"flowlab/labkit/flow"
)

const begin = 1_750_000_020.0 // a whole minute

// traffic returns flows of hosts over an hour, up to four seconds out of order by
// their ends, and in them a scan of ports, one of hosts and a beacon.
func traffic(n int, seed uint64) []flow.Flow {
	r := rand.New(rand.NewPCG(seed, 20))
	var flows []flow.Flow
	add := func(end float64, src, dst string, port int, state string) {
		f := flow.Unknown()
		f.Duration = float64(r.IntN(2000)) / 1000
		f.TS = end - f.Duration
		f.SrcIP, f.DstIP, f.SrcPort, f.DstPort, f.Protocol, f.State = src, dst, 40000+r.IntN(9999), port, "TCP", state
		f.BytesSent, f.BytesRecv = float64(r.IntN(5000)), float64(r.IntN(90000))
		f.PacketsSent, f.PacketsRecv = float64(1+r.IntN(9)), float64(r.IntN(9))
		if r.IntN(50) == 0 {
			f.BytesRecv, f.DstPort = flow.Unknown().BytesRecv, -1
		}
		flows = append(flows, f)
	}
	states := []string{"SF", "SF", "SF", "SF", "SF", "S0", "REJ", "RSTO"}
	for i := range n {
		at := begin + 3600*float64(i)/float64(n)
		src := fmt.Sprintf("10.0.%d.%d", r.IntN(4), 1+r.IntN(50))
		add(at-4*r.Float64(), src, fmt.Sprintf("192.0.2.%d", 1+r.IntN(40)), []int{53, 80, 123, 443, 8080}[r.IntN(5)], states[r.IntN(len(states))])
		switch minute := int(at-begin) / 60; {
		case minute == 20 && i%3 == 0:
			add(at, "10.0.1.7", "192.0.2.9", 1+i%1000, "REJ")
		case minute == 31 && i%3 == 0:
			add(at, "10.0.2.8", fmt.Sprintf("198.51.100.%d", 1+i%200), 445, "S0")
		}
		if every := n / 60; i%every == 0 {
			add(at, "10.0.3.9", "203.0.113.5", 443, "SF")
		}
		if i%211 == 0 {
			add(at, src, "239.255.255.250", 1900, "S0")
		}
	}
	return flows
}

// writeFlows writes flows as a table that every one of our readers takes.
func writeFlows(t testing.TB, flows []flow.Flow) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "flows.csv")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	fields := []flow.Field{flow.TS, flow.SrcIP, flow.SrcPort, flow.DstIP, flow.DstPort, flow.Protocol, flow.Duration, flow.BytesSent, flow.BytesRecv, flow.PacketsSent, flow.PacketsRecv, flow.State}
	for i, f := range fields {
		fmt.Fprint(out, map[bool]string{true: ","}[i > 0], f)
	}
	for i := range flows {
		fmt.Fprintln(out)
		for k, f := range fields {
			cell := flows[i].Word(f)
			if v := flows[i].Number(f); v == v {
				cell = strconv.FormatFloat(v, 'f', -1, 64)
			}
			fmt.Fprint(out, map[bool]string{true: ","}[k > 0], cell)
		}
	}
	fmt.Fprintln(out)
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	return path
}

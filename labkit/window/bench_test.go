package window

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"flowlab/labkit/flow"
)

// traffic returns an hour of flows of 400 sources, by their ends up to five
// seconds out of order.
func traffic(n int) []flow.Flow {
	rng := rand.New(rand.NewPCG(1, 2))
	states := []string{"SF", "SF", "SF", "SF", "S0", "REJ", "RSTO"}
	ports := []int{80, 443, 443, 443, 53, 53, 22, 123, 8080, 25}
	sources, peers := make([]string, 400), make([]string, 2000)
	for i := range sources {
		sources[i] = fmt.Sprintf("10.0.%d.%d", i/250, i%250)
	}
	for i := range peers {
		peers[i] = fmt.Sprintf("93.184.%d.%d", i/250, i%250)
	}
	flows := make([]flow.Flow, n)
	for i := range flows {
		f := flow.Unknown()
		f.Duration = rng.ExpFloat64()
		f.TS = 1.7e9 + 3600*float64(i)/float64(n) + 5*rng.Float64() - f.Duration
		f.SrcIP, f.DstIP = sources[rng.IntN(len(sources))], peers[int(float64(len(peers))*rng.Float64()*rng.Float64())]
		f.DstPort = ports[rng.IntN(len(ports))]
		if rng.IntN(20) == 0 {
			f.DstPort = rng.IntN(65536)
		}
		f.State = states[rng.IntN(len(states))]
		f.BytesSent, f.BytesRecv = float64(rng.IntN(5000)), float64(rng.IntN(50000))
		f.PacketsSent, f.PacketsRecv = float64(1+rng.IntN(50)), float64(rng.IntN(50))
		flows[i] = f
	}
	return flows
}

func BenchmarkOperator(b *testing.B) {
	flows := traffic(300_000)
	b.ReportAllocs()
	rows := 0
	for b.Loop() {
		op, err := New(Options{Slide: 10 * time.Second})
		if err != nil {
			b.Fatal(err)
		}
		rows = 0
		for i := range flows {
			rows += len(op.Add(flows[i]))
		}
		rows += len(op.Close())
	}
	b.ReportMetric(float64(rows), "rows")
	b.ReportMetric(float64(len(flows))*float64(b.N)/b.Elapsed().Seconds(), "flows/s")
}

// The state in the middle of the hour, with 400 sources.
func BenchmarkSnapshot(b *testing.B) {
	op, err := New(Options{Slide: 10 * time.Second})
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range traffic(150_000) {
		op.Add(f)
	}
	b.ReportAllocs()
	for b.Loop() {
		state, err := op.Snapshot()
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(len(state)))
		b.ReportMetric(float64(len(state)), "B")
	}
}
